import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Credentials } from '../../../src/smsc/account.ts';
import { failureOf } from '../../../src/smsc/errors.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/server.ts';
import { clientFor, failureFrom } from '../../support/soap.ts';

const seed = { phone: '79999999999', id: '999' };

describe('smsc/client with the simulator', () => {
  let simulator: Simulator;

  async function start(options: SimulatorOptions = {}): Promise<Simulator> {
    simulator = await startSimulator({ limits: false, ...options });
    return simulator;
  }

  const clientOf = ({ url }: Simulator, credentials?: Credentials): ReturnType<typeof clientFor> =>
    clientFor(url, { credentials: credentials ?? { kind: 'password', login: 'alex', password: '123' } });

  afterEach(() => simulator.close());

  for (const encoding of ['utf-8', 'windows-1251'] as const) {
    it(`reads every message that it holds, in ${encoding}`, async () => {
      const client = clientOf(await start({ encoding }));
      const { messages } = simulator;
      assert.ok(messages.length > 50);
      for (const { phone, id, life, error, text } of messages) {
        const [{ status, err }] = [life.at(-1) ?? life[0]];
        const notFound = status === -3 ? 3 : undefined;
        const outcome = await client.getStatus({ phone, id, detail: 2 }).catch(failureOf);
        if ('reason' in outcome) {
          assert.equal(outcome.code, error ?? notFound, id);
          continue;
        }
        assert.deepEqual([outcome.status.code, outcome.deliveryError?.code ?? 0], [status, err], id);
        assert.equal(outcome.fields.message, text);
        assert.equal(outcome.fields.phone, phone);
      }
    });
  }

  it('gets as many fields as it asks for', async () => {
    const client = clientOf(await start());
    const few = await client.getStatus({ ...seed, detail: 0 });
    const more = await client.getStatus({ ...seed, detail: 1 });
    const all = await client.getStatus({ ...seed, detail: 2 });
    const missing = (fields: object, names: string[]): string[] => names.filter((name) => !(name in fields));
    assert.deepEqual(missing(few.fields, ['phone', 'cost', 'operator']), ['phone', 'cost', 'operator']);
    assert.deepEqual(missing(more.fields, ['phone', 'cost', 'operator']), ['operator']);
    assert.deepEqual(missing(all.fields, ['phone', 'cost', 'operator']), []);
    assert.match(few.changedAt ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(few.sentAt, undefined);
    assert.match(all.sentAt ?? '', /Z$/);
  });

  it('calls get_status2 only with a query, and can delete with it', async () => {
    const client = clientOf(await start());
    await client.getStatus(seed);
    await client.getStatus({ ...seed, query: '' });
    assert.equal((await client.getStatus({ ...seed, query: 'del=1' })).status.code, 1);
    assert.deepEqual(await failureFrom(client.getStatus(seed)), { reason: 'notFound', code: 3 });
    assert.deepEqual(
      simulator.requests.map(({ operation }) => operation),
      ['get_status', 'get_status2', 'get_status2', 'get_status'],
    );
  });

  const accepted: [string, Credentials][] = [
    ['a password', { kind: 'password', login: 'alex', password: '123' }],
    ['its MD5', { kind: 'password', login: 'alex', password: createHash('md5').update('123').digest('hex') }],
    ['a key', { kind: 'key', apiKey: 'demo-key' }],
  ];
  for (const [name, credentials] of accepted) {
    it(`is let in with ${name}`, async () => {
      const client = clientOf(await start(), credentials);
      assert.equal((await client.getStatus(seed)).status.code, 1);
      assert.match((await client.getBalance()).balance, /^\d+(\.\d+)?$/);
    });
  }

  it('is turned away with a wrong password', async () => {
    const client = clientOf(await start(), { kind: 'password', login: 'alex', password: 'wrong' });
    assert.deepEqual(await failureFrom(client.getStatus(seed)), { reason: 'credentials', code: 2 });
    assert.deepEqual(await failureFrom(client.getBalance()), { reason: 'credentials', code: 2 });
  });

  it('finds its way into another namespace', async () => {
    const client = clientOf(await start({ namespace: 'https://smsc.ru/sys/soap.php' }));
    assert.equal((await client.getStatus(seed)).status.code, 1);
    assert.match((await client.getBalance()).balance, /^\d/);
  });

  it('finds no difference in the contract, apart from the namespace', async () => {
    assert.deepEqual(await clientOf(await start()).compareContract(), []);
    await simulator.close();
    const found = 'https://smsc.ru/sys/soap.php';
    const { url } = await start({ namespace: found });
    assert.deepEqual(await clientOf(simulator).compareContract(), [
      { kind: 'namespace', expected: url, found },
    ]);
  });
});
