import { createHash } from 'node:crypto';

/** Stands in each secret that tests give to accounts, so that a search finds one wherever it ends up. */
export const mark = 'Pa55mark7f3c';

/** Secrets for tests. Their other characters make a difference in XML, JSON, URLs and shells. */
export const marked = {
  password: `${mark} &<>"'%`,
  wrong: `${mark}-wrong`,
  apiKey: `${mark}-key`,
} as const;

/** For a service of a test: one login with these. */
export const markedLogins = [{ login: 'alex', password: marked.password, apiKey: marked.apiKey }] as const;

const digests = Object.values(marked).map((secret) => createHash('md5').update(secret).digest('hex'));

/** What is looked for, each with its name: the mark however it is encoded, and what the service takes for a password. */
export const needles: readonly (readonly [name: string, bytes: Buffer])[] = [
  ['as it is', Buffer.from(mark)],
  ['UTF-16', Buffer.from(mark, 'utf16le')],
  ['hexadecimal', Buffer.from(Buffer.from(mark).toString('hex'))],
  ...[0, 1, 2].map((shift) => [`Base64 at ${shift}`, Buffer.from(base64At(shift))] as const),
  ...digests.map((digest) => ['MD5', Buffer.from(digest)] as const),
];

/** The characters of Base64 that depend on the mark alone when `shift` bytes stand before it. */
function base64At(shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), Buffer.from(mark)]).toString('base64');
  const first = Math.ceil((shift * 8) / 6);
  const last = Math.floor(((shift + mark.length) * 8) / 6);
  return text.slice(first, last);
}

/** @returns the name of the first form in which a secret stands in these bytes */
export function markIn(bytes: Buffer): string | undefined {
  return needles.find(([, needle]) => bytes.includes(needle))?.[0];
}
