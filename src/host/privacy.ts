import { ConfigurationTarget, workspace, type Disposable } from 'vscode';
import { settings } from '../ids.ts';
import { maskDigits, maskedMessage, maskPhone } from '../smsc/mask.ts';
import type { MessageName } from '../smsc/message.ts';

/**
 * What may be seen while the user shares the screen. Everything that is drawn, in a view, a panel, a notification or a
 * question, takes phones, names and texts from here; what is copied or sent does not.
 */

/** Whether phones and texts are masked. A setting of the user, so that all windows follow at once. */
export function isPrivate(): boolean {
  if (known === undefined) {
    known = workspace.getConfiguration().get<unknown>(settings.privacy) === true;
    setImmediate(forget);
  }
  return known;
}

/** Reading a setting takes too long for each of ten thousand rows: it is read once in a turn of the event loop. */
let known: boolean | undefined;

function forget(): void {
  known = undefined;
}

export async function setPrivate(on: boolean): Promise<void> {
  await workspace.getConfiguration().update(settings.privacy, on || undefined, ConfigurationTarget.Global);
}

export function onDidChangePrivacy(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration(settings.privacy)) return;
    forget();
    listener();
  });
}

export function shownPhone(phone: string): string {
  return isPrivate() ? maskPhone(phone) : phone;
}

/** A message's phone and ID. An ID that holds the phone is masked with it. */
export function shownMessage<M extends MessageName>(message: M): M {
  return isPrivate() ? maskedMessage(message) : message;
}

/** A message in one line. */
export function shownName(message: MessageName): string {
  const { phone, id } = shownMessage(message);
  return `${phone} · ${id}`;
}

/** Something that the user typed to find messages by. */
export function shownFilter(text: string): string {
  return isPrivate() ? maskDigits(text) : text;
}
