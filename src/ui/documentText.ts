/** The lines of a text, as an editor's document has them. */
export interface Lines {
  readonly lineCount: number;
  lineAt: (line: number) => { readonly text: string };
}

/** A place in a document, counted from 0. */
export interface Place {
  line: number;
  character: number;
}

/** A line, or a piece of one that is very long. */
interface Piece extends Place {
  text: string;
}

/** Characters from which a line is cut, and those at which it may be: never within a number or a name. */
const longest = 16_384;
const cuts = /[\s,;&{}[\]|][^\s,;&{}[\]|]*$/;

/** The text piece by piece: it is never there as a whole, which would double what a large file takes. */
export function* piecesOf({ lineCount, lineAt }: Lines): Generator<Piece, undefined> {
  for (let line = 0; line < lineCount; line++) {
    const { text } = lineAt(line);
    let character = 0;
    while (text.length - character > longest) {
      const piece = text.slice(character, character + longest);
      const cut = cuts.exec(piece.slice(-200))?.index;
      const length = cut === undefined ? longest : longest - 200 + cut + 1;
      yield { text: piece.slice(0, length), line, character };
      character += length;
    }
    yield { text: text.slice(character), line, character };
  }
  return undefined;
}

/** Finds where in the document an offset into its pieces, one line each, is. Offsets must not decrease. */
export function createLocator(lines: Lines): (offset: number) => Place {
  const pieces = piecesOf(lines);
  let piece = pieces.next().value;
  let begin = 0;
  return (offset) => {
    while (piece !== undefined && offset > begin + piece.text.length) {
      begin += piece.text.length + 1;
      piece = pieces.next().value;
    }
    return { line: piece?.line ?? 0, character: (piece?.character ?? 0) + offset - begin };
  };
}

/** What stands around a place: some lines, and the document's first one, where a table has its names. */
export interface Surroundings {
  text: string;
  /** The place as an offset into the text. */
  offset: number;
}

/** Lines before and after a place, and characters of each: of its own line those next to it. */
const around = 45;
const nextTo = 4000;

export function surroundingsOf({ lineCount, lineAt }: Lines, { line, character }: Place): Surroundings {
  const first = Math.max(0, line - around);
  const last = Math.min(lineCount - 1, line + around);
  const beginning = (at: number): string => lineAt(at).text.slice(0, nextTo);
  const before = first > 0 ? [beginning(0)] : [];
  for (let at = first; at < line; at++) before.push(beginning(at));
  const from = Math.max(0, character - nextTo);
  const own = lineAt(line).text.slice(from, character + nextTo);
  const after: string[] = [];
  for (let at = line + 1; at <= last; at++) after.push(beginning(at));
  const head = before.map((text) => `${text}\n`).join('');
  return { text: [head + own, ...after].join('\n'), offset: head.length + character - from };
}
