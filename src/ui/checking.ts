import { env, l10n, Uri } from 'vscode';
import { withProgress } from '../host/cancellation.ts';
import { demoAccountId } from '../host/accounts.ts';
import { notify, type Action } from '../host/notifications.ts';
import { shownMessage, shownName } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { notificationChoice } from '../host/settings.ts';
import { failureHeadline } from '../host/words/failure.ts';
import { statusText } from '../host/words/state.ts';
import { storeFailure } from '../host/words/store.ts';
import { writeCause } from '../history/sqliteErrors.ts';
import type { Account, FilePlace, Origin } from '../history/types.ts';
import { failureOf, type Failure } from '../smsc/errors.ts';
import type { Message, MessageName } from '../smsc/message.ts';
import type { DetailLevel, Report } from '../smsc/report.ts';
import type { Activity } from '../tracking/types.ts';
import { editAccount, testConnection } from './accountCommands.ts';
import { promptForCheck } from './checkPrompt.ts';
import { chooseFirstAccount } from './firstAccount.ts';
import { watchMessage } from './watchCommands.ts';

export interface ByHand {
  detail?: DetailLevel;
  query?: string;
  origin: Origin;
  place?: FilePlace;
  insist?: boolean;
}

/** Checks that people start: with progress, and with one notification at most. They never reject. */
export interface ByHandChecks {
  /** Resolves to the report, or to nothing when there was none: then the user was told. */
  check(message: Message, options: ByHand): Promise<Report | undefined>;
  /** Checks a message and, where there is a report, opens its panel. */
  checkAndOpen(message: Message, options: ByHand): Promise<void>;
  /** Asks what to check, checks it and opens its panel. */
  prompt(known?: MessageName): Promise<void>;
}

/** @param open shows a message's panel */
export function createByHandChecks(services: Services, open: (message: Message) => unknown): ByHandChecks {
  const check = async (message: Message, options: ByHand): Promise<Report | undefined> => {
    const isWatched = services.store.watches.find(message) !== undefined;
    try {
      const report = await run(services, message, options);
      // The end of a watch is told by the watch.
      if (!isWatched) tellResult(report, options);
      return report;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.reason !== 'cancelled') tellFailure(failure, message, options);
      return undefined;
    }
  };

  const checkAndOpen = async (message: Message, options: ByHand): Promise<void> => {
    if ((await check(message, options)) !== undefined) open(message);
  };

  const prompt = async (known?: MessageName): Promise<void> => {
    const account = services.book.active() ?? (await chooseFirstAccount(services));
    if (account === undefined) return;
    const request = await promptForCheck(services, account, known);
    if (request === undefined) return;
    const { message, ...options } = request;
    await checkAndOpen(message, { ...options, origin: 'prompt' });
  };

  const tellResult = (report: Report, { origin }: ByHand): void => {
    const { kind, final } = report.status;
    const { account, phone, id } = report;
    const choice = notificationChoice();
    if (choice === 'none') return;
    const text = `${shownName(report)}: ${statusText(report)}`;
    const details: Action = { title: l10n.t('Show Details'), run: () => open({ account, phone, id }) };
    if (final) {
      if (choice === 'problems' && kind !== 'failed') return;
      void notify(kind === 'failed' ? 'warning' : 'information', text, [details]);
    } else if (origin !== 'panel') {
      // In the panel, the button to watch stands beside the one that was pressed.
      const watch: Action = {
        title: l10n.t('Watch'),
        run: () => watchMessage(services, { account, phone, id }, 'notification').catch(tellWatchFailure),
      };
      void notify('information', text, [watch, details]);
    }
  };

  const tellWatchFailure = (error: unknown): void => {
    services.log.warn('The watch could not be written to the store.');
    const showLog: Action = { title: l10n.t('Show Log'), run: () => services.log.show() };
    void notify('error', storeFailure(writeCause(error) ?? 'folder'), [showLog]);
  };

  const tellFailure = (failure: Failure, message: Message, options: ByHand): void => {
    if (notificationChoice() === 'none') return;
    const again = (changes: Partial<ByHand>): void =>
      void check(message, { ...options, origin: 'notification', ...changes });
    const text = `${shownName(message)}: ${failureHeadline(failure)}.`;
    void notify('error', text, failureActions(failure, message, again));
  };

  const failureActions = (
    failure: Failure,
    message: Message,
    again: (changes: Partial<ByHand>) => void,
  ): Action[] => {
    const { account } = message;
    const checkAgain: Action = { title: l10n.t('Check Again'), run: () => again({}) };
    const showLog: Action = { title: l10n.t('Show Log'), run: () => services.log.show() };
    const edit: Action = { title: l10n.t('Edit Account'), run: () => editAccount(services, account) };
    const correct: Action = { title: l10n.t('Correct…'), run: () => prompt(message) };
    const page = accountPage(services.book.get(account));
    switch (failure.reason) {
      case 'credentials': {
        // Insisting helps when the allowed IP addresses were changed at the service, not without a secret.
        const insist: Action = { title: l10n.t('Check Anyway'), run: () => again({ insist: true }) };
        const isDemo = account === demoAccountId;
        return [...(isDemo ? [] : [edit]), ...(isDemo || failure.detail === 'held' ? [insist] : []), ...page];
      }
      case 'tooMany': {
        const seconds = Math.ceil(failure.retryAfter ?? 60);
        return [{ title: l10n.t('Check Again in {0} s', seconds), run: () => again({}) }];
      }
      case 'blocked':
        return [...page, showLog];
      case 'parameters':
      case 'input':
        return [correct];
      case 'notFound':
        return [correct, checkAgain];
      case 'noAccount':
      case 'cancelled':
        return [];
      case 'timeout':
      case 'network':
        return [checkAgain, showLog];
      case 'protocol':
        return [
          checkAgain,
          { title: l10n.t('Test Connection'), run: () => testConnection(services, account) },
          showLog,
        ];
    }
  };

  return { check, checkAndOpen, prompt };
}

function run(services: Services, message: Message, options: ByHand): Promise<Report> {
  const { phone, id } = shownMessage(message);
  return withProgress(l10n.t('Checking {0} · {1}', phone, id), async (signal, report) => {
    const tell = (): void => report(activityText(services.tracker.state(message)));
    const stop = services.tracker.onDidChangeState(tell);
    // Seconds are counted down while the check waits its turn.
    const timer = setInterval(tell, 1000);
    try {
      return await services.tracker.check(message, options, signal);
    } finally {
      clearInterval(timer);
      stop();
    }
  });
}

function activityText(activity: Activity): string {
  switch (activity.kind) {
    case 'idle':
    case 'checking':
    case 'watched':
      return '';
    case 'waiting': {
      const seconds = Math.max(1, Math.ceil((activity.until - Date.now()) / 1000));
      return l10n.t('waiting {0} s, to stay within SMSC’s limits', seconds);
    }
  }
}

function accountPage(account: Account | undefined): Action[] {
  if (account === undefined || !URL.canParse(account.endpoint)) return [];
  const { origin } = new URL(account.endpoint);
  return [{ title: l10n.t('Open Account Page'), run: () => env.openExternal(Uri.parse(origin, true)) }];
}
