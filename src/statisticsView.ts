/**
 * What messages say together, as panels show it, and what the extension and the statistics panel tell each other. As in
 * `protocol.ts`: views come whole, with every number and sentence ready in the user's language, and both sides check
 * what they get. The pictures' views are there for any panel that counts messages.
 */
import {
  either,
  isNumber,
  isText,
  listOf,
  messageStandings,
  oneOf,
  shape,
  type Guard,
  type MessageStanding,
} from './protocol.ts';

/** A count, and what share of all it is: both as text, the share also as a number from 0 to 1. */
export interface Counted {
  label: string;
  count: string;
  percent: string;
  share: number;
}

export interface StateCount extends Counted {
  /** Each is drawn in a pattern of its own beside its colour. */
  pattern: MessageStanding;
}

/** The headings of a table of counts. */
export interface CountHeadings {
  label: string;
  count: string;
  percent: string;
}

/** The picture of the states: a bar and its table. */
export interface StatesView {
  title: string;
  headings: CountHeadings;
  states: StateCount[];
}

export interface SpanCount extends Counted {
  /** What of the facts lies in this span, such as the median. */
  note?: string;
}

/** The picture of the times from sent to delivered: median, 90 % and slowest, and how many messages took how long. */
export interface TimesView {
  title: string;
  facts: { label: string; text: string }[];
  headings: CountHeadings;
  spans: SpanCount[];
  /** Of how many messages the times are, and of how many they are not known. */
  note: string;
}

/** Numbers by operator; the first cell of each row is its name. */
export interface OperatorsView {
  title: string;
  headings: string[];
  rows: string[][];
  note?: string;
}

/** Which messages are counted. The panel keeps it over a reload. */
export interface Scope {
  text?: string;
  states?: string[];
}

/** Everything that the statistics panel shows. */
export interface StatisticsView {
  title: string;
  /** Of which messages, and how many. */
  about: string;
  scope: Scope;
  states?: StatesView;
  times?: TimesView;
  operators?: OperatorsView;
  /** Told where there is nothing to count. */
  empty?: string;
  buttons: { action: StatisticsAction; label: string }[];
  copied: string;
}

export const statisticsActions = ['everything', 'copy'] as const;
export type StatisticsAction = (typeof statisticsActions)[number];

export type ToStatisticsPanel = { type: 'show'; view: StatisticsView } | { type: 'copied' };
export interface FromStatisticsPanel {
  type: 'ready' | StatisticsAction;
}

const counted = { label: isText, count: isText, percent: isText, share: isNumber };
const isHeadings = shape<CountHeadings>({ label: isText, count: isText, percent: isText }, {});

export const isStatesView = shape<StatesView>(
  {
    title: isText,
    headings: isHeadings,
    states: listOf(shape<StateCount>({ ...counted, pattern: oneOf(...messageStandings) }, {})),
  },
  {},
);

export const isTimesView = shape<TimesView>(
  {
    title: isText,
    facts: listOf(shape<{ label: string; text: string }>({ label: isText, text: isText }, {})),
    headings: isHeadings,
    spans: listOf(shape<SpanCount>(counted, { note: isText })),
    note: isText,
  },
  {},
);

export const isOperatorsView = shape<OperatorsView>(
  { title: isText, headings: listOf(isText), rows: listOf(listOf(isText)) },
  { note: isText },
);

/** A scope as a panel's stored state names it. Whether its states are ours is checked by who uses them. */
export const isScope = shape<Scope>({}, { text: isText, states: listOf(isText) });

const isStatisticsView = shape<StatisticsView>(
  {
    title: isText,
    about: isText,
    scope: isScope,
    buttons: listOf(
      shape<{ action: StatisticsAction; label: string }>(
        { action: oneOf(...statisticsActions), label: isText },
        {},
      ),
    ),
    copied: isText,
  },
  { states: isStatesView, times: isTimesView, operators: isOperatorsView, empty: isText },
);

/** What the browser side accepts from the extension. */
export const isToStatisticsPanel: Guard<ToStatisticsPanel> = either(
  shape<{ type: 'show'; view: StatisticsView }>({ type: oneOf('show'), view: isStatisticsView }, {}),
  shape<{ type: 'copied' }>({ type: oneOf('copied') }, {}),
);

/** What the extension accepts from the browser side. */
export const isFromStatisticsPanel = shape<FromStatisticsPanel>(
  { type: oneOf('ready', ...statisticsActions) },
  {},
);
