import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { loadSqlite } from '../../../src/history/database.ts';
import { migrate, schemaSteps, schemaVersion } from '../../../src/history/schema.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import type { MemoryCause, Store } from '../../../src/history/types.ts';
import { answered, describeSqlite, message, noon, temporaryFolders } from './stores.ts';

const unix = process.platform === 'win32' ? it.skip : it;

describe('store', () => {
  it('lives in memory where Node has no SQLite', async () => {
    const store = await openStore('/nowhere', { loadSqlite: () => undefined });
    assert.equal(store.memory, 'sqliteMissing');
    await store.history.record(answered(message(1), 1));
    assert.equal(store.history.count({}), 1);
    store.close();
  });
});

describeSqlite('store on disk', () => {
  const folders = temporaryFolders();

  async function opened(folder: string, memory?: MemoryCause): Promise<Store> {
    const store = folders.closing(await openStore(folder));
    assert.equal(store.memory, memory);
    return store;
  }

  function raw(folder: string): DatabaseSync {
    const sqlite = loadSqlite();
    assert(sqlite);
    return new sqlite.DatabaseSync(path.join(folder, fileName));
  }

  async function keepOne(folder: string): Promise<void> {
    const store = await openStore(folder);
    await store.history.record(answered(message('kept'), 1));
    store.close();
  }

  it('keeps what was recorded', async () => {
    const folder = await folders.make();
    await keepOne(folder);
    const store = await opened(folder);
    assert.equal(store.history.summary(message('kept'))?.lastReport?.status.name, 'Delivered');
    assert.equal(store.setAside, undefined);
  });

  unix('lets nobody else read its files', async () => {
    const folder = path.join(await folders.make(), 'made', 'here');
    const store = await opened(folder);
    await store.history.record(answered(message(1), 1));
    const modes = await Promise.all(
      ['', fileName, `${fileName}-wal`, `${fileName}-shm`].map(async (name) => {
        const { mode } = await stat(path.join(folder, name));
        return (mode & 0o777).toString(8);
      }),
    );
    assert.deepEqual(modes, ['700', '600', '600', '600']);
  });

  unix('takes a mode back that is too open', async () => {
    const folder = await folders.make();
    await keepOne(folder);
    await chmod(path.join(folder, fileName), 0o644);
    await opened(folder);
    assert.equal((await stat(path.join(folder, fileName))).mode & 0o777, 0o600);
  });

  it('begins with an empty file', async () => {
    const folder = await folders.make();
    await writeFile(path.join(folder, fileName), '');
    await opened(folder);
    assert.equal(schemaVersion(raw(folder)), schemaSteps.length);
  });

  it('is opened by several windows at once, also when it is new', async () => {
    const folder = await folders.make();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openStore(folder)));
    for (const store of stores) {
      folders.closing(store);
      assert.equal(store.memory, undefined);
    }
    await Promise.all(stores.map((store, index) => store.history.record(answered(message(index), 1))));
    for (const store of stores) assert.equal(store.history.count({}), 5);
  });

  it('takes only the steps of the schema that a file has not seen', async () => {
    const folder = await folders.make();
    await keepOne(folder);
    const db = raw(folder);
    const steps = [...schemaSteps, 'CREATE TABLE later (a); INSERT INTO later SELECT count(*) FROM messages'];
    migrate(db, steps);
    migrate(db, steps);
    assert.equal(schemaVersion(db), schemaSteps.length + 1);
    assert.deepEqual(
      db
        .prepare('SELECT a FROM later')
        .all()
        .map((row) => row.a),
      [1],
    );
    migrate(db, schemaSteps);
    assert.equal(schemaVersion(db), steps.length, 'never back');
    db.close();
  });

  it('leaves a file of a later version alone', async () => {
    const folder = await folders.make();
    await keepOne(folder);
    const db = raw(folder);
    // Later versions may keep their journal otherwise.
    db.exec('PRAGMA user_version = 999; PRAGMA journal_mode = DELETE');
    db.close();
    const before = await readFile(path.join(folder, fileName));
    const store = await opened(folder, 'newer');
    await store.history.record(answered(message(1), 1));
    assert.deepEqual(await readdir(folder), [fileName]);
    assert.deepEqual(await readFile(path.join(folder, fileName)), before);
    assert.equal(schemaVersion(raw(folder)), 999);
    assert.equal(raw(folder).prepare('SELECT count(*) AS count FROM messages').get()?.count, 1);
  });

  it('lives in memory where the folder cannot be made or written', async () => {
    const folder = await folders.make();
    await writeFile(path.join(folder, 'file'), '');
    await opened(path.join(folder, 'file', 'below'), 'folder');
    await mkdir(path.join(folder, 'taken', fileName), { recursive: true });
    await opened(path.join(folder, 'taken'), 'folder');
    if (process.getuid?.() === 0) return; // nothing is forbidden to root
    await mkdir(path.join(folder, 'closed'), { mode: 0o500 });
    await opened(path.join(folder, 'closed'), 'folder');
  });

  it('lives in memory when somebody keeps the file locked', async () => {
    const folder = await folders.make();
    await keepOne(folder);
    const other = raw(folder);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const store = await opened(folder, 'locked');
    assert.equal(store.history.count({}), 0);
    other.close();
  }).timeout(60_000);

  it('waits for another window’s write without holding up this one', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    const other = raw(folder);
    other.exec('BEGIN IMMEDIATE');
    let turns = 0;
    const recorded = store.history.record(answered(message(1), 1));
    const others = setInterval(() => {
      if (++turns === 3) other.exec('COMMIT');
    }, 1);
    await recorded;
    clearInterval(others);
    assert(turns >= 3);
    assert.equal(store.history.count({}), 1);
    other.close();
  });

  it('goes on with its limits in memory when the file cannot be written', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    const db = raw(folder);
    db.exec('DROP TABLE requests');
    db.close();
    const claim = await store.ledger.claim({ host: 'h', login: 'l', about: 'a' }, () => ({
      kind: 'go',
      startedAt: 1,
      expiresAt: 2,
      keepUntil: 3,
    }));
    assert('pass' in claim);
    await claim.pass.settle(() => ({ kind: 'unsent' }));
  });

  it('leaves nothing in the files of a message that was forgotten', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    // Among others, with all that can be kept of it, and changed many times, so that it has stood in many places.
    const secret = message('secret', { phone: '79035551177' });
    for (let turn = 0; turn < 100; turn++) {
      const exchange = { request: '79035551177'.repeat(1 + (turn % 7)), answer: 'x' };
      await store.history.record(answered(secret, 0, turn), exchange);
      await store.history.record(answered(message(`other-${turn}`), 1, turn));
    }
    await store.watches.start([{ message: secret, origin: 'tree', startedAt: 0, endsAt: 9, nextAt: 5 }]);
    const messages = [secret, message('kept')].map(({ phone, id }) => ({ phone, id }));
    await store.batches.save({ id: 'b', account: 'A', source: 'list.csv', createdAt: 0, messages });
    const holding = async (text: string): Promise<string[]> => {
      const names = await readdir(folder);
      const contents = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
      return names.filter((_, index) => contents[index]?.includes(text));
    };
    assert.notDeepEqual(await holding('79035551177'), []);
    await store.history.forget(secret);
    assert.deepEqual(await holding('79035551177'), []);
    assert.deepEqual(await holding('other-99'), [fileName]);
    assert.equal(store.history.count({}), 100);
  });

  it('prunes what the ledger of requests does not need any more', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    for (const keepUntil of [noon, noon + 2]) {
      const go = { kind: 'go', startedAt: noon - 1, expiresAt: noon, keepUntil } as const;
      await store.ledger.claim({ host: 'h', login: 'l', about: String(keepUntil) }, () => go);
    }
    await store.history.prune({ days: 1, messages: 1 }, noon + 1);
    const db = raw(folder);
    assert.deepEqual(
      db
        .prepare('SELECT about FROM requests')
        .all()
        .map(({ about }) => about),
      [String(noon + 2)],
    );
    db.close();
  });

  it('tells how much it keeps, and is small again when it was cleared', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    const empty = await store.measure();
    for (let id = 0; id < 300; id++) await store.history.record(answered(message(id), 1));
    await store.history.record(answered(message(0), 1));
    const full = await store.measure();
    assert.deepEqual({ ...full, disk: full.disk?.folder }, { messages: 300, checks: 301, disk: folder });
    const bytes = async (): Promise<number> => {
      const sizes = (await readdir(folder)).map(async (name) => (await stat(path.join(folder, name))).size);
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    };
    assert.equal(full.disk?.bytes, await bytes());
    await store.history.clear();
    const { messages, checks, disk } = await store.measure();
    assert.deepEqual([messages, checks], [0, 0]);
    assert.ok((disk?.bytes ?? Infinity) <= (empty.disk?.bytes ?? 0), `${empty.disk?.bytes} → ${disk?.bytes}`);
    // The history of one account is as much gone.
    for (let id = 0; id < 300; id++) await store.history.record(answered(message(id), 1));
    await store.history.clear('A');
    assert.ok(((await store.measure()).disk?.bytes ?? Infinity) <= (empty.disk?.bytes ?? 0));
  });

  it('leaves nothing in the files of what was cleared', async () => {
    const folder = await folders.make();
    const store = await opened(folder);
    for (let id = 0; id < 300; id++) await store.history.record(answered(message(`needle-${id}`), 1));
    await store.history.clear();
    for (const name of await readdir(folder)) {
      assert.equal((await readFile(path.join(folder, name))).includes('needle'), false, name);
    }
  });
});
