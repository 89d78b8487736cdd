import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { chmod, mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { fetchNode } from './fetch.ts';
import { fetched, root } from './paths.ts';

/** What the host suite needs to know. */
export interface HostSuite {
  /** A temporary folder of this run. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The version of a desktop VS Code that is downloaded, instead of the fetched server. */
  readonly desktop?: string;
}

/** Runs the suite inside an extension host by `@vscode/test-electron`. Rejects when it does not end well. */
export async function runHostSuite({ folder, environment, desktop }: HostSuite): Promise<void> {
  const workspace = path.join(folder, 'workspace');
  await mkdir(workspace, { recursive: true });
  const output = path.join(folder, 'host.log');
  const stopFollowing = followFile(output);
  try {
    await runTests({
      ...(desktop === undefined ? { vscodeExecutablePath: await launcherProgram() } : { version: desktop }),
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, 'out/host/index.js'),
      launchArgs: [workspace, '--disable-extensions'],
      extensionTestsEnv: {
        ...environment,
        SMSC_TEST_OUTPUT: output,
        SMSC_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
      },
    });
  } finally {
    stopFollowing();
  }
}

/** `runTests` takes one program, so the launcher and the Node that it needs are put into a small script. */
async function launcherProgram(): Promise<string> {
  const node = await fetchNode();
  const launcher = path.join(root, 'out/workbench/launcher.js');
  const windows = process.platform === 'win32';
  const program = path.join(fetched, windows ? 'launcher.cmd' : 'launcher.sh');
  const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
  const script = windows
    ? `@"${node}" --enable-source-maps "${launcher}" %*\r\n`
    : `#!/bin/sh\nexec ${quote(node)} --enable-source-maps ${quote(launcher)} "$@"\n`;
  // Another run may be starting the same script at this moment.
  const temporary = `${program}.${process.pid}`;
  await mkdir(fetched, { recursive: true });
  await writeFile(temporary, script);
  await chmod(temporary, 0o755);
  await rename(temporary, program);
  return program;
}

/** Prints what is appended to a file. @returns prints the rest and stops */
function followFile(file: string): () => void {
  let position = 0;
  const buffer = Buffer.alloc(64 * 1024);
  const print = (): void => {
    if (!existsSync(file)) {
      return;
    }
    const handle = openSync(file, 'r');
    for (;;) {
      const length = readSync(handle, buffer, 0, buffer.length, position);
      if (length === 0) {
        break;
      }
      process.stdout.write(Buffer.from(buffer.subarray(0, length)));
      position += length;
    }
    closeSync(handle);
  };
  const timer = setInterval(print, 100);
  return () => {
    clearInterval(timer);
    print();
  };
}
