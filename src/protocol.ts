/**
 * What the extension and a panel's browser side tell each other. Both sides check what they get, so a mistake or a
 * stranger's message ends at the door. The extension sends whole views, with every sentence ready in the user's
 * language; the browser side sends requests without arguments.
 */
import type { MessageStanding } from './history/standing.ts';
import type { MessageName } from './smsc/message.ts';

/** How a state looks: always an icon beside its words. `none` is a message that was never checked. */
export const marks = ['sent', 'pending', 'delivered', 'failed', 'unknown', 'problem', 'none'] as const;
export type Mark = (typeof marks)[number];

/** Where a message stands, where panels count and filter; the order is that of buttons and pictures. */
export const messageStandings = [
  'delivered',
  'pending',
  'failed',
  'unknown',
  'notFound',
  'problem',
  'unchecked',
] as const satisfies readonly MessageStanding[];
export type { MessageStanding };

/** A point in time: shown in local time, with UTC and the service's own text at hand. */
export interface Moment {
  /** ISO 8601 in UTC. */
  iso: string;
  original?: string;
}

export type Fact = { label: string; text: string } | { label: string; at: Moment };

/** What happened, in one sentence; what it means; what to do. */
export interface Headline {
  mark: Mark;
  sentence: string;
  meaning?: string;
  advice?: string;
}

/** A last check that failed although earlier ones brought reports. */
export interface Trouble {
  title: string;
  sentence: string;
  advice: string;
  at: Moment;
}

/** What is going on with the message right now, or will be: the timeline's end that is still open. */
export interface ActivityView {
  kind: 'waiting' | 'checking' | 'scheduled';
  text: string;
  /** When it goes on by itself. */
  at?: Moment;
}

/** One state, or one kind of failed check, over as many checks in a row as saw it. */
export interface TimelineEntry {
  /** The same for the same entry in every view of the message. */
  key: string;
  mark: Mark;
  title: string;
  detail?: string;
  at: Moment;
  /** Milliseconds since the entry before it. */
  after?: number;
  facts: Fact[];
}

/** A field of the answer: its SMSC name and value, and our words for both where we know them. */
export interface Field {
  name: string;
  label?: string;
  value: string;
  note?: string;
  at?: Moment;
}

export interface ExchangeView {
  request: string;
  answer?: string;
}

export const actions = [
  'recheck',
  'watch',
  'stopWatching',
  'copyJson',
  'copyMarkdown',
  'copyPhone',
  'copyId',
  'copyRequest',
  'copyAnswer',
  'openPlace',
] as const;
export type Action = (typeof actions)[number];

export interface ActionView {
  label: string;
  /** Why it cannot be used right now. */
  reason?: string;
}

/** The panel's own labels. `later` holds a {0} for a span of time. */
export const words = [
  'phone',
  'id',
  'account',
  'place',
  'facts',
  'lastCheck',
  'text',
  'timeline',
  'later',
  'fields',
  'field',
  'value',
  'exchange',
  'request',
  'answer',
  'noAnswer',
  'copied',
] as const;
export type Word = (typeof words)[number];

/** How a panel remembers its message without its phone: by a fingerprint, and by the ID to find it sooner. */
export interface MessageMemento {
  fingerprint: string;
  /** Absent where the ID holds the phone. */
  id?: string;
}

/** Everything that the message panel shows. */
export interface MessageView {
  /** Of the words, and of the times that the browser side writes. */
  language: 'en' | 'ru';
  /** As it is shown: the phone may be masked. */
  message: MessageName;
  /** What the panel keeps as its state. */
  memento: MessageMemento;
  account: string;
  /** File name and line that a check came from, such as `send.log:12`. */
  place?: string;
  headline: Headline;
  trouble?: Trouble;
  activity?: ActivityView;
  /** Watched until its status is final, also while a check is under way. */
  watched: boolean;
  lastCheck?: Moment;
  facts: Fact[];
  /** The message's own text, where the service told it. */
  text?: string;
  /** Newest first. */
  timeline: TimelineEntry[];
  /** Told when the timeline begins later than the history. */
  timelineNote?: string;
  fields: Field[];
  fieldsNote?: string;
  exchange?: ExchangeView;
  actions: Record<Action, ActionView>;
  words: Record<Word, string>;
}

export type ToMessagePanel = { type: 'show'; view: MessageView } | { type: 'done'; action: Action };
/** Requests only: which message they mean is known to the extension. */
export interface FromMessagePanel {
  type: 'ready' | Action;
}

export type Guard<T> = (value: unknown) => value is T;
type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type Guards<T, K extends keyof T> = { [P in K]-?: Guard<Exclude<T[P], undefined>> };

export const isText: Guard<string> = (value) => typeof value === 'string';
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value);
export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
const isTime: Guard<string> = (value): value is string => isText(value) && !Number.isNaN(Date.parse(value));

export function oneOf<const T extends string>(...values: readonly T[]): Guard<T> {
  return (value): value is T => (values as readonly unknown[]).includes(value);
}

export function listOf<T>(item: Guard<T>): Guard<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(item);
}

/** An object with the keys of `required`, and perhaps those of `optional`. Other keys do no harm. */
export function shape<T extends object>(
  required: Guards<T, Exclude<keyof T, OptionalKeys<T>>>,
  optional: Guards<T, OptionalKeys<T>>,
): Guard<T> {
  const must = Object.entries<Guard<unknown>>(required);
  const may = Object.entries<Guard<unknown>>(optional);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null) return false;
    const field = (key: string): unknown => (Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined);
    return (
      must.every(([key, guard]) => guard(field(key))) &&
      may.every(([key, guard]) => field(key) === undefined || guard(field(key)))
    );
  };
}

export function recordOf<K extends string, T>(keys: readonly K[], item: Guard<T>): Guard<Record<K, T>> {
  return (value): value is Record<K, T> =>
    typeof value === 'object' &&
    value !== null &&
    keys.every((key) => Object.hasOwn(value, key) && item(Reflect.get(value, key)));
}

export function either<A, B>(first: Guard<A>, second: Guard<B>): Guard<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

const isMoment = shape<Moment>({ iso: isTime }, { original: isText });
const isFact: Guard<Fact> = either(
  shape<{ label: string; text: string }>({ label: isText, text: isText }, {}),
  shape<{ label: string; at: Moment }>({ label: isText, at: isMoment }, {}),
);
const isMark = oneOf(...marks);
const isAction = oneOf(...actions);

/** What a panel's stored state may be. */
export const isMessageMemento = shape<MessageMemento>({ fingerprint: isText }, { id: isText });

const isMessageView = shape<MessageView>(
  {
    language: oneOf('en', 'ru'),
    message: shape<MessageName>({ phone: isText, id: isText }, {}),
    memento: isMessageMemento,
    account: isText,
    watched: isBoolean,
    headline: shape<Headline>({ mark: isMark, sentence: isText }, { meaning: isText, advice: isText }),
    facts: listOf(isFact),
    timeline: listOf(
      shape<TimelineEntry>(
        { key: isText, mark: isMark, title: isText, at: isMoment, facts: listOf(isFact) },
        { detail: isText, after: isNumber },
      ),
    ),
    fields: listOf(
      shape<Field>({ name: isText, value: isText }, { label: isText, note: isText, at: isMoment }),
    ),
    actions: recordOf(actions, shape<ActionView>({ label: isText }, { reason: isText })),
    words: recordOf(words, isText),
  },
  {
    place: isText,
    trouble: shape<Trouble>({ title: isText, sentence: isText, advice: isText, at: isMoment }, {}),
    activity: shape<ActivityView>(
      { kind: oneOf('waiting', 'checking', 'scheduled'), text: isText },
      { at: isMoment },
    ),
    lastCheck: isMoment,
    text: isText,
    timelineNote: isText,
    fieldsNote: isText,
    exchange: shape<ExchangeView>({ request: isText }, { answer: isText }),
  },
);

/** What the browser side accepts from the extension. */
export const isToMessagePanel: Guard<ToMessagePanel> = either(
  shape<{ type: 'show'; view: MessageView }>({ type: oneOf('show'), view: isMessageView }, {}),
  shape<{ type: 'done'; action: Action }>({ type: oneOf('done'), action: isAction }, {}),
);

/** What the extension accepts from the browser side. */
export const isFromMessagePanel = shape<FromMessagePanel>({ type: oneOf('ready', ...actions) }, {});
