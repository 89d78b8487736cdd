import { l10n, ThemeIcon, type QuickInputButton } from 'vscode';
import { demoAccountId } from '../host/accounts.ts';
import { confirm } from '../host/notifications.ts';
import { isPrivate, shownName, shownPhone } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import {
  askPick,
  askText,
  askTyped,
  runSteps,
  type Choice,
  type Place,
  type Step,
  type StepResult,
} from '../host/steps.ts';
import { accountDescription } from '../host/words/accounts.ts';
import { inputProblem } from '../host/words/input.ts';
import { pick } from '../host/words/language.ts';
import { summaryText } from '../host/words/state.ts';
import { ago } from '../host/words/time.ts';
import type { Account, MessageState } from '../history/types.ts';
import { readPasted } from '../recognise/pasted.ts';
import { statusInfo } from '../smsc/codes.ts';
import { deletes } from '../smsc/query.ts';
import { parseId, parsePhone, type Message, type MessageName } from '../smsc/message.ts';
import type { DetailLevel } from '../smsc/report.ts';

/** What the user wants to know: a message, and how much about it. */
export interface CheckRequest {
  message: Message;
  detail: DetailLevel;
  query?: string;
}

/** What a message is asked for. */
export interface Purpose {
  title: (account: string) => string;
  /** Where messages stand that are offered; wherever they stand when absent. */
  states?: readonly MessageState[];
}

interface Draft {
  account: Account;
  purpose: Purpose;
  /** What stands in the first step's box. */
  typed: string;
  /** A phone that is known and must not be seen: it is offered instead of standing in the box. */
  known?: string;
  phone?: string;
  id?: string;
  detail: DetailLevel;
  query?: string;
}

type Choices = Choice<Partial<MessageName>>[];

/** How many messages that were checked before are offered. */
const offered = 30;

const checking: Purpose = { title: (account) => l10n.t('Check Delivery Status — {0}', account) };

/** Asks for phone and ID; account and detail through the buttons. Undefined when the user gave up. */
export async function promptForCheck(
  services: Services,
  account: Account,
  known: Partial<MessageName> = {},
  purpose = checking,
): Promise<CheckRequest | undefined> {
  const draft: Draft = {
    account,
    purpose,
    detail: 2,
    ...(isPrivate()
      ? { typed: '', ...(known.phone !== undefined && { known: known.phone }) }
      : { typed: known.phone ?? '' }),
    ...(known.id !== undefined && { id: known.id }),
  };
  const demo = account.id === demoAccountId ? await demoItems(purpose) : [];
  const steps: Step<Draft>[] = [
    (_, place) => askPhone(services, demo, draft, place),
    (_, place) =>
      draft.phone !== undefined && draft.id !== undefined ? 'skip' : askId(services, draft, place),
  ];
  if (!(await runSteps(draft, steps))) return undefined;
  const { phone, id, detail, query } = draft;
  if (phone === undefined || id === undefined || !(await mayDelete(query))) return undefined;
  return { message: { account: draft.account.id, phone, id }, detail, ...(query !== undefined && { query }) };
}

async function askPhone(
  services: Services,
  demo: Choices,
  draft: Draft,
  place: Place,
): Promise<StepResult<unknown>> {
  const accountButton: QuickInputButton = { iconPath: new ThemeIcon('account'), tooltip: l10n.t('Account…') };
  const detailButton: QuickInputButton = {
    iconPath: new ThemeIcon('settings-gear'),
    tooltip: l10n.t('Detail…'),
  };
  delete draft.phone;
  for (;;) {
    const result = await askTyped<Partial<MessageName> | QuickInputButton>({
      ...place,
      title: draft.purpose.title(draft.account.label),
      placeholder: l10n.t('Phone number, or paste a line such as “OK - 1 SMS, ID - 1234”'),
      value: draft.typed,
      itemsFor: (typed) => phoneItems(services, draft, demo, typed.trim()),
      buttons: [accountButton, detailButton],
      onButton: (button, typed) => {
        draft.typed = typed;
        return { kind: 'value', value: button };
      },
    });
    if (result.kind !== 'value') return result;
    if (result.value === accountButton) {
      await chooseAccount(services, draft);
    } else if (result.value === detailButton) {
      await chooseDetail(draft);
    } else if (!('iconPath' in result.value)) {
      const { phone, id } = result.value;
      if (id !== undefined) draft.id = id;
      // A pasted line may give the ID alone: then the phone is still to be asked.
      setPhone(draft, phone);
      if (phone !== undefined) {
        draft.phone = phone;
        return result;
      }
    }
  }
}

/** What the first step shows when it is asked again. */
function setPhone(draft: Draft, phone: string | undefined): void {
  delete draft.known;
  draft.typed = isPrivate() ? '' : (phone ?? '');
  if (isPrivate() && phone !== undefined) draft.known = phone;
}

function phoneItems(services: Services, draft: Draft, demo: Choices, text: string): Choices {
  if (text === '') {
    const kept: Choices =
      draft.id === undefined
        ? []
        : [{ label: `$(check) ${l10n.t('ID {0}: now enter the phone number', draft.id)}` }];
    const known: Choices =
      draft.known === undefined
        ? []
        : [continueWith(draft.known, l10n.t('continue with this number'), draft)];
    const recent = recentItems(services, draft);
    return [...kept, ...known, ...recent, ...(draft.id === undefined ? without(recent, demo) : [])];
  }
  const pasted = readPasted(text);
  if (pasted?.phone !== undefined) {
    return [
      {
        label: `$(search) ${l10n.t('Check {0} · {1}', shownPhone(pasted.phone), pasted.id ?? '')}`,
        description: l10n.t('phone and ID'),
        value: pasted,
      },
    ];
  }
  if (pasted !== undefined) {
    return [
      {
        label: `$(arrow-right) ${l10n.t('ID {0}', pasted.id ?? '')}`,
        description: l10n.t('then the phone number'),
        value: pasted,
      },
    ];
  }
  const parsed = parsePhone(text);
  const recent = recentItems(services, draft, text);
  const matching = [
    ...recent,
    ...without(recent, demo).filter(({ value }) => `${value?.phone ?? ''} ${value?.id ?? ''}`.includes(text)),
  ];
  if (!parsed.ok) return [...matching, { label: `$(error) ${inputProblem(parsed.problem)}` }];
  const go = (phone: string, description: string): Choice<Partial<MessageName>> =>
    continueWith(phone, description, draft);
  return parsed.suggestion === undefined
    ? [go(parsed.value, l10n.t('continue with this number')), ...matching]
    : [
        go(parsed.suggestion, l10n.t('the number in international form')),
        // Without its digits in the label: VS Code would put what matches the typed text first.
        {
          ...go(parsed.value, shownPhone(parsed.value)),
          label: `$(arrow-right) ${l10n.t('Exactly as typed')}`,
        },
        ...matching,
      ];
}

function continueWith(phone: string, description: string, { id }: Draft): Choice<Partial<MessageName>> {
  return {
    label: `$(arrow-right) ${shownPhone(phone)}`,
    description,
    value: id === undefined ? { phone } : { phone, id },
  };
}

/** Messages of this account that were checked before; all that fit the purpose, or those of them that hold the text. */
function recentItems({ store }: Services, { account, purpose: { states } }: Draft, text = ''): Choices {
  const digits = text.replace(/[^A-Za-z0-9._-]/g, '');
  const query = { account: account.id, text: digits, limit: offered, ...(states && { states }) };
  const summaries = store.history.messages(query);
  const now = Date.now();
  return summaries.map((summary) => ({
    label: `$(history) ${shownName(summary.message)}`,
    description: `${summaryText(summary)}, ${ago(summary.lastCheckedAt, now)}`,
    value: { phone: summary.message.phone, id: summary.message.id },
  }));
}

/** What the demo account offers, less what the history offers already. */
function without(recent: Choices, demo: Choices): Choices {
  return demo.filter(
    ({ value }) => !recent.some((item) => item.value?.phone === value?.phone && item.value?.id === value?.id),
  );
}

async function demoItems({ states }: Purpose): Promise<Choices> {
  const { demoMessages } = await import('../simulator/demo.ts');
  return demoMessages(Date.now())
    .filter(({ status }) => states?.includes(statusInfo(status).kind) ?? true)
    .map(({ phone, id, title }) => ({
      label: `$(beaker) ${shownName({ phone, id })}`,
      description: pick(title),
      value: { phone, id },
    }));
}

async function askId(services: Services, draft: Draft, place: Place): Promise<StepResult<unknown>> {
  const result = await askTyped<string>({
    ...place,
    title: l10n.t('Check Delivery Status — {0}', shownPhone(draft.phone ?? '')),
    placeholder: l10n.t('Message ID, as SMSC gave it when the message was sent'),
    value: draft.id ?? '',
    itemsFor: (typed) => idItems(services, draft, typed),
  });
  if (result.kind === 'value') draft.id = result.value;
  return result;
}

function idItems({ store }: Services, draft: Draft, typed: string): Choice<string>[] {
  const phone = draft.phone ?? '';
  const recent = store.history
    .messages({ account: draft.account.id, text: phone, limit: offered })
    .filter(({ message }) => message.phone === phone && message.id.startsWith(typed.trim()))
    .map((summary): Choice<string> => ({
      label: `$(history) ${summary.message.id}`,
      description: summaryText(summary),
      value: summary.message.id,
    }));
  if (typed.trim() === '') return recent;
  const id = readPasted(typed)?.id ?? typed;
  const parsed = parseId(id);
  return parsed.ok
    ? [{ label: `$(search) ${l10n.t('Check ID {0}', parsed.value)}`, value: parsed.value }, ...recent]
    : [...recent, { label: `$(error) ${inputProblem(parsed.problem)}` }];
}

async function chooseAccount({ book }: Services, draft: Draft): Promise<void> {
  const items = book.all().map((account): Choice<Account> => ({
    label: account.label,
    description: accountDescription(account),
    value: account,
  }));
  const title = l10n.t('Check With Account');
  const result = await askPick({ step: 1, totalSteps: 1, title, items });
  if (result.kind === 'value') draft.account = result.value;
}

async function chooseDetail(draft: Draft): Promise<void> {
  const items: Choice<DetailLevel | 'query'>[] = [
    { label: l10n.t('Status only'), description: 'all=0', value: 0 },
    { label: l10n.t('With text, sender, cost and send time'), description: 'all=1', value: 1 },
    { label: l10n.t('With operator and region too'), description: 'all=2', value: 2 },
    { label: l10n.t('With a query string of your own…'), description: 'get_status2', value: 'query' },
  ];
  const title = l10n.t('How Much to Ask For');
  const result = await askPick({ step: 1, totalSteps: 1, title, items, active: draft.detail });
  if (result.kind !== 'value') return;
  if (result.value !== 'query') {
    draft.detail = result.value;
    delete draft.query;
    return;
  }
  const prompt = l10n.t('Parameters as name=value&name=value, URL-encoded');
  const typed = await askText({ step: 1, totalSteps: 1, title, prompt, value: draft.query ?? '' });
  if (typed.kind === 'value') draft.query = typed.value;
}

async function mayDelete(query: string | undefined): Promise<boolean> {
  if (!deletes(query)) return true;
  return confirm(
    l10n.t('Delete this message at SMSC?'),
    l10n.t('The query string holds “del”. SMSC deletes the message with its status.'),
    l10n.t('Delete Message'),
  );
}
