/**
 * Characters that show nothing, or change how others are shown: controls, invisible and bidirectional formatting,
 * halves of a pair, Unicode's own line ends. Tabs and line feeds are text; the two joiners shape words and emoji.
 */
const hidden = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text from the service as it may be shown: what would hide or reorder characters stands as its number, such as
 * ⟨U+202E⟩. Line breaks are kept.
 */
export function visible(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(hidden, (character) => `⟨U+${hex(character.codePointAt(0) ?? 0)}⟩`);
}

/** The same for JSON: hidden characters become JSON's own escapes, so that the value does not change. */
export function visibleJson(json: string): string {
  return json.replace(hidden, (character) =>
    Array.from({ length: character.length }, (_, index) => `\\u${hex(character.charCodeAt(index))}`).join(''),
  );
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

/**
 * Puts each XML element on a line of its own, indented by two spaces; an element that holds only text stays on one.
 * Nothing but white space around elements changes. Text that is not XML comes back as it is.
 */
export function indentXml(xml: string): string {
  if (!/^\s*</.test(xml)) return xml;
  const lines: string[] = [];
  let depth = 0;
  /** Whether the last line is an element that holds nothing but text so far. */
  let growing = false;
  for (const token of xml.match(/<[^<>]*>?|[^<]+/g) ?? []) {
    if (token.trim() === '') continue;
    const text = !token.startsWith('<');
    const closes = token.startsWith('</');
    const opens = /^<[^/!?]/.test(token) && !token.endsWith('/>');
    if (closes) depth = Math.max(0, depth - 1);
    if (growing && (text || closes)) lines.push((lines.pop() ?? '') + token);
    else lines.push('  '.repeat(Math.min(depth, deepest)) + token);
    if (opens) depth += 1;
    growing = opens || (growing && text);
  }
  return lines.join('\n');
}

/** A hostile document that nests without end must not be indented without end. */
const deepest = 20;
