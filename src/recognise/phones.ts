import { parsePhone } from '../smsc/message.ts';
import { matches } from './matches.ts';

export interface PhoneMark {
  kind: 'phone';
  at: number;
  phone: string;
  /** Whether it stands under a name such as `phone=`. */
  named: boolean;
  /** How many phones stand under that name. */
  among: number;
  /** Nothing but the name stands before it on the line. */
  first: boolean;
}

const nameForm =
  /(?<![\p{L}\p{N}])(?:(?:[a-z]{1,12}[_-]?)?phones?(?:[_-]?(?:number|num|no|list))?|msisdn|mobile|cell|tel|to|rcpt|recipients?|destination|dest|dst|телефон[а-я]{0,2}|номер(?: телефона| абонента| получателя)?|получатель|абонент|кому|number)(?:\\{0,3}["'\]\x60]){0,2}(?:\x1b\[[\d;]{0,9}m){0,2}(?:\s?xsi:type="[\w:]{1,20}")?\s{0,12}(?:=>|:=|==|[=:>|]|&gt;|%3D|(?<=\s)(?=[+\d]))(?:\x1b\[[\d;]{0,9}m){0,2}\s{0,8}(?:string\(\d{1,3}\) ?|\[)?(?:\\{0,3}["'(\x60]){0,2}(?:\x1b\[[\d;]{0,9}m)?/giu;
const named = /(?:\+|%2B)?(\(?\d[\d()\u00a0 -]{3,24})/iy;
const listSeparator = /(?:\\{0,3}["'])?(?:[,;]|%2C|%3B|%0A|\\n) ?(?:\\{0,3}["'])?(?=(?:\+|%2B)?\d)/iy;
const others = /^(?:sender|from|manager|operator|owner|office|support|own|user)/i;

/** Phone numbers in a line: those under a name, and those that can hardly be anything else. */
export function phoneMarks(line: string, secret: (at: number) => boolean): PhoneMark[] {
  const marks: PhoneMark[] = [];
  const taken = new Set<number>();
  nameForm.lastIndex = 0;
  for (let found = nameForm.exec(line); found !== null; found = nameForm.exec(line)) {
    if (others.test(found[0]) || secret(found.index)) continue;
    const list = readListed(line, found.index + found[0].length);
    const first = /^[\s"'[{<(>$|-]*$/.test(line.slice(Math.max(0, found.index - 12), found.index));
    for (const { at, phone } of list) {
      taken.add(at);
      marks.push({ kind: 'phone', at, phone, named: true, among: list.length, first });
    }
  }
  for (const { at, phone } of barePhones(line)) {
    if (taken.has(at) || secret(at)) continue;
    marks.push({ kind: 'phone', at, phone, named: false, among: 1, first: false });
  }
  return marks.sort((a, b) => a.at - b.at);
}

/** How many phones of one list are read. */
const mostListed = 100;

function readListed(line: string, from: number): { at: number; phone: string }[] {
  const list: { at: number; phone: string }[] = [];
  let at = from;
  while (list.length < mostListed) {
    named.lastIndex = at;
    const found = named.exec(line);
    if (found === null) break;
    const digits = numberStart(found[1] ?? '');
    const place = at + found[0].length - (found[1] ?? '').length;
    const end = place + digits.length;
    const phone = normalPhone(digits);
    if (
      phone === undefined ||
      phone.length < 7 ||
      /[\p{L}_*@]/u.test(line.charAt(end)) ||
      /^[:.]\d/.test(line.slice(end, end + 2))
    )
      break;
    if (digits.length < 10 && list.length > 0) break;
    list.push({ at: place, phone });
    listSeparator.lastIndex = end;
    const separator = listSeparator.exec(line);
    if (separator === null) break;
    at = end + separator[0].length;
  }
  return list;
}

/** The phone at the beginning: all digits in one, or in the groups that people write. */
function numberStart(text: string): string {
  return (
    /^\d{5,16}(?!\d)/.exec(text)?.[0] ??
    /^\d?[ \u00a0-]?\(?\d{3}\)?[ \u00a0-]?\d{3}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}(?!\d)/.exec(text)?.[0] ??
    /^\d{1,4}(?:[ -]?\(?\d{2,4}\)?){2,4}/.exec(text)?.[0] ??
    ''
  );
}

/** Its digits; a Russian number as dialled at home, 8…, in its international form, 7…. */
export function normalPhone(written: string): string | undefined {
  const parsed = parsePhone(written);
  return parsed.ok ? (parsed.suggestion ?? parsed.value) : undefined;
}

const digitsForm = /(\+|%2B)?\d{7,17}/gi;
const groupedForm =
  /(?:\+\d{1,3}|(?<![\d.+-])[78])[ \u00a0-]?\(?\d{3}\)?[ \u00a0-]?\d{3}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}(?![\d\p{L}_])/gu;

function barePhones(line: string): Iterable<{ at: number; phone: string }> {
  const list = new Map<number, { at: number; phone: string }>();
  const add = (at: number, written: string): void => {
    const phone = normalPhone(written);
    if (phone !== undefined) list.set(at, { at, phone });
  };
  for (const found of matches(line, digitsForm)) {
    const plus = found[1] ?? '';
    const digits = found[0].slice(plus.length);
    const at = found.index + plus.length;
    if (plus === '' && !isLikelyPhone(digits)) continue;
    if (plus !== '' && digits.length < 9) continue;
    if (
      /[\p{L}\d._+#-]/u.test(line.charAt(found.index - 1)) &&
      !/\x1b\[[\d;]*m$/.test(line.slice(Math.max(0, found.index - 8), found.index))
    )
      continue;
    if (/^(?:[\p{L}\d_]|[.,-]\d)/u.test(line.slice(at + digits.length, at + digits.length + 2))) continue;
    add(at, digits);
  }
  for (const found of matches(line, groupedForm)) {
    if (/^\+?\d+$/.test(found[0])) continue;
    const plus = found[0].startsWith('+') ? 1 : 0;
    add(found.index + plus, found[0].slice(plus));
  }
  return list.values();
}

/** Whether bare digits are a phone: what has as many may be a time, an amount or somebody's number. */
function isLikelyPhone(digits: string): boolean {
  if (digits.length === 11) return /^[78][2-9]/.test(digits);
  if (digits.length === 12) return /^(?:37[0-9]|38[0-9]|99[2-8]|4[0-9]|9[0-8])/.test(digits);
  return false;
}
