/** One record of a table: its cells, and the line on which it begins, counted from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

const delimiters = [';', '\t', ',', '|'] as const;

/** A quoted cell this long was not closed: its quote is an ordinary character, and the rows after it are saved. */
const longestQuoted = 2000;

/** Excel's own first line that names the delimiter; what quotes cells, or stands between names and values, is none. */
const separatorLine = /^sep=([^"'=:\p{L}\p{N}])\r?\n/iu;

/**
 * Reads CSV with commas, semicolons or bars, or TSV, as RFC 4180 has it, in one pass. Undefined when the text is no
 * table: no delimiter gives most of its first rows the same number of cells.
 */
export function readTable(text: string): TableRow[] | undefined {
  const named = separatorLine.exec(text);
  const delimiter = named?.[1] ?? findDelimiter(text);
  if (delimiter === undefined) return undefined;
  return named === null
    ? parse(text, delimiter, 0, 1, Infinity)
    : parse(text, delimiter, named[0].length, 2, Infinity);
}

/** How many rows are looked at to find the delimiter. */
const sampleRows = 40;
const sampleLength = 50_000;

function findDelimiter(text: string): string | undefined {
  let best: { delimiter: string; score: number } | undefined;
  const sample = text.slice(0, sampleLength);
  for (const delimiter of delimiters) {
    const widths = new Map<number, number>();
    const rows = parse(sample, delimiter, 0, 1, sampleRows);
    for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    const [width = 1, count = 0] = [...widths].sort((a, b) => b[1] - a[1])[0] ?? [];
    const share = count / rows.length;
    // More columns say more: a comma in prices must not win over the semicolon between all cells.
    const score = share * Math.min(width, 5);
    if (width >= 2 && share >= 0.6 && score > (best?.score ?? 0)) best = { delimiter, score };
  }
  return best?.delimiter;
}

/** Reads rows from an offset on. Rows without any text are left out. */
function parse(text: string, delimiter: string, offset: number, firstLine: number, most: number): TableRow[] {
  const rows: TableRow[] = [];
  let line = firstLine;
  let row: TableRow = { line, cells: [] };
  let at = offset;
  const closers = closingQuotes(text, delimiter);
  const endRow = (): void => {
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
    line++;
    row = { line, cells: [] };
  };
  while (at < text.length && rows.length < most) {
    const quoted =
      text[at] === '"' && closers(at + 1) - at < longestQuoted ? readQuoted(text, at, delimiter) : undefined;
    const end = quoted?.end ?? endOfCell(text, at, delimiter);
    row.cells.push((quoted?.value ?? text.slice(at, end)).trim());
    line += quoted?.lines ?? 0;
    if (text[end] === delimiter) {
      at = end + 1;
      // A delimiter at the very end has one more cell behind it, an empty one.
      if (at === text.length) row.cells.push('');
      continue;
    }
    at = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1;
    endRow();
  }
  if (row.cells.length > 0 && rows.length < most) endRow();
  return rows;
}

function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  for (; at < text.length; at++) {
    if (endsCell(text[at], delimiter)) break;
  }
  return at;
}

/**
 * Tells where the next quote is that can close a cell, when asked for places in the order of the text. So quotes that
 * close nothing cost no more than one look at the text.
 */
function closingQuotes(text: string, delimiter: string): (from: number) => number {
  let next = -1;
  return (from) => {
    while (next < from || !endsCell(text[next + 1], delimiter)) {
      next = text.indexOf('"', Math.max(from, next + 1));
      if (next < 0) next = Infinity;
      if (next === Infinity) break;
    }
    return next;
  };
}

function endsCell(character: string | undefined, delimiter: string): boolean {
  return character === undefined || character === delimiter || character === '\n' || character === '\r';
}

/** A cell in quotes, if it is closed where a cell can end. */
function readQuoted(
  text: string,
  from: number,
  delimiter: string,
): { value: string; end: number; lines: number } | undefined {
  let lines = 0;
  const limit = Math.min(text.length, from + longestQuoted);
  for (let at = from + 1; at < limit; at++) {
    const character = text[at];
    if (character === '\n') lines++;
    if (character !== '"') continue;
    if (text[at + 1] === '"') {
      at++;
      continue;
    }
    const end = at + 1;
    if (!endsCell(text[end], delimiter)) continue;
    return { value: text.slice(from + 1, at).replaceAll('""', '"'), end, lines };
  }
  return undefined;
}
