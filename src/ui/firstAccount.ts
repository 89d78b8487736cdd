import { l10n } from 'vscode';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import type { Account } from '../history/types.ts';
import { addAccount, useDemoAccount } from './accountCommands.ts';

/** No account yet: the way to one. */
export async function chooseFirstAccount(services: Services): Promise<Account | undefined> {
  const items: Choice<'demo' | 'add'>[] = [
    {
      label: `$(beaker) ${l10n.t('Try the demo account')}`,
      description: l10n.t('made-up messages, no network'),
      value: 'demo',
    },
    { label: `$(add) ${l10n.t('Add an account…')}`, value: 'add' },
  ];
  const title = l10n.t('Check Delivery Status');
  const placeholder = l10n.t('Which SMSC account knows the message?');
  const result = await askPick({ step: 1, totalSteps: 1, title, placeholder, items });
  if (result.kind !== 'value') return undefined;
  return result.value === 'demo' ? useDemoAccount(services) : addAccount(services);
}
