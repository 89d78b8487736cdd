import { l10n } from 'vscode';
import { mention } from '../host/notifications.ts';
import { shownMessage, shownName } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import { summaryText } from '../host/words/state.ts';
import { watchedText } from '../host/words/watch.ts';
import type { Origin } from '../history/types.ts';
import type { Message } from '../smsc/message.ts';
import { promptForCheck } from './checkPrompt.ts';
import { chooseFirstAccount } from './firstAccount.ts';

/** Watches a message until its status is final, and says that it does. */
export async function watchMessage(
  { watcher }: Pick<Services, 'watcher'>,
  message: Message,
  origin: Origin,
): Promise<void> {
  const started = await watcher.start([message], origin);
  const { phone, id } = shownMessage(message);
  mention(
    started > 0 ? l10n.t('Watching {0} · {1}', phone, id) : l10n.t('{0} · {1} is watched already', phone, id),
  );
}

/** Asks which message to watch. @param open shows a message's panel */
export async function promptForWatch(services: Services, open: (message: Message) => unknown): Promise<void> {
  const account = services.book.active() ?? (await chooseFirstAccount(services));
  if (account === undefined) return;
  const request = await promptForCheck(
    services,
    account,
    {},
    {
      title: (label) => l10n.t('Watch Delivery — {0}', label),
      states: ['pending', 'unknown', 'problem'],
    },
  );
  if (request === undefined) return;
  await watchMessage(services, request.message, 'prompt');
  open(request.message);
}

/** Asks which watch to end, or ends all of them. */
export async function chooseWatchesToStop({ store, watcher, tracker }: Services): Promise<void> {
  const now = Date.now();
  const watched = store.watches.all().map(({ message }) => message);
  if (watched.length === 0) {
    mention(l10n.t('No message is watched'));
    return;
  }
  const each = watched.map((message): Choice<readonly Message[]> => {
    const summary = store.history.summary(message);
    const activity = tracker.state(message);
    const parts = [
      summary === undefined ? '' : summaryText(summary),
      activity.kind === 'watched' ? watchedText(activity, now) : '',
    ];
    return {
      label: `$(eye) ${shownName(message)}`,
      description: parts.filter((part) => part !== '').join(', '),
      value: [message],
    };
  });
  const all: Choice<readonly Message[]> = {
    label: `$(eye-closed) ${l10n.t('All watched messages: {0}', watched.length)}`,
    value: watched,
  };
  const result = await askPick({
    ...{ step: 1, totalSteps: 1 },
    title: l10n.t('Stop Watching'),
    placeholder: l10n.t('Which message should not be watched any more?'),
    items: watched.length > 1 ? [...each, all] : each,
  });
  if (result.kind === 'value') await watcher.stop(result.value);
}
