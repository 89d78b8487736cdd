import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Simulator } from '../../../src/simulator/server.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { bundledContract } from '../../../src/smsc/contract.ts';
import { call, field, statusOf } from './raw.ts';

const basic = ['status', 'last_date', 'last_timestamp', 'err'];
const more = ['send_date', 'send_timestamp', 'phone', 'cost', 'sender_id', 'status_name', 'message'];
const example = { phone: '79999999999', id: '999' };

describe('simulator: operations', () => {
  let simulator: Simulator;
  const start = Date.UTC(2026, 4, 5, 12);

  beforeEach(async () => {
    simulator = await startSimulator({ now: () => start });
  });
  afterEach(async () => {
    await simulator.close();
  });

  const names = async (element: string, parameters: Record<string, string>): Promise<string[]> =>
    (await call(simulator, element, parameters)).map(([name]) => name);
  const error = async (element: string, parameters: Record<string, string>): Promise<string> => {
    const fields = await call(simulator, element, parameters);
    assert.deepEqual(
      fields.map(([name]) => name),
      ['error'],
    );
    return field(fields, 'error') ?? '';
  };

  it('get_status tells as much as `all` asks for', async () => {
    const full = [...basic, ...more];
    assert.deepEqual(await names('status', example), basic);
    assert.deepEqual(await names('status', { ...example, all: '0' }), basic);
    assert.deepEqual(await names('status', { ...example, all: '1' }), [...full, 'sms_cnt']);
    const all = await names('status', { ...example, all: '2' });
    assert.deepEqual(all, [...full, 'operator', 'region', 'sms_cnt']);
    const order = bundledContract().operations[0]?.answer.fields.map(({ name }) => name);
    assert.deepEqual(
      all,
      order?.filter((name) => name !== 'error'),
    );
  });

  it('gives dates in Moscow time that agree with the timestamps', async () => {
    const fields = await call(simulator, 'status', { ...example, all: '1' });
    for (const name of ['last', 'send']) {
      const seconds = Number(field(fields, `${name}_timestamp`));
      const moscow = new Date((seconds + 3 * 3600) * 1000).toISOString();
      const [, year, month, day, time] = /(\d+)-(\d+)-(\d+)T(.{8})/.exec(moscow) ?? [];
      assert.equal(field(fields, `${name}_date`), `${day}.${month}.${year} ${time}`);
    }
  });

  it('get_status2 wants a query, also an empty one', async () => {
    assert.equal(await error('status2', example), '1');
    assert.deepEqual(await names('status2', { ...example, query: '' }), basic);
  });

  it('get_status2 deletes a message with del=1', async () => {
    assert.equal(
      field(await call(simulator, 'status2', { ...example, query: 'a=1&amp;del=0' }), 'status'),
      '1',
    );
    assert.equal(
      field(await call(simulator, 'status2', { ...example, query: 'a=1&amp;del=1' }), 'status'),
      '1',
    );
    assert.equal(await statusOf(simulator, example.phone, example.id), 'error 3');
  });

  it('takes the password, its MD5 in lower case, or an API key without a login', async () => {
    const md5 = createHash('md5').update('123').digest('hex');
    const right = [{ psw: '123' }, { psw: md5 }, { login: '', psw: simulator.apiKey }];
    for (const credentials of right) {
      assert.equal(field(await call(simulator, 'balance', credentials), 'balance'), '116.392');
    }
    const wrong = [{ psw: md5.toUpperCase() }, { psw: simulator.apiKey }, { login: '' }, { login: 'ALEX' }];
    for (const credentials of wrong) assert.equal(await error('balance', credentials), '2');
  });

  it('answers error 1 to what is missing, empty or no phone', async () => {
    const wrong = [
      { phone: '79999999999' },
      { id: '999' },
      { phone: '', id: '999' },
      { phone: 'abc', id: '999' },
      { phone: '79999999999', id: '' },
      { phone: '79999999999', id: 'ы' },
    ] as Record<string, string>[];
    for (const parameters of wrong) assert.equal(await error('status', parameters), '1');
  });

  it('accepts a plus sign, and ids are text', async () => {
    assert.equal(await statusOf(simulator, '+79999999999', '999'), '1/0');
    assert.equal(await statusOf(simulator, '79999999999', '0999'), 'error 3');
    assert.equal(await statusOf(simulator, '79999999998', '999'), 'error 3');
  });

  it('send_sms makes a message that lives', async () => {
    const sent = await call(simulator, 'send', { phones: '79161234567', mes: 'Привет' });
    assert.deepEqual(sent, [
      ['id', '5708'],
      ['balance', '112.792'],
      ['cost', '3.6'],
      ['cnt', '1'],
    ]);
    assert.equal(await statusOf(simulator, '79161234567', '5708'), '-1/0');
    simulator.setNow(start + 6_000);
    assert.equal(await statusOf(simulator, '79161234567', '5708'), '0/0');
    simulator.setNow(start + 20_000);
    assert.equal(await statusOf(simulator, '79161234567', '5708'), '1/0');
    assert.equal(
      field(await call(simulator, 'status', { phone: '79161234567', id: '5708', all: '1' }), 'message'),
      'Привет',
    );
  });

  it('send_sms takes an id, a sender and a time', async () => {
    const parameters = { phones: '79161234567', mes: 'Hi', id: 'my-1', sender: 'ME', time: '+10' };
    assert.equal(field(await call(simulator, 'send', parameters), 'id'), 'my-1');
    simulator.setNow(start + 599_000);
    const waiting = await call(simulator, 'status', { phone: '79161234567', id: 'my-1', all: '1' });
    assert.equal(field(waiting, 'status'), '-1');
    assert.equal(field(waiting, 'sender_id'), 'ME');
    simulator.setNow(start + 620_000);
    assert.equal(await statusOf(simulator, '79161234567', 'my-1'), '1/0');
    assert.equal(await error('send', { ...parameters, time: 'tomorrow' }), '5');
  });

  it('send_sms2 names the phones that are none, send_sms does not', async () => {
    const parameters = { phones: '79161234567,abc;x', mes: 'Hi' };
    assert.deepEqual((await call(simulator, 'send2', { ...parameters, query: '' })).slice(4), [
      ['phone', 'abc'],
      ['status', '7'],
      ['phone', 'x'],
      ['status', '7'],
    ]);
    assert.deepEqual(await names('send', { ...parameters, id: 'b' }), ['id', 'balance', 'cost', 'cnt']);
  });

  it('refuses what cannot be sent', async () => {
    assert.equal(await error('send', { phones: '79161234567', mes: '' }), '1');
    assert.equal(await error('send', { phones: 'abc', mes: 'Hi' }), '7');
    assert.equal(await error('send', { phones: '79161234567', mes: 'x'.repeat(153 * 40) }), '3');
    await call(simulator, 'send', { phones: '79161234567', mes: 'Hi' });
    assert.equal(await error('send', { phones: '79161234567', mes: 'Hi' }), '9');
  });

  it('a sent message is its login’s alone', async () => {
    await simulator.close();
    const logins = ['a', 'b'].map((login) => ({ login, password: login }));
    simulator = await startSimulator({ logins });
    const { id, phone } = { id: 'mine', phone: '79161234567' };
    await call(simulator, 'send', { login: 'a', psw: 'a', phones: phone, mes: 'Hi', id });
    assert.equal(field(await call(simulator, 'status', { login: 'a', psw: 'a', phone, id }), 'status'), '-1');
    assert.equal(field(await call(simulator, 'status', { login: 'b', psw: 'b', phone, id }), 'error'), '3');
  });

  it('get_sms_cost counts the parts', async () => {
    const cost = async (mes: string, phones = '79161234567'): Promise<string | undefined> =>
      field(await call(simulator, 'cost', { phones, mes }), 'cnt');
    assert.deepEqual(await Promise.all([cost('x'.repeat(160)), cost('x'.repeat(307))]), ['1', '3']);
    assert.deepEqual(
      await Promise.all([cost('ы'.repeat(70)), cost('ы'.repeat(135), '79161234567,79161234568')]),
      ['1', '6'],
    );
    assert.deepEqual(await call(simulator, 'cost2', { phones: '79161234567', mes: 'x', query: '' }), [
      ['cost', '3.6'],
      ['cnt', '1'],
    ]);
    assert.equal(await error('cost2', { phones: '79161234567', mes: 'x' }), '1');
  });

  it('logs requests without passwords', async () => {
    await call(simulator, 'status', example);
    await call(simulator, 'balance', { login: '', psw: simulator.apiKey });
    assert.deepEqual(simulator.requests, [
      { operation: 'get_status', login: 'alex', ...example, at: start },
      { operation: 'get_balance', login: 'alex', phone: '', id: '', at: start },
    ]);
  });
});
