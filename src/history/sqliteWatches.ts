import type { Failure } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import type { Change, Origin } from './types.ts';
import { changeOf, isHold, type Progress, type Watch, type Watches } from './watches.ts';

interface WatchRow {
  account: string;
  phone: string;
  id: string;
  origin: Origin;
  started_at: number;
  ends_at: number;
  next_at: number;
  attempts: number;
  failures: number;
  failure: string | null;
  lease: string | null;
}

const ofMessage = 'account = ? AND phone = ? AND id = ?';

/** The watches as rows that all windows share. `window` names this one. */
export function createSqliteWatches(db: Database, changes: Changes, window: string): Watches {
  const all = db.prepare('SELECT * FROM watches ORDER BY next_at, account, phone, id');
  const find = db.prepare(`SELECT * FROM watches WHERE ${ofMessage}`);
  const count = db.prepare('SELECT count(*) AS count FROM watches');
  const due = db.prepare('SELECT account, min(next_at) AS next_at FROM watches GROUP BY account');
  const insert = db.prepare(
    `INSERT OR IGNORE INTO watches (account, phone, id, origin, started_at, ends_at, next_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const claim = db.prepare(
    `UPDATE watches SET next_at = ?, lease = ?
     WHERE (account, phone, id) IN (
       SELECT account, phone, id FROM watches WHERE account = ? AND next_at <= ? ORDER BY next_at LIMIT 1)
     RETURNING *`,
  );
  const renew = db.prepare(`UPDATE watches SET next_at = ? WHERE ${ofMessage} AND lease = ?`);
  const settle = db.prepare(
    `UPDATE watches SET next_at = ?, attempts = ?, failures = ?, failure = ?, lease = NULL
     WHERE ${ofMessage} AND lease = ?`,
  );
  const end = db.prepare(`DELETE FROM watches WHERE ${ofMessage} AND lease IS ?`);
  const stop = db.prepare(`DELETE FROM watches WHERE ${ofMessage}`);
  const hold = db.prepare(
    'UPDATE watches SET next_at = ?, failure = ? WHERE account = ? AND lease IS NULL AND next_at < ?',
  );
  const free = db.prepare('SELECT * FROM watches WHERE account = ? AND lease IS NULL');
  const wake = db.prepare(`UPDATE watches SET next_at = ? WHERE ${ofMessage}`);

  let claims = 0;
  const values = ({ account, phone, id }: Message) => [account, phone, id] as const;
  const rowsOf = (rows: unknown[]): Watch[] => (rows as WatchRow[]).map(watchOf);
  const write = <T>(change: Change, work: () => T): Promise<T> => changes.write('history', change, work);

  return {
    all: () => rowsOf(all.all()),
    find(message) {
      const row = find.get(...values(message));
      return row && watchOf(row as unknown as WatchRow);
    },
    count: () => Number(count.get()?.count),
    due: () =>
      new Map(
        (due.all() as unknown as Pick<WatchRow, 'account' | 'next_at'>[]).map((row) => [
          row.account,
          row.next_at,
        ]),
      ),
    start: (watches) =>
      write(changeOf(watches.map(({ message }) => message)), () =>
        watches.reduce((started, { message, origin, startedAt, endsAt, nextAt }) => {
          const inserted = insert.run(...values(message), origin, startedAt, endsAt, nextAt);
          return started + Number(inserted.changes);
        }, 0),
      ),
    // Taking and keeping a check changes nothing that others show, so nobody is told.
    claim: (account, now, leaseUntil) =>
      db.write(() => {
        const lease = `${window}/${++claims}`;
        const row = claim.get(leaseUntil, lease, account, now);
        return row && { ...watchOf(row as unknown as WatchRow), lease };
      }),
    renew: ({ message, lease }, leaseUntil) =>
      db.write(() => renew.run(leaseUntil, ...values(message), lease).changes > 0),
    settle: ({ message, lease }, { nextAt, attempts, failures, failure }) =>
      write({ kind: 'message', message }, () => {
        const text = failure === undefined ? null : JSON.stringify(failure);
        return settle.run(nextAt, attempts, failures, text, ...values(message), lease).changes > 0;
      }),
    end: ({ message, lease }) =>
      write({ kind: 'message', message }, () => end.run(...values(message), lease ?? null).changes > 0),
    async stop(messages) {
      await write(changeOf(messages), () => {
        for (const message of messages) stop.run(...values(message));
      });
    },
    async hold(account, until, failure) {
      await write({ kind: 'everything' }, () => hold.run(until, JSON.stringify(failure), account, until));
    },
    async resume(account, now) {
      await write({ kind: 'everything' }, () => {
        for (const watch of rowsOf(free.all(account))) {
          if (isHold(watch.progress.failure)) wake.run(now, ...values(watch.message));
        }
      });
    },
  };
}

function watchOf(row: WatchRow): Watch {
  const progress: Progress = {
    nextAt: row.next_at,
    attempts: row.attempts,
    failures: row.failures,
    ...(row.failure !== null && { failure: JSON.parse(row.failure) as Failure }),
  };
  return {
    message: { account: row.account, phone: row.phone, id: row.id },
    origin: row.origin,
    startedAt: row.started_at,
    endsAt: row.ends_at,
    progress,
    ...(row.lease !== null && { lease: row.lease }),
  };
}
