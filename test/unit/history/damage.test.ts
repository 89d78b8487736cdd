import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import {
  copyFile,
  mkdir,
  open,
  readdir,
  readFile,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from '../../../src/history/database.ts';
import { putAside } from '../../../src/history/putAside.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import { account, answered, describeSqlite, message, temporaryFolders } from './stores.ts';
import { openWindow, type Part, partToPlay, say } from './windows.ts';

const pageSize = 4096;
const aside = /^history\.db\.damaged-\d{8}T\d{6}(-[0-9a-f]{8})?$/;

function raw(folder: string): DatabaseSync {
  const sqlite = loadSqlite();
  assert(sqlite);
  return new sqlite.DatabaseSync(path.join(folder, fileName));
}

async function overwrite(file: string, bytes: Buffer, at: number): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.write(bytes, 0, bytes.length, at);
  await handle.close();
}

/** Fills a folder: an account and so many messages. */
async function fill(folder: string, count = 300): Promise<void> {
  const store = await openStore(folder);
  await store.accounts.save(account('A', 'Work'));
  for (let id = 0; id < count; id++) await store.history.record(answered(message(id), 1));
  store.close();
}

/** What the other windows of these tests do: open the damaged file, all at the same moment, and keep one check. */
async function play({ folder, at = '', number = '' }: Part): Promise<void> {
  while (Date.now() < Number(at));
  const store = await openStore(folder);
  await store.history.record(answered(message(number), 1));
  say(JSON.stringify([store.memory ?? null, store.setAside ?? null]));
  store.close();
}

function tests(): void {
  const folders = temporaryFolders();
  const asideIn = async (folder: string) => (await readdir(folder)).filter((name) => aside.test(name));

  const damages: [string, (file: string) => Promise<void>][] = [
    ['is something else', (file) => writeFile(file, 'not a database, but long enough to be one'.repeat(100))],
    ['is noise', (file) => writeFile(file, randomBytes(3 * pageSize))],
    ['has lost its end', (file) => truncate(file, 2 * pageSize)],
    ['has lost all but a few bytes', (file) => truncate(file, 50)],
    ['has lost its first page', (file) => overwrite(file, randomBytes(pageSize), 0)],
    ['is zeros', (file) => writeFile(file, Buffer.alloc(pageSize))],
    [
      'has lost a table',
      (file) => {
        const db = raw(path.dirname(file));
        db.exec('DROP TABLE checks');
        db.close();
        return Promise.resolve();
      },
    ],
  ];
  for (const [damage, harm] of damages) {
    it(`is put aside when it ${damage}, and a new one is begun`, async () => {
      const folder = await folders.make();
      await fill(folder, 20);
      const file = path.join(folder, fileName);
      await harm(file);
      const before = await readFile(file);
      const store = folders.closing(await openStore(folder));
      assert.equal(store.memory, undefined);
      assert.match(store.setAside ?? '', aside);
      assert.deepEqual(await readFile(path.join(folder, store.setAside ?? '')), before);
      assert.equal(store.history.count({}), 0);
      await store.history.record(answered(message(1), 1));
      const again = folders.closing(await openStore(folder));
      assert.equal(again.setAside, undefined);
      assert.equal(again.history.count({}), 1);
    });
  }

  it('leaves the accounts that can be read to the new one', async () => {
    const folder = await folders.make();
    await fill(folder, 1);
    const db = raw(folder);
    db.exec("DROP TABLE checks; UPDATE accounts SET label = x'00' WHERE id = 'B'");
    db.exec(`INSERT INTO accounts VALUES ('B', 'Torn', NULL, 7, 'keyring', 'never', 0, 0)`);
    db.close();
    const store = folders.closing(await openStore(folder));
    assert(store.setAside !== undefined);
    assert.deepEqual(store.accounts.all(), [account('A', 'Work')]);
  });

  it('is put aside with what SQLite keeps beside it, by one window', async () => {
    const folder = await folders.make();
    const file = path.join(folder, fileName);
    for (const suffix of ['', '-wal', '-shm']) await writeFile(file + suffix, `old${suffix}`);
    const { ino } = await stat(file);
    await mkdir(`${file}.aside`);
    assert.equal(putAside(file, ino), 'busy');
    await utimes(`${file}.aside`, 0, 0);
    assert.equal(putAside(file, ino), 'busy', 'what a killed window left is taken away');
    const done = putAside(file, ino);
    assert(typeof done === 'object');
    const names = ['', '-shm', '-wal'].map((suffix) => done.name + suffix);
    assert.deepEqual((await readdir(folder)).sort(), names);
    for (const name of names) {
      assert.equal(await readFile(path.join(folder, name), 'utf8'), name.replace(done.name, 'old'));
    }
    assert.equal(putAside(file, ino), 'gone');
    await writeFile(file, 'another');
    assert.equal(putAside(file, ino), 'gone');
  });

  it('is put aside by one of several windows that find it at the same moment', async () => {
    for (let round = 0; round < 3; round++) {
      const folder = await folders.make();
      await writeFile(path.join(folder, fileName), randomBytes(pageSize));
      const at = String(Date.now() + 800);
      const windows = ['1', '2', '3', '4'].map((number) =>
        openWindow(import.meta.url, { name: 'open', folder, at, number }),
      );
      const told: (string | null)[] = [];
      for (const window of windows) {
        const [memory, setAside] = JSON.parse(await window.line()) as (string | null)[];
        assert.equal(memory, null);
        if (setAside) told.push(setAside);
        assert.equal(await window.ended(), 0);
      }
      assert.deepEqual(told, await asideIn(folder), 'one says so');
      assert.equal(told.length, 1);
      const store = folders.closing(await openStore(folder));
      assert.equal(store.history.count({}), 4, 'they share the new one');
    }
  });

  it('is kept five times at most, and not after the history is cleared', async () => {
    const folder = await folders.make();
    const file = path.join(folder, fileName);
    for (let time = 0; time < 7; time++) {
      await writeFile(file, `damage ${time}`.repeat(100));
      const store = await openStore(folder);
      assert(store.setAside !== undefined);
      store.close();
    }
    assert.equal((await asideIn(folder)).length, 5);
    const store = folders.closing(await openStore(folder));
    await store.history.clear('A');
    assert.equal((await asideIn(folder)).length, 5);
    await store.history.clear();
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.includes('damaged')),
      [],
    );
  });

  it('with a damaged part is used until that is met, and put aside when nobody else has it open', async () => {
    const folder = await folders.make();
    await fill(folder);
    const file = path.join(folder, fileName);
    const { size } = await stat(file);
    await overwrite(file, Buffer.alloc(8 * pageSize, 0xff), Math.floor(size / pageSize / 2) * pageSize);
    let told = 0;
    const store = folders.closing(await openStore(folder, { onDamaged: () => told++ }));
    assert.deepEqual([store.memory, store.setAside, told], [undefined, undefined, 0]);
    for (let time = 0; time < 2; time++) {
      assert.throws(() => store.history.messages({ limit: 1000 }), /malformed/);
    }
    assert.equal(told, 1);

    const second = folders.closing(await openStore(folder));
    assert.equal(second.memory, 'damaged', 'another window has it open');
    assert.deepEqual(await asideIn(folder), []);
    store.close();

    const third = folders.closing(await openStore(folder));
    assert.equal(third.memory, undefined);
    assert.deepEqual(await asideIn(folder), [third.setAside]);
    assert.deepEqual(third.accounts.all(), [account('A', 'Work')]);
    const fourth = folders.closing(await openStore(folder));
    assert.deepEqual([fourth.memory, fourth.setAside], [undefined, undefined]);
  });

  it('that only seemed to be damaged goes on', async () => {
    const folder = await folders.make();
    await fill(folder, 5);
    await writeFile(path.join(folder, `${fileName}.suspected`), '');
    const store = folders.closing(await openStore(folder));
    assert.deepEqual([store.memory, store.setAside, store.history.count({})], [undefined, undefined, 5]);
    assert.equal((await readdir(folder)).includes(`${fileName}.suspected`), false);
  });

  it('keeps the checks before the place where its log is torn', async () => {
    const [source, folder] = [await folders.make(), await folders.make()];
    await fill(source, 5);
    const live = folders.closing(await openStore(source));
    for (let id = 5; id < 15; id++) await live.history.record(answered(message(id), 1));
    for (const suffix of ['', '-wal']) {
      await copyFile(path.join(source, fileName + suffix), path.join(folder, fileName + suffix));
    }
    const wal = path.join(folder, `${fileName}-wal`);
    const { size } = await stat(wal);
    await truncate(wal, size - 1000);
    await overwrite(wal, randomBytes(pageSize), size - 2 * pageSize);
    const store = folders.closing(await openStore(folder));
    assert.deepEqual([store.memory, store.setAside], [undefined, undefined]);
    const count = store.history.count({});
    assert(count >= 12 && count < 15, `${count} of 15`);
    assert.equal(raw(folder).prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
  });

  it('keeps what it had when its log is noise', async () => {
    const folder = await folders.make();
    await fill(folder, 5);
    await writeFile(path.join(folder, `${fileName}-wal`), randomBytes(5 * pageSize));
    const store = folders.closing(await openStore(folder));
    assert.deepEqual([store.memory, store.setAside, store.history.count({})], [undefined, undefined, 5]);
  });
}

const part = partToPlay();
if (part) await play(part);
else describeSqlite('a damaged history', tests);
