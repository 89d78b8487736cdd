import type { Report } from '../smsc/report.ts';
import { visibleJson } from '../smsc/text.ts';
import { codeSpan, plain, utc } from './markdown.ts';
import { answeredAt, beganAt, runsOf } from './timeline.ts';
import type { Check, MessageSummary, Outcome } from './types.ts';

/** A report as JSON for people and programs. Hidden characters are escaped; the values are the report's own. */
export function reportJson(report: Report): string {
  return visibleJson(JSON.stringify(report, null, 2));
}

/** What `messageMarkdown` says, in the user's language. None of it comes from the service. */
export interface MarkdownWords {
  headline: { sentence: string; meaning?: string; advice?: string };
  outcome: (outcome: Outcome) => string;
  /** The name of an answer's field, where it has one. */
  field: (name: string) => string | undefined;
  /** The account's label. */
  accountLabel: string;
  phone: string;
  id: string;
  account: string;
  lastCheck: string;
  timeline: string;
  sent: string;
  fields: string;
}

/**
 * What is known of a message, as Markdown to paste into an issue or a chat. Lists rather than tables, and every word
 * of the service in a code span: there, no reader of Markdown makes a link, a mention, a tag or a command of it.
 *
 * @param checks oldest first
 */
export function messageMarkdown(
  summary: MessageSummary,
  checks: readonly Check[],
  words: MarkdownWords,
): string {
  const { sentence, meaning, advice } = words.headline;
  const report = summary.lastReport;
  const explanation = [meaning, advice].filter((text) => text !== undefined).map(plain);
  const lines = [`### ${plain(sentence)}`, ''];
  if (explanation.length > 0) lines.push(explanation.join(' '), '');
  lines.push(
    item(words.phone, summary.message.phone),
    item(words.id, summary.message.id),
    item(words.account, words.accountLabel),
    `- ${plain(words.lastCheck)}: ${utc(new Date(summary.lastCheckedAt).toISOString())}`,
    '',
    `**${plain(words.timeline)}**`,
    '',
  );
  if (report?.sentAt !== undefined) lines.push(`- ${utc(report.sentAt)}: ${plain(words.sent)}`);
  for (const run of runsOf(checks)) {
    const times = run.count > 1 ? ` (${run.count} ×, … ${utc(answeredAt(run.last))})` : '';
    lines.push(`- ${utc(beganAt(run))}: ${plain(words.outcome(run.last.outcome))}${times}`);
  }
  if (report !== undefined) {
    lines.push('', `**${plain(words.fields)}**`, '');
    for (const [name, value] of Object.entries(report.fields)) {
      const label = words.field(name);
      const heading = label === undefined ? codeSpan(name) : `${plain(label)} (${codeSpan(name)})`;
      lines.push(`- ${heading}: ${codeSpan(value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function item(label: string, value: string): string {
  return `- ${plain(label)}: ${codeSpan(value)}`;
}
