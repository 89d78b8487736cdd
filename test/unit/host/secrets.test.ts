import assert from 'node:assert/strict';
import { createSecrets, KeyringError, type Secret } from '../../../src/host/secrets.ts';

type Storage = Parameters<typeof createSecrets>[0];

const secret: Secret = {
  endpoint: 'https://smsc.ru/sys/soap.php',
  credentials: { kind: 'password', login: 'ann', password: 'marked-password' },
};

/** A keyring in memory. What a test does not expect throws. */
function keyring(changes: Partial<Storage> = {}): { storage: Storage; kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const storage: Storage = {
    get: (key) => Promise.resolve(kept.get(key)),
    store: (key, value) => Promise.resolve(void kept.set(key, value)),
    delete: (key) => Promise.resolve(void kept.delete(key)),
    get onDidChange(): never {
      throw new Error('not expected');
    },
    ...changes,
  };
  return { storage, kept };
}

const isKeyringError = (step: KeyringError['step']) => (error: unknown) =>
  error instanceof KeyringError && error.step === step && !String(error).includes('marked');

describe('secrets', () => {
  it('come back as stored, also in a later session', async () => {
    const { storage, kept } = keyring();
    await createSecrets(storage).store('one', secret);
    assert.deepEqual(await createSecrets(storage).read('one'), secret);
    assert.deepEqual([...kept.keys()], ['smsc.account.one']);
  });

  it('are removed', async () => {
    const { storage, kept } = keyring();
    const secrets = createSecrets(storage);
    await secrets.store('one', secret);
    await secrets.remove('one');
    assert.equal(await secrets.read('one'), undefined);
    assert.equal(kept.size, 0);
  });

  it('say so when the keyring refuses', async () => {
    const { storage } = keyring({ store: () => Promise.reject(new Error('marked-password did not fit')) });
    await assert.rejects(createSecrets(storage).store('one', secret), isKeyringError('store'));
  });

  it('say so when the keyring accepts and forgets', async () => {
    const { storage } = keyring({ store: () => Promise.resolve() });
    await assert.rejects(createSecrets(storage).store('one', secret), isKeyringError('readBack'));
  });

  it('say so when the keyring cannot be read', async () => {
    const { storage } = keyring({ get: () => Promise.reject(new Error('locked')) });
    await assert.rejects(createSecrets(storage).read('one'), isKeyringError('read'));
  });

  it('last for the session when the user wants it so', async () => {
    const { storage, kept } = keyring();
    const secrets = createSecrets(storage);
    secrets.keepForSession('one', secret);
    assert.deepEqual(await secrets.read('one'), secret);
    assert.equal(kept.size, 0);
    assert.equal(await createSecrets(storage).read('one'), undefined);
  });

  for (const text of [
    '',
    'null',
    '[]',
    '{"endpoint":"x"}',
    '{"endpoint":1,"credentials":{"kind":"key","apiKey":"k"}}',
  ]) {
    it(`are not made of ${JSON.stringify(text)}`, async () => {
      const { storage, kept } = keyring();
      kept.set('smsc.account.one', text);
      assert.equal(await createSecrets(storage).read('one'), undefined);
    });
  }
});
