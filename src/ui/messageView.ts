import { isPrivate } from '../host/privacy.ts';
import { language } from '../host/words/language.ts';
import {
  actionLabels,
  activityWords,
  codeAndName,
  deliveryErrorName,
  fieldLabel,
  labels,
  notes,
  outcomeEntry,
  panelWords,
  statusName,
  tellOutcome,
  tellReport,
  tellUnchecked,
} from '../host/words/message.ts';
import { watchedTitle } from '../host/words/watch.ts';
import { answeredAt, beganAt, runsOf, type Run } from '../history/timeline.ts';
import type { Check, MessageSummary, Outcome } from '../history/types.ts';
import type {
  ActionView,
  ActivityView,
  Action,
  ExchangeView,
  Fact,
  Field,
  Headline,
  Mark,
  MessageMemento,
  MessageView,
  Moment,
  TimelineEntry,
  Trouble,
} from '../protocol.ts';
import { placeText } from '../host/words/places.ts';
import { fingerprint, maskedMessage, maskedReport } from '../smsc/mask.ts';
import { messageKey, type Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Exchange } from '../smsc/service.ts';
import { indentXml, visible } from '../smsc/text.ts';
import type { Activity } from '../tracking/types.ts';

/** What is known of a message when its panel is drawn. */
export interface MessageFacts {
  message: Message;
  /** The account's label, where there is or was such an account. */
  accountLabel?: string | undefined;
  summary?: MessageSummary | undefined;
  /** Oldest first; the newest ones, where not all are given. */
  checks: readonly Check[];
  exchange?: Exchange | undefined;
  activity: Activity;
  watched: boolean;
}

/** How much of a hostile answer a panel shows. The JSON has all of it. */
const most = { fields: 100, fact: 200, value: 5000, exchange: 50_000 };

/** Everything that the message panel shows, with every sentence in the user's language. */
export function messageView(known: MessageFacts): MessageView {
  const facts = isPrivate() ? maskedFacts(known) : known;
  const { message, summary, exchange } = facts;
  const report = summary?.lastReport;
  const trouble = summary && troubleOf(summary);
  const activity = activityOf(facts.activity);
  const earlier = (summary?.checks ?? 0) - facts.checks.length;
  const fields = Object.entries(report?.fields ?? {});
  const text = report?.fields.message;
  return {
    language: language(),
    message: { phone: message.phone, id: message.id },
    memento: mementoOf(known.message),
    account: visible(facts.accountLabel ?? notes.removedAccount()),
    headline: headlineOf(summary),
    ...(summary?.place !== undefined && { place: placeText(summary.place) }),
    ...(trouble !== undefined && { trouble }),
    ...(activity !== undefined && { activity }),
    watched: facts.watched,
    ...(summary !== undefined && { lastCheck: moment(new Date(summary.lastCheckedAt).toISOString()) }),
    facts: report === undefined ? [] : factsOf(report),
    ...(text !== undefined && text !== '' && { text: shown(text, most.value) }),
    timeline: timelineOf(facts.checks, report),
    ...(earlier > 0 && { timelineNote: notes.earlierChecks(earlier) }),
    fields:
      report === undefined
        ? []
        : fields.slice(0, most.fields).map(([name, value]) => fieldOf(name, value, report)),
    ...(fields.length > most.fields && { fieldsNote: notes.moreFields(fields.length - most.fields) }),
    ...(exchange !== undefined && { exchange: exchangeView(exchange) }),
    actions: actionsOf(activity, summary),
    words: panelWords(),
  };
}

/** How a panel's state names a message. */
export function mementoOf(message: Message): MessageMemento {
  const { id } = message;
  return {
    fingerprint: fingerprint(messageKey(message)),
    ...(maskedMessage(message).id === id && { id }),
  };
}

/** The facts without phones and texts: nothing else is drawn, so nothing else can come to the browser side. */
function maskedFacts({ message, summary, checks, exchange, ...facts }: MessageFacts): MessageFacts {
  const masked = (report: Report): Report => maskedReport(report, notes.masked());
  const outcomeOf = (outcome: Outcome): Outcome =>
    outcome.ok ? { ok: true, report: masked(outcome.report) } : outcome;
  return {
    ...facts,
    message: maskedMessage(message),
    summary: summary && {
      ...summary,
      last: outcomeOf(summary.last),
      ...(summary.lastReport !== undefined && { lastReport: masked(summary.lastReport) }),
    },
    checks: checks.map((check) => ({ ...check, outcome: outcomeOf(check.outcome) })),
    // Anything may stand in them.
    exchange: exchange && {
      request: notes.maskedExchange(),
      ...(exchange.answer !== undefined && { answer: notes.maskedExchange() }),
    },
  };
}

/** An exchange as it is shown and copied. */
export function exchangeView({ request, answer }: Exchange): ExchangeView {
  return {
    request: shown(request, most.exchange, indentXml),
    ...(answer !== undefined && { answer: shown(answer, most.exchange, indentXml) }),
  };
}

function headlineOf(summary: MessageSummary | undefined): Headline {
  if (summary === undefined) return { mark: 'none', ...tellUnchecked() };
  const { lastReport } = summary;
  return lastReport === undefined
    ? { mark: 'problem', ...tellOutcome(summary.last) }
    : { mark: lastReport.status.kind, ...tellReport(lastReport) };
}

function troubleOf({ last, lastReport, lastCheckedAt }: MessageSummary): Trouble | undefined {
  if (last.ok || lastReport === undefined) return undefined;
  const { sentence, advice = '' } = tellOutcome(last);
  const at = moment(new Date(lastCheckedAt).toISOString());
  return { title: notes.lastCheckFailed(), sentence: `${sentence}.`, advice, at };
}

function activityOf(activity: Activity): ActivityView | undefined {
  switch (activity.kind) {
    case 'idle':
      return undefined;
    case 'checking':
      return { kind: 'checking', text: activityWords.checking() };
    case 'waiting':
      return {
        kind: 'waiting',
        text: activityWords.waiting(),
        at: moment(new Date(activity.until).toISOString()),
      };
    case 'watched':
      return {
        kind: 'scheduled',
        text: watchedTitle(activity),
        at: moment(new Date(activity.nextAt).toISOString()),
      };
  }
}

function actionsOf(
  activity: ActivityView | undefined,
  summary: MessageSummary | undefined,
): Record<Action, ActionView> {
  const names = actionLabels();
  const busy = activity !== undefined && activity.kind !== 'scheduled' && { reason: activity.text };
  return {
    recheck: { label: names.recheck, ...busy },
    watch: {
      label: names.watch,
      ...(summary?.lastReport?.status.final === true && { reason: notes.isFinal() }),
    },
    stopWatching: { label: names.stopWatching },
    copyJson: {
      label: names.copyJson,
      ...(summary?.lastReport === undefined && { reason: notes.noReport() }),
    },
    copyMarkdown: { label: names.copyMarkdown, ...(summary === undefined && { reason: notes.noReport() }) },
    copyPhone: { label: names.copyPhone },
    copyId: { label: names.copyId },
    copyRequest: { label: names.copyRequest },
    copyAnswer: { label: names.copyAnswer },
    openPlace: { label: names.openPlace },
  };
}

function factsOf(report: Report): Fact[] {
  const { status, deliveryError, sentAt, changedAt, fields } = report;
  const facts: Fact[] = [{ label: labels.status(), text: codeAndName(status.code, statusName(status)) }];
  if (deliveryError !== undefined) {
    const text = codeAndName(deliveryError.code, deliveryErrorName(deliveryError));
    facts.push({ label: labels.deliveryError(), text });
  }
  if (sentAt !== undefined) facts.push({ label: labels.sent(), at: moment(sentAt, fields.send_date) });
  if (changedAt !== undefined) {
    facts.push({ label: labels.changed(), at: moment(changedAt, fields.last_date) });
  }
  for (const name of ['cost', 'sms_cnt', 'operator', 'region', 'sender_id']) {
    const value = fields[name];
    if (value !== undefined && value !== '') {
      facts.push({ label: fieldLabel(name) ?? name, text: shown(value, most.fact) });
    }
  }
  return facts;
}

function timelineOf(checks: readonly Check[], report: Report | undefined): TimelineEntry[] {
  const entries = runsOf(checks).map(entryOf);
  if (report?.sentAt !== undefined) {
    const at = moment(report.sentAt, report.fields.send_date);
    entries.unshift({ key: 'sent', mark: 'sent', title: labels.sent(), at, facts: [] });
  }
  return entries
    .map((entry, index) => {
      const before = entries[index - 1];
      const after = before === undefined ? 0 : Date.parse(entry.at.iso) - Date.parse(before.at.iso);
      // Two clocks speak here, SMSC's and ours: a step back would be theirs, not the message's.
      return after > 0 ? { ...entry, after } : entry;
    })
    .reverse();
}

function entryOf(run: Run): TimelineEntry {
  const { outcome } = run.last;
  const [first, last] = [moment(answeredAt(run.first)), moment(answeredAt(run.last))];
  const began = moment(beganAt(run), dateTextOf(run.first.outcome));
  const facts: Fact[] = [];
  if (outcome.ok) {
    if (run.count === 1) facts.push({ label: labels.seen(), at: first });
    else facts.push({ label: labels.firstSeen(), at: first }, { label: labels.lastSeen(), at: last });
  } else if (run.count > 1) {
    facts.push({ label: labels.lastTime(), at: last });
  }
  if (run.count > 1) facts.push({ label: labels.checks(), text: String(run.count) });
  return {
    key: String(run.first.startedAt),
    mark: markOf(outcome),
    ...outcomeEntry(outcome),
    at: began,
    facts,
  };
}

function markOf(outcome: Outcome): Mark {
  return outcome.ok ? outcome.report.status.kind : 'problem';
}

function dateTextOf(outcome: Outcome): string | undefined {
  return outcome.ok && outcome.report.changedAt !== undefined ? outcome.report.fields.last_date : undefined;
}

function fieldOf(name: string, value: string, report: Report): Field {
  const label = fieldLabel(name);
  const field: Field = { name: shown(name, most.fact), value: shown(value, most.value) };
  if (label !== undefined) field.label = label;
  switch (name) {
    case 'status':
      field.note = statusName(report.status);
      break;
    case 'err':
      if (report.deliveryError !== undefined) field.note = deliveryErrorName(report.deliveryError);
      break;
    case 'send_date':
    case 'send_timestamp':
      if (report.sentAt !== undefined) field.at = moment(report.sentAt);
      break;
    case 'last_date':
    case 'last_timestamp':
      if (report.changedAt !== undefined) field.at = moment(report.changedAt);
      break;
    default:
      break;
  }
  return field;
}

function moment(iso: string, original?: string): Moment {
  return original === undefined || original === '' ? { iso } : { iso, original: shown(original, most.fact) };
}

/** Text of the service as it is shown: nothing in it hides, and it ends somewhere. */
function shown(text: string, limit: number, arrange = (part: string): string => part): string {
  const part = visible(arrange(text.slice(0, limit)));
  return text.length > limit ? `${part} ${notes.cut(text.length - limit)}` : part;
}
