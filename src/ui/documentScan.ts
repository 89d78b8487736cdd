import { setImmediate as breathe } from 'node:timers/promises';
import { createFinder, isLink, type FoundMessage } from '../recognise/find.ts';
import { createLocator, piecesOf, type Lines } from './documentText.ts';

/** A message that was found in a document, and where its ID stands. Positions are counted from 0. */
export interface FoundInDocument extends Pick<FoundMessage, 'id' | 'phone' | 'phones'> {
  line: number;
  start: number;
  end: number;
}

/** VS Code draws each link of a document, also those that are not on screen: more would slow the window. */
export const mostLinks = 5000;

/** Characters after which everything else has its turn: a millisecond or so. */
const sliceLength = 65_536;

/**
 * Finds the messages of a document that become links, the first `mostLinks` of them. Undefined when it was cancelled,
 * which is asked before each slice.
 */
export async function scanDocument(
  document: Lines,
  isCancelled: () => boolean,
): Promise<FoundInDocument[] | undefined> {
  const finder = createFinder();
  const locate = createLocator(document);
  const found: FoundInDocument[] = [];
  const take = (messages: readonly FoundMessage[]): void => {
    for (const message of messages.filter(isLink)) {
      const { id, phone, phones, start, end } = message;
      const { line, character } = locate(start);
      const place = { line, start: character, end: character + end - start };
      found.push({ id, phones, ...place, ...(phone !== undefined && { phone }) });
    }
  };
  for (const slice of slicesOf(document)) {
    if (isCancelled()) return undefined;
    take(finder.add(slice));
    if (found.length >= mostLinks) return found.slice(0, mostLinks);
    await breathe();
  }
  if (isCancelled()) return undefined;
  take(finder.end());
  return found.slice(0, mostLinks);
}

function* slicesOf(document: Lines): Generator<string, void> {
  let texts: string[] = [];
  let length = 0;
  for (const { text } of piecesOf(document)) {
    texts.push(text);
    length += text.length + 1;
    if (length < sliceLength) continue;
    yield `${texts.join('\n')}\n`;
    texts = [];
    length = 0;
  }
  if (texts.length > 0) yield texts.join('\n');
}
