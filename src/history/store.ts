import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { createAnnouncer, createChanges, watchFolder } from './changes.ts';
import {
  type Database,
  loadSqlite,
  NewerSchemaError,
  NoWalError,
  openDatabase,
  primaryCode,
  type Sqlite,
  sqliteBusy,
  sqliteLocked,
} from './database.ts';
import type { Ledger } from './ledger.ts';
import { createMemoryStore } from './memory.ts';
import { createMemoryLedger } from './memoryLedger.ts';
import { createSqliteBatches } from './sqliteBatches.ts';
import { createSqliteAccounts } from './sqliteAccounts.ts';
import { createSqliteHistory } from './sqliteHistory.ts';
import { createSqliteLedger } from './sqliteLedger.ts';
import { createSqliteWatches } from './sqliteWatches.ts';
import type { MemoryCause, Store } from './types.ts';

export interface StoreOptions {
  /** Where SQLite comes from; `undefined` when this Node has none. */
  loadSqlite?: () => Sqlite | undefined;
}

/** The file's name in its folder; SQLite keeps two more beside it, with `-wal` and `-shm` appended. */
export const fileName = 'history.db';

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
      return storeOf(await openDatabase(sqlite, file), folder, setAside);
    } catch (error) {
      const cause = causeOf(error);
      if (cause !== 'damaged' || inode === undefined || attempt === 3) return createMemoryStore(cause);
      try {
        setAside = (await putAside(file, inode)) ?? setAside;
      } catch {
        return createMemoryStore(cause);
      }
    }
  }
}

function storeOf(db: Database, folder: string, setAside: string | undefined): Store {
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
      history,
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
  await handle.close();
  await chmod(file, 0o600);
  return (await stat(file)).ino;
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

/** @returns the damaged file's new name; nothing when another window has already put it aside */
async function putAside(file: string, inode: number): Promise<string | undefined> {
  if ((await stat(file)).ino !== inode) return undefined;
  const aside = `${file}.damaged-${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}`;
  await rename(file, aside);
  for (const suffix of ['-wal', '-shm']) await rm(file + suffix, { force: true });
  return path.basename(aside);
}

function causeOf(error: unknown): MemoryCause {
  if (error instanceof NewerSchemaError) return 'newer';
  if (error instanceof NoWalError) return 'sqliteMissing';
  switch (primaryCode(error)) {
    case undefined:
      return 'folder';
    case sqliteBusy:
    case sqliteLocked:
      return 'locked';
    case 1: // a schema that is not the one that its version promises
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
      return 'damaged';
    default:
      return 'folder';
  }
}
