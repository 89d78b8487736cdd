import {
  env,
  ViewColumn,
  window,
  type Disposable,
  type Event,
  type Uri,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import { shownName } from '../host/privacy.ts';
import {
  fieldLabel,
  labels,
  outcomeLine,
  panelWords,
  tellOutcome,
  tellReport,
} from '../host/words/message.ts';
import { messageMarkdown, reportJson } from '../history/exports.ts';
import type { Accounts, Change, Check, History, MessageSummary } from '../history/types.ts';
import type { Watches } from '../history/watches.ts';
import { walk } from '../history/walk.ts';
import { panels } from '../ids.ts';
import { isFromMessagePanel, isMessageMemento, type Action, type ToMessagePanel } from '../protocol.ts';
import { messageKey, type Message } from '../smsc/message.ts';
import type { Tracker } from '../tracking/types.ts';
import type { Watcher } from '../tracking/watcher.ts';
import { exchangeView, messageView, mementoOf } from './messageView.ts';
import { openPlace } from './places.ts';
import { webviewOptions, webviewPage, type WebviewPage } from './webviewPage.ts';

/** What message panels draw from, and the one thing that they ask for. */
export interface MessageSource {
  history: Pick<History, 'summary' | 'checks' | 'exchange' | 'messages'>;
  accounts: Pick<Accounts, 'label'>;
  tracker: Pick<Tracker, 'state'>;
  watches: Pick<Watches, 'find'>;
  watcher: Pick<Watcher, 'start' | 'stop'>;
  /** Told of every change of the above, in this window or in another. */
  onDidChange: Event<Change>;
  /** Checks the message again, and words its own failure. */
  recheck: (message: Message) => unknown;
}

const page: WebviewPage = { script: 'message', styles: ['message'] };

/** The newest checks that a timeline is made of. */
const timelineChecks = 500;

/** One panel per message. Opened again, it comes to the front; after a reload, VS Code hands it back. */
export class MessagePanels implements WebviewPanelSerializer, Disposable {
  readonly #extensionUri: Uri;
  readonly #source: MessageSource;
  readonly #open = new Map<string, WebviewPanel>();

  constructor(extensionUri: Uri, source: MessageSource) {
    this.#extensionUri = extensionUri;
    this.#source = source;
  }

  /** @param preserveFocus leaves the focus where it is, such as in the tree, whose next row the user may want */
  open(message: Message, preserveFocus = false): void {
    const panel = this.#open.get(messageKey(message));
    if (panel !== undefined) {
      panel.reveal(undefined, preserveFocus);
      return;
    }
    const place = { viewColumn: ViewColumn.Active, preserveFocus };
    this.#show(message, window.createWebviewPanel(panels.message, shownName(message), place));
  }

  /** Shows a message again in a panel from before a reload. A panel that cannot be restored is closed. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const message = await findMessage(this.#source.history, state);
    if (message === undefined || this.#open.has(messageKey(message))) panel.dispose();
    else this.#show(message, panel);
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  #show(message: Message, panel: WebviewPanel): void {
    const key = messageKey(message);
    this.#open.set(key, panel);
    const { update, receive } = connect(message, panel, this.#source);
    panel.title = shownName(message);
    const listeners = [
      panel.webview.onDidReceiveMessage(receive),
      this.#source.onDidChange((change) => {
        if (change.kind !== 'message' || messageKey(change.message) === key) update();
      }),
      panel.onDidDispose(() => {
        this.#open.delete(key);
        for (const listener of listeners) listener.dispose();
      }),
    ];
    panel.webview.options = webviewOptions(this.#extensionUri);
    panel.webview.html = webviewPage(panel.webview, this.#extensionUri, page);
  }
}

/** What happens between one panel and what it draws from. */
function connect(
  message: Message,
  panel: WebviewPanel,
  { history, accounts, tracker, watches, watcher, recheck }: MessageSource,
): { update: () => void; receive: (data: unknown) => void } {
  let kept = history.summary(message) !== undefined;
  const post = (data: ToMessagePanel): void => void panel.webview.postMessage(data);
  const label = (): string | undefined => accounts.label(message.account);

  const update = (): void => {
    const summary = history.summary(message);
    if (kept && summary === undefined) {
      // Removed from the history: nothing of it stays on the screen either.
      panel.dispose();
      return;
    }
    kept = summary !== undefined;
    panel.title = shownName(message);
    // A hidden panel has no page; it asks for the view when it is shown again.
    if (!panel.visible) return;
    const view = messageView({
      message,
      accountLabel: label(),
      summary,
      checks: history.checks(message, timelineChecks),
      exchange: history.exchange(message),
      activity: tracker.state(message),
      watched: watches.find(message) !== undefined,
    });
    post({ type: 'show', view });
  };

  const copy = async (action: Action, text: string | undefined): Promise<void> => {
    if (text === undefined) return;
    await env.clipboard.writeText(text);
    post({ type: 'done', action });
  };

  const run = (action: Action): unknown => {
    const summary = history.summary(message);
    const exchange = history.exchange(message);
    switch (action) {
      case 'recheck':
        return recheck(message);
      case 'watch':
        return watcher.start([message], 'panel').catch(() => undefined);
      case 'stopWatching':
        return watcher.stop([message]).catch(() => undefined);
      case 'copyJson':
        return copy(action, summary?.lastReport && reportJson(summary.lastReport));
      case 'copyMarkdown':
        return copy(action, summary && markdownOf(summary, history.checks(message, timelineChecks), label()));
      case 'copyPhone':
        return copy(action, message.phone);
      case 'copyId':
        return copy(action, message.id);
      case 'copyRequest':
        return copy(action, exchange && exchangeView(exchange).request);
      case 'copyAnswer':
        return copy(action, exchange && exchangeView(exchange).answer);
      case 'openPlace':
        return summary?.place && openPlace(summary.place);
    }
  };

  const receive = (data: unknown): void => {
    if (!isFromMessagePanel(data)) return;
    if (data.type === 'ready') update();
    else run(data.type);
  };
  return { update, receive };
}

function markdownOf(summary: MessageSummary, checks: readonly Check[], accountLabel = ''): string {
  const { phone, id, account, lastCheck, timeline, fields } = panelWords();
  const { last, lastReport } = summary;
  const headline = lastReport === undefined ? tellOutcome(last) : tellReport(lastReport);
  return messageMarkdown(summary, checks, {
    ...{ headline, outcome: outcomeLine, field: fieldLabel },
    ...{ phone, id, account, accountLabel, lastCheck, timeline, fields, sent: labels.sent() },
  });
}

/** The message that a stored state means, if it is still kept. */
async function findMessage(history: Pick<History, 'messages'>, state: unknown): Promise<Message | undefined> {
  if (!isMessageMemento(state)) return undefined;
  const query = state.id === undefined ? {} : { text: state.id };
  for await (const page of walk(history, query, new AbortController().signal)) {
    const found = page.find(({ message }) => mementoOf(message).fingerprint === state.fingerprint);
    if (found !== undefined) return found.message;
  }
  return undefined;
}
