import { env, l10n, type Uri } from 'vscode';
import { confirm, notify } from '../host/notifications.ts';
import { shownMessage } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { accountDescription } from '../host/words/accounts.ts';
import { extensionId } from '../ids.ts';
import { parseId, parsePhone, type MessageName } from '../smsc/message.ts';
import type { ByHandChecks } from './checking.ts';

/** The address that opens a message in VS Code. */
export function linkTo({ phone, id }: MessageName): string {
  return `${env.uriScheme}://${extensionId}/check?${new URLSearchParams({ phone, id }).toString()}`;
}

/**
 * Reads `…/check?phone=…&id=…`. A link names a message and nothing else: with any other parameter (a login, an
 * endpoint), or one twice, it is not ours.
 */
export function readLink(path: string, query: string): MessageName | undefined {
  const parameters = new URLSearchParams(query);
  const names = [...parameters.keys()].sort();
  if (path !== '/check' || names.length !== 2 || names[0] !== 'id' || names[1] !== 'phone') return undefined;
  const phone = parsePhone(parameters.get('phone') ?? '');
  const id = parseId(parameters.get('id') ?? '');
  return phone.ok && id.ok ? { phone: phone.value, id: id.value } : undefined;
}

/** A page or a program opened a link: asks the user before anything is sent. */
export async function openLink(uri: Uri, services: Services, checks: ByHandChecks): Promise<void> {
  const name = readLink(uri.path, uri.query);
  if (name === undefined) {
    const text = l10n.t('This link to an SMSC message is not valid, and nothing was sent.');
    void notify('warning', text, [{ title: l10n.t('Check Delivery Status'), run: () => checks.prompt() }]);
    return;
  }
  const account = services.book.active();
  if (account === undefined) return checks.prompt(name);
  const { phone, id } = shownMessage(name);
  const question = l10n.t('Check the message {0} with ID {1}?', phone, id);
  const detail = l10n.t(
    'A link asks for it. Account: {0} ({1}).',
    account.label,
    accountDescription(account),
  );
  if (!(await confirm(question, detail, l10n.t('Check')))) return;
  await checks.checkAndOpen({ account: account.id, ...name }, { detail: 2, origin: 'link' });
}
