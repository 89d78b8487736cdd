import type { BatchView, RowView } from '../../batchProtocol.ts';
import { messageStandings, type Mark, type MessageStanding } from '../../protocol.ts';
import { icon, type IconName } from './icons.ts';
import { operatorsTable, statesPicture, timesPicture } from './pictures.ts';
import { columns, type Choice } from './rowOrder.ts';
import { h, patch, type Wanted } from './tree.ts';

/** The icon beside each state's word. */
const marks: Record<MessageStanding, Mark> = {
  delivered: 'delivered',
  pending: 'pending',
  failed: 'failed',
  unknown: 'unknown',
  notFound: 'unknown',
  problem: 'problem',
  unchecked: 'none',
};

/** What stands above the table: what the list is, how far it is, and what can be done. */
export function batchHead(view: BatchView): Wanted[] {
  return [
    h('div', { class: 'title' }, [h('h1', {}, view.title), toolbar(view)]),
    h(
      'dl',
      { class: 'facts' },
      view.facts.map(({ label, text }) => h('div', {}, [h('dt', {}, label), h('dd', {}, text)])),
    ),
    progress(view),
    ...noticeOf(view),
    ...unreadable(view),
    ...together(view),
  ];
}

function toolbar({ actions }: BatchView): Wanted {
  const buttons = actions.map(({ action, label }) => {
    const isMain = action === 'start' || action === 'resume';
    const attributes = { key: action, type: 'button', 'data-action': action, class: isMain && 'primary' };
    return h('button', attributes, label);
  });
  return h('div', { class: 'actions' }, buttons);
}

function progress({ phase, progress: { done, total, text, pace }, words }: BatchView): Wanted {
  const bar = h('progress', {
    'aria-label': words.progress,
    max: String(Math.max(total, 1)),
    value: String(done),
  });
  const told = h('p', { class: 'pace' }, [
    h('span', {}, text),
    ...(pace === undefined ? [] : [h('span', {}, pace)]),
  ]);
  return h('div', { class: 'progress' }, phase === 'preview' ? [told] : [bar, told]);
}

function together({ together: said }: BatchView): Wanted[] {
  if (said === undefined) return [];
  const { title, states, times, operators } = said;
  return [
    h('details', { key: 'together', class: 'together' }, [
      h('summary', {}, title),
      h('div', { class: 'pictures', tabindex: '0', role: 'region', 'aria-label': title }, [
        statesPicture(states),
        ...(times === undefined ? [] : [timesPicture(times)]),
        ...(operators === undefined ? [] : [operatorsTable(operators)]),
      ]),
    ]),
  ];
}

function noticeOf({ notice }: BatchView): Wanted[] {
  if (notice === undefined) return [];
  const { mark, text, advice } = notice;
  const name: IconName = mark === 'problem' ? 'problem' : 'none';
  const said = [h('strong', {}, text), ...(advice === undefined ? [] : [h('span', {}, advice)])];
  return [h('div', { class: `notice ${mark}` }, [icon(name, 'icon mark'), h('p', {}, said)])];
}

function unreadable({ unreadable: lines, unreadableTitle, unreadableNote, words }: BatchView): Wanted[] {
  if (lines.length === 0) return [];
  const head = [words.line, words.why, words.unreadable].map((word) => h('th', { scope: 'col' }, word));
  const rows = lines.map(({ line, text, why }) =>
    h('tr', {}, [h('td', {}, String(line)), h('td', {}, why), h('td', { class: 'code' }, text)]),
  );
  return [
    h('details', { key: 'unreadable', open: '' }, [
      h('summary', {}, unreadableTitle ?? ''),
      h('div', { class: 'lines', tabindex: '0', role: 'region', 'aria-label': unreadableTitle }, [
        h('table', {}, [h('thead', {}, h('tr', {}, head)), h('tbody', {}, rows)]),
        ...(unreadableNote === undefined ? [] : [h('p', {}, unreadableNote)]),
      ]),
    ]),
  ];
}

/** The filter: a button for each state that has messages, with their number, and a field for text. */
export function batchFilter(view: BatchView, choice: Choice, shown: number): Wanted[] {
  const { counts, states, words, language } = view;
  const number = (count: number): string => new Intl.NumberFormat(language).format(count);
  const total = messageStandings.reduce((sum, state) => sum + counts[state], 0);
  const all = filterButton('all', choice.state === undefined, [words.all, h('b', {}, number(total))]);
  const each = messageStandings
    .filter((state) => counts[state] > 0 || choice.state === state)
    .map((state) =>
      filterButton(state, choice.state === state, [
        h('span', { class: `state ${marks[state]}` }, [icon(marks[state], 'icon mark'), states[state]]),
        h('b', {}, number(counts[state])),
      ]),
    );
  const some = words.shown.replace('{0}', number(shown)).replace('{1}', number(total));
  return [
    h('div', { class: 'states', role: 'group', 'aria-label': words.filterStates }, [all, ...each]),
    h('input', {
      ...{ type: 'search', id: 'filter', placeholder: words.filterText, 'aria-label': words.filterText },
      ...{ value: choice.text, spellcheck: 'false' },
    }),
    h('span', { class: 'shown' }, shown === total ? '' : shown === 0 ? words.none : some),
  ];
}

function filterButton(state: string, pressed: boolean, content: readonly (Wanted | string)[]): Wanted {
  const attributes = { key: state, type: 'button', 'data-state': state, 'aria-pressed': String(pressed) };
  return h('button', attributes, content);
}

/** The header's cells: buttons that sort. */
export function headerCells({ words }: BatchView, { sort, descending }: Choice): Wanted[] {
  return columns.map((column) => {
    const sorted = column === sort;
    const direction = descending ? 'descending' : 'ascending';
    return h(
      'div',
      { class: `cell ${column}`, role: 'columnheader', 'aria-sort': sorted ? direction : 'none' },
      h('button', { type: 'button', 'data-column': column }, [
        h('span', {}, words[column]),
        ...(sorted ? [icon(descending ? 'down' : 'up')] : []),
      ]),
    );
  });
}

/** Fills a row of the table. Only what differs is touched, so a row may show another message than before. */
export function fillRow(element: Element, row: RowView, { states, language }: BatchView): void {
  const mark = marks[row.state];
  const contents: Record<(typeof columns)[number], readonly (Wanted | string)[]> = {
    row: [String(row.index + 1)],
    state: [h('span', { class: `state ${mark}` }, [icon(mark, 'icon mark'), states[row.state]])],
    phone: [h('span', { class: 'opens' }, row.phone)],
    id: [row.id],
    result: [row.text],
    changed: row.changed === undefined ? [] : [timeText(row.changed, language)],
    checked: row.checked === undefined ? [] : [clockText(row.checked, language)],
  };
  patch(
    element,
    columns.map((column) =>
      h(
        'div',
        { class: `cell ${column}`, role: 'gridcell', title: column === 'result' ? row.text : undefined },
        contents[column],
      ),
    ),
  );
}

interface Formats {
  whole: Intl.DateTimeFormat;
  clock: Intl.DateTimeFormat;
}

/** Making a format takes far longer than using it. */
const made = new Map<string, Formats>();

function formats(language: string): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const clock = { timeStyle: 'medium', hourCycle: 'h23' } as const;
  const both = {
    whole: new Intl.DateTimeFormat(language, { dateStyle: 'short', ...clock }),
    clock: new Intl.DateTimeFormat(language, clock),
  };
  made.set(language, both);
  return both;
}

function timeText(time: number, language: string): string {
  return formats(language).whole.format(time);
}

/** Of today, the time of day is enough. */
function clockText(time: number, language: string): string {
  const isToday = new Date(time).toDateString() === new Date().toDateString();
  return isToday ? formats(language).clock.format(time) : timeText(time, language);
}
