import { l10n } from 'vscode';
import type { Outcome } from '../../history/types.ts';
import type { Action, Word } from '../../protocol.ts';
import { deliveryErrorInfo, statusInfo } from '../../smsc/codes.ts';
import type { DeliveryError, Report, Status } from '../../smsc/report.ts';
import { failureAdvice, failureHeadline } from './failure.ts';
import { pick } from './language.ts';

/** What happened in one sentence, what it means, and what to do. */
export interface Told {
  sentence: string;
  meaning?: string;
  advice?: string;
}

/** SMSC's own name of a status, in the user's language. */
export function statusName(status: Pick<Status, 'code'>): string {
  return pick(statusInfo(status.code).name);
}

/** SMSC's own name of a delivery error, in the user's language. */
export function deliveryErrorName(error: Pick<DeliveryError, 'code'>): string {
  return pick(deliveryErrorInfo(error.code).name);
}

/** Tells a report. No word of the service stands in it, so it may stand anywhere. */
export function tellReport(report: Report): Told {
  const status = statusInfo(report.status.code);
  const error = report.deliveryError === undefined ? undefined : deliveryErrorInfo(report.deliveryError.code);
  const name = pick(status.name);
  const meaning = asSentence(pick(status.cause));
  const advice = pick(status.advice);
  switch (status.kind) {
    case 'delivered':
      if (error === undefined) {
        const sentence = status.code === deliveredCode ? name : l10n.t('Delivered: {0}', startLower(name));
        return { sentence, meaning, advice };
      }
      // Seen with virtual sending (200): the status alone would promise too much.
      return {
        sentence: l10n.t('Reported as delivered, but {0}', pick(error.cause)),
        meaning,
        advice: pick(error.advice),
      };
    case 'pending':
      return {
        sentence: l10n.t(
          'Not delivered yet: {0}',
          error === undefined ? startLower(name) : pick(error.cause),
        ),
        meaning,
        advice,
      };
    case 'failed':
      return {
        sentence: l10n.t(
          'Not delivered: {0}',
          failureCause(status.code, pick((error ?? status).cause), error),
        ),
        meaning:
          error === undefined || status.code === undeliverableCode
            ? l10n.t('The message did not arrive, and SMSC does not try again.')
            : meaning,
        advice: pick((error ?? status).advice),
      };
    case 'unknown':
      return {
        sentence: error === undefined ? name : `${name}: ${pick(error.cause)}`,
        meaning,
        advice,
      };
  }
}

const deliveredCode = 1;
/** This status says no more than that delivery failed; the delivery error says why. */
const undeliverableCode = 20;

function failureCause(code: number, cause: string, error: unknown): string {
  return code === undeliverableCode && error === undefined ? l10n.t('SMSC gives no reason') : cause;
}

/** Tells what a check brought, also when it failed. */
export function tellOutcome(outcome: Outcome): Told {
  return outcome.ok
    ? tellReport(outcome.report)
    : { sentence: failureHeadline(outcome.failure), advice: failureAdvice(outcome.failure) };
}

/** Tells of a message that was never checked. */
export function tellUnchecked(): Told {
  return {
    sentence: l10n.t('Not checked yet'),
    advice: l10n.t('Check it to see what became of the message.'),
  };
}

/** A check in a timeline: its state, and why. */
export function outcomeEntry(outcome: Outcome): { title: string; detail?: string } {
  if (!outcome.ok) return { title: l10n.t('Check failed'), detail: failureHeadline(outcome.failure) };
  const { status, deliveryError } = outcome.report;
  return {
    title: statusName(status),
    ...(deliveryError !== undefined && { detail: deliveryErrorName(deliveryError) }),
  };
}

/** The same on one line. */
export function outcomeLine(outcome: Outcome): string {
  const { title, detail } = outcomeEntry(outcome);
  return detail === undefined ? title : `${title}: ${detail}`;
}

/** Our name of an answer's field, in words; none for a field that is not documented. */
export function fieldLabel(name: string): string | undefined {
  switch (name) {
    case 'status':
      return l10n.t('Status');
    case 'last_date':
      return l10n.t('Status changed');
    case 'last_timestamp':
      return l10n.t('Status changed, Unix time');
    case 'err':
      return l10n.t('Delivery error');
    case 'error':
      return l10n.t('Request error');
    case 'send_date':
      return l10n.t('Sent');
    case 'send_timestamp':
      return l10n.t('Sent, Unix time');
    case 'phone':
      return l10n.t('Phone');
    case 'cost':
      return l10n.t('Cost');
    case 'sender_id':
      return l10n.t('Sender');
    case 'status_name':
      return l10n.t('Status in SMSC’s words');
    case 'message':
      return l10n.t('Text');
    case 'sms_cnt':
      return l10n.t('Parts');
    case 'operator':
      return l10n.t('Operator');
    case 'region':
      return l10n.t('Region');
    default:
      return undefined;
  }
}

/** A code with its name, such as "20 · Undeliverable". */
export function codeAndName(code: number, name: string): string {
  return `${code} · ${name}`;
}

/** The labels of facts and times around a message. */
export const labels = {
  status: () => l10n.t('Status'),
  deliveryError: () => l10n.t('Delivery error'),
  sent: () => l10n.t('Sent'),
  changed: () => l10n.t('Status changed'),
  seen: () => l10n.t('Seen'),
  firstSeen: () => l10n.t('First seen'),
  lastSeen: () => l10n.t('Last seen'),
  lastTime: () => l10n.t('Last time'),
  checks: () => l10n.t('Checks'),
};

export const activityWords = {
  checking: () => l10n.t('Checking…'),
  waiting: () => l10n.t('Waiting for its turn, within SMSC’s limits'),
};

export const notes = {
  earlierChecks: (count: number) => l10n.t('Earlier checks not shown: {0}', count),
  moreFields: (count: number) => l10n.t('More fields, in the JSON only: {0}', count),
  cut: (count: number) => l10n.t('… (characters not shown: {0})', count),
  lastCheckFailed: () => l10n.t('The last check failed'),
  isFinal: () => l10n.t('The status is final: there is nothing to wait for'),
  noReport: () => l10n.t('There is no report yet'),
  masked: () => `⟨${l10n.t('masked')}⟩`,
  maskedExchange: () => l10n.t('Masked while privacy is on. It can be copied.'),
  removedAccount: () => l10n.t('removed account'),
};

export function panelWords(): Record<Word, string> {
  return {
    phone: l10n.t('Phone'),
    id: l10n.t('ID'),
    account: l10n.t('Account'),
    place: l10n.t('Found in'),
    facts: l10n.t('Details'),
    lastCheck: l10n.t('Last check'),
    text: l10n.t('Text'),
    timeline: l10n.t('Timeline'),
    later: l10n.t('{0} later', '{0}'),
    fields: l10n.t('Fields of the answer'),
    field: l10n.t('Field'),
    value: l10n.t('Value'),
    exchange: l10n.t('Last request and answer'),
    request: l10n.t('Request'),
    answer: l10n.t('Answer'),
    noAnswer: l10n.t('No answer came.'),
    copied: l10n.t('Copied'),
  };
}

export function actionLabels(): Record<Action, string> {
  return {
    recheck: l10n.t('Check Again'),
    watch: l10n.t('Watch'),
    stopWatching: l10n.t('Stop Watching'),
    copyJson: l10n.t('Copy as JSON'),
    copyMarkdown: l10n.t('Copy as Markdown'),
    copyPhone: l10n.t('Copy Phone'),
    copyId: l10n.t('Copy ID'),
    copyRequest: l10n.t('Copy Request'),
    copyAnswer: l10n.t('Copy Answer'),
    openPlace: l10n.t('Open the Place It Came From'),
  };
}

/** "the subscriber is offline" → "The subscriber is offline." */
function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** A name within a sentence: "Handed to the operator" → "handed to the operator". */
function startLower(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
