import type { Uri } from 'vscode';
import type { Services } from '../host/services.ts';
import type { History } from '../history/types.ts';
import type { Message } from '../smsc/message.ts';
import { BatchPanels } from './batchPanel.ts';

/** What a check takes where nothing is known yet, in milliseconds. */
const usualMs = 300;
/** So many of an account's latest messages tell how long its checks take. */
const sampled = 20;

/** The batch panels of this window. */
export function createBatchPanels(
  extensionUri: Uri,
  { store, tracker }: Services,
  openMessage: (message: Message) => unknown,
): BatchPanels {
  const { history, batches, accounts } = store;
  return new BatchPanels(extensionUri, {
    ...{ history, batches, accounts, tracker, openMessage, now: Date.now },
    onDidChange: (listener) => store.onDidChange(listener),
    eachMs: (account) => typicalMs(history, account) ?? usualMs,
  });
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
