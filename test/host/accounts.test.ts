import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { createAccountBook, type AccountBook, type NewAccount } from '../../src/host/accounts.ts';
import type { Secret, Secrets } from '../../src/host/secrets.ts';
import { createMemoryStore } from '../../src/history/memory.ts';
import type { Accounts } from '../../src/history/types.ts';
import { marked } from '../support/marked.ts';
import { fails } from './service.ts';

const endpoint = 'https://smsc.ru/sys/soap.php';
const elsewhere = 'https://elsewhere.example/sys/soap.php';

function newAccount(label: string): NewAccount {
  const credentials = { kind: 'password', login: 'alex', password: marked.password } as const;
  return { label, endpoint, credentials, place: 'keyring' };
}

function fakeMemento(): Memento {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, other?: unknown) => values.get(key) ?? other,
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}

function fakeSecrets(): Secrets {
  const kept = new Map<string, Secret>();
  return {
    read: (account) => Promise.resolve(kept.get(account)),
    store: (account, secret) => Promise.resolve(void kept.set(account, secret)),
    keepForSession: (account, secret) => void kept.set(account, secret),
    remove: (account) => Promise.resolve(void kept.delete(account)),
  };
}

describe('accounts', () => {
  let accounts: Accounts;
  let book: AccountBook;
  let time: number;

  beforeEach(() => {
    ({ accounts } = createMemoryStore('sqliteMissing'));
    time = 0;
    book = createAccountBook(accounts, fakeSecrets(), fakeMemento(), () => ++time);
  });
  afterEach(() => book.dispose());

  it('give their secret to the endpoint that it was stored with, and to no other', async () => {
    const account = await book.add(newAccount('One'));
    assert.deepEqual(await book.credentials(account), newAccount('One').credentials);
    await assert.rejects(book.credentials({ ...account, endpoint: elsewhere }), fails('credentials'));
  });

  it('give what the environment holds to the default endpoint only', async () => {
    const { SMSC_API_KEY: before } = process.env;
    process.env.SMSC_API_KEY = marked.apiKey;
    try {
      const account = await book.addFromEnvironment('Environment');
      assert.deepEqual(await book.credentials(account), { kind: 'key', apiKey: marked.apiKey });
      await assert.rejects(book.credentials({ ...account, endpoint: elsewhere }), fails('credentials'));
    } finally {
      if (before === undefined) delete process.env.SMSC_API_KEY;
      else process.env.SMSC_API_KEY = before;
    }
  });

  it('become the active one when they are added, also after another was chosen', async () => {
    const first = await book.add(newAccount('First'));
    await book.use(first.id);
    const second = await book.add(newAccount('Second'));
    assert.equal(book.active()?.id, second.id);
    await book.use(first.id);
    assert.equal(book.active()?.id, first.id);
  });
});
