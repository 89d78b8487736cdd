import { visible } from '../smsc/text.ts';

/**
 * CSV for two kinds of readers. Both are RFC 4180 (lines end with CR LF, quotes are doubled), and both are safe to open
 * in a spreadsheet.
 *
 * - `spreadsheet`, for Excel and its like: begins with a byte order mark, or Excel would not read Cyrillic; the
 *   separator is the one that the user's Excel expects, and with a semicolon numbers have a decimal comma. There is no
 *   `sep=` line: Excel forgets the byte order mark over it, and others read it as data. A text that Excel would take
 *   for a number or a date (phones, IDs, "1e5", "mar-6") ends with a tab: it is not seen, and keeps the text a text.
 *   `="7999…"` would do the same, but is a formula and stays one for everybody else. Times are `YYYY-MM-DD hh:mm:ss`.
 * - `plain`, for programs: UTF-8 without a mark, commas, ISO 8601, values as they are.
 *
 * In both, a text that a spreadsheet would calculate gets an apostrophe in front; so does what follows a separator or
 * a line break within a text, since a reader who splits at another separator sees a new cell there. Characters that
 * are not seen stand as their numbers, such as ⟨U+202E⟩. All times are in UTC.
 */
export type CsvDialect = { kind: 'plain' } | { kind: 'spreadsheet'; separator: ',' | ';' };

/** A number and a moment are ours; a text may be anybody's. */
export type Cell = string | number | Date | undefined;

/** What a file begins with, before its first line. */
export function csvStart(dialect: CsvDialect): string {
  return dialect.kind === 'spreadsheet' ? '\ufeff' : '';
}

/** One line, with its end. */
export function csvLine(cells: readonly Cell[], dialect: CsvDialect): string {
  const separator = dialect.kind === 'spreadsheet' ? dialect.separator : ',';
  return `${cells.map((cell) => quoted(cellText(cell, dialect))).join(separator)}\r\n`;
}

function cellText(cell: Cell, dialect: CsvDialect): string {
  const forPeople = dialect.kind === 'spreadsheet';
  if (cell === undefined) return '';
  if (typeof cell === 'number') {
    return forPeople && dialect.separator === ';' ? String(cell).replace('.', ',') : String(cell);
  }
  if (cell instanceof Date) {
    const iso = cell.toISOString();
    return forPeople ? iso.slice(0, 19).replace('T', ' ') : iso;
  }
  const text = harmless(visible(cell));
  return forPeople && mayBeValue.test(text) ? `${text}\t` : text;
}

/**
 * What spreadsheets begin a formula with, in full width too: Excel in Asian languages takes these. White space before
 * it does not count, since some readers trim.
 */
const formulas = /(^|[,;\t\n])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20\u2212])/g;

function harmless(text: string): string {
  // A tab or a line break at the beginning is white space to some readers, and a formula's start to others.
  return text.replace(/^(?=[\t\n])/, "'").replace(formulas, "$1$2'");
}

/** A short text with a digit: a number, a date, a time or a percentage in one language or another. Or a truth value. */
const mayBeValue = /^(?=.{1,60}$).*\d|^(true|false|истина|ложь)$/i;

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
