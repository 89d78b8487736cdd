import type { FilePlace } from '../history/types.ts';
import { isText, listOf, shape, type Guard } from '../protocol.ts';
import { parseId, parsePhone } from '../smsc/message.ts';

/** A message that was found in a text: what a link hands to its command. */
export interface LinkTarget {
  id: string;
  phone?: string;
  /** Other phones near by, likeliest first. */
  phones: string[];
  /** Phones that the same terminal showed before, newest first. */
  seen?: string[];
  place?: FilePlace;
}

const most = { phones: 20, uri: 4000 };

const isLine: Guard<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isPlace = shape<FilePlace>({ uri: isText, line: isLine }, {});
const isTarget = shape<LinkTarget>(
  { id: isText, phones: listOf(isText) },
  { phone: isText, place: isPlace, seen: listOf(isText) },
);

/** Reads what a link says, which anyone may have written. Undefined when it is not one of ours. */
export function readTarget(value: unknown): LinkTarget | undefined {
  if (!isTarget(value)) return undefined;
  const id = parseId(value.id);
  const phone = value.phone === undefined ? undefined : phoneIn(value.phone);
  if (!id.ok || (value.phone !== undefined && phone === undefined)) return undefined;
  const { place } = value;
  if (place !== undefined && (place.uri.length > most.uri || !URL.canParse(place.uri))) return undefined;
  return {
    id: id.value,
    phones: phonesIn(value.phones),
    ...(value.seen !== undefined && { seen: phonesIn(value.seen) }),
    ...(phone !== undefined && { phone }),
    ...(place !== undefined && { place: { uri: place.uri, line: place.line } }),
  };
}

function phonesIn(texts: readonly string[]): string[] {
  return texts
    .slice(0, most.phones)
    .map(phoneIn)
    .filter((phone) => phone !== undefined);
}

function phoneIn(text: string): string | undefined {
  const parsed = parsePhone(text);
  return parsed.ok ? parsed.value : undefined;
}
