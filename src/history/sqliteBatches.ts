import type { MessageName } from '../smsc/message.ts';
import { type Batch, type Batches, keptBatches } from './batches.ts';
import type { Database } from './database.ts';

interface BatchRow {
  id: string;
  account: string;
  source: string;
  created_at: number;
  messages: string;
}

/** The batches as rows of the database. */
export function createSqliteBatches(db: Database): Batches {
  const insert = db.prepare('INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?, ?, ?)');
  const dropOld = db.prepare(
    'DELETE FROM batches WHERE id NOT IN (SELECT id FROM batches ORDER BY created_at DESC LIMIT ?)',
  );
  const select = db.prepare('SELECT id, account, source, created_at, messages FROM batches WHERE id = ?');
  const list = db.prepare(
    'SELECT id, account, source, created_at, count FROM batches ORDER BY created_at DESC, id',
  );
  return {
    async save({ id, account, source, createdAt, messages }) {
      // A list of pairs is half as long as one of objects.
      const pairs = JSON.stringify(messages.map(({ phone, id: name }) => [phone, name]));
      await db.write(() => {
        insert.run(id, account, source, createdAt, messages.length, pairs);
        dropOld.run(keptBatches);
      });
    },
    load(id) {
      const row = select.get(id) as unknown as BatchRow | undefined;
      return row && batchOf(row);
    },
    latest: () =>
      (list.all() as unknown as (Omit<BatchRow, 'messages'> & { count: number })[]).map(
        ({ id, account, source, created_at, count }) => ({
          id,
          account,
          source,
          createdAt: created_at,
          count,
        }),
      ),
  };
}

function batchOf({ id, account, source, created_at, messages }: BatchRow): Batch {
  const pairs = JSON.parse(messages) as [phone: string, id: string][];
  const names = pairs.map(([phone, name]): MessageName => ({ phone, id: name }));
  return { id, account, source, createdAt: created_at, messages: names };
}
