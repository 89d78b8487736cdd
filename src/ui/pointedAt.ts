import { findMessages, messageAt, type FoundMessage } from '../recognise/find.ts';
import { readPasted } from '../recognise/pasted.ts';
import { parseId } from '../smsc/message.ts';
import type { LinkTarget } from './linkTarget.ts';

const ranks: Record<FoundMessage['sure'], number> = { certain: 0, likely: 1, possible: 2 };

/**
 * The message that somebody pointed at with a cursor or a selection, between two offsets of a text. In a selection it
 * is the surest one, else the selection itself when it can be an ID and has a digit; at a cursor the nearest of its line.
 */
export function pointedAt(text: string, start: number, end: number): LinkTarget | undefined {
  const selected = text.slice(start, end).trim();
  if (selected === '') return targetOf(messageAt(text, start));
  const found = findMessages(text);
  const [surest] = found
    .filter((one) => one.start < end && start < one.end)
    .sort((a, b) => ranks[a.sure] - ranks[b.sure] || a.start - b.start);
  if (surest !== undefined) return targetOf(surest);
  const alone = parseId(selected);
  const { id, phone } = readPasted(selected) ?? {
    id: alone.ok && /\d/.test(alone.value) ? alone.value : undefined,
  };
  if (id === undefined) return undefined;
  const phones = found.flatMap((one) => (one.phone === undefined ? one.phones : [one.phone, ...one.phones]));
  return { id, phones: [...new Set(phones)], ...(phone !== undefined && { phone }) };
}

function targetOf(found: FoundMessage | undefined): LinkTarget | undefined {
  if (found === undefined) return undefined;
  const { id, phone, phones } = found;
  return { id, phones, ...(phone !== undefined && { phone }) };
}
