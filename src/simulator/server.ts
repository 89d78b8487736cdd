import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { bundledContract, wsdlFor } from '../smsc/contract.ts';
import { decodeXml, encodeXml } from './charset.ts';
import type { Charset } from './charset.ts';
import { answerXml, badRequest, faultXml, readCall } from './envelope.ts';
import type { Call, Fault, Fields } from './envelope.ts';
import { createLimits } from './limits.ts';
import type { Violation } from './limits.ts';
import type { SimulatedMessage } from './message.ts';
import { fixedMessages } from './messages.ts';
import { createService } from './service.ts';
import type { Login } from './service.ts';

/** The account that everybody may use; the login and password are those of the service's own example. */
export const demoLogin = { login: 'alex', password: '123', apiKey: 'demo-key' } as const;

export interface SimulatorOptions {
  /** Loopback when absent. */
  host?: string;
  /** A free one when absent. */
  port?: number;
  path?: string;
  /** Unix milliseconds. */
  now?: () => number;
  /** How long an answer takes, in real milliseconds; what is refused at the door is refused at once. */
  latencyMs?: number;
  logins?: readonly Login[];
  /** Instead of those that it holds by itself. Living messages and `error-…` exist in any case. */
  messages?: readonly SimulatedMessage[];
  /** When absent, the address that the request was sent to, as with the service. */
  namespace?: string;
  encoding?: Charset;
  /** `false`: limits are counted and violations recorded, but nothing is refused for them. */
  limits?: boolean;
}

/** A request as it was understood. */
export interface LoggedRequest {
  operation: string;
  login: string;
  phone: string;
  id: string;
  /** Unix milliseconds. */
  at: number;
}

export interface Simulator {
  /** The endpoint: the address of its `soap.php`. */
  url: string;
  /** The first of its logins. */
  login: string;
  password: string;
  apiKey: string;
  /** All messages with a fixed state, and those sent since the start. */
  readonly messages: readonly SimulatedMessage[];
  /** How many TCP connections were ever made. */
  readonly connections: number;
  /** The latest requests, at most 100,000. */
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  /** The most requests of each login that were under way together. */
  readonly maxInFlight: ReadonlyMap<string, number>;
  /** Stops the clock at a time in Unix milliseconds; without one it follows `now` again. */
  setNow(time?: number): void;
  /** Cuts all connections. */
  close(): Promise<void>;
}

const maxBody = 256 * 1024;
const maxLogged = 100_000;

/** Starts a service that answers as SMSC does, on this machine and from memory. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    host = '127.0.0.1',
    port = 0,
    path = '/sys/soap.php',
    latencyMs = 0,
    encoding: charset = 'utf-8',
  } = options;
  const logins: readonly Login[] = options.logins ?? [demoLogin];
  let stopped: number | undefined;
  const now = () => stopped ?? (options.now ?? Date.now)();
  const limits = createLimits(now, options.limits ?? true);
  const service = createService(logins, options.messages ?? fixedMessages, limits, now);
  const requests: LoggedRequest[] = [];
  let connections = 0;

  async function perform({ namespace, element, parameters }: Call, expected: string): Promise<Reply> {
    const operation = bundledContract().operations.find(({ request }) => request.element === element);
    if (operation === undefined || namespace !== expected) {
      return faulty({ code: 'Server', text: `Procedure '${element}' not present` });
    }
    const { name, answer } = operation;
    const login = service.loginOf(parameters);
    const [phone = '', id = ''] = [parameters.get('phone'), parameters.get('id')];
    requests.push({ operation: name, login, phone, id, at: now() });
    if (requests.length > maxLogged) requests.shift();

    const refused = limits.arrived(login);
    const result = refused ?? service.perform(operation, parameters);
    if (refused === undefined && latencyMs > 0) await delay(latencyMs, undefined, { ref: false });
    limits.left(login);
    const fields: Fields = typeof result === 'number' ? [['error', String(result)]] : result;
    return xmlReply(200, answerXml(charset, namespace, answer.element, [[answer.result, fields]]), charset);
  }

  function faulty(fault: Fault): Reply {
    return xmlReply(500, faultXml(charset, fault), charset);
  }

  async function replyTo(request: IncomingMessage): Promise<Reply> {
    const [requested, query] = (request.url ?? '').split('?');
    if (requested !== path) return textReply(404, 'Not Found');
    const address = addressOf(request, path);
    const namespace = options.namespace ?? address;
    if (request.method === 'GET' && query?.toLowerCase() === 'wsdl') {
      return xmlReply(200, wsdlFor(namespace, address), 'utf-8');
    }
    const body = await bodyOf(request);
    if (body === undefined) return textReply(413, 'Content Too Large');
    const xml = decodeXml(body, request.headers['content-type']);
    const read = xml === undefined ? { fault: badRequest } : readCall(xml);
    return 'call' in read ? await perform(read.call, namespace) : faulty(read.fault);
  }

  const server = createServer((request, response) => {
    replyTo(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  });
  server.on('connection', () => (connections += 1));
  // Longer than any client keeps an idle connection, so that none is cut just when it is used again.
  server.keepAliveTimeout = 120_000;
  server.listen(port, host);
  await once(server, 'listening');

  const [first = demoLogin] = logins;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}${path}`,
    login: first.login,
    password: first.password,
    apiKey: first.apiKey ?? '',
    get messages() {
      return service.messages();
    },
    get connections() {
      return connections;
    },
    requests,
    violations: limits.violations,
    maxInFlight: limits.maxInFlight,
    setNow(time) {
      stopped = time;
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The address that a request was sent to; the service makes its namespace from it. */
function addressOf(request: IncomingMessage, path: string): string {
  const { localAddress = '127.0.0.1', localPort = 80 } = request.socket;
  const own = `${localAddress.includes(':') ? `[${localAddress}]` : localAddress}:${localPort}`;
  const { host = own } = request.headers;
  return `http://${/^[\w.:[\]-]+$/.test(host) ? host : own}${path}`;
}

/** The body of a request, or `undefined` when it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // The connection has to last for the answer, also when the rest of the body is not wanted.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBody) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

interface Reply {
  status: number;
  headers: Record<string, string | number>;
  body: Buffer;
}

function xmlReply(status: number, xml: string, charset: Charset): Reply {
  const body = encodeXml(xml, charset);
  const headers = { 'Content-Type': `text/xml; charset=${charset}`, 'Content-Length': body.length };
  return { status, headers, body };
}

/** What the web server before the service says. */
function textReply(status: number, text: string): Reply {
  return { status, headers: { 'Content-Type': 'text/plain', Connection: 'close' }, body: Buffer.from(text) };
}
