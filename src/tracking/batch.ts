import { type Failure, failureOf, type Reason } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Activity, Tracker } from './types.ts';

/** What became of one message of a batch in this run. */
export type Settled<M> =
  | { message: M; kind: 'report'; report: Report }
  | { message: M; kind: 'notFound' }
  | { message: M; kind: 'failed'; failure: Failure };

/** How a run ended. `stopped`: the rest would have failed in the same way, and was not tried. */
export type BatchEnd = { kind: 'finished' } | { kind: 'cancelled' } | { kind: 'stopped'; failure: Failure };

export interface BatchParts<M> {
  tracker: Pick<Tracker, 'check' | 'state' | 'onDidChangeState'>;
  /** Unix milliseconds. */
  now: () => number;
  onSettled: (settled: Settled<M>) => void;
}

/**
 * How many checks are handed to the tracker at once. The limiter lets four through; a few more wait behind them, so
 * that no place stays empty, and not all, so that a check by hand comes soon.
 */
const ready = 8;
/** Checks that wait for their message's minute to pass make room for others, up to so many. */
const mostPending = 500;
/** A longer wait than this is one for a message's minute, not for a place. Milliseconds. */
const longWaitMs = 1000;
/** So many failures of the connection in a row are one of the network, not of the messages. */
const mostInARow = 8;

/** What is wrong with the account or its host, and so with every message that is left. */
const fatal: readonly Reason[] = ['noAccount', 'credentials', 'blocked'];
const ofConnection: readonly Reason[] = ['network', 'timeout'];

/**
 * Checks messages of one account one after the other, as fast as the limits allow. When the signal aborts or the run
 * stops, what waits is not sent any more; what is under way is waited for, since the service counts it in any case.
 * Never rejects.
 */
export async function runBatch<M extends Message>(
  messages: readonly M[],
  { tracker, now, onSettled }: BatchParts<M>,
  signal: AbortSignal,
): Promise<BatchEnd> {
  const pending = new Map<M, AbortController>();
  let next = 0;
  let inARow = 0;
  let failure: Failure | undefined;
  const isOver = (): boolean => signal.aborted || failure !== undefined;

  const settle = (settled: Settled<M>): void => {
    onSettled(settled);
    const failed = settled.kind === 'failed' ? settled.failure : undefined;
    inARow = failed !== undefined && ofConnection.includes(failed.reason) ? inARow + 1 : 0;
    if (failed === undefined || isOver()) return;
    if (!fatal.includes(failed.reason) && inARow < mostInARow) return;
    failure = failed;
    leaveQueue();
  };

  const leaveQueue = (): void => {
    for (const [message, controller] of pending) {
      if (tracker.state(message).kind !== 'checking') controller.abort();
    }
  };

  const check = async (message: M): Promise<void> => {
    const controller = new AbortController();
    pending.set(message, controller);
    try {
      const options = { origin: 'batch', detail: 2 } as const;
      const report = await tracker.check(message, options, controller.signal);
      settle({ message, kind: 'report', report });
    } catch (error) {
      const found = failureOf(error);
      if (found.reason === 'notFound') settle({ message, kind: 'notFound' });
      else if (found.reason !== 'cancelled') settle({ message, kind: 'failed', failure: found });
    } finally {
      pending.delete(message);
    }
  };

  return new Promise((resolve) => {
    const fill = (): void => {
      const held = [...pending.keys()].filter((message) => isHeld(tracker.state(message), now())).length;
      while (!isOver() && pending.size - held < ready && pending.size < mostPending) {
        const message = messages[next];
        if (message === undefined) break;
        next++;
        void check(message).then(fill);
      }
      if (pending.size > 0 || (next < messages.length && !isOver())) return;
      stopListening();
      signal.removeEventListener('abort', leaveQueue);
      resolve(endOf(signal, failure));
    };

    const stopListening = tracker.onDidChangeState((message) => {
      if (pending.size >= ready && isHeld(tracker.state(message), now())) fill();
    });
    signal.addEventListener('abort', leaveQueue, { once: true });
    fill();
  });
}

function isHeld(activity: Activity, now: number): boolean {
  return activity.kind === 'waiting' && activity.until - now > longWaitMs;
}

function endOf(signal: AbortSignal, failure: Failure | undefined): BatchEnd {
  if (failure !== undefined) return { kind: 'stopped', failure };
  return signal.aborted ? { kind: 'cancelled' } : { kind: 'finished' };
}
