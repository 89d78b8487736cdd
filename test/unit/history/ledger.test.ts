import assert from 'node:assert/strict';
import type { Decision, Ended, Ledger, Pass, Subject, Usage } from '../../../src/history/ledger.ts';
import type { History } from '../../../src/history/types.ts';
import { describeStores, noon, second } from './stores.ts';

const about: Subject = { host: 'smsc.ru', login: 'alex', about: '7999/1' };

function go(at: number): Decision {
  return { kind: 'go', startedAt: at, expiresAt: at + 20 * second, keepUntil: at + 60 * second };
}

describeStores('ledger', (open) => {
  let ledger: Ledger;
  let history: History;
  beforeEach(async () => {
    ({ ledger, history } = await open());
  });

  async function enter(subject: Subject, at = noon): Promise<Pass> {
    const claim = await ledger.claim(subject, () => go(at));
    assert('pass' in claim);
    return claim.pass;
  }

  /** How the limits are used for a request, without making it. */
  async function look(subject = about): Promise<Usage> {
    let seen: Usage | undefined;
    const claim = await ledger.claim(subject, (usage) => {
      seen = usage;
      return { kind: 'refuse', failure: { reason: 'blocked' } };
    });
    assert(!('pass' in claim));
    assert(seen);
    return seen;
  }

  function ending(endedAt: number, some: Partial<Ended> = {}): Ended {
    const standing = { state: 'proven', at: endedAt, since: 0 } as const;
    return { kind: 'ended', endedAt, code: 0, keepUntil: endedAt + 60 * second, standing, ...some };
  }

  it('knows nothing at first, and enters nothing that is not to go', async () => {
    for (const usage of [await look(), await look()]) {
      const { window, ...rest } = usage;
      assert(window.length > 0);
      assert.deepEqual(rest, {
        about: [],
        open: [],
        refusals: [],
        standing: { state: 'unproven', at: 0, since: 0 },
        waiting: [],
      });
    }
  });

  it('shows what is under way to requests of the same host, login and message', async () => {
    await enter(about);
    const usage = await look();
    const entry = { window: usage.window, login: 'alex', startedAt: noon, expiresAt: noon + 20 * second };
    const shown = (entries: Usage['open']) =>
      entries.map(({ window, login, startedAt, expiresAt }) => ({ window, login, startedAt, expiresAt }));
    assert.deepEqual(shown(usage.open), [entry]);
    assert.equal(usage.about.length, 1);
    assert.deepEqual(usage.open[0]?.standing, { state: 'unproven', at: 0, since: 0 });
    assert.equal((await look({ ...about, about: '7999/2' })).about.length, 0);
    const other = await look({ ...about, login: 'other' });
    assert.deepEqual(
      [other.about.length, other.open.length],
      [0, 1],
      'in flight of another login at the host',
    );
    const elsewhere = await look({ ...about, host: 'smsc.kz' });
    assert.deepEqual([elsewhere.about.length, elsewhere.open.length], [0, 0]);
  });

  it('remembers how a request ended, once', async () => {
    const pass = await enter(about);
    await pass.settle(() => ending(noon + second));
    await pass.settle(() => assert.fail('settled twice'));
    const usage = await look();
    assert.equal(usage.open.length, 0);
    assert.deepEqual([usage.about[0]?.endedAt, usage.about[0]?.code], [noon + second, 0]);
    assert.deepEqual(usage.standing, { state: 'proven', at: noon + second, since: 0 });
  });

  it('keeps a request open of which no answer is known, with its login’s standing', async () => {
    const lost = await enter(about);
    const { code, ...silent } = ending(noon + second, { hungUp: true });
    assert.equal(code, 0);
    await lost.settle(() => silent);
    const [entry] = (await look()).open;
    assert.deepEqual([entry?.endedAt, entry?.hungUp, entry?.standing.state], [noon + second, true, 'proven']);
  });

  it('takes back a request that was not sent', async () => {
    const pass = await enter(about);
    await pass.settle(() => ({ kind: 'unsent' }));
    assert.equal((await look()).about.length, 0);
  });

  it('shows errors 2 to the whole host', async () => {
    const pass = await enter(about);
    const standing = { state: 'refused', at: noon + second, since: 0 } as const;
    await pass.settle(() => ending(noon + second, { code: 2, standing }));
    const other = await look({ host: 'smsc.ru', login: 'other', about: 'balance' });
    assert.deepEqual(
      other.refusals.map(({ login, endedAt }) => [login, endedAt]),
      [['alex', noon + second]],
    );
    assert.equal(other.standing.state, 'unproven');
    assert.equal((await look()).standing.state, 'refused');
    await ledger.forgive('smsc.ru', 'alex', noon + 2 * second);
    const after = await look();
    assert.deepEqual(after.standing, { state: 'unproven', at: noon + 2 * second, since: noon + 2 * second });
    assert.equal(after.refusals.length, 1, 'the service still counts it');
  });

  it('shows a block to the whole host, until it is lifted', async () => {
    const block = { until: noon + 300 * second, strikes: 1 };
    await (await enter(about)).settle(() => ending(noon + second, { code: 4, block }));
    assert.deepEqual((await look({ ...about, login: 'other' })).block, block);
    assert.equal((await look({ ...about, host: 'smsc.kz' })).block, undefined);
    await (
      await enter(about)
    ).settle((before) => {
      assert.deepEqual(before.block, block);
      return ending(noon + second);
    });
    assert.equal((await look()).block, undefined);
  });

  it('stays as it is when the history is cleared: the service goes on counting', async () => {
    await enter(about);
    await (await enter(about)).settle(() => ending(noon + second));
    const before = await look();
    assert.equal(before.about.length, 2);
    assert.equal(before.standing.state, 'proven');
    await history.forget({ account: 'A', phone: '7999', id: '1' });
    await history.clear('A');
    await history.clear();
    assert.deepEqual(await look(), before);
  });

  it('forgets what has run out as requests go', async () => {
    await (await enter(about)).settle(() => ending(noon + second));
    await enter({ ...about, about: 'x' }, noon + 61 * second - 1);
    assert.equal((await look()).about.length, 1);
    await enter({ ...about, about: 'x' }, noon + 61 * second);
    assert.equal((await look()).about.length, 0);
  });
});
