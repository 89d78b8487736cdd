import assert from 'node:assert/strict';
import { openStore } from '../../../src/history/store.ts';
import type { Store } from '../../../src/history/types.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import { createLimiter, type Limiter } from '../../../src/tracking/limiter.ts';
import { aboutBalance, servicePolicy } from '../../../src/tracking/limits.ts';
import { describeSqlite, temporaryFolders } from '../history/stores.ts';
import { createFakeClock, type FakeClock } from './fakeClock.ts';
import { randomFrom } from './random.ts';

const minute = 60_000;

/** A request as the service saw it. */
interface Arrival {
  login: string;
  about: string;
  at: number;
  doneAt: number;
  code: number;
}

/** One window: a store of its own on the common file, and a limiter. */
interface Window {
  store: Store;
  limiter: Limiter;
  dead: boolean;
  ending: AbortController;
}

interface World {
  clock: FakeClock;
  random: (below: number) => number;
  arrivals: Arrival[];
  outcomes: string[];
}

/** Makes one request, as a user might: now and then it is given up. @returns what became of it */
async function request(world: World, window: Window, login: string, about: string): Promise<string> {
  const { clock, random, arrivals } = world;
  const patience = new AbortController();
  const signal = AbortSignal.any([patience.signal, window.ending.signal]);
  let over = false;
  if (random(8) === 0) {
    void clock.wait(random(2 * minute)).then(() => {
      if (!over) patience.abort();
    });
  }
  try {
    const wanted = { host: 'smsc.ru', login, about, insist: random(4) === 0 };
    const turn = await window.limiter.enter(wanted, signal, () => undefined);
    const at = clock.now() + random(200);
    const arrival = {
      login,
      about,
      at,
      doneAt: at + 5 + random(400),
      code: login.startsWith('wrong') ? 2 : 0,
    };
    arrivals.push(arrival);
    const answered = await clock.wait(arrival.doneAt + random(200) - clock.now(), signal).then(
      () => true,
      () => false,
    );
    if (window.dead) return 'died';
    if (answered) {
      await turn.leave({ kind: 'answered', code: arrival.code });
      return 'answered';
    }
    // The service notices soon that nobody waits any more.
    arrival.doneAt = Math.min(arrival.doneAt, clock.now() + 900);
    await turn.leave({ kind: 'hungUp' });
    return 'cancelled';
  } catch (error) {
    assert(error instanceof SmscError);
    return window.dead ? 'died' : error.reason;
  } finally {
    over = true;
  }
}

/** One good answer: a login that nobody knows yet would have to wait for those that are refused. */
async function proveAlex(world: World, [window]: Window[]): Promise<string> {
  assert(window);
  const outcome = request({ ...world, random: () => 1 }, window, 'alex', '1');
  await world.clock.advance(1000);
  return outcome;
}

/** The shortest time in which so many arrivals came. */
function shortest(arrivals: Arrival[], many: number): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b);
  return Math.min(Infinity, ...times.slice(many - 1).map((time, index) => time - (times[index] ?? 0)));
}

function mostAtOnce(arrivals: Arrival[]): number {
  return Math.max(
    0,
    ...arrivals.map(({ at }) => arrivals.filter((other) => other.at <= at && at < other.doneAt).length),
  );
}

function groups<T>(items: T[], keyOf: (item: T) => string): T[][] {
  return [...Map.groupBy(items, keyOf).values()];
}

describeSqlite('limits of all windows together', () => {
  const folders = temporaryFolders();
  const seed = Number(process.env.SMSC_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));

  for (let run = 0; run < 4; run++) {
    it(`hold whatever they do, and nobody starves (seed ${seed + run})`, async () => {
      const random = randomFrom(seed + run);
      const clock = createFakeClock();
      const world: World = { clock, random, arrivals: [], outcomes: [] };
      const folder = await folders.make();
      const windows: Window[] = [];
      for (let count = 1 + random(5); count > 0; count--) {
        const store = folders.closing(await openStore(folder));
        assert.equal(store.memory, undefined);
        const { ledger } = store;
        const timeoutMs = () => 15_000;
        const limiter = createLimiter({ ledger, clock, timeoutMs, policyOf: () => servicePolicy });
        windows.push({ store, limiter, dead: false, ending: new AbortController() });
      }
      const logins = ['alex', 'alex', 'alex', 'maria', 'wrong 1', 'wrong 2', 'wrong 3'];
      const abouts = ['1', '1', '1', '2', '3', '4', '5', '6', '7', '8', aboutBalance, aboutBalance];
      const pick = <T>(all: T[]) => all[random(all.length)] as T;
      assert.equal(await proveAlex(world, windows), 'answered');
      const crowdAt = random(2) * 5 * minute;
      const users = Array.from({ length: 250 }, async () => {
        // Some come one by one, some in a crowd.
        await clock.wait(random(2) === 0 ? random(10 * minute) : crowdAt + random(2000));
        const window = pick(windows);
        world.outcomes.push(window.dead ? 'died' : await request(world, window, pick(logins), pick(abouts)));
      });
      // All but the first may crash: they never say that their requests have ended.
      for (const window of windows.slice(1)) {
        if (random(2) === 0) continue;
        void clock.wait(random(10 * minute)).then(() => {
          window.dead = true;
          window.ending.abort();
        });
      }
      while (await clock.next());
      await Promise.all(users);

      const { arrivals, outcomes } = world;
      const known = ['answered', 'cancelled', 'credentials', 'died'];
      assert.deepEqual(
        outcomes.filter((outcome) => !known.includes(outcome)),
        [],
      );
      // Of those whose window lived on: how many windows die, and how early, is left to chance.
      const lived = outcomes.filter((outcome) => outcome !== 'died');
      assert(lived.filter((outcome) => outcome === 'answered').length > lived.length / 4);
      for (const same of groups(arrivals, ({ login, about }) => `${login}/${about}`)) {
        const balance = same[0]?.about === aboutBalance;
        assert(shortest(same, balance ? 11 : 6) >= minute, 'too many in a minute');
      }
      for (const same of groups(arrivals, ({ login }) => login)) {
        assert(mostAtOnce(same) <= 4, `${mostAtOnce(same)} in flight`);
      }
      const refused = arrivals.filter(({ code }) => code === 2);
      assert(shortest(refused, 5) >= 30 * minute, 'five errors 2 in half an hour');
    });
  }
});
