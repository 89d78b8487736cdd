import { commands as vscodeCommands, l10n, StatusBarAlignment, window } from 'vscode';
import { createOwner, type Releasable } from '../host/ownership.ts';
import type { Services } from '../host/services.ts';
import { accountDescription, secretPlace } from '../host/words/accounts.ts';
import { commands, contexts } from '../ids.ts';
import { visible } from '../smsc/text.ts';

/** Shows the active account in the status bar, and tells the welcome view whether there is one. */
export function showAccountStatus({ book, onDidChange }: Services): Releasable {
  const owner = createOwner();
  const item = owner.own(window.createStatusBarItem('smsc.account', StatusBarAlignment.Right, 50));
  item.name = l10n.t('SMSC account');
  item.command = commands.switchAccount;
  const update = (): void => {
    const account = book.active();
    setContext(contexts.hasAccount, account !== undefined);
    if (account === undefined) {
      item.hide();
      return;
    }
    const label = visible(account.label);
    item.text = `$(comment-discussion) ${label.replaceAll('$(', '$ (')}`;
    item.tooltip = `${l10n.t('Active SMSC account: {0}', label)}\n${visible(accountDescription(account))}\n${secretPlace(account)}`;
    item.accessibilityInformation = { label: l10n.t('Active SMSC account: {0}', label), role: 'button' };
    item.show();
  };
  owner.own(book.onDidChange(update));
  owner.own(
    onDidChange((change) => {
      if (change.kind !== 'message') update();
    }),
  );
  update();
  setContext(contexts.ready, true);
  return owner;
}

function setContext(key: string, value: boolean): void {
  void vscodeCommands.executeCommand('setContext', key, value);
}
