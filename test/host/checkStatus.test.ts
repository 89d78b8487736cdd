import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { commands, extensions } from 'vscode';
import { commands as ids, extensionId } from '../../src/ids.ts';
import type { SimulatedMessage } from '../../src/simulator/message.ts';
import type { Simulator } from '../../src/simulator/server.ts';
import { marked } from '../support/marked.ts';
import { addAccount, check, fails, startService, type TestService } from './service.ts';

describe('commands', () => {
  it('are registered, every one of the manifest', async () => {
    await extensions.getExtension(extensionId)?.activate();
    const registered = new Set(await commands.getCommands(true));
    for (const id of Object.values(ids)) assert.ok(registered.has(id), id);
  });
});

describe('smsc.checkStatus with arguments', () => {
  let service: TestService;

  before(async () => {
    service = await startService();
  });
  after(() => service.simulator.close());

  it('resolves to a report in plain JSON', async () => {
    const { account } = service;
    const before = Date.now();
    const report = (await check({ phone: '+7 999 999-99-99', id: '999', account })) as Record<
      string,
      unknown
    >;
    const { checkedAt, fields, changedAt, ...rest } = report;
    assert.deepEqual(rest, {
      account,
      phone: '79999999999',
      id: '999',
      status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
    });
    assert.match(String(checkedAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.ok(Date.parse(String(checkedAt)) >= before);
    assert.match(String(changedAt), /Z$/);
    assert.equal((fields as Record<string, string>).status, '1');
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it('reports every message that the service holds as the service tells it', async () => {
    const { account, simulator } = service;
    const known = simulator.messages.filter(({ error, life }) => error === undefined && life.length === 1);
    assert.ok(known.length > 40, `only ${known.length} messages`);
    for (const { phone, id, life } of known) {
      const [{ status, err }] = life;
      if (status === -3) {
        await assert.rejects(check({ phone, id, account }), fails('notFound', 3));
        continue;
      }
      const report = (await check({ phone, id, account })) as {
        status: { code: number };
        deliveryError?: { code: number };
      };
      assert.deepEqual([report.status.code, report.deliveryError?.code ?? 0], [status, err], id);
    }
  });

  it('asks for as much as is wanted', async () => {
    const { account } = service;
    const names = async (detail: number): Promise<Set<string>> => {
      const { phone, id } = messageOf(service.simulator, 'status-1');
      const report = await check({ phone, id, account, detail });
      return new Set(Object.keys((report as { fields: object }).fields));
    };
    const [usual, more, most] = [await names(0), await names(1), await names(2)];
    assert.ok(!usual.has('message') && !usual.has('operator'));
    assert.ok(more.has('message') && more.has('send_date') && !more.has('operator'));
    assert.ok(most.has('message') && most.has('operator') && most.has('region'));
  });

  it('calls get_status2 when there is a query', async () => {
    const { account, simulator } = service;
    const { phone, id } = messageOf(simulator, 'status-2');
    await check({ phone, id, account, query: 'x=1' });
    assert.equal(simulator.requests.at(-1)?.operation, 'get_status2');
  });

  const wrong: [title: string, value: Record<string, unknown>][] = [
    ['letters in the phone', { phone: '7999abc', id: '1' }],
    ['no phone', { id: '1' }],
    ['no ID', { phone: '79991234567' }],
    ['an empty ID', { phone: '79991234567', id: ' ' }],
    ['an ID of 41 characters', { phone: '79991234567', id: 'x'.repeat(41) }],
    ['an ID that is a number', { phone: '79991234567', id: 7 }],
    ['an unknown level of detail', { phone: '79991234567', id: '7', detail: 3 }],
    ['a query that deletes', { phone: '79991234567', id: '7', query: 'del=1' }],
  ];
  for (const [title, value] of wrong) {
    it(`refuses ${title} before anything is sent`, async () => {
      const { account, simulator } = service;
      const sent = simulator.requests.length;
      await assert.rejects(check({ ...value, account }), fails('input'));
      assert.equal(simulator.requests.length, sent);
    });
  }

  it('rejects when the account is not known', async () => {
    await assert.rejects(check({ phone: '79991234567', id: '7', account: 'nobody' }), fails('noAccount'));
  });

  it('rejects at once over the limit when it shall not wait', async () => {
    const { account, simulator } = service;
    const { phone, id } = messageOf(simulator, 'status-0');
    const one = { phone, id, account };
    for (let times = 0; times < 5; times += 1) {
      const settled = check({ ...one, wait: false });
      await settled.catch((error: unknown) => assert.ok(fails('tooMany')(error)));
    }
    await assert.rejects(check({ ...one, wait: false }), (error: unknown) => {
      assert.ok(fails('tooMany')(error));
      const { retryAfter } = error as { retryAfter?: number };
      return retryAfter !== undefined && retryAfter > 0 && retryAfter <= 61;
    });
    assert.deepEqual(simulator.violations, []);
  });
});

describe('errors of the service', () => {
  const expected: [error: number, reason: string][] = [
    [1, 'parameters'],
    [2, 'credentials'],
    [3, 'notFound'],
    [4, 'blocked'],
    [9, 'tooMany'],
  ];
  for (const [error, reason] of expected) {
    it(`reject with their reason: ${error} is ${reason}`, async () => {
      // Errors 2 and 4 stop an account or a host: each case has a host of its own.
      const { simulator, account } = await startService();
      try {
        const message = simulator.messages.find((one) => one.error === error);
        assert.ok(message, `no message that draws error ${error}`);
        const { phone, id } = message;
        await assert.rejects(check({ phone, id, account }), fails(reason, error));
      } finally {
        await simulator.close();
      }
    });
  }

  it('stop the account after a wrong password, until its credentials change', async () => {
    const { simulator } = await startService();
    try {
      const account = await addAccount({
        login: simulator.login,
        password: marked.wrong,
        endpoint: simulator.url,
      });
      const one = { phone: '79999999999', id: '999', account };
      await assert.rejects(check(one), fails('credentials', 2));
      const sent = simulator.requests.length;
      await assert.rejects(check(one), fails('credentials'));
      assert.equal(simulator.requests.length, sent);
    } finally {
      await simulator.close();
    }
  });
});

describe('the way to the service', () => {
  it('reuses connections', async () => {
    const { simulator, account } = await startService();
    try {
      const messages = simulator.messages.filter(({ error }) => error === undefined).slice(0, 30);
      for (const { phone, id } of messages) await check({ phone, id, account }).catch(() => undefined);
      assert.equal(simulator.requests.length, messages.length);
      assert.ok(simulator.connections <= 2, `${simulator.connections} connections`);
    } finally {
      await simulator.close();
    }
  });

  it('does not follow a redirect with the password', async () => {
    const { simulator } = await startService();
    const redirecting = await listen((server) =>
      server.on('request', (_, response) => response.writeHead(307, { location: simulator.url }).end()),
    );
    try {
      const { login, password } = simulator;
      const account = await addAccount({
        login,
        password,
        endpoint: `${addressOf(redirecting)}/sys/soap.php`,
      });
      await assert.rejects(check({ phone: '79999999999', id: '999', account }), fails('protocol'));
      assert.equal(simulator.requests.length, 0);
    } finally {
      redirecting.close();
      await simulator.close();
    }
  });

  it('is refused over plain http beyond this machine', async () => {
    const account = { login: 'a', password: 'b', endpoint: 'http://192.0.2.1/sys/soap.php' };
    await assert.rejects(addAccount(account), fails('input'));
  });
});

describe('smsc.addAccount with arguments', () => {
  it('never changes an existing account', async () => {
    const { simulator, account } = await startService();
    try {
      const again = await addAccount({ label: 'Twin', login: 'x', password: 'y', endpoint: simulator.url });
      const third = await addAccount({ label: 'Twin', login: 'x', password: 'y', endpoint: simulator.url });
      assert.equal(new Set([account, again, third]).size, 3);
      const report = await check({ phone: '79999999999', id: '999', account });
      assert.equal((report as { account: string }).account, account);
    } finally {
      await simulator.close();
    }
  });

  it('makes the new account the active one', async () => {
    const { simulator, account } = await startService();
    try {
      const report = await check({ phone: '79999999999', id: '999' });
      assert.equal((report as { account: string }).account, account);
    } finally {
      await simulator.close();
    }
  });

  for (const wrong of [
    { label: ' ', login: 'a', password: 'b' },
    { login: 'a' },
    { login: 'a', password: 'b', apiKey: 'c' },
  ]) {
    it(`refuses ${JSON.stringify(wrong)}`, async () => {
      await assert.rejects(addAccount(wrong), fails('input'));
    });
  }

  it('takes an API key', async () => {
    const { simulator } = await startService();
    try {
      const account = await addAccount({ apiKey: simulator.apiKey, endpoint: simulator.url });
      const report = await check({ phone: '79999999999', id: '999', account });
      assert.equal((report as { status: { code: number } }).status.code, 1);
    } finally {
      await simulator.close();
    }
  });
});

describe('the demo account', () => {
  it('answers without a network, and with the same messages as the command line simulator', async () => {
    await commands.executeCommand(ids.useDemoAccount);
    const report = await check({ phone: '79999999999', id: '999', detail: 2 });
    assert.equal((report as { account: string }).account, 'demo');
    assert.equal((report as { status: { code: number } }).status.code, 1);
  });
});

function messageOf({ messages }: Simulator, id: string): SimulatedMessage {
  const found = messages.find((message) => message.id === id);
  assert.ok(found, `no message ${id}`);
  return found;
}

async function listen(prepare: (server: Server) => unknown): Promise<Server> {
  const server = createServer();
  prepare(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
