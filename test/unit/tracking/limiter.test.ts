import assert from 'node:assert/strict';
import { createMemoryLedger } from '../../../src/history/memoryLedger.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import { createLimiter, type Limiter, type Turn } from '../../../src/tracking/limiter.ts';
import { demoPolicy, type Ending, servicePolicy } from '../../../src/tracking/limits.ts';
import { createFakeClock, settled } from './fakeClock.ts';

const ok: Ending = { kind: 'answered', code: 0 };

/** A limiter on a standing clock, and a list of what became of the requests. */
function start() {
  const clock = createFakeClock();
  let claims = 0;
  const ledger = createMemoryLedger('A');
  const limiter = createLimiter({
    ledger: {
      ...ledger,
      claim(...all) {
        claims++;
        return ledger.claim(...all);
      },
    },
    clock,
    timeoutMs: () => 15_000,
    policyOf: (host) => (host === 'demo' ? demoPolicy : servicePolicy),
  });
  return { clock, ledger, limiter, claims: () => claims };
}

interface Entered {
  about: string;
  turn?: Turn;
  error?: unknown;
  waits: number[];
  cancel(): void;
}

function enter(
  limiter: Limiter,
  about: string,
  more: { login?: string; host?: string; insist?: boolean } = {},
) {
  const controller = new AbortController();
  const entered: Entered = { about, waits: [], cancel: () => controller.abort() };
  const request = { host: 'smsc.ru', login: 'alex', insist: false, about, ...more };
  limiter
    .enter(request, controller.signal, (until) => entered.waits.push(until))
    .then(
      (turn) => (entered.turn = turn),
      (error: unknown) => (entered.error = error),
    );
  return entered;
}

async function leave(entered: Entered, ending: Ending = ok): Promise<void> {
  assert(entered.turn, `${entered.about} has no turn`);
  await entered.turn.leave(ending);
  await settled();
}

const going = (all: Entered[]) => all.filter((entered) => entered.turn).map((entered) => entered.about);

describe('limiter', () => {
  it('lets four go at once, and the others in the order in which they came', async () => {
    const { clock, limiter } = start();
    const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((about) => enter(limiter, about));
    const [a, b, c] = all as [Entered, Entered, Entered];
    await settled();
    assert.deepEqual(going(all), ['a', 'b', 'c', 'd']);
    await leave(c);
    assert.deepEqual(going(all), ['a', 'b', 'c', 'd', 'e']);
    await leave(a);
    await leave(b);
    assert.deepEqual(going(all), ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    assert.equal(clock.waiting(), 0);
  });

  it('lets others pass a message that has used up its minute', async () => {
    const { clock, limiter } = start();
    for (let count = 0; count < 5; count++) {
      const entered = enter(limiter, 'a');
      await settled();
      await leave(entered);
    }
    const sixth = enter(limiter, 'a');
    const seventh = enter(limiter, 'a');
    const other = enter(limiter, 'b');
    await settled();
    assert.deepEqual(sixth.waits, [clock.now() + 61_000]);
    assert.deepEqual(seventh.waits, [clock.now() + 61_000]);
    assert(other.turn);
    await clock.advance(60_999);
    assert.equal(sixth.turn, undefined);
    await clock.advance(1);
    assert.equal(going([sixth, seventh]).length, 2);
  });

  it('does not ask the ledger again for a message that is known to wait', async () => {
    const { clock, limiter, claims } = start();
    const all = Array.from({ length: 500 }, () => enter(limiter, 'a'));
    await settled();
    assert.equal(going(all).length, 4);
    for (const entered of all.slice(0, 4)) await leave(entered);
    assert.equal(going(all).length, 5);
    assert(claims() < 20, `${claims()} claims`);
    await clock.advance(30_000);
    assert(claims() < 20, `${claims()} claims`);
  });

  it('counts what is waiting for its minute only while somebody waits', async () => {
    const { clock, limiter } = start();
    for (let count = 0; count < 5; count++) {
      const entered = enter(limiter, 'a');
      await settled();
      await leave(entered);
    }
    const sixth = enter(limiter, 'a');
    await settled();
    assert.equal(clock.waiting(), 1);
    sixth.cancel();
    await settled();
    assert(sixth.error instanceof SmscError);
    assert.equal(sixth.error.reason, 'cancelled');
    assert.equal(clock.waiting(), 0);
  });

  it('keeps logins and hosts apart', async () => {
    const { limiter } = start();
    const all = ['a', 'b', 'c', 'd'].map((about) => enter(limiter, about));
    await leave(await first(all));
    for (const about of ['e', 'f']) all.push(enter(limiter, about));
    const others = [enter(limiter, 'a', { host: 'smsc.kz' }), enter(limiter, 'a', { login: 'other' })];
    await settled();
    assert.deepEqual(going(all), ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(going(others), ['a', 'a']);
  });

  it('refuses everyone who waits once the login is refused, and lets one who insists go', async () => {
    const { limiter } = start();
    const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((about) => enter(limiter, about));
    await leave(await first(all), { kind: 'answered', code: 2 });
    for (const entered of all.slice(4)) {
      assert(entered.error instanceof SmscError);
      const { reason, code, detail } = entered.error;
      assert.deepEqual([reason, code, detail], ['credentials', 2, 'held']);
    }
    const insisting = enter(limiter, 'g', { insist: true });
    await settled();
    assert.equal(insisting.turn, undefined, 'three more may be refused already');
    for (const entered of all.slice(1, 4)) await leave(entered, { kind: 'unsent' });
    assert(insisting.turn);
  });

  it('sends no fifth request that may bring error 2, whichever login it is for', async () => {
    const { clock, limiter } = start();
    const all = ['one', 'two', 'three', 'four'].map((login) => enter(limiter, 'a', { login }));
    const fifth = enter(limiter, 'a', { login: 'five' });
    await settled();
    assert.equal(going(all).length, 4);
    assert.equal(fifth.turn, undefined);
    for (const entered of all) await leave(entered, { kind: 'answered', code: 2 });
    assert(fifth.error instanceof SmscError);
    assert.equal(fifth.error.retryAfter, 30 * 60 + 1);
    const tenMinutesLater = enter(limiter, 'a', { login: 'six', insist: true });
    await settled();
    assert(tenMinutesLater.error instanceof SmscError);
    await clock.advance((30 * 60 + 1) * 1000);
    const last = enter(limiter, 'a', { login: 'six' });
    await settled();
    assert(last.turn);
  });

  it('leaves a host alone after error 4, and the demo host for a minute only', async () => {
    for (const [host, seconds] of [
      ['smsc.ru', 300],
      ['demo', 60],
    ] as const) {
      const { clock, limiter } = start();
      const blocked = enter(limiter, 'a', { host });
      await settled();
      await leave(blocked, { kind: 'answered', code: 4 });
      const next = enter(limiter, 'b', { host, login: 'other' });
      await settled();
      assert(next.error instanceof SmscError);
      assert.deepEqual([next.error.reason, next.error.retryAfter], ['blocked', seconds]);
      await clock.advance(seconds * 1000);
      const later = enter(limiter, 'b', { host });
      await settled();
      assert(later.turn);
    }
  });

  it('goes on when the login is forgiven', async () => {
    const { clock, ledger, limiter } = start();
    const refused = enter(limiter, 'a');
    await settled();
    await leave(refused, { kind: 'answered', code: 2 });
    await clock.advance(1);
    await ledger.forgive('smsc.ru', 'alex', clock.now());
    const next = enter(limiter, 'a');
    await settled();
    assert(next.turn);
  });

  it('asks again by itself while the place may become free elsewhere', async () => {
    const { clock, limiter } = start();
    const all = ['a', 'b', 'c', 'd', 'e'].map((about) => enter(limiter, about));
    await leave(await first(all), { kind: 'lost' });
    assert.equal(going(all).length, 4, 'the service may still be busy with the one that was given up');
    await clock.advance(1000);
    assert.equal(going(all).length, 5);
    for (const entered of all.slice(1)) await leave(entered);
    assert.equal(clock.waiting(), 0);
  });

  it('takes back the entry of one who left while the ledger was asked', async () => {
    const { clock, limiter } = start();
    const gone = ['a', 'b', 'c', 'd'].map((about) => enter(limiter, about));
    for (const entered of gone) entered.cancel();
    await settled();
    const all = ['e', 'f', 'g', 'h'].map((about) => enter(limiter, about));
    await settled();
    assert.equal(going(all).length, 4);
    assert.equal(clock.waiting(), 0);
  });

  it('rejects when the ledger fails, and goes on', async () => {
    const { clock, ledger } = start();
    let fails = true;
    const limiter = createLimiter({
      ledger: {
        ...ledger,
        claim: (...all) => (fails ? Promise.reject(new Error('disk full')) : ledger.claim(...all)),
      },
      clock,
      timeoutMs: () => 15_000,
      policyOf: () => servicePolicy,
    });
    const failed = enter(limiter, 'a');
    await settled();
    assert(failed.error instanceof Error);
    fails = false;
    const next = enter(limiter, 'a');
    await settled();
    assert(next.turn);
  });
});

async function first(all: Entered[]): Promise<Entered> {
  await settled();
  const [entered] = all;
  assert(entered);
  return entered;
}
