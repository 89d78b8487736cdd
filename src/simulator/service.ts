import { createHash } from 'node:crypto';
import { statusInfo } from '../smsc/codes.ts';
import type { Operation } from '../smsc/contract.ts';
import type { Fields } from './envelope.ts';
import type { Limits } from './limits.ts';
import { decimal, makeMessage, priceOf, stageOf } from './message.ts';
import type { SimulatedMessage } from './message.ts';
import { lifeOfPhone, messageFromId } from './messages.ts';
import { digitsOf, isId, isPhone, moscowDate, readMailing, sendingTime } from './sending.ts';

/** An account that may send requests. */
export interface Login {
  login: string;
  /** The request may also carry its MD5, in lower-case hexadecimal digits. */
  password: string;
  /** Stands as the password where the login is empty. */
  apiKey?: string;
  /** Thousandths of the account's currency. */
  balance?: number;
}

export type Parameters = ReadonlyMap<string, string>;

/** What the service does with a request, apart from how it got here. */
export interface Service {
  /** The login that a request counts for: an API key counts for its account. */
  loginOf(parameters: Parameters): string;
  /** Does what is asked: the fields of the result in the contract's order, or the error that it draws. */
  perform(operation: Operation, parameters: Parameters): Fields | number;
  /** All messages that it keeps: those given at the start, and those sent since. */
  messages(): SimulatedMessage[];
}

interface Account extends Login {
  balance: number;
}

/** Balance at the start where none is given: 116.392. */
const defaultBalance = 116_392;

/** @param now gives Unix milliseconds. */
export function createService(
  logins: readonly Login[],
  initial: readonly SimulatedMessage[],
  limits: Limits,
  now: () => number,
): Service {
  const accounts: readonly Account[] = logins.map((login) => ({ balance: defaultBalance, ...login }));
  const messages = new Map(initial.map((message) => [keyOf(message), message]));
  const deleted = new Set<string>();
  const mailings = new Map<string, number>();
  let lastId = 5707;

  function accountOf(parameters: Parameters): Account | undefined {
    const login = valueOf(parameters, 'login');
    const secret = valueOf(parameters, 'psw');
    return login === ''
      ? accounts.find(({ apiKey }) => apiKey === secret)
      : accounts.find(
          (account) => account.login === login && [account.password, md5(account.password)].includes(secret),
        );
  }

  function status({ login }: Account, parameters: Parameters): Fields | number {
    const phone = digitsOf(valueOf(parameters, 'phone'));
    const id = valueOf(parameters, 'id');
    if (!isPhone(phone) || !isId(id)) return 1;
    const tooMany = limits.statusRequested(login, phone, id);
    if (tooMany !== undefined) return tooMany;

    const own = keyOf({ login, phone, id });
    const message = messages.get(own) ?? messages.get(keyOf({ phone, id })) ?? messageFromId(phone, id);
    if (message === undefined || deleted.has(own)) return 3;
    if (message.error !== undefined) return message.error;
    if (new URLSearchParams(valueOf(parameters, 'query')).get('del') === '1') deleted.add(own);
    return statusFields(message, valueOf(parameters, 'all'), now() / 1000);
  }

  function balance(account: Account): Fields | number {
    return limits.balanceRequested(account.login) ?? [['balance', decimal(account.balance)]];
  }

  function send(account: Account, parameters: Parameters): Fields | number {
    const mailing = readMailing(valueOf(parameters, 'phones'), valueOf(parameters, 'mes'));
    if (typeof mailing === 'number') return mailing;
    const { phones, wrong, text, parts } = mailing;
    const sentAt = sendingTime(valueOf(parameters, 'time'), now() / 1000);
    if (sentAt === undefined) return 5;
    const ownId = valueOf(parameters, 'id');
    if (ownId !== '' && !isId(ownId)) return 1;
    const price = priceOf(parts * phones.length);
    if (price > account.balance) return 3;
    const mailingKey = [account.login, ownId, ...phones, text].join('\n');
    if (now() - (mailings.get(mailingKey) ?? -Infinity) < 60_000) return 9;

    mailings.set(mailingKey, now());
    account.balance -= price;
    const id = ownId === '' ? String((lastId += 1)) : ownId;
    const sender = valueOf(parameters, 'sender');
    for (const phone of phones) {
      const message = makeMessage({
        ...{ login: account.login, phone, id, sentAt, text, life: lifeOfPhone(phone) },
        ...(sender !== '' && { sender }),
      });
      messages.set(keyOf(message), message);
      deleted.delete(keyOf(message));
    }
    return [
      ['id', id],
      ['balance', decimal(account.balance)],
      ['cost', decimal(price)],
      ['cnt', String(parts * phones.length)],
      ...wrong.map(wrongPhone),
    ];
  }

  function cost(_account: Account, parameters: Parameters): Fields | number {
    const mailing = readMailing(valueOf(parameters, 'phones'), valueOf(parameters, 'mes'));
    if (typeof mailing === 'number') return mailing;
    const count = mailing.parts * mailing.phones.length;
    return [
      ['cost', decimal(priceOf(count))],
      ['cnt', String(count)],
    ];
  }

  const handlers = new Map([
    ['get_status', status],
    ['get_status2', status],
    ['get_balance', balance],
    ['send_sms', send],
    ['send_sms2', send],
    ['get_sms_cost', cost],
    ['get_sms_cost2', cost],
  ]);

  return {
    loginOf: (parameters) => accountOf(parameters)?.login ?? valueOf(parameters, 'login'),
    perform({ name, request, answer }, parameters) {
      const handler = handlers.get(name);
      const missing = request.fields.some((field) => !field.optional && !parameters.has(field.name));
      if (handler === undefined || missing) return 1;
      const account = accountOf(parameters);
      if (account === undefined) {
        limits.wrongCredentials(valueOf(parameters, 'login'));
        return 2;
      }
      const result = handler(account, parameters);
      // `send_sms` has no field for the phones that `send_sms2` lists as wrong.
      return typeof result === 'number' || answer.fields.some((field) => field.name === 'errors')
        ? result
        : result.filter(([field]) => field !== 'errors');
    },
    messages: () => [...messages.values()],
  };
}

/** What is told about a message; `all` says how much, the service's default is little. */
function statusFields(message: SimulatedMessage, all: string, now: number): Fields {
  const { status, err, since } = stageOf(message, now);
  if (status === -3) return [['status', '-3']];
  const basic = [
    ['status', String(status)],
    ['last_date', moscowDate(since)],
    ['last_timestamp', String(Math.floor(since))],
    ['err', String(err)],
  ] as const;
  const extra = Object.entries(message.extra ?? {});
  if (all !== '1' && all !== '2') return [...basic, ...extra];
  const place = [
    ['operator', message.operator],
    ['region', message.region],
  ] as const;
  return [
    ...basic,
    ['send_date', moscowDate(message.sentAt)],
    ['send_timestamp', String(Math.floor(message.sentAt))],
    ['phone', message.phone],
    ['cost', message.cost],
    ['sender_id', message.sender],
    ['status_name', statusInfo(status).name.ru],
    ['message', message.text],
    ...(all === '2' ? place : []),
    ['sms_cnt', String(message.parts)],
    ...extra,
  ];
}

/** How `send_sms2` lists a phone that got nothing, with the error of its own. */
function wrongPhone(phone: string): Fields[number] {
  const fields: Fields = [
    ['phone', phone],
    ['status', '7'],
  ];
  return ['errors', fields];
}

function valueOf(parameters: Parameters, name: string): string {
  return parameters.get(name) ?? '';
}

function keyOf({ login = '', phone, id }: Pick<SimulatedMessage, 'login' | 'phone' | 'id'>): string {
  return `${login}/${phone}/${id}`;
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
