import { deliveryErrorNamed, fold, statusNamed, type Word, wordsOf } from './filter.ts';
import type { MessageQuery } from './types.ts';

/** A part of a WHERE clause over the table `messages AS m`, and what its question marks stand for. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** What words can name, besides phones and ids. */
export interface Names {
  labels: () => { id: string; label: string }[];
  /** The codes of status and delivery error that occur. */
  codes: () => { status: number | null; error: number | null }[];
}

/**
 * The filter as SQL. Names and labels are looked up here, so that the database compares only codes, account ids and
 * digits; the text of the statement depends on the number of words alone, so that few statements are prepared.
 */
export function conditionOf(query: Omit<MessageQuery, 'limit'>, known: Names): Condition {
  const sql: string[] = [];
  const values: (string | number)[] = [];
  const add = (text: string, ...more: (string | number)[]) => {
    sql.push(text);
    values.push(...more);
  };
  if (query.after) {
    const { lastCheckedAt, message } = query.after;
    add(
      '(m.last_at, m.account, m.phone, m.id) < (?, ?, ?, ?)',
      lastCheckedAt,
      message.account,
      message.phone,
      message.id,
    );
  }
  if (query.account !== undefined) add('m.account = ?', query.account);
  if (query.states) add('m.state IN (SELECT value FROM json_each(?))', JSON.stringify(query.states));
  const words = wordsOf(query.text);
  const codes = words.length > 0 ? known.codes() : [];
  for (const word of words) {
    const named = (column: 'status' | 'error', isNamed: (code: number, word: Word) => boolean) =>
      [...new Set(codes.map((row) => row[column]))].filter((code) => code !== null && isNamed(code, word));
    const accounts = known.labels().filter(({ label }) => fold(label).includes(word.text));
    add(
      `(instr(m.phone, ?) OR instr(lower(m.id), ?) OR m.account IN (SELECT value FROM json_each(?))
        OR m.status IN (SELECT value FROM json_each(?)) OR m.error IN (SELECT value FROM json_each(?)))`,
      word.digits,
      word.text,
      JSON.stringify(accounts.map(({ id }) => id)),
      JSON.stringify(named('status', statusNamed)),
      JSON.stringify(named('error', deliveryErrorNamed)),
    );
  }
  return { sql: sql.length > 0 ? sql.join(' AND ') : 'TRUE', values };
}
