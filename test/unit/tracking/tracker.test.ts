import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/history/memory.ts';
import type { Check } from '../../../src/history/types.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import type { Report } from '../../../src/smsc/report.ts';
import type { CheckOptions } from '../../../src/tracking/types.ts';
import { another, delivered, last, message, options, start, watch } from './fakeClient.ts';
import { settled } from './fakeClock.ts';

describe('tracker', () => {
  it('resolves to a report, and keeps the check with its exchange', async () => {
    const { tracker, calls, clock, store, checks } = start();
    const checked = tracker.check(message, { origin: 'tree', detail: 2, query: 'a=b' });
    await settled();
    const call = last(calls);
    assert.deepEqual(call.request, { phone: message.phone, id: message.id, detail: 2, query: 'a=b' });
    const startedAt = clock.now();
    await clock.advance(120);
    call.options.onExchange?.({ request: '<status/>', answer: '<answer/>', httpStatus: 200 });
    call.answer(delivered);
    const report = await checked;
    const expected: Report = { ...message, checkedAt: new Date(clock.now()).toISOString(), ...delivered };
    assert.deepEqual(report, expected);
    const check: Check = {
      message,
      startedAt,
      durationMs: 120,
      detail: 2,
      origin: 'tree',
      outcome: { ok: true, report },
    };
    assert.deepEqual(checks(), [check]);
    assert.deepEqual(store.history.exchange(message), {
      request: '<status/>',
      answer: '<answer/>',
      httpStatus: 200,
    });
  });

  it('keeps the place that a check came from, also that of somebody who joined', async () => {
    const { tracker, calls, checks } = start();
    const place = { uri: 'file:///logs/send.log', line: 3 };
    const both = [tracker.check(message, options), tracker.check(message, { ...options, place })];
    await settled();
    last(calls).answer(delivered);
    await Promise.all(both);
    assert.deepEqual(
      checks().map((check) => check.place),
      [place],
    );
  });

  it('asks for no more than it was told', async () => {
    const { tracker, calls } = start();
    void tracker.check(message, options);
    await settled();
    assert.deepEqual(last(calls).request, { phone: message.phone, id: message.id });
  });

  it('keeps failures too, and rejects with their reason', async () => {
    const { tracker, calls, checks } = start();
    for (const error of [
      new SmscError('notFound', { code: 3 }),
      new SmscError('timeout'),
      new SmscError('network', { detail: 'dns' }),
      new SmscError('protocol', { detail: 'html', httpStatus: 200 }),
    ]) {
      const checked = tracker.check(message, options);
      await settled();
      last(calls).fail(error);
      await assert.rejects(checked, error);
    }
    const failures = checks().map(({ outcome }) => !outcome.ok && outcome.failure);
    assert.deepEqual(failures, [
      { reason: 'notFound', code: 3 },
      { reason: 'timeout' },
      { reason: 'network', detail: 'dns' },
      { reason: 'protocol', detail: 'html', httpStatus: 200 },
    ]);
  });

  it('keeps nothing of a message that was forgotten meanwhile', async () => {
    let known = true;
    const { tracker, calls, checks } = start({ isKnown: () => known });
    for (const isForgotten of [true, false]) {
      known = true;
      const checked = tracker.check(message, options);
      await settled();
      if (isForgotten) known = false;
      last(calls).answer(delivered);
      assert.equal((await checked).status.code, 1);
      assert.equal(checks().length, isForgotten ? 0 : 1);
    }
  });

  it('enters no phone into the ledger', async () => {
    const { ledger } = createMemoryStore('sqliteMissing');
    const asked: string[] = [];
    const { tracker } = start({
      ledger: {
        ...ledger,
        claim: (request, decide) => {
          asked.push(request.about);
          return ledger.claim(request, decide);
        },
      },
    });
    for (const one of [message, another, message]) void tracker.check(one, { ...options, wait: true });
    await settled();
    assert.equal(new Set(asked).size, 2);
    assert.ok(
      asked.every((about) => !about.includes(message.phone)),
      asked.join(),
    );
  });

  it('turns an error that is not ours into one without words', async () => {
    const { tracker, calls } = start();
    const checked = tracker.check(message, options);
    await settled();
    last(calls).fail(new Error('password=123'));
    await assert.rejects(checked, new SmscError('protocol'));
  });

  it('keeps nothing of a check that was never sent', async () => {
    const { tracker, calls, checks } = start();
    const checked = tracker.check(message, options);
    await settled();
    last(calls).fail(new SmscError('input'));
    await assert.rejects(checked, { reason: 'input' });
    await assert.rejects(tracker.check({ ...message, account: 'unknown' }, options), { reason: 'noAccount' });
    await assert.rejects(tracker.check(message, options, AbortSignal.abort()), { reason: 'cancelled' });
    assert.deepEqual(checks(), []);
  });

  it('returns the report even when it cannot be kept, and tells why', async () => {
    const errors: unknown[] = [];
    const full = new Error('disk full');
    const { tracker, calls } = start({
      history: { record: () => Promise.reject(full) },
      onRecordFailed: (error) => errors.push(error),
    });
    const checked = tracker.check(message, options);
    await settled();
    last(calls).answer(delivered);
    assert.equal((await checked).status.code, 1);
    assert.deepEqual(errors, [full]);
  });

  describe('equal checks', () => {
    it('are one request and one row', async () => {
      const { tracker, calls, checks } = start();
      const both = [tracker.check(message, options), tracker.check(message, { origin: 'agent', detail: 0 })];
      await settled();
      both.push(tracker.check({ ...message }, options));
      await settled();
      assert.equal(calls.length, 1);
      last(calls).answer(delivered);
      const [one, two, three] = await Promise.all(both);
      assert.equal(one, two);
      assert.equal(one, three);
      assert.deepEqual(
        checks().map(({ origin }) => origin),
        ['prompt'],
      );
    });
    it('differ by message, detail and query', async () => {
      const { tracker, calls } = start();
      const ask = (of: Message, more: Partial<CheckOptions> = {}) =>
        void tracker.check(of, { ...options, ...more });
      ask(message);
      ask(another);
      ask({ ...message, account: 'B' });
      ask(message, { detail: 1 });
      ask(message, { query: '' });
      await settled();
      assert.equal(calls.length, 5);
    });
    it('begin anew once the first is answered', async () => {
      const { tracker, calls } = start();
      for (const count of [1, 2]) {
        const checked = tracker.check(message, options);
        await settled();
        assert.equal(calls.length, count);
        last(calls).answer(delivered);
        await checked;
      }
    });
    it('are aborted only when the last who waits leaves', async () => {
      const { tracker, calls, checks } = start();
      const [first, second] = [new AbortController(), new AbortController()];
      const one = watch(tracker.check(message, options, first.signal));
      const two = watch(tracker.check(message, options, second.signal));
      await settled();
      first.abort();
      await settled();
      assert.equal(one.error?.reason, 'cancelled');
      assert.equal(last(calls).options.signal?.aborted, false);
      second.abort();
      await settled();
      assert.equal(two.error?.reason, 'cancelled');
      assert.equal(last(calls).options.signal?.aborted, true);
      const [check] = checks();
      assert.deepEqual(
        check?.outcome,
        { ok: false, failure: { reason: 'cancelled' } },
        'it was sent, so it is kept',
      );
    });
    it('do not join one that was given up', async () => {
      const { tracker, calls } = start();
      const controller = new AbortController();
      const given = watch(tracker.check(message, options, controller.signal));
      await settled();
      controller.abort();
      const checked = watch(tracker.check(message, options));
      await settled();
      assert.equal(given.error?.reason, 'cancelled');
      assert.equal(calls.length, 2);
      last(calls).answer(delivered);
      await settled();
      assert.equal(checked.value?.status.code, 1);
    });
  });

  it('tells of each change of a message’s state', async () => {
    const { tracker, calls, states } = start();
    const first = tracker.check(message, options);
    const second = tracker.check(another, options);
    await settled();
    assert.deepEqual(tracker.state(message).kind, 'checking');
    for (const call of calls) call.answer(delivered);
    await Promise.all([first, second]);
    assert.deepEqual(
      states.filter((state) => state.startsWith('1')),
      ['1 checking', '1 idle'],
    );
    assert.deepEqual(
      states.filter((state) => state.startsWith('2')),
      ['2 checking', '2 idle'],
    );
  });

  it('is checking as long as one of a message’s checks is', async () => {
    const { tracker, calls } = start();
    const [first, second] = [
      tracker.check(message, options),
      tracker.check(message, { ...options, detail: 1 }),
    ];
    await settled();
    calls[0]?.answer(delivered);
    await first;
    assert.equal(tracker.state(message).kind, 'checking');
    calls[1]?.answer(delivered);
    await second;
    assert.equal(tracker.state(message).kind, 'idle');
  });

  it('ends everything when it is disposed, and frees the places at once', async () => {
    const { tracker, calls, balances, checks, clock, store } = start();
    const all = ['1', '2', '3', '4', '5'].map((id) => watch(tracker.check({ ...message, id }, options)));
    const balance = watch(tracker.balance('B'));
    await settled();
    assert.equal(calls.length + balances.length, 5);
    tracker.dispose();
    const claim = await store.ledger.claim({ host: 'A.test', login: 'A', about: 'x' }, (usage) => {
      assert.equal(
        usage.open.filter(({ login, endedAt }) => login === 'A' && endedAt === undefined).length,
        0,
      );
      return { kind: 'wait', until: 0, whom: 'login' };
    });
    assert.equal(claim.decision.kind, 'wait');
    await settled();
    for (const { error } of [...all, balance]) assert.equal(error?.reason, 'cancelled');
    for (const call of [...calls, ...balances]) assert.equal(call.options.signal?.aborted, true);
    await assert.rejects(tracker.check(message, options), { reason: 'cancelled' });
    assert.deepEqual(checks(), []);
    assert.equal(clock.waiting(), 0);
  });
});
