import type { ExportRow } from '../../../src/history/tables.ts';
import type { Failure } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import type { Report } from '../../../src/smsc/report.ts';

/** Rows of exports and messages of statistics, as tests need them. */

export const message: Message = { account: 'account-1', phone: '79991234567', id: '007' };
const checkedAt = '2026-03-01T12:00:00.250Z';

export function report(changes: Partial<Report> = {}): Report {
  return {
    ...message,
    checkedAt,
    status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
    sentAt: '2026-03-01T11:50:00.000Z',
    changedAt: '2026-03-01T11:50:08.000Z',
    fields: { status: '1' },
    ...changes,
  };
}

export function row(changes: Partial<Report> = {}): ExportRow {
  const lastReport = report(changes);
  const { account, phone, id } = lastReport;
  return {
    message: { account, phone, id },
    accountLabel: 'Работа',
    last: { ok: true, report: lastReport },
    lastReport,
    lastCheckedAt: Date.parse(checkedAt),
    checks: 1,
  };
}

/** A message whose last check failed; with the report of an earlier one, where there is one. */
export function failedRow(failure: Failure, lastReport?: Report): ExportRow {
  const failed: ExportRow = { ...row(), last: { ok: false, failure } };
  if (lastReport === undefined) delete failed.lastReport;
  else failed.lastReport = lastReport;
  return failed;
}
