import assert from 'node:assert/strict';
import path from 'node:path';
import { loadSqlite } from '../../../src/history/database.ts';
import { migrate, schemaSteps, schemaVersion } from '../../../src/history/schema.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import type { Change, Store } from '../../../src/history/types.ts';
import type { Claimed, NewWatch } from '../../../src/history/watches.ts';
import type { Message } from '../../../src/smsc/message.ts';
import {
  account,
  answered,
  day,
  describeSqlite,
  describeStores,
  message,
  noon,
  second,
  temporaryFolders,
} from './stores.ts';

const one = message(1);

function watchOf(of: Message, nextAt = noon): NewWatch {
  return { message: of, origin: 'tree', startedAt: noon, endsAt: noon + day, nextAt };
}

describeStores('watches', (open) => {
  let store: Store;
  const changes: Change[] = [];
  beforeEach(async () => {
    store = await open();
    changes.length = 0;
    store.onDidChange((change) => changes.push(change));
  });

  async function claim(at = noon): Promise<Claimed> {
    const claimed = await store.watches.claim('A', at, at + 30 * second);
    assert(claimed);
    return claimed;
  }

  it('are none at first', async () => {
    const { watches } = store;
    assert.deepEqual([watches.all(), watches.count(), watches.find(one)], [[], 0, undefined]);
    assert.deepEqual([...watches.due()], []);
    assert.equal(await watches.claim('A', noon, noon), undefined);
  });

  it('are kept as they were started, once, in the order in which they are due', async () => {
    const { watches } = store;
    const others = [watchOf(message(3), noon + 9), watchOf(message(2), noon + 5)];
    assert.equal(await watches.start([watchOf(one), ...others]), 3);
    assert.equal(await watches.start([watchOf(one, noon + 99)]), 0);
    assert.deepEqual(watches.find(one), {
      ...{ message: one, origin: 'tree', startedAt: noon, endsAt: noon + day },
      progress: { nextAt: noon, attempts: 0, failures: 0 },
    });
    assert.deepEqual(
      watches.all().map((watch) => watch.message.id),
      ['1', '2', '3'],
    );
    assert.equal(watches.count(), 3);
  });

  it('tell when each account’s next check is due', async () => {
    const { watches } = store;
    const others = [watchOf(message(2), noon + 5), watchOf(message(3, { account: 'B' }), noon + 9)];
    await watches.start([watchOf(message(4), noon + 7), ...others]);
    assert.deepEqual(
      watches.due(),
      new Map([
        ['A', noon + 5],
        ['B', noon + 9],
      ]),
    );
  });

  it('give a due check away once, until its lease has run out', async () => {
    const { watches } = store;
    await watches.start([watchOf(one), watchOf(message(2, { account: 'B' }))]);
    assert.equal(await watches.claim('A', noon - 1, noon), undefined, 'not due yet');
    const first = await claim();
    assert.deepEqual(first.message, one);
    assert.equal(watches.find(one)?.lease, first.lease);
    assert.equal(await watches.claim('A', noon, noon), undefined);
    const taken = await claim(noon + 30 * second);
    assert.notEqual(taken.lease, first.lease);
    assert.equal(await watches.renew(first, noon + day), false);
    assert.equal(await watches.settle(first, { nextAt: 1, attempts: 1, failures: 0 }), false);
    assert.equal(await watches.end(first), false);
    assert.equal(await watches.end(taken), true);
    assert.equal(await watches.end(taken), false);
    assert.equal(watches.count(), 1);
  });

  it('give the check away that has been due the longest', async () => {
    await store.watches.start([watchOf(message(2), noon - 5), watchOf(one, noon - 9)]);
    assert.deepEqual([(await claim()).message.id, (await claim()).message.id], ['1', '2']);
  });

  it('stay with a window that renews its lease', async () => {
    const { watches } = store;
    await watches.start([watchOf(one)]);
    assert.equal(await watches.renew(await claim(), noon + 60 * second), true);
    assert.equal(await watches.claim('A', noon + 59 * second, noon), undefined);
  });

  it('keep what came of a check', async () => {
    const { watches } = store;
    await watches.start([watchOf(one)]);
    const failure = { reason: 'network', detail: 'dns' } as const;
    const progress = { nextAt: noon + 5, attempts: 2, failures: 3, failure };
    assert.equal(await watches.settle(await claim(), progress), true);
    assert.deepEqual(watches.find(one)?.progress, progress);
    assert.equal(watches.find(one)?.lease, undefined);
    await watches.settle(await claim(noon + 5), { nextAt: noon + 9, attempts: 3, failures: 0 });
    assert.deepEqual(watches.find(one)?.progress, { nextAt: noon + 9, attempts: 3, failures: 0 });
  });

  it('are held for an account, and resumed, except those that are being checked', async () => {
    const { watches } = store;
    const later = watchOf(message(3), noon + day);
    await watches.start([watchOf(one), watchOf(message(2), noon + 5), later]);
    await watches.start([watchOf(message(4, { account: 'B' }), noon + 5)]);
    const held = await claim();
    await watches.hold('A', noon + 60 * second, { reason: 'blocked' });
    const times = () => watches.all().map(({ message, progress }) => [message.id, progress.nextAt - noon]);
    assert.deepEqual(times(), [
      ['4', 5],
      ['1', 30 * second],
      ['2', 60 * second],
      ['3', day],
    ]);
    assert.deepEqual(watches.find(message(2))?.progress.failure, { reason: 'blocked' });
    await watches.resume('A', noon + second);
    assert.deepEqual(times(), [
      ['4', 5],
      ['2', second],
      ['1', 30 * second],
      ['3', day],
    ]);
    assert.equal(await watches.end(held), true);
  });

  it('are told of when they begin, go on and end, and not when they are claimed', async () => {
    const { watches } = store;
    await watches.start([watchOf(one)]);
    const claimed = await claim();
    await watches.renew(claimed, noon + day);
    const told: Change = { kind: 'message', message: one };
    assert.deepEqual(changes, [told]);
    await watches.settle(claimed, { nextAt: noon, attempts: 1, failures: 0 });
    await watches.end(await claim());
    assert.deepEqual(changes, [told, told, told]);
  });

  describe('end', () => {
    const others = [message(2), message(3, { account: 'B' })];
    const left = () => store.watches.all().map((watch) => watch.message.id);
    beforeEach(async () => {
      for (const of of [one, ...others]) await store.history.record(answered(of, 0));
      await store.watches.start([one, ...others].map((of, index) => watchOf(of, noon + index)));
    });
    it('when they are stopped, whoever holds them', async () => {
      await claim();
      await store.watches.stop([one, message(3, { account: 'B' })]);
      assert.deepEqual(left(), ['2']);
    });
    it('when their message is removed', async () => {
      await store.history.forget(one);
      assert.deepEqual(left(), ['2', '3']);
    });
    it('when the history of their account is cleared, or all of it', async () => {
      await store.history.clear('A');
      assert.deepEqual(left(), ['3']);
      await store.history.clear();
      assert.deepEqual(left(), []);
    });
    it('when their account is removed', async () => {
      await store.accounts.save(account('A', 'Work'));
      await store.accounts.remove('A');
      assert.deepEqual(left(), ['3']);
    });
    it('not when old checks are pruned', async () => {
      await store.history.prune({ days: 1, messages: 1 }, noon + 30 * day);
      assert.equal(store.history.count({}), 0);
      assert.deepEqual(left(), ['1', '2', '3']);
    });
  });
});

describeSqlite('watches in a file', () => {
  const folders = temporaryFolders();

  it('are added to a file of the version before, which loses nothing', async () => {
    const folder = await folders.make();
    const store = await openStore(folder);
    await store.history.record(answered(one, 1));
    store.close();
    const sqlite = loadSqlite();
    assert(sqlite);
    const db = new sqlite.DatabaseSync(path.join(folder, fileName));
    db.exec(`DROP TABLE watches; DROP TABLE batches; DROP INDEX checks_with_place;
      ALTER TABLE checks DROP COLUMN place; PRAGMA user_version = 1`);
    migrate(db, schemaSteps);
    assert.equal(schemaVersion(db), schemaSteps.length);
    db.close();
    const again = folders.closing(await openStore(folder));
    assert.equal(again.setAside, undefined);
    assert.equal(again.history.count({}), 1);
    assert.equal(await again.watches.start([watchOf(one)]), 1);
  });

  it('outlive their window, and are claimed by one of two', async () => {
    const folder = await folders.make();
    const first = await openStore(folder);
    await first.watches.start([watchOf(one)]);
    first.close();
    const windows = await Promise.all([openStore(folder), openStore(folder)]);
    windows.forEach((window) => folders.closing(window));
    const claims = await Promise.all(windows.map(({ watches }) => watches.claim('A', noon, noon + second)));
    assert.equal(claims.filter((claimed) => claimed !== undefined).length, 1);
  });
});
