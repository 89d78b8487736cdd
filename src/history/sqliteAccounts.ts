import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { byLabel } from './outcome.ts';
import type { Account, Accounts, SecretPlace } from './types.ts';

interface AccountRow {
  id: string;
  label: string;
  login: string | null;
  endpoint: string;
  secret: SecretPlace;
  created_at: number;
  used_at: number;
}

/** The public half of the accounts, and the labels of those that are still named in the history. */
export interface SqliteAccounts extends Accounts {
  labels: () => { id: string; label: string }[];
}

export function createSqliteAccounts(db: Database, changes: Changes): SqliteAccounts {
  const all = db.prepare('SELECT * FROM accounts WHERE NOT removed');
  const save = db.prepare('INSERT OR REPLACE INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?, 0)');
  const remove = db.prepare("UPDATE accounts SET removed = 1, login = NULL, endpoint = '' WHERE id = ?");
  const forget = db.prepare(
    'DELETE FROM accounts WHERE id = ? AND NOT EXISTS (SELECT 1 FROM messages WHERE account = accounts.id)',
  );
  const stopWatches = db.prepare('DELETE FROM watches WHERE account = ?');
  const labels = db.prepare('SELECT id, label FROM accounts');
  const label = db.prepare('SELECT label FROM accounts WHERE id = ?');
  return {
    all: () => (all.all() as unknown as AccountRow[]).map(accountOf).sort(byLabel),
    async save({ id, label, login, endpoint, secret, createdAt, usedAt }) {
      await changes.write('accounts', { kind: 'accounts' }, () =>
        save.run(id, label, login ?? null, endpoint, secret, createdAt, usedAt),
      );
    },
    async remove(id) {
      await changes.write('accounts', { kind: 'accounts' }, () => {
        stopWatches.run(id);
        remove.run(id);
        forget.run(id);
      });
    },
    label: (id) => label.get(id)?.label as string | undefined,
    labels: () => labels.all() as { id: string; label: string }[],
  };
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    label: row.label,
    ...(row.login !== null && { login: row.login }),
    endpoint: row.endpoint,
    secret: row.secret,
    createdAt: row.created_at,
    usedAt: row.used_at,
  };
}
