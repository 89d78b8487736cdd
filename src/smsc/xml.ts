import { SmscError } from './errors.ts';

const escapes = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\t', '&#9;'],
  ['\n', '&#10;'],
  ['\r', '&#13;'],
]);
const characters = new Map(Array.from(escapes, ([character, escape]) => [escape, character]));

/** What no XML document can hold, not even as a reference (XML 1.0, production 2). */
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Escapes a text for an element or an attribute.
 * @throws SmscError `input` for a text that XML cannot carry
 */
export function escapeXml(text: string): string {
  if (notXml.test(text)) throw new SmscError('input');
  return text.replace(/[&<>"'\t\n\r]/g, (character) => escapes.get(character) ?? character);
}

/** Undoes XML's escapes, the character references included. What is none stays. */
export function unescapeXml(text: string): string {
  return text.replace(/&(?:lt|gt|amp|quot|apos|#x0*[0-9a-f]{1,6}|#0*[0-9]{1,7});/gi, (escape) => {
    const known = characters.get(escape.toLowerCase());
    if (known !== undefined || !escape.startsWith('&#')) return known ?? escape;
    const code = /^&#x/i.test(escape) ? parseInt(escape.slice(3), 16) : parseInt(escape.slice(2), 10);
    return code <= 0x10ffff ? String.fromCodePoint(code) : escape;
  });
}
