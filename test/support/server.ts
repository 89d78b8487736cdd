import net, { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import tls from 'node:tls';

/** A request as it came over the wire. */
export interface Received {
  method: string;
  /** The path with its query. */
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

export interface Server {
  /** The address of `soap.php` on this server. */
  url: string;
  port: number;
  /** Every request, in order of its last byte. */
  requests: Received[];
  /** How many connections were ever opened. */
  connections: number;
  /** How many bytes were written to all of them. */
  written(): number;
  /** With TLS: shows another certificate from now on. */
  show(certificate: Certificate): void;
  /** Resolves when no connection is open. */
  idle(): Promise<void>;
}

export interface Certificate {
  key: string;
  cert: string;
}

/** Answers one request: bytes to write, or nothing when it deals with the socket itself. */
export type Respond = (request: Received, socket: net.Socket) => string | Buffer | undefined;

const opened: { server: net.Server; sockets: Set<net.Socket> }[] = [];

/**
 * Starts a server on loopback that is nothing but a socket: what it answers is written out by the test, byte by byte.
 * `closeServers` ends it.
 */
export async function serve(respond: Respond, certificate?: Certificate): Promise<Server> {
  const sockets = new Set<net.Socket>();
  let written = 0;
  const accept = (socket: net.Socket): void => {
    sockets.add(socket);
    socket.on('close', () => {
      written += socket.bytesWritten;
      sockets.delete(socket);
      server.emit('gone');
    });
    socket.on('error', () => undefined);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let taken = take(pending); taken; taken = take(pending)) {
        pending = taken.rest;
        result.requests.push(taken.request);
        const answer = respond(taken.request, socket);
        if (answer !== undefined) socket.write(answer);
      }
    });
  };
  const server = certificate ? tls.createServer(certificate, accept) : net.createServer(accept);
  server.on('connection', () => (result.connections += 1));
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `${certificate ? 'https' : 'http'}://127.0.0.1:${port}/sys/soap.php`;
  const idle = async (): Promise<void> => {
    while (sockets.size > 0) await once(server, 'gone');
  };
  const result: Server = {
    url,
    port,
    requests: [],
    connections: 0,
    written: () => [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, written),
    show: (next) => (server as tls.Server).setSecureContext(next),
    idle,
  };
  opened.push({ server, sockets });
  return result;
}

/** Ends every server that `serve` started, with its connections. */
export async function closeServers(): Promise<void> {
  await Promise.all(
    opened.splice(0).map(async ({ server, sockets }) => {
      for (const socket of sockets) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    }),
  );
}

/** Takes one complete request off the bytes that have come. */
function take(bytes: Buffer): { request: Received; rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [start = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [method = '', path = ''] = start.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const bodyEnd = end + 4 + Number(headers['content-length'] ?? 0);
  if (bytes.length < bodyEnd) return undefined;
  const body = bytes.toString('utf8', end + 4, bodyEnd);
  return { request: { method, path, headers, body }, rest: bytes.subarray(bodyEnd) };
}

/** An HTTP answer as bytes. */
export function http(
  body: string | Buffer,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): Buffer {
  const bytes = Buffer.from(body);
  const all = { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': bytes.length, ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Test\r\n${lines.join('')}\r\n`), bytes]);
}
