import { http } from '../../support/server.ts';
import {
  type Case,
  chunked,
  delivered,
  dripping,
  empty,
  ending,
  endless,
  malformed,
  reset,
  patient,
  short,
  status,
  timeout,
  tooLarge,
} from './case.ts';

const body = status();
const bytes = http(body);
const length = Buffer.byteLength(body);
const halves = [bytes.subarray(0, 300), bytes.subarray(300)];
/** A head whose fields are given; the answer's text follows, and nothing more. */
const withHead = (...fields: string[]): string =>
  ['HTTP/1.1 200 OK', 'Content-Type: text/xml', ...fields, '', body].join('\r\n');

/** Time, and connections that end. */
export const connections: readonly Case[] = [
  ['silence', () => undefined, timeout, patient],
  ['a first byte that takes its time', dripping([bytes]), delivered],
  ['a head that stops', () => 'HTTP/1.1 200 OK\r\nContent-', timeout, short],
  ['a head that drips without end', endless('HTTP/1.1 200 OK\r\n', 'X-A: b\r\n', 2), timeout, short],
  ['a body that stops', () => bytes.subarray(0, 300), timeout, short],
  ['a body that drips without end', endless(chunked(), '1\r\nx\r\n', 2), timeout, short],
  [
    'a body that drips, and ends',
    dripping(
      body
        .match(/[^]{1,40}/g)
        ?.reduce(
          (pieces, piece) => [...pieces, piece],
          [`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`],
        ) ?? [],
    ),
    delivered,
  ],
  ['an answer in two halves', dripping(halves), delivered],
  [
    'an answer byte by byte',
    dripping(
      Array.from(bytes, (byte) => Buffer.of(byte)),
      0,
    ),
    delivered,
  ],
  ['a reset at once', (_request, socket) => void socket.resetAndDestroy(), reset],
  [
    'a reset in the middle',
    (_request, socket) => void socket.write(bytes.subarray(0, 300), () => socket.resetAndDestroy()),
    reset,
  ],
  ['an end without an answer', ending(''), reset],
  ['an end within the head', ending('HTTP/1.1 200 OK\r\nContent-'), reset],
  ['an end within the body', ending(bytes.subarray(0, 300)), reset],
  ['an end within a chunk', ending(chunked() + '100\r\n<?xml'), reset],
  ['an end before the last chunk', ending(chunked(body)), reset],
  ['an end that is the answer’s end', ending(`HTTP/1.0 200 OK\r\n\r\n${body}`), delivered],
  ['an end right behind the answer', ending(bytes), delivered],
];

/** Answers whose frame is wrong, or is more than is needed. */
export const frames: readonly Case[] = [
  ['a length that is too short', withHead(`Content-Length: ${length - 20}`), malformed],
  ['a length that is too long, and an end', ending(withHead(`Content-Length: ${length + 20}`)), reset],
  ['a length that is too long', withHead(`Content-Length: ${length + 20}`), timeout, short],
  ['a length of 1 GiB', withHead('Content-Length: 1073741824'), tooLarge],
  ['a length that no number holds', withHead(`Content-Length: 1${'0'.repeat(40)}`), malformed],
  ['a negative length', withHead('Content-Length: -1'), malformed],
  ['a length in words', withHead('Content-Length: some'), malformed],
  ['two lengths', withHead(`Content-Length: ${length}`, 'Content-Length: 5'), malformed],
  ['a length and chunks', withHead('Content-Length: 5', 'Transfer-Encoding: chunked'), malformed],
  ['a length of nothing', withHead('Content-Length: 0'), malformed],
  ['chunks', `${chunked(body)}0\r\n\r\n`, delivered],
  [
    'chunks with extensions and trailers',
    `${chunked(body).replace('\r\n<?xml', ';a="b"\r\n<?xml')}0\r\nX-A: b\r\n\r\n`,
    delivered,
  ],
  ['no last chunk', chunked(body), timeout, short],
  ['chunks that never end', endless(chunked(), `10000\r\n${' '.repeat(65_536)}\r\n`), tooLarge],
  ['a body that never ends', endless('HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(65_536)), tooLarge],
  ['a chunk larger than any', `${chunked()}ffffffffffffffff\r\n<?xml`, timeout, short],
  ['a chunk whose size overflows', `${chunked()}fffffffffffffffff\r\n<?xml`, malformed],
  ['a chunk whose size is a word', `${chunked()}size\r\n<?xml`, malformed],
  ['a chunk that is longer than it says', `${chunked()}5\r\n<?xml version\r\n0\r\n\r\n`, malformed],
  ['an extension of a chunk that never ends', endless(`${chunked()}5;`, 'x'.repeat(65_536)), malformed],
  ['trailers that never end', endless(`${chunked(body)}0\r\n`, `X-A: ${'b'.repeat(1000)}\r\n`), malformed],
  ['a head that never ends', endless('HTTP/1.1 200 OK\r\n', `X-A: ${'b'.repeat(1000)}\r\n`), malformed],
  ['a header of 1 MB', withHead(`X-A: ${'b'.repeat(1_000_000)}`), malformed],
  ['a header with a NUL', withHead('X-A: \0'), malformed],
  ['a header without a colon', withHead('X-A'), malformed],
  ['3,000 headers', ending(withHead(...Array.from({ length: 3000 }, (_, index) => `X${index}:`))), delivered],
  ['headers that look like a prototype', ending(withHead('__proto__: 1', 'constructor: 1')), delivered],
  ['two answers in one', Buffer.concat([bytes, http(status('<second/>'))]), delivered],
  ['an answer and half a head', Buffer.concat([bytes, Buffer.from('HTTP/1.1 ')]), delivered],
];

/** What is not the HTTP that was asked for. */
export const protocols: readonly Case[] = [
  ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.6\r\n'), malformed],
  ['SMTP', Buffer.from('220 mail.example ESMTP\r\n'), malformed],
  ['a TLS alert', Buffer.from('15030100020246', 'hex'), malformed],
  ['an HTTP/2 frame', Buffer.from('000000040000000000', 'hex'), malformed],
  ['HTTP/0.9', ending(body), malformed],
  ['HTTP/9.9', ending(withHead().replace('HTTP/1.1', 'HTTP/9.9')), malformed],
  ['an ICY status line', ending(withHead().replace('HTTP/1.1', 'ICY')), malformed],
  ['a status of two digits', ending(withHead().replace('200', '20')), malformed],
  ['a status of four digits', ending(withHead().replace('200', '2000')), malformed],
  ['a status in words', ending(withHead().replace('200 OK', 'OK')), malformed],
  ['a status line without a reason', ending(withHead().replace('200 OK', '200')), delivered],
  ['NULs', Buffer.alloc(5000), malformed],
  ['blank lines before the answer', ending(`\r\n\r\n${withHead()}`), delivered],
  ['the request, sent back', ({ body: sent }, socket) => void socket.end(sent), malformed],
];

const early = (line: string): string => `HTTP/1.1 ${line}\r\n\r\n`;

/** Answers before the answer. */
export const informational: readonly Case[] = [
  ['100 before the answer', early('100 Continue') + bytes.toString(), delivered],
  ['102 before the answer', early('102 Processing') + bytes.toString(), delivered],
  [
    '103 before the answer',
    early('103 Early Hints\r\nLink: </x>; rel=preload') + bytes.toString(),
    delivered,
  ],
  ['fifty times 100', early('100 Continue').repeat(50) + bytes.toString(), delivered],
  ['100 and silence', () => early('100 Continue'), timeout, patient],
  ['100 and an end', ending(early('100 Continue')), reset],
  ['100 without end', endless('', early('100 Continue').repeat(1000)), timeout, short],
  ['199', early('199 Something') + bytes.toString(), delivered],
  ['101', early('101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket'), reset],
  ['101 to nothing', early('101 Switching Protocols'), empty],
];
