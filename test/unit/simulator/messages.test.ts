import assert from 'node:assert/strict';
import { demoMessages, startDemo } from '../../../src/simulator/demo.ts';
import { makeMessage } from '../../../src/simulator/message.ts';
import { lifeKinds, liveMessage } from '../../../src/simulator/messages.ts';
import type { LifeKind } from '../../../src/simulator/messages.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import type { Simulator } from '../../../src/simulator/server.ts';
import { deliveryErrors, requestErrors, statuses } from '../../../src/smsc/codes.ts';
import { call, field, fetchRaw, envelope, statusOf, withSimulator } from './raw.ts';

describe('simulator: messages', () => {
  let simulator: Simulator;
  const start = Date.UTC(2026, 4, 5, 12);

  before(async () => {
    simulator = await startSimulator({ now: () => start });
  });
  after(async () => {
    await simulator.close();
  });

  it('has one for every status and every delivery error', async () => {
    const offered = demoMessages(start);
    for (const code of [-3, ...statuses.map((info) => info.code), 77]) {
      const message = offered.find(
        ({ status, error, id }) => status === code && error === undefined && id !== 'not-found',
      );
      assert.ok(message, `status ${code}`);
      const answer = await statusOf(simulator, message.phone, message.id);
      assert.match(answer, new RegExp(`^${code}/`));
    }
    for (const code of [...deliveryErrors.map((info) => info.code), 199]) {
      const message = offered.find(({ err }) => err === code);
      assert.ok(message, `err ${code}`);
      assert.match(await statusOf(simulator, message.phone, message.id), new RegExp(`^[0-9]+/${code}$`));
    }
  });

  it('has one for every error of a request, with any phone', async () => {
    for (const { code } of requestErrors.status) {
      assert.equal(await statusOf(simulator, '79160000000', `error-${code}`), `error ${code}`);
    }
  });

  it('offers what it holds, the most useful first', async () => {
    const offered = demoMessages(start);
    assert.deepEqual(
      offered.slice(0, 3).map(({ id }) => id),
      ['999', `live-${start / 1000}`, 'err-6'],
    );
    assert.equal(new Set(offered.map(({ phone, id }) => `${phone}/${id}`)).size, offered.length);
    for (const { phone, id, status, err, error } of offered) {
      const expected = error === undefined ? `${status}/${err}` : `error ${error}`;
      const found = await statusOf(simulator, phone, id);
      assert.equal(found, id === 'not-found' ? 'error 3' : status === -3 ? '-3/undefined' : expected, id);
    }
  });

  const stages: Record<LifeKind, [number, string][]> = {
    live: [
      [0, '-1/0'],
      [5, '0/0'],
      [20, '1/0'],
      [9999, '1/0'],
    ],
    late: [
      [4.9, '-1/0'],
      [9, '0/0'],
      [10, '0/6'],
      [59, '0/6'],
      [60, '1/0'],
    ],
    fail: [
      [0, '-1/0'],
      [10, '0/6'],
      [30, '20/6'],
    ],
    expire: [
      [0, '-1/0'],
      [10, '0/6'],
      [45, '3/6'],
    ],
    read: [
      [0, '-1/0'],
      [20, '1/0'],
      [40, '2/0'],
    ],
    click: [
      [0, '-1/0'],
      [20, '1/0'],
      [40, '4/0'],
    ],
    new: [
      [0, '-3/undefined'],
      [5, '0/0'],
      [20, '1/0'],
    ],
  };
  for (const kind of lifeKinds) {
    it(`lets "${kind}" live by the clock, alike in two simulators`, () =>
      withSimulator({ limits: false }, (first) =>
        withSimulator({ limits: false }, async (second) => {
          const { phone, id } = liveMessage(kind, start);
          for (const [after, expected] of stages[kind]) {
            for (const one of [first, second]) {
              one.setNow(start + after * 1000);
              assert.equal(await statusOf(one, phone, id), expected, `after ${after} s`);
            }
          }
        }),
      ));
  }

  it('has peculiar texts, and escapes them', async () => {
    const html = await call(simulator, 'status', { phone: '79990000500', id: 'text-html', all: '1' });
    assert.equal(field(html, 'sender_id'), '&lt;b&gt;BANK&lt;/b&gt;');
    const bidi = await call(simulator, 'status', { phone: '79990000503', id: 'text-bidi', all: '1' });
    assert.match(field(bidi, 'message') ?? '', /\u202e/);
    const extra = await call(simulator, 'status', { phone: '79990000402', id: 'extra-fields' });
    assert.equal(field(extra, 'mccmnc'), '25001');
    const empty = await call(simulator, 'status', { phone: '79990000403', id: 'empty-fields', all: '2' });
    assert.deepEqual(
      empty.filter(([, value]) => value === '').map(([name]) => name),
      [...['cost', 'sender_id', 'message', 'operator', 'region']],
    );
  });

  it('can be given others', () =>
    withSimulator(
      { messages: [makeMessage({ phone: '12345', id: 'a', status: 20, err: 13 })] },
      async (other) => {
        assert.equal(await statusOf(other, '12345', 'a'), '20/13');
        assert.equal(await statusOf(other, '79999999999', '999'), 'error 3');
        assert.equal(other.messages.length, 1);
      },
    ));

  it('can be answered in windows-1251', () =>
    withSimulator({ encoding: 'windows-1251' }, async (other) => {
      const body = envelope(other.url, 'status', {
        ...{ login: 'alex', psw: '123', phone: '79990000503', id: 'text-bidi', all: '2' },
      });
      const { bytes, headers } = await fetchRaw(other.url, { body });
      assert.equal(headers['content-type'], 'text/xml; charset=windows-1251');
      const text = new TextDecoder('windows-1251').decode(bytes);
      assert.match(text, /^<\?xml version="1.0" encoding="WINDOWS-1251"\?>/);
      assert.match(text, /<status_name>Доставлено<\/status_name>/);
      assert.match(text, /&#8238;001/);
    }));

  it('reads requests in windows-1251', async () => {
    const bytes = Buffer.from(
      envelope(simulator.url, 'send', {
        login: 'alex',
        psw: '123',
        phones: '79161234567',
        mes: 'XX',
        id: 'cp',
      }),
      'latin1',
    );
    bytes.set([0xdf, 0xff], bytes.indexOf('XX'));
    const headers = { 'Content-Type': 'text/xml; charset="windows-1251"' };
    await fetchRaw(simulator.url, { body: bytes, headers });
    const fields = await call(simulator, 'status', { phone: '79161234567', id: 'cp', all: '1' });
    assert.equal(field(fields, 'message'), 'Яя');
  });

  it('serves the demo account on loopback', async () => {
    const demo = await startDemo(() => start);
    try {
      assert.match(demo.url, /^http:\/\/127\.0\.0\.1:\d+\/sys\/soap\.php$/);
      assert.deepEqual([demo.login, demo.password], ['alex', '123']);
    } finally {
      await demo.close();
    }
  });
});
