import { partsOf } from './message.ts';

export interface Mailing {
  phones: string[];
  /** Those of the given phones that are none. */
  wrong: string[];
  text: string;
  /** Parts of one SMS. */
  parts: number;
}

/** Reads whom a sending or cost request means, or the error that it draws: 1 without a text, 7 without a phone. */
export function readMailing(phones: string, text: string): Mailing | 1 | 7 {
  if (text === '' || phones.trim() === '') return 1;
  const given = phones.split(/[,;\n]/).map(digitsOf);
  const right = given.filter(isPhone);
  if (right.length === 0) return 7;
  return { phones: right, wrong: given.filter((phone) => !isPhone(phone)), text, parts: partsOf(text) };
}

/** The number without what people put around it. */
export function digitsOf(phone: string): string {
  return phone.trim().replace(/^\+/, '');
}

export function isPhone(digits: string): boolean {
  return /^[0-9]{5,16}$/.test(digits);
}

/** An ID as the service gives it or as a sender may choose it. */
export function isId(text: string): boolean {
  return /^[A-Za-z0-9._-]{1,40}$/.test(text);
}

/** Moscow, in whose time the service reads and writes dates, is three hours ahead of UTC all year. */
const moscow = 3 * 3600;

/**
 * Reads the parameter `time` of a sending request: `DDMMYYhhmm` in Moscow time, `0` and Unix seconds, or `+` and
 * minutes. Returns Unix seconds, `undefined` for any other text. Nothing is sent in the past.
 */
export function sendingTime(time: string, now: number): number | undefined {
  if (time === '') return now;
  const [, plus, seconds, day, month, year, hour, minute] =
    /^(?:\+(\d{1,6})|0(\d{9,10})|(\d\d)(\d\d)(\d\d)(\d\d)(\d\d))$/.exec(time) ?? [];
  if (plus !== undefined) return now + 60 * Number(plus);
  if (day !== undefined) {
    const date = Date.UTC(2000 + Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
    return Math.max(now, date / 1000 - moscow);
  }
  return seconds === undefined ? undefined : Math.max(now, Number(seconds));
}

/** A date as the service writes it: `DD.MM.YYYY hh:mm:ss` in Moscow time. */
export function moscowDate(seconds: number): string {
  const iso = new Date((seconds + moscow) * 1000).toISOString();
  const [year, month, day] = iso.slice(0, 10).split('-');
  return `${day}.${month}.${year} ${iso.slice(11, 19)}`;
}
