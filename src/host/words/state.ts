import { l10n } from 'vscode';
import { deliveryErrorInfo, statusInfo } from '../../smsc/codes.ts';
import type { MessageStanding } from '../../history/standing.ts';
import type { MessageState, MessageSummary } from '../../history/types.ts';
import type { DeliveryError, Status } from '../../smsc/report.ts';
import { failureName } from './failure.ts';
import { pick } from './language.ts';

/** Where a message stands, in a word or two. */
export function standingName(standing: MessageStanding): string {
  switch (standing) {
    case 'delivered':
      return l10n.t('Delivered');
    case 'failed':
      return l10n.t('Not delivered');
    case 'pending':
      return l10n.t('On its way');
    case 'unknown':
      return l10n.t('Unknown status');
    case 'problem':
      return l10n.t('Check failed');
    case 'notFound':
      return l10n.t('Not found');
    case 'unchecked':
      return l10n.t('Not checked yet');
  }
}

/** Where a message stands: its last known state, else that its checks failed. */
export function stateOf({ lastReport }: MessageSummary): MessageState {
  return lastReport?.status.kind ?? 'problem';
}

/** What of a report names its status. */
export interface Codes {
  status: Pick<Status, 'code'>;
  deliveryError?: Pick<DeliveryError, 'code'>;
}

/** SMSC's name of the status, with the cause where there is a delivery error. */
export function statusText({ status, deliveryError }: Codes): string {
  const name = pick(statusInfo(status.code).name);
  return deliveryError === undefined ? name : `${name}: ${pick(deliveryErrorInfo(deliveryError.code).cause)}`;
}

/** What the last check of a message brought, in a few words. */
export function summaryText(summary: MessageSummary): string {
  if (summary.lastReport !== undefined) {
    const text = statusText(summary.lastReport);
    return summary.last.ok ? text : l10n.t('{0} (last check failed)', text);
  }
  return summary.last.ok ? '' : failureName(summary.last.failure);
}
