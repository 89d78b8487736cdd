import {
  batchActions,
  isToBatchPanel,
  type BatchView,
  type FromBatchPanel,
  type RowView,
} from '../batchProtocol.ts';
import { messageStandings } from '../protocol.ts';
import { batchFilter, batchHead, fillRow, headerCells } from './parts/batchParts.ts';
import { createGrid, type Grid } from './parts/grid.ts';
import { columns, everything, isChoice, orderOf, type Choice } from './parts/rowOrder.ts';
import { patch } from './parts/tree.ts';

/** The browser side of the batch panel: draws what it is sent, sorts and filters, and sends requests. */

interface Host {
  postMessage(message: FromBatchPanel): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const page = document.querySelector('#batch') ?? document.body;
const announcer = document.querySelector('#announcer');
const [head, filter] = ['head', 'filter-bar'].map((className) => {
  const part = document.createElement('div');
  part.className = className;
  page.append(part);
  return part;
});

/** How often the order is made anew while rows change, in milliseconds. */
const reorderMs = 500;
const saveMs = 200;
/** What screen readers are told of the progress: every tenth of it. */
const announcedShare = 0.1;

let view: BatchView | undefined;
let rows: RowView[] = [];
/** How many rows there will be; a new table comes in parts. */
let expected = 0;
let order: RowView[] = [];
let choice: Choice = everything;
let grid: Grid | undefined;
let announced = 0;
let reordering: number | undefined;
let saving: number | undefined;
/** Where the table stood before the panel was hidden or reloaded, until its rows are there again. */
let place: { scrollTop: number; active: number } | undefined;

function announce(text: string): void {
  if (announcer !== null) announcer.textContent = text;
}

/** Remembers which batch this is and how it is looked at. */
function save(): void {
  clearTimeout(saving);
  saving = undefined;
  if (view === undefined || grid === undefined) return;
  const { batch } = view;
  const { scrollTop, active } = place ?? grid;
  host.setState({ batch, choice, scrollTop, active });
}

/** The same, for what changes with every frame. */
function saveSoon(): void {
  saving ??= setTimeout(save, saveMs);
}

function restore(): void {
  const state = host.getState();
  if (typeof state !== 'object' || state === null) return;
  if ('choice' in state && isChoice(state.choice)) choice = state.choice;
  if ('scrollTop' in state && 'active' in state) {
    const { scrollTop, active } = state;
    if (typeof scrollTop === 'number' && typeof active === 'number') place = { scrollTop, active };
  }
}

function drawHead(): void {
  if (view === undefined || head === undefined || filter === undefined) return;
  patch(head, batchHead(view));
  patch(filter, batchFilter(view, choice, order.length));
}

function drawTable(wanted?: (position: number) => boolean): void {
  if (view === undefined) return;
  grid ??= newGrid(view);
  grid.draw(wanted);
}

function newGrid({ words }: BatchView): Grid {
  return createGrid(page, {
    label: words.list,
    columnCount: columns.length,
    count: () => order.length,
    header(element) {
      if (view !== undefined) patch(element, headerCells(view, choice));
    },
    fill(element, position) {
      const row = order[position];
      if (row !== undefined && view !== undefined) fillRow(element, row, view);
    },
    open(position) {
      const row = order[position];
      if (row === undefined) return;
      // The panel may be hidden by what is opened, and then its page is gone.
      save();
      host.postMessage({ type: 'open', index: row.index });
    },
    moved: saveSoon,
  });
}

/** Makes the order anew and keeps the active row active, wherever it stands now. */
function reorder(): void {
  clearTimeout(reordering);
  reordering = undefined;
  const active = grid && order[grid.active]?.index;
  order = orderOf(rows, choice);
  if (grid !== undefined && active !== undefined)
    grid.active = order.findIndex(({ index }) => index === active);
  drawHead();
  drawTable();
}

function choose(next: Partial<Choice>): void {
  choice = { ...choice, ...next };
  reorder();
  if (grid !== undefined) grid.scrollTop = 0;
  save();
  const shown = document.querySelector('.shown')?.textContent ?? '';
  announce(shown);
}

function forgetText(): void {
  choose({ text: '' });
  // What was typed is not an attribute.
  const field = document.querySelector('#filter');
  if (field instanceof HTMLInputElement) field.value = '';
}

function show(next: BatchView): void {
  const before = view;
  view = next;
  // Somebody may have looked for a phone.
  if (next.masked && before?.masked !== true && choice.text !== '') forgetText();
  drawHead();
  const { done, total, text } = next.progress;
  if (next.phase === 'running') {
    if (before?.phase !== 'running') announced = 0;
    const share = done / Math.max(total, 1);
    if (share - announced >= announcedShare) {
      announced = share;
      announce(text);
    }
  } else if (before?.phase === 'running') {
    announce(next.notice?.text ?? text);
  }
  if (before?.batch !== next.batch) save();
}

function change(changed: readonly RowView[], total: number | undefined): void {
  if (total !== undefined) {
    rows = [];
    expected = total;
  }
  const isFilling = rows.length < expected;
  const touched = new Set<number>();
  for (const row of changed) {
    rows[row.index] = row;
    touched.add(row.index);
  }
  if (isFilling) {
    order = orderOf(rows, choice);
    drawHead();
    drawTable();
    settleIn();
    return;
  }
  // Rows show their new state at once; where they belong now is seen a little later.
  const isTouched = (position: number): boolean => touched.has(order[position]?.index ?? -1);
  for (const [position, row] of order.entries()) {
    if (touched.has(row.index)) order[position] = rows[row.index] ?? row;
  }
  drawTable(isTouched);
  const staysPut = choice.sort === 'row' && choice.state === undefined && choice.text === '';
  if (!staysPut) reordering ??= setTimeout(reorder, reorderMs);
}

/** Goes back to where the table stood, as soon as it is long enough. */
function settleIn(): void {
  if (place === undefined || grid === undefined) return;
  const { scrollTop, active } = place;
  grid.active = active;
  grid.scrollTop = scrollTop;
  if (Math.abs(grid.scrollTop - scrollTop) < 2) place = undefined;
  drawTable();
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToBatchPanel(data)) return;
  switch (data.type) {
    case 'show':
      show(data.view);
      break;
    case 'rows':
      change(data.rows, data.total);
      break;
  }
});

document.addEventListener('click', ({ target }) => {
  const button = target instanceof Element ? target.closest('button') : null;
  if (button === null) return;
  const { action, state, column } = button.dataset;
  const wanted = batchActions.find((name) => name === action);
  if (wanted !== undefined) host.postMessage({ type: wanted });
  if (state !== undefined) choose({ state: messageStandings.find((name) => name === state) });
  const sort = columns.find((name) => name === column);
  if (sort !== undefined) choose({ sort, descending: choice.sort === sort && !choice.descending });
});

document.addEventListener('input', ({ target }) => {
  if (target instanceof HTMLInputElement && target.id === 'filter') choose({ text: target.value });
});

restore();
host.postMessage({ type: 'ready' });
