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
 * Checks messages of one account one after the other, as fast as the limits allow. What was settled before the signal
 * aborts or the run stops stays settled; the rest was not tried, or was cancelled. Never rejects.
 */
export async function runBatch<M extends Message>(
  messages: readonly M[],
  { tracker, now, onSettled }: BatchParts<M>,
  signal: AbortSignal,
): Promise<BatchEnd> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const pending = new Set<M>();
  let next = 0;
  let inARow = 0;
  let failure: Failure | undefined;

  const settle = (settled: Settled<M>): void => {
    onSettled(settled);
    const failed = settled.kind === 'failed' ? settled.failure : undefined;
    inARow = failed !== undefined && ofConnection.includes(failed.reason) ? inARow + 1 : 0;
    if (failed === undefined || failure !== undefined) return;
    if (!fatal.includes(failed.reason) && inARow < mostInARow) return;
    failure = failed;
    stop.abort();
  };

  return new Promise((resolve) => {
    const check = async (message: M): Promise<void> => {
      pending.add(message);
      try {
        const report = await tracker.check(message, { origin: 'batch', detail: 2 }, either);
        settle({ message, kind: 'report', report });
      } catch (error) {
        const found = failureOf(error);
        if (found.reason === 'notFound') settle({ message, kind: 'notFound' });
        else if (found.reason !== 'cancelled') settle({ message, kind: 'failed', failure: found });
      } finally {
        pending.delete(message);
      }
    };

    const fill = (): void => {
      const held = [...pending].filter((message) => isHeld(tracker.state(message), now())).length;
      while (!either.aborted && pending.size - held < ready && pending.size < mostPending) {
        const message = messages[next];
        if (message === undefined) break;
        next++;
        void check(message).then(fill);
      }
      if (pending.size > 0 || (next < messages.length && !either.aborted)) return;
      stopListening();
      resolve(endOf(signal, failure));
    };

    const stopListening = tracker.onDidChangeState((message) => {
      if (pending.size >= ready && isHeld(tracker.state(message), now())) fill();
    });
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
