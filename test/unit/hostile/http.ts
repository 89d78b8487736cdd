import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { http } from '../../support/server.ts';
import { envelope } from '../../support/soap.ts';
import {
  type Case,
  delivered,
  echo,
  empty,
  fault,
  faultBody,
  full,
  headed,
  html,
  json,
  malformed,
  password,
  protocol,
  status,
} from './case.ts';

const page = '<!DOCTYPE html><html><body>Sign in</body></html>';

const bodies: readonly (readonly [name: string, body: string])[] = [
  ['nothing', ''],
  ['a page', page],
  ['JSON', '{"error":"busy"}'],
  ['text', 'busy'],
  ['an empty envelope', envelope('')],
  ['a report', status()],
];
const failures = [
  400, 401, 402, 403, 404, 405, 408, 410, 413, 415, 418, 421, 426, 429, 431, 451, 500, 501, 502, 503, 504,
  505, 507, 511, 520, 599, 600, 999,
];

/** Every status with every kind of body. */
export const statuses: readonly Case[] = [
  ...[200, 201, 202, 203, 206, 226, 299].map((code): Case => [
    `HTTP ${code} with a report`,
    http(status(), { status: code }),
    delivered,
  ]),
  ['HTTP 204', 'HTTP/1.1 204 No Content\r\n\r\n', empty],
  ['HTTP 205', http('', { status: 205 }), empty],
  ...failures.flatMap((code) =>
    bodies.map(([name, body]): Case => [
      `HTTP ${code} with ${name}`,
      http(body, { status: code }),
      protocol('http', code),
    ]),
  ),
  ...[400, 401, 403, 500, 503].map((code): Case => [
    `HTTP ${code} with a fault`,
    http(faultBody('<faultstring>Busy</faultstring>'), { status: code }),
    fault,
  ]),
  ['a proxy that wants a password', http(page, { status: 407 }), { reason: 'network', detail: 'proxy' }],
];

/** Every way to be sent elsewhere. A 307 and a 308 would take the password along. */
export const redirects: readonly Case[] = [300, 301, 302, 303, 304, 305, 307, 308, 399].flatMap((code) =>
  ['/elsewhere', '', '//127.0.0.1:9/', 'file:///etc/passwd'].map((target): Case => [
    `HTTP ${code} to "${target}"`,
    http('', { status: code, headers: { Location: target } }),
    protocol('redirect', code),
  ]),
);

/** Pages of networks that want somebody to sign in, and other things that are no SOAP. */
export const pages: readonly Case[] = [
  ['a page', page, html],
  ['a page of 1997', '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML//EN">\n<HTML><HEAD>', html],
  [
    'a page in XHTML',
    '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
    html,
  ],
  ['a page behind a comment', '<!-- sign in --> <!-- here -->\n<html><body/></html>', html],
  [
    'a page without a start',
    '<head><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"></head>',
    html,
  ],
  ['a script', '<script>location = "http://127.0.0.1:9/"</script>', html],
  ['a page behind a byte order mark', `\ufeff${page}`, html],
  ['a page that refreshes', headed({ Refresh: '0; url=/elsewhere' }, page), html],
  ['a page that says it is XML', headed({ 'Content-Type': 'text/xml' }, page), html],
  ['a page in a fault’s place', http(page, { status: 500 }), protocol('http', 500)],
  ['a page that repeats the password', `<html>${password}`, echo],
  ['a page of 250 kB', page + ' '.repeat(full), html],
  [
    'WISPr',
    '<WISPAccessGatewayParam><Redirect><LoginURL>http://127.0.0.1:9/</LoginURL></Redirect></WISPAccessGatewayParam>',
    malformed,
  ],
  ['JSON of a portal', '{"captive":true,"user-portal-url":"http://127.0.0.1:9/"}', json],
  ['a JSON list', ' [1]', json],
  ['JSON with a guard', ")]}',\n{}", malformed],
  ['a JSON text', '"delivered"', malformed],
  ['plain text', 'Status = 1, err = 0', malformed],
  ['SMSC’s own HTTP answer', 'ERROR = 2 (authorise error)', malformed],
  [
    'PHP’s complaint before the answer',
    `<br />\n<b>Warning</b>: x in <b>soap.php</b><br />\n${status()}`,
    malformed,
  ],
  ['PHP’s complaint behind the answer', `${status()}<br />\n<b>Warning</b>: x in <b>soap.php</b>`, malformed],
  ['PHP that was not run', '<?php echo 1; ?>', empty],
  ['nothing', '', empty],
  ['blanks', ' \r\n\t', empty],
  ['250,000 blanks', ' '.repeat(full), empty],
  ['NULs', '\0'.repeat(1000), malformed],
  ['a PNG', http(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')), malformed],
];

/** An answer that declares its encoding as given, with these bytes as the status's name. */
function named(hex: string, declaration: string): Buffer {
  const [before = '', after = ''] = status('<status_name>#</status_name>')
    .replace(' encoding="UTF-8"', declaration)
    .split('#');
  return Buffer.concat([Buffer.from(before), Buffer.from(hex, 'hex'), Buffer.from(after)]);
}
const windows1251 = (declaration: string): Buffer => named('c4eef1f2e0e2ebe5edee', declaration);
const translated = { status: 1, fields: { status_name: 'Доставлено' } };
const typed = (type: string, body: string | Buffer = status()): Buffer =>
  headed({ 'Content-Type': type }, body);
const broken = typed('text/xml', named('ffc0af', ''));
const utf16 = Buffer.from(`\ufeff${status()}`, 'utf16le');

/** Wrong content types, character sets and byte order marks. */
export const encodings: readonly Case[] = [
  [
    'no content type',
    `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(status())}\r\n\r\n${status()}`,
    delivered,
  ],
  ['an empty content type', typed(''), delivered],
  ['text/html', typed('text/html'), delivered],
  ['application/json', typed('application/json'), delivered],
  ['application/octet-stream', typed('application/octet-stream'), delivered],
  ['application/soap+xml', typed('application/soap+xml; charset=utf-8; action="urn:x"'), delivered],
  ['multipart/related', typed('multipart/related; boundary=x', `--x\r\n\r\n${status()}\r\n--x--`), malformed],
  ['a content type of 8 kB', typed(`text/xml${'; charset '.repeat(800)}`), delivered],
  ['an unknown charset', typed('text/xml; charset=martian'), protocol('charset')],
  ['UTF-7', typed('text/xml; charset=utf-7'), protocol('charset')],
  ['a charset that is dangerous', typed('text/xml; charset=iso-2022-kr'), protocol('charset')],
  ['an empty charset', typed('text/xml; charset='), delivered],
  ['a charset that is __proto__', typed('text/xml; charset=__proto__'), protocol('charset')],
  ['a charset in quotes', typed('text/xml; charset="Windows-1251"', windows1251('')), translated],
  ['a declared charset', typed('text/xml', windows1251(' encoding="windows-1251"')), translated],
  [
    'a declared charset that is unknown',
    typed('text/xml', windows1251(' encoding="martian"')),
    protocol('charset'),
  ],
  [
    'UTF-16 that is declared and is not so',
    typed('text/xml', status().replace('UTF-8', 'UTF-16')),
    delivered,
  ],
  ['UTF-16 that is said and is not so', typed('text/xml; charset=utf-16'), malformed],
  ['UTF-16 with a mark', typed('text/xml; charset=utf-8', utf16), delivered],
  ['UTF-16 with a mark, the other way round', typed('text/xml', Buffer.from(utf16).swap16()), delivered],
  ['UTF-32 with a mark', Buffer.from('\ufeff<\0a\0/\0>\0'), malformed],
  ['a byte order mark', `\ufeff${status()}`, delivered],
  ['a byte order mark twice', `\ufeff\ufeff${status()}`, delivered],
  ['a byte order mark and nothing', '\ufeff', empty],
  ['bytes that are no UTF-8', broken, { status: 1, fields: { status_name: '\ufffd\ufffd\ufffd' } }],
];

const bomb = Buffer.alloc(20_000_000, ' ');

/** Answers that are compressed although nobody asked for that: they are not unpacked at all. */
export const compressions: readonly Case[] = [
  ...(
    [
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['br', brotliQuickly],
      ['deflate', deflateSync],
    ] as const
  ).flatMap(([name, pack]): Case[] => [
    [name, headed({ 'Content-Encoding': name }, pack(Buffer.from(status()))), malformed],
    [`20 MB in ${name}`, headed({ 'Content-Encoding': name }, pack(bomb)), malformed],
    [`20 MB in ${name} that say nothing of it`, headed({}, pack(bomb)), malformed],
  ]),
  ['zstd', headed({ 'Content-Encoding': 'zstd' }), malformed],
  ['several at once', headed({ 'Content-Encoding': 'identity, gzip, br' }), malformed],
  ['an unknown one', headed({ 'Content-Encoding': '__proto__' }), malformed],
  ['none, in capitals', headed({ 'Content-Encoding': 'IDENTITY' }), delivered],
  ['none, without a word', headed({ 'Content-Encoding': '' }), delivered],
];

function brotliQuickly(bytes: Buffer): Buffer {
  return brotliCompressSync(bytes, { params: { 1: 4 } });
}
