import { setImmediate as breathe } from 'node:timers/promises';
import { SmscError } from '../smsc/errors.ts';
import { messageKey } from '../smsc/message.ts';
import type { History, MessageQuery, MessageSummary } from './types.ts';

/** Messages of a page: about ten milliseconds of reading. */
const pageSize = 500;

/**
 * All messages that a query finds, newest first, page by page; between the pages others have their turn. A message
 * that is checked meanwhile moves to the front, where the walk has been already: what it missed so comes at the end.
 * Each message comes once. Throws `cancelled` when the signal says so.
 */
export async function* walk(
  history: Pick<History, 'messages'>,
  query: Omit<MessageQuery, 'limit' | 'after'>,
  signal: AbortSignal,
): AsyncGenerator<MessageSummary[], void> {
  const seen = new Set<string>();
  for (let before = -1, first = true; seen.size > before; first = false) {
    before = seen.size;
    let after: MessageSummary | undefined;
    do {
      if (signal.aborted) throw new SmscError('cancelled');
      const page = history.messages({ ...query, limit: pageSize, ...(after && { after }) });
      const fresh = page.filter(({ message }) => !seen.has(messageKey(message)));
      for (const { message } of fresh) seen.add(messageKey(message));
      if (fresh.length > 0) yield fresh;
      // A later round ends where nothing is new any more: behind lies what the first one saw.
      after = page.length < pageSize || (!first && fresh.length === 0) ? undefined : page.at(-1);
      await breathe();
    } while (after !== undefined);
  }
}
