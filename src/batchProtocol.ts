/**
 * What the extension and the batch panel's browser side tell each other: the head of the panel as a whole, and of the
 * table only the rows that changed. Sorting and filtering are the browser side's own business.
 */
import {
  isOperatorsView,
  isStatesView,
  isTimesView,
  type OperatorsView,
  type StatesView,
  type TimesView,
} from './statisticsView.ts';
import {
  either,
  isBoolean,
  isNumber,
  isText,
  listOf,
  messageStandings,
  oneOf,
  recordOf,
  shape,
  type Guard,
  type MessageStanding,
} from './protocol.ts';

/** What can be asked for. Which of these are offered, and in what words, the extension says. */
export const batchActions = [
  'start',
  'discard',
  'cancel',
  'resume',
  'recheckFailed',
  'recheckNotFound',
  'recheckPending',
  'watchPending',
  'export',
] as const;
export type BatchAction = (typeof batchActions)[number];

/** `preview` was not started yet; `paused` was cancelled or interrupted, with messages left. */
export const batchPhases = ['preview', 'running', 'paused', 'done'] as const;
export type BatchPhase = (typeof batchPhases)[number];

/** The panel's own labels. `shown` holds {0} and {1} for numbers; `row` is a row's number in the list. */
export const batchWords = [
  'list',
  'row',
  'state',
  'phone',
  'id',
  'result',
  'changed',
  'checked',
  'filterStates',
  'filterText',
  'all',
  'shown',
  'none',
  'progress',
  'line',
  'why',
  'unreadable',
] as const;
export type BatchWord = (typeof batchWords)[number];

export interface BatchNotice {
  mark: 'problem' | 'paused';
  text: string;
  advice?: string;
}

/** A line that could not be read. */
export interface UnreadableView {
  line: number;
  text: string;
  why: string;
}

/** Everything but the table. */
export interface BatchView {
  language: 'en' | 'ru';
  /** To be remembered for a reload; absent before the start, when there is nothing to come back to. */
  batch?: string;
  title: string;
  /** Whether phones are masked: then no text that was typed to find one may stand there either. */
  masked: boolean;
  phase: BatchPhase;
  facts: { label: string; text: string }[];
  /** Of what is going on, or of the whole. */
  progress: { done: number; total: number; text: string; pace?: string };
  notice?: BatchNotice;
  counts: Record<MessageStanding, number>;
  states: Record<MessageStanding, string>;
  unreadable: UnreadableView[];
  unreadableTitle?: string;
  unreadableNote?: string;
  /** What the checks say together, once nothing is going on. */
  together?: { title: string; states: StatesView; times?: TimesView; operators?: OperatorsView };
  /** In the order of the toolbar; the first is what most people want. */
  actions: { action: BatchAction; label: string }[];
  words: Record<BatchWord, string>;
}

export interface RowView {
  index: number;
  phone: string;
  id: string;
  state: MessageStanding;
  /** What became of the message, or why that is not known. */
  text: string;
  /** Unix milliseconds. */
  changed?: number;
  checked?: number;
}

/** `rows` with `total` begins a table anew; without, it changes rows of the one that stands. */
export type ToBatchPanel =
  { type: 'show'; view: BatchView } | { type: 'rows'; rows: RowView[]; total?: number };

/** Requests: an action, or to open the message of a row. */
export type FromBatchPanel = { type: 'ready' | BatchAction } | { type: 'open'; index: number };

const isState = oneOf(...messageStandings);

const isView = shape<BatchView>(
  {
    language: oneOf('en', 'ru'),
    title: isText,
    masked: isBoolean,
    phase: oneOf(...batchPhases),
    facts: listOf(shape<BatchView['facts'][number]>({ label: isText, text: isText }, {})),
    progress: shape<BatchView['progress']>(
      { done: isNumber, total: isNumber, text: isText },
      { pace: isText },
    ),
    counts: recordOf(messageStandings, isNumber),
    states: recordOf(messageStandings, isText),
    unreadable: listOf(shape<UnreadableView>({ line: isNumber, text: isText, why: isText }, {})),
    actions: listOf(
      shape<BatchView['actions'][number]>({ action: oneOf(...batchActions), label: isText }, {}),
    ),
    words: recordOf(batchWords, isText),
  },
  {
    batch: isText,
    notice: shape<BatchNotice>({ mark: oneOf('problem', 'paused'), text: isText }, { advice: isText }),
    unreadableTitle: isText,
    unreadableNote: isText,
    together: shape<NonNullable<BatchView['together']>>(
      { title: isText, states: isStatesView },
      { times: isTimesView, operators: isOperatorsView },
    ),
  },
);

const isRow = shape<RowView>(
  { index: isNumber, phone: isText, id: isText, state: isState, text: isText },
  { changed: isNumber, checked: isNumber },
);

/** What the browser side accepts from the extension. */
export const isToBatchPanel: Guard<ToBatchPanel> = either(
  shape<{ type: 'show'; view: BatchView }>({ type: oneOf('show'), view: isView }, {}),
  shape<{ type: 'rows'; rows: RowView[]; total?: number }>(
    { type: oneOf('rows'), rows: listOf(isRow) },
    { total: isNumber },
  ),
);

/** What the extension accepts from the browser side. */
export const isFromBatchPanel: Guard<FromBatchPanel> = either(
  shape<{ type: 'ready' | BatchAction }>({ type: oneOf('ready', ...batchActions) }, {}),
  shape<{ type: 'open'; index: number }>({ type: oneOf('open'), index: isNumber }, {}),
);

/** A batch as a panel's stored state names it. */
export const isBatchName = shape<{ batch: string }>({ batch: isText }, {});
