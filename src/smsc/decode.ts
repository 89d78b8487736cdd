import { SmscError } from './errors.ts';

/** How far into an answer its XML declaration may reach. */
const declarationBytes = 256;

/**
 * Turns an answer's bytes into text. A byte order mark says how, else the header, else the XML declaration
 * (RFC 7303, section 3), else it is UTF-8. Bytes that fit nowhere become U+FFFD: one spoilt letter in a message's
 * text is no reason to lose its status.
 * @throws SmscError `protocol`, `charset` for a character set that is not known here
 */
export function decode(body: Uint8Array, contentType: string | undefined): string {
  const label = byteOrderMark(body) ?? charsetOf(contentType) ?? declaredEncoding(body) ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    throw new SmscError('protocol', { detail: 'charset' });
  }
}

function byteOrderMark(body: Uint8Array): string | undefined {
  const [first, second, third] = body;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

/** The `charset` of a Content-Type header, with or without quotes. */
function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1];
}

function declaredEncoding(body: Uint8Array): string | undefined {
  const start = Buffer.from(body.subarray(0, declarationBytes)).toString('latin1');
  const encoding = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)/.exec(start)?.[1];
  // It would not be legible here if it were so.
  return encoding !== undefined && /^utf-?16/i.test(encoding) ? undefined : encoding;
}
