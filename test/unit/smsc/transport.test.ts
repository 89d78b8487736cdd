import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { getEventListeners, once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { maxAnswerBytes } from '../../../src/smsc/transport.ts';
import { selfSigned } from '../../support/certificate.ts';
import { closeServers, http, type Respond, serve } from '../../support/server.ts';
import { clientFor, delivered, failureFrom, message } from '../../support/soap.ts';

describe('smsc/client: transport', () => {
  afterEach(closeServers);

  it('sends one POST with what the service needs and nothing that can be followed or compressed', async () => {
    const server = await serve(() => http(delivered));
    await clientFor(server.url, { userAgent: 'test/1.0' }).getStatus(message);
    const [request] = server.requests;
    assert.equal(server.requests.length, 1);
    assert.equal(request?.method, 'POST');
    assert.equal(request.path, '/sys/soap.php');
    assert.deepEqual(request.headers, {
      'user-agent': 'test/1.0',
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${server.url}"`,
      connection: 'keep-alive',
      'accept-encoding': 'identity',
      'content-length': String(Buffer.byteLength(request.body)),
      host: `127.0.0.1:${server.port}`,
    });
  });

  it('cannot be made to write a header by its user agent', async () => {
    const server = await serve(() => http(delivered));
    await clientFor(server.url, { userAgent: 'a\r\nX-Evil: 1\u0416' }).getStatus(message);
    assert.equal(server.requests[0]?.headers['user-agent'], 'aX-Evil: 1');
    assert.equal(server.requests[0].headers['x-evil'], undefined);
  });

  it('uses a connection again', async () => {
    const server = await serve(() => http(delivered));
    const client = clientFor(server.url);
    for (let index = 0; index < 50; index += 1) await client.getStatus(message);
    assert.equal(server.requests.length, 50);
    assert.ok(server.connections <= 2, `${server.connections} connections`);
  });

  it('does not mix answers that are under way at once', async () => {
    const waiting: (() => void)[] = [];
    const server = await serve(({ body }, socket) => {
      const phone = /<phone>(\d+)<\/phone>/.exec(body)?.[1] ?? '';
      waiting.push(() => socket.write(http(delivered.replace('<err>', `<phone>${phone}</phone><err>`))));
      // The answers go out when all requests are there, the last one first.
      if (waiting.length === 40) for (const answer of waiting.toReversed()) answer();
      return undefined;
    });
    const client = clientFor(server.url);
    const phones = Array.from({ length: 40 }, (_, index) => String(79_990_000_000 + index));
    const reports = await Promise.all(phones.map((phone) => client.getStatus({ phone, id: '1' })));
    assert.deepEqual(
      reports.map(({ fields }) => fields.phone),
      phones,
    );
  });

  it('gives up when the time is over, and closes the connection', async () => {
    const server = await serve(() => undefined);
    const check = clientFor(server.url, { timeoutMs: 50 }).getStatus(message);
    assert.deepEqual(await failureFrom(check), { reason: 'timeout' });
    await server.idle();
  });

  it('counts the time to the last byte, and asks for it at each call', async () => {
    // Part of an answer, as if the rest were on its way.
    const server = await serve(() => http(delivered).subarray(0, 200));
    let asked = 0;
    const timeoutMs = (): number => {
      asked += 1;
      return 50;
    };
    const client = clientFor(server.url, { timeoutMs });
    assert.deepEqual(await failureFrom(client.getStatus(message)), { reason: 'timeout' });
    assert.deepEqual(await failureFrom(client.getBalance()), { reason: 'timeout' });
    assert.equal(asked, 2);
    await server.idle();
  });

  it('takes an endless time-out for a long one', async () => {
    const server = await serve(() => http(delivered));
    const client = clientFor(server.url, { timeoutMs: Number.POSITIVE_INFINITY });
    assert.equal((await client.getStatus(message)).status.code, 1);
  });

  it('closes the connection when it is cancelled', async () => {
    const controller = new AbortController();
    const server = await serve(() => {
      controller.abort();
      return undefined;
    });
    const check = clientFor(server.url).getStatus(message, { signal: controller.signal });
    assert.deepEqual(await failureFrom(check), { reason: 'cancelled' });
    await server.idle();
    assert.equal(server.connections, 1);
  });

  it('sends nothing when it was cancelled before', async () => {
    const server = await serve(() => http(delivered));
    const signal = AbortSignal.abort();
    const client = clientFor(server.url);
    let told = 0;
    const options = { signal, onExchange: () => (told += 1) };
    assert.deepEqual(await failureFrom(client.getStatus(message, options)), { reason: 'cancelled' });
    assert.deepEqual(await failureFrom(client.compareContract(signal)), { reason: 'cancelled' });
    assert.deepEqual([server.connections, told], [0, 0]);
  });

  it('leaves no listener on a signal that lives longer', async () => {
    const server = await serve(() => http(delivered));
    const { signal } = new AbortController();
    await clientFor(server.url).getStatus(message, { signal });
    assert.equal(getEventListeners(signal, 'abort').length, 0);
  });

  it('refuses an answer that says it is too large before reading it', async () => {
    const server = await serve(
      () => 'HTTP/1.1 200 OK\r\nContent-Length: ' + String(maxAnswerBytes + 1) + '\r\n\r\n',
    );
    const expected = { reason: 'protocol', detail: 'tooLarge' };
    assert.deepEqual(await failureFrom(clientFor(server.url).getStatus(message)), expected);
    await server.idle();
  });

  it('reads an answer that is just small enough', async () => {
    const filler = ' '.repeat(maxAnswerBytes - Buffer.byteLength(delivered));
    const server = await serve(() => http(delivered + filler));
    assert.equal((await clientFor(server.url).getStatus(message)).status.code, 1);
  });

  it('says that a connection was refused', async () => {
    const server = await serve(() => http(delivered));
    await closeServers();
    const expected = { reason: 'network', detail: 'refused' };
    assert.deepEqual(await failureFrom(clientFor(server.url).getStatus(message)), expected);
  });

  describe('on a connection that the server closes just when it is taken up again', () => {
    /** Answers the first request; then resets the connection at the second one, after part of an answer. */
    const forgetful = (part = ''): Respond => {
      const seen = new WeakSet();
      return (_request, socket) => {
        if (!seen.has(socket)) {
          seen.add(socket);
          return http(delivered);
        }
        if (part === '') {
          socket.resetAndDestroy();
          return undefined;
        }
        // The other side shall have read the part before the reset takes it away.
        const read = (): void => {
          unsubscribe('http.client.response.finish', read);
          socket.resetAndDestroy();
        };
        subscribe('http.client.response.finish', read);
        return part;
      };
    };

    it('asks once more', async () => {
      const server = await serve(forgetful());
      const client = clientFor(server.url);
      await client.getStatus(message);
      await client.getBalance().catch(() => undefined);
      assert.deepEqual([server.requests.length, server.connections], [3, 2]);
    });

    it('does not ask once more when the answer had begun', async () => {
      const server = await serve(forgetful('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<?xml'));
      const client = clientFor(server.url);
      await client.getStatus(message);
      const failure = await failureFrom(client.getStatus(message));
      assert.deepEqual(failure, { reason: 'network', detail: 'reset' });
      assert.equal(server.requests.length, 2);
    });

    it('does not ask once more what deletes the message', async () => {
      const server = await serve(forgetful());
      const client = clientFor(server.url);
      await client.getStatus(message);
      const failure = await failureFrom(client.getStatus({ ...message, query: 'x=1&del=1' }));
      assert.deepEqual(failure, { reason: 'network', detail: 'reset' });
      assert.equal(server.requests.length, 2);
    });
  });

  describe('with TLS', () => {
    it('refuses a certificate that nobody vouches for, also where the environment lets it pass', async () => {
      const server = await serve(() => http(delivered), selfSigned);
      const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      const emitWarning = process.emitWarning.bind(process);
      process.emitWarning = () => undefined;
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
      try {
        const failure = await failureFrom(clientFor(server.url).getStatus(message));
        assert.equal(failure.detail, 'certificate');
      } finally {
        process.emitWarning = emitWarning;
        if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
        else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
      }
      assert.equal(server.requests.length, 0);
    });

    it('does not speak to a port without TLS', async () => {
      const server = net
        .createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
        .listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const failure = await failureFrom(
        clientFor(`https://127.0.0.1:${port}/sys/soap.php`).getStatus(message),
      );
      assert.equal(failure.reason, 'network');
      server.close();
    });
  });

  for (const endpoint of [
    'http://smsc.ru/sys/soap.php',
    'http://127.0.0.1.smsc.ru/sys/soap.php',
    'http://localhost.smsc.ru/sys/soap.php',
    'ftp://smsc.ru/sys/soap.php',
    'https://alice:wonderland@smsc.ru/sys/soap.php',
    'https://smsc.ru/sys/soap.php?x=1',
    'smsc.ru',
  ]) {
    it(`is not made for ${endpoint}`, () => {
      assert.throws(() => clientFor(endpoint), { name: 'SmscError', reason: 'input' });
    });
  }
});
