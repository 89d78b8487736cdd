import { parseId, parsePhone } from '../smsc/message.ts';
import { normalPhone } from './phones.ts';

const pairForm =
  /^\s{0,20}(\+?[0-9][0-9()\s\-\u00a0]{3,24}[0-9])\s{0,4}([\s,;:/|·])\s{0,4}([A-Za-z0-9._-]{1,40})\s{0,20}$/;

/** Reads a line that is nothing but a phone and an ID, such as `79991234567 1234`. `at` is where the ID begins. */
export function readPair(line: string): { phone: string; id: string; at: number } | undefined {
  const [whole, written, separator, last] = pairForm.exec(line) ?? [];
  if (whole === undefined || written === undefined || last === undefined) return undefined;
  const phone = parsePhone(written);
  if (!phone.ok || !parseId(last).ok) return undefined;
  // A number written with spaces looks like a pair too: its last group is an ID only after a full number.
  const all = parsePhone(line);
  if (separator?.trim() === '' && all.ok && (phone.value.length < 11 || all.value.length < 12))
    return undefined;
  return { phone: normalPhone(written) ?? phone.value, id: last, at: line.lastIndexOf(last) };
}
