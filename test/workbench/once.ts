import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startGroup, watchForEnd } from './processes.ts';

/** A lock that nobody has touched for so long belongs to a process that is gone. */
const staleAfter = 15_000;

/**
 * Makes a folder once. It is filled under another name and then renamed, so it is there completely or not at all.
 * A second process waits meanwhile. (Should both ever do the work, the second rename fails and the first result stays.)
 */
export async function once(
  folder: string,
  what: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) {
    return;
  }
  watchForEnd();
  await mkdir(path.dirname(folder), { recursive: true });
  const unlock = await lock(`${folder}.lock`, what);
  const temporary = `${folder}.${String(process.pid)}.partial`;
  try {
    if (existsSync(folder)) {
      return;
    }
    process.stdout.write(`Fetching ${what}…\n`);
    const started = performance.now();
    await rm(temporary, { recursive: true, force: true });
    await mkdir(temporary);
    await fill(temporary);
    await rename(temporary, folder).catch((error: unknown) => {
      if (!existsSync(folder)) {
        throw error;
      }
    });
    process.stdout.write(`Fetched in ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
  } finally {
    await rm(temporary, { recursive: true, force: true });
    await unlock();
  }
}

async function lock(file: string, what: string): Promise<() => Promise<void>> {
  let told = false;
  for (;;) {
    const handle = await open(file, 'wx').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        throw error;
      }
      return undefined;
    });
    if (handle) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      const alive = setInterval(
        () => void utimes(file, new Date(), new Date()).catch(() => undefined),
        2_000,
      );
      return async () => {
        clearInterval(alive);
        await rm(file, { force: true });
      };
    }
    if (await isStale(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!told) {
      told = true;
      process.stdout.write(`Waiting for another process that is fetching ${what}…\n`);
    }
    await wait(200);
  }
}

async function isStale(file: string): Promise<boolean> {
  const [text, facts] = await Promise.all([
    readFile(file, 'utf8').catch(() => undefined),
    stat(file).catch(() => undefined),
  ]);
  if (text === undefined || !facts) {
    return false; // gone meanwhile
  }
  if (Date.now() - facts.mtimeMs > staleAfter) {
    return true;
  }
  const pid = Number(text);
  if (!pid) {
    return false; // just made, not yet written
  }
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** Runs `npm install` in a folder, without install scripts. With no packages it installs what its package.json names. */
export async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  if (packages.length > 0) {
    await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
  }
  const options = '--ignore-scripts --omit=dev --no-audit --no-fund --no-package-lock --engine-strict=false';
  const args = ['install', ...options.split(' '), '--loglevel=error', ...packages];
  // Under `npm start` npm says where it is; that also spares Windows its npm.cmd.
  const npm = process.env.npm_execpath;
  const [command, start] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const group = startGroup(command, [...start, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: command === 'npm' && process.platform === 'win32',
  });
  let output = '';
  group.child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  group.child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const code = await group.ended;
  await group.stop();
  if (code !== 0) {
    throw new Error(explain(output, packages));
  }
}

function explain(output: string, packages: readonly string[]): string {
  const offline =
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|EIDLETIMEOUT)\b/.exec(
      output,
    );
  const what = packages.join(' ') || 'the parts of VS Code';
  if (offline) {
    return `Could not fetch ${what}: the npm registry cannot be reached (${offline[0]}). It is needed once; please try again with a network.`;
  }
  return `Could not fetch ${what}: npm install failed.\n${output.trim()}`;
}
