/** Whose ID a name speaks of: the message's own, nobody's in particular (`id`), or somebody else's (`client_id`). */
export type Naming = 'smsc' | 'own' | 'plain' | 'others';

/** What may stand around a message's own ID. */
const ownCompound =
  /^(?:(?:provider|external|ext|remote|gateway|gw|last|sent|out|outbound|new|my|our|the|sms|смс|smsc|smscentre)[_ -]?){0,2}(?:sms|message|msg|mes|смс|сообщен\p{L}*)$/iu;
const smscCompound = /^(?:sms|message|msg)?[_-]?smsc(?:entre)?(?:[_-]?(?:sms|message|msg|mes))?$/i;

/** Words that an ID may follow without being anybody's: levels of a log, small words, what happened to a message. */
const neutral = new Set(
  (
    'info debug warn warning error err trace notice log fatal ok with got its has and the new returned returns received ' +
    'result response answer reply resp res ret json sent accepted queued delivered send sending success done status ' +
    'assigned data body print dump sms message msg smsc smscentre смс сообщение сообщения сообщению сообщений с под ' +
    'получен получили отправлено отправлена отправлен доставлено успешно ответ результат присвоен по для и'
  ).split(' '),
);
const smsWords = /^(?:sms|message|msg|смс|сообщени[еяюй])$/;

/** Objects, elements and paths that an ID may stand in and still be the message's. */
const holders = new Set(
  (
    'sms message messages msg mes result results response resp answer data body payload json status status2 send send2 ' +
    'sendresult statusresult return ret res r item items row rows entry record request req params root envelope smsc ' +
    'smscentre recipient to context ctx extra fields meta out output parameters sendresponse send2response object'
  ).split(' '),
);
/** Of those, the ones that speak of a message. */
const messageHolders = /^(?:sms|messages?|msg|mes|smsc|smscentre|sendresult|statusresult|send2?response)$/;

/** Objects that are not messages, in prose too. */
export const strangers =
  /^(?:users?|clients?|customers?|contacts?|accounts?|orders?|leads?|deals?|compan(?:y|ies)|products?|payments?|sessions?|calls?|employees?|managers?)$/i;

/** What SMSC's SOAP service is asked, and its answers. */
const operations = /^(?:get_status2?|send_sms2?)(?:response)?$/;
/** An ID of this name is somebody else's for the program that prints it: SMSC's, or a customer's. */
const outer = /^(?:provider|external|ext|remote|gateway)$/i;

/** Whose `id` it is that stands in an object of this name. */
export function holderNaming(holder: string): Naming {
  const bare = holder.toLowerCase().replace(/^.*:/, '');
  if (bare.includes('smsc') || operations.test(bare)) return 'smsc';
  if (messageHolders.test(bare)) return 'own';
  return holders.has(bare) ? 'plain' : 'others';
}

/** How far in front of `id` its name is read. */
const furthest = 40;
const nameCharacter = /[\p{L}\p{N}_$-]/u;

/**
 * Reads whose ID a name speaks of, by what stands in front of its `id`: `sms_`, `client-`, `user.`, `SMS `.
 * @param at where `id` begins in the line
 * @returns the naming, and where the name begins
 */
export function namingBefore(line: string, at: number): { naming: Naming; start: number } {
  let start = at;
  const least = Math.max(0, at - furthest);
  while (start > least && nameCharacter.test(line.charAt(start - 1))) start--;
  // The `m` that ends a colour is no part of a name.
  const colour = line.slice(Math.max(0, start - 8), at).search(/\x1b\[[\d;]*m/);
  if (colour >= 0) start = line.indexOf('m', Math.max(0, start - 8) + colour) + 1;
  const compound = line.slice(start, at).replace(/^\$/, '');
  if (compound !== '') return { naming: compoundNaming(compound), start };
  return { naming: contextNaming(line.slice(least, start)), start };
}

function compoundNaming(compound: string): Naming {
  const bare = compound.replace(/[_-]$/, '');
  if (bare === '' || /^-+$/.test(bare)) return bare === '' ? 'others' : 'plain';
  const spaced = bare.replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2');
  if (smscCompound.test(spaced)) return 'smsc';
  if (outer.test(bare)) return 'plain';
  return ownCompound.test(spaced) ? 'own' : 'others';
}

/** Of an `id` that stands alone: by the path or the word in front of it. */
function contextNaming(before: string): Naming {
  // An object as programs print it: `User(id=1, …`, `OrderDto{id=1, …`.
  const printed = /(\p{Lu}\p{Ll}{1,20})\w{0,20}[({] ?$/u.exec(before)?.[1];
  if (printed !== undefined && strangers.test(printed)) return 'others';
  const isPath = /[.>?:["']$/.test(before);
  const path = isPath ? /([\p{L}\p{N}_$]+)(?:\.|->|\?\.|::|\[["']?)$/u.exec(before)?.[1] : undefined;
  if (path !== undefined) {
    return holderNaming(path.replace(/^\$/, ''));
  }
  if (/smsc(?:entre)?["'\])]{0,2}[:,]? ?$/i.test(before)) return 'smsc';
  if (!before.endsWith(' ')) return 'plain';
  // Backwards from the end, so that no other word is looked at.
  const word = /$(?<=([\p{L}\p{N}_]+)["']? ?)/u.exec(before)?.[1]?.toLowerCase();
  if (word === undefined || /["']\s*$/.test(before)) return 'plain';
  if (smsWords.test(word)) return 'own';
  // A value of another name: `cnt=1 id=5`.
  if (/^\d/.test(word) || /[=:]["']?[\p{L}\p{N}_]+ $/u.test(before)) return 'plain';
  return neutral.has(word) ? 'plain' : 'others';
}
