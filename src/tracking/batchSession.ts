import { setImmediate as breathe } from 'node:timers/promises';
import type { Batch, Batches } from '../history/batches.ts';
import type { Change, History } from '../history/types.ts';
import { messageKey, type Message } from '../smsc/message.ts';
import { runBatch, type BatchEnd, type Settled } from './batch.ts';
import type { MessageStanding } from '../history/standing.ts';
import { rowAfter, rowOf, uncheckedRow, type BatchRow } from './batchRows.ts';
import { createPace, type Pace } from './pace.ts';
import type { Tracker } from './types.ts';

export interface BatchSessionParts {
  history: Pick<History, 'summary'>;
  batches: Pick<Batches, 'save' | 'latest'>;
  tracker: Pick<Tracker, 'check' | 'state' | 'onDidChangeState'>;
  /** Told of every change of the history; returns the function that stops it. */
  onDidChange: (listener: (change: Change) => void) => () => void;
  /** Unix milliseconds. */
  now: () => number;
}

/** What is going on: `total` messages were wanted, `done` are settled. */
export interface Run {
  total: number;
  done: number;
  pace: Pace;
}

/** One batch as a panel shows it: its rows, kept up with the history, and the runs over them. */
export interface BatchSession {
  readonly batch: Batch;
  readonly rows: readonly BatchRow[];
  readonly counts: Readonly<Record<MessageStanding, number>>;
  /** The run under way. */
  readonly run: Run | undefined;
  /** How the last run ended. */
  readonly end: BatchEnd | undefined;
  /** Whether it was ever started, so that it can be taken up again. */
  readonly started: boolean;
  /** Checks the messages that are in one of these states, unless a run is under way. Resolves when it has ended. */
  start(states: readonly MessageStanding[]): Promise<void>;
  cancel(): void;
  /** The rows that changed since this was last called. */
  takeChanged(): BatchRow[];
  dispose(): void;
}

/**
 * Told of changes of a session: `gone` when its batch was removed together with the history, `shrunk` when a message
 * of it was forgotten, so that the batch in the store is another one now.
 */
export type SessionChange = 'changed' | 'gone' | 'shrunk';

/** So many rows are read from the history before others get a turn. */
const rowsAtOnce = 250;
/** When others write to the history, all rows are read anew, but not more often than this. Milliseconds. */
const rereadMs = 2000;

/** @param started whether the batch was taken from the store, where its rows may know something already */
export function openBatch(
  batch: Batch,
  started: boolean,
  parts: BatchSessionParts,
  tell: (change: SessionChange) => void,
): BatchSession {
  const { history, batches, tracker, now } = parts;
  const rows = batch.messages.map((name, index) => uncheckedRow({ account: batch.account, ...name }, index));
  const indexes = new Map(rows.map(({ message, index }) => [messageKey(message), index]));
  const counts: Record<MessageStanding, number> = {
    ...{ delivered: 0, pending: 0, failed: 0, unknown: 0, notFound: 0, problem: 0, unchecked: rows.length },
  };
  const changed = new Set<number>();
  let run: Run | undefined;
  let end: BatchEnd | undefined;
  let stop = new AbortController();
  let disposed = false;
  let isStarted = started;

  function put(row: BatchRow): void {
    const before = rows[row.index];
    if (before === undefined) return;
    counts[before.state]--;
    counts[row.state]++;
    rows[row.index] = row;
    changed.add(row.index);
  }

  function read({ message, index }: BatchRow): void {
    const row = rowOf(message, index, history.summary(message), batch.createdAt);
    const before = rows[index];
    if (before?.state !== row.state || before.checkedAt !== row.checkedAt) put(row);
  }

  async function readAll(): Promise<void> {
    for (let from = 0; from < rows.length && !disposed; from += rowsAtOnce) {
      for (const row of rows.slice(from, from + rowsAtOnce)) read(row);
      tell('changed');
      await breathe();
    }
  }

  /** What cannot be read now, such as while the store closes, is read with the next change. */
  const readAllSoon = (): void =>
    void breathe()
      .then(readAll)
      .catch(() => undefined);

  /** Whether the store still has the batch as it is here. Tells if not. */
  function isWhole(): boolean {
    const kept = batches.latest().find(({ id }) => id === batch.id);
    if (kept?.count === rows.length) return true;
    tell(kept === undefined ? 'gone' : 'shrunk');
    return false;
  }

  let rereading: NodeJS.Timeout | undefined;
  const stopListening = parts.onDidChange((change) => {
    if (!isStarted) return;
    if (change.kind === 'message') {
      const row = rows[indexes.get(messageKey(change.message)) ?? -1];
      if (row === undefined) return;
      if (history.summary(row.message) === undefined && !isWhole()) return;
      read(row);
      tell('changed');
    } else if (change.kind === 'everything') {
      rereading ??= setTimeout(() => {
        rereading = undefined;
        if (isWhole()) readAllSoon();
      }, rereadMs);
    }
  });
  if (started) readAllSoon();

  function settle(settled: Settled<Message>): void {
    const row = rows[indexes.get(messageKey(settled.message)) ?? -1];
    if (row === undefined || run === undefined) return;
    // What was not sent at all leaves the message unchecked: it is tried again when the batch is taken up.
    const isHeld = settled.kind === 'failed' && settled.failure.detail === 'held';
    if (!isHeld) {
      put(rowAfter(row, settled, now()));
      run.done++;
      run.pace.step();
    }
    tell('changed');
  }

  return {
    batch,
    rows,
    counts,
    get run() {
      return run;
    },
    get end() {
      return end;
    },
    get started() {
      return isStarted;
    },
    async start(states) {
      if (run !== undefined || disposed) return;
      const wanted = rows.filter(({ state }) => states.includes(state)).map(({ message }) => message);
      stop = new AbortController();
      run = { total: wanted.length, done: 0, pace: createPace(now) };
      end = undefined;
      tell('changed');
      if (!isStarted) {
        isStarted = true;
        // What cannot be kept can still be checked; only taking it up again is lost.
        await batches.save(batch).catch(() => undefined);
      }
      end = await runBatch(wanted, { tracker, now, onSettled: settle }, stop.signal);
      run = undefined;
      tell('changed');
    },
    cancel: () => stop.abort(),
    takeChanged() {
      const taken = [...changed].map((index) => rows[index]).filter((row) => row !== undefined);
      changed.clear();
      return taken;
    },
    dispose() {
      disposed = true;
      stop.abort();
      clearTimeout(rereading);
      stopListening();
    },
  };
}
