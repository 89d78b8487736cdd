import { commands as vscodeCommands, env, l10n, UIKind, Uri } from 'vscode';
import { mention } from '../host/notifications.ts';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import { sizeText } from '../host/words/store.ts';
import { clearHistory } from './historyCommands.ts';

/** Shows where the history is kept and how large it is, and offers what can be done with it. */
export async function showHistoryPlace(services: Services): Promise<void> {
  const { messages, checks, disk } = await services.store.measure();
  const items: Choice<() => unknown>[] = [];
  if (disk !== undefined) {
    const { folder } = disk;
    const reveal = (): unknown => vscodeCommands.executeCommand('revealFileInOS', Uri.file(folder));
    if (isOnThisMachine()) {
      items.push({ label: `$(folder-opened) ${l10n.t('Open Folder')}`, detail: folder, value: reveal });
    }
    const copyPath = async (): Promise<void> => {
      await env.clipboard.writeText(folder);
      mention(l10n.t('{0} copied', l10n.t('Path')));
    };
    const shown = isOnThisMachine() ? {} : { detail: folder };
    items.push({ label: `$(copy) ${l10n.t('Copy Path')}`, ...shown, value: copyPath });
  }
  items.push({
    label: `$(clear-all) ${l10n.t('Empty…')}`,
    description: l10n.t('asks first'),
    value: () => clearHistory(services),
  });
  const result = await askPick({
    ...{ step: 1, totalSteps: 1, items },
    title: l10n.t('SMSC History'),
    placeholder: sizeText({ messages, checks, bytes: disk?.bytes }),
  });
  if (result.kind === 'value') await result.value();
}

/** Whether the system's file manager could show a folder of this process. */
function isOnThisMachine(): boolean {
  return env.uiKind === UIKind.Desktop && env.remoteName === undefined;
}
