import type { Collector } from './collect.ts';
import { nameRank } from './columns.ts';

/** What an object has from those around it: `{"phone": …, "messages": [{"id": …}]}`. */
interface Inherited {
  phone?: string;
  id?: string;
}

/** Something that is still to be looked at. What stands under another name, such as `user`, need not be a message. */
interface Pending {
  value: unknown;
  inherited: Inherited;
  expected: boolean;
}

/** Objects of these names belong to the message that they stand in; others may have an `id` of their own. */
const belonging = /^(message|msg|sms|data|result|response|answer|recipient|phone|to$)/i;

/**
 * Reads JSON, or one JSON value on each line, and takes every object that has a phone and an ID under a likely name,
 * at any depth. @returns whether the text is JSON at all
 */
export function readJson(text: string, collector: Collector): boolean {
  const start = text.trimStart()[0];
  if (start !== '{' && start !== '[') return false;
  const whole = parse(text);
  if (whole !== undefined) {
    collect(whole.value, linesOf(text), collector);
    return true;
  }
  const lines = text.split('\n');
  const firstFilled = lines.find((line) => line.trim() !== '') ?? '';
  if (parse(firstFilled) === undefined) return false;
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const value = parse(line);
    if (value === undefined) collector.refuse('broken', index + 1, line);
    else collect(value.value, () => index + 1, collector);
  });
  return true;
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** How far ahead a value is looked for. One that is written with escapes is not found, and stands where it was left. */
const lookAhead = 20_000;

/** Tells on which line a value stands, when asked for values in the order of the text. Reads the text once. */
function linesOf(text: string): (value: string) => number {
  let at = 0;
  let line = 1;
  return (value) => {
    const distance = text.slice(at, at + lookAhead).indexOf(value);
    if (distance < 0) return line;
    for (const end = at + distance; at < end; at++) if (text.charCodeAt(at) === 10) line++;
    at += value.length;
    return line;
  };
}

function collect(root: unknown, lineOf: (value: string) => number, { add, refuse }: Collector): void {
  // A stack of our own: JSON may be nested deeper than calls can be.
  const stack: Pending[] = [{ value: root, inherited: {}, expected: true }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value, inherited, expected } = next;
    if (Array.isArray(value)) {
      for (let index = value.length - 1; index >= 0; index--) stack.push({ ...next, value: value[index] });
      continue;
    }
    if (!isObject(value)) continue;
    const entries = Object.entries(value);
    const phone = bestField(entries, 'phone');
    const id = bestField(entries, 'id');
    const own: Inherited = { ...(phone !== undefined && { phone }), ...(id !== undefined && { id }) };
    const pair = { ...inherited, ...own };
    const complete = pair.phone !== undefined && pair.id !== undefined && (phone ?? id) !== undefined;
    if (complete) add(pair.phone ?? '', pair.id ?? '', lineOf(phone ?? id ?? ''), JSON.stringify(value));
    const half = expected && !complete && !entries.some(([, child]) => isObject(child));
    if (half && phone !== undefined) refuse('idEmpty', lineOf(phone), JSON.stringify(value));
    if (half && id !== undefined) refuse('noPhone', lineOf(id), JSON.stringify(value));
    const passedOn = complete ? {} : pair;
    for (const [key, child] of entries.reverse()) {
      if (!isObject(child)) continue;
      const belongs = Array.isArray(child) || belonging.test(key);
      stack.push({ value: child, inherited: belongs ? passedOn : {}, expected: belongs && !complete });
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function bestField(entries: readonly [string, unknown][], part: 'phone' | 'id'): string | undefined {
  let best: { rank: number; text: string } | undefined;
  for (const [name, value] of entries) {
    const rank = nameRank(name, part);
    if (rank > (best?.rank ?? 0) && (typeof value === 'string' || typeof value === 'number')) {
      // A number beyond 2⁵³ was rounded when it was read: written with an exponent, it is refused as such.
      const exact = typeof value === 'string' || Number.isSafeInteger(value);
      best = { rank, text: exact ? String(value) : value.toExponential() };
    }
  }
  return best?.text;
}
