import { env, l10n } from 'vscode';
import type { BatchAction, BatchWord } from '../../batchProtocol.ts';
import type { MessageList } from '../../recognise/list.ts';
import type { ReadProblem } from '../../recognise/collect.ts';
import type { BatchRow } from '../../tracking/batchRows.ts';
import { failureHeadline } from './failure.ts';
import { statusText } from './state.ts';

/** What became of a row's message, or why that is not known. No word of the service stands in it. */
export function batchRowText({ state, status, error, failure }: BatchRow): string {
  if (failure !== undefined) return failureHeadline(failure);
  if (state === 'notFound') return failureHeadline({ reason: 'notFound' });
  if (status === undefined) return '';
  return statusText({
    status: { code: status },
    ...(error !== undefined && { deliveryError: { code: error } }),
  });
}

/** How a list was understood, and where phone and ID were found. */
export function listForm({ form, columns }: Pick<MessageList, 'form' | 'columns'>): string {
  if (form === 'json') return 'JSON';
  if (form === 'lines' || columns === undefined) return l10n.t('text, line by line');
  const { phone, id } = columns;
  return l10n.t(
    'table: phone number in column {0}, message ID in column {1}',
    columnName(phone),
    columnName(id),
  );
}

function columnName({ index, name }: { index: number; name?: string }): string {
  return name === undefined ? String(index + 1) : l10n.t('“{0}”', name);
}

/** Why a line could not be read. */
export function readProblem(why: ReadProblem): string {
  switch (why) {
    case 'rounded':
      return l10n.t('a number was rounded, its last digits are lost');
    case 'noPhone':
    case 'phoneEmpty':
      return l10n.t('no phone number');
    case 'phoneLetters':
      return l10n.t('the phone number holds more than digits');
    case 'phoneShort':
      return l10n.t('the phone number is too short');
    case 'phoneLong':
      return l10n.t('the phone number is too long');
    case 'idEmpty':
      return l10n.t('no message ID');
    case 'idLong':
      return l10n.t('the message ID is too long');
    case 'idCharacters':
      return l10n.t('the message ID holds characters that no ID has');
    case 'broken':
      return l10n.t('not valid JSON');
  }
}

/** A span of time, rounded up to what one unit can say: "40 sec", "5 min". */
export function roughSpan(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds < 20) return inUnit(seconds, 'second');
  if (seconds < 90) return inUnit(Math.ceil(seconds / 5) * 5, 'second');
  return seconds < 5400
    ? inUnit(Math.ceil(seconds / 60), 'minute')
    : inUnit(Math.ceil(seconds / 360) / 10, 'hour');
}

function inUnit(count: number, unit: string): string {
  return new Intl.NumberFormat(env.language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

/** A count in the user's way of writing it. */
export function number(count: number): string {
  return new Intl.NumberFormat(env.language, { maximumFractionDigits: count < 10 ? 1 : 0 }).format(count);
}

/** Sentences and labels of the batch panel. */
export const batchTexts = {
  title: (source: string) => l10n.t('Check Many: {0}', source),
  preview: () => l10n.t('Ready to check. Nothing was sent yet.'),
  progress: (done: number, total: number) => l10n.t('{0} of {1} checked', number(done), number(total)),
  pace: (perSecond: number, leftMs: number) =>
    l10n.t('{0} per second, about {1} left', number(perSecond), roughSpan(leftMs)),
  account: () => l10n.t('Account'),
  understood: () => l10n.t('Understood as'),
  messages: () => l10n.t('Messages'),
  doubles: () => l10n.t('Doubles left out'),
  dialled: () => l10n.t('Numbers with 8 taken as 7'),
  unreadable: () => l10n.t('Lines that could not be read'),
  duration: () => l10n.t('Takes'),
  about: (ms: number) => l10n.t('about {0}, within SMSC’s limits', roughSpan(ms)),
  started: () => l10n.t('Started'),
  moreUnreadable: (count: number) => l10n.t('More such lines: {0}', number(count)),
  cancelled: () => l10n.t('Cancelled. What was learned is kept.'),
  interrupted: () => l10n.t('Not finished. What was learned is kept.'),
  stopped: (headline: string) => l10n.t('Stopped: {0}', headline),
  together: () => l10n.t('What the checks say together'),
  watched: (count: number) => l10n.t('Messages watched: {0}', number(count)),
  export: () => l10n.t('Export Batch'),
  clipboard: () => l10n.t('Clipboard'),
};

/** A label for each action. */
export function batchActionLabel(action: BatchAction): string {
  switch (action) {
    case 'start':
      return l10n.t('Start');
    case 'discard':
    case 'cancel':
      return l10n.t('Cancel');
    case 'resume':
      return l10n.t('Resume');
    case 'recheckFailed':
      return l10n.t('Check the Failed Again');
    case 'recheckNotFound':
      return l10n.t('Check the Not Found Again');
    case 'recheckPending':
      return l10n.t('Check Those on Their Way Again');
    case 'watchPending':
      return l10n.t('Watch Those on Their Way');
    case 'export':
      return l10n.t('Export…');
  }
}

export function batchWordTexts(): Record<BatchWord, string> {
  return {
    list: l10n.t('Messages'),
    row: '#',
    state: l10n.t('State'),
    phone: l10n.t('Phone'),
    id: l10n.t('ID'),
    result: l10n.t('Result'),
    changed: l10n.t('Status changed'),
    checked: l10n.t('Checked'),
    filterStates: l10n.t('Filter by state'),
    filterText: l10n.t('Filter by text'),
    all: l10n.t('All'),
    shown: l10n.t('{0} of {1} shown', '{0}', '{1}'),
    none: l10n.t('No message fits the filter.'),
    progress: l10n.t('Progress'),
    line: l10n.t('Line'),
    why: l10n.t('Why'),
    unreadable: l10n.t('Text'),
  };
}
