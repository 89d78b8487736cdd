import assert from 'node:assert/strict';
import path from 'node:path';
import { loadSqlite } from '../../../src/history/database.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import { answered, describeSqlite, idsOf, message, noon, temporaryFolders } from './stores.ts';

const many = 100_000;

/** Multiplies the one message of a store: ids count up, every tenth is problematic, phones end in the id. */
function multiply(folder: string): void {
  const sqlite = loadSqlite();
  assert(sqlite);
  const db = new sqlite.DatabaseSync(path.join(folder, fileName));
  db.exec(`
    BEGIN;
    CREATE TEMP TABLE numbers AS
      WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < ${many}) SELECT n FROM number;
    INSERT INTO checks SELECT n, n, started_at + n, duration, detail, origin, outcome, ok, place
      FROM checks, numbers;
    INSERT INTO messages
      SELECT n, account, '7999' || printf('%07d', n), n, first_at + n, last_at + n, 1, n,
             iif(n % 10, n, NULL), iif(n % 10, state, 'problem'), iif(n % 10, status, NULL), error
      FROM messages, numbers;
    COMMIT`);
  db.close();
}

describeSqlite(`history of ${many.toLocaleString('en')} messages`, () => {
  const folders = temporaryFolders();

  it('pages, filters, takes one more and prunes', async () => {
    const folder = await folders.make();
    const first = await openStore(folder);
    await first.history.record(answered(message(1, { phone: '79990000001' }), 1));
    first.close();
    multiply(folder);

    const { history } = folders.closing(await openStore(folder));
    assert.equal(history.count({}), many);
    let expected = many;
    for (let page = history.messages({ limit: 200 }); page.length > 0;) {
      for (const id of idsOf(page)) assert.equal(Number(id), expected--);
      const after = page.at(-1);
      page = history.messages({ limit: 200, ...(after && { after }) });
    }
    assert.equal(expected, 0);

    assert.equal(history.count({ states: ['problem'] }), many / 10);
    assert.equal(history.count({ text: 'доставлено' }), many - many / 10);
    assert.deepEqual(idsOf(history.messages({ text: '99123', limit: 10 })), ['99123']);
    assert.equal(history.summary(message(500, { phone: '79990000500' }))?.lastCheckedAt, noon + 100 + 500);

    await history.record(answered(message('new'), 0, many * 2));
    assert.deepEqual(idsOf(history.messages({ limit: 2 })), ['new', String(many)]);
    assert.equal(await history.prune({ days: 0, messages: many - 1000 }, noon), 1001);
    assert.equal(history.count({}), many - 1000);
    assert.equal(history.summary(message(1001, { phone: '79990001001' })), undefined);
    assert.equal(history.summary(message(1002, { phone: '79990001002' }))?.checks, 1);
  }).timeout(60_000);
});
