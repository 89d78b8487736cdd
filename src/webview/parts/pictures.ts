import type {
  Counted,
  CountHeadings,
  OperatorsView,
  SpanCount,
  StateCount,
  StatesView,
  TimesView,
} from '../../statisticsView.ts';
import type { MessageStanding } from '../../protocol.ts';
import { h, type Content, type Wanted } from './tree.ts';

/**
 * Small pictures of counts, for any panel. Each is a section of its own with a heading and a table that says the same
 * in numbers, so the drawing itself is for the eye alone. Styles: media/pictures.css. Sizes stand in attributes, since
 * the pages' Content-Security-Policy lets no style through.
 */

/** What a state's pattern draws on its ground, on a field of 8 by 8; none is plain. Lines meet at the field's edges. */
const textures: Partial<Record<MessageStanding, string>> = {
  pending: 'M1 2h2M5 6h2',
  failed: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  unknown: 'M2 0V8M6 0V8',
  notFound: 'M0 2H8M0 6H8',
  problem: 'M0 0L8 8M8 0L0 8',
};

/** The smallest part of a bar that can still be seen. */
const thinnest = 0.006;

/** A bar of the states, one beside the other, and a table of them. At most one in a page: its patterns have ids. */
export function statesPicture({ title, headings, states }: StatesView): Wanted {
  return h(
    'section',
    { key: 'states', class: 'states' },
    h('h2', {}, title),
    statesBar(states),
    countTable(headings, states, ({ pattern, label }) => [swatch(pattern), label]),
  );
}

function statesBar(states: readonly StateCount[]): Wanted {
  const widths = visibleShares(states.map(({ share }) => share));
  let x = 0;
  const parts = states.flatMap(({ pattern }, index) => {
    const from = x;
    x += widths[index] ?? 0;
    return filled(pattern, { x: percent(from), y: '0', width: percent(x - from), height: '100%' });
  });
  const patterns = h('defs', {}, Object.entries(textures).map(patternOf));
  return h('svg', { class: 'bar', ...hiddenFromReaders }, patterns, parts);
}

function patternOf([name, path]: [string, string]): Wanted {
  return h(
    'pattern',
    { id: `texture-${name}`, width: '8', height: '8', patternUnits: 'userSpaceOnUse' },
    h('path', { d: path, class: 'texture' }),
  );
}

/** Widths for shares that together are 1: what is there can be seen, and the rest shrinks for it. */
function visibleShares(shares: readonly number[]): number[] {
  const widths = shares.map((share) => (share > 0 ? Math.max(share, thinnest) : 0));
  const all = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => (all === 0 ? 0 : width / all));
}

function swatch(pattern: MessageStanding): Wanted {
  const place = { x: '0.5', y: '0.5', width: '15', height: '15' };
  return h('svg', { class: 'swatch', viewBox: '0 0 16 16', ...hiddenFromReaders }, filled(pattern, place));
}

/** A state's ground, and its pattern on it. */
function filled(pattern: MessageStanding, place: Record<string, string>): Wanted[] {
  const ground = h('rect', { ...place, class: `ground ${pattern}` });
  return textures[pattern] === undefined
    ? [ground]
    : [ground, h('rect', { ...place, class: 'cover', fill: `url(#texture-${pattern})` })];
}

/** Median, 90 % and slowest, and a bar for each span of time. */
export function timesPicture({ title, facts, headings, spans, note }: TimesView): Wanted {
  const longest = Math.max(...spans.map(({ share }) => share), 0);
  return h(
    'section',
    { key: 'times', class: 'times' },
    h('h2', {}, title),
    facts.length > 0 &&
      h(
        'dl',
        { class: 'figures' },
        facts.map(({ label, text }) => h('div', {}, h('dt', {}, label), h('dd', {}, text))),
      ),
    spans.length > 0 &&
      countTable(
        headings,
        spans,
        ({ label }) => [label],
        (span) => [
          spanBar(span, longest),
          span.note !== undefined && h('span', { class: 'mark' }, span.note),
        ],
      ),
    h('p', { class: 'note' }, note),
  );
}

function spanBar({ share }: SpanCount, longest: number): Wanted {
  const width = share === 0 || longest === 0 ? 0 : Math.max(share / longest, thinnest);
  return h(
    'svg',
    { class: 'span', ...hiddenFromReaders },
    h('rect', { x: '0', y: '0', width: percent(width), height: '100%', class: 'ground span' }),
  );
}

/** The numbers by operator. */
export function operatorsTable({ title, headings, rows, note }: OperatorsView): Wanted {
  return h(
    'section',
    { key: 'operators', class: 'operators' },
    h('h2', {}, title),
    h(
      'div',
      { class: 'wide' },
      h(
        'table',
        {},
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            headings.map((heading, index) => headingCell(heading, index > 0)),
          ),
        ),
        h(
          'tbody',
          {},
          rows.map(([name = '', ...numbers]) =>
            h('tr', {}, h('th', { scope: 'row' }, name), numbers.map(numberCell)),
          ),
        ),
      ),
    ),
    note !== undefined && h('p', { class: 'note' }, note),
  );
}

/** @param beside what stands beside the label, in a column without a heading */
function countTable<T extends Counted>(
  headings: CountHeadings,
  lines: readonly T[],
  label: (line: T) => Content[],
  beside?: (line: T) => (Content | false)[],
): Wanted {
  return h(
    'table',
    { class: 'counts' },
    h(
      'thead',
      {},
      h(
        'tr',
        {},
        headingCell(headings.label, false),
        beside && h('td', {}),
        headingCell(headings.count, true),
        headingCell(headings.percent, true),
      ),
    ),
    h(
      'tbody',
      {},
      lines.map((line) =>
        h(
          'tr',
          {},
          h('th', { scope: 'row' }, h('span', { class: 'name' }, label(line))),
          beside && h('td', { class: 'drawn' }, ...beside(line)),
          numberCell(line.count),
          numberCell(line.percent),
        ),
      ),
    ),
  );
}

function headingCell(text: string, number: boolean): Wanted {
  return h('th', { scope: 'col', class: number && 'number' }, text);
}

function numberCell(text: string): Wanted {
  return h('td', { class: 'number' }, text);
}

const hiddenFromReaders = { 'aria-hidden': 'true', focusable: 'false' };

/** A share as the size that SVG takes: two digits are finer than any screen. */
function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
