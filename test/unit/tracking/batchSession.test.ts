import assert from 'node:assert/strict';
import type { Batch } from '../../../src/history/batches.ts';
import type { MessageSummary } from '../../../src/history/types.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import { rowOf } from '../../../src/tracking/batchRows.ts';
import { openBatch } from '../../../src/tracking/batchSession.ts';
import { answered, failed, message, noon } from '../history/stores.ts';
import { delivered, start } from './fakeClient.ts';
import { settled } from './fakeClock.ts';

function open(
  from: Pick<ReturnType<typeof start>, 'store' | 'tracker' | 'clock' | 'calls'> = start(),
  restored = false,
) {
  const { store, tracker, clock, calls } = from;
  const names = ['1', '2', '3', '4', '5', '6'].map((id) => ({ phone: '79991234567', id }));
  const batch: Batch = { id: 'b', account: 'A', source: 'x.csv', createdAt: clock.now(), messages: names };
  const told: string[] = [];
  const parts = {
    ...{ history: store.history, batches: store.batches, tracker },
    now: () => clock.now(),
    onDidChange: (listener: Parameters<typeof store.onDidChange>[0]) => store.onDidChange(listener),
  };
  const session = openBatch(
    restored ? (store.batches.load('b') ?? batch) : batch,
    restored,
    parts,
    (change) => told.push(change),
  );
  const states = (): string => session.rows.map(({ state }) => state).join(' ');
  return { store, tracker, clock, calls, session, told, states };
}

describe('tracking/batchSession', () => {
  it('sends and keeps nothing before it is started', async () => {
    const { session, calls, store, states } = open();
    await settled();
    assert.equal(calls.length, 0);
    assert.equal(session.started, false);
    assert.deepEqual(store.batches.latest(), []);
    assert.equal(states(), 'unchecked unchecked unchecked unchecked unchecked unchecked');
  });

  it('fills its rows, counts them and says which changed', async () => {
    const { session, calls, store, states, clock } = open();
    const ended = session.start(['unchecked']);
    await settled();
    assert.deepEqual(store.batches.latest(), [
      { id: 'b', account: 'A', source: 'x.csv', createdAt: session.batch.createdAt, count: 6 },
    ]);
    calls[0]?.answer(delivered);
    calls[1]?.fail(new SmscError('notFound', { code: 3 }));
    calls[2]?.fail(new SmscError('protocol', { detail: 'html' }));
    await settled();
    assert.equal(states(), 'delivered notFound problem unchecked unchecked unchecked');
    assert.deepEqual([session.run?.done, session.run?.total], [3, 6]);
    assert.deepEqual(
      session.takeChanged().map(({ index }) => index),
      [0, 1, 2],
    );
    assert.deepEqual(session.takeChanged(), []);
    for (const call of calls.slice(3)) call.answer(delivered);
    await clock.advance(2000);
    for (const call of calls.slice(3)) call.answer(delivered);
    await ended;
    assert.equal(session.run, undefined);
    assert.deepEqual(session.end, { kind: 'finished' });
    assert.equal(session.counts.delivered, 4);
    assert.equal(session.counts.unchecked, 0);
  });

  it('checks the failed again, and only those', async () => {
    const { session, calls } = open();
    const first = session.start(['unchecked']);
    await settled();
    calls[0]?.fail(new SmscError('parameters', { code: 1 }));
    await settled();
    for (const call of calls.slice(1)) call.answer(delivered);
    await settled();
    for (const call of calls.slice(5)) call.answer(delivered);
    await first;
    assert.equal(session.counts.problem, 1);
    const again = session.start(['problem']);
    await settled();
    assert.deepEqual(
      calls.slice(6).map(({ request }) => request?.id),
      ['1'],
    );
    calls[6]?.answer(delivered);
    await again;
    assert.equal(session.counts.delivered, 6);
  });

  it('is taken up again where it was cancelled, also by another session', async () => {
    const first = open();
    const ended = first.session.start(['unchecked']);
    await settled();
    first.session.cancel();
    for (const call of first.calls) call.answer(delivered);
    await ended;
    assert.equal(first.states(), 'delivered delivered delivered delivered unchecked unchecked');
    assert.deepEqual(first.session.end, { kind: 'cancelled' });
    first.session.dispose();

    const second = open(first, true);
    await settled();
    assert.equal(second.states(), first.states());
    assert.equal(second.session.started, true);
    const resumed = second.session.start(['unchecked']);
    await settled();
    for (const call of first.calls.slice(4)) call.answer(delivered);
    await resumed;
    assert.deepEqual(
      first.calls.slice(4).map(({ request }) => request?.id),
      ['5', '6'],
    );
    assert.equal(second.session.counts.delivered, 6);
  });

  it('leaves unchecked what was not sent because the account is held', async () => {
    const { session, calls, states } = open();
    const ended = session.start(['unchecked']);
    await settled();
    for (const call of calls) call.fail(new SmscError('credentials', { code: 2 }));
    await ended;
    assert.equal(states(), 'problem problem problem problem unchecked unchecked');
    assert.equal(session.end?.kind, 'stopped');
  });

  it('says that it has shrunk when a message of it is forgotten, and is gone with the last one', async () => {
    const { session, store, told, calls } = open();
    const ended = session.start(['unchecked']);
    await settled();
    session.cancel();
    for (const call of calls) call.answer(delivered);
    await ended;
    told.length = 0;
    await store.history.forget(message('2'));
    assert.deepEqual(told, ['shrunk']);
    assert.deepEqual(
      store.batches.load('b')?.messages.map(({ id }) => id),
      ['1', '3', '4', '5', '6'],
    );
    for (const id of ['1', '3', '4', '5', '6']) await store.history.forget(message(id));
    assert.equal(told.at(-1), 'gone');
  });

  it('follows checks that others make', async () => {
    const { session, store, told, clock, calls } = open();
    const ended = session.start(['unchecked']);
    await settled();
    session.cancel();
    for (const call of calls) call.answer(delivered);
    await ended;
    told.length = 0;
    const check = answered(message('2'), 20, 0, 6);
    await store.history.record({ ...check, startedAt: clock.now() + 1000 });
    assert.equal(session.rows[1]?.state, 'failed');
    assert.equal(session.rows[1].error, 6);
    assert.deepEqual(told, ['changed']);
  });
});

describe('tracking/batchRows', () => {
  const of = message('1');
  const summary = (more: Partial<MessageSummary>): MessageSummary => ({
    ...{ message: of, firstCheckedAt: noon, lastCheckedAt: noon + 100, checks: 1 },
    last: failed(of).outcome,
    ...more,
  });
  const report = answered(of, 1).outcome;
  const lastReport = report.ok ? { lastReport: report.report } : {};
  const cases: [string, MessageSummary | undefined, number, string][] = [
    ['unknown messages', undefined, noon, 'unchecked'],
    ['checks from before the batch', summary({ last: report, ...lastReport }), noon + 200, 'unchecked'],
    ['reports', summary({ last: report, ...lastReport }), noon, 'delivered'],
    ['messages that were not found', summary({}), noon, 'notFound'],
    ['failures', summary({ last: { ok: false, failure: { reason: 'timeout' } } }), noon, 'problem'],
    [
      'cancelled checks',
      summary({ last: { ok: false, failure: { reason: 'cancelled' } } }),
      noon,
      'unchecked',
    ],
    [
      'cancelled checks after a report',
      summary({ last: { ok: false, failure: { reason: 'cancelled' } }, ...lastReport }),
      noon,
      'delivered',
    ],
  ];
  for (const [title, found, since, state] of cases) {
    it(`knows ${title}`, () => assert.equal(rowOf(of, 0, found, since).state, state));
  }
});
