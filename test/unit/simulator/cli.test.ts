import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { readArguments, toJson, toText } from '../../../src/simulator/cli.ts';
import type { Simulator } from '../../../src/simulator/server.ts';
import { statusOf, withSimulator } from './raw.ts';

describe('simulator: command line', () => {
  it('reads its arguments', () => {
    assert.deepEqual(readArguments([]), {
      port: 0,
      host: '127.0.0.1',
      latencyMs: 0,
      json: false,
      help: false,
    });
    assert.deepEqual(readArguments(['--port=8025', '--host', '::1', '--latency', '50', '--json']), {
      ...{ port: 8025, host: '::1', latencyMs: 50, json: true, help: false },
    });
  });

  it('explains wrong arguments', () => {
    for (const port of ['x', '70000', '1.5', '']) {
      assert.throws(() => readArguments(['--port', port]), /--port takes a whole number from 0 to 65535/);
    }
    assert.throws(() => readArguments(['--latency=1h']), /--latency takes/);
    assert.throws(() => readArguments(['--prot', '1']), /--prot/);
    assert.throws(() => readArguments(['8025']), /8025/);
  });

  it('lists the messages for programs, as they are', () =>
    withSimulator({}, async (simulator) => {
      const line = toJson(simulator, Date.now());
      assert.equal(line.indexOf('\n'), line.length - 1);
      const { messages, ...rest } = JSON.parse(line) as Pick<Simulator, 'url'> & {
        messages: { phone: string; id: string; status: number; err: number }[];
      };
      assert.deepEqual(rest, { url: simulator.url, login: 'alex', password: '123' });
      for (const { phone, id, status, err } of messages) {
        assert.equal(await statusOf(simulator, phone, id), `${status}/${status === -3 ? undefined : err}`);
      }
    }));

  it('lists the messages for people', () =>
    withSimulator({}, (simulator) => {
      const listed = toText(simulator, Date.now());
      assert.ok(listed.startsWith(`SMSC simulator is ready: ${simulator.url}\n`));
      assert.match(listed, /login +alex\n +password +123\n/);
      assert.match(listed, /79999999999 +999 +Delivered\n/);
      assert.match(listed, /live-<Unix seconds> +On its way/);
      return Promise.resolve();
    }));
});

describe('simulator: program', () => {
  const program = path.join(import.meta.dirname, '../../simulator.js');
  const children: ChildProcessByStdio<null, Readable, Readable>[] = [];

  const start = (...args: string[]): ChildProcessByStdio<null, Readable, Readable> => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
  const firstLine = async (stream: Readable): Promise<string> => {
    let seen = '';
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      seen += String(chunk);
      if (seen.includes('\n')) break;
    }
    return seen.slice(0, seen.indexOf('\n'));
  };
  const end = async (...args: string[]): Promise<{ code: number | null; errors: string; output: string }> => {
    const child = start(...args);
    const [[code], output, errors] = await Promise.all([
      once(child, 'close') as Promise<[number | null]>,
      text(child.stdout),
      text(child.stderr),
    ]);
    return { code, output, errors };
  };

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('runs until it is interrupted, and says when its port is taken', async function () {
    this.timeout(20_000);
    const child = start('--json');
    const simulator = JSON.parse(await firstLine(child.stdout)) as Simulator;
    assert.equal(await statusOf(simulator, '79999999999', '999'), '1/0');

    const { port } = new URL(simulator.url);
    const second = await end('--port', port);
    assert.equal(second.code, 1);
    assert.match(second.errors, new RegExp(`^simulator: port ${port} is taken`));

    child.kill('SIGINT');
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('explains itself', async function () {
    this.timeout(20_000);
    const [wrong, help] = await Promise.all([end('--port', 'x'), end('--help')]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.errors, /--port takes[^]*Usage: npm run simulator/);
    assert.equal(help.code, 0);
    assert.match(help.output, /Usage: npm run simulator/);
  });
});
