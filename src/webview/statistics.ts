import {
  isToStatisticsPanel,
  statisticsActions,
  type FromStatisticsPanel,
  type StatisticsView,
} from '../statisticsView.ts';
import { icon } from './parts/icons.ts';
import { operatorsTable, statesPicture, timesPicture } from './parts/pictures.ts';
import { h, patch, type Content } from './parts/tree.ts';

/** The browser side of the statistics panel: draws the views that it is sent, and sends requests. */

interface Host {
  postMessage(message: FromStatisticsPanel): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const page = document.querySelector('#statistics') ?? document.body;
const announcer = document.querySelector('#announcer');

/** How long a button says that its action is done. */
const doneMs = 2000;
let view: StatisticsView | undefined;
let copied = false;
let copiedTimer: number | undefined;

function draw(): void {
  if (view !== undefined) patch(page, contents(view));
}

function contents({ title, about, buttons, copied: done, ...shown }: StatisticsView): Content[] {
  return [
    h(
      'header',
      { key: 'header' },
      h('h1', {}, title),
      h('p', { class: 'about' }, about),
      h(
        'div',
        { class: 'toolbar' },
        buttons.map(({ action, label }) =>
          h(
            'button',
            { key: action, type: 'button', class: 'secondary', 'data-action': action },
            action === 'copy' && icon(copied ? 'done' : 'copy'),
            action === 'copy' && copied ? done : label,
          ),
        ),
      ),
    ),
    ...(shown.empty === undefined ? [] : [h('p', { key: 'empty', class: 'empty' }, shown.empty)]),
    ...(shown.states === undefined ? [] : [statesPicture(shown.states)]),
    ...(shown.times === undefined ? [] : [timesPicture(shown.times)]),
    ...(shown.operators === undefined ? [] : [operatorsTable(shown.operators)]),
  ];
}

/** Tells screen readers what a button did; numbers that move by themselves are read when one comes to them. */
function announce(text: string): void {
  if (announcer !== null) announcer.textContent = text;
}

function show(next: StatisticsView): void {
  const before = view;
  view = next;
  host.setState(next.scope);
  draw();
  const scoped = JSON.stringify(before?.scope) !== JSON.stringify(next.scope);
  if (before !== undefined && scoped) announce(next.about);
}

function showCopied(): void {
  copied = true;
  draw();
  announce(view?.copied ?? '');
  clearTimeout(copiedTimer);
  copiedTimer = setTimeout(() => {
    copied = false;
    announce('');
    draw();
  }, doneMs);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToStatisticsPanel(data)) return;
  switch (data.type) {
    case 'show':
      show(data.view);
      break;
    case 'copied':
      showCopied();
      break;
  }
});

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const name = target.closest('button[data-action]')?.getAttribute('data-action');
  const action = statisticsActions.find((known) => known === name);
  if (action !== undefined) host.postMessage({ type: action });
});

host.postMessage({ type: 'ready' });
