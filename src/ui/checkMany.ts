import { randomUUID } from 'node:crypto';
import { l10n, type Uri } from 'vscode';
import { number } from '../host/words/batch.ts';
import { notify, type Action } from '../host/notifications.ts';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import type { Account } from '../history/types.ts';
import { readList } from '../recognise/list.ts';
import { accountDescription } from '../host/words/accounts.ts';
import type { BatchPanels } from './batchPanel.ts';
import { chooseSource, readFile, type SourceText } from './batchSource.ts';
import { chooseFirstAccount } from './firstAccount.ts';

/** A list longer than this is two lists. */
const most = 100_000;

/**
 * Asks for a list of messages, or takes the file that is given, and shows what was understood. Nothing is sent before
 * the user starts it there.
 */
export async function checkMany(services: Services, panels: BatchPanels, file?: Uri): Promise<void> {
  const account = services.book.active() ?? (await chooseFirstAccount(services));
  if (account === undefined) return;
  const source = file === undefined ? await chooseSource(services) : await readFile(file);
  if (source === undefined) return;
  if (source.kind === 'batch') {
    panels.reopen(source.id);
    return;
  }
  // VS Code cuts a long notice off unless it has a button; this one leads on.
  const another: Action = { title: l10n.t('Choose Another…'), run: () => checkMany(services, panels) };
  if (source.kind === 'tooLarge') {
    const text = l10n.t('{0} is too large: a list of messages has 50 MB at most.', source.name);
    void notify('warning', text, [another]);
    return;
  }
  if (source.kind === 'unreadable') {
    void notify('error', l10n.t('{0} could not be read.', source.name), [another]);
    return;
  }
  await preview(services, panels, account, source, another);
}

async function preview(
  services: Services,
  panels: BatchPanels,
  active: Account,
  { name, text }: SourceText,
  another: Action,
): Promise<void> {
  const { messages, ...list } = readList(text);
  if (messages.length === 0) {
    void notify(
      'warning',
      l10n.t(
        'No message was found in {0}. A list needs a phone number and a message ID in each row: as CSV, TSV, JSON or text.',
        name,
      ),
      [another],
    );
    return;
  }
  if (messages.length > most) {
    const [count, limit] = [number(messages.length), number(most)];
    const tooLong = l10n.t('{0} holds {1} messages. A list has {2} at most.', name, count, limit);
    void notify('warning', tooLong, [another]);
    return;
  }
  const account = await chooseAccount(services, active);
  if (account === undefined) return;
  const batch = { id: randomUUID(), account: account.id, source: name, createdAt: Date.now(), messages };
  panels.preview(batch, list);
}

/** A list can only be checked with the account that sent it: with several, it is asked for. */
async function chooseAccount({ book }: Services, active: Account): Promise<Account | undefined> {
  const accounts = book.all();
  if (accounts.length < 2) return active;
  const items = accounts.map((account): Choice<Account> => ({
    label: account.label,
    description: accountDescription(account),
    value: account,
  }));
  const title = l10n.t('Check Many Messages');
  const placeholder = l10n.t('Which SMSC account sent them?');
  const chosen = accounts.find(({ id }) => id === active.id) ?? active;
  const result = await askPick({ step: 1, totalSteps: 1, title, placeholder, items, active: chosen });
  return result.kind === 'value' ? result.value : undefined;
}
