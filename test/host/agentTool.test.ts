import assert from 'node:assert/strict';
import { LanguageModelTextPart, lm } from 'vscode';
import { tools } from '../../src/ids.ts';
import { startService, type TestService } from './service.ts';

describe('the tool for agents', () => {
  let service: TestService;

  before(async () => {
    service = await startService();
  });
  after(() => service.simulator.close());

  async function ask(input: object): Promise<Record<string, unknown>> {
    const result = await lm.invokeTool(tools.checkDeliveryStatus, { input, toolInvocationToken: undefined });
    const text = result.content
      .map((part) => (part instanceof LanguageModelTextPart ? part.value : ''))
      .join('');
    return JSON.parse(text) as Record<string, unknown>;
  }

  it('tells status, cause, what to do, and that asking again is useless', async () => {
    const answer = await ask({ phone: '+7 999 000-10-06', id: 'err-6' });
    const { checkedAt, sentAt, changedAt, limits, whatToDo, status, ...rest } = answer;
    assert.deepEqual(rest, {
      deliveryError: { code: 6, name: 'Subscriber is offline', cause: 'the subscriber is offline' },
      askAgain: { useful: false, why: 'The status is final.' },
    });
    const { meaning, ...plain } = status as Record<string, unknown>;
    assert.deepEqual(plain, { code: 20, name: 'Undeliverable', kind: 'failed', final: true });
    for (const text of [checkedAt, limits, whatToDo, meaning])
      assert.ok(typeof text === 'string' && text !== '');
    assert.ok(sentAt === undefined || typeof sentAt === 'string');
    assert.ok(typeof changedAt === 'string');
  });

  it('gives no word of the service to the model', async () => {
    for (const { phone, id, text, sender } of service.simulator.messages.filter(({ id }) =>
      id.startsWith('text-'),
    )) {
      const answer = JSON.stringify(await ask({ phone, id }));
      assert.ok(!answer.includes(text) && !answer.includes(sender), id);
      assert.ok(!answer.includes('command:') && !answer.includes('script'), id);
    }
  });

  it('tells the model what to do next when a call fails', async () => {
    const cases: [input: object, reason: string, hint: RegExp][] = [
      [{ phone: 'unknown', id: '1' }, 'input', /Do not invent an id/],
      [{ phone: '79991234567', id: '1', account: 'nobody' }, 'noAccount', /Add Account/],
      [{ phone: '79990000001', id: 'nothing-here' }, 'notFound', /Check both/],
    ];
    for (const [input, reason, hint] of cases) {
      await assert.rejects(ask(input), (error: unknown) => {
        assert.match(String(error), hint);
        return String(error).includes(reason);
      });
    }
  });

  it('does not wait its turn over the limit, and says when to ask again', async () => {
    const one = { phone: '79990000106', id: 'status-4' };
    for (let times = 0; times < 5; times += 1) await ask(one);
    await assert.rejects(ask(one), /tooMany.*Ask again after \d+ seconds/s);
    assert.deepEqual(service.simulator.violations, []);
  });
});
