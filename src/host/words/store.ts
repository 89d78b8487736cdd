import { env, l10n } from 'vscode';
import type { MemoryCause, WriteCause } from '../../history/types.ts';
import { numberText } from './statistics.ts';

/** Why the history is not kept, what that means, and what helps. */
export function memoryWarning(cause: MemoryCause): string {
  const consequence = l10n.t('Until then the history and the accounts last as long as this window.');
  return `${reason(cause)} ${consequence}`;
}

function reason(cause: MemoryCause): string {
  switch (cause) {
    case 'sqliteMissing':
      return l10n.t('This build of VS Code has no SQLite, which the SMSC history needs: update VS Code.');
    case 'folder':
      return l10n.t(
        'The SMSC history cannot be written: check the disk and the rights of VS Code’s storage folder, then reload the window.',
      );
    case 'locked':
      return l10n.t('The SMSC history is locked by another program: close it and reload the window.');
    case 'damaged':
      return l10n.t(
        'The SMSC history is damaged and could not be set aside, as another window may be using it: close the other windows and reload this one.',
      );
    case 'newer':
      return l10n.t(
        'The SMSC history was written by a newer version of this extension and is left as it is: update the extension.',
      );
  }
}

/** How much is kept. `bytes` are missing where nothing is on the disk. */
export function sizeText(size: { messages: number; checks: number; bytes: number | undefined }): string {
  const { messages, checks, bytes } = size;
  const counts = l10n.t('Messages: {0}, checks: {1}', numberText(messages), numberText(checks));
  const place =
    bytes === undefined
      ? l10n.t('in memory only, nothing on the disk')
      : l10n.t('on the disk: {0}', byteText(bytes));
  return `${counts}, ${place}`;
}

function byteText(bytes: number): string {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  const count = bytes / size;
  const maximumFractionDigits = count < 10 ? 1 : 0;
  return new Intl.NumberFormat(env.language, { style: 'unit', unit, maximumFractionDigits }).format(count);
}

/** A damaged history was replaced by a new one; the file was kept there. */
export function damagedWarning(file: string): string {
  return l10n.t(
    'The SMSC history was damaged, so a new one was begun. Accounts that could still be read were kept; add missing ones again. The damaged file is {0}',
    file,
  );
}

/** Damage was met in the file that is being used. */
export function damageFound(): string {
  return l10n.t(
    'A part of the SMSC history cannot be read: its file is damaged. Close the other windows and reload this one: a new history is begun then, and the damaged file is kept.',
  );
}

/** Checks are made, and what they bring is not kept. */
export function recordWarning(cause: Exclude<WriteCause, 'damaged'>): string {
  const help = l10n.t('Checks go on and are kept again as soon as that is possible.');
  return `${writeReason(cause)} ${help}`;
}

function writeReason(cause: Exclude<WriteCause, 'damaged'>): string {
  switch (cause) {
    case 'full':
      return l10n.t(
        'The disk is full, so the last check is not in the SMSC history: free some space for VS Code’s storage folder.',
      );
    case 'locked':
      return l10n.t(
        'The SMSC history is locked by another program, so the last check is not in it: close that program.',
      );
    case 'folder':
      return l10n.t(
        'The SMSC history cannot be written, so the last check is not in it: check the disk and the rights of VS Code’s storage folder.',
      );
  }
}

/** Something that a person wanted to be kept, such as an account, could not be written. */
export function storeFailure(cause: WriteCause): string {
  switch (cause) {
    case 'full':
      return l10n.t(
        'This could not be saved: the disk is full. Free some space for VS Code’s storage folder, then try again.',
      );
    case 'locked':
      return l10n.t(
        'This could not be saved: another program has locked the SMSC history. Close it, then try again.',
      );
    case 'damaged':
      return l10n.t(
        'This could not be done: the SMSC history is damaged. Close the other windows and reload this one.',
      );
    case 'folder':
      return l10n.t(
        'This could not be saved: the SMSC history cannot be written. Check the disk and the rights of VS Code’s storage folder.',
      );
  }
}
