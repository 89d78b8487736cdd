import { setImmediate as immediate } from 'node:timers/promises';
import type { Uri } from 'vscode';
import type { Services } from '../host/services.ts';
import { mention } from '../host/notifications.ts';
import { accountLabel } from '../host/words/accounts.ts';
import { batchTexts } from '../host/words/batch.ts';
import type { History, Store } from '../history/types.ts';
import { SmscError } from '../smsc/errors.ts';
import type { BatchRow } from '../tracking/batchRows.ts';
import { exportMessages, type ExportSource } from './exportCommands.ts';
import type { Message } from '../smsc/message.ts';
import { BatchPanels } from './batchPanel.ts';

/** So many rows are exported between two looks at the event loop. */
const pageSize = 200;
/** What a check takes where nothing is known yet, in milliseconds. */
const usualMs = 300;
/** So many of an account's latest messages tell how long its checks take. */
const sampled = 20;

/** The batch panels of this window. */
export function createBatchPanels(
  extensionUri: Uri,
  { store, tracker, watcher }: Services,
  openMessage: (message: Message) => unknown,
): BatchPanels {
  const { history, batches, accounts } = store;
  return new BatchPanels(extensionUri, {
    ...{ history, batches, accounts, tracker, openMessage, now: Date.now },
    onDidChange: (listener) => store.onDidChange(listener),
    watch: async (messages) => {
      await watcher.start(messages, 'batch');
      mention(batchTexts.watched(messages.length));
    },
    exportRows: (title, rows) => exportMessages([batchSource(title, rows, store)], batchTexts.export()),
    eachMs: (account) => typicalMs(history, account) ?? usualMs,
  });
}

/** The rows of a batch for an export: with what the history knows of each that was checked. */
function batchSource(label: string, rows: readonly BatchRow[], { history, accounts }: Store): ExportSource {
  return {
    label,
    count: rows.length,
    async *pages(signal) {
      for (let from = 0; from < rows.length; from += pageSize) {
        if (signal.aborted) throw new SmscError('cancelled');
        yield rows.slice(from, from + pageSize).map(({ message, state }) => ({
          ...(state === 'unchecked' ? undefined : history.summary(message)),
          message,
          accountLabel: accountLabel(accounts.label(message.account)),
        }));
        await immediate();
      }
    },
  };
}

/** The median of an account's latest checks, in milliseconds. */
function typicalMs(history: History, account: string): number | undefined {
  const durations = history
    .messages({ account, limit: sampled })
    .flatMap(({ message }) => history.checks(message, 1))
    .map(({ durationMs }) => durationMs)
    .sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)];
}
