import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  batchActions,
  batchPhases,
  batchWords,
  isBatchName,
  isFromBatchPanel,
  isToBatchPanel,
} from '../../../src/batchProtocol.ts';
import {
  actions,
  isFromMessagePanel,
  isMessageMemento,
  isToMessagePanel,
  marks,
  messageStandings,
  words,
  type Guard,
} from '../../../src/protocol.ts';
import {
  isFromStatisticsPanel,
  isScope,
  isToStatisticsPanel,
  statisticsActions,
} from '../../../src/statisticsView.ts';
import { always } from './fuzz.ts';
import { anyCopy, anyText, isoTime } from './values.ts';

/** What a message is made of, written down once more: the guards are held against it. */
type Spec =
  | 'text'
  | 'number'
  | 'flag'
  | 'time'
  | { oneOf: readonly string[] }
  | { listOf: Spec }
  | { either: readonly Spec[] }
  | { must: Record<string, Spec>; may?: Record<string, Spec> };

const each = (names: readonly string[], spec: Spec): Spec => ({
  must: Object.fromEntries(names.map((name) => [name, spec])),
});
const is = (...names: string[]): Spec => ({ oneOf: names });
const moment: Spec = { must: { iso: 'time' }, may: { original: 'text' } };
const facts: Spec = {
  listOf: { either: [{ must: { label: 'text', text: 'text' } }, { must: { label: 'text', at: moment } }] },
};
const labelled: Spec = { must: { label: 'text', text: 'text' } };
const mark: Spec = { oneOf: marks };

const messageView: Spec = {
  must: {
    language: is('en', 'ru'),
    message: { must: { phone: 'text', id: 'text' } },
    memento: { must: { fingerprint: 'text' }, may: { id: 'text' } },
    account: 'text',
    headline: { must: { mark, sentence: 'text' }, may: { meaning: 'text', advice: 'text' } },
    watched: 'flag',
    facts,
    timeline: {
      listOf: {
        must: { key: 'text', mark, title: 'text', at: moment, facts },
        may: { detail: 'text', after: 'number' },
      },
    },
    fields: {
      listOf: { must: { name: 'text', value: 'text' }, may: { label: 'text', note: 'text', at: moment } },
    },
    actions: each(actions, { must: { label: 'text' }, may: { reason: 'text' } }),
    words: each(words, 'text'),
  },
  may: {
    trouble: { must: { title: 'text', sentence: 'text', advice: 'text', at: moment } },
    place: 'text',
    activity: { must: { kind: is('waiting', 'checking', 'scheduled'), text: 'text' }, may: { at: moment } },
    lastCheck: moment,
    text: 'text',
    timelineNote: 'text',
    fieldsNote: 'text',
    exchange: { must: { request: 'text' }, may: { answer: 'text' } },
  },
};
const headings: Spec = { must: { label: 'text', count: 'text', percent: 'text' } };
const counted: Record<string, Spec> = { label: 'text', count: 'text', percent: 'text', share: 'number' };
const states: Spec = {
  must: {
    title: 'text',
    headings,
    states: { listOf: { must: { ...counted, pattern: { oneOf: messageStandings } } } },
  },
};
const times: Spec = {
  must: {
    title: 'text',
    facts: { listOf: labelled },
    headings,
    spans: { listOf: { must: counted, may: { note: 'text' } } },
    note: 'text',
  },
};
const operators: Spec = {
  must: { title: 'text', headings: { listOf: 'text' }, rows: { listOf: { listOf: 'text' } } },
  may: { note: 'text' },
};
const scope: Spec = { must: {}, may: { text: 'text', states: { listOf: 'text' } } };
const batchView: Spec = {
  must: {
    language: is('en', 'ru'),
    title: 'text',
    masked: 'flag',
    phase: { oneOf: batchPhases },
    facts: { listOf: labelled },
    progress: { must: { done: 'number', total: 'number', text: 'text' }, may: { pace: 'text' } },
    counts: each(messageStandings, 'number'),
    states: each(messageStandings, 'text'),
    unreadable: { listOf: { must: { line: 'number', text: 'text', why: 'text' } } },
    actions: { listOf: { must: { action: { oneOf: batchActions }, label: 'text' } } },
    words: each(batchWords, 'text'),
  },
  may: {
    batch: 'text',
    notice: { must: { mark: is('problem', 'paused'), text: 'text' }, may: { advice: 'text' } },
    unreadableTitle: 'text',
    unreadableNote: 'text',
    together: { must: { title: 'text', states }, may: { times, operators } },
  },
};
const row: Spec = {
  must: { index: 'number', phone: 'text', id: 'text', state: { oneOf: messageStandings }, text: 'text' },
  may: { changed: 'number', checked: 'number' },
};
const statisticsView: Spec = {
  must: {
    title: 'text',
    about: 'text',
    scope,
    buttons: { listOf: { must: { action: { oneOf: statisticsActions }, label: 'text' } } },
    copied: 'text',
  },
  may: { states, times, operators, empty: 'text' },
};

const doors: [name: string, guard: Guard<unknown>, spec: Spec][] = [
  [
    'the message panel takes from the extension',
    isToMessagePanel,
    {
      either: [
        { must: { type: is('show'), view: messageView } },
        { must: { type: is('done'), action: { oneOf: actions } } },
      ],
    },
  ],
  [
    'the extension takes from the message panel',
    isFromMessagePanel,
    { must: { type: is('ready', ...actions) } },
  ],
  ['the message panel remembers', isMessageMemento, { must: { fingerprint: 'text' }, may: { id: 'text' } }],
  [
    'the batch panel takes from the extension',
    isToBatchPanel,
    {
      either: [
        { must: { type: is('show'), view: batchView } },
        { must: { type: is('rows'), rows: { listOf: row } }, may: { total: 'number' } },
      ],
    },
  ],
  [
    'the extension takes from the batch panel',
    isFromBatchPanel,
    {
      either: [
        { must: { type: is('ready', ...batchActions) } },
        { must: { type: is('open'), index: 'number' } },
      ],
    },
  ],
  ['the batch panel remembers', isBatchName, { must: { batch: 'text' } }],
  [
    'the statistics panel takes from the extension',
    isToStatisticsPanel,
    { either: [{ must: { type: is('show'), view: statisticsView } }, { must: { type: is('copied') } }] },
  ],
  [
    'the extension takes from the statistics panel',
    isFromStatisticsPanel,
    { must: { type: is('ready', ...statisticsActions) } },
  ],
  ['the statistics panel remembers', isScope, scope],
];

/** Makes values that are as a spec says. */
function valueOf(spec: Spec): fc.Arbitrary<unknown> {
  if (spec === 'text') return anyText;
  if (spec === 'number') return fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  if (spec === 'flag') return fc.boolean();
  if (spec === 'time') return isoTime;
  if ('oneOf' in spec) return fc.constantFrom(...spec.oneOf);
  if ('listOf' in spec) return fc.array(valueOf(spec.listOf), { maxLength: 2 });
  if ('either' in spec) return fc.oneof(...spec.either.map(valueOf));
  const all = { ...spec.must, ...spec.may };
  const fields = Object.fromEntries(Object.entries(all).map(([name, one]) => [name, valueOf(one)]));
  return fc.record(fields, { requiredKeys: Object.keys(spec.must), noNullPrototype: true });
}

/** Whether a value is as a spec says. Only an object's own properties count, and others than these do no harm. */
function fits(value: unknown, spec: Spec): boolean {
  if (spec === 'text') return typeof value === 'string';
  if (spec === 'number') return typeof value === 'number' && Math.abs(value) < Infinity;
  if (spec === 'flag') return value === true || value === false;
  if (spec === 'time') return typeof value === 'string' && !Number.isNaN(new Date(value).getTime());
  if ('oneOf' in spec) return spec.oneOf.some((name) => name === value);
  if ('listOf' in spec) return Array.isArray(value) && value.every((item) => fits(item, spec.listOf));
  if ('either' in spec) return spec.either.some((one) => fits(value, one));
  if (typeof value !== 'object' || value === null) return false;
  const own = new Map(
    Object.entries(Object.getOwnPropertyDescriptors(value)).map(([name, property]) => [
      name,
      property.value as unknown,
    ]),
  );
  return (
    Object.entries(spec.must).every(([name, one]) => fits(own.get(name), one)) &&
    Object.entries(spec.may ?? {}).every(
      ([name, one]) => own.get(name) === undefined || fits(own.get(name), one),
    )
  );
}

type Place = [holder: object, key: string];
/** Every property within a value, at any depth. An edit may have put a value into itself. */
function placesIn(value: unknown, seen = new Set<unknown>()): Place[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return [];
  seen.add(value);
  return Object.entries(value).flatMap(([key, child]: [string, unknown]) => [
    [value, key] as Place,
    ...placesIn(child, seen),
  ]);
}

const edits = {
  replace: ([holder, key]: Place, other: unknown) =>
    Object.defineProperty(holder, key, {
      value: other,
      writable: true,
      enumerable: true,
      configurable: true,
    }),
  remove: ([holder, key]: Place) => Reflect.deleteProperty(holder, key),
  inherit: ([holder, key]: Place) => {
    const value: unknown = Reflect.get(holder, key);
    Reflect.deleteProperty(holder, key);
    if (!Array.isArray(holder)) Object.setPrototypeOf(holder, { [key]: value });
  },
  rename: ([holder, key]: Place) => {
    const value: unknown = Reflect.get(holder, key);
    Reflect.deleteProperty(holder, key);
    Reflect.set(holder, key.toUpperCase(), value);
  },
  add: ([holder]: Place, other: unknown) => Reflect.set(holder, 'more', other),
  pollute: ([holder]: Place) =>
    Object.defineProperty(holder, '__proto__', {
      value: { type: 'ready' },
      enumerable: true,
      configurable: true,
    }),
} satisfies Record<string, (place: Place, other: unknown) => unknown>;
const edit = fc.tuple(fc.constantFrom(...Object.values(edits)), fc.nat(), anyCopy);

describe('fuzz: what passes between extension and panels', () => {
  for (const [name, guard, spec] of doors) {
    always(
      `${name} what is as it should be`,
      valueOf(spec),
      (value) => {
        assert.ok(guard(value));
        // As it arrives at the other side.
        assert.ok(guard(structuredClone(value)));
        assert.ok(guard(JSON.parse(JSON.stringify(value))));
      },
      { each: 4 },
    );

    always(
      `${name} nothing else`,
      fc.tuple(valueOf(spec), fc.array(edit, { minLength: 1, maxLength: 2 })),
      ([value, spoiling]) => {
        for (const [spoil, where, other] of spoiling) {
          const places = placesIn(value);
          const place = places[where % places.length];
          if (place !== undefined) spoil(place, other);
        }
        assert.equal(guard(value), fits(value, spec));
      },
      { each: 2 },
    );

    always(`${name} no value that comes by chance`, anyCopy, (value) =>
      assert.equal(guard(value), fits(value, spec)),
    );
  }
});
