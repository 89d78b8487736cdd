import { createLines, type Line } from './context.ts';
import { decide } from './pairing.ts';
import { readPair } from './pair.ts';
import { findHeader, readRow, type Header } from './rows.ts';

/**
 * How sure it is that something is a message of SMSC.
 * - `certain`: SMSC's own printed form, such as `OK - 1 SMS, ID - 1234` or `{"id":1234,"cnt":1}`, or a request or
 *   an answer of SMSC that names both phone and ID.
 * - `likely`: an ID under a name, with a phone under a name or near by, or with a clear sign of SMSC.
 * - `possible`: an ID by its name alone, or a bare pair of numbers.
 */
export type Sureness = 'certain' | 'likely' | 'possible';

/** A message in a text. It holds nothing of the text but the pair. */
export interface FoundMessage {
  id: string;
  /** Digits; 8XXXXXXXXXX is taken as 7XXXXXXXXXX. Absent when there is none, or more than one that it may be. */
  phone?: string;
  /** Other phones near by, likeliest first; offered when the phone must be asked for. */
  phones: string[];
  /** Where the ID stands, as offsets into the text. */
  start: number;
  end: number;
  sure: Sureness;
}

/** Whether a message is shown as a link, in a terminal or an editor. What is only possible is not. */
export function isLink({ sure }: FoundMessage): boolean {
  return sure !== 'possible';
}

/** Finds messages in a text that comes in parts: the same ones, wherever it is cut. */
export interface Finder {
  /** Takes the next part. @returns what is decided by now, in the order of the text, with offsets into the whole */
  add: (part: string) => FoundMessage[];
  /** Ends the text. @returns what was not decided yet */
  end: () => FoundMessage[];
}

/** Finds the messages in a text, in its order. The time that it takes grows with the length of the text. */
export function findMessages(text: string): FoundMessage[] {
  const finder = createFinder();
  return [...finder.add(text), ...finder.end()];
}

/** How many lines before and after the cursor's are read to know what stands there. */
const around = 40;

/**
 * The message to check when the cursor stands at an offset of the text: the nearest on its line, else undefined. On
 * a line that holds the answer to a status request, the message that the request before it asked about.
 */
export function messageAt(text: string, offset: number): FoundMessage | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = endOfLine(text, offset);
  let start = lineStart;
  for (let count = 0; count < around && start > 0; count++) start = text.lastIndexOf('\n', start - 2) + 1;
  let end = lineEnd;
  for (let count = 0; count < around && end < text.length; count++) end = endOfLine(text, end + 1);
  // The names of a table's columns stand in its first line.
  const head = start === 0 ? '' : text.slice(0, endOfLine(text, 0) + 1).slice(0, 4000);
  const shift = start - head.length;
  const found = findMessages(head + text.slice(start, end))
    .map((message) => ({ ...message, start: message.start + shift, end: message.end + shift }))
    .filter((message) => message.start >= start);
  const distance = (message: FoundMessage): number =>
    Math.max(message.start - offset, offset - message.end, 0);
  const [nearest] = found
    .filter((message) => message.start >= lineStart && message.start <= lineEnd)
    .sort((a, b) => distance(a) - distance(b));
  if (
    nearest !== undefined ||
    !/\bStatus = -?\d/.test(text.slice(lineStart, Math.min(lineEnd, lineStart + 4000)))
  )
    return nearest;
  return found.filter((message) => message.start < lineStart && message.phone !== undefined).at(-1);
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/**
 * Where it is worth looking at a line: at a name that ends with `id`, at what is called by its number, and at a phone
 * that begins a line. Most lines of a log have none of them, and nothing else is ever done about them.
 */
const trigger =
  /[iI][dD](?![a-z])|[иИ][дД]|йди|омер [сСsS]|(?:[mM][sS]|ge|[мМ][сС]|ни[еяю])[ №#]{1,2}\d|us\(["'\d ]|(?:^|\n)[ \t]{0,4}(?:\+|[78])[\d() -]{10}/g;
/** Text is looked at in pieces that are not small, so that small parts cost no more than large ones. */
const worthwhile = 32_768;
/** How many lines before one that is decided are kept. */
const linesBefore = 25;
/** How many lines after one are needed to decide it. */
const linesAfter = 25;

/** Makes a finder that knows nothing yet. */
export function createFinder(): Finder {
  /** What is kept of the text: the last lines that are decided, and all that is not. */
  let text = '';
  /** Where that begins in the whole text, and how much of it is decided. */
  let offset = 0;
  let decided = 0;
  let waiting: string[] = [];
  let waitingLength = 0;
  let header: Header | undefined;

  /** Decides the lines before a limit that is the end of a line, or of the text. */
  function decideUntil(limit: number): FoundMessage[] {
    const lines = createLines(text);
    const found: FoundMessage[] = [];
    const take = (messages: readonly FoundMessage[]): void => {
      for (const message of messages)
        found.push({ ...message, start: message.start + offset, end: message.end + offset });
    };
    let at = decided;
    while (at < limit) {
      if (header !== undefined) {
        const line = lines.at(at);
        const row = readRow(line, header);
        if (row !== undefined) {
          header = row.header;
          take(row.messages);
          at = line.end + 1;
          continue;
        }
        header = undefined;
      }
      trigger.lastIndex = at === 0 ? 0 : at - 1;
      const next = trigger.exec(text);
      if (next === null) break;
      // A phone is found with the line break before it.
      const place = Math.max(at, text.startsWith('\n', next.index) ? next.index + 1 : next.index);
      if (place >= limit) break;
      const line = lines.at(place);
      header = findHeader(line);
      take(header === undefined ? messagesOf(line, lines) : header.messages);
      at = line.end + 1;
    }
    // The last line may go on beyond the limit.
    decided = Math.max(limit, Math.min(at, text.length));
    return found;
  }

  function messagesOf(line: Line, lines: ReturnType<typeof createLines>): FoundMessage[] {
    const pair = line.text.length < 200 ? readPair(line.text) : undefined;
    if (pair !== undefined) {
      const start = line.start + pair.at;
      return [
        { id: pair.id, phone: pair.phone, phones: [], start, end: start + pair.id.length, sure: 'possible' },
      ];
    }
    return line.ids().length > 0 ? decide(line, lines) : [];
  }

  function gather(): void {
    text += waiting.join('');
    waiting = [];
    waitingLength = 0;
  }

  function dropDecided(): void {
    let keep = decided;
    for (let count = 0; count < linesBefore && keep > 0; count++) keep = text.lastIndexOf('\n', keep - 2) + 1;
    text = text.slice(keep);
    offset += keep;
    decided -= keep;
  }

  return {
    add(part) {
      waiting.push(part);
      waitingLength += part.length;
      if (waitingLength < worthwhile || !part.includes('\n')) return [];
      gather();
      let limit = text.length;
      for (let count = 0; count <= linesAfter && limit > decided; count++)
        limit = text.lastIndexOf('\n', limit - 1);
      if (limit <= decided) return [];
      const found = decideUntil(limit + 1);
      dropDecided();
      return found;
    },
    end() {
      gather();
      return decideUntil(text.length);
    },
  };
}
