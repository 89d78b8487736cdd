import type { Changes } from './changes.ts';
import type { Database, Sqlite } from './database.ts';
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

/** The accounts in a file that is not in use and may be damaged. Throws when they cannot be read. */
export function readAccounts(sqlite: Sqlite, file: string): Account[] {
  const db = new sqlite.DatabaseSync(file, { readOnly: true });
  try {
    const rows: unknown[] = db.prepare('SELECT * FROM accounts WHERE NOT removed').all();
    return rows.filter(isAccountRow).map(accountOf);
  } finally {
    db.close();
  }
}

function isAccountRow(row: unknown): row is AccountRow {
  const { id, label, login, endpoint, secret, created_at, used_at } = row as Record<string, unknown>;
  return (
    [id, label, endpoint].every((text) => typeof text === 'string') &&
    (login === null || typeof login === 'string') &&
    secretPlaces.includes(secret) &&
    [created_at, used_at].every((time) => typeof time === 'number')
  );
}

const secretPlaces: readonly unknown[] = [
  'keyring',
  'session',
  'environment',
  'demo',
] satisfies SecretPlace[];

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
