import { parseId, parsePhone, type MessageName } from '../smsc/message.ts';

/** What people paste in front of an ID: SMSC's own programs and answers, requests, logs. */
const idForms = [
  /\bID\s*[-:=#]\s*"?([A-Za-z0-9._-]{1,40})/i,
  /"id"\s*:\s*"?([A-Za-z0-9._-]{1,40})/i,
  /<id>\s*([A-Za-z0-9._-]{1,40})\s*<\/id>/i,
];
const phoneForms = [
  /\bphones?["']?\s*[=:]\s*"?(\+?[0-9]{5,16})\b/i,
  /<phone>\s*(\+?[0-9]{5,16})\s*<\/phone>/i,
  /(?:^|[^0-9.\w-])(\+[0-9]{7,15})\b/,
];

/** A text this long is a file, not something pasted into one line. */
const longest = 4000;

/**
 * Finds phone and ID in what was pasted into one line: a pair such as `79991234567 1234`, or a line such as
 * `OK - 1 SMS, ID - 1234`. Undefined when there is no ID in it.
 */
export function readPasted(text: string): Partial<MessageName> | undefined {
  const line = text.slice(0, longest).trim();
  const pair = readPair(line);
  if (pair !== undefined) return pair;
  const id = firstMatch(line, idForms);
  if (id === undefined) return undefined;
  const phone = firstMatch(line, phoneForms);
  const parsed = phone === undefined ? undefined : parsePhone(phone);
  return parsed?.ok ? { phone: parsed.value, id } : { id };
}

function readPair(line: string): MessageName | undefined {
  const parts = /^(\+?[0-9][0-9()\s\-\u00a0]{3,24}[0-9])\s*([\s,;:/|·])\s*([A-Za-z0-9._-]{1,40})$/.exec(line);
  const [, written, separator, last] = parts ?? [];
  const phone = written === undefined ? undefined : parsePhone(written);
  const id = last === undefined ? undefined : parseId(last);
  if (!phone?.ok || !id?.ok) return undefined;
  // A number written with spaces looks like a pair too: its last group is an ID only after a full number.
  const whole = parsePhone(line);
  if (separator?.trim() === '' && whole.ok && (phone.value.length < 11 || whole.value.length < 12))
    return undefined;
  return { phone: phone.value, id: id.value };
}

function firstMatch(line: string, forms: readonly RegExp[]): string | undefined {
  for (const form of forms) {
    const found = form.exec(line)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}
