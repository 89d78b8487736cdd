import { createHash } from 'node:crypto';
import type { Credentials } from './account.ts';
import { SmscError } from './errors.ts';
import { unescapeXml } from './xml.ts';

/** The fields of a request that prove an account. A type and no interface: it is part of a record of fields. */
// eslint-disable-next-line @typescript-eslint/consistent-type-definitions
export type AccountFields = { login: string; psw: string };

/** A key goes with an empty login: every known contract has room for that. */
export function accountFields(credentials: Credentials): AccountFields {
  return credentials.kind === 'password'
    ? { login: credentials.login, psw: credentials.password }
    : { login: '', psw: credentials.apiKey };
}

/** What is shown in the place of an account's fields. */
export function placeholderFields({ kind }: Credentials): AccountFields {
  return kind === 'password' ? { login: '{login}', psw: '{password}' } : { login: '', psw: '{key}' };
}

/** Shorter texts turn up in an answer by chance. */
const shortestSecret = 6;

/**
 * The texts that let somebody else use the account, as they are and as forms and headers write them. The service takes
 * a password's MD5 as well.
 */
export function secretsOf(credentials: Credentials): string[] {
  const secret = credentials.kind === 'password' ? credentials.password : credentials.apiKey;
  const forms =
    secret.length < shortestSecret
      ? []
      : [secret, encodeURIComponent(secret.toWellFormed()), Buffer.from(secret).toString('base64')];
  if (credentials.kind === 'key') return [...new Set(forms)];
  const digest = createHash('md5').update(secret).digest('hex');
  return [...new Set([...forms, digest, digest.toUpperCase()])];
}

/**
 * Refuses a text of the service that repeats a secret, as it is or escaped for XML: nothing of it may be kept or shown.
 * @throws SmscError `protocol`, `echo`
 */
export function refuseEcho(text: string, secrets: readonly string[]): void {
  const plain = text.includes('&') ? unescapeXml(text) : text;
  if (secrets.some((secret) => text.includes(secret) || plain.includes(secret))) {
    throw new SmscError('protocol', { detail: 'echo' });
  }
}
