import type { Line, Lines } from './context.ts';
import type { Mark } from './marks.ts';
import { holderNaming } from './names.ts';

/** A mark and its line, counted from the one that is looked at. */
export interface Placed {
  mark: Mark;
}

/** What belongs together with an ID. */
export interface RecordMarks {
  /** In the order of the text. */
  marks: Placed[];
  /** The name of the object or element that holds the ID; empty without one. */
  holder: string;
  /** Whether it is an object or element, which ends somewhere. */
  closed: boolean;
}

/** How many marks are looked at in each direction, over how many lines, and how far away on one line. */
const mostMarks = 32;
const mostLines = 12;
const furthest = 2000;

/**
 * Gathers what stands in the same object, element or line as an ID: what stands beside it, in the objects that it
 * holds, and around it as far as the names of the objects allow. Costs a limited number of steps.
 */
export function recordOf(line: Line, index: number, lines: Lines): RecordMarks {
  const own = line.marks()[index];
  if (own === undefined) return { marks: [], holder: '', closed: false };
  const back = walk(line, index, lines, -1);
  const forth = walk(line, index, lines, 1);
  return {
    marks: [...back.marks.reverse(), { mark: own }, ...forth.marks],
    holder: back.holder,
    closed: back.left,
  };
}

/** How a line of an object begins that has others around it; a log's line begins with a time or a word. */
const mayGoOn = /^(?:\s|["'[{<(]|[\p{L}_]{1,40}["']?\s?[:=])/u;

function walk(
  from: Line,
  index: number,
  lines: Lines,
  direction: 1 | -1,
): { marks: Placed[]; holder: string; left: boolean } {
  const marks: Placed[] = [];
  /** Those of other lines count only when the object around turns out to span them. */
  let pending: Placed[] = [];
  let holder = '';
  let left = false;
  let depth = 0;
  let line: Line | undefined = from;
  let at = index + direction;
  let lineCount = 0;
  const inwards = direction === 1 ? 'open' : 'close';
  const origin = from.marks()[index]?.at ?? 0;
  let inside = true;
  const spans = mayGoOn.test(from.text);
  for (let count = 0; count < mostMarks; count++) {
    let mark: Mark | undefined = line.marks()[at];
    while (mark === undefined || (line === from && Math.abs(mark.at - origin) > furthest)) {
      lineCount++;
      const next: Line | undefined = direction === 1 ? lines.after(line) : lines.before(line);
      if (next === undefined || lineCount > mostLines || !inside || !spans) return { marks, holder, left };
      line = next;
      at = direction === 1 ? 0 : line.marks().length - 1;
      mark = line.marks()[at];
      if (mark === undefined) continue;
    }
    at += direction;
    if (mark.kind === 'open' || mark.kind === 'close') {
      if (mark.kind === inwards) {
        depth++;
      } else if (depth > 0) {
        depth--;
      } else {
        // The object ends here. What was seen on other lines was in it.
        marks.push(...pending);
        pending = [];
        if (left || line !== from) {
          if (!left && mark.kind === 'open') holder = mark.holder;
          return { marks, holder, left: true };
        }
        left = true;
        inside = false;
        if (mark.kind === 'open') {
          holder = mark.holder;
          if (holderNaming(holder) === 'others' && holder !== '') return { marks, holder, left };
        }
      }
      continue;
    }
    // Beside it, or in an object that it holds; outside of it only what stands free.
    if (depth > (left ? 0 : 1)) continue;
    (line === from ? marks : pending).push({ mark });
  }
  return { marks, holder, left };
}
