import type { Collector } from './collect.ts';
import { readPasted } from './pasted.ts';

/** What stands in front of an ID in logs. `client_id`, `order-id` and the like are other people's. */
const idForm =
  /(?<![\w-])(?:(?:sms|message|msg|mes)[ _-]?)?id["']?\s*[-:=#]\s*["']?([A-Za-z0-9._-]*\d[A-Za-z0-9._-]*)/i;
const phoneForm =
  /(?<![\w-])(?:phones?|msisdn|tel|to|телефон|номер)["']?\s*[=:]\s*["']?(\+?\d{10,15})(?!\d)/iu;
/** A number that is long enough to be nothing else. */
const bareForm = /(?<![\w.+-])\+?\d{11,15}(?![\w-]|\.\d)/g;

/** A line this long is cut: what is looked for stands at the beginning or not at all. */
const longest = 4000;
/** For how many lines a phone number stands for the ID that follows: a request and its answer. */
const near = 2;

/**
 * Reads plain text, such as a log, line by line: pairs, and what SMSC's programs print. Lines that name no ID are
 * passed over; an ID without a phone number on its line or just before it is noted.
 */
export function readLines(text: string, collector: Collector): void {
  let earlier: { phone: string; line: number } | undefined;
  text.split('\n').forEach((whole, index) => {
    const line = index + 1;
    const written = whole.slice(0, longest).trim();
    if (written === '') return;
    const pasted = readPasted(written);
    const isPair = /^[+\d][\d()\s-]*[\s,;:/|·]\s*\S+$/.test(written) && pasted?.phone !== undefined;
    const id = isPair ? pasted.id : idForm.exec(written)?.[1];
    const phone = isPair ? pasted.phone : (phoneForm.exec(written)?.[1] ?? bareNumber(written, id));
    if (id === undefined) {
      if (phone !== undefined) earlier = { phone, line };
      return;
    }
    const before = earlier !== undefined && line - earlier.line <= near ? earlier.phone : undefined;
    const known = phone ?? before;
    earlier = undefined;
    if (known === undefined) collector.refuse('noPhone', line, written);
    else collector.add(known, id, line, written);
  });
}

/** The one long number of a line that is not its ID. Where there are several, nobody can tell. */
function bareNumber(line: string, id: string | undefined): string | undefined {
  const numbers = new Set((line.match(bareForm) ?? []).filter((number) => number !== id));
  const [only] = numbers;
  return numbers.size === 1 ? only : undefined;
}
