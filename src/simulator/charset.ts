const byteOf = new Map<string, number>();
const decoder = new TextDecoder('windows-1251');
for (let byte = 0x80; byte <= 0xff; byte += 1) byteOf.set(decoder.decode(Uint8Array.of(byte)), byte);

export type Charset = 'utf-8' | 'windows-1251';

/** The bytes of an XML text; characters that windows-1251 lacks become character references. */
export function encodeXml(xml: string, charset: Charset): Buffer {
  if (charset === 'utf-8') return Buffer.from(xml);
  const bytes: number[] = [];
  for (const character of xml) {
    const code = character.codePointAt(0) ?? 0;
    const byte = code < 0x80 ? code : byteOf.get(character);
    if (byte === undefined) bytes.push(...Buffer.from(`&#${code};`));
    else bytes.push(byte);
  }
  return Buffer.from(bytes);
}

/** The text of a request: as its header says, else as its XML declaration does, else UTF-8. */
export function decodeXml(body: Uint8Array, contentType = ''): string | undefined {
  const head = Buffer.from(body.subarray(0, 100)).toString('latin1');
  const [, label = 'utf-8'] =
    /;\s*charset="?([\w.:-]+)/i.exec(contentType) ?? /^<\?xml[^>]*encoding=["']([\w.:-]+)/.exec(head) ?? [];
  try {
    return new TextDecoder(label, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
