import { setTimeout as pause } from 'node:timers/promises';
import {
  env,
  l10n,
  ViewColumn,
  window,
  type Disposable,
  type Event,
  type Uri,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { shownFilter } from '../host/privacy.ts';
import { numberText, operatorsView, statesView, timesView } from '../host/words/statistics.ts';
import { createTally, type Statistics } from '../history/statistics.ts';
import type { Change, History, MessageState } from '../history/types.ts';
import { walk } from '../history/walk.ts';
import { panels } from '../ids.ts';
import {
  isFromStatisticsPanel,
  isScope,
  type StatisticsView,
  type ToStatisticsPanel,
} from '../statisticsView.ts';
import { filterText, isEmpty, type Filter } from './historyItems.ts';
import { statisticsMarkdown } from './statisticsMarkdown.ts';
import { webviewOptions, webviewPage, type WebviewPage } from './webviewPage.ts';

/** What the statistics draw from. */
export interface StatisticsSource {
  history: Pick<History, 'messages'>;
  /** Told of every change of it, in this window or in another. */
  onDidChange: Event<Change>;
}

const page: WebviewPage = { script: 'statistics', styles: ['pictures', 'statistics'] };

/** The one panel that says what the messages of the history say together: all of them, or those of a filter. */
export class StatisticsPanel implements WebviewPanelSerializer, Disposable {
  readonly #extensionUri: Uri;
  readonly #source: StatisticsSource;
  #open: { panel: WebviewPanel; setFilter: (filter: Filter) => void } | undefined;

  constructor(extensionUri: Uri, source: StatisticsSource) {
    this.#extensionUri = extensionUri;
    this.#source = source;
  }

  /** Opens the panel, or brings it to the front, for the messages of a filter. */
  open(filter: Filter): void {
    if (this.#open === undefined) {
      this.#show(window.createWebviewPanel(panels.statistics, title(), ViewColumn.Active), filter);
    } else {
      this.#open.setFilter(filter);
      this.#open.panel.reveal();
    }
  }

  deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    if (this.#open === undefined) this.#show(panel, filterOf(state));
    else panel.dispose();
    return Promise.resolve();
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #show(panel: WebviewPanel, filter: Filter): void {
    const { count, setFilter, receive, dispose } = connect(panel, this.#source, filter);
    this.#open = { panel, setFilter };
    const listeners = [
      panel.webview.onDidReceiveMessage(receive),
      this.#source.onDidChange(count),
      panel.onDidDispose(() => {
        this.#open = undefined;
        dispose();
        for (const listener of listeners) listener.dispose();
      }),
    ];
    panel.title = title();
    panel.webview.options = webviewOptions(this.#extensionUri);
    panel.webview.html = webviewPage(panel.webview, this.#extensionUri, page);
  }
}

interface Connection {
  count: () => void;
  setFilter: (filter: Filter) => void;
  receive: (data: unknown) => void;
  dispose: () => void;
}

/** What happens between the panel and what it draws from. */
function connect(panel: WebviewPanel, { history }: StatisticsSource, filter: Filter): Connection {
  let view: StatisticsView | undefined;
  let asked = false;
  const post = (data: ToStatisticsPanel): void => void panel.webview.postMessage(data);

  const counting = unhurried(async (signal) => {
    // A hidden panel has no page; it asks again when it is shown. One that asks is there, even if it is not known yet
    // to be visible, as after a reload.
    if (!panel.visible && !asked) return;
    const wanted = filter;
    const tally = createTally();
    for await (const messages of walk(history, wanted, signal)) {
      for (const message of messages) tally.add(message);
    }
    // Another filter may have come meanwhile: it has asked to be counted, too.
    if (wanted !== filter) return;
    view = statisticsView(tally.result(), wanted);
    asked = false;
    post({ type: 'show', view });
  });

  const setFilter = (next: Filter): void => {
    filter = next;
    counting.now();
  };

  const copy = async (): Promise<void> => {
    if (view === undefined) return;
    await env.clipboard.writeText(statisticsMarkdown(view));
    post({ type: 'copied' });
  };

  const receive = (data: unknown): void => {
    if (!isFromStatisticsPanel(data)) return;
    switch (data.type) {
      case 'ready':
        asked = true;
        counting.now();
        break;
      case 'everything':
        setFilter({});
        break;
      case 'copy':
        void copy();
        break;
    }
  };
  return { count: counting.soon, setFilter, receive, dispose: counting.dispose };
}

/** The statistics in the user's language. */
function statisticsView(statistics: Statistics, filter: Filter): StatisticsView {
  const { messages, delivery } = statistics;
  const times = timesView(delivery);
  const operators = operatorsView(statistics);
  const { text, states } = filter;
  const filtered = !isEmpty(filter);
  return {
    title: title(),
    about: [filtered ? filterText(filter) : l10n.t('All messages'), numberText(messages)].join(' · '),
    // A text that must not be seen is not remembered over a reload.
    scope: {
      ...(text !== undefined && shownFilter(text) === text && { text }),
      ...(states !== undefined && { states: [...states] }),
    },
    ...(messages === 0
      ? { empty: filtered ? l10n.t('No message matches the filter.') : l10n.t('No message was checked yet') }
      : { states: statesView(statistics) }),
    ...(times !== undefined && { times }),
    ...(operators !== undefined && { operators }),
    buttons: [
      ...(filtered ? [{ action: 'everything', label: l10n.t('Show All Messages') } as const] : []),
      ...(messages > 0 ? [{ action: 'copy', label: l10n.t('Copy as Markdown') } as const] : []),
    ],
    copied: l10n.t('Copied'),
  };
}

function title(): string {
  return l10n.t('SMSC Statistics');
}

const messageStates: readonly MessageState[] = ['pending', 'delivered', 'failed', 'unknown', 'problem'];

/** The filter that a panel from before a reload had. What is not one of ours is left out. */
function filterOf(state: unknown): Filter {
  if (!isScope(state)) return {};
  const { text, states } = state;
  const known = messageStates.filter((name) => states?.includes(name));
  return { ...(text !== undefined && { text }), ...(known.length > 0 && { states: known }) };
}

/** The shortest pause between two counts. */
const calmMs = 1000;

/**
 * Runs a task when it is wanted, never twice at once. After a change it waits as long as the last count took twice
 * over, and a second at least: so a history that changes all the time costs a third of the time at most.
 */
function unhurried(task: (signal: AbortSignal) => Promise<void>): {
  soon: () => void;
  now: () => void;
  dispose: () => void;
} {
  const controller = new AbortController();
  const { signal } = controller;
  let running = false;
  let wanted = false;
  /** Ends the pause, or keeps it from beginning. */
  let hurry = new AbortController();

  const run = async (): Promise<void> => {
    running = true;
    while (wanted && !signal.aborted) {
      wanted = false;
      hurry = new AbortController();
      const started = performance.now();
      await task(signal).catch(() => {
        // The history could not be read, perhaps because it is locked: that is tried again after the pause.
        wanted = true;
      });
      const ms = Math.max(calmMs, 2 * (performance.now() - started));
      await pause(ms, undefined, { signal: hurry.signal }).catch(() => undefined);
    }
    running = false;
  };
  const soon = (): void => {
    wanted = true;
    if (!running) void run();
  };
  return {
    soon,
    now: () => {
      soon();
      hurry.abort();
    },
    dispose: () => {
      controller.abort();
      hurry.abort();
    },
  };
}
