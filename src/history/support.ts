import type { DeliveryError, Status } from '../smsc/report.ts';
import { masking } from '../smsc/mask.ts';
import { visible } from '../smsc/text.ts';
import { utc } from './markdown.ts';
import { answeredAt, beganAt, runsOf } from './timeline.ts';
import type { Check, MessageSummary, Outcome } from './types.ts';

/** What `supportText` says, in the user's language. None of it comes from the service. */
export interface SupportWords {
  /** The first line: what the text is about. */
  title: string;
  /** What happened, in one sentence. */
  sentence: string;
  phone: string;
  id: string;
  /** The service's host, such as smscentre.com; absent where the account is gone. */
  host?: string;
  service: string;
  status: string;
  deliveryError: string;
  sent: string;
  changed: string;
  lastCheck: string;
  checks: string;
  fields: string;
  /** Told when the phone is masked. */
  masked: string;
  /** SMSC's name of a status, and of a delivery error. */
  statusName: (status: Pick<Status, 'code'>) => string;
  errorName: (error: Pick<DeliveryError, 'code'>) => string;
  outcome: (outcome: Outcome) => string;
}

/**
 * What the service's support, or a colleague, needs to know of a message: plain text with times in UTC, codes with
 * SMSC's names, and all fields as received. Neither login nor label of the account stands in it, and no secret: what is
 * kept of a message has none.
 *
 * @param checks oldest first
 * @param mask leaves the phone's middle out, wherever in the text it stands: in the ID, in the message's own text
 */
export function supportText(
  summary: MessageSummary,
  checks: readonly Check[],
  words: SupportWords,
  mask: boolean,
): string {
  const { message, lastReport: report } = summary;
  const lines = [words.title, words.sentence, ''];
  const add = (label: string, value: string | undefined): void => {
    if (value !== undefined) lines.push(`${label}: ${value}`);
  };
  add(words.service, words.host);
  add(words.phone, mask ? `${message.phone} (${words.masked})` : message.phone);
  add(words.id, message.id);
  if (report !== undefined) {
    add(words.status, `${report.status.code} ${words.statusName(report.status)}`);
    if (report.deliveryError !== undefined) {
      add(words.deliveryError, `${report.deliveryError.code} ${words.errorName(report.deliveryError)}`);
    }
    add(words.sent, report.sentAt && utc(report.sentAt));
    add(words.changed, report.changedAt && utc(report.changedAt));
  }
  add(words.lastCheck, utc(new Date(summary.lastCheckedAt).toISOString()));

  lines.push('', `${words.checks}:`);
  for (const run of runsOf(checks)) {
    const times = run.count > 1 ? ` (${run.count} ×, … ${utc(answeredAt(run.last))})` : '';
    lines.push(`- ${utc(beganAt(run))}: ${words.outcome(run.last.outcome)}${times}`);
  }
  if (report !== undefined) {
    lines.push('', `${words.fields}:`);
    for (const [name, value] of Object.entries(report.fields)) {
      lines.push(`${oneLine(name)} = ${oneLine(value)}`);
    }
  }
  const text = lines.map(visible).join('\n');
  return `${mask ? masking(message.phone)(text) : text}\n`;
}

function oneLine(text: string): string {
  return visible(text).replaceAll('\n', ' ⏎ ');
}
