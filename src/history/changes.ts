import { watch } from 'node:fs';
import type { Database } from './database.ts';
import type { Change } from './types.ts';

/** Tells listeners of changes. */
export interface Announcer {
  tell: (change: Change) => void;
  /** @returns the function that stops it */
  listen: (listener: (change: Change) => void) => () => void;
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<{ listener: (change: Change) => void }>();
  return {
    tell(change) {
      for (const { listener } of [...listeners]) listener(change);
    },
    listen(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
}

type Area = 'history' | 'accounts';

/** Writes to an area of the database and tells what changed there, whichever window changed it. */
export interface Changes {
  /** Runs `work` in a transaction, and then tells of `change`; of nothing when more is to come. */
  write<T>(area: Area, change: Change | undefined, work: () => T): Promise<T>;
  tell: Announcer['tell'];
  /** Looks for what other windows have changed, and tells of it. */
  look: () => void;
}

/**
 * The file counts the changes of each area. A window knows the count after its own last change, so a count that it
 * did not expect is another window's doing.
 */
export function createChanges(db: Database, announcer: Announcer): Changes {
  const read = db.prepare('SELECT history, accounts FROM changes');
  const counts = () => read.get() as Record<Area, number>;
  const bump = {
    history: db.prepare('UPDATE changes SET history = history + 1 RETURNING history AS count'),
    accounts: db.prepare('UPDATE changes SET accounts = accounts + 1 RETURNING accounts AS count'),
  };
  const byOthers: Record<Area, Change> = { history: { kind: 'everything' }, accounts: { kind: 'accounts' } };
  const known = counts();
  return {
    async write(area, change, work) {
      const { result, count } = await db.write(() => ({
        result: work(),
        count: Number(bump[area].get()?.count),
      }));
      const othersToo = count > known[area] + 1;
      known[area] = Math.max(known[area], count);
      if (change) announcer.tell(change);
      if (othersToo) announcer.tell(byOthers[area]);
      return result;
    },
    tell: announcer.tell,
    look() {
      let now: Record<Area, number>;
      try {
        now = counts();
      } catch {
        return; // The file is busy: its next change is another reason to look.
      }
      for (const area of ['history', 'accounts'] as const) {
        if (now[area] === known[area]) continue;
        known[area] = now[area];
        announcer.tell(byOthers[area]);
      }
    },
  };
}

/** Several writes in a row are one reason to look. */
const settleMs = 50;
const pollMs = 2000;

/**
 * Calls `look` soon after something in the folder was written, by this process or another; where the system cannot
 * watch folders, every two seconds. @returns the function that stops it
 */
export function watchFolder(folder: string, look: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  const soon = () => {
    // Not put off by further writes: a window that keeps writing is seen too.
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, settleMs).unref();
  };
  let poll: NodeJS.Timeout | undefined;
  const startPolling = () => {
    poll ??= setInterval(look, pollMs).unref();
  };
  let stop = (): void => undefined;
  try {
    const watcher = watch(folder, { persistent: false }, soon);
    watcher.on('error', startPolling);
    stop = () => watcher.close();
  } catch {
    startPolling();
  }
  return () => {
    stop();
    clearTimeout(timer);
    clearInterval(poll);
  };
}
