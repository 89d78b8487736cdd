import { deliveryErrorInfo, statusInfo } from '../smsc/codes.ts';
import type { Bilingual } from '../smsc/codes.ts';

/** From `after` seconds behind the sending time on, a message has this status and delivery error (0: none). */
export interface Stage {
  after: number;
  status: number;
  err: number;
}

/** In order of time; the first stage also holds before the message is sent. */
export type Life = readonly [Stage, ...Stage[]];

/** A message as the simulator keeps it: how it was sent, and what becomes of it. */
export interface SimulatedMessage {
  phone: string;
  id: string;
  /** Unix seconds. */
  sentAt: number;
  life: Life;
  text: string;
  sender: string;
  /** For all parts together, e.g. "3.6". */
  cost: string;
  parts: number;
  operator: string;
  region: string;
  title: Bilingual;
  /** Every request about the message fails with this error. */
  error?: number;
  /** Fields that the answer holds besides the documented ones. */
  extra?: Readonly<Record<string, string>>;
  /** The login that it belongs to; without one it is everybody's. */
  login?: string;
}

/** When messages of a fixed state were sent: Unix seconds, one minute apart. */
const firstSentAt = Date.UTC(2025, 1, 3, 9) / 1000;

const texts = [
  'Ваш код: 4821. Никому его не сообщайте.',
  'Your order 1057 is ready for pick-up until 20:00.',
  'Напоминаем: вы записаны на завтра, 10:30. Если планы изменились, позвоните нам, пожалуйста, заранее.',
  'Payment of 1,250.00 received. Thank you!',
];
const senders = ['SMSC.RU', 'SHOP', 'CLINIC', 'BANK'];
const operators = ['МТС', 'МегаФон', 'Билайн', 'T2'];
const regions = ['Москва и Московская область', 'Санкт-Петербург', 'Новосибирская область', 'Татарстан'];

/** A message of which only what matters is given; a plain status makes a message that never changes. */
export function makeMessage(
  given: Pick<SimulatedMessage, 'phone' | 'id'> &
    Partial<SimulatedMessage> & { status?: number; err?: number },
): SimulatedMessage {
  const { status = 1, err = 0, ...rest } = given;
  const number = Number(given.phone.slice(-4)) || 0;
  const text = given.text ?? pick(texts, number);
  const parts = given.parts ?? partsOf(text);
  return {
    sentAt: firstSentAt + 60 * number,
    life: [{ after: 12, status, err }],
    text,
    sender: pick(senders, number),
    cost: decimal(priceOf(parts)),
    parts,
    operator: pick(operators, number),
    region: pick(regions, number),
    title: titleOf(status, err),
    ...rest,
  };
}

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? '';
}

function titleOf(status: number, err: number): Bilingual {
  const { name } = statusInfo(status);
  if (err === 0) return name;
  const { name: why } = deliveryErrorInfo(err);
  return { en: `${name.en}: ${startLower(why.en)}`, ru: `${name.ru}: ${startLower(why.ru)}` };
}

/** A name after a colon: "Subscriber is offline" → "subscriber is offline", but "SIM card replaced" stays. */
function startLower(name: string): string {
  return /^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** What a message is at a time (Unix seconds), and since when. */
export function stageOf(message: SimulatedMessage, now: number): Stage & { since: number } {
  const age = now - message.sentAt;
  const stage = message.life.findLast(({ after }) => after <= age) ?? message.life[0];
  return { ...stage, since: message.sentAt + stage.after };
}

/** What a number of parts costs, in thousandths of the account's currency. */
export function priceOf(parts: number): number {
  return 3600 * parts;
}

/** Writes thousandths as a decimal number without needless zeros. */
export function decimal(thousandths: number): string {
  return String(thousandths / 1000);
}

/** How many SMS a text takes: 160 characters, or 153 each when there are several; with other than Latin letters 70 and 67. */
export function partsOf(text: string): number {
  const latin = /^[\x20-\x7e\r\n]*$/.test(text);
  const [single, each] = latin ? [160, 153] : [70, 67];
  return text.length <= single ? 1 : Math.ceil(text.length / each);
}
