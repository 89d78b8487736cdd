import assert from 'node:assert/strict';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Activity } from '../../../src/tracking/types.ts';
import { checkFiveTimes, delivered, last, message, options, start, watch } from './fakeClient.ts';
import { settled } from './fakeClock.ts';

describe('tracker and the limits', () => {
  describe('over the limit', () => {
    it('waits, and shows for how long', async () => {
      const started = start();
      const { tracker, calls, clock } = started;
      await checkFiveTimes(started);
      const checked = watch(tracker.check(message, options));
      await settled();
      const expected: Activity = { kind: 'waiting', until: clock.now() + 61_000 };
      assert.deepEqual(tracker.state(message), expected);
      await clock.advance(61_000);
      assert.equal(tracker.state(message).kind, 'checking');
      last(calls).answer(delivered);
      await settled();
      assert(checked.value);
    });
    it('rejects at once those who do not wait, and sends nothing', async () => {
      const started = start();
      const { tracker, calls, checks, clock } = started;
      await checkFiveTimes(started);
      const impatient = { ...options, wait: false };
      await assert.rejects(tracker.check(message, impatient), { reason: 'tooMany', retryAfter: 61 });
      await settled();
      const patient = watch(tracker.check(message, options));
      await settled();
      await clock.advance(30_500);
      await assert.rejects(tracker.check(message, impatient), { reason: 'tooMany', retryAfter: 31 });
      assert.deepEqual(patient, {});
      assert.equal(calls.length, 5);
      assert.equal(checks().length, 5);
    });
    it('joins those who do not wait to a request under way', async () => {
      const { tracker, calls } = start();
      const all = [tracker.check(message, options), tracker.check(message, { ...options, wait: false })];
      await settled();
      last(calls).answer(delivered);
      assert.equal((await Promise.all(all)).length, 2);
    });
    it('can be left while waiting, without a row', async () => {
      const started = start();
      const { tracker, calls, checks, clock } = started;
      await checkFiveTimes(started);
      const controller = new AbortController();
      const checked = tracker.check(message, options, controller.signal);
      await settled();
      controller.abort();
      await assert.rejects(checked, { reason: 'cancelled' });
      await clock.advance(120_000);
      assert.equal(calls.length, 5);
      assert.equal(checks().length, 5);
      assert.deepEqual(tracker.state(message), { kind: 'idle' });
    });
  });

  describe('a refused login', () => {
    async function refuse({ tracker, calls }: ReturnType<typeof start>): Promise<void> {
      const checked = tracker.check(message, options);
      await settled();
      last(calls).fail(new SmscError('credentials', { code: 2 }));
      await assert.rejects(checked, { reason: 'credentials' });
    }
    it('sends nothing, and leaves no row', async () => {
      const started = start();
      const { tracker, calls, checks } = started;
      await refuse(started);
      const held = { reason: 'credentials', code: 2, detail: 'held' };
      await assert.rejects(tracker.check(message, options), held);
      await assert.rejects(tracker.balance('A'), held);
      assert.equal(calls.length, 1);
      assert.equal(checks().length, 1);
    });
    it('sends again when the user insists', async () => {
      const started = start();
      const { tracker, calls, balances } = started;
      await refuse(started);
      void tracker.check(message, { ...options, insist: true });
      void tracker.balance('A', { insist: true });
      await settled();
      assert.equal(calls.length, 2);
      assert.equal(balances.length, 1);
    });
    it('sends again when its credentials have changed', async () => {
      const started = start();
      const { tracker, calls, clock } = started;
      await refuse(started);
      await clock.advance(1000);
      await tracker.credentialsChanged('A');
      void tracker.check(message, options);
      await settled();
      assert.equal(calls.length, 2);
    });
  });

  it('asks for the balance ten times a minute at most, and keeps no row of it', async () => {
    const { tracker, balances, clock, store } = start();
    for (let count = 0; count < 10; count++) {
      const asked = tracker.balance('A');
      await settled();
      last(balances).answer({ balance: '1.5' });
      assert.deepEqual(await asked, { balance: '1.5' });
    }
    const controller = new AbortController();
    const eleventh = tracker.balance('A', {}, controller.signal);
    await clock.advance(60_000);
    assert.equal(balances.length, 10);
    controller.abort();
    await assert.rejects(eleventh, { reason: 'cancelled' });
    assert.equal(store.history.count({}), 0);
  });
});
