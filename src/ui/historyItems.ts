import { l10n, MarkdownString, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { deliveryErrorInfo, statusInfo } from '../smsc/codes.ts';
import { shownFilter, shownMessage } from '../host/privacy.ts';
import { accountLabel } from '../host/words/accounts.ts';
import { failureAdvice, failureHeadline } from '../host/words/failure.ts';
import { pick } from '../host/words/language.ts';
import { placeText } from '../host/words/places.ts';
import { standingName, stateOf, summaryText } from '../host/words/state.ts';
import { ago, dateTime, dayHeading, startOfDay } from '../host/words/time.ts';
import { watchedText } from '../host/words/watch.ts';
import type { MessageQuery, MessageState, MessageSummary } from '../history/types.ts';
import { commands } from '../ids.ts';
import { fingerprint } from '../smsc/mask.ts';
import { messageKey } from '../smsc/message.ts';
import { visible } from '../smsc/text.ts';
import type { Activity } from '../tracking/types.ts';

/** A message as a row of the tree. */
export interface MessageNode {
  kind: 'message';
  summary: MessageSummary;
}

/** The messages of a day, as far as they are shown. */
interface DayNode {
  kind: 'day';
  day: number;
  summaries: MessageSummary[];
  hasMore: boolean;
}

/** What stands in the tree: data, from which the items are made. */
export type Node = DayNode | MessageNode | { kind: 'more' };

/** Which messages the view shows. */
export type Filter = Pick<MessageQuery, 'text' | 'states'>;

/** What an item needs to know besides its node. */
export interface Surroundings {
  now: number;
  /** The label of an account; undefined when it is not known any more. */
  label: (account: string) => string | undefined;
  activity: (summary: MessageSummary) => Activity;
  watched: (summary: MessageSummary) => boolean;
}

export function treeItem(node: Node, around: Surroundings): TreeItem {
  switch (node.kind) {
    case 'day':
      return dayItem(node, around.now);
    case 'message':
      return messageItem(node.summary, around);
    case 'more':
      return moreItem();
  }
}

function dayItem({ day, summaries, hasMore }: DayNode, now: number): TreeItem {
  const item = new TreeItem(dayHeading(day, now), TreeItemCollapsibleState.Expanded);
  item.id = `day/${day}`;
  item.contextValue = 'day';
  item.description = `${summaries.length}${hasMore ? '+' : ''}`;
  return item;
}

function moreItem(): TreeItem {
  const item = new TreeItem(l10n.t('Show more…'));
  item.id = 'more';
  item.contextValue = 'more';
  item.iconPath = new ThemeIcon('ellipsis');
  item.command = { command: commands.showMore, title: l10n.t('Show more…') };
  return item;
}

function messageItem(summary: MessageSummary, { now, label, activity, watched }: Surroundings): TreeItem {
  const { phone, id, account } = shownMessage(summary.message);
  const doing = activity(summary);
  const state = activityText(doing, summary, now) ?? summaryText(summary);
  const when = ago(summary.lastCheckedAt, now);
  const item = new TreeItem(`${phone} · ${id}`);
  // VS Code keeps it on its side.
  item.id = fingerprint(messageKey(summary.message));
  const marks = `${summary.place === undefined ? '' : '.placed'}${watched(summary) ? '.watched' : ''}`;
  item.contextValue = `message.${stateOf(summary)}${marks}`;
  item.description = [state, when, visible(accountLabel(label(account)))].join(' · ');
  item.iconPath = activityIcon(doing) ?? stateIcon(stateOf(summary));
  item.command = {
    command: commands.openMessage,
    title: l10n.t('Open'),
    arguments: [{ kind: 'message', summary } satisfies MessageNode, true],
  };
  item.accessibilityInformation = {
    label: l10n.t(
      '{0}. Phone {1}, ID {2}, account {3}, checked {4}',
      state,
      spelled(phone),
      id,
      accountLabel(label(account)),
      when,
    ),
  };
  return item;
}

/** A screen reader reads eleven digits as billions unless they stand apart. */
function spelled(phone: string): string {
  return phone.split('').join(' ');
}

function activityText(activity: Activity, summary: MessageSummary, now: number): string | undefined {
  switch (activity.kind) {
    case 'idle':
      return undefined;
    case 'checking':
      return l10n.t('Checking…');
    case 'waiting':
      return l10n.t('Waiting, next request {0}', ago(activity.until, now));
    case 'watched':
      return [summaryText(summary), watchedText(activity, now)].filter((part) => part !== '').join(', ');
  }
}

function activityIcon({ kind }: Activity): ThemeIcon | undefined {
  switch (kind) {
    case 'idle':
      return undefined;
    case 'checking':
    case 'waiting':
      return new ThemeIcon('sync~spin');
    case 'watched':
      return new ThemeIcon('eye', new ThemeColor('charts.blue'));
  }
}

function stateIcon(state: MessageState): ThemeIcon {
  switch (state) {
    case 'delivered':
      return new ThemeIcon('pass-filled', new ThemeColor('charts.green'));
    case 'failed':
      return new ThemeIcon('error', new ThemeColor('testing.iconFailed'));
    case 'pending':
      return new ThemeIcon('clock', new ThemeColor('charts.blue'));
    case 'unknown':
      return new ThemeIcon('question');
    case 'problem':
      return new ThemeIcon('warning', new ThemeColor('list.warningForeground'));
  }
}

/** The details of a message. */
export function tooltip(summary: MessageSummary, { label }: Surroundings): MarkdownString {
  const { message, last, lastReport, checks, firstCheckedAt, lastCheckedAt } = summary;
  const text = new MarkdownString();
  const line = (name: string, value: string | undefined): void => {
    if (value === undefined || value === '') return;
    text.appendMarkdown(`\n\n**${asText(name)}** ${asText(visible(value))}`);
  };
  text.appendMarkdown(`**${asText(standingName(stateOf(summary)))}**`);
  if (lastReport !== undefined) {
    const { status, deliveryError, sentAt, changedAt } = lastReport;
    line(l10n.t('Status'), `${pick(statusInfo(status.code).name)} (${status.code})`);
    if (deliveryError !== undefined) {
      const info = deliveryErrorInfo(deliveryError.code);
      line(l10n.t('Delivery error'), `${pick(info.name)} (${deliveryError.code})`);
      line(l10n.t('What helps'), pick(info.advice));
    }
    line(l10n.t('Sent'), sentAt && dateTime(Date.parse(sentAt)));
    line(l10n.t('Status since'), changedAt && dateTime(Date.parse(changedAt)));
  }
  if (!last.ok) {
    line(l10n.t('Last check'), failureHeadline(last.failure));
    line(l10n.t('What helps'), failureAdvice(last.failure));
  }
  const { phone, id } = shownMessage(message);
  line(l10n.t('Phone'), phone);
  line(l10n.t('ID'), id);
  line(l10n.t('Account'), accountLabel(label(message.account)));
  line(l10n.t('Found in'), summary.place && placeText(summary.place));
  line(l10n.t('First checked'), dateTime(firstCheckedAt));
  line(l10n.t('Last checked'), dateTime(lastCheckedAt));
  line(l10n.t('Checks kept'), String(checks));
  return text;
}

/** Text as Markdown that shows it and nothing else. `appendText` would glue the words of a line together. */
function asText(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, '\\$&').replace(/\s+/g, ' ');
}

/** Whether a filter lets every message through. */
export function isEmpty({ text, states }: Filter): boolean {
  return (text ?? '') === '' && (states ?? []).length === 0;
}

/** A filter in words; empty for none. */
export function filterText({ text, states }: Filter): string {
  const parts = [...(text ? [l10n.t('“{0}”', shownFilter(text))] : []), ...(states ?? []).map(standingName)];
  return parts.length === 0 ? '' : l10n.t('Filter: {0}', parts.join(', '));
}

/** Groups the newest `limit` messages; what is beyond shows that the last day goes on. */
export function groupByDay(summaries: readonly MessageSummary[], limit: number): Node[] {
  const dayOf = ({ lastCheckedAt }: MessageSummary): number => startOfDay(lastCheckedAt);
  const next = summaries[limit];
  const goesOn = next && dayOf(next);
  const days = Map.groupBy(summaries.slice(0, limit), dayOf);
  return Array.from(days, ([day, group]): Node => ({
    kind: 'day',
    day,
    summaries: group,
    hasMore: day === goesOn,
  }));
}
