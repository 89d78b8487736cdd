import type { BatchAction, BatchNotice, BatchPhase, BatchView, RowView } from '../batchProtocol.ts';
import {
  batchActionLabel,
  batchRowText,
  batchTexts,
  batchWordTexts,
  listForm,
  number,
  readProblem,
} from '../host/words/batch.ts';
import { isPrivate, shownMessage } from '../host/privacy.ts';
import { failureAdvice, failureHeadline } from '../host/words/failure.ts';
import { language } from '../host/words/language.ts';
import { notes } from '../host/words/message.ts';
import { standingName } from '../host/words/state.ts';
import { operatorsView, statesView, timesView } from '../host/words/statistics.ts';
import { dateTime } from '../host/words/time.ts';
import { statisticsOf } from '../history/statistics.ts';
import { messageStandings } from '../protocol.ts';
import type { MessageList } from '../recognise/list.ts';
import { visible } from '../smsc/text.ts';
import { knownOf, type BatchRow } from '../tracking/batchRows.ts';
import type { BatchSession } from '../tracking/batchSession.ts';
import { limits } from '../tracking/limits.ts';
import { shortestMs } from '../tracking/pace.ts';

/** What is known of a batch when its panel is drawn. */
export interface BatchFacts {
  session: Pick<BatchSession, 'batch' | 'counts' | 'run' | 'end' | 'started' | 'rows'>;
  accountLabel: string | undefined;
  /** What was understood of the list; not known any more after a reload. */
  list?: Omit<MessageList, 'messages'> | undefined;
  /** How long one check takes, in milliseconds. */
  eachMs: number;
}

/** So many lines that could not be read are shown. */
const mostUnreadable = 200;

/** Everything but the table, with every sentence in the user's language. */
export function batchView(facts: BatchFacts): BatchView {
  const { session, list } = facts;
  const { batch, counts, started } = session;
  const phase = phaseOf(session);
  const notice = noticeOf(session, phase);
  const unreadable = list?.unreadable ?? [];
  const more = unreadable.length - mostUnreadable;
  return {
    language: language(),
    ...(started && { batch: batch.id }),
    title: batchTexts.title(visible(batch.source)),
    masked: isPrivate(),
    phase,
    facts: phase === 'preview' ? previewFacts(facts) : startedFacts(facts),
    progress: progressOf(session),
    ...(notice !== undefined && { notice }),
    counts: { ...counts },
    states: Object.fromEntries(
      messageStandings.map((state) => [state, standingName(state)]),
    ) as BatchView['states'],
    unreadable: (phase === 'preview' ? unreadable.slice(0, mostUnreadable) : []).map(
      ({ line, text, why }) => ({
        ...{ line, text: isPrivate() ? notes.masked() : visible(text), why: readProblem(why) },
      }),
    ),
    ...(unreadable.length > 0 && {
      unreadableTitle: `${batchTexts.unreadable()}: ${number(unreadable.length)}`,
    }),
    ...(more > 0 && { unreadableNote: batchTexts.moreUnreadable(more) }),
    ...((phase === 'paused' || phase === 'done') && { together: togetherOf(session) }),
    actions: actionsOf(session, phase).map((action) => ({ action, label: batchActionLabel(action) })),
    words: batchWordTexts(),
  };
}

/** States, times and operators of what was learned so far. */
function togetherOf({ rows }: BatchFacts['session']): NonNullable<BatchView['together']> {
  const statistics = statisticsOf(rows.map(knownOf));
  const times = timesView(statistics.delivery);
  const operators = operatorsView(statistics);
  return {
    title: batchTexts.together(),
    states: statesView(statistics),
    ...(times !== undefined && { times }),
    ...(operators !== undefined && { operators }),
  };
}

/** A row as the table shows it. */
export function rowView(row: BatchRow): RowView {
  const { index, state, changedAt, checkedAt } = row;
  const { phone, id } = shownMessage(row.message);
  return {
    ...{ index, phone, id, state, text: batchRowText(row) },
    ...(changedAt !== undefined && { changed: Date.parse(changedAt) }),
    ...(checkedAt !== undefined && { checked: checkedAt }),
  };
}

function phaseOf({ started, run, counts }: BatchFacts['session']): BatchPhase {
  if (!started && run === undefined) return 'preview';
  if (run !== undefined) return 'running';
  return counts.unchecked > 0 ? 'paused' : 'done';
}

function previewFacts({ session: { batch }, list, accountLabel, eachMs }: BatchFacts): BatchView['facts'] {
  const { doubles = 0, dialled = 0, unreadable = [] } = list ?? {};
  const count = batch.messages.length;
  const numbers: [label: string, count: number][] = [
    [batchTexts.doubles(), doubles],
    [batchTexts.dialled(), dialled],
    [batchTexts.unreadable(), unreadable.length],
  ];
  return [
    ...(list === undefined ? [] : [{ label: batchTexts.understood(), text: visible(listForm(list)) }]),
    { label: batchTexts.messages(), text: number(count) },
    ...numbers.filter(([, value]) => value > 0).map(([label, value]) => ({ label, text: number(value) })),
    { label: batchTexts.account(), text: visible(accountLabel ?? notes.removedAccount()) },
    { label: batchTexts.duration(), text: batchTexts.about(shortestMs(count, eachMs, limits.inFlight)) },
  ];
}

function startedFacts({ session: { batch }, accountLabel }: BatchFacts): BatchView['facts'] {
  return [
    { label: batchTexts.account(), text: visible(accountLabel ?? notes.removedAccount()) },
    { label: batchTexts.started(), text: dateTime(batch.createdAt) },
  ];
}

function progressOf({ batch, counts, run, started }: BatchFacts['session']): BatchView['progress'] {
  if (run === undefined) {
    const total = batch.messages.length;
    const done = total - counts.unchecked;
    return { done, total, text: started ? batchTexts.progress(done, total) : batchTexts.preview() };
  }
  const { done, total, pace } = run;
  const [rate, leftMs] = [pace.perSecond(), pace.leftMs(total - done)];
  return {
    ...{ done, total, text: batchTexts.progress(done, total) },
    ...(rate !== undefined && leftMs !== undefined && { pace: batchTexts.pace(rate, leftMs) }),
  };
}

function noticeOf({ end }: BatchFacts['session'], phase: BatchPhase): BatchNotice | undefined {
  if (phase === 'preview' || phase === 'running') return undefined;
  if (end?.kind === 'stopped') {
    const { failure } = end;
    const text = batchTexts.stopped(failureHeadline(failure));
    return { mark: 'problem', text: `${text}.`, advice: failureAdvice(failure) };
  }
  if (end?.kind === 'cancelled') return { mark: 'paused', text: batchTexts.cancelled() };
  return phase === 'paused' ? { mark: 'paused', text: batchTexts.interrupted() } : undefined;
}

/** In the order of the toolbar; actions on the whole batch stand at the end. */
function actionsOf({ counts, batch }: BatchFacts['session'], phase: BatchPhase): BatchAction[] {
  switch (phase) {
    case 'preview':
      return batch.messages.length > 0 ? ['start', 'discard'] : ['discard'];
    case 'running':
      return ['cancel'];
    case 'paused':
    case 'done': {
      const again: [action: BatchAction, count: number][] = [
        ['resume', counts.unchecked],
        ['recheckFailed', counts.problem],
        ['recheckNotFound', counts.notFound],
        ['recheckPending', counts.pending],
      ];
      const present = again.filter(([, count]) => count > 0).map(([action]) => action);
      return [...present, ...(counts.pending > 0 ? (['watchPending'] as const) : []), 'export'];
    }
  }
}
