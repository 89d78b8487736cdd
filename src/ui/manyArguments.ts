import type { Account } from '../history/types.ts';
import { SmscError, type Reason } from '../smsc/errors.ts';
import { messageKey, parseId, parsePhone, type Message, type MessageName } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import { runBatch } from '../tracking/batch.ts';
import type { Tracker } from '../tracking/types.ts';
import { findAccount } from './checkArguments.ts';
import { given, givenList } from './given.ts';

/** What `smsc.checkMany` resolves to: each message stands in one of the three, in the order given. */
export interface ManyReports {
  reports: Report[];
  notFound: MessageName[];
  failed: (MessageName & { reason: Reason })[];
}

/**
 * Checks `{ messages: [{ phone, id }], account? }` and asks nothing. A message that is not valid fails with `input`;
 * what was not tried because the account or the network fails altogether, fails for that reason. Rejects with
 * `SmscError`, `input` or `noAccount`, when the arguments make no sense as a whole.
 */
export async function checkManyFromArguments(
  value: object,
  accounts: readonly Account[],
  active: Account | undefined,
  tracker: Tracker,
): Promise<ManyReports> {
  const { messages, account } = given(value, 'messages', 'account');
  const names = givenList(messages).map(nameOf);
  const { id: accountId } = findAccount(account, accounts, active);

  const wanted = new Map<string, Message>();
  const failed: ManyReports['failed'] = [];
  for (const name of names) {
    const [phone, id] = [parsePhone(name.phone), parseId(name.id)];
    if (phone.ok && id.ok) {
      const message = { account: accountId, phone: phone.value, id: id.value };
      wanted.set(messageKey(message), message);
    } else {
      failed.push({ ...name, reason: 'input' });
    }
  }

  const all = [...wanted.values()];
  const outcomes = new Map<Message, Report | Reason>();
  const end = await runBatch(
    all,
    {
      tracker,
      now: Date.now,
      onSettled(settled) {
        const { message, kind } = settled;
        if (kind === 'report') outcomes.set(message, settled.report);
        else outcomes.set(message, kind === 'notFound' ? 'notFound' : settled.failure.reason);
      },
    },
    new AbortController().signal,
  );
  const untried: Reason = end.kind === 'stopped' ? end.failure.reason : 'cancelled';

  const result: ManyReports = { reports: [], notFound: [], failed };
  for (const message of all) {
    const { phone, id } = message;
    const outcome = outcomes.get(message) ?? untried;
    if (typeof outcome !== 'string') result.reports.push(outcome);
    else if (outcome === 'notFound') result.notFound.push({ phone, id });
    else failed.push({ phone, id, reason: outcome });
  }
  return result;
}

function nameOf(value: unknown): MessageName {
  const { phone, id } = given(value, 'phone', 'id');
  if (typeof phone !== 'string' || typeof id !== 'string') throw new SmscError('input');
  return { phone, id };
}
