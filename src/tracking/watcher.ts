import type { Change, History, Origin, Outcome, Store } from '../history/types.ts';
import type { Claimed, Watch, Watches } from '../history/watches.ts';
import { failureOf } from '../smsc/errors.ts';
import { type Message, messageKey } from '../smsc/message.ts';
import { systemClock } from './clock.ts';
import type { Clock, Tracker } from './types.ts';
import { type Ending, interval, stepAfter, usualPlan, type WatchPlan } from './watchPlan.ts';

export interface WatcherParts {
  watches: Watches;
  history: Pick<History, 'summary'>;
  tracker: Pick<Tracker, 'check'>;
  /** Changes of the above, in this window or in another. */
  onDidChange: Store['onDidChange'];
  /** Whether somebody would see what this window tells. One that nobody sees leaves the checks to the others. */
  isSeen?: () => Promise<boolean>;
  clock?: Clock;
  /** Read when it is needed, so it may change at any time. */
  plan?: () => WatchPlan;
}

/** A watch that came to its end in this window: no other window hears of it. */
export interface WatchEnd {
  watch: Watch;
  endedAt: number;
  ending: Ending;
}

/** Checks messages until their status is final, in whichever window is open when a check is due. */
export interface Watcher {
  /** Watches messages; those that are watched already go on as before. Resolves to the number of new ones. */
  start(messages: readonly Message[], origin: Origin): Promise<number>;
  /** Ends their watches, and gives up the checks under way that nobody else waits for. Nobody is notified. */
  stop(messages: readonly Message[]): Promise<void>;
  /** The credentials of an account changed: what was held may go on. */
  resume(account: string): Promise<void>;
  /** Told of each end; returns the function that stops it. */
  onDidEnd(listener: (end: WatchEnd) => void): () => void;
  /** Gives the checks under way back, so that another window can take them over at once. */
  dispose(): void;
}

export const watcherLimits = {
  /** How long a check belongs to a window that does not say that it still makes it. */
  leaseMs: 30_000,
  renewMs: 10_000,
  /** Checks at once for one account: places among the four in flight are left for what people start. */
  atOnce: 2,
  /** From one check of an account to the next, so that what was missed in a sleep does not come in a burst. */
  paceMs: 250,
  /** The clock is looked at so often: timers stand still while the machine sleeps. */
  lookMs: 30_000,
  /** How soon to try again when the store could not be written. */
  retryMs: 5000,
  /** How long a window leaves an account alone whose secret it does not have. Another window may have it. */
  noSecretMs: 5 * 60_000,
  /** A message that was checked so lately is not checked at once when its watch begins. */
  freshMs: 30_000,
} as const;

/** A check that this window makes. */
interface Running {
  claimed: Claimed;
  leave: AbortController;
}

/** See `Watcher`. */
export function createWatcher(parts: WatcherParts): Watcher {
  const {
    watches,
    history,
    tracker,
    onDidChange,
    isSeen = () => Promise.resolve(true),
    clock = systemClock,
    plan = () => usualPlan,
  } = parts;
  const running = new Map<string, Running>();
  /** When this window next makes a check of an account. */
  const notBefore = new Map<string, number>();
  const listeners = new Set<{ listener: (end: WatchEnd) => void }>();
  let alarm = new AbortController();
  let looking = false;
  let again = false;
  let disposed = false;

  /** Takes the checks that are due, and sets the alarm for the next one. */
  async function look(): Promise<void> {
    if (disposed) return;
    again = true;
    if (looking) return;
    looking = true;
    alarm.abort();
    let waitMs: number | undefined;
    try {
      while (again) {
        again = false;
        waitMs = (await takeDue()) ? timeToNext() : watcherLimits.lookMs;
      }
    } catch {
      waitMs = watcherLimits.retryMs;
    }
    looking = false;
    if (waitMs !== undefined) setAlarm(waitMs);
  }

  /** @returns `false` when it is not for this window to take any */
  async function takeDue(): Promise<boolean> {
    let seen = false;
    for (const [account, dueAt] of watches.due()) {
      const now = clock.now();
      if (readyAt(account, dueAt) > now) continue;
      seen ||= await isSeen();
      if (!seen) return false;
      const claimed = await watches.claim(account, now, now + watcherLimits.leaseMs);
      if (claimed) begin(claimed);
    }
    return true;
  }

  /** Undefined when there is nothing to wait for: what ends or changes is a reason to look again. */
  function timeToNext(): number | undefined {
    const next = Math.min(...Array.from(watches.due(), ([account, dueAt]) => readyAt(account, dueAt)));
    return next === Infinity ? undefined : Math.min(Math.max(0, next - clock.now()), watcherLimits.lookMs);
  }

  function readyAt(account: string, dueAt: number): number {
    const ours = [...running.values()].filter(({ claimed }) => claimed.message.account === account);
    return ours.length < watcherLimits.atOnce ? Math.max(dueAt, notBefore.get(account) ?? 0) : Infinity;
  }

  function setAlarm(ms: number): void {
    if (disposed) return;
    alarm = new AbortController();
    clock.wait(ms, alarm.signal).then(look, () => undefined);
  }

  function begin(claimed: Claimed): void {
    const { message } = claimed;
    if (disposed) {
      void giveBack(claimed).catch(() => undefined);
      return;
    }
    const key = messageKey(message);
    notBefore.set(message.account, clock.now() + watcherLimits.paceMs);
    // One that slept through its lease makes room for the new claim; their request is one.
    const before = running.get(key);
    const leave = new AbortController();
    const run: Running = { claimed, leave };
    running.set(key, run);
    const made = make(claimed, leave);
    before?.leave.abort();
    void made.then(() => {
      if (running.get(key) === run) running.delete(key);
      return look();
    });
  }

  /** Makes a check and writes down what follows. What cannot be written is done again when the lease has run out. */
  async function make(claimed: Claimed, leave: AbortController): Promise<void> {
    const over = new AbortController();
    keepClaim(claimed, leave, over.signal).catch(() => undefined);
    let outcome: Outcome;
    try {
      const report = await tracker.check(claimed.message, { origin: 'watch', detail: 2 }, leave.signal);
      outcome = { ok: true, report };
    } catch (error) {
      outcome = { ok: false, failure: failureOf(error) };
    }
    over.abort();
    if (disposed || leave.signal.aborted) return;
    await proceed(claimed, outcome).catch(() => undefined);
  }

  /** A check may have to wait long for its turn. When the claim is lost, the check is not ours any more. */
  async function keepClaim(claimed: Claimed, leave: AbortController, over: AbortSignal): Promise<void> {
    for (;;) {
      await clock.wait(watcherLimits.renewMs, over);
      if (await watches.renew(claimed, clock.now() + watcherLimits.leaseMs)) continue;
      leave.abort();
      return;
    }
  }

  async function proceed(claimed: Claimed, outcome: Outcome): Promise<void> {
    const now = clock.now();
    const step = stepAfter(claimed, outcome, now, plan());
    const { account } = claimed.message;
    switch (step.kind) {
      case 'again':
        await watches.settle(claimed, step.progress);
        break;
      case 'hold':
        if (step.failure.detail === 'secret') {
          notBefore.set(account, now + watcherLimits.noSecretMs);
          await watches.settle(claimed, { ...step.progress, nextAt: now });
        } else {
          await watches.settle(claimed, step.progress);
          await watches.hold(account, step.progress.nextAt, step.failure);
        }
        break;
      case 'end':
        if (await watches.end(claimed)) tell({ watch: claimed, endedAt: now, ending: step.ending });
        break;
    }
  }

  function tell(end: WatchEnd): void {
    for (const { listener } of [...listeners]) listener(end);
  }

  function giveBack(claimed: Claimed): Promise<boolean> {
    return watches.settle(claimed, { ...claimed.progress, nextAt: clock.now() });
  }

  function heed(change: Change): void {
    if (disposed) return;
    for (const { claimed, leave } of running.values()) {
      if (watches.find(claimed.message)?.lease !== claimed.lease) leave.abort();
    }
    if (change.kind === 'message') void endSeen(change.message).catch(() => undefined);
    void look();
  }

  /** Somebody else's check, such as one by hand, may have found that the status is final. */
  async function endSeen(message: Message): Promise<void> {
    const watch = watches.find(message);
    if (!watch || running.has(messageKey(message))) return;
    const summary = history.summary(message);
    if (!summary?.last.ok || !summary.last.report.status.final || summary.lastCheckedAt < watch.startedAt)
      return;
    const ending: Ending = { kind: 'final', report: summary.last.report };
    if (await watches.end(watch)) tell({ watch, endedAt: clock.now(), ending });
  }

  /** When a new watch's first check is due. */
  function firstAt(message: Message, now: number): number {
    const { last, lastCheckedAt = 0 } = history.summary(message) ?? {};
    const isFresh = last?.ok && !last.report.status.final && now - lastCheckedAt < watcherLimits.freshMs;
    return isFresh ? lastCheckedAt + interval(plan(), 0) : now;
  }

  const stopListening = onDidChange(heed);
  void look();

  return {
    start(messages, origin) {
      const now = clock.now();
      const endsAt = now + plan().lifeMs;
      return watches.start(
        messages.map((message) => ({
          message,
          origin,
          startedAt: now,
          endsAt,
          nextAt: firstAt(message, now),
        })),
      );
    },
    async stop(messages) {
      for (const message of messages) running.get(messageKey(message))?.leave.abort();
      await watches.stop(messages);
    },
    async resume(account) {
      notBefore.delete(account);
      await watches.resume(account, clock.now());
    },
    onDidEnd(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      stopListening();
      alarm.abort();
      listeners.clear();
      // At once, while the store is still open: otherwise another window would have to wait for the lease to run out.
      for (const { claimed } of running.values()) void giveBack(claimed).catch(() => undefined);
      for (const { leave } of running.values()) leave.abort();
    },
  };
}
