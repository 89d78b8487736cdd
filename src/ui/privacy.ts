import { l10n, StatusBarAlignment, window } from 'vscode';
import { createOwner, type Releasable } from '../host/ownership.ts';
import { isPrivate, onDidChangePrivacy } from '../host/privacy.ts';
import { commands } from '../ids.ts';

/** Says in the status bar, in words, that phones and texts are masked. */
export function showPrivacy(): Releasable {
  const owner = createOwner();
  const item = owner.own(window.createStatusBarItem('smsc.privacy', StatusBarAlignment.Right, 48));
  item.name = l10n.t('SMSC privacy');
  item.command = commands.endPrivacy;
  item.text = `$(workspace-trusted) ${l10n.t('SMS masked')}`;
  item.tooltip = l10n.t('Phone numbers and texts of messages are masked. Click to show them.');
  item.accessibilityInformation = { label: item.tooltip, role: 'button' };
  const update = (): void => {
    if (isPrivate()) item.show();
    else item.hide();
  };
  owner.own(onDidChangePrivacy(update));
  update();
  return owner;
}
