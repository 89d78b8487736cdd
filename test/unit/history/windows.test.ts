import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadSqlite } from '../../../src/history/database.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import type { Change, Store } from '../../../src/history/types.ts';
import { account, answered, describeSqlite, message, temporaryFolders } from './stores.ts';
import { openWindow, type Part, partToPlay, say } from './windows.ts';

const alex = { host: 'smsc.ru', login: 'alex', about: '7999/1' };

/** What the other windows of these tests do. */
async function play(part: Part): Promise<void> {
  const { name, folder, prefix = '' } = part;
  const store = await openStore(folder);
  assert.equal(store.memory, undefined);
  switch (name) {
    case 'record':
      for (let id = 0; id < 100; id++) await store.history.record(answered(message(`${prefix}${id}`), 1));
      store.close();
      break;
    case 'crash':
      await store.ledger.claim(alex, () => ({
        kind: 'go',
        startedAt: 1000,
        expiresAt: 2000,
        keepUntil: 3000,
      }));
      for (let id = 0; ; id++) {
        await store.history.record(answered(message(id), 1));
        say(`recorded ${id}`);
      }
    case 'save':
      await store.accounts.save(account('A', 'Work'));
      store.close();
      break;
    default:
      throw new Error(`no part is called ${name}`);
  }
}

/** Resolves to the next change that is told. */
function nextChange(store: Store): Promise<Change> {
  return new Promise((resolve) => {
    const stop = store.onDidChange((change) => {
      stop();
      resolve(change);
    });
  });
}

function tests(): void {
  const folders = temporaryFolders();
  const openWindowAt = (name: string, folder: string, more: Record<string, string> = {}) =>
    openWindow(import.meta.url, { name, folder, ...more });

  it('lose nothing when they write at the same time', async () => {
    const folder = await folders.make();
    const others = ['a', 'b', 'c'].map((prefix) => openWindowAt('record', folder, { prefix }));
    const store = folders.closing(await openStore(folder));
    for (let id = 0; id < 100; id++) await store.history.record(answered(message(`own${id}`), 1));
    for (const other of others) assert.equal(await other.ended(), 0);
    assert.equal(store.history.count({}), 400);
    for (const prefix of ['a', 'b', 'c', 'own']) {
      assert.equal(store.history.messages({ text: prefix, limit: 1000 }).length, 100);
    }
  });

  it('hear what another has recorded', async () => {
    const folder = await folders.make();
    const store = folders.closing(await openStore(folder));
    const change = nextChange(store);
    await openWindowAt('record', folder).ended();
    assert.deepEqual(await change, { kind: 'everything' });
  });

  it('hear of accounts that another has saved', async () => {
    const folder = await folders.make();
    const store = folders.closing(await openStore(folder));
    const change = nextChange(store);
    await openWindowAt('save', folder).ended();
    assert.deepEqual(await change, { kind: 'accounts' });
    assert.equal(store.accounts.label('A'), 'Work');
  });

  it('hear of their own writes once, and not of requests', async () => {
    const folder = await folders.make();
    const [store, other] = [
      folders.closing(await openStore(folder)),
      folders.closing(await openStore(folder)),
    ];
    const changes: Change[] = [];
    store.onDidChange((change) => changes.push(change));
    await store.history.record(answered(message(1), 1));
    await other.ledger.claim(alex, () => ({ kind: 'go', startedAt: 1, expiresAt: 2, keepUntil: 3 }));
    // What the other window records last is heard last: by then everything before has been heard.
    const heard = nextChange(store);
    await other.accounts.save(account('A', 'Work'));
    await heard;
    assert.deepEqual(changes, [{ kind: 'message', message: message(1) }, { kind: 'accounts' }]);
  });

  it('hear of others’ writes also when these fall between their own', async () => {
    const folder = await folders.make();
    const [store, other] = [
      folders.closing(await openStore(folder)),
      folders.closing(await openStore(folder)),
    ];
    const changes: Change[] = [];
    store.onDidChange((change) => changes.push(change));
    await other.history.record(answered(message(1), 1));
    await store.history.record(answered(message(2), 1));
    assert.deepEqual(changes, [{ kind: 'message', message: message(2) }, { kind: 'everything' }]);
  });

  it('can crash in the middle of writing', async () => {
    const folder = await folders.make();
    const other = openWindowAt('crash', folder);
    while ((await other.line()) !== 'recorded 50');
    await other.kill();
    const store = folders.closing(await openStore(folder));
    assert.equal(store.memory, undefined);
    assert(store.history.count({}) >= 51);
    for (let id = 0; id <= 50; id++) assert.equal(store.history.checks(message(id), 10).length, 1);
    const sqlite = loadSqlite();
    assert(sqlite);
    const db = new sqlite.DatabaseSync(path.join(folder, fileName));
    assert.deepEqual(Object.values(db.prepare('PRAGMA integrity_check').get() ?? {}), ['ok']);
    db.close();
    // What it had under way is still counted, until it runs out.
    const claim = await store.ledger.claim(alex, ({ open }) => {
      assert.deepEqual(
        open.map(({ startedAt, expiresAt, endedAt }) => [startedAt, expiresAt, endedAt]),
        [[1000, 2000, undefined]],
      );
      return { kind: 'go', startedAt: 3000, expiresAt: 4000, keepUntil: 5000 };
    });
    assert('pass' in claim);
    await claim.pass.settle(() => ({ kind: 'unsent' }));
    await store.ledger.claim(alex, ({ open }) => {
      assert.deepEqual(open, []);
      return { kind: 'wait', until: 0, whom: 'login' };
    });
  });

  it('say nothing of SQLite being experimental', () => {
    const { stderr } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '', SMSC_TEST_WARNING: '1' },
    });
    assert.match(stderr, /still heard/);
    assert.doesNotMatch(stderr, /experimental/i);
  });
}

const part = partToPlay();
if (process.env.SMSC_TEST_WARNING !== undefined) {
  loadSqlite();
  process.emitWarning('still heard');
} else if (part) {
  await play(part);
} else {
  describeSqlite('windows', tests);
}
