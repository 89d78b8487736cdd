import type * as sqlite from 'node:sqlite';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { migrate, schemaSteps, schemaVersion } from './schema.ts';
import { DamagedError, isBusy, isDamage, primaryCode, sqliteBusy } from './sqliteErrors.ts';

export type Sqlite = typeof sqlite;

export type Statement = Pick<StatementSync, 'get' | 'all' | 'run'>;

/** The history's file, as the tables' modules use it. */
export interface Database {
  /** A statement, prepared once and kept. */
  prepare(sql: string): Statement;
  /**
   * Runs `work` in one transaction of its own. The first attempt is made before this returns; while another window
   * writes, it is repeated without holding up this one, for some seconds.
   */
  write<T>(work: () => T): Promise<T>;
  /**
   * Gives the space of removed rows back and overwrites what stood there, in the file and in its log. While another
   * window reads, it is tried again for some seconds.
   */
  compact(): Promise<void>;
  close(): void;
}

/** The file was made by a later version of this program. */
export class NewerSchemaError extends Error {}

/** The file system or this build of SQLite cannot share a file between processes. */
export class NoWalError extends Error {}

/** `node:sqlite`, where this Node has it. Its warning about being experimental is not the user's concern. */
export function loadSqlite(): Sqlite | undefined {
  const emitWarning = Reflect.get(process, 'emitWarning');
  // Restored before anything else can run: the module is loaded synchronously.
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** How a file is opened. */
export interface DatabaseOptions {
  /** Reads the whole file first and rejects when something in it is wrong; otherwise that shows when it is met. */
  thorough?: boolean;
  /** Told when a part of the file turns out to be damaged while it is used. */
  onDamaged?: () => void;
}

/** Opens or makes the file. Rejects with SQLite's error, or with one of those above. */
export async function openDatabase(
  sqlite: Sqlite,
  file: string,
  { thorough = false, onDamaged = () => undefined }: DatabaseOptions = {},
): Promise<Database> {
  const db = new sqlite.DatabaseSync(file);
  try {
    // Before anything is changed: a later version's file is left as it is.
    const version = await retried(() => schemaVersion(db));
    if (version > schemaSteps.length) throw new NewerSchemaError();
    // In this order: switching to WAL while another window has the file open must be able to wait.
    db.exec('PRAGMA busy_timeout = 50');
    const mode = await retried(() => db.prepare('PRAGMA journal_mode = WAL').get()?.journal_mode);
    if (mode !== 'wal') throw new NoWalError();
    db.exec('PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON');
    if (version < schemaSteps.length) {
      await retried(() => transaction(db, () => migrate(db, schemaSteps)));
    }
    if (thorough && !(await retried(() => isWhole(db)))) throw new DamagedError();
    // From here on only writes meet other windows, and they are repeated without holding up this one.
    db.exec('PRAGMA busy_timeout = 10');
  } catch (error) {
    db.close();
    throw error;
  }

  const statements = new Map<string, Statement>();
  const told = <A extends unknown[], R>(call: (...values: A) => R): ((...values: A) => R) => {
    return (...values) => {
      try {
        return call(...values);
      } catch (error) {
        if (isDamage(error)) onDamaged();
        throw error;
      }
    };
  };
  return {
    prepare(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = db.prepare(sql);
      const statement = {
        get: told(prepared.get.bind(prepared)),
        all: told(prepared.all.bind(prepared)),
        run: told(prepared.run.bind(prepared)),
      } as Statement;
      statements.set(sql, statement);
      return statement;
    },
    write: (work) => retried(() => transaction(db, work)),
    async compact() {
      // Where one fails, as on a full disk, the other still does its part.
      for (const step of [() => db.exec('VACUUM'), () => emptyLog(db)]) {
        await retried(step).catch((error: unknown) => {
          if (primaryCode(error) === undefined) throw error;
        });
      }
    },
    close() {
      if (db.isOpen) db.close();
    },
  };
}

/** Takes the log into the file and makes it empty. Throws SQLite's `busy` while another window reads from it. */
function emptyLog(db: DatabaseSync): void {
  const result = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();
  if (result?.busy !== 0) throw Object.assign(new Error('The log is being read'), { errcode: sqliteBusy });
}

/** Whether another connection, in this process or in another, has the file open. `false` for what is no database. */
export function isInUse(sqlite: Sqlite, file: string): boolean {
  const db = new sqlite.DatabaseSync(file);
  try {
    // In WAL mode, every open connection holds a share of the file.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK');
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    db.close();
  }
}

function isWhole(db: DatabaseSync): boolean {
  return db.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok';
}

const attempts = 100;

/** Repeats what fails because another process holds the file, for some seconds. */
async function retried<T>(work: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || attempt === attempts) throw error;
    }
    // Unequal pauses, so that two windows do not keep meeting.
    await delay(5 + Math.random() * 50);
  }
}

function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      db.exec('ROLLBACK');
    } catch {
      // SQLite has already rolled back by itself, as it does when the disk is full.
    }
    throw error;
  }
}
