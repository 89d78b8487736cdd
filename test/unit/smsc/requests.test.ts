import assert from 'node:assert/strict';
import type { CallOptions, Exchange, StatusRequest } from '../../../src/smsc/service.ts';
import { closeServers, http, type Received, serve } from '../../support/server.ts';
import {
  clientFor,
  delivered,
  envelope,
  failureFrom,
  fault,
  message,
  statusEnvelope,
} from '../../support/soap.ts';

const status2 = envelope(
  '<ns1:Status2Response><statusresult><status>1</status></statusresult></ns1:Status2Response>',
);

/** Keeps what `onExchange` tells. */
function recorder(): { exchanges: Exchange[]; options: CallOptions } {
  const exchanges: Exchange[] = [];
  return { exchanges, options: { onExchange: (exchange) => exchanges.push(exchange) } };
}

/** The one request that a check sends. */
async function requestOf(
  request: StatusRequest,
  credentials?: Parameters<typeof clientFor>[1],
): Promise<Received> {
  const server = await serve(() => http(request.query === undefined ? delivered : status2));
  await clientFor(server.url, credentials).getStatus(request);
  assert.equal(server.requests.length, 1);
  const [received] = server.requests;
  assert.ok(received);
  return received;
}

/** The element in the Body, with its namespace, and its children in order. */
function bodyOf({ body }: Received): { element: string; namespace: string; children: [string, string][] } {
  const match =
    /^<\?xml version="1\.0" encoding="utf-8"\?><soap:Envelope ([^>]*)><soap:Body><(\w+):(\w+)([^>]*)>(.*)<\/\2:\3><\/soap:Body><\/soap:Envelope>$/s.exec(
      body,
    );
  assert.ok(match, body);
  const [, envelopeAttributes = '', prefix = '', element = '', attributes = '', content = ''] = match;
  assert.match(envelopeAttributes, /xmlns:soap="http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/"/);
  const namespace = new RegExp(`xmlns:${prefix}="([^"]*)"`).exec(attributes + envelopeAttributes)?.[1] ?? '';
  const children = Array.from(content.matchAll(/<([^>]*)>([^<]*)<\/\1>/g), ([, name = '', value = '']) => [
    name,
    value,
  ]);
  assert.equal(children.map(([name, value]) => `<${name}>${value}</${name}>`).join(''), content);
  return { element, namespace, children: children as [string, string][] };
}

describe('smsc/client: requests', () => {
  afterEach(closeServers);

  it('asks for a status in the namespace of the endpoint', async () => {
    const request = await requestOf(message);
    const namespace = `http://${request.headers.host}/sys/soap.php`;
    assert.deepEqual(bodyOf(request), {
      element: 'status',
      namespace,
      children: [
        ['login', 'alice'],
        ['psw', 'wonderland'],
        ['phone', '79991234567'],
        ['id', '1234'],
        ['all', '0'],
      ],
    });
    assert.equal(request.headers.soapaction, `"${namespace}"`);
  });

  for (const detail of [0, 1, 2] as const) {
    it(`asks for detail ${detail}`, async () => {
      const { children } = bodyOf(await requestOf({ ...message, detail }));
      assert.deepEqual(children.at(-1), ['all', String(detail)]);
    });
  }

  for (const query of ['', 'del=0&x=%20']) {
    it(`calls get_status2 with the query "${query}"`, async () => {
      const { element, children } = bodyOf(await requestOf({ ...message, query }));
      assert.equal(element, 'status2');
      assert.deepEqual(children.slice(2), [
        ['phone', '79991234567'],
        ['id', '1234'],
        ['all', '0'],
        ['query', query.replace('&', '&amp;')],
      ]);
    });
  }

  it('asks for the balance', async () => {
    const answer =
      '<ns1:BalanceResponse><balanceresult><balance>1</balance></balanceresult></ns1:BalanceResponse>';
    const server = await serve(() => http(envelope(answer)));
    await clientFor(server.url).getBalance();
    const [request] = server.requests;
    assert.ok(request);
    assert.deepEqual(bodyOf(request), {
      element: 'balance',
      namespace: server.url,
      children: [
        ['login', 'alice'],
        ['psw', 'wonderland'],
      ],
    });
  });

  it('sends an API key with an empty login', async () => {
    const credentials = { kind: 'key', apiKey: 'key-of-alice' } as const;
    const { children } = bodyOf(await requestOf(message, { credentials }));
    assert.deepEqual(children.slice(0, 2), [
      ['login', ''],
      ['psw', 'key-of-alice'],
    ]);
  });

  it('escapes what it sends, also what looks like a CDATA section', async () => {
    const credentials = { kind: 'password', login: 'a&b <c>', password: '<![CDATA["\'Ж]]>' } as const;
    const { children } = bodyOf(
      await requestOf({ ...message, query: '<![CDATA[]]></query>]]>' }, { credentials }),
    );
    assert.deepEqual(children, [
      ['login', 'a&amp;b &lt;c&gt;'],
      ['psw', '&lt;![CDATA[&quot;&apos;Ж]]&gt;'],
      ['phone', '79991234567'],
      ['id', '1234'],
      ['all', '0'],
      ['query', '&lt;![CDATA[]]&gt;&lt;/query&gt;]]&gt;'],
    ]);
  });

  it('escapes the namespace of an endpoint', async () => {
    const server = await serve(() => http(delivered));
    const endpoint = `http://127.0.0.1:${server.port}/a&b'c/soap.php`;
    await clientFor(endpoint).getStatus(message);
    const [request] = server.requests;
    assert.ok(request);
    assert.equal(bodyOf(request).namespace, endpoint.replace('&', '&amp;').replace("'", '&apos;'));
    assert.equal(request.headers.soapaction, `"${endpoint}"`);
  });

  it('sends phone and ID as the service knows them', async () => {
    const { children } = bodyOf(await requestOf({ phone: '+7 (999) 123-45-67', id: ' 007 ' }));
    assert.deepEqual(children.slice(2, 4), [
      ['phone', '79991234567'],
      ['id', '007'],
    ]);
  });

  it('sends nothing for a phone, an ID or a text that cannot be sent', async () => {
    const server = await serve(() => http(delivered));
    const client = clientFor(server.url);
    for (const request of [
      { phone: 'alice', id: '1' },
      { phone: '79991234567', id: '' },
      { phone: '79991234567', id: 'a/b' },
      { phone: '79991234567', id: '1', query: '\u0000' },
    ]) {
      assert.deepEqual(await failureFrom(client.getStatus(request)), { reason: 'input' });
    }
    assert.equal(server.connections, 0);
  });

  describe('and what is shown of them', () => {
    for (const [name, credentials, shown] of [
      [
        'a password',
        { kind: 'password', login: 'alice', password: 'wonderland' },
        ['<login>alice</login><psw>wonderland</psw>', '<login>{login}</login><psw>{password}</psw>'],
      ],
      [
        'a key',
        { kind: 'key', apiKey: 'key-of-alice' },
        ['<login></login><psw>key-of-alice</psw>', '<login></login><psw>{key}</psw>'],
      ],
    ] as const) {
      it(`differs from what is sent by placeholders alone, with ${name}`, async () => {
        const server = await serve(({ body }) => http(body.includes(':status2') ? status2 : delivered));
        const client = clientFor(server.url, { credentials });
        const { exchanges, options } = recorder();
        await client.getStatus({ ...message, detail: 2 }, options);
        await client.getStatus({ ...message, query: 'a=1&b=2' }, options);
        const [sent, placeholder] = shown;
        assert.deepEqual(
          exchanges.map(({ request }) => request),
          server.requests.map(({ body }) => body.replace(sent, placeholder)),
        );
        assert.equal(
          server.requests.every(({ body }) => body.includes(sent)),
          true,
        );
      });
    }

    it('keeps a login that looks like another part of the request apart from it', async () => {
      const server = await serve(() => http(delivered));
      const credentials = { kind: 'password', login: 'status', password: '79991234567' } as const;
      const { exchanges, options } = recorder();
      await clientFor(server.url, { credentials }).getStatus(message, options);
      assert.match(
        exchanges[0]?.request ?? '',
        /:status>.*<psw>\{password\}<\/psw><phone>79991234567<\/phone>/s,
      );
    });

    it('comes with the answer and its HTTP status', async () => {
      const server = await serve(() => http(delivered));
      const { exchanges, options } = recorder();
      await clientFor(server.url).getStatus(message, options);
      assert.equal(exchanges.length, 1);
      assert.deepEqual([exchanges[0]?.httpStatus, exchanges[0]?.answer], [200, delivered]);
    });

    it('comes also when the request failed, once', async () => {
      for (const [answer, expected] of [
        [http(statusEnvelope('<error>3</error>')), [200, statusEnvelope('<error>3</error>')]],
        [http('<html></html>'), [200, '<html></html>']],
        [http('busy', { status: 503 }), [503, 'busy']],
        [fault('Oops'), [500, fault('Oops').toString().split('\r\n\r\n')[1]]],
        [http('', { status: 302 }), [undefined, undefined]],
        ['', [undefined, undefined]],
      ] as const) {
        const server = await serve((_request, socket) => void socket.end(answer));
        const { exchanges, options } = recorder();
        await failureFrom(clientFor(server.url).getStatus(message, options));
        assert.deepEqual(
          exchanges.map(({ httpStatus, answer: text }) => [httpStatus, text]),
          [expected],
        );
      }
    });
  });

  describe('and an answer that repeats a secret', () => {
    const credentials = { kind: 'password', login: 'alice', password: 'wonder&land' } as const;
    const echo = { reason: 'protocol', detail: 'echo' };

    async function check(
      answer: string | Buffer,
      options: Parameters<typeof clientFor>[1] = { credentials },
    ) {
      const server = await serve(() => (typeof answer === 'string' ? http(answer) : answer));
      const { exchanges, options: record } = recorder();
      const failure = await failureFrom(clientFor(server.url, options).getStatus(message, record));
      assert.equal(exchanges.length, 1);
      assert.equal(JSON.stringify(exchanges).includes('wonder'), false);
      return { failure, exchange: exchanges[0] };
    }

    for (const [name, text] of [
      ['escaped', 'psw=wonder&amp;land'],
      ['as it is', '<![CDATA[wonder&land]]>'],
      ['by character references', 'wonder&#38;&#108;and'],
      ['in pieces', 'won<!-- x -->der&amp;land'],
      ['in sections', '<![CDATA[won]]><![CDATA[der&land]]>'],
      ['by its MD5', '51fbcfa7c452685515389a52503c2aa0'],
    ] as const) {
      it(`${name} is thrown away`, async () => {
        const { failure, exchange } = await check(
          statusEnvelope(`<status>1</status><message>${text}</message>`),
        );
        assert.deepEqual(failure, echo);
        assert.equal(exchange?.answer, undefined);
      });
    }

    it('in a fault, a web page or an HTTP error is thrown away', async () => {
      for (const answer of [
        fault('psw wonder&amp;land'),
        '<html>wonder&land',
        http('wonder&land', { status: 503 }),
      ]) {
        const { failure, exchange } = await check(answer);
        assert.deepEqual(failure, echo);
        assert.equal(exchange?.answer, undefined);
      }
    });

    it('as a key is thrown away', async () => {
      const key = { credentials: { kind: 'key', apiKey: 'key-of-alice' } } as const;
      const { failure } = await check(
        statusEnvelope('<status>1</status><message>key-of-alice</message>'),
        key,
      );
      assert.deepEqual(failure, echo);
    });

    for (const password of ['operator', '9991234', 'status', 'short']) {
      it(`is no echo where "${password}" belongs to the question or to the contract`, async () => {
        const server = await serve(() =>
          http(statusEnvelope('<status>1</status><phone>79991234567</phone><operator>short</operator>')),
        );
        const weak = { kind: 'password', login: 'alice', password } as const;
        const { status } = await clientFor(server.url, { credentials: weak }).getStatus(message);
        assert.equal(status.code, 1);
      });
    }
  });
});
