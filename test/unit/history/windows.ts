import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Another window: a process of its own that runs a part of a test file. */
export interface OtherWindow {
  /** The next line that it prints. */
  line(): Promise<string>;
  /** All lines that it still prints, until it ends in whatever way. */
  rest(): Promise<string[]>;
  /** Resolves to its exit code when it has ended by itself. */
  ended(): Promise<number | null>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

const variable = 'SMSC_TEST_WINDOW';

/** What a part is told. */
export interface Part {
  name: string;
  folder: string;
  [more: string]: string;
}

/** The part that this process is to play, when it is another window. */
export function partToPlay(): Part | undefined {
  const part = process.env[variable];
  return part === undefined ? undefined : (JSON.parse(part) as Part);
}

/** Says something to the test. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * Starts a part of the test file with this `import.meta.url` as another window.
 *
 * @param within a program and its arguments that starts the window, where it needs surroundings of its own
 */
export function openWindow(url: string, part: Part, within: readonly string[] = []): OtherWindow {
  const [program, ...args] = [
    ...within,
    process.execPath,
    '--no-warnings=ExperimentalWarning',
    fileURLToPath(url),
  ];
  const child = spawn(program, args, {
    env: { ...process.env, [variable]: JSON.stringify(part) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return {
    async line() {
      const next = await lines.next();
      assert(!next.done, 'the other window has ended');
      return next.value;
    },
    async rest() {
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
    ended: () => ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
