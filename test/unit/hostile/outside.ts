import assert from 'node:assert/strict';
import dns from 'node:dns';
import https from 'node:https';
import type { Failure } from '../../../src/smsc/errors.ts';
import { selfSigned, signed } from '../../support/certificate.ts';
import { http, type Respond, serve } from '../../support/server.ts';
import {
  type Case,
  type Circumstances,
  endless,
  faultBody,
  full,
  protocol,
  patient,
  short,
  status,
  timeout,
} from './case.ts';

const certificate: Failure = { reason: 'network', detail: 'certificate' };
const shows = (shown: Circumstances['certificate']): Circumstances => ({
  requests: 0,
  ...(shown && { certificate: shown }),
});

/** Certificates, of which only the first may be spoken to: nothing is sent to the others. */
export const certificates: readonly Case[] = [
  ['a good one', status(), { status: 1 }, { certificate: signed.good }],
  ['a self-signed one', status(), certificate, shows(selfSigned)],
  ['an expired one', status(), certificate, shows(signed.expired)],
  ['one of the future', status(), certificate, shows(signed.early)],
  ['one for another host', status(), certificate, shows(signed.otherHost)],
  ['one for clients', status(), certificate, shows(signed.clientsOnly)],
];

/** Lets Node's resolver fail in the way that this code names. */
function unresolved(code: string): Circumstances {
  const during = (): (() => void) => {
    const { lookup } = dns;
    const fail = (_host: string, _options: unknown, callback: (error: Error) => void): void =>
      process.nextTick(callback, Object.assign(new Error(`wonder&land ${code}`), { code }));
    dns.lookup = fail as typeof lookup;
    return () => (dns.lookup = lookup);
  };
  return { requests: 0, during };
}

/** Failures of name resolution and of the way to the host, as Node reports them. */
export const ways: readonly Case[] = (
  [
    ['ENOTFOUND', { reason: 'network', detail: 'dns' }],
    ['ENODATA', { reason: 'network', detail: 'dns' }],
    ['EAI_AGAIN', { reason: 'network', detail: 'dns' }],
    ['ECONNREFUSED', { reason: 'network', detail: 'refused' }],
    ['EHOSTUNREACH', { reason: 'network', detail: 'unreachable' }],
    ['ENETUNREACH', { reason: 'network', detail: 'unreachable' }],
    ['EADDRNOTAVAIL', { reason: 'network', detail: 'unreachable' }],
    ['ETIMEDOUT', { reason: 'timeout' }],
    ['ESOMETHING', { reason: 'network' }],
  ] as const
).map(([code, expected]) => [code, status(), expected, unresolved(code)]);

/** Of Node 24, and not yet in the types of Node 22. */
interface ProxyOptions extends https.AgentOptions {
  proxyEnv: Record<string, string>;
}

/**
 * A proxy that is asked for a tunnel. Node's own way to proxies stands in the place of VS Code's, which replaces
 * `request` in the same modules, hands the proxy's answer on, and cannot be had here.
 */
function behindProxy(answer: Respond): Circumstances {
  const during = async (): Promise<() => void> => {
    const proxy = await serve(answer);
    const before = https.globalAgent;
    const options: ProxyOptions = { proxyEnv: { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` } };
    https.globalAgent = new https.Agent(options);
    return () => {
      https.globalAgent.destroy();
      https.globalAgent = before;
      assert.deepEqual(
        proxy.requests.map(({ method }) => method),
        ['CONNECT'],
      );
      assert.doesNotMatch(JSON.stringify(proxy.requests), /wonder|liddell/);
    };
  };
  return { requests: 0, certificate: signed.good, during };
}

const proxy: Failure = { reason: 'network', detail: 'proxy' };

/** What a proxy may say instead of opening the way to the service. */
export const proxies: readonly Case[] = [
  [
    'a password is wanted',
    status(),
    proxy,
    behindProxy(() => http('', { status: 407, headers: { 'Proxy-Authenticate': 'Basic realm="x"' } })),
  ],
  ['the way is closed', status(), proxy, behindProxy(() => http('<html>', { status: 403 }))],
  ['the service is not found', status(), proxy, behindProxy(() => http('', { status: 502 }))],
  ['no HTTP', status(), proxy, behindProxy(() => 'SSH-2.0-OpenSSH_9.6\r\n\r\n')],
  ['an end', status(), proxy, behindProxy((_request, socket) => void socket.end())],
  ['silence', status(), timeout, { ...behindProxy(() => undefined), ...patient }],
];

const unknownProcedure = http(faultBody("<faultstring>Procedure 'status' not present</faultstring>"), {
  status: 500,
});
/** A service that does not know the namespace, and what it gives for a description of itself. */
const described =
  (description: string | Buffer | Respond): Respond =>
  (request, socket) => {
    if (request.method === 'POST') return unknownProcedure;
    return typeof description === 'function'
      ? description(request, socket)
      : typeof description === 'string'
        ? http(description)
        : description;
  };
const wsdl = (namespace: string, more = ''): string =>
  `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="${namespace}">${more}</definitions>`;
const namespace = protocol('namespace');
const twice = { requests: 2 };

/** Descriptions that are asked for because the service does not know the namespace. */
export const descriptions: readonly Case[] = [
  ['silence', described(() => undefined), timeout, { ...short, ...twice }],
  ['a redirect', described(http('', { status: 307, headers: { Location: '/elsewhere' } })), namespace, twice],
  ['a page', described('<html>'), namespace, twice],
  ['nothing', described(''), namespace, twice],
  ['one without end', described(endless('HTTP/1.1 200 OK\r\n\r\n', ' '.repeat(65_536))), namespace, twice],
  // Asked for once more: the connection might have been closed before.
  [
    'an end',
    described((_request, socket) => void socket.end()),
    { reason: 'network', detail: 'reset' },
    { requests: 3 },
  ],
  ['HTTP 500', described(http('', { status: 500 })), namespace, twice],
  ['another fault', described(faultBody('<faultstring>x</faultstring>')), namespace, twice],
  ['10,000 nested elements', described(wsdl('urn:x', '<a>'.repeat(10_000))), namespace, twice],
  ['60,000 elements', described(wsdl('urn:x', '<a/>'.repeat(60_000))), namespace, twice],
  [
    'an entity for a namespace',
    described(`<!DOCTYPE x [<!ENTITY a "urn:x">]>${wsdl('&a;')}`),
    namespace,
    twice,
  ],
  ['the password for a namespace', described(wsdl('urn:wonder&amp;land')), namespace, twice],
  ['a namespace of 250 kB', described(wsdl('x'.repeat(full))), namespace, twice],
  ['a namespace that breaks headers', described(wsdl('urn:x&#13;&#10;X-A: b')), namespace, twice],
  [
    'a namespace that breaks the envelope',
    described(wsdl('urn:x&quot;&gt;&lt;x')),
    namespace,
    { requests: 3 },
  ],
  ['a namespace called __proto__', described(wsdl('__proto__')), namespace, twice],
  [
    'an import',
    described(wsdl('urn:x', '<import location="http://127.0.0.1:9/"/>')),
    namespace,
    { requests: 3 },
  ],
  [
    'another answer than a report',
    (request, socket) => described(wsdl('urn:x'))(request, socket),
    namespace,
    { requests: 3 },
  ],
];
