import assert from 'node:assert/strict';
import type { Change, Store } from '../../../src/history/types.ts';
import { account, answered, day, describeStores, failed, idsOf, message, noon, second } from './stores.ts';

const all = { limit: 1000 };

describeStores('history', (open) => {
  let store: Store;
  const changes: Change[] = [];
  beforeEach(async () => {
    store = await open();
    changes.length = 0;
    store.onDidChange((change) => changes.push(change));
  });

  it('is empty at first', () => {
    const { history } = store;
    assert.deepEqual(history.messages(all), []);
    assert.equal(history.count({}), 0);
    assert.equal(history.summary(message(1)), undefined);
    assert.deepEqual(history.checks(message(1), 10), []);
    assert.equal(history.exchange(message(1)), undefined);
  });

  it('keeps every check, and of a message the last and the last report', async () => {
    const { history } = store;
    const of = message('007');
    const checks = [
      failed(of),
      answered(of, 0, 5 * second),
      answered(of, 20, 9 * second, 6),
      failed(of, 20 * second),
    ];
    for (const check of checks) await history.record(check);
    assert.deepEqual(history.checks(of, 10), checks);
    assert.deepEqual(history.checks(of, 2), checks.slice(2), 'the newest, oldest first');
    const [third] = checks.slice(2);
    assert(third?.outcome.ok);
    const summary = {
      message: of,
      firstCheckedAt: noon + 100,
      lastCheckedAt: noon + 20 * second + 100,
      checks: 4,
      last: { ok: false as const, failure: { reason: 'notFound' as const, code: 3 } },
      lastReport: third.outcome.report,
    };
    assert.deepEqual(history.summary(of), summary);
    assert.deepEqual(history.messages(all), [summary]);
    assert.deepEqual(
      changes,
      checks.map(() => ({ kind: 'message', message: of })),
    );
  });

  it('keeps the file and line of a check, and of a message the last ones', async () => {
    const { history } = store;
    const of = message(7);
    const first = { uri: 'file:///logs/a%20b.log', line: 0 };
    const second = { uri: 'vscode-remote://ssh/logs/b.log', line: 41 };
    await history.record(answered(of, 0));
    assert.equal('place' in (history.summary(of) ?? {}), false);
    await history.record({ ...failed(of, 1000), place: first });
    await history.record({ ...answered(of, 1, 2000), place: second });
    await history.record(answered(of, 1, 3000));
    assert.deepEqual(
      history.checks(of, 10).map(({ place }) => place),
      [undefined, first, second, undefined],
    );
    assert.deepEqual(history.summary(of)?.place, second);
    assert.deepEqual(history.messages(all)[0]?.place, second);
  });

  it('has no last report of a message that no check brought one of', async () => {
    await store.history.record(failed(message(1)));
    assert.equal('lastReport' in (store.history.summary(message(1)) ?? {}), false);
  });

  it('keeps messages apart by account, phone and id', async () => {
    const { history } = store;
    const several = [
      message('7'),
      message('007'),
      message('7', { account: 'B' }),
      message('7', { phone: '79990000000' }),
    ];
    for (const [index, of] of several.entries()) await history.record(answered(of, 1, index * second));
    assert.equal(history.count({}), 4);
    for (const of of several) assert.deepEqual(history.summary(of)?.message, of);
  });

  it('keeps the last exchange of a message alone', async () => {
    const { history } = store;
    const of = message(1);
    await history.record(failed(of), { request: '<one/>' });
    assert.deepEqual(history.exchange(of), { request: '<one/>' });
    await history.record(answered(of, 1), { request: '<two/>', answer: 'да', httpStatus: 200 });
    assert.deepEqual(history.exchange(of), { request: '<two/>', answer: 'да', httpStatus: 200 });
    await history.record(failed(of, second));
    assert.deepEqual(
      history.exchange(of)?.request,
      '<two/>',
      'a check without an exchange keeps the one before',
    );
  });

  it('does not trip over fields with odd names', async () => {
    const of = message(1);
    const check = answered(of, 1);
    assert(check.outcome.ok);
    check.outcome.report.fields = JSON.parse('{"constructor":"a","__proto__":"b","":"c"}') as Record<
      string,
      string
    >;
    await store.history.record(check);
    const outcome = store.history.summary(of)?.last;
    assert(outcome?.ok);
    assert.deepEqual(Object.entries(outcome.report.fields), [
      ['constructor', 'a'],
      ['__proto__', 'b'],
      ['', 'c'],
    ]);
  });

  describe('pages', () => {
    it('go from newest to oldest without gaps or doubles, also among equal times', async () => {
      const { history } = store;
      const expected: string[] = [];
      for (let id = 100; id < 125; id++) {
        await history.record(answered(message(id), 1, Math.floor(id / 10) * second));
        expected.unshift(String(id));
      }
      const found: string[] = [];
      for (let page = history.messages({ limit: 4 }); page.length > 0;) {
        found.push(...idsOf(page));
        const after = page.at(-1);
        page = history.messages({ limit: 4, ...(after && { after }) });
      }
      assert.deepEqual(found, expected);
    });
    it('move a message to the top when it is checked again', async () => {
      const { history } = store;
      for (const id of [1, 2, 3]) await history.record(answered(message(id), 0, id * second));
      await history.record(answered(message(1), 1, 9 * second));
      assert.deepEqual(idsOf(history.messages(all)), ['1', '3', '2']);
      const [, second_] = history.messages(all);
      assert.deepEqual(idsOf(history.messages({ limit: 9, ...(second_ && { after: second_ }) })), ['2']);
    });
    it('go on after a message that was removed meanwhile', async () => {
      const { history } = store;
      for (const id of [1, 2, 3]) await history.record(answered(message(id), 0, id * second));
      const [after] = history.messages({ limit: 1 });
      await history.forget(message(3));
      assert.deepEqual(idsOf(history.messages({ limit: 9, ...(after && { after }) })), ['2', '1']);
    });
  });

  describe('removing', () => {
    it('removes one message with all that is kept of it', async () => {
      const { history } = store;
      for (const id of [1, 2]) await history.record(answered(message(id), 1), { request: '<r/>' });
      changes.length = 0;
      await history.forget(message(1));
      assert.deepEqual(idsOf(history.messages(all)), ['2']);
      assert.deepEqual(history.checks(message(1), 10), []);
      assert.equal(history.exchange(message(1)), undefined);
      assert.deepEqual(changes, [{ kind: 'message', message: message(1) }]);
      await history.record(failed(message(1)));
      assert.equal(history.summary(message(1))?.checks, 1);
      assert.equal(history.exchange(message(1)), undefined);
    });
    it('clears one account, or everything', async () => {
      const { history } = store;
      for (let id = 0; id < 700; id++) {
        await history.record(answered(message(id, { account: id < 650 ? 'A' : 'B' }), 1));
      }
      changes.length = 0;
      await history.clear('A');
      assert.equal(history.count({}), 50);
      assert.equal(history.count({ account: 'A' }), 0);
      await history.clear();
      assert.equal(history.count({}), 0);
      assert.deepEqual(history.checks(message(0), 10), []);
      assert.deepEqual(changes.at(-1), { kind: 'everything' });
    });
    it('prunes checks that are too old, and says of each message what is left', async () => {
      const { history } = store;
      const [gone, shorter, silent] = [message('gone'), message('shorter'), message('silent')];
      await history.record(answered(gone, 1, -40 * day), { request: '<r/>' });
      await history.record(answered(shorter, 0, -40 * day));
      await history.record(answered(shorter, 1, -10 * day));
      await history.record(answered(silent, 1, -40 * day));
      await history.record(failed(silent, -5 * day));
      const removed = await history.prune({ days: 30, messages: 0 }, noon);
      assert.equal(removed, 3);
      assert.deepEqual(idsOf(history.messages(all)), ['silent', 'shorter']);
      assert.equal(history.exchange(gone), undefined);
      const left = history.summary(shorter);
      assert.deepEqual([left?.checks, left?.firstCheckedAt], [1, noon - 10 * day + 100]);
      assert.equal(left?.lastReport?.status.code, 1);
      assert.equal(history.summary(silent)?.lastReport, undefined, 'its report was too old');
      assert.deepEqual(idsOf(history.messages({ states: ['problem'], ...all })), ['silent']);
    });
    it('prunes the messages that were checked longest ago, in many steps', async () => {
      const { history } = store;
      for (let id = 0; id < 1000; id++) {
        await history.record(answered(message(id), 0, id * second));
        if (id % 2 === 0) await history.record(answered(message(id), 1, id * second + 1));
      }
      assert.equal(await history.prune({ days: 0, messages: 100 }, noon + 500 * day), 1350);
      const left = idsOf(history.messages(all)).map(Number);
      assert.deepEqual(
        left,
        Array.from({ length: 100 }, (_, index) => 999 - index),
      );
      assert.equal(history.summary(message(998))?.checks, 2);
      assert.equal(await history.prune({ days: 0, messages: 100 }, noon), 0);
    });
    it('lets others have their turn while it prunes', async () => {
      const { history } = store;
      for (let id = 0; id < 1000; id++) await history.record(answered(message(id), 0, -id * day));
      let turns = 0;
      const take = () => {
        turns++;
        turn = setImmediate(take);
      };
      let turn = setImmediate(take);
      await history.prune({ days: 1, messages: 0 }, noon);
      clearImmediate(turn);
      assert(turns > 0);
      assert.equal(history.count({}), 2);
    });
    it('says nothing when there was nothing to prune', async () => {
      await store.history.record(answered(message(1), 0));
      changes.length = 0;
      assert.equal(await store.history.prune({ days: 30, messages: 10 }, noon), 0);
      assert.deepEqual(changes, []);
    });
  });

  describe('accounts', () => {
    it('are listed by label', async () => {
      const { accounts } = store;
      for (const [id, label] of [
        ['1', 'яблоко'],
        ['2', 'Арбуз'],
        ['3', 'banana'],
        ['4', 'Apple'],
      ] as const) {
        await accounts.save(account(id, label));
      }
      assert.deepEqual(
        accounts.all().map(({ label }) => label),
        ['Apple', 'banana', 'Арбуз', 'яблоко'],
      );
      assert.deepEqual(changes.length, 4);
      assert.deepEqual(changes[0], { kind: 'accounts' });
    });
    it('are replaced by id, and may have no login', async () => {
      const { accounts } = store;
      await accounts.save(account('1', 'one'));
      const { login, ...keyed } = account('1', 'uno');
      assert.equal(login, '1-login');
      await accounts.save(keyed);
      assert.deepEqual(accounts.all(), [keyed]);
    });
    it('leave their label as long as messages are kept', async () => {
      const { accounts, history } = store;
      await accounts.save(account('A', 'Work'));
      await accounts.save(account('B', 'Unused'));
      await history.record(answered(message(1), 1));
      await accounts.remove('A');
      await accounts.remove('B');
      assert.deepEqual(accounts.all(), []);
      assert.equal(accounts.label('A'), 'Work');
      assert.equal(accounts.label('B'), undefined);
      await history.forget(message(1));
      assert.equal(accounts.label('A'), undefined);
    });
    it('come back with a new label', async () => {
      const { accounts, history } = store;
      await accounts.save(account('A', 'Work'));
      await history.record(answered(message(1), 1));
      await accounts.remove('A');
      await accounts.save(account('A', 'Home'));
      await history.clear();
      assert.deepEqual(accounts.all(), [account('A', 'Home')]);
    });
  });

  it('stops telling when it is told to', async () => {
    const heard: Change[] = [];
    const stop = store.onDidChange((change) => heard.push(change));
    await store.history.record(failed(message(1)));
    stop();
    await store.history.record(failed(message(1)));
    assert.equal(heard.length, 1);
  });
});
