import type { Account } from '../history/types.ts';
import { SmscError, failureOf } from '../smsc/errors.ts';
import type { Credentials } from '../smsc/account.ts';
import type { SmscClient } from '../smsc/service.ts';
import type { AccountClient } from '../tracking/types.ts';
import { demoAccountId, type AccountBook } from './accounts.ts';
import type { Log } from './log.ts';
import { timeoutMs } from './settings.ts';

/** The demo listens on another port in each window; to the limiter and the log it is one host. */
export const demoHost = 'demo';

export interface Clients {
  of(account: string): Promise<AccountClient>;
  /** Secrets changed, here or in another window: the next call makes a new client. */
  forget(): void;
  dispose(): Promise<void>;
}

/** The clients of the accounts, made at their first use. The SOAP library and the simulator load here, not before. */
export function createClients(book: AccountBook, log: Log): Clients {
  const clients = new Map<string, { from: string; client: Promise<AccountClient> }>();
  let demo: Promise<{ url: string; login: string; password: string; close(): Promise<void> }> | undefined;

  const connect = async (credentials: Credentials, endpoint: string, host: string): Promise<SmscClient> => {
    log.hide(credentials.kind === 'password' ? credentials.password : credentials.apiKey);
    const { createClient } = await import('../smsc/client.ts');
    return logged(createClient({ endpoint, credentials, timeoutMs }), host, log);
  };

  const make = async (account: Account): Promise<AccountClient> => {
    if (account.id === demoAccountId) {
      demo ??= import('../simulator/demo.ts').then(({ startDemo }) => startDemo());
      const { url, login, password } = await demo;
      const client = await connect({ kind: 'password', login, password }, url, demoHost);
      return { client, host: demoHost, login };
    }
    const credentials = await book.credentials(account);
    const { host } = new URL(account.endpoint);
    // A key is a secret: the ledger knows its account by our own id.
    const login = credentials.kind === 'password' ? credentials.login : `key:${account.id}`;
    return { client: await connect(credentials, account.endpoint, host), host, login };
  };

  return {
    of: (id) => {
      const account = book.get(id);
      if (account === undefined) return Promise.reject(new SmscError('noAccount'));
      const made = JSON.stringify([account.endpoint, account.login, account.secret]);
      const known = clients.get(id);
      if (known?.from === made) return known.client;
      const client = make(account);
      clients.set(id, { from: made, client });
      // A failure is not kept: the keyring may answer the next time.
      client.catch(() => clients.delete(id));
      return client;
    },
    forget: () => clients.clear(),
    dispose: async () => {
      clients.clear();
      await demo?.then((simulator) => simulator.close()).catch(() => undefined);
    },
  };
}

/** The same client; each request leaves one line in the log: method, host, duration, result. */
function logged(client: SmscClient, host: string, log: Log): SmscClient {
  const timed = async <T>(
    method: string,
    request: () => Promise<T>,
    result: (value: T) => string,
  ): Promise<T> => {
    const started = performance.now();
    const line = (outcome: string): string =>
      `${method} ${host} ${Math.round(performance.now() - started)} ms: ${outcome}`;
    try {
      const value = await request();
      log.info(line(result(value)));
      return value;
    } catch (error) {
      const { reason, code, detail } = failureOf(error);
      log.warn(
        line([reason, detail, code === undefined ? undefined : `error ${code}`].filter(Boolean).join(', ')),
      );
      throw error;
    }
  };
  return {
    getStatus: (request, options) =>
      timed(
        request.query === undefined ? 'get_status' : 'get_status2',
        () => client.getStatus(request, options),
        ({ status, deliveryError }) =>
          `status ${status.code}${deliveryError === undefined ? '' : `, err ${deliveryError.code}`}`,
      ),
    getBalance: (options) =>
      timed(
        'get_balance',
        () => client.getBalance(options),
        () => 'ok',
      ),
    compareContract: (signal) =>
      timed(
        'wsdl',
        () => client.compareContract(signal),
        (found) => `${found.length} differences`,
      ),
  };
}
