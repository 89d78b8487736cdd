import type { MessageName } from '../smsc/message.ts';
import { findMessages, type FoundMessage } from './find.ts';

/** A text this long is a file, not something pasted into one line. */
const longest = 4000;
const ranks = { certain: 2, likely: 1, possible: 0 };

/**
 * Finds phone and ID in what was pasted into one line: a pair such as `79991234567 1234`, or a line such as
 * `OK - 1 SMS, ID - 1234`. Of several messages it is the surest, the first of them. Undefined when there is no ID.
 */
export function readPasted(text: string): Partial<MessageName> | undefined {
  const best = findMessages(text.slice(0, longest).trim()).reduce<FoundMessage | undefined>(
    (best, next) => (best !== undefined && ranks[best.sure] >= ranks[next.sure] ? best : next),
    undefined,
  );
  if (best === undefined) return undefined;
  const { phone, id } = best;
  return phone === undefined ? { id } : { phone, id };
}
