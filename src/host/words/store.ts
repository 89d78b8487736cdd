import { env, l10n } from 'vscode';
import type { MemoryCause } from '../../history/types.ts';
import { numberText } from './statistics.ts';

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

/** A damaged history was replaced by a new one; the file was kept under this name. */
export function damagedWarning(setAside: string): string {
  return l10n.t(
    'The SMSC history was damaged. A new one was begun; the damaged file was kept as {0} in VS Code’s storage folder.',
    setAside,
  );
}
