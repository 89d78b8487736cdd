/** The pair that names a message within one account. The id is text: `007` is not `7`. */
export interface MessageName {
  phone: string;
  id: string;
}

/** A message in one account. `account` is the account's id in this program. */
export interface Message extends MessageName {
  account: string;
}

export type InputProblem =
  'phoneEmpty' | 'phoneLetters' | 'phoneShort' | 'phoneLong' | 'idEmpty' | 'idLong' | 'idCharacters';

export type Parsed = { ok: true; value: string; suggestion?: string } | { ok: false; problem: InputProblem };

/** What people put between digits. The dashes include those that word processors make. */
const separators = /[\s()[\]./\-\u00a0\u2010-\u2015\u2212]/g;

/**
 * Reads a phone number as people write it and returns its digits. Eleven digits that begin with 8 are a Russian
 * number as dialled at home: they are accepted, and the international form comes as `suggestion`.
 */
export function parsePhone(text: string): Parsed {
  const bare = text.replace(separators, '').replace(/^\+/, '');
  if (bare === '') return { ok: false, problem: 'phoneEmpty' };
  if (!/^[0-9]+$/.test(bare)) return { ok: false, problem: 'phoneLetters' };
  if (bare.length < 5) return { ok: false, problem: 'phoneShort' };
  // E.164 ends at 15 digits; one more is left for prefixes that some countries dial.
  if (bare.length > 16) return { ok: false, problem: 'phoneLong' };
  return bare.length === 11 && bare.startsWith('8')
    ? { ok: true, value: bare, suggestion: `7${bare.slice(1)}` }
    : { ok: true, value: bare };
}

/** Reads a message ID: 1 to 40 characters of `A-Z a-z 0-9 . - _`, kept exactly as written. */
export function parseId(text: string): Parsed {
  const bare = text.trim();
  if (bare === '') return { ok: false, problem: 'idEmpty' };
  if (!/^[A-Za-z0-9._-]+$/.test(bare)) return { ok: false, problem: 'idCharacters' };
  if (bare.length > 40) return { ok: false, problem: 'idLong' };
  return { ok: true, value: bare };
}

/** One text per message, for maps and rows. None of its three parts can hold a slash. */
export function messageKey(message: Message): string {
  return `${message.account}/${message.phone}/${message.id}`;
}
