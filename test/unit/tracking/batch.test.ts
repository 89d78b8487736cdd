import assert from 'node:assert/strict';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import { runBatch, type Settled } from '../../../src/tracking/batch.ts';
import type { Tracker } from '../../../src/tracking/types.ts';
import { createPace, shortestMs } from '../../../src/tracking/pace.ts';
import { checkFiveTimes, delivered, start } from './fakeClient.ts';
import { settled as quiet } from './fakeClock.ts';

const messages = (count: number): Message[] =>
  Array.from({ length: count }, (_, index) => ({
    account: 'A',
    phone: '79990000001',
    id: String(index + 1),
  }));

function run(count: number, started = start()) {
  const { tracker, clock, calls } = started;
  const before = calls.length;
  const settled: Settled<Message>[] = [];
  const controller = new AbortController();
  const parts = { tracker, now: () => clock.now(), onSettled: (one: Settled<Message>) => settled.push(one) };
  const ended = runBatch(messages(count), parts, controller.signal);
  let over = false;
  void ended.then(() => (over = true));
  let answered = before;
  /** Answers all that is asked and turns the clock when nothing is, until the run is over or has got so far. */
  const answerAll = async (
    answer: (id: string, call: (typeof calls)[number]) => void,
    isEnough = (): boolean => over,
  ): Promise<void> => {
    for (let from = answered; ; from = answered) {
      await quiet();
      if (isEnough()) return;
      answered = calls.length;
      for (const call of calls.slice(from)) answer(call.request?.id ?? '', call);
      if (from === answered) await clock.next();
    }
  };
  const kinds = (): string[] => settled.map(({ message, kind }) => `${message.id} ${kind}`);
  return { ...started, settled, controller, ended, answerAll, kinds };
}

describe('tracking/batch', () => {
  it('checks every message once, and keeps reports, not found and failures apart', async () => {
    const { ended, answerAll, kinds, store, calls } = run(10);
    await answerAll((id, call) => {
      if (id === '3') call.fail(new SmscError('notFound', { code: 3 }));
      else if (id === '5') call.fail(new SmscError('parameters', { code: 1 }));
      else call.answer(delivered);
    });
    assert.deepEqual(await ended, { kind: 'finished' });
    const expected = messages(10).map(
      ({ id }) => `${id} ${id === '3' ? 'notFound' : id === '5' ? 'failed' : 'report'}`,
    );
    assert.deepEqual(kinds().sort(), expected.sort());
    assert.equal(calls.length, 10);
    assert.equal(store.history.count({}), 10);
    for (const message of messages(10)) {
      assert.equal(store.history.checks(message, 1)[0]?.origin, 'batch');
    }
  });

  it('ends at once when there is nothing to do', async () => {
    assert.deepEqual(await run(0).ended, { kind: 'finished' });
  });

  it('hands the tracker a few checks at a time, of which four are sent', async () => {
    const started = start();
    let asked = 0;
    const tracker: Tracker = {
      ...started.tracker,
      check(...args) {
        asked++;
        return started.tracker.check(...args);
      },
    };
    const { controller, ended, calls } = run(10_000, { ...started, tracker });
    await quiet();
    assert.equal(calls.length, 4);
    assert.ok(asked <= 8, `${asked} at once`);
    controller.abort();
    for (const call of calls) call.answer(delivered);
    await ended;
  });

  it('stops when it is cancelled: what is under way is waited for, and kept', async () => {
    const { controller, ended, calls, kinds, store } = run(100);
    await quiet();
    calls[0]?.answer(delivered);
    await quiet();
    controller.abort();
    await quiet();
    assert.equal(calls.length, 5);
    for (const call of calls.slice(1)) call.answer(delivered);
    assert.deepEqual(await ended, { kind: 'cancelled' });
    assert.deepEqual(
      kinds(),
      ['1', '2', '3', '4', '5'].map((id) => `${id} report`),
    );
    assert.equal(store.history.count({ states: ['delivered'] }), 5);
    assert.equal(calls.length, 5);
  });

  it('sends nothing when it is cancelled before', async () => {
    const { tracker, clock, calls } = start();
    const parts = { tracker, now: () => clock.now(), onSettled: () => assert.fail('nothing was checked') };
    assert.deepEqual(await runBatch(messages(3), parts, AbortSignal.abort()), { kind: 'cancelled' });
    assert.equal(calls.length, 0);
  });

  it('stops at a wrong password, before the rest brings more of the same', async () => {
    const { ended, answerAll, kinds, calls } = run(100);
    await answerAll((_, call) => call.fail(new SmscError('credentials', { code: 2 })));
    const end = await ended;
    assert.ok(end.kind === 'stopped' && end.failure.reason === 'credentials');
    assert.ok(kinds().includes('1 failed'));
    assert.ok(calls.length <= 4, `${calls.length} requests`);
  });

  it('stops when the service is not reached many times in a row, not at a single failure', async () => {
    const one = run(20);
    await one.answerAll((id, call) =>
      Number(id) % 3 === 0 ? call.fail(new SmscError('timeout')) : call.answer(delivered),
    );
    assert.deepEqual(await one.ended, { kind: 'finished' });
    const all = run(100);
    await all.answerAll((_, call) => call.fail(new SmscError('network', { detail: 'refused' })));
    const end = await all.ended;
    assert.ok(end.kind === 'stopped' && end.failure.reason === 'network');
    assert.ok(all.settled.length < 20, `${all.settled.length} tried`);
  });

  it('lets others pass while messages wait for their minute', async () => {
    const started = start();
    // Twelve messages that have used up their minute stand before the others.
    for (const message of messages(12)) {
      await checkFiveTimes(started, message);
    }
    const { ended, answerAll, kinds, clock } = run(40, started);
    const begin = clock.now();
    await answerAll(
      (_, call) => call.answer(delivered),
      () => kinds().length === 28,
    );
    assert.ok(clock.now() - begin < 50_000, `${clock.now() - begin} ms`);
    await answerAll((_, call) => call.answer(delivered));
    assert.deepEqual(await ended, { kind: 'finished' });
    assert.equal(kinds().length, 40);
  });
});

describe('tracking/pace', () => {
  it('tells rate and time left of the last seconds', () => {
    let now = 1_000_000;
    const pace = createPace(() => now);
    assert.equal(pace.perSecond(), undefined);
    for (let second = 0; second < 5; second++) {
      for (let step = 0; step < 10; step++) pace.step();
      now += 1000;
    }
    assert.equal(pace.perSecond(), 10);
    assert.equal(pace.leftMs(50), 5000);
  });

  it('follows a change, and forgets what is long past', () => {
    let now = 1_000_000;
    const pace = createPace(() => now);
    for (let step = 0; step < 1000; step++) pace.step();
    now += 30_000;
    assert.equal(pace.perSecond(), undefined);
    pace.step();
    assert.ok((pace.perSecond() ?? 9) < 1);
  });

  it('knows the shortest time beforehand', () => {
    assert.equal(shortestMs(500, 50, 4), 6250);
    assert.equal(shortestMs(1, 300, 4), 300);
  });
});
