import { askTyped, type Choice } from '../host/steps.ts';
import { shownPhone } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { phoneWords } from '../host/words/found.ts';
import { inputProblem } from '../host/words/input.ts';
import { ago } from '../host/words/time.ts';
import type { History, MessageSummary } from '../history/types.ts';
import { parsePhone, type Message } from '../smsc/message.ts';
import type { ByHandChecks } from './checking.ts';
import { chooseFirstAccount } from './firstAccount.ts';
import type { LinkTarget } from './linkTarget.ts';

/** How many numbers are offered, and how many messages of the history are looked at for them. */
const most = { offered: 12, looked: 200 };

/** Checks a message that was found in a text and opens its panel. A phone that is not near is asked for, once. */
export async function checkFound(
  services: Services,
  checks: ByHandChecks,
  target: LinkTarget,
): Promise<void> {
  const account = services.book.active() ?? (await chooseFirstAccount(services));
  if (account === undefined) return;
  const { id, place } = target;
  const phone =
    phoneOf(services.store.history, account.id, target) ?? (await askPhone(services, account.id, target));
  if (phone === undefined) return;
  const origin = place === undefined ? 'terminal' : 'editor';
  await checks.checkAndOpen(
    { account: account.id, phone, id },
    { detail: 2, origin, ...(place !== undefined && { place }) },
  );
}

/** The phone that stands with an ID, else the one that it was checked with before. */
export function phoneOf(
  history: Pick<History, 'messages'>,
  account: string,
  { id, phone }: Pick<LinkTarget, 'id' | 'phone'>,
): string | undefined {
  if (phone !== undefined) return phone;
  const known = withId(history, account, id);
  return known.length === 1 ? known[0]?.message.phone : undefined;
}

/** What was checked with this ID, leaving out numbers that it does not belong to. */
function withId(history: Pick<History, 'messages'>, account: string, id: string): MessageSummary[] {
  return history
    .messages({ account, text: id, limit: most.looked })
    .filter(({ message, last, lastReport }) => {
      const isWrong = !last.ok && ['notFound', 'parameters', 'input'].includes(last.failure.reason);
      return message.id === id && (lastReport !== undefined || !isWrong);
    });
}

async function askPhone(
  { store }: Services,
  account: Message['account'],
  target: LinkTarget,
): Promise<string | undefined> {
  const offers = phoneOffers(store.history, account, target);
  const result = await askTyped<string>({
    step: 1,
    totalSteps: 1,
    title: phoneWords.title(target.id),
    placeholder: phoneWords.placeholder(),
    itemsFor: (typed) => itemsFor(typed.trim(), offers),
  });
  return result.kind === 'value' ? result.value : undefined;
}

/** Numbers for an ID, likeliest first, each once: near it, checked with it, then those of the latest checks. */
function phoneOffers(
  history: Pick<History, 'messages'>,
  account: string,
  target: LinkTarget,
): Choice<string>[] {
  const now = Date.now();
  const offers = new Map<string, string>();
  const offer = (phone: string, why: string): void => {
    if (!offers.has(phone)) offers.set(phone, why);
  };
  for (const phone of target.phones) offer(phone, phoneWords.near());
  for (const phone of target.seen ?? []) offer(phone, phoneWords.seen());
  for (const { message } of withId(history, account, target.id)) offer(message.phone, phoneWords.sameId());
  for (const { message, lastCheckedAt } of history.messages({ account, limit: most.looked })) {
    offer(message.phone, phoneWords.checked(ago(lastCheckedAt, now)));
  }
  return [...offers]
    .slice(0, most.offered)
    .map(([phone, description]) => ({ label: shownPhone(phone), description, value: phone }));
}

function itemsFor(typed: string, offers: readonly Choice<string>[]): Choice<string>[] {
  if (typed === '') return [...offers];
  const parsed = parsePhone(typed);
  const digits = typed.replace(/\D/g, '');
  const matching = offers.filter(({ value }) => digits !== '' && value?.includes(digits));
  if (!parsed.ok) return [...matching, { label: `$(error) ${inputProblem(parsed.problem)}` }];
  const values = [parsed.suggestion, parsed.value].filter((value) => value !== undefined);
  const typedItems = values.map((value): Choice<string> => ({ label: value, value }));
  return [...typedItems, ...matching.filter(({ value }) => value === undefined || !values.includes(value))];
}
