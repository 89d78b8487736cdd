import { l10n } from 'vscode';
import type { MemoryCause } from '../../history/types.ts';

/** Why the history is not kept, and what helps. */
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
        'The SMSC history cannot be written: check the disk and the rights of VS Code’s storage folder.',
      );
    case 'locked':
      return l10n.t('The SMSC history is locked by another program: close it and reload the window.');
    case 'damaged':
      return l10n.t(
        'The SMSC history is damaged and could not be set aside: delete it in VS Code’s storage folder.',
      );
    case 'newer':
      return l10n.t(
        'The SMSC history was written by a newer version of this extension: update the extension.',
      );
  }
}

/** A damaged history was replaced by a new one; the file was kept under this name. */
export function damagedWarning(setAside: string): string {
  return l10n.t(
    'The SMSC history was damaged. A new one was begun; the damaged file was kept as {0} in VS Code’s storage folder.',
    setAside,
  );
}
