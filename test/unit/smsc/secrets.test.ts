import assert from 'node:assert/strict';
import { SmscError } from '../../../src/smsc/errors.ts';
import { accountFields, placeholderFields, refuseEcho, secretsOf } from '../../../src/smsc/secrets.ts';

const account = { kind: 'password', login: 'alice', password: `wonder&"land"` } as const;

describe('smsc/secrets', () => {
  it('sends login and password, or the key with an empty login', () => {
    assert.deepEqual(accountFields(account), { login: 'alice', psw: `wonder&"land"` });
    assert.deepEqual(accountFields({ kind: 'key', apiKey: 'k-123' }), { login: '', psw: 'k-123' });
  });

  it('shows a placeholder for each of them', () => {
    assert.deepEqual(placeholderFields(account), { login: '{login}', psw: '{password}' });
    assert.deepEqual(placeholderFields({ kind: 'key', apiKey: 'k-123' }), { login: '', psw: '{key}' });
  });

  it('takes the MD5 of a password for a secret, too', () => {
    const secrets = secretsOf({ kind: 'password', login: 'alice', password: '123' });
    assert.deepEqual(secrets, ['202cb962ac59075b964b07152d234b70', '202CB962AC59075B964B07152D234B70']);
  });

  it('takes it as forms and headers write it for a secret, too, whatever characters it holds', () => {
    assert.deepEqual(secretsOf({ kind: 'key', apiKey: 'key & \ud800' }), [
      'key & \ud800',
      'key%20%26%20%EF%BF%BD',
      'a2V5ICYg77+9',
    ]);
  });

  it('finds a secret as it is and escaped, in any way', () => {
    const secrets = secretsOf(account);
    for (const text of [
      `psw=wonder&"land"!`,
      'psw=wonder&amp;&quot;land&quot;!',
      'psw=wonder&#38;&#x22;land&#x022;!',
      'psw=wonder&amp;"land"!',
    ]) {
      assert.throws(() => refuseEcho(text, secrets), new SmscError('protocol', { detail: 'echo' }), text);
    }
    refuseEcho('wonder&land', secrets);
  });

  it('does not look for texts so short that they turn up by chance', () => {
    assert.deepEqual(secretsOf({ kind: 'key', apiKey: '12345' }), []);
  });
});
