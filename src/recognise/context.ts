import { idMarks, marksOf, type IdMark, type Mark } from './marks.ts';

/** A line of a text, without its end. One that ends with `"]=>` goes on to the next. */
export interface Line {
  /** Offsets into the text. */
  start: number;
  end: number;
  text: string;
  /** The IDs on it, and all that stands on it, read when they are first asked for. */
  ids: () => readonly IdMark[];
  marks: () => readonly Mark[];
}

/** The lines of a text, each read once while it is near. */
export interface Lines {
  /** The line that holds an offset. */
  at: (offset: number) => Line;
  before: (line: Line) => Line | undefined;
  after: (line: Line) => Line | undefined;
}

/** So many lines are remembered: more than are looked at around one. */
const remembered = 100;

export function createLines(text: string): Lines {
  const known = new Map<number, Line>();
  const earlier = new WeakMap<Line, Line>();
  function endFrom(start: number): number {
    const end = text.indexOf('\n', start);
    return end < 0 ? text.length : end;
  }
  function make(start: number): Line {
    const old = known.get(start);
    if (old !== undefined) return old;
    let end = endFrom(start);
    // Where PHP dumps a value, it stands on the line after its name.
    if (end < text.length && /"\]=>\r?$/.test(text.slice(Math.max(start, end - 8), end)))
      end = endFrom(end + 1);
    const content = text.slice(start, text.charCodeAt(end - 1) === 13 && end > start ? end - 1 : end);
    let found: readonly IdMark[] | undefined;
    let marks: readonly Mark[] | undefined;
    const ids = (): readonly IdMark[] => (found ??= idMarks(content));
    const line: Line = { start, end, text: content, ids, marks: () => (marks ??= marksOf(content, ids())) };
    if (known.size >= remembered)
      for (const key of [...known.keys()].slice(0, remembered / 2)) known.delete(key);
    known.set(start, line);
    return line;
  }
  return {
    at: (offset) => make(offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1),
    before(line) {
      const { start } = line;
      if (start === 0) return undefined;
      // Each ID of a line asks: a long line before it is gone back over once.
      const found = earlier.get(line) ?? make(start === 1 ? 0 : text.lastIndexOf('\n', start - 2) + 1);
      earlier.set(line, found);
      return found;
    },
    after: ({ end }) => (end >= text.length ? undefined : make(end + 1)),
  };
}
