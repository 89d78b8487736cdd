import type { Credentials } from '../../../src/smsc/account.ts';
import type { Detail, Failure } from '../../../src/smsc/errors.ts';
import { type Certificate, http, type Respond } from '../../support/server.ts';
import { envelope, statusEnvelope } from '../../support/soap.ts';

/** A report that has to come all the same: its status, and some of its fields where these matter. */
export interface Report {
  status: number;
  fields?: Record<string, string>;
}

export interface Circumstances {
  /** How long the check may take, in milliseconds. Short where nothing but the time ends it. */
  timeoutMs?: number;
  /** How many requests the check sends; 1 when absent. */
  requests?: number;
  /** Whose password, login or key it is; the account's password when absent. */
  credentials?: Credentials;
  /** What the server shows; without it there is no TLS. */
  certificate?: Certificate;
  /** Changes the world for the check; what it returns puts that right again. */
  during?: () => (() => void) | Promise<() => void>;
}

/**
 * Something that a service or a network does with a check, and what has to come of it. The answer is a body, the bytes
 * of a whole answer, or what is done with the connection.
 */
export type Case = readonly [
  name: string,
  answer: string | Buffer | Respond,
  expected: Failure | Report,
  circumstances?: Circumstances,
];

/** Short for what sends without end, which costs memory as long as it lasts. */
export const short: Circumstances = { timeoutMs: 150 };

/** Enough for a request to arrive on a busy machine, when nothing comes back. */
export const patient: Circumstances = { timeoutMs: 500 };

/** Characters of an answer that is nearly as long as answers may be. */
export const full = 250_000;

export const login = 'alice-liddell';
export const password = 'wonder&land';
export const apiKey = 'key of alice in wonderland';
export const account: Credentials = { kind: 'password', login, password };

export const timeout: Failure = { reason: 'timeout' };
export const reset: Failure = { reason: 'network', detail: 'reset' };
export const malformed = protocol('malformed');
export const tooLarge = protocol('tooLarge');
export const empty = protocol('empty');
export const html = protocol('html');
export const json = protocol('json');
export const fault = protocol('fault');
export const echo = protocol('echo');
export const delivered: Report = { status: 1 };

export function protocol(detail: Detail, httpStatus?: number): Failure {
  return { reason: 'protocol', detail, ...(httpStatus !== undefined && { httpStatus }) };
}

/** An answer that says "delivered", with something more behind it. */
export function status(more = ''): string {
  return statusEnvelope(`<status>1</status>${more}`);
}

/** An answer with a header of its own, or with another one in the place of a usual one. */
export function headed(headers: Record<string, string>, body: string | Buffer = status()): Buffer {
  return http(body, { headers });
}

/** A SOAP 1.1 fault as a body. */
export function faultBody(content: string): string {
  return envelope(`<SOAP-ENV:Fault>${content}</SOAP-ENV:Fault>`);
}

/** An answer in chunks, without the one that ends it. */
export function chunked(...chunks: string[]): string {
  const lines = chunks.map((chunk) => `${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`);
  return `HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n${lines.join('')}`;
}

/** Writes and ends the connection. */
export function ending(bytes: string | Buffer): Respond {
  return (_request, socket) => void socket.end(bytes);
}

/** Writes the head, then the same piece again and again, as fast as it is taken or every few milliseconds. */
export function endless(head: string, piece: string, everyMs?: number): Respond {
  return (_request, socket) => {
    const more = (): void => {
      if (!socket.writable) return;
      socket.write(piece, () => (everyMs === undefined ? setImmediate(more) : setTimeout(more, everyMs)));
    };
    socket.write(head, more);
    return undefined;
  };
}

/** Writes pieces, each a moment after the one before. */
export function dripping(pieces: readonly (string | Buffer)[], everyMs = 2): Respond {
  return (_request, socket) => {
    const [first, ...others] = pieces;
    const next = (): void => {
      const piece = others.shift();
      if (piece !== undefined) socket.write(piece, () => setTimeout(next, everyMs));
    };
    setTimeout(() => socket.write(first ?? '', next), everyMs);
    return undefined;
  };
}
