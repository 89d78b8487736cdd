import assert from 'node:assert/strict';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from '../../../src/history/database.ts';
import { schemaSteps, schemaVersion } from '../../../src/history/schema.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import { describeSqlite, temporaryFolders } from './stores.ts';
import { versions } from './versions.ts';
import { openWindow, type Part, partToPlay, say } from './windows.ts';

function raw(folder: string): DatabaseSync {
  const sqlite = loadSqlite();
  assert(sqlite);
  return new sqlite.DatabaseSync(path.join(folder, fileName));
}

/** Makes a file of an older version, with rows in it, as that version's program left it. */
function writeVersion(folder: string, version: number): void {
  const db = raw(folder);
  db.exec('PRAGMA journal_mode = WAL');
  const released = versions.slice(0, version);
  for (const { schema } of released) db.exec(schema);
  for (const { rows } of released) db.exec(rows);
  db.exec(`PRAGMA user_version = ${version}`);
  db.close();
}

/** What the tables and indexes of a file are, apart from how their SQL is laid out. */
function shapeOf(folder: string): unknown[] {
  const db = raw(folder);
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  db.close();
  return rows.map(({ type, name, sql }) => [type, name, String(sql).replace(/\s+/g, ' ')]);
}

/** What the other windows of these tests do: open the file, all at the same moment. */
async function play({ folder, at = '' }: Part): Promise<void> {
  while (Date.now() < Number(at));
  const store = await openStore(folder);
  say(JSON.stringify([store.memory ?? null, store.setAside ?? null, store.history.count({})]));
  store.close();
}

function tests(): void {
  const folders = temporaryFolders();

  it('have a fixture for every version', () => {
    assert.equal(versions.length, schemaSteps.length, 'a new step needs its entry in versions.ts');
  });

  for (const version of versions.keys()) {
    it(`keep everything of version ${version + 1}`, async () => {
      const [folder, fresh] = [await folders.make(), await folders.make()];
      writeVersion(folder, version + 1);
      const store = folders.closing(await openStore(folder));
      assert.deepEqual([store.memory, store.setAside], [undefined, undefined]);
      for (const { assertKept } of versions.slice(0, version + 1)) await assertKept(store);
      folders.closing(await openStore(fresh));
      assert.deepEqual(shapeOf(folder), shapeOf(fresh));
      const db = raw(folder);
      assert.equal(schemaVersion(db), schemaSteps.length);
      assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
      db.close();
    });
  }

  it('are made once when several windows open an old file at the same moment', async () => {
    const folder = await folders.make();
    writeVersion(folder, 1);
    const at = String(Date.now() + 1000);
    const windows = Array.from({ length: 4 }, () =>
      openWindow(import.meta.url, { name: 'open', folder, at }),
    );
    for (const window of windows) {
      assert.deepEqual(JSON.parse(await window.line()), [null, null, 2]);
      assert.equal(await window.ended(), 0);
    }
    const store = folders.closing(await openStore(folder));
    await versions[0]?.assertKept(store);
  });

  it('leave an old file as it was when a step fails', async () => {
    const folder = await folders.make();
    writeVersion(folder, 1);
    const db = raw(folder);
    // Nothing that a version of ours would leave: the second step meets a table that is there already.
    db.exec('CREATE TABLE watches (a)');
    db.close();
    const store = folders.closing(await openStore(folder));
    assert.equal(store.memory, undefined);
    assert(store.setAside !== undefined);
    const sqlite = loadSqlite();
    assert(sqlite);
    const old = new sqlite.DatabaseSync(path.join(folder, store.setAside));
    assert.equal(schemaVersion(old), 1);
    assert.equal(old.prepare('SELECT count(*) AS count FROM checks').get()?.count, 3);
    old.close();
  });
}

const part = partToPlay();
if (part) await play(part);
else describeSqlite('migrations of the history', tests);
