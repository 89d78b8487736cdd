import { env, l10n, QuickPickItemKind, window, type QuickPickItem } from 'vscode';
import { mention } from '../host/notifications.ts';
import { language, pick } from '../host/words/language.ts';
import { standingName } from '../host/words/state.ts';
import { deliveryErrors, requestErrors, statuses, type Bilingual } from '../smsc/codes.ts';

interface Explained {
  code: number;
  name: Bilingual;
  cause: Bilingual;
  advice: Bilingual;
}

/** Searches all codes by number or words, in both languages; the chosen one is copied with its explanation. */
export async function explainCode(): Promise<void> {
  const items: QuickPickItem[] = [
    heading(l10n.t('Statuses of a message (status)')),
    ...statuses.map((info) => itemOf(info, standingName(info.kind))),
    heading(l10n.t('Delivery errors (err)')),
    ...deliveryErrors.map((info) => itemOf(info)),
    heading(l10n.t('Errors of a request (error)')),
    ...requestErrors.status.map((info) => itemOf(info)),
  ];
  const chosen = await window.showQuickPick(items, {
    title: l10n.t('Explain SMSC Code'),
    placeHolder: l10n.t('Number or words, such as 253 or spam; Enter copies the explanation'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (chosen === undefined) return;
  await env.clipboard.writeText([chosen.label, chosen.detail].join(': '));
  mention(l10n.t('{0} copied', chosen.label));
}

function heading(label: string): QuickPickItem {
  return { label, kind: QuickPickItemKind.Separator };
}

/** The name in the other language stands beside it: people search in the one that they have read. */
function itemOf({ code, name, cause, advice }: Explained, state?: string): QuickPickItem {
  const other = name[language() === 'ru' ? 'en' : 'ru'];
  return {
    label: `${code} ${pick(name)}`,
    description: [state, other].filter((part) => part !== undefined).join(' · '),
    detail: `${capitalised(pick(cause))}. ${pick(advice)}`,
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language()) + text.slice(1);
}
