import assert from 'node:assert/strict';
import {
  type Block,
  type Decision,
  type Entry,
  type Judged,
  type OpenEntry,
  type AccountStanding,
  unproven,
  type Usage,
} from '../../../src/history/ledger.ts';
import {
  type Asking,
  decide,
  demoPolicy,
  type Ending,
  judge,
  servicePolicy,
} from '../../../src/tracking/limits.ts';

const now = Date.UTC(2025, 0, 15, 12);
const second = 1000;
const minute = 60 * second;
const proven: AccountStanding = { state: 'proven', at: now - second, since: 0 };
const refused: AccountStanding = { state: 'refused', at: now - second, since: 0 };

function usage(some: Partial<Usage> = {}): Usage {
  return { window: 'A', about: [], open: [], refusals: [], standing: proven, waiting: [], ...some };
}

function ask(some: Partial<Usage> = {}, more: Partial<Asking> = {}): Decision {
  const asking = { login: 'alex', about: '7999/1', insist: false, now, timeoutMs: 15_000, ...more };
  return decide(usage(some), asking, servicePolicy);
}

/** A request that ended so long ago. */
function ended(agoMs: number, some: Partial<Entry> = {}): Entry {
  const endedAt = now - agoMs;
  return {
    window: 'A',
    login: 'alex',
    startedAt: endedAt - 100,
    endedAt,
    expiresAt: endedAt + minute,
    code: 0,
    ...some,
  };
}

function open(some: Partial<OpenEntry> = {}): OpenEntry {
  return {
    window: 'A',
    login: 'alex',
    startedAt: now - 100,
    expiresAt: now + minute,
    standing: proven,
    ...some,
  };
}

/** One that was given up, or whose connection broke. */
function lost(agoMs: number, some: Partial<OpenEntry> = {}): OpenEntry {
  return open({ startedAt: now - agoMs - 100, endedAt: now - agoMs, ...some });
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('limits', () => {
  it('lets the first request go, and says when it is certainly over', () => {
    assert.deepEqual(ask({ standing: unproven }), {
      kind: 'go',
      startedAt: now,
      expiresAt: now + 20_000,
      keepUntil: now + 20_000 + 30 * minute + second,
    });
  });

  describe('five a minute for one message', () => {
    it('counts each request from its end, with a second to spare', () => {
      const about = [ended(50 * second), ...times(4, () => ended(second))];
      assert.deepEqual(ask({ about }), { kind: 'wait', whom: 'subject', until: now + 11 * second });
      const later = { now: now + 11 * second };
      assert.equal(ask({ about }, later).kind, 'go');
      assert.equal(ask({ about }, { now: later.now - 1 }).kind, 'wait');
    });
    it('counts those under way as if they ended now', () => {
      const about = times(5, () => open());
      assert.deepEqual(ask({ about }), { kind: 'wait', whom: 'subject', until: now + 61 * second });
      assert.equal(ask({ about: about.slice(1) }).kind, 'go');
    });
    it('counts what a dead window has sent until it runs out', () => {
      const about = times(5, () => open({ expiresAt: now - second }));
      assert.deepEqual(ask({ about }), { kind: 'wait', whom: 'subject', until: now + 60 * second });
    });
    it('lets ten balance requests go in a minute', () => {
      const about = times(9, () => ended(second));
      assert.equal(ask({ about }, { about: 'balance' }).kind, 'go');
      assert.equal(ask({ about: [...about, ended(second)] }, { about: 'balance' }).kind, 'wait');
    });
    it('waits a minute after error 9, however few were sent', () => {
      const about = [ended(20 * second, { code: 9 })];
      assert.deepEqual(ask({ about }), { kind: 'wait', whom: 'subject', until: now + 41 * second });
    });
    it('forgets what was entered before the clock was set back', () => {
      assert.equal(ask({ about: times(5, () => ended(-3600 * second)) }).kind, 'go');
    });
  });

  describe('four in flight for one login', () => {
    const full = times(4, () => open());
    it('waits for a turn, soon to ask again', () => {
      assert.deepEqual(ask({ open: full }), {
        kind: 'wait',
        whom: 'login',
        until: now + 250,
        turn: { since: now, seenAt: now },
      });
      assert.equal(ask({ open: full.slice(1) }).kind, 'go');
    });
    it('does not count other logins, nor what has run out', () => {
      assert.equal(ask({ open: [...full.slice(1), open({ login: 'other' })] }).kind, 'go');
      assert.equal(ask({ open: [...full.slice(1), open({ expiresAt: now })] }).kind, 'go');
    });
    it('counts a request that was given up a moment longer: the service may still be busy with it', () => {
      assert.equal(ask({ open: [...full.slice(1), lost(500)] }).kind, 'wait');
      assert.equal(ask({ open: [...full.slice(1), lost(1500)] }).kind, 'go');
    });
    it('leaves a free place to a window that has fewer in flight', () => {
      const waiting = [{ window: 'B', since: now - 100, seenAt: now - 100 }];
      assert.equal(ask({ open: full.slice(1), waiting }).kind, 'wait');
      assert.equal(ask({ open: full.slice(2), waiting }).kind, 'go', 'two are free');
      const balanced = [...full.slice(3), open({ window: 'B' }), open({ window: 'B' })];
      assert.equal(ask({ open: balanced, waiting }).kind, 'go', 'the other has more');
    });
    it('leaves a free place to the window that has waited longer, among equals', () => {
      const three = times(3, (index) => open({ window: `other ${index}` }));
      const waiting = [{ window: 'B', since: now - 500, seenAt: now - 100 }];
      assert.equal(ask({ open: three, waiting }).kind, 'wait');
      assert.equal(ask({ open: three, waiting }, { waitingSince: now - 600 }).kind, 'go');
    });
    it('does not wait for a window that has stopped asking', () => {
      const waiting = [{ window: 'B', since: now - 9000, seenAt: now - 2000 }];
      assert.equal(ask({ open: full.slice(1), waiting }).kind, 'go');
    });
  });

  describe('error 2', () => {
    const refusals = (count: number) =>
      times(count, (index) => ended((index + 1) * minute, { code: 2, login: `login ${index}` }));
    const held = (decision: Decision) => {
      assert.equal(decision.kind, 'refuse');
      return decision.failure;
    };
    it('stops the login until the user insists', () => {
      const decision = ask({ standing: refused });
      assert.deepEqual(held(decision), { reason: 'credentials', code: 2, detail: 'held' });
      assert.equal(ask({ standing: refused }, { insist: true }).kind, 'go');
    });
    it('is not risked a fifth time in half an hour by a login that is not proven, insisting or not', () => {
      for (const standing of [unproven, refused]) {
        const decision = ask({ standing, refusals: refusals(4) }, { insist: true });
        assert.deepEqual(held(decision), {
          reason: 'credentials',
          code: 2,
          detail: 'held',
          retryAfter: 26 * 60 + 1,
        });
      }
      assert.equal(ask({ standing: unproven, refusals: refusals(3) }).kind, 'go');
      assert.equal(ask({ standing: proven, refusals: refusals(4) }).kind, 'go');
      const later = { now: now + 26 * minute + second };
      assert.equal(ask({ standing: unproven, refusals: refusals(4) }, later).kind, 'go');
    });
    it('may also come from requests in flight of logins that are not proven', () => {
      const doubtful = times(2, () => open({ login: 'other', standing: unproven }));
      const some = { standing: unproven, refusals: refusals(2) };
      assert.deepEqual(ask({ ...some, open: doubtful }), { kind: 'wait', whom: 'login', until: now + 250 });
      assert.equal(ask({ ...some, open: doubtful.slice(1) }).kind, 'go');
      assert.equal(
        ask({ ...some, open: times(2, () => open({ login: 'other' })) }).kind,
        'go',
        'they are proven',
      );
    });
    it('may also have come to requests that nobody waited for', () => {
      const doubtful = times(4, () => lost(2 * minute, { standing: unproven, hungUp: true }));
      assert.equal(held(ask({ standing: unproven, open: doubtful })).retryAfter, 28 * 60 + 1);
      assert.equal(ask({ standing: unproven, open: doubtful.slice(1) }).kind, 'go');
      const died = times(4, () => open({ standing: unproven, expiresAt: now - minute }));
      assert.equal(held(ask({ standing: unproven, open: died })).retryAfter, 29 * 60 + 1);
      const silence = times(4, () => lost(2 * minute, { standing: unproven }));
      assert.equal(
        ask({ standing: unproven, open: silence }).kind,
        'go',
        'a service that is down refuses nobody',
      );
    });
    it('is possible again when the proof is a day old', () => {
      const stale = { ...proven, at: now - 24 * 60 * minute };
      assert.equal(ask({ standing: stale, refusals: refusals(4) }).kind, 'refuse');
    });
  });

  describe('error 4', () => {
    it('stops the host', () => {
      const block: Block = { until: now + 90 * second, strikes: 1 };
      const decision = ask({ block }, { insist: true });
      assert.deepEqual(decision, {
        kind: 'refuse',
        failure: { reason: 'blocked', code: 4, detail: 'held', retryAfter: 90 },
      });
      assert.equal(ask({ block }, { now: block.until }).kind, 'go');
    });
    it('does not stop it for longer than there can be', () => {
      assert.equal(ask({ block: { until: now + 3600 * second, strikes: 1 } }).kind, 'go');
    });
  });
});

describe('what the service has answered', () => {
  const times = { startedAt: now - 100, now };
  const answered = (code: number): Ending => ({ kind: 'answered', code });
  const after = (ending: Ending, before: Partial<Judged> = {}, policy = servicePolicy, at = times) => {
    const verdict = judge(ending, at, { standing: unproven, ...before }, policy);
    assert.equal(verdict.kind, 'ended');
    return verdict;
  };

  it('takes back a request that never reached it', () => {
    assert.deepEqual(judge({ kind: 'unsent' }, times, { standing: unproven }, servicePolicy), {
      kind: 'unsent',
    });
  });
  it('proves a login, or refuses it', () => {
    for (const code of [0, 3, 9]) assert.equal(after(answered(code)).standing.state, 'proven');
    for (const code of [1, 4, 77]) assert.equal(after(answered(code)).standing.state, 'unproven');
    assert.equal(after({ kind: 'lost' }).standing.state, 'unproven');
    assert.equal(after(answered(2), { standing: proven }).standing.state, 'refused');
    assert.equal(after(answered(0), { standing: refused }).standing.state, 'proven');
  });
  it('says nothing of credentials that changed meanwhile', () => {
    const changed: AccountStanding = { state: 'proven', at: now, since: now - 50 };
    assert.deepEqual(after(answered(2), { standing: changed }).standing, changed);
  });
  it('matters for a minute, or for half an hour when it was or may have been an error 2', () => {
    const keptFor = (ending: Ending, standing: AccountStanding) =>
      after(ending, { standing }).keepUntil - now;
    assert.equal(keptFor(answered(0), unproven), 61 * second);
    assert.equal(keptFor(answered(2), proven), 30 * minute + second);
    assert.equal(keptFor({ kind: 'hungUp' }, unproven), 30 * minute + second);
    assert.equal(keptFor({ kind: 'hungUp' }, proven), 61 * second);
    assert.equal(keptFor({ kind: 'lost' }, unproven), 61 * second);
  });
  it('blocks for five minutes, and twice as long each time again, up to half an hour', () => {
    const blockAt = (at: number, block?: Block) =>
      after(answered(4), block && { block }, servicePolicy, { startedAt: at, now: at }).block;
    let block = blockAt(now);
    let at = now;
    for (const minutes of [5, 10, 20, 30, 30]) {
      assert.equal(block?.until, at + minutes * minute);
      at = block.until + second;
      block = blockAt(at, block);
    }
    assert.equal(blockAt(at + 3600 * second + 1, block)?.strikes, 1, 'a new block after a quiet time');
  });
  it('blocks the demo host for a minute', () => {
    const first = after(answered(4), {}, demoPolicy).block;
    assert.equal(first?.until, now + minute);
    const again = { startedAt: now + minute, now: now + minute };
    assert.equal(after(answered(4), { block: first }, demoPolicy, again).block?.until, now + 2 * minute);
  });
  it('counts several errors 4 at once as one block', () => {
    const block: Block = { until: now + 5 * minute, strikes: 1 };
    assert.deepEqual(after(answered(4), { block }).block, block);
  });
  it('ends the block with an answer to what was sent after it', () => {
    const block: Block = { until: now - 200, strikes: 2 };
    assert.equal(after(answered(0), { block }).block, undefined);
    assert.deepEqual(after({ kind: 'lost' }, { block }).block, block);
    const running: Block = { until: now + minute, strikes: 2 };
    assert.deepEqual(after(answered(0), { block: running }).block, running);
  });
});
