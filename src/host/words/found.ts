import { l10n } from 'vscode';
import { shownPhone } from '../privacy.ts';

/** What a link on a message does. */
export function linkTooltip(id: string, phone: string | undefined): string {
  return phone === undefined
    ? l10n.t('Check SMSC message {0}', id)
    : l10n.t('Check SMSC message {0} to {1}', id, shownPhone(phone));
}

/** Told when a message was asked for where there is none, with what would be one. */
export const notFound = {
  atCursor: () =>
    l10n.t(
      'No SMSC message stands at the cursor. What is looked for is an ID such as “ID - 1234” or “id=1234”, best with its phone number near by; or select the ID alone.',
    ),
  inTerminal: () =>
    l10n.t(
      'No SMSC message stands in the terminal’s selection. What is looked for is an ID such as “ID - 1234” or “id=1234”, best with its phone number near by; or select the ID alone.',
    ),
  noEditor: () => l10n.t('Open a text file and put the cursor on a message ID.'),
};

/** Asking for the phone of a message, and where each number that is offered comes from. */
export const phoneWords = {
  title: (id: string) => l10n.t('Phone Number of Message {0}', id),
  placeholder: () => l10n.t('No phone number stands with this ID: choose or enter it'),
  near: () => l10n.t('near the ID'),
  sameId: () => l10n.t('checked with this ID'),
  seen: () => l10n.t('seen in this terminal'),
  checked: (ago: string) => l10n.t('checked {0}', ago),
};
