import { matches } from './matches.ts';
import { namingBefore, strangers, type Naming } from './names.ts';
import { numberedIds } from './numbered.ts';
import { phoneMarks, type PhoneMark } from './phones.ts';
import { noSecrets, secretsOf } from './secrets.ts';

/** What a word says about the line or record that it stands in. */
export type Sign = 'smsc' | 'request' | 'count' | 'sms' | 'other' | 'person' | 'stranger';

export interface IdMark {
  kind: 'id';
  at: number;
  id: string;
  /** Where the name begins. */
  name: number;
  /** `numbered` is a message that is called by its number, without a name: `SMS 1234`. */
  naming: Exclude<Naming, 'others'> | 'printed' | 'numbered';
  /** A UUID, a hash, a time or the like: not what SMSC gives. */
  foreign: boolean;
  /** Nothing but the name stands before it on the line. */
  first: boolean;
  /** In the query of an address. */
  query: boolean;
  /** The name says little, as in `id 1234`: only together with a phone or a sign of SMSC is it a message. */
  weak: boolean;
  /** The name itself speaks of SMS. */
  sms: boolean;
}

/** Something on a line that helps to find a message. Places are offsets into the line. */
export type Mark =
  | IdMark
  | PhoneMark
  | { kind: 'sign'; at: number; sign: Sign }
  | { kind: 'open'; at: number; holder: string }
  | { kind: 'close'; at: number };

/** What stands between the name and the value. Every repetition has a limit, so it is one look at a few characters. */
const colour = '(?:\\x1b\\[[\\d;]{0,9}m){0,3}';
const valueForm = new RegExp(
  // the name's end: quotes, brackets, an attribute of an element
  `(?:\\\\{0,3}["'\\]\`]){0,2}${colour}(?:\\s?xsi:type=\\\\?"[\\w:]{1,20}\\\\?")?\\s{0,8}` +
    // the sign between them
    `(?:=>|:=|==|[=:#№>|]|&gt;|%3D|[-–—] |(?<=\\s))${colour}\\s{0,8}${colour}` +
    // the value's beginning
    `(?:(?:int|integer|string|long)\\(\\d{0,3}\\)? ?)?(?:№ ?|#)?(?:\\\\{0,3}["'\`(]){0,2}${colour}` +
    '([A-Za-z0-9._-]{1,64})',
  'y',
);
const varDump = /"\]=>\s{0,8}(?:int\((\d{1,20})\)|string\(\d{1,3}\) "([A-Za-z0-9._-]{1,64})")/y;
const idName = /id|идентификатор|ид|айди|номер(?= (?:сообщения|смс|sms))/giu;
/** What may follow `id` within its name. */
const nameEnd =
  /(?:(?:[ _-]?(?:sms|message|msg|смс|сообщени[яю])){1,2}(?![\p{L}\p{N}_])|(?![\p{L}\p{N}_]))/iuy;
const printedBefore =
  /(?:OK - \d{1,9} SMS, |SMS: \d{1,9}, |Ошибка № ?\d{1,5}, |ERROR = \d{1,5} \([^()]{0,80}\), |(?:отправлен[оаы] успешно|успешно отправлен[оаы]?|sent successfully)[.:,!]? {1,2})$/iu;

/** IDs in a line that are the message's or may be. Without one it is not worth reading more on it. */
export function idMarks(line: string, secret: (at: number) => boolean = noSecrets): IdMark[] {
  const marks: IdMark[] = [];
  const weak: IdMark[] = [];
  idName.lastIndex = 0;
  for (let found = idName.exec(line); found !== null; found = idName.exec(line)) {
    const at = found.index;
    const mark = idMark(line, at, at + found[0].length);
    if (mark === undefined || secret(mark.at)) continue;
    (mark.weak ? weak : marks).push(mark);
    idName.lastIndex = Math.max(idName.lastIndex, mark.at + mark.id.length);
  }
  if (marks.length > 0) return marks;
  return weak.length > 0
    ? weak
    : numberedIds(line)
        .filter(({ at }) => !secret(at))
        .map(numberedMark);
}

function numberedMark({ at, id }: { at: number; id: string }): IdMark {
  const flags = { foreign: false, first: false, query: false, weak: true, sms: false };
  return { kind: 'id', at, id, name: at, naming: 'numbered', ...flags };
}

function idMark(line: string, at: number, nameStop: number): IdMark | undefined {
  nameEnd.lastIndex = nameStop;
  const ending = nameEnd.exec(line)?.[0];
  if (ending === undefined) return undefined;
  const stop = nameStop + ending.length;
  const value = valueAt(line, stop);
  if (value === undefined) return undefined;
  const { naming: before, start } = namingBefore(line, at);
  const own = ending !== '' || /^н/i.test(line.charAt(at));
  const naming = own && (before === 'plain' || before === 'own') ? 'own' : before;
  if (naming === 'others') return undefined;
  const front = line.slice(Math.max(0, start - 140), start);
  const printed = printedBefore.test(front);
  // What stands beside a bar may be any cell of a table.
  if (naming === 'plain' && line.slice(stop, value.at).includes('|')) return undefined;
  const address = front.slice(front.lastIndexOf(' ') + 1);
  return {
    kind: 'id',
    at: value.at,
    id: value.id,
    name: start,
    naming: printed ? 'printed' : naming,
    foreign: isForeign(value.id),
    first: /^[\s"'[{<(>$|&?-]*$/.test(front),
    query: /[?&]$/.test(front) && /[/?]/.test(address),
    weak: !printed && naming === 'plain' && (value.bare || /\p{L}/u.test(line.slice(start, at))),
    sms: /sms|смс/i.test(line.slice(Math.max(0, start - 4), value.at)),
  };
}

function valueAt(line: string, stop: number): { id: string; at: number; bare: boolean } | undefined {
  varDump.lastIndex = stop;
  valueForm.lastIndex = stop;
  const dumped = varDump.exec(line);
  const found = dumped ?? valueForm.exec(line);
  const raw = found?.[1] ?? found?.[2];
  if (found === null || raw === undefined) return undefined;
  const end =
    dumped === null ? found.index + found[0].length : line.lastIndexOf(raw, dumped.index + dumped[0].length);
  const at = dumped === null ? end - raw.length : end;
  const id = raw.replace(/[._-]+$/, '');
  if (id.length > 40 || !/\d/.test(id) || /^0+$/.test(id) || /^[._-]/.test(id)) return undefined;
  if (!endsValue(line, at + id.length)) return undefined;
  const bare = /^\s+$/.test(line.slice(stop, at));
  return bare && !/^\d+$/.test(id) ? undefined : { id, at, bare };
}

/** Whether a value can end here. A letter, a colon or a slash would make it a time, an address, a part of a word. */
function endsValue(line: string, end: number): boolean {
  return !/^(?:[\p{L}\p{N}_@%*+]|[:/,][\p{L}\p{N}]\S{0,3}:|[:/][\p{L}\p{N}]|,\d{1,2}(?!\d)[^,]?\D|-?[*…])/u.test(
    line.slice(end, end + 12),
  );
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function isForeign(id: string): boolean {
  return (
    uuid.test(id) ||
    /^(?=[a-f0-9]*[a-f])(?=[a-f0-9]*\d)[a-f0-9]{12,}$/i.test(id) ||
    /^[A-Z]{2}[0-9a-f]{32}$/i.test(id) ||
    /^(?:wamid|gBGG|msg_|cus_|ch_|pi_|evt_|req_|sess_|usr_|i-)/.test(id) ||
    /^\d{1,4}[.-]\d{1,2}[.-]\d{1,4}(?:\.\d+)?$/.test(id) ||
    /^\d+\.\d+$/.test(id) ||
    /^(?:\d{6}|\d{11,})-\d+$/.test(id) ||
    /^v?\d+\.\d+\.\d+/.test(id) ||
    /^\d{11,}$/.test(id)
  );
}

const braces = /[{}]/g;
const outerStart = /<([\p{L}_][\w:.-]{0,40})(?: [^<>]{0,200})?>\s{0,40}(?=<(?!\/)|$)/gu;
const outerEnd = /(?<=(?:^|<\/[\w:.-]{1,40}>|\/>)\s{0,40})<\/[\w:.-]{1,40}>/g;

/** In small letters. */
const signForms: readonly [sign: Sign, form: RegExp][] = [
  [
    'stranger',
    /(?<=["'\s,{&?;])(?:user|manager|client|owner|deal|lead|contact|product|order|account|company|author)[_-]?id(?=\\?["'\]]{0,2}\s?[:=])|(?<=["'\s,{&])(?:duration|sms_notify|firstname|lastname)(?=\\?["']?\s?[:=])|:\s?"call"/g,
  ],
  [
    'request',
    /sys\/(?:send|status|soap|info|get)\.php|<(?:\w{1,12}:)?(?:send2?|status2?)[ >]|sendresult|statusresult/g,
  ],
  ['smsc', /(?<![\p{L}\d])smsc(?![\p{Ll}\d]{2})|smscentre|get_status2?|send_sms2?|check_time|всего sms/gu],
  ['count', /(?<![\p{L}\d_])(?:cnt(?=\\?["'\]>=:])|error_code(?=\\?["']?: ?\d{1,2}(?!\d)))/gu],
  [
    'sms',
    /(?<!\p{L})(?:sms|смс)(?!c)|сообщени|message|msg|deliver|достав|отправ|\bsent\b|\bsend|send(?:er|ing)?\b/gu,
  ],
  [
    'other',
    /twilio|nexmo|vonage|messagebird|infobip|sinch|plivo|telegram|whatsapp|viber|slack|kafka|rabbitmq|amqp|e-?mail|mailgun|sendgrid|smtp|postmark|push|fcm|apns|clickatell|sns\b|sqs\b|mqtt|imap|chat|sms ?aero|(?<![a-z\d.])sms\.ru(?![a-z])|devino|exolve|sms-?pilot|smsint|prostor-sms|turbosms|alphasms|bulksms|textlocal|msg91|telnyx/g,
  ],
  [
    'person',
    /(?:(?<!\w)(?:full_?|first_?|last_?|user_?|display_?)?name|surname|e-?mail|address|birth\w{0,12}|age|gender|role|passport|price|amount|total|qty|sku|order\w{0,12}|customer\w{0,12}|client\w{0,12}|username|city|inn|position|department|company|created_by|avatar|фио|имя|адрес|заказ|клиент|сумма)\\?["'\]]{0,2}\s{0,3}(?:=>|[:=>])|(?:users?|contacts?|customers?|clients?|employees?|people|leads?|deals?|orders?|calls?)(?=[/?]|\\?["']?\s?[:=]>?\s?\[)/gu,
  ],
];

/**
 * Everything on a line that helps, in its order.
 * @param all its IDs, whether they stand in a secret or not
 */
export function marksOf(line: string, all: readonly IdMark[]): Mark[] {
  const secret = secretsOf(line);
  const ids = secret === noSecrets ? all : idMarks(line, secret);
  const taken = new Set(ids.map(({ at }) => at));
  const marks: Mark[] = [...ids];
  for (const mark of phoneMarks(line, secret)) if (!taken.has(mark.at)) marks.push(mark);
  // Forms that tell no cases apart are several times slower.
  const lower = line.toLowerCase();
  for (const [sign, form] of signForms) {
    // The service writes `cnt` in small letters only.
    for (const { index: at } of matches(sign === 'count' ? line : lower, form)) {
      if (!secret(at)) marks.push({ kind: 'sign', at, sign });
    }
  }
  for (const { index: at, 0: brace } of matches(line, braces)) {
    marks.push(brace === '}' ? { kind: 'close', at } : { kind: 'open', at, holder: holderBefore(line, at) });
  }
  // A dump of PHP has its brackets on lines of their own.
  if (/^\s{0,40}[()]\s{0,40}$/.test(line)) {
    marks.push(line.includes('(') ? { kind: 'open', at: 0, holder: '' } : { kind: 'close', at: 0 });
  }
  // Elements that hold elements.
  if (line.includes('<')) {
    for (const { index: at, 1: holder = '' } of matches(line, outerStart))
      marks.push({ kind: 'open', at, holder });
    for (const { index: at } of matches(line, outerEnd)) marks.push({ kind: 'close', at });
  }
  return marks.sort((a, b) => a.at - b.at);
}

/** The name in front of an object's brace. What is not quoted may be prose: there only known names count. */
function holderBefore(line: string, at: number): string {
  const before = line.slice(Math.max(0, at - 48), at);
  const [, quote = '', name = ''] =
    /(["']?)([\p{L}_][\p{L}\p{N}_-]{0,39})\\{0,3}["']?\]?\s{0,3}(?::|=>?)\s{0,3}\\?["']?$/u.exec(before) ??
    [];
  return quote !== '' || strangers.test(name) ? name : '';
}
