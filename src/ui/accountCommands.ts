import { l10n, window, workspace } from 'vscode';
import { demoAccountId, type AccountBook } from '../host/accounts.ts';
import { withProgress } from '../host/cancellation.ts';
import { confirm, mention, notify, type Action } from '../host/notifications.ts';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import { accountDescription, contractDifference, secretPlace } from '../host/words/accounts.ts';
import { failureAdvice, failureHeadline } from '../host/words/failure.ts';
import type { Account } from '../history/types.ts';
import { failureOf, SmscError } from '../smsc/errors.ts';
import type { Balance, ContractDifference } from '../smsc/service.ts';
import { visible } from '../smsc/text.ts';
import { accountFromArguments, promptForAccount, promptForChanges } from './addAccount.ts';

/** `smsc.addAccount` by hand: asks, adds, makes it the active one. */
export async function addAccount(services: Services): Promise<Account | undefined> {
  const account = await promptForAccount(services.book);
  if (account !== undefined) tellActive(services, account);
  return account;
}

/** `smsc.addAccount` with arguments: asks nothing; resolves to the new account's id. Rejects with `SmscError`. */
export async function addAccountFromArguments(services: Services, value: object): Promise<string> {
  const wanted = accountFromArguments(value);
  const label = freeLabel(wanted.label, services.book);
  const account = await services.book.add({ ...wanted, label }).catch(() => {
    throw new SmscError('credentials', { detail: 'secret' });
  });
  tellActive(services, account);
  return account.id;
}

export async function useDemoAccount({ book }: Services): Promise<Account> {
  const account = await book.addDemo();
  mention(l10n.t('The demo account is active'));
  return account;
}

export async function switchAccount(services: Services): Promise<void> {
  const { book } = services;
  if (book.all().length === 0) {
    await addAccount(services);
    return;
  }
  const chosen = await chooseAccount(book, l10n.t('Switch SMSC Account'), book.all(), true);
  if (chosen === 'add') {
    await addAccount(services);
  } else if (chosen !== undefined) {
    await book.use(chosen.id);
    mention(l10n.t('“{0}” is the active account', chosen.label));
  }
}

export async function editAccount(services: Services, id?: string): Promise<void> {
  const all = services.book.all();
  const editable = all.filter((account) => account.id !== demoAccountId);
  const offered = editable.length > 0 ? editable : all;
  const account = await accountFor(services.book, l10n.t('Edit SMSC Account'), id, offered);
  if (account === undefined) return;
  if (account.id === demoAccountId) {
    void notify('information', l10n.t('The demo account has nothing to edit.'), [addAction(services)]);
    return;
  }
  const changed = await promptForChanges(services.book, account);
  if (changed === undefined) return;
  await services.tracker.credentialsChanged(changed.id);
  await services.watcher.resume(changed.id);
  void notify('information', l10n.t('The account “{0}” was changed.', changed.label), [
    testAction(services, changed),
  ]);
}

export async function removeAccount(services: Services): Promise<void> {
  const { book, store, tracker } = services;
  const account = await accountFor(book, l10n.t('Remove SMSC Account'));
  if (account === undefined) return;
  const kept = store.history.count({ account: account.id });
  const question = l10n.t('Remove the account “{0}”?', account.label);
  const detail = [
    ...(account.secret === 'keyring' ? [l10n.t('Its password is deleted from the keyring.')] : []),
    l10n.t('Messages in the history: {0}.', kept),
  ].join(' ');
  if (!(await confirm(question, detail, l10n.t('Remove')))) return;
  tracker.abandon(account.id);
  await book.remove(account.id);
  if (kept === 0) return;
  const forget: Action = {
    title: l10n.t('Remove History Too'),
    run: () =>
      void store.history
        .clear(account.id)
        .catch(() => services.log.warn('The history could not be cleared.')),
  };
  void notify('information', l10n.t('The account “{0}” was removed; its history was kept.', account.label), [
    forget,
  ]);
}

/** Asks for the balance and compares the live WSDL with the contract that this extension knows. */
export async function testConnection(services: Services, id?: string): Promise<void> {
  const account = id === undefined ? services.book.active() : services.book.get(id);
  if (account === undefined) {
    void notify('warning', failureHeadline({ reason: 'noAccount' }), [addAction(services)]);
    return;
  }
  try {
    const { balance, differences } = await withProgress(
      l10n.t('Testing the connection of “{0}”', account.label),
      async (signal) => ({
        balance: await services.tracker.balance(account.id, { insist: true }, signal),
        differences: await services.tracker.compareContract(account.id, signal),
      }),
    );
    tellConnection(account, balance, differences);
  } catch (error) {
    const failure = failureOf(error);
    if (failure.reason === 'cancelled') return;
    const edit: Action = { title: l10n.t('Edit Account'), run: () => editAccount(services, account.id) };
    const log: Action = { title: l10n.t('Show Log'), run: () => services.log.show() };
    void notify('error', `${failureHeadline(failure)}. ${failureAdvice(failure)}`, [edit, log]);
  }
}

function tellConnection(
  account: Account,
  { balance }: Balance,
  differences: readonly ContractDifference[],
): void {
  // The balance is text from the service: only a number gets into a notification.
  const amount = /^-?\d{1,12}([.,]\d{1,6})?$/.test(balance) ? balance : l10n.t('not readable');
  const connected = l10n.t('“{0}” is connected. Balance: {1}.', account.label, amount);
  if (differences.length === 0) {
    void notify('information', connected);
    return;
  }
  const show: Action = {
    title: l10n.t('Show Differences'),
    run: async () => {
      const lines = differences.map((difference) => `- ${visible(contractDifference(difference))}`);
      const content = [
        l10n.t('Where the service’s contract differs from the known one:'),
        '',
        ...lines,
        '',
      ].join('\n');
      await window.showTextDocument(await workspace.openTextDocument({ content, language: 'plaintext' }));
    },
  };
  const differs = l10n.t(
    'The service’s contract differs from the known one in {0} places.',
    differences.length,
  );
  void notify('warning', `${connected} ${differs}`, [show]);
}

function tellActive(services: Services, account: Account): void {
  const text = l10n.t('“{0}” is now the active SMSC account.', account.label);
  void notify('information', text, account.id === demoAccountId ? [] : [testAction(services, account)]);
}

function testAction(services: Services, { id }: Account): Action {
  return { title: l10n.t('Test Connection'), run: () => testConnection(services, id) };
}

function addAction(services: Services): Action {
  return { title: l10n.t('Add Account…'), run: () => addAccount(services) };
}

function freeLabel(wanted: string, book: AccountBook): string {
  const taken = new Set(book.all().map(({ label }) => label));
  let label = wanted;
  for (let number = 2; taken.has(label); number += 1) label = `${wanted} (${number})`;
  return label;
}

async function accountFor(
  book: AccountBook,
  title: string,
  id?: string,
  offered = book.all(),
): Promise<Account | undefined> {
  if (id !== undefined) return book.get(id);
  const [only, ...others] = offered;
  if (only !== undefined && others.length === 0) return only;
  const chosen = await chooseAccount(book, title, offered, false);
  return chosen === 'add' ? undefined : chosen;
}

async function chooseAccount(
  book: AccountBook,
  title: string,
  offered: readonly Account[],
  offerNew: boolean,
): Promise<Account | 'add' | undefined> {
  const active = book.active();
  const items = offered.map((account): Choice<Account | 'add'> => ({
    label: `${account.id === active?.id ? '$(check)' : '$(account)'} ${account.label}`,
    description: accountDescription(account),
    detail: secretPlace(account),
    value: account,
  }));
  if (offerNew) items.push({ label: `$(add) ${l10n.t('Add an account…')}`, value: 'add' });
  const result = await askPick({ step: 1, totalSteps: 1, title, items });
  return result.kind === 'value' ? result.value : undefined;
}
