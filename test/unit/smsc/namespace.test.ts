import assert from 'node:assert/strict';
import type { Exchange } from '../../../src/smsc/service.ts';
import { closeServers, http, type Received, type Server, serve } from '../../support/server.ts';
import { clientFor, delivered, failureFrom, fault, message } from '../../support/soap.ts';

const unknownProcedure = fault("Procedure 'status' not present");

/** A WSDL that leads to another server wherever it can. */
function wsdl(namespace: string, elsewhere = 'http://127.0.0.1:9/'): string {
  return `<?xml version="1.0"?>
<definitions name="Service" targetNamespace="${namespace}" xmlns:tns="${namespace}"
    xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <import namespace="${namespace}" location="${elsewhere}import.wsdl"/>
  <types><xsd:schema targetNamespace="${namespace}">
    <xsd:import namespace="urn:other" schemaLocation="${elsewhere}import.xsd"/>
    <xsd:include schemaLocation="${elsewhere}include.xsd"/>
  </xsd:schema></types>
  <service name="Service"><port name="ServiceSoap" binding="tns:ServiceSoap">
    <soap:address location="${elsewhere}soap.php"/>
  </port></service>
</definitions>`;
}

/** A server whose elements stand in a namespace, and which describes itself as told. */
function serviceIn(namespace: string, description = http(wsdl(namespace))): Promise<Server> {
  return serve(({ method, body }) => {
    if (method === 'GET') return description;
    return body.includes(`="${namespace}"`) ? http(delivered) : unknownProcedure;
  });
}

const summary = (requests: Received[]): string =>
  requests.map(({ method, path }) => `${method} ${path}`).join(', ');
const post = 'POST /sys/soap.php';
const get = 'GET /sys/soap.php?wsdl';

describe('smsc/client: the namespace', () => {
  afterEach(closeServers);

  for (const namespace of ['https://smsc.ru/sys/soap.php', 'http://smsc.ua/sys/soap.php', 'urn:smsc']) {
    it(`is learnt from the live WSDL after a fault, and remembered: ${namespace}`, async () => {
      const server = await serviceIn(namespace);
      const client = clientFor(server.url);
      assert.equal((await client.getStatus(message)).status.code, 1);
      assert.equal(summary(server.requests), [post, get, post].join(', '));
      assert.equal(server.requests[2]?.headers.soapaction, `"${namespace}"`);
      await client.getStatus(message);
      assert.equal(summary(server.requests), [post, get, post, post].join(', '));
    });
  }

  it('is the only thing that is taken from a live WSDL', async () => {
    const other = await serve(() => http(delivered));
    const namespace = 'urn:smsc';
    const server = await serviceIn(namespace, http(wsdl(namespace, `http://127.0.0.1:${other.port}/`)));
    const client = clientFor(server.url);
    await client.getStatus(message);
    await client.compareContract();
    assert.equal(other.connections, 0);
    assert.equal(summary(server.requests), [post, get, post, get].join(', '));
  });

  it('is asked for without credentials', async () => {
    const server = await serviceIn('urn:smsc');
    await clientFor(server.url).getStatus(message);
    const [, request] = server.requests;
    assert.equal(request?.method, 'GET');
    assert.equal(request.body, '');
    assert.doesNotMatch(JSON.stringify(request), /alice|wonderland/);
  });

  it('is told of in both exchanges', async () => {
    const server = await serviceIn('urn:smsc');
    const exchanges: Exchange[] = [];
    await clientFor(server.url).getStatus(message, { onExchange: (exchange) => exchanges.push(exchange) });
    assert.deepEqual(
      exchanges.map(({ httpStatus }) => httpStatus),
      [500, 200],
    );
    assert.match(exchanges[1]?.request ?? '', /"urn:smsc"/);
  });

  for (const [name, description] of [
    ['is the same', (url: string) => http(wsdl(url))],
    ['cannot be read', () => http('<html>Not found</html>', { status: 404 })],
    ['stands in no WSDL', () => http('<html><body>Hello</body></html>')],
    ['is empty', () => http(wsdl(''))],
    ['leads elsewhere', () => http('', { status: 302, headers: { Location: 'https://smsc.ru/' } })],
    ['would break the envelope', () => http(wsdl('urn:&#34;&#62;&#10;'))],
    ['repeats the password', () => http(wsdl('urn:wonderland'))],
    ['is too large', () => http(wsdl('urn:smsc') + ' '.repeat(1024 * 1024))],
  ] as const) {
    it(`is not tried again when it ${name}`, async () => {
      const server = await serve(({ method }) =>
        method === 'GET' ? description(server.url) : unknownProcedure,
      );
      const failure = await failureFrom(clientFor(server.url).getStatus(message));
      assert.deepEqual(failure, { reason: 'protocol', detail: 'namespace' });
      assert.equal(summary(server.requests), [post, get].join(', '));
    });
  }

  it('is tried again once, and not kept when that fails as well', async () => {
    const server = await serve(({ method }) =>
      method === 'GET' ? http(wsdl('urn:wrong')) : unknownProcedure,
    );
    const client = clientFor(server.url);
    for (const round of [1, 2]) {
      const failure = await failureFrom(client.getStatus(message));
      assert.deepEqual(failure, { reason: 'protocol', detail: 'namespace' });
      assert.equal(summary(server.requests), Array(round).fill([post, get, post]).flat().join(', '));
    }
  });

  it('is not the reason of another fault', async () => {
    const server = await serve(() => fault('Internal error'));
    assert.equal((await failureFrom(clientFor(server.url).getStatus(message))).detail, 'fault');
    assert.equal(summary(server.requests), post);
  });

  it('is waited for no longer than the call may take in all', async () => {
    const server = await serve(({ method }) => (method === 'POST' ? unknownProcedure : undefined));
    const failure = await failureFrom(clientFor(server.url, { timeoutMs: 300 }).getStatus(message));
    assert.deepEqual(failure, { reason: 'timeout' });
    await server.idle();
  });

  it('can be cancelled while it is asked for', async () => {
    const controller = new AbortController();
    const server = await serve(({ method }) => {
      if (method === 'POST') return unknownProcedure;
      controller.abort();
      return undefined;
    });
    const failure = await failureFrom(
      clientFor(server.url).getStatus(message, { signal: controller.signal }),
    );
    assert.deepEqual(failure, { reason: 'cancelled' });
  });

  it('is learnt by calls at once without mixing their answers', async () => {
    const server = await serviceIn('urn:smsc');
    const client = clientFor(server.url);
    const reports = await Promise.all(Array.from({ length: 4 }, () => client.getStatus(message)));
    assert.equal(
      reports.every(({ status }) => status.code === 1),
      true,
    );
  });
});

describe('smsc/client: compareContract', () => {
  afterEach(closeServers);

  it('names the namespace and the operations that differ', async () => {
    const server = await serve(() => http(wsdl('https://smsc.ru/sys/soap.php')));
    const [first, ...others] = await clientFor(server.url).compareContract();
    const found = 'https://smsc.ru/sys/soap.php';
    assert.deepEqual(first, { kind: 'namespace', expected: server.url, found });
    assert.deepEqual(new Set(others.map(({ kind }) => kind)), new Set(['operationMissing']));
    assert.equal(others.length, 7);
  });

  for (const [name, answer, expected] of [
    ['HTML', http('<html></html>'), { reason: 'protocol', detail: 'html' }],
    ['other XML', http('<a/>'), { reason: 'protocol', detail: 'malformed' }],
    ['nothing', http(''), { reason: 'protocol', detail: 'empty' }],
    ['an error', http('', { status: 404 }), { reason: 'protocol', detail: 'http', httpStatus: 404 }],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const server = await serve(() => answer);
      assert.deepEqual(await failureFrom(clientFor(server.url).compareContract()), expected);
    });
  }
});
