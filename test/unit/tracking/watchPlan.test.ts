import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/history/types.ts';
import type { Progress, Watch } from '../../../src/history/watches.ts';
import type { Failure } from '../../../src/smsc/errors.ts';
import { stepAfter, usualPlan } from '../../../src/tracking/watchPlan.ts';
import { answered, failed, message, noon, second } from '../history/stores.ts';

const minute = 60 * second;
const hour = 60 * minute;

const watchAt = (progress: Partial<Progress> = {}): Watch => ({
  ...{ message: message(1), origin: 'tree', startedAt: noon, endsAt: noon + usualPlan.lifeMs },
  progress: { nextAt: noon, attempts: 0, failures: 0, ...progress },
});
const pending = answered(message(1), 0).outcome;
const delivered = answered(message(1), 1).outcome;
const because = (failure: Failure): Outcome => ({ ...failed(message(1)).outcome, ok: false, failure });
const after = (outcome: Outcome, now: number, progress?: Partial<Progress>) =>
  stepAfter(watchAt(progress), outcome, now, usualPlan);

/** When checks are made that all have this outcome, in seconds from the start. */
function times(outcome: Outcome, count: number): number[] {
  const seen = [];
  let watch = watchAt();
  for (let at = noon; seen.length < count;) {
    seen.push((at - noon) / second);
    const step = stepAfter(watch, outcome, at, usualPlan);
    if (step.kind === 'end') break;
    watch = watchAt(step.progress);
    at = watch.progress.nextAt;
  }
  return seen;
}

describe('the plan of a watch', () => {
  it('checks at growing intervals while the message is on its way', () => {
    assert.deepEqual(times(pending, 10), [0, 5, 20, 50, 110, 230, 530, 1430, 2330, 3230]);
  });

  it('ends with the final status, good or bad', () => {
    for (const status of [1, 2, 3, 4, 20, 22, 23, 24, 25]) {
      const step = after(answered(message(1), status).outcome, noon + second);
      assert(step.kind === 'end' && step.ending.kind === 'final', String(status));
      assert.equal(step.ending.report.status.code, status);
    }
  });

  it('goes on with a status that is not known', () => {
    assert.equal(after(answered(message(1), 77).outcome, noon).kind, 'again');
  });

  it('checks a last time when the message’s life is over, and no more', () => {
    const all = times(pending, 1000);
    assert.equal(all.at(-1), usualPlan.lifeMs / second);
    const step = after(pending, noon + usualPlan.lifeMs + 8 * hour);
    assert(step.kind === 'end' && step.ending.kind === 'over');
    const found = after(delivered, noon + usualPlan.lifeMs + 8 * hour);
    assert(found.kind === 'end' && found.ending.kind === 'final');
  });

  it('is patient with “not found” for two minutes', () => {
    const notFound = because({ reason: 'notFound', code: 3 });
    assert.deepEqual(times(notFound, 10), [0, 5, 20, 50, 110, 230]);
    const step = after(notFound, noon + 2 * minute);
    assert(step.kind === 'end' && step.ending.kind === 'givenUp');
    assert.deepEqual(step.ending.failure, { reason: 'notFound', code: 3 });
  });

  it('slows down while the service does not answer, and goes on where it was', () => {
    for (const reason of ['network', 'timeout', 'protocol'] as const) {
      assert.deepEqual(times(because({ reason }), 8), [0, 15, 45, 105, 225, 465, 765, 1065]);
    }
    const step = after(pending, noon + hour, { attempts: 3, failures: 5, failure: { reason: 'network' } });
    assert(step.kind === 'again');
    assert.deepEqual(step.progress, { nextAt: noon + hour + minute, attempts: 4, failures: 0 });
  });

  it('does not check more often because the service does not answer', () => {
    const step = after(because({ reason: 'network' }), noon + hour, { attempts: 9 });
    assert(step.kind === 'again');
    assert.equal(step.progress.nextAt, noon + hour + 15 * minute);
  });

  it('gives a network that just wakes up some more tries when the time is over', () => {
    const over = noon + usualPlan.lifeMs + hour;
    for (let failures = 0; failures < 5; failures++) {
      const step = after(because({ reason: 'network' }), over, { failures });
      assert(step.kind === 'again' && step.progress.nextAt > over);
    }
    const last = after(because({ reason: 'network' }), over, { failures: 5 });
    assert(last.kind === 'end' && last.ending.kind === 'givenUp');
  });

  it('is held, not lost, after errors 2 and 4', () => {
    const held = after(because({ reason: 'blocked', code: 4, retryAfter: 300 }), noon, { attempts: 3 });
    assert(held.kind === 'hold');
    assert.equal(held.progress.nextAt, noon + 5 * minute);
    assert.equal(held.progress.attempts, 3);
    assert.deepEqual(held.failure, { reason: 'blocked', code: 4, retryAfter: 300 });
    const refused = after(because({ reason: 'credentials', code: 2 }), noon + 30 * hour);
    assert(refused.kind === 'hold');
    assert.equal(refused.progress.nextAt, noon + 30 * hour + minute);
    assert.equal(after(because({ reason: 'credentials', code: 2 }), noon + 300 * hour).kind, 'end');
  });

  it('leaves the message in peace for a minute after error 9', () => {
    const step = after(because({ reason: 'tooMany', code: 9 }), noon);
    assert(step.kind === 'again');
    assert.equal(step.progress.nextAt, noon + 61 * second);
  });

  it('gives up what no further check would change', () => {
    for (const reason of ['parameters', 'input', 'noAccount'] as const) {
      assert.equal(after(because({ reason }), noon).kind, 'end');
    }
  });

  it('repeats the last of the user’s intervals', () => {
    const plan = { intervalsMs: [second], lifeMs: hour };
    const step = stepAfter(watchAt({ attempts: 7 }), pending, noon, plan);
    assert(step.kind === 'again');
    assert.equal(step.progress.nextAt, noon + second);
  });
});
