import { l10n, Uri, window } from 'vscode';
import { notify, type Action } from '../host/notifications.ts';
import { isPrivate, setPrivate } from '../host/privacy.ts';
import type { Log } from '../host/log.ts';
import type { Services } from '../host/services.ts';
import { writeCause } from '../history/sqliteErrors.ts';
import { failureAdvice, failureHeadline } from '../host/words/failure.ts';
import { notFound } from '../host/words/found.ts';
import { storeFailure } from '../host/words/store.ts';
import { commands, type CommandId } from '../ids.ts';
import { failureOf, SmscError } from '../smsc/errors.ts';
import type { Report } from '../smsc/report.ts';
import {
  addAccount,
  addAccountFromArguments,
  editAccount,
  removeAccount,
  switchAccount,
  testConnection,
  useDemoAccount,
} from './accountCommands.ts';
import type { BatchPanels } from './batchPanel.ts';
import { areCheckArguments, readCheckArguments } from './checkArguments.ts';
import { checkMany } from './checkMany.ts';
import { targetAtCursor, targetInTerminal } from './checkHere.ts';
import type { ByHandChecks } from './checking.ts';
import { explainCode } from './explainCode.ts';
import { copyForSupport, exportHistory } from './exportCommands.ts';
import { checkFound } from './foundMessage.ts';
import { holds } from './given.ts';
import {
  chooseMessage,
  clearHistory,
  copy,
  filterHistory,
  forgetMessage,
  setFilter,
  type Copyable,
} from './historyCommands.ts';
import type { MessageNode } from './historyItems.ts';
import { showHistoryPlace } from './historyPlace.ts';
import type { HistoryView } from './historyView.ts';
import { readTarget, type LinkTarget } from './linkTarget.ts';
import { checkManyFromArguments, type ManyReports } from './manyArguments.ts';
import type { MessagePanels } from './messagePanel.ts';
import { openPlace } from './places.ts';
import type { StatisticsPanel } from './statisticsPanel.ts';
import { chooseWatchesToStop, promptForWatch, watchMessage } from './watchCommands.ts';

export type Handlers = Record<CommandId, (...values: unknown[]) => unknown>;

export interface CommandParts {
  services: () => Promise<Services>;
  panels: () => Promise<MessagePanels>;
  statistics: () => Promise<StatisticsPanel>;
  batches: () => Promise<BatchPanels>;
  checks: () => Promise<ByHandChecks>;
  view: HistoryView;
  log: Log;
}

/** What each command of the manifest does. Those that people start never reject: VS Code would add a dialog. */
export function createHandlers(parts: CommandParts): Handlers {
  const { services, panels, batches, statistics, checks, view, log } = parts;
  const checkWithArguments = async (value: object): Promise<Report> => {
    const { book, tracker } = await services();
    const { message, ...options } = readCheckArguments(value, book.all(), book.active());
    return tracker.check(message, { ...options, origin: 'arguments' });
  };

  const checkManyMessages = async (file: unknown): Promise<void> => {
    await checkMany(await services(), await batches(), file instanceof Uri ? file : undefined);
  };

  const checkManyWithArguments = async (value: object): Promise<ManyReports> => {
    const { book, tracker } = await services();
    return checkManyFromArguments(value, book.all(), book.active(), tracker);
  };

  const recheck = async (target: unknown): Promise<void> => {
    const opened = await services();
    const summary = targetOf(target, view) ?? (await chooseMessage(opened, l10n.t('Check Again')));
    if (summary === undefined) return;
    await (await checks()).check(summary.message, { detail: 2, origin: 'tree' });
  };

  const openMessage = async (target: unknown, preserveFocus: unknown): Promise<void> => {
    const opened = await services();
    const summary = targetOf(target, view) ?? (await chooseMessage(opened, l10n.t('Open Message')));
    if (summary !== undefined) (await panels()).open(summary.message, preserveFocus === true);
  };

  const watch = async (target: unknown): Promise<void> => {
    const opened = await services();
    if (isMessageNode(target)) await watchMessage(opened, target.summary.message, 'tree');
    else await promptForWatch(opened, async (message) => (await panels()).open(message));
  };

  const stopWatching = async (target: unknown): Promise<void> => {
    const opened = await services();
    if (isMessageNode(target)) await opened.watcher.stop([target.summary.message]);
    else await chooseWatchesToStop(opened);
  };

  const copying =
    (what: Copyable) =>
    async (target: unknown): Promise<void> => {
      const summary = targetOf(target, view);
      if (summary !== undefined) await copy(summary, what);
    };

  /** Leads on where no message stands. VS Code cuts a long notice off unless it has a button. */
  const byHand: Action = {
    title: l10n.t('Check Delivery Status'),
    run: async () => (await checks()).prompt(),
  };

  const checkTarget = async (target: LinkTarget): Promise<void> => {
    await checkFound(await services(), await checks(), target);
  };

  const checkAtCursor = async (value: unknown): Promise<void> => {
    // A menu hands over the file's address, a link the message that it stands for.
    if (value !== undefined && !(value instanceof Uri)) {
      const target = readTarget(value);
      if (target === undefined) throw new SmscError('input');
      return checkTarget(target);
    }
    const editor = window.activeTextEditor;
    const target = editor && targetAtCursor(editor);
    if (target !== undefined) return checkTarget(target);
    void notify('information', editor === undefined ? notFound.noEditor() : notFound.atCursor(), [byHand]);
  };

  const checkTerminalSelection = async (): Promise<void> => {
    const target = await targetInTerminal();
    if (target !== undefined) return checkTarget(target);
    void notify('information', notFound.inTerminal(), [byHand]);
  };

  const showPlace = async (value: unknown): Promise<void> => {
    const place = targetOf(value, view)?.place;
    if (place !== undefined) await openPlace(place);
  };

  const supportCopy = async (target: unknown): Promise<void> => {
    const opened = await services();
    const summary = targetOf(target, view) ?? (await chooseMessage(opened, l10n.t('Copy for Support')));
    if (summary === undefined) return;
    await copyForSupport(opened, summary);
  };

  const forget = async (target: unknown): Promise<void> => {
    const opened = await services();
    const summary = targetOf(target, view) ?? (await chooseMessage(opened, l10n.t('Forget a Message')));
    if (summary !== undefined) await forgetMessage(opened, summary.message);
  };

  /** Whatever goes wrong in a command that a person started is told once, in words. */
  const told =
    (task: (...values: unknown[]) => unknown) =>
    async (...values: unknown[]): Promise<void> => {
      try {
        await task(...values);
      } catch (error) {
        const showLog: Action = { title: l10n.t('Show Log'), run: () => log.show() };
        const cause = writeCause(error);
        if (cause !== undefined) {
          log.warn(`command failed: the history could not be written (${cause})`);
          void notify('error', storeFailure(cause), [showLog]);
          return;
        }
        const failure = failureOf(error);
        log.warn(`command failed: ${error instanceof Error ? error.name : 'unknown'} ${failure.reason}`);
        void notify('error', `${failureHeadline(failure)}. ${failureAdvice(failure)}`, [showLog]);
      }
    };

  const withServices = (task: (opened: Services) => unknown) => told(async () => task(await services()));

  return {
    [commands.checkStatus]: (argument) =>
      areCheckArguments(argument)
        ? checkWithArguments(argument)
        : told(async () => (await checks()).prompt())(),
    [commands.checkMany]: (argument) =>
      holds(argument, 'messages')
        ? checkManyWithArguments(argument)
        : told(() => checkManyMessages(argument))(),
    [commands.checkAtCursor]: told(checkAtCursor),
    [commands.checkTerminalSelection]: told(checkTerminalSelection),
    [commands.recheck]: told(recheck),
    [commands.openMessage]: told(openMessage),
    [commands.openPlace]: told(showPlace),
    [commands.copyPhone]: told(copying('phone')),
    [commands.copyId]: told(copying('id')),
    [commands.copyPhoneAndId]: told(copying('phoneAndId')),
    [commands.copyReport]: told(copying('report')),
    [commands.copyLink]: told(copying('link')),
    [commands.forgetMessage]: told(forget),
    [commands.togglePrivacy]: told(() => setPrivate(!isPrivate())),
    [commands.endPrivacy]: told(() => setPrivate(false)),
    [commands.showHistoryPlace]: withServices(showHistoryPlace),
    [commands.watch]: told(watch),
    [commands.stopWatching]: told(stopWatching),
    [commands.filterHistory]: told(() => filterHistory(view)),
    [commands.clearFilter]: told(() => setFilter(view, {})),
    [commands.clearHistory]: withServices(clearHistory),
    [commands.exportHistory]: withServices((opened) => exportHistory(opened, view.filter())),
    [commands.showStatistics]: told(async () => (await statistics()).open(view.filter())),
    [commands.copyForSupport]: told(supportCopy),
    [commands.showMore]: told(() => view.showMore()),
    [commands.addAccount]: (argument) =>
      holds(argument, 'label', 'login', 'apiKey')
        ? services().then((opened) => addAccountFromArguments(opened, argument))
        : withServices(addAccount)(),
    [commands.editAccount]: withServices((opened) => editAccount(opened)),
    [commands.switchAccount]: withServices(switchAccount),
    [commands.removeAccount]: withServices(removeAccount),
    [commands.testConnection]: withServices((opened) => testConnection(opened)),
    [commands.useDemoAccount]: withServices(useDemoAccount),
    [commands.explainCode]: told(explainCode),
    [commands.showLog]: () => log.show(),
  };
}

/** What a command was called on: a row of the tree, else the row that is selected. */
function targetOf(target: unknown, view: HistoryView): MessageNode['summary'] | undefined {
  return isMessageNode(target) ? target.summary : view.selected();
}

function isMessageNode(value: unknown): value is MessageNode {
  return isObject(value) && 'kind' in value && value.kind === 'message' && 'summary' in value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
