import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { commands as ids } from '../../src/ids.ts';
import { marked, markedLogins } from '../support/marked.ts';
import { fails, startService, type TestService } from './service.ts';

interface Many {
  reports: { id: string; account: string; status: { kind: string }; fields: object }[];
  notFound: unknown[];
  failed: unknown[];
}

const checkMany = async (value: Record<string, unknown>): Promise<Many> =>
  commands.executeCommand<Many>(ids.checkMany, value);

describe('smsc.checkMany with arguments', () => {
  let service: TestService;

  before(async () => {
    service = await startService({ latencyMs: 5 });
  });
  after(() => service.simulator.close());

  it('resolves to reports, not found and failed, each message once', async () => {
    const { account, simulator } = service;
    const result = await checkMany({
      account,
      messages: [
        { phone: '79999999999', id: '999' },
        { phone: '+7 999 999-99-99', id: '999' },
        { phone: '79990001006', id: 'err-6' },
        { phone: '79990000000', id: 'nothing' },
        { phone: '79990000601', id: 'error-1' },
        { phone: '12', id: '1' },
      ],
    });
    assert.deepEqual(
      result.reports.map((report) => [report.id, report.account, report.status.kind]),
      [
        ['999', account, 'delivered'],
        ['err-6', account, 'failed'],
      ],
    );
    assert.deepEqual(result.notFound, [{ phone: '79990000000', id: 'nothing' }]);
    assert.deepEqual(result.failed, [
      { phone: '12', id: '1', reason: 'input' },
      { phone: '79990000601', id: 'error-1', reason: 'parameters' },
    ]);
    assert.deepEqual(JSON.parse(JSON.stringify(result)), result);
    assert.equal(simulator.requests.length, 4);
  });

  it('keeps the limits', async () => {
    const { account, simulator } = service;
    const messages = Array.from({ length: 60 }, (_, index) => ({
      phone: '79991110001',
      id: `live-${1_700_000_000 + index}`,
    }));
    const { reports } = await checkMany({ account, messages });
    assert.equal(reports.length, 60);
    assert.equal(simulator.maxInFlight.get(simulator.login), 4);
    assert.deepEqual(simulator.violations, []);
  });

  it('stops at a wrong password, and says so of every message', async () => {
    const { simulator, account } = await startService({
      logins: markedLogins,
    });
    try {
      const id = await commands.executeCommand<string>(ids.addAccount, {
        ...{ label: 'Many wrong', login: 'alex', password: marked.wrong, endpoint: simulator.url },
      });
      assert.notEqual(id, account);
      const messages = Array.from({ length: 30 }, (_, index) => ({
        phone: '79991234567',
        id: String(index),
      }));
      const { reports, failed } = await checkMany({ account: id, messages });
      assert.equal(reports.length, 0);
      assert.deepEqual(
        failed,
        messages.map((message) => ({ ...message, reason: 'credentials' })),
      );
      assert.ok(simulator.requests.length <= 4, `${simulator.requests.length} requests`);
    } finally {
      await simulator.close();
    }
  });

  it('resolves for an empty list', async () => {
    const { account } = service;
    assert.deepEqual(await checkMany({ account, messages: [] }), { reports: [], notFound: [], failed: [] });
  });

  const wrong: [string, Record<string, unknown>][] = [
    ['messages that are no list', { messages: '79991234567' }],
    ['a message that is none', { messages: [null] }],
    ['an ID that is a number', { messages: [{ phone: '79991234567', id: 7 }] }],
  ];
  for (const [title, value] of wrong) {
    it(`refuses ${title} before anything is sent`, async () => {
      const { account, simulator } = service;
      const sent = simulator.requests.length;
      await assert.rejects(checkMany({ ...value, account }), fails('input'));
      assert.equal(simulator.requests.length, sent);
    });
  }

  it('rejects when the account is not known', async () => {
    await assert.rejects(checkMany({ messages: [], account: 'nobody' }), fails('noAccount'));
  });
});
