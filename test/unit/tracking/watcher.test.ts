import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/history/memory.ts';
import { openStore } from '../../../src/history/store.ts';
import type { Store } from '../../../src/history/types.ts';
import { type Reason, SmscError } from '../../../src/smsc/errors.ts';
import type { StatusAnswer } from '../../../src/smsc/report.ts';
import { createTracker } from '../../../src/tracking/tracker.ts';
import { createWatcher, type WatchEnd, type WatcherParts } from '../../../src/tracking/watcher.ts';
import { answered, describeSqlite, message, temporaryFolders } from '../history/stores.ts';
import { createFakeClock, type FakeClock, settled } from './fakeClock.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const one = message(1);

/** A service that answers at once, by what the test makes of its messages. It counts what it is asked. */
function createService(clock: FakeClock) {
  const began = clock.now();
  const asked: { id: string; at: number }[] = [];
  const world = { answer: (id: string): StatusAnswer | Reason => (id === '' ? 'notFound' : statusAnswer(0)) };
  const codes: Partial<Record<Reason, number>> = { credentials: 2, notFound: 3, blocked: 4 };
  const getStatus = ({ id }: { id: string }): Promise<StatusAnswer> => {
    asked.push({ id, at: (clock.now() - began) / second });
    const answer = world.answer(id);
    if (typeof answer !== 'string') return Promise.resolve(answer);
    const code = codes[answer];
    return Promise.reject(new SmscError(answer, code === undefined ? {} : { code }));
  };
  const refuse = () => Promise.reject(new SmscError('protocol'));
  const client = { getStatus, getBalance: refuse, compareContract: refuse };
  return { asked, world, client, times: () => asked.map(({ at }) => Math.round(at)) };
}

function statusAnswer(status: number): StatusAnswer {
  const { outcome } = answered(one, status);
  assert(outcome.ok);
  const { status: told, fields } = outcome.report;
  return { status: told, fields };
}

/** A window on a store: its tracker, its watcher, and the ends that it told. */
function openWindow(
  store: Store,
  clock: FakeClock,
  { client }: ReturnType<typeof createService>,
  more: Partial<WatcherParts> = {},
) {
  const { history, ledger, watches } = store;
  const clientOf = (account: string) => Promise.resolve({ client, host: 'smsc.test', login: account });
  const tracker = createTracker({ history, ledger, watches, clientOf, clock });
  const watcher = createWatcher({
    ...{ history, watches, tracker, clock },
    onDidChange: (listener) => store.onDidChange(listener),
    ...more,
  });
  const ends: WatchEnd[] = [];
  watcher.onDidEnd((end) => ends.push(end));
  const close = () => {
    watcher.dispose();
    tracker.dispose();
  };
  return { store, tracker, watcher, ends, close };
}

function start(more: Partial<WatcherParts> = {}) {
  const clock = createFakeClock();
  const service = createService(clock);
  const store = createMemoryStore('sqliteMissing');
  return { clock, ...service, ...openWindow(store, clock, service, more) };
}

const kinds = (ends: WatchEnd[]) => ends.map(({ watch, ending }) => `${watch.message.id} ${ending.kind}`);

describe('a watcher', () => {
  it('does nothing, and waits for nothing, while nothing is watched', async () => {
    const { clock, asked } = start();
    await settled();
    assert.equal(clock.waiting(), 0);
    assert.deepEqual(asked, []);
  });

  it('checks until the status is final, says so once, and then waits for nothing', async () => {
    const { clock, world, watcher, times, ends, store } = start();
    assert.equal(await watcher.start([one], 'tree'), 1);
    assert.equal(await watcher.start([one], 'panel'), 0);
    await clock.advance(100 * second);
    assert.deepEqual(times(), [0, 5, 20, 50]);
    assert.deepEqual(ends, []);
    world.answer = () => statusAnswer(1);
    await clock.advance(hour);
    assert.deepEqual(times(), [0, 5, 20, 50, 110]);
    assert.deepEqual(kinds(ends), ['1 final']);
    assert.equal(store.watches.count(), 0);
    assert.equal(clock.waiting(), 0);
    const [first] = store.history.checks(one, 10);
    assert.deepEqual([first?.origin, first?.detail], ['watch', 2]);
  });

  it('does not check at once what was checked just now', async () => {
    const { clock, tracker, watcher, times } = start();
    await tracker.check(one, { origin: 'prompt' });
    await clock.advance(2 * second);
    await watcher.start([one], 'notification');
    await clock.advance(7 * second);
    assert.deepEqual(times(), [0, 5]);
  });

  it('tells what a message waits for, and why', async () => {
    const { clock, world, tracker, watcher } = start();
    world.answer = () => 'network';
    await watcher.start([one], 'tree');
    await clock.advance(5 * second);
    assert.deepEqual(tracker.state(one), {
      kind: 'watched',
      nextAt: clock.now() + 10 * second,
      failure: { reason: 'network' },
    });
    await watcher.stop([one]);
    assert.deepEqual(tracker.state(one), { kind: 'idle' });
  });

  it('makes no burst of what was missed in a sleep of eight hours', async () => {
    const { clock, watcher, asked, store } = start();
    const many = Array.from({ length: 100 }, (_, id) => message(id));
    await watcher.start(many, 'batch');
    await clock.advance(10 * minute);
    asked.length = 0;
    // Timers stand still in a sleep: the clock is set on, and what was to ring rings late.
    clock.set(clock.now() + 8 * hour);
    await clock.advance(minute);
    const inOneSecond = asked.map(({ at }) => asked.filter((other) => other.at >= at && other.at < at + 1));
    assert(Math.max(...inOneSecond.map((together) => together.length)) <= 4);
    assert.equal(new Set(asked.map(({ id }) => id)).size, 100, 'all were checked again');
    assert.equal(store.watches.count(), 100);
  });

  it('looks at the clock now and then, so that it notices a sleep', async () => {
    const { clock, watcher, asked } = start();
    await watcher.start([one], 'tree');
    await clock.advance(hour);
    const before = asked.length;
    clock.set(clock.now() + 20 * minute);
    await clock.advance(31 * second);
    assert.equal(asked.length, before + 1);
  });

  it('goes on by itself when the network is back', async () => {
    const { clock, world, watcher, times, ends } = start();
    await watcher.start([one], 'tree');
    await clock.advance(second);
    world.answer = () => 'network';
    await clock.advance(hour);
    const tries = times().length;
    assert(tries > 10 && tries < 20, `${tries} tries in an hour`);
    world.answer = () => statusAnswer(1);
    await clock.advance(5 * minute);
    assert.deepEqual(kinds(ends), ['1 final']);
  });

  it('is held by error 4 for the whole account, and goes on when the block is over', async () => {
    const { clock, world, watcher, asked, ends, store } = start();
    world.answer = () => 'blocked';
    await watcher.start([message(1), message(2), message(3)], 'batch');
    await clock.advance(4 * minute);
    assert.equal(asked.length, 1, 'nothing is sent while the address is blocked');
    assert.deepEqual(
      store.watches.all().map(({ progress }) => progress.failure?.reason),
      ['blocked', 'blocked', 'blocked'],
    );
    world.answer = () => statusAnswer(1);
    await clock.advance(3 * minute);
    assert.equal(ends.length, 3);
  });

  it('is held by error 2 until the credentials change, however long that takes', async () => {
    const { clock, world, watcher, tracker, asked, ends } = start();
    world.answer = () => 'credentials';
    await watcher.start([one], 'tree');
    await clock.advance(48 * hour);
    assert.equal(asked.length, 1);
    assert.deepEqual(ends, []);
    world.answer = () => statusAnswer(1);
    await tracker.credentialsChanged('A');
    await watcher.resume('A');
    await clock.advance(second);
    assert.deepEqual(kinds(ends), ['1 final']);
  });

  it('ends with a final status that a check by hand has found', async () => {
    const { clock, world, watcher, tracker, ends, store } = start();
    await watcher.start([one], 'tree');
    await clock.advance(10 * second);
    world.answer = () => statusAnswer(20);
    await tracker.check(one, { origin: 'tree' });
    await settled();
    assert.deepEqual(kinds(ends), ['1 final']);
    assert.equal(store.watches.count(), 0);
  });

  it('says nothing when it is stopped, and leaves no check that was given up', async () => {
    const { clock, watcher, asked, ends, store } = start();
    await watcher.start([one, message(2)], 'tree');
    await clock.advance(second);
    await watcher.stop([one]);
    await clock.advance(10 * second);
    assert.deepEqual(kinds(ends), []);
    assert.deepEqual(
      asked.map(({ id }) => id),
      ['1', '2', '2'],
    );
    assert.equal(store.history.checks(one, 10).length, 1);
  });

  it('makes no check while nobody sees its window', async () => {
    let seen = false;
    const { clock, watcher, asked } = start({ isSeen: () => Promise.resolve(seen) });
    await watcher.start([one], 'tree');
    await clock.advance(5 * minute);
    assert.deepEqual(asked, []);
    seen = true;
    await clock.advance(minute);
    assert.notEqual(asked.length, 0);
  });
});

describeSqlite('watchers in several windows', () => {
  const folders = temporaryFolders();

  /** Windows of one user, on one file and one service. */
  async function open(count: number) {
    const clock = createFakeClock();
    const service = createService(clock);
    const folder = await folders.make();
    const another = async () => {
      const window = openWindow(folders.closing(await openStore(folder)), clock, service);
      await settled();
      return { ...window, folder };
    };
    const windows = [];
    while (windows.length < count) windows.push(await another());
    return { clock, ...service, windows, another };
  }

  it('make each check once, and one of them tells the end', async () => {
    const { clock, world, windows, times, asked } = await open(3);
    const [first] = windows;
    assert(first);
    await first.watcher.start([one], 'tree');
    // The others hear of it from the file; here they look for themselves.
    for (const { watcher } of windows.slice(1)) await watcher.resume('A');
    await clock.advance(60 * second);
    assert.deepEqual(times(), [0, 5, 20, 50]);
    world.answer = () => statusAnswer(1);
    await clock.advance(hour);
    assert.equal(asked.length, 5);
    assert.equal(windows.flatMap(({ ends }) => ends).length, 1);
    assert.equal(first.store.history.checks(one, 100).length, 5);
    for (const window of windows) window.close();
  });

  it('take over at once when the window that watches is closed', async () => {
    const { clock, world, windows, another } = await open(1);
    const [first] = windows;
    assert(first);
    await first.watcher.start([one], 'tree');
    await clock.advance(10 * second);
    first.close();
    first.store.close();
    const next = await another();
    world.answer = () => statusAnswer(1);
    await clock.advance(20 * second);
    assert.deepEqual(kinds(next.ends), ['1 final']);
    next.close();
  });

  it('take over what a window had claimed that died, when its lease has run out', async () => {
    const { clock, windows, times } = await open(1);
    const [window] = windows;
    assert(window);
    const now = clock.now();
    // A window that dies right after its claim.
    const dead = folders.closing(await openStore(window.folder));
    await dead.watches.start([
      { message: one, origin: 'tree', startedAt: now, endsAt: now + hour, nextAt: now },
    ]);
    assert(await dead.watches.claim('A', now, now + 30 * second));
    dead.close();
    // What the file tells comes in its own time; here the window looks for itself.
    await window.watcher.resume('A');
    await clock.advance(29 * second);
    assert.deepEqual(times(), []);
    assert.equal(window.tracker.state(one).kind, 'checking');
    await clock.advance(2 * second);
    assert.deepEqual(times(), [30]);
    window.close();
  });
});
