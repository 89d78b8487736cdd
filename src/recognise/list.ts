import { createCollector, type Found } from './collect.ts';
import { findColumns, type Columns } from './columns.ts';
import { readTable } from './delimited.ts';
import { readJson } from './json.ts';
import { readLines } from './lines.ts';
import { isSecretColumn } from './secrets.ts';

/** How a text was understood. */
export type ListForm = 'table' | 'json' | 'lines';

/** The messages of a text, each once, and what could not be read in it. */
export interface MessageList extends Found {
  form: ListForm;
  /** Of a table: where phone and ID stand in it. */
  columns?: Columns;
}

/**
 * Finds the messages in a file's text: a table with commas, semicolons, bars or tabs, JSON in one piece or by lines,
 * or plain text such as a log. The time that it takes grows with the length of the text.
 */
export function readList(text: string): MessageList {
  const collector = createCollector();
  const { found } = collector;
  if (readJson(text, collector)) return { form: 'json', ...found };
  const rows = readTable(text);
  const columns = rows && findColumns(rows);
  if (rows === undefined || columns === undefined) {
    readLines(text, collector);
    return { form: 'lines', ...found };
  }
  const [first, ...others] = rows;
  const secret = columns.header ? first?.cells.map(isSecretColumn) : undefined;
  for (const { line, cells } of columns.header ? others : rows) {
    const [phone = '', id = ''] = [cells[columns.phone.index], cells[columns.id.index]];
    const shown = cells.map((cell, index) => (secret?.[index] === true ? '…' : cell));
    collector.add(phone, id, line, shown.join(' · '));
  }
  return { form: 'table', columns, ...found };
}
