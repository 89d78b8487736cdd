import { setImmediate as breathe } from 'node:timers/promises';
import type { Message } from '../smsc/message.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { readOutcome } from './outcome.ts';
import { createMessageRows } from './sqliteRows.ts';
import type { History } from './types.ts';

/** How many checks go at once when many are removed, so that a step takes a few milliseconds. */
const stepRows = 100;

/** A check to be removed, and its message. */
interface CheckKeys {
  key: number;
  message: number;
}

type Removal = Pick<History, 'forget' | 'clear' | 'prune'>;

/** The half of the history that removes. */
export function createRemoval(db: Database, changes: Changes): Removal {
  const messages = createMessageRows(db);
  const deleteCheck = db.prepare('DELETE FROM checks WHERE key = ?');
  const deleteMessage = db.prepare('DELETE FROM messages WHERE key = ?');
  const deleteExchange = db.prepare('DELETE FROM exchanges WHERE message = ?');
  const forgetLabels = db.prepare(
    `DELETE FROM accounts
     WHERE removed AND NOT EXISTS (SELECT 1 FROM messages WHERE messages.account = accounts.id)`,
  );
  const remaining = db.prepare(
    `SELECT count(*) AS checks, min(started_at + duration) AS first_at, max(key) AS last,
            max(CASE WHEN ok THEN key END) AS last_report
     FROM checks WHERE message = ?`,
  );
  const checkByKey = db.prepare('SELECT started_at + duration AS at, outcome FROM checks WHERE key = ?');
  const setRemaining = db.prepare(
    'UPDATE messages SET checks = ?, first_at = ?, last = ?, last_at = ? WHERE key = ?',
  );
  const stopWatch = db.prepare('DELETE FROM watches WHERE account = ? AND phone = ? AND id = ?');
  const stopWatches = db.prepare('DELETE FROM watches WHERE account = ?');
  const batchesWith = db.prepare(
    'SELECT id, messages FROM batches WHERE account = ? AND instr(messages, ?) > 0',
  );
  const setBatch = db.prepare('UPDATE batches SET messages = ?, count = ? WHERE id = ?');
  const deleteBatch = db.prepare('DELETE FROM batches WHERE id = ?');
  const forgetRequests = db.prepare('DELETE FROM requests WHERE keep_until <= ?');
  const nameOf = db.prepare('SELECT account, phone, id FROM messages WHERE key = ?');

  /** Takes a message out of the lists that hold it. One that held nothing else goes. */
  function leaveBatches({ account, phone, id }: Message): void {
    const pair = JSON.stringify([phone, id]);
    for (const row of batchesWith.all(account, pair) as unknown as { id: string; messages: string }[]) {
      const pairs = JSON.parse(row.messages) as [phone: string, id: string][];
      const left = pairs.filter(([itsPhone, itsId]) => itsPhone !== phone || itsId !== id);
      if (left.length > 0) setBatch.run(JSON.stringify(left), left.length, row.id);
      else deleteBatch.run(row.id);
    }
  }

  function drop(message: number): void {
    deleteMessage.run(message);
    deleteExchange.run(message);
  }

  /** Makes a message's row say again what its remaining checks say. */
  function mend(message: number): void {
    const left = remaining.get(message) as Record<'checks' | 'first_at' | 'last', number> & {
      last_report: number | null;
    };
    if (left.checks === 0) {
      drop(message);
      return;
    }
    const lastAt = Number(checkByKey.get(left.last)?.at);
    setRemaining.run(left.checks, left.first_at, left.last, lastAt, message);
    if (left.last_report === null) {
      messages.setReport(message, null, undefined);
      return;
    }
    const name = nameOf.get(message) as unknown as Message;
    const outcome = readOutcome(String(checkByKey.get(left.last_report)?.outcome), name);
    messages.setReport(message, left.last_report, outcome.ok ? outcome.report : undefined);
  }

  function removeStep(rows: CheckKeys[]): number {
    for (const row of rows) deleteCheck.run(row.key);
    for (const message of new Set(rows.map((row) => row.message))) mend(message);
    forgetLabels.run();
    return rows.length;
  }

  /** Removes the checks that `select` names, again and again until it names none. */
  async function removeInSteps(select: () => CheckKeys[]): Promise<number> {
    let removed = 0;
    try {
      while (select().length > 0) {
        removed += await changes.write('history', undefined, () => removeStep(select()));
        await breathe();
      }
    } finally {
      if (removed > 0) changes.tell({ kind: 'everything' });
    }
    return removed;
  }

  const ofAccount = db.prepare(
    `SELECT checks.key, checks.message FROM messages JOIN checks ON checks.message = messages.key
     WHERE messages.account = ? LIMIT ${stepRows}`,
  );
  const olderThan = db.prepare(
    `SELECT key, message FROM checks WHERE started_at < ? ORDER BY started_at LIMIT ${stepRows}`,
  );
  const lastKept = db.prepare(
    `SELECT last_at, account, phone, id FROM messages
     ORDER BY last_at DESC, account DESC, phone DESC, id DESC LIMIT 1 OFFSET ?`,
  );
  const beyond = db.prepare(
    `SELECT checks.key, checks.message FROM messages JOIN checks ON checks.message = messages.key
     WHERE (messages.last_at, messages.account, messages.phone, messages.id) < (?, ?, ?, ?) LIMIT ${stepRows}`,
  );

  return {
    async forget(message) {
      await changes.write('history', { kind: 'message', message }, () => {
        stopWatch.run(message.account, message.phone, message.id);
        leaveBatches(message);
        const key = messages.keyOf(message);
        if (key === undefined) return;
        db.prepare('DELETE FROM checks WHERE message = ?').run(key);
        drop(key);
        forgetLabels.run();
      });
      // What the user wants forgotten should not be found in the file either.
      await db.compact();
    },
    async clear(account) {
      if (account !== undefined) {
        await changes.write('history', { kind: 'everything' }, () => stopWatches.run(account));
        await db.write(() => db.prepare('DELETE FROM batches WHERE account = ?').run(account));
        await removeInSteps(() => ofAccount.all(account) as unknown as CheckKeys[]);
        await db.compact();
        return;
      }
      await changes.write('history', { kind: 'everything' }, () => {
        for (const table of ['checks', 'messages', 'exchanges', 'watches', 'batches']) {
          db.prepare(`DELETE FROM ${table}`).run();
        }
        forgetLabels.run();
      });
      await db.compact();
    },
    async prune({ days, messages }, now) {
      const cutoff = now - days * 86_400_000;
      await db.write(() => forgetRequests.run(now));
      const aged = days > 0 ? await removeInSteps(() => olderThan.all(cutoff) as unknown as CheckKeys[]) : 0;
      const last = messages > 0 ? lastKept.get(messages - 1) : undefined;
      if (!last) return aged;
      const { last_at, account, phone, id } = last as unknown as Message & { last_at: number };
      const more = await removeInSteps(
        () => beyond.all(last_at, account, phone, id) as unknown as CheckKeys[],
      );
      return aged + more;
    },
  };
}
