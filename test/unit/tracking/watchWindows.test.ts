import assert from 'node:assert/strict';
import { openStore } from '../../../src/history/store.ts';
import type { Store } from '../../../src/history/types.ts';
import { statusInfo } from '../../../src/smsc/codes.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import { type Message, messageKey } from '../../../src/smsc/message.ts';
import type { StatusAnswer } from '../../../src/smsc/report.ts';
import type { SmscClient } from '../../../src/smsc/service.ts';
import { createTracker } from '../../../src/tracking/tracker.ts';
import { createWatcher } from '../../../src/tracking/watcher.ts';
import { describeSqlite, message, temporaryFolders } from '../history/stores.ts';
import { createFakeClock, type FakeClock, settled } from './fakeClock.ts';
import { randomFrom } from './random.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** A request as the service saw it. */
interface Arrival {
  id: string;
  at: number;
  doneAt: number;
}

/** A service whose messages become final one by one, that takes its time, and now and then does not answer. */
function createService(clock: FakeClock, random: (below: number) => number) {
  const arrivals: Arrival[] = [];
  const began = clock.now();
  const getStatus: SmscClient['getStatus'] = async ({ id }, { signal } = {}) => {
    const arrival: Arrival = { id, at: clock.now(), doneAt: Infinity };
    arrivals.push(arrival);
    await clock.wait(50 + random(2000), signal);
    arrival.doneAt = clock.now();
    if (random(12) === 0) throw new SmscError('network', { detail: 'unreachable' });
    const isFinal = clock.now() - began > (Number(id) % 10) * 4 * minute;
    return answerOf(isFinal ? 1 : 0);
  };
  const refuse = () => Promise.reject(new SmscError('protocol'));
  return { arrivals, client: { getStatus, getBalance: refuse, compareContract: refuse } };
}

function answerOf(code: number): StatusAnswer {
  const { kind, final, name } = statusInfo(code);
  return { status: { code, name: name.en, kind, final }, fields: { status: String(code) } };
}

/** One window; killed, it says nothing more, and what it had begun is not written down. */
function openWindow(store: Store, clock: FakeClock, client: SmscClient, ends: string[]) {
  const { history, ledger, watches } = store;
  const clientOf = () => Promise.resolve({ client, host: 'smsc.test', login: 'alex' });
  const tracker = createTracker({ history, ledger, watches, clientOf, clock });
  const watcher = createWatcher({
    ...{ history, watches, tracker, clock },
    onDidChange: (listener) => store.onDidChange(listener),
  });
  watcher.onDidEnd(({ watch, ending }) => ends.push(`${watch.message.id} ${ending.kind}`));
  return {
    watcher,
    close() {
      watcher.dispose();
      tracker.dispose();
      store.close();
    },
    kill() {
      store.close();
      watcher.dispose();
      tracker.dispose();
    },
  };
}

describeSqlite('watches of windows that come and go', () => {
  const folders = temporaryFolders();

  async function play(seed: number): Promise<void> {
    const random = randomFrom(seed);
    const clock = createFakeClock();
    const folder = await folders.make();
    const ends: string[] = [];
    const { arrivals, client } = createService(clock, random);
    const open = async () => openWindow(await openStore(folder), clock, client, ends);
    const windows = [await open()];
    const messages: Message[] = [];
    for (let step = 0; step < 60; step++) {
      const [window] = windows;
      assert(window);
      if (step < 20) {
        const more = Array.from({ length: random(3) }, () => message(messages.length + random(1000) * 100));
        const news = more.filter((of) => !messages.some((known) => messageKey(known) === messageKey(of)));
        const distinct = [...new Map(news.map((of) => [of.id, of])).values()];
        messages.push(...distinct);
        await window.watcher.start(distinct, 'batch');
      }
      if (windows.length < 5 && random(3) === 0) windows.push(await open());
      if (windows.length > 1 && random(3) === 0) {
        const [leaving] = windows.splice(random(windows.length), 1);
        if (random(2) === 0) leaving?.close();
        else leaving?.kill();
      }
      await settled();
      await clock.advance(random(minute));
    }
    await clock.advance(6 * hour);
    const store = folders.closing(await openStore(folder));
    assert(messages.length > 10 && arrivals.length > 4 * messages.length, 'there was something to see');
    assert.equal(store.watches.count(), 0, 'none is lost, and none goes on for ever');
    const told = messages.map(({ id }) => `${id} final`).sort();
    assert.deepEqual(ends.sort(), told, 'each end is told once');
    for (const { id } of messages) {
      const own = arrivals.filter((arrival) => arrival.id === id);
      own.forEach(({ at }, index) => {
        const inMinute = own.filter((other) => other.at >= at && other.at < at + minute);
        assert(inMinute.length <= 5, `${id}: ${inMinute.length} in a minute`);
        const before = own[index - 1];
        // What a killed window had under way is not known to have ended.
        if (before && before.doneAt < Infinity)
          assert(before.doneAt <= at, `${id} was asked for twice at once`);
      });
    }
    for (const { at } of arrivals) {
      const flying = arrivals.filter(
        (other) => other.at <= at && other.doneAt > at && other.doneAt < Infinity,
      );
      assert(flying.length <= 4, `${flying.length} at once`);
    }
    for (const window of windows) window.close();
  }

  for (const seed of [1, 2, 3, 4, 5]) {
    it(`are each checked by one and ended by one, within the limits (seed ${seed})`, () =>
      play(seed)).timeout(60_000);
  }
});
