import type { DatabaseSync } from 'node:sqlite';

/** Lists of messages that were checked as one. `messages` is a JSON array of pairs, `count` its length. */
const batchesStep = `
  CREATE TABLE batches (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    source TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    messages TEXT NOT NULL
  ) WITHOUT ROWID;`;

/** Checks know the file and line that they came from, as JSON. Few do, so the index is small. */
const placesStep = `
  ALTER TABLE checks ADD COLUMN place TEXT;
  CREATE INDEX checks_with_place ON checks (message) WHERE place IS NOT NULL;`;

/**
 * How each version of the schema is made from the one before. Steps that were released are never changed: a new
 * version is a new step. The file's `user_version` counts the steps that it has seen.
 *
 * A message's row points at its last check and at its last report, and repeats of the report what filters ask for, so
 * that a page and a filter are answered from one index. Accounts that were removed keep their label alone.
 */
export const schemaSteps: readonly string[] = [
  `CREATE TABLE accounts (
     id TEXT PRIMARY KEY,
     label TEXT NOT NULL,
     login TEXT,
     endpoint TEXT NOT NULL,
     secret TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     used_at INTEGER NOT NULL,
     removed INTEGER NOT NULL DEFAULT 0
   ) WITHOUT ROWID;

   CREATE TABLE messages (
     key INTEGER PRIMARY KEY,
     account TEXT NOT NULL,
     phone TEXT NOT NULL,
     id TEXT NOT NULL,
     first_at INTEGER NOT NULL,
     last_at INTEGER NOT NULL,
     checks INTEGER NOT NULL,
     last INTEGER NOT NULL,
     last_report INTEGER,
     state TEXT NOT NULL,
     status INTEGER,
     error INTEGER,
     UNIQUE (account, phone, id)
   );
   CREATE INDEX messages_newest ON messages (last_at, account, phone, id, state, status, error);

   CREATE TABLE checks (
     key INTEGER PRIMARY KEY,
     message INTEGER NOT NULL,
     started_at INTEGER NOT NULL,
     duration INTEGER NOT NULL,
     detail INTEGER NOT NULL,
     origin TEXT NOT NULL,
     outcome TEXT NOT NULL,
     ok INTEGER NOT NULL
   );
   CREATE INDEX checks_of_message ON checks (message);
   CREATE INDEX checks_by_age ON checks (started_at);

   CREATE TABLE exchanges (
     message INTEGER PRIMARY KEY,
     request TEXT NOT NULL,
     answer TEXT,
     http_status INTEGER
   );

   CREATE TABLE changes (history INTEGER NOT NULL, accounts INTEGER NOT NULL);
   INSERT INTO changes VALUES (0, 0);

   CREATE TABLE requests (
     key INTEGER PRIMARY KEY,
     window TEXT NOT NULL,
     host TEXT NOT NULL,
     login TEXT NOT NULL,
     about TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ended_at INTEGER,
     expires_at INTEGER NOT NULL,
     keep_until INTEGER NOT NULL,
     code INTEGER,
     hung_up INTEGER NOT NULL DEFAULT 0
   );
   CREATE INDEX requests_about ON requests (host, login, about);
   CREATE INDEX requests_by_code ON requests (host, code);
   CREATE INDEX requests_by_age ON requests (keep_until);

   CREATE TABLE standings (
     host TEXT NOT NULL,
     login TEXT NOT NULL,
     state TEXT NOT NULL,
     at INTEGER NOT NULL,
     since INTEGER NOT NULL,
     PRIMARY KEY (host, login)
   ) WITHOUT ROWID;

   CREATE TABLE blocks (
     host TEXT PRIMARY KEY,
     until INTEGER NOT NULL,
     strikes INTEGER NOT NULL
   ) WITHOUT ROWID;

   CREATE TABLE waiting (
     host TEXT NOT NULL,
     login TEXT NOT NULL,
     window TEXT NOT NULL,
     since INTEGER NOT NULL,
     seen_at INTEGER NOT NULL,
     PRIMARY KEY (host, login, window)
   ) WITHOUT ROWID;`,

  `CREATE TABLE watches (
     account TEXT NOT NULL,
     phone TEXT NOT NULL,
     id TEXT NOT NULL,
     origin TEXT NOT NULL,
     started_at INTEGER NOT NULL,
     ends_at INTEGER NOT NULL,
     next_at INTEGER NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0,
     failures INTEGER NOT NULL DEFAULT 0,
     failure TEXT,
     lease TEXT,
     PRIMARY KEY (account, phone, id)
   ) WITHOUT ROWID;
   CREATE INDEX watches_due ON watches (account, next_at);`,

  batchesStep,

  placesStep,
];

/** The schema's version that a file has. 0 is a file without any. */
export function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/**
 * Takes the steps that the file has not seen. To be called inside a transaction: another window may be about to do
 * the same.
 */
export function migrate(db: DatabaseSync, steps: readonly string[]): void {
  const version = schemaVersion(db);
  if (version >= steps.length) return;
  for (const step of steps.slice(version)) {
    db.exec(step);
  }
  db.exec(`PRAGMA user_version = ${steps.length}`);
}
