import { visible } from '../smsc/text.ts';

/** Our own sentences, with what Markdown would read as a sign escaped. On one line. */
export function plain(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]<>#|~&@]/g, '\\$&')
    .replaceAll('\n', ' ');
}

/**
 * Text of others in a code span, on one line: there, no reader of Markdown makes a link, a mention, a tag or a command
 * of it. The fence is longer than any run of backticks within, so nothing in the text can end it; what is very long is
 * cut, with the number of characters left out.
 */
export function codeSpan(text: string): string {
  const line = cut(visible(text).replaceAll('\n', ' ⏎ '), longest);
  if (line === '') return '–';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const space = /^[` ]|[` ]$/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/**
 * The same for a cell of a table. There a bar ends the cell even within a code span, and a backslash before it does not
 * help in every reader: it stands as a broken bar.
 */
export function codeCell(text: string): string {
  return codeSpan(text.replaceAll('|', '¦'));
}

/** Characters of one value: ten times what a long SMS has. */
const longest = 10_000;

function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}… (+${text.length - limit})`;
}

/** `2026-11-23 07:05:10 UTC` */
export function utc(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
