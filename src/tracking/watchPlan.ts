/** What follows for a watch from what its check brought: pure functions of the watch, the outcome and the time. */
import type { Outcome } from '../history/types.ts';
import type { Progress, Watch } from '../history/watches.ts';
import type { Failure } from '../smsc/errors.ts';
import type { Report } from '../smsc/report.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;

/** The user's choices. */
export interface WatchPlan {
  /** Milliseconds from one check to the next; the last one is repeated. Never empty. */
  intervalsMs: readonly number[];
  /** How long a message is watched at most. */
  lifeMs: number;
}

export const usualPlan: WatchPlan = {
  intervalsMs: [5, 15, 30, 60, 120, 300, 900].map((seconds) => seconds * secondMs),
  lifeMs: 24 * hourMs,
};

export const watchLimits = {
  /** How long "not found" may mean "not visible yet". */
  patienceMs: 2 * minuteMs,
  /** After one check without an answer; doubled on each repeat, up to the longest. */
  firstBackOffMs: 15 * secondMs,
  longestBackOffMs: 5 * minuteMs,
  /** So many checks in a row without an answer end a watch whose time is over: the network may just be waking up. */
  lastTries: 6,
  /** How often a held account is looked at. Nothing is sent while the limiter holds it. */
  lookAtHeldMs: minuteMs,
  /** How long after its time a watch may wait to be allowed again. */
  heldMs: 7 * 24 * hourMs,
  /** After error 9 the service wants a minute's rest for the message. */
  restMs: 61 * secondMs,
} as const;

/** Why a watch ended, with what its last check brought. */
export type Ending =
  | { kind: 'final'; report: Report }
  /** Its time was over while the message was still on its way. */
  | { kind: 'over'; report: Report }
  /** No further check would bring anything else. */
  | { kind: 'givenUp'; failure: Failure };

/** What comes after a check. */
export type Step =
  | { kind: 'again'; progress: Progress }
  /** The whole account has to wait. */
  | { kind: 'hold'; progress: Progress; failure: Failure }
  | { kind: 'end'; ending: Ending };

/** The step that follows from a check that was over at `now`. */
export function stepAfter(watch: Watch, outcome: Outcome, now: number, plan: WatchPlan): Step {
  const { attempts } = watch.progress;
  const isOver = now >= watch.endsAt;
  if (outcome.ok) {
    const { report } = outcome;
    if (report.status.final) return end({ kind: 'final', report });
    if (isOver) return end({ kind: 'over', report });
    return again({ nextAt: now + interval(plan, attempts), attempts: attempts + 1, failures: 0 }, watch, now);
  }
  const { failure } = outcome;
  const givenUp = end({ kind: 'givenUp', failure });
  switch (failure.reason) {
    case 'input':
    case 'parameters':
    case 'noAccount':
      return givenUp;
    case 'notFound': {
      if (isOver || now - watch.startedAt >= watchLimits.patienceMs) return givenUp;
      const nextAt = now + interval(plan, attempts);
      return again({ nextAt, attempts: attempts + 1, failures: 0, failure }, watch, now);
    }
    case 'credentials':
    case 'blocked': {
      if (now >= watch.endsAt + watchLimits.heldMs) return givenUp;
      const { retryAfter } = failure;
      const waitMs = retryAfter === undefined ? watchLimits.lookAtHeldMs : retryAfter * secondMs;
      return { kind: 'hold', failure, progress: { ...watch.progress, nextAt: now + waitMs, failure } };
    }
    case 'tooMany': {
      const restMs = Math.max(watchLimits.restMs, (failure.retryAfter ?? 0) * secondMs);
      const nextAt = now + Math.max(restMs, interval(plan, attempts));
      return { kind: 'again', progress: { ...watch.progress, nextAt, failure } };
    }
    case 'cancelled':
      return again({ ...watch.progress, nextAt: now + interval(plan, attempts) }, watch, now);
    case 'timeout':
    case 'network':
    case 'protocol': {
      const failures = watch.progress.failures + 1;
      if (isOver && failures >= watchLimits.lastTries) return givenUp;
      const nextAt = now + Math.max(interval(plan, attempts - 1), backOff(failures));
      return again({ nextAt, attempts, failures, failure }, watch, now);
    }
  }
}

/** Whether asking again would bring nothing else: of "not found" only once patience is over. */
export function givesUpOn({ reason }: Failure): boolean {
  return reason === 'notFound' || reason === 'input' || reason === 'parameters' || reason === 'noAccount';
}

/** How long the check after so many answered ones is put off, in milliseconds. */
export function interval({ intervalsMs }: WatchPlan, attempts: number): number {
  const last = intervalsMs.length - 1;
  return intervalsMs[Math.max(0, Math.min(attempts, last))] ?? minuteMs;
}

function backOff(failures: number): number {
  return Math.min(watchLimits.longestBackOffMs, watchLimits.firstBackOffMs * 2 ** (failures - 1));
}

function end(ending: Ending): Step {
  return { kind: 'end', ending };
}

/** The last check comes when the message's time is over, not later. */
function again(progress: Progress, { endsAt }: Watch, now: number): Step {
  const nextAt = now < endsAt ? Math.min(progress.nextAt, endsAt) : progress.nextAt;
  return { kind: 'again', progress: { ...progress, nextAt } };
}
