import {
  ViewColumn,
  window,
  type Disposable,
  type Uri,
  type WebviewPanel,
  type WebviewPanelSerializer,
} from 'vscode';
import {
  isBatchName,
  isFromBatchPanel,
  type BatchAction,
  type FromBatchPanel,
  type ToBatchPanel,
} from '../batchProtocol.ts';
import { onDidChangePrivacy } from '../host/privacy.ts';
import { batchTexts } from '../host/words/batch.ts';
import type { Batch, Batches } from '../history/batches.ts';
import type { Accounts } from '../history/types.ts';
import { panels } from '../ids.ts';
import type { MessageList } from '../recognise/list.ts';
import { visible } from '../smsc/text.ts';
import type { Message } from '../smsc/message.ts';
import type { BatchRow } from '../tracking/batchRows.ts';
import { openBatch, type BatchSession, type BatchSessionParts } from '../tracking/batchSession.ts';
import { batchView, rowView } from './batchView.ts';
import { webviewOptions, webviewPage } from './webviewPage.ts';

/** What batch panels draw from. */
export interface BatchSource extends BatchSessionParts {
  batches: Batches;
  accounts: Pick<Accounts, 'label'>;
  /** How long one check of an account takes, in milliseconds, as far as is known. */
  eachMs: (account: string) => number;
  openMessage: (message: Message) => unknown;
  watch: (messages: readonly Message[]) => unknown;
  exportRows: (title: string, rows: readonly BatchRow[]) => unknown;
}

/** What was understood of a list, apart from its messages. */
export type ListFacts = Omit<MessageList, 'messages'>;

/** The webview is told of changes together, ten times a second at most. */
const flushMs = 100;
/** A table is sent in parts, so that each is quickly read. */
const rowsAtOnce = 1000;

/** One panel per batch. Closing it cancels what is going on; the batch can be taken up again. */
export class BatchPanels implements WebviewPanelSerializer, Disposable {
  readonly #extensionUri: Uri;
  readonly #source: BatchSource;
  readonly #open = new Map<string, WebviewPanel>();

  constructor(extensionUri: Uri, source: BatchSource) {
    this.#extensionUri = extensionUri;
    this.#source = source;
  }

  /** Shows a list that was just read, before anything is sent. */
  preview(batch: Batch, list: ListFacts): void {
    this.#show(batch, this.#create(batch), list);
  }

  /** Shows a batch that was started earlier, if it is still there. */
  reopen(id: string): void {
    const panel = this.#open.get(id);
    const batch = panel === undefined ? this.#source.batches.load(id) : undefined;
    if (batch === undefined) panel?.reveal();
    else this.#show(batch, this.#create(batch));
  }

  /** Shows a batch again in a panel from before a reload. A panel that cannot be restored is closed. */
  deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const batch = isBatchName(state) ? this.#source.batches.load(state.batch) : undefined;
    if (batch === undefined || this.#open.has(batch.id)) panel.dispose();
    else this.#show(batch, panel);
    return Promise.resolve();
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }

  #create(batch: Batch): WebviewPanel {
    return window.createWebviewPanel(panels.batch, titleOf(batch), ViewColumn.Active);
  }

  #show(batch: Batch, panel: WebviewPanel, list?: ListFacts): void {
    this.#open.set(batch.id, panel);
    const connectTo = (what: Batch, facts?: ListFacts): Connection =>
      connect(what, facts, panel, this.#source, shrink);
    // A message of it was forgotten: the table begins anew without it.
    const shrink = (): void => {
      connection.dispose();
      const left = this.#source.batches.load(batch.id);
      if (left === undefined) {
        panel.dispose();
        return;
      }
      connection = connectTo(left);
      if (panel.visible) connection.showAll(true);
    };
    let connection = connectTo(batch, list);
    const listeners = [
      panel.webview.onDidReceiveMessage((data) => connection.receive(data)),
      onDidChangePrivacy(() => {
        if (panel.visible) connection.showAll(false);
      }),
    ];
    panel.onDidDispose(() => {
      this.#open.delete(batch.id);
      for (const listener of listeners) listener.dispose();
      connection.dispose();
    });
    panel.title = titleOf(batch);
    panel.webview.options = webviewOptions(this.#extensionUri);
    panel.webview.html = webviewPage(panel.webview, this.#extensionUri, {
      script: 'batch',
      styles: ['pictures', 'batch'],
    });
  }
}

interface Connection {
  receive: (data: unknown) => void;
  /** Sends all of it. The table begins anew, or its rows change where they are. */
  showAll: (anew: boolean) => void;
  dispose: () => void;
}

/** What happens between one panel and its batch, until the batch has shrunk. A batch without a list was started before. */
function connect(
  batch: Batch,
  list: ListFacts | undefined,
  panel: WebviewPanel,
  source: BatchSource,
  shrink: () => void,
): Connection {
  const accountLabel = source.accounts.label(batch.account);
  const eachMs = source.eachMs(batch.account);
  let timer: NodeJS.Timeout | undefined;
  const post = (data: ToBatchPanel): void => void panel.webview.postMessage(data);

  const session: BatchSession = openBatch(batch, list === undefined, source, (change) => {
    // Cleared from the history: nothing of it stays on the screen either.
    if (change === 'gone') panel.dispose();
    else if (change === 'shrunk') shrink();
    else timer ??= setTimeout(flush, flushMs);
  });

  const showHead = (): void =>
    post({ type: 'show', view: batchView({ session, accountLabel, list, eachMs }) });

  const flush = (): void => {
    timer = undefined;
    // A hidden panel has no page; it asks for everything when it is shown again.
    if (!panel.visible) return;
    showHead();
    const rows = session.takeChanged();
    if (rows.length > 0) post({ type: 'rows', rows: rows.map(rowView) });
  };

  /** @param anew whether the table begins anew; else the rows change where they are */
  const showAll = (anew = true): void => {
    showHead();
    session.takeChanged();
    const total = session.rows.length;
    for (let from = 0; from < Math.max(total, 1); from += rowsAtOnce) {
      const rows = session.rows.slice(from, from + rowsAtOnce).map(rowView);
      post({ type: 'rows', rows, ...(anew && from === 0 && { total }) });
    }
  };

  const run = (action: BatchAction): unknown => {
    switch (action) {
      case 'start':
      case 'resume':
        return session.start(['unchecked']);
      case 'recheckFailed':
        return session.start(['problem']);
      case 'recheckNotFound':
        return session.start(['notFound']);
      case 'recheckPending':
        return session.start(['pending']);
      case 'watchPending':
        return source.watch(
          session.rows.filter(({ state }) => state === 'pending').map(({ message }) => message),
        );
      case 'export':
        return source.exportRows(titleOf(batch), session.rows);
      case 'cancel':
        session.cancel();
        return undefined;
      case 'discard':
        panel.dispose();
        return undefined;
    }
  };

  const open = ({ index }: Extract<FromBatchPanel, { type: 'open' }>): void => {
    const message = session.rows[index]?.message;
    if (message !== undefined) source.openMessage(message);
  };

  return {
    showAll,
    receive(data) {
      if (!isFromBatchPanel(data)) return;
      if (data.type === 'ready') showAll();
      else if (data.type === 'open') open(data);
      else void run(data.type);
    },
    dispose() {
      clearTimeout(timer);
      session.dispose();
    },
  };
}

function titleOf({ source }: Batch): string {
  return batchTexts.title(visible(source));
}
