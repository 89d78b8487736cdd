import type { SecretStorage } from 'vscode';
import type { Credentials } from '../smsc/account.ts';

/** What stands in the keyring for one account. The endpoint stands there too: nobody who edits another file can
 * send the password elsewhere. */
export interface Secret {
  endpoint: string;
  credentials: Credentials;
}

/** The keyring did not keep the secret, or could not be asked. Carries no text of the keyring's own. */
export class KeyringError extends Error {
  readonly step: 'store' | 'readBack' | 'read';

  constructor(step: 'store' | 'readBack' | 'read') {
    super(`keyring: ${step}`);
    this.name = 'KeyringError';
    this.step = step;
  }
}

export interface Secrets {
  read(account: string): Promise<Secret | undefined>;
  /** Stores and reads back, since some keyrings accept what they do not keep. Throws `KeyringError`. */
  store(account: string, secret: Secret): Promise<void>;
  /** Keeps the secret in memory, until this window closes. */
  keepForSession(account: string, secret: Secret): void;
  remove(account: string): Promise<void>;
}

/** The only place that touches SecretStorage. */
export function createSecrets(storage: SecretStorage): Secrets {
  const session = new Map<string, Secret>();
  const keyOf = (account: string): string => `smsc.account.${account}`;

  const fromKeyring = async (account: string): Promise<Secret | undefined> => {
    try {
      const text = await storage.get(keyOf(account));
      return text === undefined ? undefined : parse(text);
    } catch {
      throw new KeyringError('read');
    }
  };

  return {
    read: async (account) => session.get(account) ?? (await fromKeyring(account)),
    store: async (account, secret) => {
      const text = JSON.stringify(secret);
      try {
        await storage.store(keyOf(account), text);
      } catch {
        throw new KeyringError('store');
      }
      const kept = await fromKeyring(account);
      if (kept === undefined || JSON.stringify(kept) !== text) throw new KeyringError('readBack');
      session.delete(account);
    },
    keepForSession: (account, secret) => void session.set(account, secret),
    remove: async (account) => {
      session.delete(account);
      try {
        await storage.delete(keyOf(account));
      } catch {
        throw new KeyringError('store');
      }
    },
  };
}

function parse(text: string): Secret | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { endpoint, credentials } = value as Record<string, unknown>;
  if (typeof endpoint !== 'string' || typeof credentials !== 'object' || credentials === null)
    return undefined;
  const { kind, login, password, apiKey } = credentials as Record<string, unknown>;
  if (kind === 'password' && typeof login === 'string' && typeof password === 'string') {
    return { endpoint, credentials: { kind, login, password } };
  }
  if (kind === 'key' && typeof apiKey === 'string') return { endpoint, credentials: { kind, apiKey } };
  return undefined;
}
