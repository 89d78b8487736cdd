import {
  actions,
  isToMessagePanel,
  type Action,
  type FromMessagePanel,
  type MessageView,
} from '../protocol.ts';
import { messagePage } from './parts/messageParts.ts';
import { patch } from './parts/tree.ts';

/** The browser side of the message panel: draws the views that it is sent, and sends requests. */

interface Host {
  postMessage(message: FromMessagePanel): void;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const page = document.querySelector('#message') ?? document.body;
const announcer = document.querySelector('#announcer');

/** How long a button says that its action is done. */
const doneMs = 2000;
let view: MessageView | undefined;
let done: Action | undefined;
let doneTimer: number | undefined;
let clock: number | undefined;

function draw(): void {
  if (view === undefined) return;
  patch(page, messagePage(view, { now: Date.now(), done }));
  clearTimeout(clock);
  // A countdown moves each second; "3 min ago" has time.
  clock = setTimeout(draw, view.activity?.at === undefined ? 10_000 : 1000);
}

/** Tells screen readers what changed by itself; everything else they read when they come to it. */
function announce(text: string): void {
  if (announcer !== null) announcer.textContent = text;
}

function show(next: MessageView): void {
  const before = view;
  view = next;
  host.setState(next.memento);
  draw();
  if (before === undefined) return;
  if (next.lastCheck?.iso !== before.lastCheck?.iso) {
    announce(next.trouble?.sentence ?? next.headline.sentence);
  } else if (next.activity !== undefined && next.activity.kind !== before.activity?.kind) {
    announce(next.activity.text);
  }
}

function showDone(action: Action): void {
  done = action;
  draw();
  if (view !== undefined) announce(view.words.copied);
  clearTimeout(doneTimer);
  doneTimer = setTimeout(() => {
    done = undefined;
    announce('');
    draw();
  }, doneMs);
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToMessagePanel(data)) return;
  switch (data.type) {
    case 'show':
      show(data.view);
      break;
    case 'done':
      showDone(data.action);
      break;
  }
});

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  const button = target.closest('button[data-action]');
  const action = actions.find((name) => name === button?.getAttribute('data-action'));
  if (action !== undefined && button?.getAttribute('aria-disabled') !== 'true') {
    host.postMessage({ type: action });
  }
});

host.postMessage({ type: 'ready' });
