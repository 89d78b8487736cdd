import { commands as vscodeCommands, l10n, StatusBarAlignment, window } from 'vscode';
import { mention, notify, type Action } from '../host/notifications.ts';
import { shownName } from '../host/privacy.ts';
import { createOwner, type Releasable } from '../host/ownership.ts';
import type { Services } from '../host/services.ts';
import { notificationChoice } from '../host/settings.ts';
import { failureName } from '../host/words/failure.ts';
import { dateTime } from '../host/words/time.ts';
import { watchEndsText, watchEndText } from '../host/words/watchEnd.ts';
import { commands, views } from '../ids.ts';
import type { Message } from '../smsc/message.ts';
import type { WatchEnd } from '../tracking/watcher.ts';

/** Several changes within this time, in milliseconds, are drawn once. */
const drawMs = 100;
/** What ends within this time after a notification, in milliseconds, is told by one more, not by many. */
const gatherMs = 4000;

/** Shows the watches in the status bar, and tells of each end that this window settled. */
export function showWatches(services: Services, open: (message: Message) => unknown): Releasable {
  const owner = createOwner();
  owner.own(showCount(services));
  owner.own(tellEnds(services, open));
  return owner;
}

function showCount({ store, onDidChange }: Services): Releasable {
  const owner = createOwner();
  const item = owner.own(window.createStatusBarItem('smsc.watches', StatusBarAlignment.Right, 49));
  item.name = l10n.t('Watched SMSC messages');
  item.command = commands.stopWatching;
  const draw = (): void => {
    const watches = store.watches.all();
    const [next] = watches;
    if (next === undefined) {
      item.hide();
      return;
    }
    // "Not found" is patience in the first minutes; everything else is worth a word.
    const failure = watches
      .map(({ progress }) => progress.failure)
      .find((one) => one !== undefined && one.reason !== 'notFound');
    const trouble = failure === undefined ? '' : failureName(failure);
    const count = l10n.t('Watched messages: {0}', watches.length);
    item.text = `$(eye) ${watches.length}${trouble === '' ? '' : ` $(warning) ${trouble}`}`;
    item.tooltip = [
      count,
      ...(trouble === '' ? [] : [l10n.t('Last check: {0}', trouble)]),
      l10n.t('Next check: {0}', dateTime(next.progress.nextAt)),
    ].join('\n');
    item.accessibilityInformation = {
      label: [count, ...(trouble === '' ? [] : [trouble])].join(', '),
      role: 'button',
    };
    item.show();
  };
  let timer: NodeJS.Timeout | undefined;
  owner.own(
    onDidChange(() => {
      timer ??= setTimeout(() => {
        timer = undefined;
        draw();
      }, drawMs);
    }),
  );
  owner.own({ dispose: () => clearTimeout(timer) });
  draw();
  return owner;
}

function tellEnds(services: Services, open: (message: Message) => unknown): Releasable {
  /** What ended since the last notification; undefined when that was long enough ago. */
  let gathered: WatchEnd[] | undefined;
  let timer: NodeJS.Timeout | undefined;
  const gather = (): void => {
    gathered = [];
    timer = setTimeout(() => {
      const ends = gathered ?? [];
      gathered = undefined;
      if (ends.length === 0) return;
      tell(ends);
      gather();
    }, gatherMs);
  };
  const tell = (ends: readonly WatchEnd[]): void => {
    const [only] = ends;
    if (only !== undefined && ends.length === 1) tellEnd(services, only, open);
    else tellAll(ends);
  };
  const stop = services.watcher.onDidEnd((end) => {
    if (gathered !== undefined) {
      gathered.push(end);
      return;
    }
    tell([end]);
    gather();
  });
  return {
    dispose: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

/** Whoever began a watch wants to hear its end, so only "none" keeps it out of the notifications. */
function tellEnd(services: Services, end: WatchEnd, open: (message: Message) => unknown): void {
  const { message } = end.watch;
  const text = `${shownName(message)}: ${watchEndText(end)}`;
  if (notificationChoice() === 'none') {
    mention(text);
    return;
  }
  const details: Action = { title: l10n.t('Show Details'), run: () => open(message) };
  const again: Action = {
    title: l10n.t('Watch Again'),
    run: () => services.watcher.start([message], 'notification').catch(() => undefined),
  };
  const isFinal = end.ending.kind === 'final';
  void notify(levelOf(end), text, isFinal ? [details] : [details, again]);
}

function tellAll(ends: readonly WatchEnd[]): void {
  const text = watchEndsText(ends);
  if (notificationChoice() === 'none') {
    mention(text);
    return;
  }
  const level = ends.some((end) => levelOf(end) === 'warning') ? 'warning' : 'information';
  const show: Action = { title: l10n.t('Show Messages'), run: () => focusView() };
  void notify(level, text, [show]);
}

function levelOf({ ending }: WatchEnd): 'information' | 'warning' {
  const isBad = ending.kind === 'givenUp' || ending.report.status.kind === 'failed';
  return isBad ? 'warning' : 'information';
}

function focusView(): Thenable<unknown> {
  return vscodeCommands.executeCommand(`${views.history}.focus`);
}
