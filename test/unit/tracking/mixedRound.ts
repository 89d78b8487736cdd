import assert from 'node:assert/strict';
import type { Check, Store } from '../../../src/history/types.ts';
import { makeMessage, type SimulatedMessage } from '../../../src/simulator/message.ts';
import type { Simulator } from '../../../src/simulator/server.ts';
import { messageKey } from '../../../src/smsc/message.ts';
import { fixed, onItsWay, poolSize, type Said, serialOf, watchedEach } from './mixedWindow.ts';

/** What became of a round: who said what, and what is kept. */
export interface Round {
  simulator: Simulator;
  /** How many answers the service has numbered. */
  given: number;
  survivors: Said[];
  killed: Said[];
  store: Store;
  kept: Check[];
}

/**
 * The service's messages. Each answer about them has a number of its own.
 *
 * @param every how long after each other the windows come that watch them, in hurried seconds
 */
export function messagesOf(
  began: number,
  windows: number,
  random: (below: number) => number,
  number: () => string,
  every = 0,
) {
  const numbered = (message: SimulatedMessage): SimulatedMessage => ({
    ...message,
    get extra() {
      return { serial: number() };
    },
  });
  const unchanging = Array.from({ length: poolSize }, (_, index) => makeMessage(fixed(index)));
  const moving = Array.from({ length: windows * watchedEach }, (_, index) =>
    makeMessage({
      ...onItsWay(1 + Math.floor(index / watchedEach), index % watchedEach),
      sentAt: Math.floor(began / 1000),
      life: [
        { after: 0, status: 0, err: 0 },
        { after: 15 + random(45) + Math.floor(index / watchedEach) * every, status: 1, err: 0 },
      ],
    }),
  );
  return [...unchanging, ...moving].map(numbered);
}

export function checksIn({ history }: Store): Check[] {
  return history.messages({ limit: 10_000 }).flatMap(({ message }) => history.checks(message, 1000));
}

export const ofKind = <K extends Said['kind']>(said: readonly Said[], kind: K) =>
  said.filter((one): one is Extract<Said, { kind: K }> => one.kind === kind);

/** The limits hold: the service, which counts by itself, has nothing to say against anybody. */
export function assertLimits({ simulator }: Round): void {
  assert.deepEqual(simulator.violations, []);
  assert([...simulator.maxInFlight.values()].every((most) => most <= 4));
}

/** Each answer that came is kept, and once; nothing is kept that the service did not see. */
export function assertKept({ simulator, given, survivors, killed, kept }: Round): void {
  const serials = kept.flatMap(({ outcome }) => (outcome.ok ? [serialOf(outcome.report)] : []));
  const keptOnce = new Set(serials);
  assert.equal(serials.length, keptOnce.size, 'no answer is kept twice');
  assert(serials.every((serial) => Number(serial) <= given));
  assert(kept.length <= simulator.requests.length);
  const received = ofKind(survivors, 'answered').map(({ serial }) => serial);
  // A killed window may have had an answer and no time to keep it; what it told somebody, it had kept.
  const told = ofKind([...survivors, ...killed], 'got').flatMap(({ serial }) => serial ?? []);
  const lost = [...received, ...told].filter((serial) => !keptOnce.has(serial));
  assert.deepEqual(lost, [], 'every answer is kept');
}

/** A watch is checked by one window at a time. */
export function assertOneAtATime({ kept }: Round): void {
  const ofWatches = kept.filter(({ origin, outcome }) => origin === 'watch' && outcome.ok);
  for (const own of Map.groupBy(ofWatches, ({ message }) => messageKey(message)).values()) {
    const inOrder = own.sort((a, b) => a.startedAt - b.startedAt);
    inOrder.forEach(({ message, startedAt }, index) => {
      const before = inOrder[index - 1];
      const end = before ? before.startedAt + before.durationMs : 0;
      assert(end <= startedAt, `${messageKey(message)} was checked twice at once`);
    });
  }
}

/** No message starves: what a window asked for has its outcome, and what was watched has its end. */
export function assertNoneStarves({ survivors, killed, store }: Round, windows: readonly Said[][]): void {
  for (const said of windows) {
    const outcomes = new Map(ofKind(said, 'got').map(({ ask, outcome }) => [ask, outcome]));
    for (const { ask, wait } of ofKind(said, 'asked')) {
      const outcome = outcomes.get(ask) ?? 'none';
      assert(outcome === 'report' || (!wait && outcome === 'tooMany'), `a check came to ${outcome}`);
    }
  }
  assert.deepEqual(store.watches.all(), [], 'every watch has ended');
  const all = [...survivors, ...killed];
  for (const { message } of ofKind(all, 'watches')) {
    assert.equal(store.history.summary(message)?.lastReport?.status.final, true, messageKey(message));
  }
  const ends = ofKind(all, 'ended');
  assert(ends.every(({ ending }) => ending === 'final'));
  assert.equal(new Set(ends.map(({ message }) => messageKey(message))).size, ends.length, 'ends told twice');
}
