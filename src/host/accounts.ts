import { randomUUID } from 'node:crypto';
import { EventEmitter, l10n, type Event, type Memento } from 'vscode';
import type { Account, Accounts, SecretPlace } from '../history/types.ts';
import { defaultEndpoint, type Credentials } from '../smsc/account.ts';
import { SmscError } from '../smsc/errors.ts';
import type { Secrets } from './secrets.ts';

/** The id of the account that answers without a network. Its password is public. */
export const demoAccountId = 'demo';
const demoAccount = {
  id: demoAccountId,
  login: 'alex',
  endpoint: 'demo',
  secret: 'demo',
} as const;

const activeKey = 'smsc.activeAccount';

export interface NewAccount {
  label: string;
  endpoint: string;
  credentials: Credentials;
  /** Where the secret goes; the keyring unless it failed and the user chose otherwise. */
  place: Extract<SecretPlace, 'keyring' | 'session'>;
}

/** The accounts, each in two halves: the public one in the store, the secret one in the keyring. */
export interface AccountBook {
  dispose(): void;
  readonly onDidChange: Event<void>;
  all(): Account[];
  get(id: string): Account | undefined;
  /** What this window's checks use: chosen for the workspace, else the one used last. */
  active(): Account | undefined;
  use(id: string): Promise<void>;
  /** Adds an account and makes it the active one. Throws `KeyringError` before anything is kept. */
  add(account: NewAccount): Promise<Account>;
  addDemo(): Promise<Account>;
  /** Adds the account that the environment variables describe. */
  addFromEnvironment(label: string): Promise<Account>;
  change(id: string, account: NewAccount): Promise<Account>;
  rename(id: string, label: string): Promise<Account>;
  remove(id: string): Promise<void>;
  /** What to send for an account. Rejects with `credentials` when the secret is not to be had. */
  credentials(account: Account): Promise<Credentials>;
}

export function createAccountBook(
  accounts: Accounts,
  secrets: Secrets,
  workspaceState: Memento,
  now: () => number,
): AccountBook {
  const changed = new EventEmitter<void>();
  const get = (id: string): Account | undefined => accounts.all().find((account) => account.id === id);

  const use = async (id: string): Promise<void> => {
    const account = get(id);
    if (account === undefined) throw new SmscError('noAccount');
    await workspaceState.update(activeKey, id);
    await accounts.save({ ...account, usedAt: now() });
    changed.fire();
  };

  const keep = async (account: Account): Promise<Account> => {
    await accounts.save(account);
    await use(account.id);
    return account;
  };

  const hide = async (id: string, { endpoint, credentials, place }: NewAccount): Promise<void> => {
    if (place === 'session') {
      secrets.keepForSession(id, { endpoint, credentials });
    } else {
      await secrets.store(id, { endpoint, credentials });
    }
  };

  return {
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
    all: () => accounts.all(),
    get,
    active: () => {
      const chosen: unknown = workspaceState.get(activeKey);
      const all = accounts.all();
      return (
        all.find(({ id }) => id === chosen) ??
        all.reduce<Account | undefined>(
          (last, one) => (last && last.usedAt >= one.usedAt ? last : one),
          undefined,
        )
      );
    },
    use,
    add: async (account) => {
      const id = randomUUID();
      await hide(id, account);
      return keep({ id, ...publicHalf(account), createdAt: now(), usedAt: now() });
    },
    addDemo: () =>
      keep({
        ...demoAccount,
        label: l10n.t('Demo'),
        createdAt: get(demoAccountId)?.createdAt ?? now(),
        usedAt: now(),
      }),
    addFromEnvironment: (label) => {
      const credentials = environmentCredentials(process.env);
      if (credentials === undefined) throw new SmscError('credentials', { detail: 'secret' });
      return keep({
        id: randomUUID(),
        label,
        endpoint: defaultEndpoint,
        secret: 'environment',
        createdAt: now(),
        usedAt: now(),
        ...(credentials.kind === 'password' && { login: credentials.login }),
      });
    },
    change: async (id, account) => {
      const old = get(id);
      if (old === undefined) throw new SmscError('noAccount');
      await hide(id, account);
      const { createdAt, usedAt } = old;
      const next = { id, ...publicHalf(account), createdAt, usedAt };
      await accounts.save(next);
      changed.fire();
      return next;
    },
    rename: async (id, label) => {
      const old = get(id);
      if (old === undefined) throw new SmscError('noAccount');
      const next = { ...old, label };
      await accounts.save(next);
      changed.fire();
      return next;
    },
    remove: async (id) => {
      await accounts.remove(id);
      changed.fire();
      await secrets.remove(id);
    },
    credentials: async (account) => {
      if (account.secret === 'environment') {
        const credentials = environmentCredentials(process.env);
        if (credentials !== undefined && account.endpoint === defaultEndpoint) return credentials;
        throw new SmscError('credentials', { detail: 'secret' });
      }
      const secret = await secrets.read(account.id).catch(() => undefined);
      // A row of the public half that was tampered with does not get the password.
      if (secret?.endpoint === account.endpoint) return secret.credentials;
      throw new SmscError('credentials', { detail: 'secret' });
    },
  };
}

/** The credentials that the environment holds: `SMSC_LOGIN` with `SMSC_PASSWORD`, or `SMSC_API_KEY`. */
export function environmentCredentials(env: NodeJS.ProcessEnv): Credentials | undefined {
  const { SMSC_LOGIN: login, SMSC_PASSWORD: password, SMSC_API_KEY: apiKey } = env;
  if (login && password) return { kind: 'password', login, password };
  return apiKey ? { kind: 'key', apiKey } : undefined;
}

function publicHalf({
  label,
  endpoint,
  credentials,
  place,
}: NewAccount): Pick<Account, 'label' | 'endpoint' | 'secret' | 'login'> {
  return {
    label,
    endpoint,
    secret: place,
    ...(credentials.kind === 'password' && { login: credentials.login }),
  };
}
