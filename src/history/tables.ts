import { SmscError } from '../smsc/errors.ts';
import { maskedMessage, maskedReport } from '../smsc/mask.ts';
import { visibleJson } from '../smsc/text.ts';
import { type Cell, type CsvDialect, csvLine, csvStart } from './csv.ts';
import { codeCell, plain, utc } from './markdown.ts';
import { type Known, type MessageStanding, messageStandingOf } from './standing.ts';

/** One message of an export: a summary of the history, or a row of a batch. */
export interface ExportRow extends Known {
  accountLabel?: string | undefined;
}

/** What a Markdown table says, in the user's language. None of it comes from the service. */
export interface TableWords {
  phone: string;
  id: string;
  account: string;
  state: string;
  status: string;
  sent: string;
  changed: string;
  lastCheck: string;
  standing: (standing: MessageStanding) => string;
  /** What became of the message, in a few words. */
  outcome: (row: ExportRow) => string;
}

/** The same row with the phone masked, and without texts, senders and fields that SMSC does not document. */
export function maskedRow({ message, last, lastReport, ...row }: ExportRow): ExportRow {
  return {
    ...row,
    message: maskedMessage(message),
    ...(last !== undefined && { last: last.ok ? { ok: true, report: maskedReport(last.report) } : last }),
    ...(lastReport !== undefined && { lastReport: maskedReport(lastReport) }),
  };
}

export type TableFormat =
  { kind: 'csv'; dialect: CsvDialect } | { kind: 'json' } | { kind: 'markdown'; words: TableWords };

/** Makes a table piece by piece, so that a long one can be made between other things. */
export interface TableWriter {
  begin(): string;
  row(row: ExportRow): string;
  end(): string;
}

export function tableWriter(format: TableFormat): TableWriter {
  switch (format.kind) {
    case 'csv':
      return csvWriter(format.dialect);
    case 'json':
      return jsonWriter();
    case 'markdown':
      return markdownWriter(format.words);
  }
}

/** The whole table of rows that are at hand, in pieces: the beginning, one for each row, the end. */
export function* exportRows(rows: Iterable<ExportRow>, format: TableFormat): Generator<string, void> {
  const writer = tableWriter(format);
  yield writer.begin();
  for (const row of rows) yield writer.row(row);
  yield writer.end();
}

/** The service's own fields that a table has a column for, under their SMSC names. */
const numberFields = ['cost', 'sms_cnt'] as const;
const textFields = ['sender_id', 'operator', 'region', 'message'] as const;

/** The columns of a CSV. They are the same in every language: programs rely on them. */
export const csvColumns = [
  ...['account', 'phone', 'id', 'state', 'status', 'status_name', 'err', 'err_name'],
  ...['sent_utc', 'changed_utc', 'checked_utc', 'checks', 'failure', 'failure_code'],
  ...numberFields,
  ...textFields,
] as const;

function csvWriter(dialect: CsvDialect): TableWriter {
  return {
    begin: () => csvStart(dialect) + csvLine(csvColumns, dialect),
    row: (row) => csvLine(csvCells(row), dialect),
    end: () => '',
  };
}

function csvCells(row: ExportRow): Cell[] {
  const { message, accountLabel, lastReport: report, last, lastCheckedAt, checks } = row;
  const failure = last?.ok === false ? last.failure : undefined;
  const field = (name: string): string | undefined => ownField(report?.fields, name);
  return [
    accountLabel ?? '',
    message.phone,
    message.id,
    messageStandingOf(row),
    report?.status.code,
    report?.status.name,
    report?.deliveryError?.code,
    report?.deliveryError?.name,
    moment(report?.sentAt),
    moment(report?.changedAt),
    lastCheckedAt === undefined ? undefined : new Date(lastCheckedAt),
    checks,
    failure?.reason,
    failure?.code,
    ...numberFields.map((name) => numberOrText(field(name))),
    ...textFields.map(field),
  ];
}

function ownField(fields: Record<string, string> | undefined, name: string): string | undefined {
  return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function moment(iso: string | undefined): Date | undefined {
  return iso === undefined ? undefined : new Date(iso);
}

/** An amount as the service writes it; anything else stays the text that it is. */
function numberOrText(text: string | undefined): Cell {
  return text !== undefined && /^\d{1,9}(\.\d{1,6})?$/.test(text) ? Number(text) : text;
}

function jsonWriter(): TableWriter {
  let first = true;
  return {
    begin: () => '[',
    row(row) {
      const separator = first ? '\n' : ',\n';
      first = false;
      return separator + visibleJson(JSON.stringify(jsonOf(row)));
    },
    end: () => (first ? ']\n' : '\n]\n'),
  };
}

/** A report as it is, with the account's label; a message without one by its name. A last check that failed is told. */
function jsonOf({ message, accountLabel, last, lastReport, lastCheckedAt }: ExportRow): object {
  const failed = last?.ok === false && {
    failure: {
      ...last.failure,
      ...(lastCheckedAt !== undefined && { at: new Date(lastCheckedAt).toISOString() }),
    },
  };
  const { account, phone, id } = message;
  return {
    ...(lastReport ?? { account, phone, id }),
    ...(accountLabel !== undefined && { accountLabel }),
    ...failed,
  };
}

function markdownWriter(words: TableWords): TableWriter {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const { phone, id, account, state, status, sent, changed, lastCheck } = words;
  const headings = [phone, id, state, status, sent, changed, lastCheck, account].map(plain);
  const time = (iso: string | undefined): string => (iso === undefined ? '–' : utc(iso));
  return {
    begin: () => line(headings) + line(headings.map(() => '---')),
    row(row) {
      const { message, accountLabel, lastReport, lastCheckedAt } = row;
      return line([
        codeCell(message.phone),
        codeCell(message.id),
        plain(words.standing(messageStandingOf(row))),
        plain(words.outcome(row)) || '–',
        time(lastReport?.sentAt),
        time(lastReport?.changedAt),
        time(lastCheckedAt === undefined ? undefined : new Date(lastCheckedAt).toISOString()),
        codeCell(accountLabel ?? ''),
      ]);
    },
    end: () => '',
  };
}

/** Gathers a table whose rows come page by page, and lets others have their turn between the pages. */
export async function gatherTable(
  pages: AsyncIterable<readonly ExportRow[]>,
  format: TableFormat,
  signal: AbortSignal,
  onProgress: (rows: number) => void = () => undefined,
): Promise<{ rows: number; content: Uint8Array<ArrayBuffer> }> {
  const writer = tableWriter(format);
  const encoder = new TextEncoder();
  const parts = [encoder.encode(writer.begin())];
  let rows = 0;
  for await (const page of pages) {
    if (signal.aborted) throw new SmscError('cancelled');
    parts.push(encoder.encode(page.map((row) => writer.row(row)).join('')));
    rows += page.length;
    onProgress(rows);
  }
  parts.push(encoder.encode(writer.end()));
  return { rows, content: joined(parts) };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
