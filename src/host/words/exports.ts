import { l10n } from 'vscode';
import type { ExportRow, TableWords } from '../../history/tables.ts';
import type { SupportWords } from '../../history/support.ts';
import type { MessageSummary } from '../../history/types.ts';
import { failureName } from './failure.ts';
import { deliveryErrorName, outcomeLine, statusName, tellOutcome, tellReport } from './message.ts';
import { statusText } from './state.ts';
import { standingName } from './state.ts';

/** The words of a Markdown table of messages. */
export function tableWords(): TableWords {
  return {
    phone: l10n.t('Phone'),
    id: l10n.t('ID'),
    account: l10n.t('Account'),
    state: l10n.t('State'),
    status: l10n.t('Status'),
    sent: l10n.t('Sent'),
    changed: l10n.t('Status changed'),
    lastCheck: l10n.t('Last check'),
    standing: standingName,
    outcome: outcomeText,
  };
}

function outcomeText({ last, lastReport }: ExportRow): string {
  if (lastReport !== undefined) return statusText(lastReport);
  return last?.ok === false ? failureName(last.failure) : '';
}

/** The words of the text for support. `host` is the service's, where the account is still there. */
export function supportWords({ last, lastReport }: MessageSummary, host: string | undefined): SupportWords {
  return {
    title: l10n.t('SMS message, checked through SMSC’s SOAP interface'),
    sentence: (lastReport === undefined ? tellOutcome(last) : tellReport(lastReport)).sentence,
    ...(host !== undefined && { host }),
    service: l10n.t('Service'),
    phone: l10n.t('Phone'),
    id: l10n.t('ID'),
    status: l10n.t('Status'),
    deliveryError: l10n.t('Delivery error'),
    sent: l10n.t('Sent'),
    changed: l10n.t('Status changed'),
    lastCheck: l10n.t('Last check'),
    checks: l10n.t('Timeline'),
    fields: l10n.t('Fields of the answer'),
    masked: l10n.t('masked'),
    statusName,
    errorName: deliveryErrorName,
    outcome: outcomeLine,
  };
}
