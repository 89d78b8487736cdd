import path from 'node:path';
import { commands, l10n } from 'vscode';
import { writeCause } from '../history/sqliteErrors.ts';
import type { History, Store } from '../history/types.ts';
import type { TrackerParts } from '../tracking/tracker.ts';
import type { Log } from './log.ts';
import { notify, type Action } from './notifications.ts';
import { damagedWarning, damageFound, memoryWarning, recordWarning } from './words/store.ts';

const reloadWindow = (): Action => ({
  title: l10n.t('Reload Window'),
  run: () => commands.executeCommand('workbench.action.reloadWindow'),
});

/**
 * Tells how the store that was opened in this folder is not the one that was expected. Each notice has a button: VS Code
 * cuts those without one to a single line.
 */
export function tellOfOpening({ memory, setAside }: Store, folder: string, log: Log): void {
  if (memory !== undefined) {
    log.warn(`The history is kept in memory: ${memory}.`);
    void notify('warning', memoryWarning(memory), [reloadWindow()]);
  }
  if (setAside !== undefined) {
    const file = path.join(folder, setAside);
    log.warn(`The history was damaged and put aside: ${file}`);
    void notify('warning', damagedWarning(file), [showLog(log)]);
  }
}

/** Damage was met while the file is in use: only a window that opens it anew can put it aside. */
export function tellOfDamage(log: Log): void {
  log.warn('A part of the history could not be read: its file is damaged.');
  void notify('error', damageFound(), [reloadWindow()]);
}

/** Tells once that checks are not kept, and again only after one could be kept in between. */
export function tellingOfUnkept(
  history: Pick<History, 'record'>,
  log: Log,
): Pick<TrackerParts, 'history' | 'onRecordFailed'> {
  let told = false;
  return {
    history: {
      async record(check, exchange) {
        await history.record(check, exchange);
        if (told) log.info('Checks are written to the history again.');
        told = false;
      },
    },
    onRecordFailed(error) {
      const cause = writeCause(error) ?? 'folder';
      log.warn(`A check could not be written to the history (${cause}).`);
      if (told) return;
      told = true;
      // Of damage the store tells by itself.
      if (cause !== 'damaged') void notify('warning', recordWarning(cause), [showLog(log)]);
    },
  };
}

const showLog = (log: Log): Action => ({ title: l10n.t('Show Log'), run: () => log.show() });
