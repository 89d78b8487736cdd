import { parseId, parsePhone, type InputProblem, type MessageName } from '../smsc/message.ts';
import { cleanPhone } from './columns.ts';
import { withoutSecrets } from './secrets.ts';

/** Why a row or line is no message. `rounded` is a number that a spreadsheet or a program has cut short. */
export type ReadProblem = InputProblem | 'rounded' | 'noPhone' | 'broken';

/** What could not be read, and where: the line is counted from 1, the text is the beginning of it. */
export interface Unreadable {
  line: number;
  text: string;
  why: ReadProblem;
}

/** What was found so far. */
export interface Found {
  messages: MessageName[];
  /** How often a message came again. */
  doubles: number;
  /** Russian numbers as dialled at home, 8…, that were taken in their international form, 7…. */
  dialled: number;
  unreadable: Unreadable[];
}

export interface Collector {
  found: Found;
  /** Takes a pair as it was written, or notes why not. */
  add: (phone: string, id: string, line: number, text: string) => void;
  refuse: (why: ReadProblem, line: number, text: string) => void;
}

const longestText = 80;
const rounded = /^\d([.,]\d+)?e\+?\d+$/i;

/** Collects messages, each once, in the order in which they come. */
export function createCollector(): Collector {
  const found: Found = { messages: [], doubles: 0, dialled: 0, unreadable: [] };
  const known = new Set<string>();
  const refuse = (why: ReadProblem, line: number, text: string): void => {
    // Nobody's password is shown as a line that could not be read.
    const shown = withoutSecrets(text.slice(0, 4 * longestText)).trim();
    const cut = shown.length > longestText ? `${shown.slice(0, longestText)}…` : shown;
    found.unreadable.push({ line, text: cut, why });
  };
  return {
    found,
    refuse,
    add(writtenPhone, writtenId, line, text) {
      const isRounded = [writtenPhone, writtenId].some((written) => rounded.test(written.trim()));
      const phone = parsePhone(cleanPhone(writtenPhone));
      const id = parseId(writtenId);
      if (isRounded || !phone.ok || !id.ok) {
        const why = isRounded ? 'rounded' : !phone.ok ? phone.problem : id.ok ? 'broken' : id.problem;
        refuse(why, line, text);
        return;
      }
      const message = { phone: phone.suggestion ?? phone.value, id: id.value };
      const key = `${message.phone}/${message.id}`;
      if (known.has(key)) {
        found.doubles++;
        return;
      }
      known.add(key);
      if (phone.suggestion !== undefined) found.dialled++;
      found.messages.push(message);
    },
  };
}
