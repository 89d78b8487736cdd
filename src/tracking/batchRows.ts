import type { Known, MessageStanding } from '../history/standing.ts';
import type { MessageSummary } from '../history/types.ts';
import { deliveryErrorInfo, statusInfo } from '../smsc/codes.ts';
import type { Failure } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Settled } from './batch.ts';

/** One message of a batch, with as much of its last check as a table shows. */
export interface BatchRow {
  /** Its place in the list, from 0. */
  index: number;
  message: Message;
  state: MessageStanding;
  /** The codes of its last report. */
  status?: number;
  error?: number;
  /** When its status last changed, and when it was sent: ISO 8601 in UTC. */
  changedAt?: string;
  sentAt?: string;
  operator?: string;
  /** Why the check failed. */
  failure?: Failure;
  /** When it was last checked for this batch, in Unix milliseconds. */
  checkedAt?: number;
}

/** A message that nothing was learned of since the batch began. */
export function uncheckedRow(message: Message, index: number): BatchRow {
  return { index, message, state: 'unchecked' };
}

/**
 * A message as the history knows it: only what was learned since the batch began (Unix milliseconds) counts. A check
 * that was cancelled taught nothing.
 */
export function rowOf(
  message: Message,
  index: number,
  summary: MessageSummary | undefined,
  since: number,
): BatchRow {
  const row = uncheckedRow(message, index);
  if (summary === undefined || summary.lastCheckedAt < since) return row;
  const { last, lastReport, lastCheckedAt } = summary;
  if (last.ok) return { ...row, ...reported(last.report) };
  if (last.failure.reason !== 'cancelled') return { ...row, ...failedWith(last.failure, lastCheckedAt) };
  const isRecent = lastReport !== undefined && Date.parse(lastReport.checkedAt) >= since;
  return isRecent ? { ...row, ...reported(lastReport) } : row;
}

/** A message as a check has just left it. */
export function rowAfter(row: BatchRow, settled: Settled<Message>, now: number): BatchRow {
  const { index, message } = row;
  switch (settled.kind) {
    case 'report':
      return { index, message, ...reported(settled.report) };
    case 'notFound':
      return { index, message, state: 'notFound', checkedAt: now };
    case 'failed':
      return { index, message, ...failedWith(settled.failure, now) };
  }
}

function reported(report: Report): Omit<BatchRow, 'index' | 'message'> {
  const { status, deliveryError, changedAt, sentAt, checkedAt, fields } = report;
  const { operator } = fields;
  return {
    state: status.kind,
    status: status.code,
    checkedAt: Date.parse(checkedAt),
    ...(deliveryError !== undefined && { error: deliveryError.code }),
    ...(changedAt !== undefined && { changedAt }),
    ...(sentAt !== undefined && { sentAt }),
    ...(operator !== undefined && operator !== '' && { operator }),
  };
}

function failedWith(failure: Failure, checkedAt: number): Omit<BatchRow, 'index' | 'message'> {
  return failure.reason === 'notFound'
    ? { state: 'notFound', checkedAt }
    : { state: 'problem', failure, checkedAt };
}

/** What a row knows, as statistics take it. Its report has no fields but the operator. */
export function knownOf({ message, state, status, error, failure, ...row }: BatchRow): Known {
  if (state === 'notFound') return { message, last: { ok: false, failure: { reason: 'notFound', code: 3 } } };
  if (failure !== undefined) return { message, last: { ok: false, failure } };
  if (status === undefined) return { message };
  const { kind, final, name } = statusInfo(status);
  const report: Report = {
    ...message,
    checkedAt: new Date(row.checkedAt ?? 0).toISOString(),
    status: { code: status, name: name.en, kind, final },
    ...(error !== undefined && { deliveryError: { code: error, name: deliveryErrorInfo(error).name.en } }),
    ...(row.changedAt !== undefined && { changedAt: row.changedAt }),
    ...(row.sentAt !== undefined && { sentAt: row.sentAt }),
    fields: row.operator === undefined ? {} : { operator: row.operator },
  };
  return { message, last: { ok: true, report }, lastReport: report };
}
