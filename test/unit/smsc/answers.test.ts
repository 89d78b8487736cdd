import assert from 'node:assert/strict';
import type { Failure } from '../../../src/smsc/errors.ts';
import type { StatusAnswer } from '../../../src/smsc/report.ts';
import { closeServers, http, serve } from '../../support/server.ts';
import { clientFor, delivered, envelope, failureFrom, message, statusEnvelope } from '../../support/soap.ts';

/** What a check makes of an answer, which crosses a real connection. */
async function check(answer: string): Promise<StatusAnswer> {
  const server = await serve(() => http(answer));
  return clientFor(server.url).getStatus(message);
}

async function fieldsOf(fields: string): Promise<Record<string, string>> {
  return (await check(statusEnvelope(fields))).fields;
}

async function failure(answer: string): Promise<Failure> {
  return failureFrom(check(answer));
}

describe('smsc/client: answers', () => {
  afterEach(closeServers);

  it('makes a report of a delivered message', async () => {
    assert.deepEqual(await check(delivered), {
      status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
      changedAt: '2024-02-01T12:00:00.000Z',
      fields: {
        status: '1',
        last_date: '01.02.2024 15:00:00',
        last_timestamp: '1706788800',
        err: '0',
      },
    });
  });

  it('keeps every field of the fullest answer', async () => {
    const fields = {
      status: '20',
      last_date: '01.02.2024 15:00:00',
      last_timestamp: '',
      err: '6',
      send_date: '01.02.2024 14: 59: 58',
      send_timestamp: '1706788798',
      phone: '79991234567',
      cost: '3.50',
      sender_id: 'Wonder & Co',
      status_name: 'Невозможно доставить',
      message: '  Код <1234>\n',
      sms_cnt: '1',
      operator: 'МТС',
      region: 'Москва',
    };
    const escaped = Object.entries(fields).map(
      ([name, value]) => `<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`,
    );
    assert.deepEqual(await check(statusEnvelope(escaped.join('\n  '))), {
      status: { code: 20, name: 'Undeliverable', kind: 'failed', final: true },
      deliveryError: { code: 6, name: 'Subscriber is offline' },
      changedAt: '2024-02-01T12:00:00.000Z',
      sentAt: '2024-02-01T11:59:58.000Z',
      fields,
    });
  });

  const kinds: [number, string, boolean][] = [
    [-2, 'pending', false],
    [-1, 'pending', false],
    [0, 'pending', false],
    [1, 'delivered', true],
    [2, 'delivered', true],
    [3, 'failed', true],
    [4, 'delivered', true],
    [20, 'failed', true],
    [22, 'failed', true],
    [23, 'failed', true],
    [24, 'failed', true],
    [25, 'failed', true],
    [77, 'unknown', false],
  ];
  for (const [code, kind, final] of kinds) {
    it(`reads status ${code} as ${kind}`, async () => {
      const { status } = await check(statusEnvelope(`<status>${code}</status>`));
      assert.deepEqual([status.code, status.kind, status.final], [code, kind, final]);
      assert.ok(status.name.length > 3);
    });
  }

  const errs = [
    1, 2, 3, 4, 6, 11, 12, 13, 21, 200, 219, 220, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248,
    249, 250, 251, 252, 253, 254, 255, 999,
  ];
  for (const err of errs) {
    it(`reads err ${err}`, async () => {
      const { deliveryError } = await check(statusEnvelope(`<status>20</status><err>${err}</err>`));
      assert.equal(deliveryError?.code, err);
      assert.equal(deliveryError.name.startsWith('Unknown'), err === 999);
    });
  }

  for (const err of ['<err>0</err>', '<err></err>', '<err/>', '<err> </err>', '', '<err>none</err>']) {
    it(`sees no delivery error in "${err}"`, async () => {
      const answer = await check(statusEnvelope(`<status>1</status>${err}`));
      assert.equal('deliveryError' in answer, false);
    });
  }

  const errors: [string, Failure][] = [
    ['1', { reason: 'parameters', code: 1 }],
    ['2', { reason: 'credentials', code: 2 }],
    ['3', { reason: 'notFound', code: 3 }],
    ['4', { reason: 'blocked', code: 4 }],
    ['9', { reason: 'tooMany', code: 9 }],
    [' 9 ', { reason: 'tooMany', code: 9 }],
    ['77', { reason: 'protocol', code: 77 }],
    ['authorise error', { reason: 'protocol', detail: 'malformed' }],
  ];
  for (const [error, expected] of errors) {
    it(`reads error "${error}" as ${expected.reason}`, async () => {
      assert.deepEqual(await failure(statusEnvelope(`<error>${error}</error>`)), expected);
    });
  }

  it('puts an error before a status', async () => {
    const answer = statusEnvelope('<status>1</status><error>3</error>');
    assert.deepEqual(await failure(answer), { reason: 'notFound', code: 3 });
  });

  it('takes an empty and a zero error for none', async () => {
    assert.equal((await check(statusEnvelope('<status>1</status><error>0</error>'))).status.code, 1);
    assert.equal((await check(statusEnvelope('<status>1</status><error/>'))).status.code, 1);
  });

  it('takes status -3 for "message not found"', async () => {
    assert.deepEqual(await failure(statusEnvelope('<status>-3</status>')), { reason: 'notFound', code: 3 });
  });

  it('keeps fields that it does not know, and the order of the answer', async () => {
    const fields = await fieldsOf('<zeta>1</zeta><err>0</err><status>1</status><alpha> two </alpha><empty/>');
    assert.deepEqual(Object.entries(fields), [
      ['zeta', '1'],
      ['err', '0'],
      ['status', '1'],
      ['alpha', ' two '],
      ['empty', ''],
    ]);
  });

  it('keeps the values of a repeated field on lines of their own and goes by the first', async () => {
    const answer = await check(
      statusEnvelope('<status>1</status><phone>7</phone><phone>8</phone><status>3</status>'),
    );
    assert.deepEqual(answer.fields, { status: '1\n3', phone: '7\n8' });
    assert.equal(answer.status.code, 1);
  });

  it('keeps a field within a field by both names', async () => {
    const fields = await fieldsOf('<status>1</status><extra><a>1</a><b><c>2</c></b><a>3</a></extra>');
    assert.deepEqual(fields, { status: '1', 'extra.a': '1\n3', 'extra.b.c': '2' });
  });

  it('looks past attributes, namespaces, comments and CDATA', async () => {
    const fields = await fieldsOf(
      '<status xsi:type="xsd:string" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">1</status>' +
        '<region xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>' +
        '<x:operator xmlns:x="urn:x" a="b">МТС</x:operator><!-- note --><message><![CDATA[<b>Hi</b>]]></message>' +
        '<cost note="x"/>',
    );
    assert.deepEqual(fields, { status: '1', operator: 'МТС', message: '<b>Hi</b>', cost: '' });
  });

  it('keeps white space in a text, also when there is nothing else', async () => {
    const fields = await fieldsOf('<status>1</status><message> a\n b </message><sender_id>  </sender_id>');
    assert.deepEqual(fields, { status: '1', message: ' a\n b ', sender_id: '  ' });
  });

  it('reads the balance', async () => {
    const body =
      '<ns1:BalanceResponse><balanceresult><balance>116.392</balance></balanceresult></ns1:BalanceResponse>';
    const server = await serve(() => http(envelope(body)));
    assert.deepEqual(await clientFor(server.url).getBalance(), { balance: '116.392' });
  });

  for (const [fields, expected] of [
    ['<error>2</error>', { reason: 'credentials', code: 2 }],
    ['<error>4</error>', { reason: 'blocked', code: 4 }],
    ['<error>9</error>', { reason: 'tooMany', code: 9 }],
    ['<error>3</error>', { reason: 'protocol', code: 3 }],
    ['<balance/>', { reason: 'protocol', detail: 'malformed' }],
  ] as const) {
    it(`reads the balance answer ${fields}`, async () => {
      const body = `<ns1:BalanceResponse><balanceresult>${fields}</balanceresult></ns1:BalanceResponse>`;
      const server = await serve(() => http(envelope(body)));
      assert.deepEqual(await failureFrom(clientFor(server.url).getBalance()), expected);
    });
  }
});
