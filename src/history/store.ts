import { randomUUID } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createAnnouncer, createChanges, watchFolder } from './changes.ts';
import {
  type Database,
  isInUse,
  loadSqlite,
  NewerSchemaError,
  NoWalError,
  openDatabase,
  type Sqlite,
} from './database.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryStore } from './memory.ts';
import { createMemoryLedger } from './memoryLedger.ts';
import { putAside, removeAside } from './putAside.ts';
import { isBusy, isDamage, primaryCode } from './sqliteErrors.ts';
import { createSqliteBatches } from './sqliteBatches.ts';
import { createSqliteAccounts, readAccounts } from './sqliteAccounts.ts';
import { createSqliteHistory } from './sqliteHistory.ts';
import { createSqliteLedger } from './sqliteLedger.ts';
import { createSqliteWatches } from './sqliteWatches.ts';
import type { MemoryCause, Store } from './types.ts';

export interface StoreOptions {
  /** Where SQLite comes from; `undefined` when this Node has none. */
  loadSqlite?: () => Sqlite | undefined;
  /**
   * Told once, when a part of the file turns out to be damaged while it is used. The window that opens it next, when
   * no other has it open, puts it aside.
   */
  onDamaged?: () => void;
}

/** The file's name in its folder; SQLite keeps two more beside it, with `-wal` and `-shm` appended. */
export const fileName = 'history.db';

/** Appended to the file's name: a file that stands there while the history is suspected to be damaged. */
const suspected = '.suspected';

/** How often a damaged file is tried again, while other windows that found it damaged close it. */
const attempts = 60;

/**
 * Opens the store in a folder, which is made when it is missing. Never rejects: where nothing can be kept on disk,
 * the store lives in memory and says why.
 */
export async function openStore(folder: string, options: StoreOptions = {}): Promise<Store> {
  const sqlite = (options.loadSqlite ?? loadSqlite)();
  if (!sqlite) return createMemoryStore('sqliteMissing');
  const file = path.join(folder, fileName);
  let setAside: string | undefined;
  for (let attempt = 1; ; attempt++) {
    let inode: number | undefined;
    try {
      inode = await claimFile(folder, file);
      const db = await openChecked(sqlite, file, options.onDamaged);
      const store = storeOf(db, folder, file, setAside);
      if (setAside !== undefined) await rescueAccounts(sqlite, path.join(folder, setAside), store);
      return store;
    } catch (error) {
      const cause = causeOf(error);
      if (cause !== 'damaged' || inode === undefined || attempt === attempts) return createMemoryStore(cause);
      try {
        // A file that another window works with must not be moved under its feet.
        const done = isInUse(sqlite, file) ? 'busy' : putAside(file, inode);
        if (done === 'busy') await delay(20 + Math.random() * 80);
        else if (done !== 'gone') setAside = done.name;
        if (done !== 'busy') rmSync(file + suspected, { force: true });
      } catch {
        return createMemoryStore(cause);
      }
    }
  }
}

/** Opens the file; reads all of it first when damage was met the last time. */
async function openChecked(sqlite: Sqlite, file: string, onDamaged?: () => void): Promise<Database> {
  const marker = file + suspected;
  const thorough = existsSync(marker);
  let known = false;
  const db = await openDatabase(sqlite, file, {
    thorough,
    onDamaged() {
      if (known) return;
      known = true;
      try {
        writeFileSync(marker, '', { mode: 0o600 });
      } catch {
        // Then it is met again the next time.
      }
      onDamaged?.();
    },
  });
  if (thorough) rmSync(marker, { force: true });
  return db;
}

/** Takes the accounts over that can still be read in a damaged file: their secrets are in the keyring, and useless alone. */
async function rescueAccounts(sqlite: Sqlite, aside: string, { accounts }: Store): Promise<void> {
  try {
    for (const account of readAccounts(sqlite, aside)) await accounts.save(account);
  } catch {
    // Then they have to be added again.
  }
}

function storeOf(db: Database, folder: string, file: string, setAside: string | undefined): Store {
  try {
    const announcer = createAnnouncer();
    const changes = createChanges(db, announcer);
    const accounts = createSqliteAccounts(db, changes);
    const history = createSqliteHistory(db, changes, accounts.labels);
    const window = randomUUID();
    const ledger = withSpare(createSqliteLedger(db, window), createMemoryLedger(window));
    const watches = createSqliteWatches(db, changes, window);
    const stopWatching = watchFolder(folder, changes.look);
    return {
      history: {
        ...history,
        async clear(account) {
          await history.clear(account);
          // What was put aside holds messages as well.
          if (account === undefined) removeAside(file);
        },
      },
      accounts,
      ledger,
      watches,
      batches: createSqliteBatches(db),
      ...(setAside !== undefined && { setAside }),
      async measure() {
        const row = db.prepare('SELECT count(*) AS messages, total(checks) AS checks FROM messages').get();
        const [messages, checks] = [Number(row?.messages), Number(row?.checks)];
        return { messages, checks, disk: { folder, bytes: await bytesIn(folder) } };
      },
      onDidChange: announcer.listen,
      close() {
        stopWatching();
        db.close();
      },
    };
  } catch (error) {
    // A schema with holes shows when the statements are prepared.
    db.close();
    throw error;
  }
}

/** A full disk should not stop the checks: what cannot be entered in the file is entered in memory. */
function withSpare(ledger: Ledger, spare: Ledger): Ledger {
  return {
    claim: (request, decide) => ledger.claim(request, decide).catch(() => spare.claim(request, decide)),
    async forgive(host, login, now) {
      await spare.forgive(host, login, now);
      await ledger.forgive(host, login, now);
    },
  };
}

/** Makes the file readable for its owner alone; SQLite gives its other two the same mode. @returns its inode */
async function claimFile(folder: string, file: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    // Of the file that was opened: another window may just be putting a damaged one aside.
    await handle.chmod(0o600);
    return (await handle.stat()).ino;
  } finally {
    await handle.close();
  }
}

/** The bytes of the file, of SQLite's two beside it, and of damaged ones that were put aside. */
async function bytesIn(folder: string): Promise<number> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(fileName));
  // SQLite may take its files away meanwhile.
  const sizes = names.map((name) =>
    stat(path.join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

function causeOf(error: unknown): MemoryCause {
  if (error instanceof NewerSchemaError) return 'newer';
  if (error instanceof NoWalError) return 'sqliteMissing';
  if (isBusy(error)) return 'locked';
  // SQLITE_ERROR is a schema that is not the one that its version promises.
  return isDamage(error) || primaryCode(error) === 1 ? 'damaged' : 'folder';
}
