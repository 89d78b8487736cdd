import type { Collector } from './collect.ts';
import { findMessages, isLink } from './find.ts';

/**
 * Reads plain text, such as a log: every message that is found in it with its phone, even one that is only possible,
 * for somebody chose this text as a list. A clear message whose phone nothing tells is noted; the rest is passed over.
 */
export function readLines(text: string, collector: Collector): void {
  let line = 1;
  let counted = 0;
  for (const message of findMessages(text)) {
    const start = text.lastIndexOf('\n', message.start) + 1;
    for (; counted < start; counted++) if (text.charCodeAt(counted) === 10) line++;
    if (message.phone === undefined && !isLink(message)) continue;
    const stop = text.indexOf('\n', start);
    const shown = text.slice(start, Math.min(stop < 0 ? text.length : stop, start + longestShown)).trim();
    if (message.phone === undefined) collector.refuse('noPhone', line, shown);
    else collector.add(message.phone, message.id, line, shown);
  }
}

/** The beginning of a line is enough to tell it from others. */
const longestShown = 4000;
