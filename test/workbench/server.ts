import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fetchCode } from './fetch.ts';
import { cleanEnvironment, startGroup, type ProcessGroup } from './processes.ts';

/** Settings that make VS Code calm: nothing opens, updates or asks by itself. */
export const calmSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.gpuAcceleration': 'off',
  'update.mode': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** What else tests can do without: each takes time to draw or to look for. */
const sparseSettings: Readonly<Record<string, unknown>> = {
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  'git.enabled': false,
  'workbench.reduceMotion': 'on',
};

/** How a server is started. */
export interface ServerOptions {
  /** A folder of its own: VS Code's data, settings and logs go there. */
  readonly dataDir: string;
  /** Where extensions are installed; by default below {@link dataDir}. */
  readonly extensionsDir?: string;
  /** Settings of the user, on top of {@link calmSettings}. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** Lets a page run a test suite inside the extension host; toasts are not shown then. */
  readonly testDriver?: boolean;
  /** No folder is trusted; otherwise every one is. */
  readonly isUntrusted?: boolean;
}

/** A running VS Code server. */
export interface Server {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** The first process; the extension hosts are its descendants. */
  readonly pid: number;
  /** Resolves when it has ended, whoever ended it. */
  readonly ended: Promise<number | undefined>;
  stop(): Promise<void>;
}

/** Starts the VS Code server for tests, on a free port of the loopback address. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const code = await fetchCode();
  // The server watches the machine's settings, but reads there only what is not the user's alone.
  await writeSettings(path.join(options.dataDir, 'data/User'), { ...sparseSettings, ...options.settings });
  await writeServerSettings(options.dataDir, options.settings);
  const args = [
    ...[code.server, '--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...(options.isUntrusted ? [] : ['--disable-workspace-trust']),
    ...['--server-data-dir', options.dataDir],
    ...(options.extensionsDir ? ['--extensions-dir', options.extensionsDir] : []),
    ...(options.testDriver ? ['--enable-smoke-test-driver'] : []),
  ];
  const group = startGroup(code.node, args, {
    env: cleanEnvironment(options.environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const port = await portOf(group, /Extension host agent listening on (\d+)/);
  return {
    url: `http://127.0.0.1:${port}`,
    pid: group.child.pid ?? 0,
    ended: group.ended,
    stop: () => group.stop(),
  };
}

/** Installs a packaged extension as a user would, with VS Code's own `--install-extension`. */
export async function installExtension(vsix: string, dataDir: string, extensionsDir: string): Promise<void> {
  const code = await fetchCode();
  const args = [
    ...[code.server, '--accept-server-license-terms', '--server-data-dir', dataDir],
    ...['--extensions-dir', extensionsDir, '--install-extension', vsix],
  ];
  const group = startGroup(code.node, args, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = collectLines(group);
  const status = await group.ended;
  await group.stop();
  if (status !== 0) {
    throw new Error(`Could not install ${vsix}:\n${lines.join('\n')}`);
  }
}

/** Changes the settings of a server for tests, which then change in its windows. */
export async function writeServerSettings(
  dataDir: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await writeSettings(path.join(dataDir, 'data/Machine'), { ...sparseSettings, ...settings });
}

/** Writes VS Code's settings for a user or a machine into their folder. */
export async function writeSettings(
  folder: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(
    path.join(folder, 'settings.json'),
    JSON.stringify({ ...calmSettings, ...settings }, undefined, 2),
  );
}

/** Waits for the line in which a program says where it listens. @returns what the pattern's first group matched */
export async function portOf(group: ProcessGroup, pattern: RegExp): Promise<string> {
  const lines = collectLines(group);
  const found = new Promise<string>((resolve) => {
    eachLine(group, (line) => {
      const match = pattern.exec(line);
      if (match?.[1] !== undefined) {
        resolve(match[1]);
      }
    });
  });
  const failed = group.ended.then(() => undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 60_000).unref());
  const port = await Promise.race([found, failed, late]);
  if (port === undefined) {
    await group.stop();
    throw new Error(`VS Code did not start:\n${lines.join('\n')}`);
  }
  return port;
}

function collectLines(group: ProcessGroup): string[] {
  const lines: string[] = [];
  eachLine(group, (line) => {
    if (!isNoise(line) && lines.length < 200) {
      lines.push(line);
    }
  });
  return lines;
}

function eachLine(group: ProcessGroup, take: (line: string) => void): void {
  for (const stream of [group.child.stdout, group.child.stderr] as (Readable | null)[]) {
    if (stream) {
      createInterface({ input: stream }).on('line', take);
    }
  }
}

/** Native modules that stay unbuilt say so at each start; nothing here needs them. */
function isNoise(line: string): boolean {
  return /bindings file|spdlog|→|^\s+at |^\s*$/.test(line);
}
