import type { Account } from '../history/types.ts';
import { SmscError } from '../smsc/errors.ts';
import { parseId, parsePhone, type Message } from '../smsc/message.ts';
import { deletes } from '../smsc/query.ts';
import type { DetailLevel } from '../smsc/report.ts';
import { given, holds } from './given.ts';

/** The arguments of `smsc.checkStatus`, checked. */
export interface CheckArguments {
  message: Message;
  detail: DetailLevel;
  query?: string;
  wait: boolean;
}

/** Whether a command's argument is meant as the arguments of a check, right or wrong. */
export function areCheckArguments(value: unknown): value is object {
  return holds(value, 'phone', 'id');
}

/**
 * Reads `{ phone, id, detail?, query?, account?, wait? }`. The account goes by id or by label, else it is the active
 * one. Throws `SmscError` with `input` or `noAccount`.
 */
export function readCheckArguments(
  value: unknown,
  accounts: readonly Account[],
  active: Account | undefined,
): CheckArguments {
  const asked = given(value, 'phone', 'id', 'detail', 'query', 'account', 'wait');
  const { phone, id, detail = 0, query, account, wait = true } = asked;
  const parsedPhone = typeof phone === 'string' ? parsePhone(phone) : undefined;
  const parsedId = typeof id === 'string' ? parseId(id) : undefined;
  if (!parsedPhone?.ok || !parsedId?.ok || typeof wait !== 'boolean') throw new SmscError('input');
  if (detail !== 0 && detail !== 1 && detail !== 2) throw new SmscError('input');
  if (query !== undefined && typeof query !== 'string') throw new SmscError('input');
  // Asking nothing and deleting a message do not go together.
  if (deletes(query)) throw new SmscError('input');
  const chosen = findAccount(account, accounts, active);
  return {
    message: { account: chosen.id, phone: parsedPhone.value, id: parsedId.value },
    detail,
    wait,
    ...(query !== undefined && { query }),
  };
}

/** The account that an argument names by id or label; the active one when it names none. Throws `SmscError`. */
export function findAccount(
  name: unknown,
  accounts: readonly Account[],
  active: Account | undefined,
): Account {
  if (name !== undefined && typeof name !== 'string') throw new SmscError('input');
  const found =
    name === undefined
      ? active
      : (accounts.find(({ id }) => id === name) ?? accounts.find(({ label }) => label === name));
  if (found === undefined) throw new SmscError('noAccount');
  return found;
}
