import type { Line, Lines } from './context.ts';
import type { FoundMessage, Sureness } from './find.ts';
import type { IdMark, Mark, Sign } from './marks.ts';
import { holderNaming } from './names.ts';
import type { PhoneMark } from './phones.ts';
import { recordOf, type Placed } from './record.ts';

/** For how many lines a phone stands for the ID that follows. */
const near = 2;
/** For how many lines a request of SMSC waits for its answer: a client may print the headers in between. */
const answerWithin = 25;

/** Decides the IDs of one line, with what stands around it. */
export function decide(line: Line, lines: Lines): FoundMessage[] {
  const marks = line.marks();
  const found: FoundMessage[] = [];
  marks.forEach((mark, index) => {
    if (mark.kind !== 'id') return;
    const message = decideId(mark, index, line, lines);
    if (message !== undefined) found.push(message);
  });
  return found;
}

function decideId(id: IdMark, index: number, line: Line, lines: Lines): FoundMessage | undefined {
  const { marks, holder, closed } = recordOf(line, index, lines);
  const signs = new Set<Sign>();
  for (const { mark } of marks) if (mark.kind === 'sign') signs.add(mark.sign);
  let naming: IdMark['naming'] | 'others' = id.naming;
  if (naming === 'plain' && holder !== '') naming = holderNaming(holder);
  if (naming === 'others') return undefined;

  const isSmsc = naming === 'printed' || naming === 'smsc' || signs.has('smsc') || signs.has('request');
  const isAnswer = naming === 'printed' || (signs.has('count') && /^\d{1,10}$/.test(id.id));
  const inRecord = choosePhone(marks, id);
  const request = isAnswer && inRecord.phones.length === 0 ? requestBefore(index, line, lines) : undefined;
  const nearBy =
    inRecord.phones.length > 0 || (closed && !isAnswer) ? undefined : (request ?? phoneNear(id, line, lines));
  const { phone, phones, named } = nearBy ?? inRecord;
  if (id.weak && !isSmsc && phones.length === 0) return undefined;
  // A program's own number, for which SMSC then gives its ID.
  const next = naming === 'numbered' ? lines.after(line) : undefined;
  if (next !== undefined && gistOf(next).isPrinted) return undefined;
  if (id.foreign && !(isSmsc && inRecord.named && naming !== 'printed')) return undefined;
  const sure = judge();
  const start = line.start + id.at;
  return {
    id: id.id,
    ...(phone !== undefined && { phone }),
    phones: phones.filter((other) => other !== phone),
    start,
    end: start + id.id.length,
    sure,
  };

  function judge(): Sureness {
    if (id.weak) return judgeWeak();
    const hasPhone = phones.length > 0;
    const hasWords = signs.has('sms') || naming === 'own' || naming === 'smsc';
    if (naming === 'printed') return 'certain';
    if (isAnswer && naming === 'plain' && !signs.has('person')) return 'certain';
    if (isSmsc && hasPhone && named && nearBy === undefined) return 'certain';
    if (signs.has('request') && !signs.has('person')) return 'likely';
    if (isSmsc && (hasPhone || hasWords)) return 'likely';
    if (signs.has('other')) return 'possible';
    if (!hasPhone) return id.sms && !signs.has('person') ? 'likely' : 'possible';
    if (naming === 'own') return 'likely';
    const isElsewhere = id.query || signs.has('stranger');
    if (signs.has('person') || (isElsewhere && !signs.has('sms'))) return 'possible';
    if (nearBy !== undefined) return signs.has('sms') || id.first ? 'likely' : 'possible';
    return named || signs.has('sms') ? 'likely' : 'possible';
  }

  /** What only a sign and a phone on the same line make a message. */
  function judgeWeak(): Sureness {
    if (signs.has('other') || signs.has('person') || signs.has('stranger')) return 'possible';
    if (inRecord.phones.length > 0) return isSmsc || signs.has('sms') ? 'likely' : 'possible';
    return isSmsc && naming !== 'numbered' && (signs.has('sms') || phones.length > 0) ? 'likely' : 'possible';
  }
}

/** Whether phones beyond it belong to it. What is only called by a number may be within a message of its own. */
const isId = (mark: Mark): boolean => mark.kind === 'id' && !mark.weak;

interface Phones {
  phone?: string;
  phones: string[];
  named: boolean;
}

const none: Phones = { phones: [], named: false };

/** So many phones are offered at most. */
const mostOffered = 20;

/** How much farther away a phone counts as: on the side where phones do not stand here, unnamed, beyond another ID. */
const [otherSide, unnamed, beyond] = [100, 300, 1000];

/** Chooses among the phones of a record: those under a name before others, the nearest first. */
function choosePhone(marks: readonly Placed[], id: IdMark): Phones {
  const own = marks.findIndex(({ mark }) => mark === id);
  // Where an ID comes first, its phone follows; else phones come first.
  const first = marks.find(({ mark }) => mark.kind === 'id' || (mark.kind === 'phone' && mark.named));
  const side = first?.mark.kind === 'id' ? 1 : -1;
  const all: { phone: PhoneMark; distance: number }[] = [];
  for (const direction of [-1, 1]) {
    // What stands beyond another ID belongs to that.
    let away = direction === side ? 0 : otherSide;
    for (let at = own + direction; ; at += direction) {
      const mark = marks[at]?.mark;
      if (mark === undefined) break;
      away++;
      if (isId(mark)) away += beyond;
      if (mark.kind !== 'phone' || mark.phone === id.id) continue;
      all.push({ phone: mark, distance: away + (mark.named ? 0 : unnamed) });
    }
  }
  all.sort((a, b) => a.distance - b.distance);
  const [best] = all;
  if (best === undefined) return none;
  const { phone, named, among } = best.phone;
  const phones = [...new Set(all.map((other) => other.phone.phone))];
  const isOnly = among === 1 && (named || phones.length === 1) && best.distance < beyond;
  return { phones, named, ...(isOnly && { phone }) };
}

function phonesOf(marks: readonly Mark[]): PhoneMark[] {
  return marks.filter((mark) => mark.kind === 'phone');
}

function together(list: readonly PhoneMark[]): Phones | undefined {
  const named = list.filter((phone) => phone.named);
  const phones = [...new Set([...named, ...list].map(({ phone }) => phone))].slice(0, mostOffered);
  const candidates = new Set((named.length > 0 ? named : list).map(({ phone }) => phone));
  const [only] = candidates;
  if (only === undefined) return undefined;
  return { phones, named: named.length > 0, ...(candidates.size === 1 && { phone: only }) };
}

/** What the IDs of other lines ask of a line, again and again. */
interface Gist {
  hasId: boolean;
  /** One of its IDs is printed by SMSC's programs. */
  isPrinted: boolean;
  /** Whether a phone stands under a name, and whether one comes first. */
  named: boolean;
  first: boolean;
  phones: Phones | undefined;
}

const gists = new WeakMap<Line, Gist>();

/** Reads a line once, however many IDs look at it: their number times its length would be a square. */
function gistOf(line: Line): Gist {
  const known = gists.get(line);
  if (known !== undefined) return known;
  const marks = line.marks();
  const phones = phonesOf(marks);
  const gist: Gist = {
    hasId: marks.some(isId),
    isPrinted: line.ids().some(({ naming }) => naming === 'printed'),
    named: phones.some(({ named }) => named),
    first: phones.some(({ first }) => first),
    phones: together(phones),
  };
  gists.set(line, gist);
  return gist;
}

/** How many marks before an answer, on its own line, are looked at for its request. */
const mostBefore = 32;

/**
 * The phones of the request that an answer belongs to: on its own line, else of the last line that has some, unless
 * that has its own ID.
 */
function requestBefore(index: number, line: Line, lines: Lines): Phones | undefined {
  const front = line.marks().slice(Math.max(0, index - mostBefore), index);
  const asked = front.some(isId) ? undefined : together(phonesOf(front));
  if (asked !== undefined) return asked;
  let before = lines.before(line);
  for (let count = 0; count < answerWithin && before !== undefined; count++) {
    const { hasId, named, phones } = gistOf(before);
    if (hasId) return undefined;
    if (phones !== undefined && (count < near || named)) return phones;
    before = lines.before(before);
  }
  return undefined;
}

/** How an entry of a list begins, in YAML and in notes. */
const entry = /^\s{0,40}[-*] /;

/** The phones on the lines just before, or after in a list of names and values. */
function phoneNear(id: IdMark, line: Line, lines: Lines): Phones | undefined {
  return (
    (entry.test(line.text) ? phoneAfter(id, line, lines) : undefined) ??
    phoneBefore(line, lines) ??
    phoneAfter(id, line, lines)
  );
}

function phoneBefore(line: Line, lines: Lines): Phones | undefined {
  let before = lines.before(line);
  for (let count = 0; count < near && before !== undefined; count++) {
    const { hasId, phones } = gistOf(before);
    if (hasId) break;
    if (phones !== undefined) return phones;
    before = lines.before(before);
  }
  return undefined;
}

function phoneAfter(id: IdMark, line: Line, lines: Lines): Phones | undefined {
  let after = id.first ? lines.after(line) : undefined;
  for (let count = 0; count < near && after !== undefined; count++) {
    const { hasId, first, phones } = gistOf(after);
    if (hasId || entry.test(after.text)) break;
    if (first) return phones;
    after = lines.after(after);
  }
  return undefined;
}
