/**
 * Turns a file's bytes into text: by its byte order mark, else UTF-16 where every other byte is zero, else UTF-8, and
 * what is not UTF-8 is windows-1251, which Russian spreadsheets still write.
 */
export function fileText(bytes: Uint8Array): string {
  const marked = byteOrderMark(bytes) ?? zeroBytes(bytes);
  if (marked !== undefined) return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

function byteOrderMark([first, second]: Uint8Array): string | undefined {
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return undefined;
}

/** How much of a file is looked at, in bytes. Digits and separators have a zero byte in UTF-16. */
const looked = 200;

function zeroBytes(bytes: Uint8Array): string | undefined {
  const start = bytes.subarray(0, looked);
  if (start.length < 4) return undefined;
  const zeros = [0, 0];
  start.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  if (Math.max(even, odd) < start.length / 8) return undefined;
  return even > odd ? 'utf-16be' : 'utf-16le';
}
