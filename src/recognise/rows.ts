import { nameRank } from './columns.ts';
import type { Line } from './context.ts';
import type { FoundMessage, Sureness } from './find.ts';
import { normalPhone } from './phones.ts';
import { parseId } from '../smsc/message.ts';

/** The first line of a table that names the columns of phone and ID. */
export interface Header {
  phone: number;
  id: number;
  width: number;
  /** Undefined where values stand in brackets, as in SQL. */
  delimiter: string | undefined;
  sure: Sureness;
  /** Those on the line of the names itself, as in SQL. */
  messages: FoundMessage[];
}

/** A line with names is shorter than this. */
const longest = 2000;
const delimiters = [';', '\t', ',', '|', '│'] as const;
const sqlForm =
  /^\s{0,20}(?:INSERT INTO|COPY)\s{1,4}([\w."`]{1,80})\s{0,4}\(([^()]{1,1000})\)\s{0,4}(?:VALUES|FROM\s{1,4}stdin;?)/i;
const persons =
  /^(?:.*name|email|e-mail|address|age|city|имя|фио|fio|адрес|amount|price|total|сумма|клиент|заказ)$/i;

/** Reads a line that names the columns of a table that follows. */
export function findHeader(line: Line): Header | undefined {
  const start = line.text.slice(0, longest);
  const sql = sqlForm.exec(start);
  if (sql !== null) {
    const [whole, table = '', names = ''] = sql;
    const isCopy = /stdin;?$/i.test(whole);
    const header = headerOf(
      names.split(','),
      isCopy ? '\t' : undefined,
      /sms|message|msg/i.test(table),
      true,
    );
    return header && !isCopy ? { ...header, messages: tuples(line, whole.length, header) } : header;
  }
  if (line.text.length > longest || /\d{3}|[={}<>]/.test(start)) return undefined;
  for (const delimiter of delimiters) {
    if (!start.includes(delimiter)) continue;
    const header = headerOf(start.split(delimiter), delimiter, false, false);
    if (header !== undefined) return header;
  }
  return undefined;
}

function headerOf(
  cells: readonly string[],
  delimiter: string | undefined,
  ofMessages: boolean,
  isSql: boolean,
): Header | undefined {
  const names = cells.map((cell) => cell.trim().replace(/^["'`]|["'`]$/g, ''));
  const phone = best(names, 'phone');
  const id = best(names, 'id');
  if (phone === undefined || id === undefined || phone.index === id.index) return undefined;
  // A sentence has commas too; names of columns are short.
  if (names.some((name) => name.length > 40)) return undefined;
  const isOthers = id.rank < 3 && !ofMessages && (isSql || names.some((name) => persons.test(name)));
  return {
    phone: phone.index,
    id: id.index,
    width: names.length,
    delimiter,
    sure: isOthers ? 'possible' : 'likely',
    messages: [],
  };
}

function best(names: readonly string[], part: 'phone' | 'id'): { index: number; rank: number } | undefined {
  const ranks = names.map((name) => nameRank(name, part));
  const rank = Math.max(0, ...ranks);
  return rank === 0 ? undefined : { index: ranks.indexOf(rank), rank };
}

/** Reads a row of a table. Undefined when the table is at its end. */
export function readRow(
  line: Line,
  header: Header,
): { header: Header; messages: FoundMessage[] } | undefined {
  if (header.delimiter === undefined) {
    if (!/^\s{0,20}\(/.test(line.text)) return undefined;
    return { header, messages: tuples(line, 0, header) };
  }
  // The frames that database programs draw.
  if (/^[\s+|\u2500-\u257f-]{1,2000}$/.test(line.text)) return { header, messages: [] };
  const cells = cellsOf(line.text, 0, header.delimiter, header.width + 1).cells;
  if (cells.length !== header.width) return undefined;
  const message = messageOf(line, cells, header);
  return { header, messages: message === undefined ? [] : [message] };
}

interface Cell {
  at: number;
  text: string;
}

/** Reads cells up to the end of a row, or of a bracket when one is given. A look at each character. */
function cellsOf(
  text: string,
  from: number,
  delimiter: string,
  most: number,
  bracket = '',
): { cells: Cell[]; end: number } {
  const cells: Cell[] = [];
  let at = from;
  for (;;) {
    while (text[at] === ' ') at++;
    const quote = text[at] === '"' || (bracket !== '' && text[at] === "'") ? text[at] : undefined;
    let end = at;
    if (quote !== undefined) {
      end = text.indexOf(quote, at + 1);
      if (end < 0) return { cells, end: text.length };
      cells.push({ at: at + 1, text: text.slice(at + 1, end) });
      while (end < text.length && text[end] !== delimiter && text[end] !== bracket) end++;
    } else {
      while (end < text.length && text[end] !== delimiter && text[end] !== bracket) end++;
      cells.push({ at, text: text.slice(at, end) });
    }
    if (end >= text.length || text[end] === bracket || cells.length >= most) return { cells, end };
    at = end + 1;
  }
}

function tuples(line: Line, from: number, header: Header): FoundMessage[] {
  const found: FoundMessage[] = [];
  let open = line.text.indexOf('(', from);
  while (open >= 0) {
    const { cells, end } = cellsOf(line.text, open + 1, ',', header.width + 1, ')');
    const message = cells.length === header.width ? messageOf(line, cells, header) : undefined;
    if (message !== undefined) found.push(message);
    open = line.text.indexOf('(', Math.max(end, open + 1));
  }
  return found;
}

function messageOf(line: Line, cells: readonly Cell[], header: Header): FoundMessage | undefined {
  const id = cells[header.id];
  const written = cells[header.phone]?.text.trim().replace(/^=?["']?\+?|["']$/g, '') ?? '';
  const phone = normalPhone(written);
  if (id === undefined || phone === undefined || phone.length < 10) return undefined;
  const text = id.text.trim();
  if (!parseId(text).ok || !/\d/.test(text)) return undefined;
  const start = line.start + id.at + id.text.indexOf(text);
  return { id: text, phone, phones: [], start, end: start + text.length, sure: header.sure };
}
