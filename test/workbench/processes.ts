import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';

/** What is still to be undone when this process ends, newest last. All of it is synchronous: `exit` waits for nothing. */
const endings = new Set<() => void>();
let watching = false;

/**
 * Registers something to undo when this process ends, in whatever way it can notice: exit, Ctrl+C, a signal, or the
 * end of the program that started it (npm, when told to stop, leaves its grandchildren behind).
 *
 * @returns undoes it now
 */
export function onEnd(undo: () => void): () => void {
  watchForEnd();
  const once = (): void => {
    if (endings.delete(once)) {
      undo();
    }
  };
  endings.add(once);
  return once;
}

/** Ends this process, with all that it started, together with its parent. */
export function watchForEnd(): void {
  if (watching) {
    return;
  }
  watching = true;
  process.on('exit', () => {
    for (const undo of [...endings].reverse()) {
      undo();
    }
  });
  for (const [signal, number] of [
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => process.exit(128 + number));
  }
  // Started by hand in the background, the program may outlive the shell; started by npm or by our own runner, not.
  if (process.env.npm_lifecycle_event ?? process.env.SMSC_TEST_RESULT) {
    const before = ancestors();
    setInterval(() => {
      if (ancestors() !== before) {
        process.exit(143);
      }
    }, 300).unref();
  }
}

/** The parent and, where Linux tells, the parent's parent: between npm and us stands a shell that may outlive npm. */
function ancestors(): string {
  const parent = String(process.ppid);
  try {
    const line = readFileSync(`/proc/${parent}/stat`, 'utf8');
    return `${parent} ${line.slice(line.lastIndexOf(')')).split(' ')[2] ?? ''}`;
  } catch {
    return parent;
  }
}

/** Removes a folder when this process ends. @returns removes it now */
export function removeAtEnd(folder: string): () => void {
  return onEnd(() => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 40 });
    } catch {
      // A file that Windows still holds open stays in the temporary folder.
    }
  });
}

/** A program together with everything that it starts. */
export interface ProcessGroup {
  readonly child: ChildProcess;
  /** Resolves when the program itself has ended. */
  readonly ended: Promise<number | undefined>;
  /** Ends the program and all that it started, and waits for it. */
  stop(): Promise<void>;
}

/**
 * Starts a program as the head of its own process group, which ends with this process at the latest.
 *
 * @param lastSignal what it gets then: `SIGTERM` for a program of ours, which has groups of its own to end
 */
export function startGroup(
  command: string,
  args: readonly string[],
  options: SpawnOptions,
  lastSignal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL',
): ProcessGroup {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code ?? undefined));
  });
  const killNow = onEnd(() => signalGroup(child.pid, lastSignal));
  return {
    child,
    ended,
    stop: async () => {
      signalGroup(child.pid, 'SIGTERM');
      const late = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), 2_000);
      await ended;
      clearTimeout(late);
      // The head is gone; whatever it started and left behind goes now.
      killNow();
    },
  };
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) {
    return;
  }
  try {
    if (process.platform === 'win32') {
      execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    } else {
      process.kill(-pid, signal);
    }
  } catch {
    // Already gone.
  }
}

/**
 * The environment for a VS Code of ours: without what a surrounding VS Code, npm or debugger has put there, and
 * without the credentials that the extension itself reads from the environment.
 */
export function cleanEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const clean: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|SMSC_(LOGIN|PASSWORD|API_KEY)$)/.test(name);
    if (value !== undefined && !foreign) {
      clean[name] = value;
    }
  }
  return { ...clean, ...extra };
}
