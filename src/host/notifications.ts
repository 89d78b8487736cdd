import { window } from 'vscode';
import { visible } from '../smsc/text.ts';

/** A button of a notification and what it does. */
export interface Action {
  title: string;
  run: () => unknown;
}

type Level = 'information' | 'warning' | 'error';

/**
 * The one way to a notification. Text that people or programs chose (a label, a phone number) may stand in it, the
 * service's words never. Resolves when the notification is gone and the chosen action has been started.
 */
export async function notify(level: Level, text: string, actions: readonly Action[] = []): Promise<void> {
  const titles = actions.map(({ title }) => title);
  const chosen = await show(level, plain(text), titles);
  actions.find(({ title }) => title === chosen)?.run();
}

/** Asks before something that cannot be undone. Resolves to whether the user chose `action`. */
export async function confirm(question: string, detail: string, action: string): Promise<boolean> {
  return (await window.showWarningMessage(plain(question), { modal: true, detail }, action)) === action;
}

/** Says in the status bar that something was done. Nothing to answer, nothing to close. */
export function mention(text: string): void {
  window.setStatusBarMessage(visible(text), 4000);
}

function show(level: Level, text: string, titles: string[]): Thenable<string | undefined> {
  switch (level) {
    case 'information':
      return window.showInformationMessage(text, ...titles);
    case 'warning':
      return window.showWarningMessage(text, ...titles);
    case 'error':
      return window.showErrorMessage(text, ...titles);
  }
}

/** VS Code turns `[text](command:…)` in a notification into a link: no text of ours is meant as one. */
function plain(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
