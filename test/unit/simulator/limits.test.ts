import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createLimits } from '../../../src/simulator/limits.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';
import { call, field, statusOf } from './raw.ts';

describe('simulator: limits', () => {
  let simulator: Simulator;
  const start = Date.UTC(2026, 4, 5, 12);
  const minute = 60_000;

  const restart = async (options: SimulatorOptions = {}): Promise<void> => {
    simulator = await startSimulator({ now: () => start, ...options });
  };
  afterEach(async () => {
    await simulator.close();
  });

  const check = (id = '999'): Promise<string> => statusOf(simulator, '79999999999', id);
  const balance = async (parameters: Record<string, string> = {}): Promise<string> => {
    const fields = await call(simulator, 'balance', parameters);
    return field(fields, 'error') ?? 'ok';
  };
  const wrong = (): Promise<string> => balance({ psw: 'guess' });
  const times = async (count: number, run: () => Promise<string>): Promise<string[]> => {
    const answers = [];
    for (let index = 0; index < count; index += 1) answers.push(await run());
    return answers;
  };

  it('answers 9 to more than five checks of one message in any minute', async () => {
    await restart();
    assert.deepEqual(await times(5, check), Array(5).fill('1/0'));
    simulator.setNow(start + minute - 1);
    assert.equal(await check(), 'error 9');
    assert.equal(await statusOf(simulator, '79990000103', 'status-1'), '1/0');
    assert.deepEqual(simulator.violations, [
      { rule: 'status', login: 'alex', phone: '79999999999', id: '999', at: start + minute - 1 },
    ]);
    simulator.setNow(start + 2 * minute);
    assert.equal(await check(), '1/0');
  });

  it('slides the minute', async () => {
    await restart();
    for (const second of [0, 20, 40, 50, 59]) {
      simulator.setNow(start + second * 1000);
      assert.equal(await check(), '1/0');
    }
    simulator.setNow(start + minute);
    assert.equal(await check(), '1/0');
    simulator.setNow(start + minute + 1000);
    assert.equal(await check(), 'error 9');
  });

  it('answers 9 to more than ten balance requests in a minute', async () => {
    await restart();
    assert.deepEqual(await times(11, balance), [...Array<string>(10).fill('ok'), '9']);
    simulator.setNow(start + minute);
    assert.equal(await balance(), 'ok');
  });

  it('answers 9 to the fifth at once of one login', async () => {
    await restart({
      latencyMs: 600_000,
      logins: ['alex', 'bob'].map((login) => ({ login, password: '123' })),
    });
    const waiting = ['alex', 'alex', 'alex', 'alex', 'bob'].map((login) =>
      assert.rejects(call(simulator, 'balance', { login }), { code: 'ECONNRESET' }),
    );
    while (simulator.requests.length < waiting.length) await setImmediate();
    assert.equal(await check(), 'error 9');
    assert.deepEqual(
      [...simulator.maxInFlight],
      [
        ['alex', 5],
        ['bob', 1],
      ],
    );
    await simulator.close();
    await Promise.all(waiting);
    await restart();
  });

  it('lets one in for each that is answered', async () => {
    await restart();
    const limits = createLimits(() => start, true);
    const arrive = (): number | undefined => limits.arrived('alex');
    assert.deepEqual(Array.from({ length: 5 }, arrive), [...Array<undefined>(4), 9]);
    limits.left('alex');
    assert.equal(arrive(), 9);
    limits.left('alex');
    limits.left('alex');
    assert.equal(arrive(), undefined);
  });

  it('blocks everybody for half an hour after five wrong passwords within half an hour', async () => {
    await restart();
    assert.deepEqual(await times(4, wrong), Array(4).fill('2'));
    simulator.setNow(start + 30 * minute - 1);
    assert.equal(await wrong(), '2');
    assert.deepEqual(
      [await check(), await wrong(), await balance({ login: '', psw: simulator.apiKey })],
      ['error 4', '4', '4'],
    );
    simulator.setNow(start + 60 * minute - 2);
    assert.equal(await check(), 'error 4');
    simulator.setNow(start + 60 * minute);
    assert.equal(await check(), '1/0');
    assert.deepEqual([...new Set(simulator.violations.map(({ rule }) => rule))], ['credentials', 'blocked']);
  });

  it('forgets wrong passwords after half an hour', async () => {
    await restart();
    await times(4, wrong);
    simulator.setNow(start + 30 * minute);
    assert.equal(await wrong(), '2');
    assert.equal(await check(), '1/0');
    assert.deepEqual(simulator.violations, []);
  });

  it('can be switched off, and still counts', async () => {
    await restart({ limits: false });
    assert.deepEqual(await times(7, check), Array(7).fill('1/0'));
    await times(6, wrong);
    assert.equal(await check(), '1/0');
    assert.deepEqual(
      simulator.violations.map(({ rule }) => rule),
      ['status', 'status', 'credentials', 'status'],
    );
  });
});
