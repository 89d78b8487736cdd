import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Account } from '../../../src/history/types.ts';
import { answerForAgent } from '../../../src/smsc/agent.ts';
import { parseEndpoint } from '../../../src/smsc/account.ts';
import { statusInfo } from '../../../src/smsc/codes.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import { deletes } from '../../../src/smsc/query.ts';
import type { Report } from '../../../src/smsc/report.ts';
import type { Tracker } from '../../../src/tracking/types.ts';
import { areCheckArguments, readCheckArguments } from '../../../src/ui/checkArguments.ts';
import { checkManyFromArguments } from '../../../src/ui/manyArguments.ts';
import { always } from './fuzz.ts';
import { anyJson, anything, anyText, isoTime, messageName } from './values.ts';
import './vscode.ts';

const { readInput } = await import('../../../src/ui/agentTool.ts');
const { accountFromArguments } = await import('../../../src/ui/addAccount.ts');

const account = (id: string, label: string): Account => ({
  id,
  label,
  login: 'alex',
  endpoint: 'demo',
  secret: 'demo',
  createdAt: 0,
  usedAt: 0,
});
const accounts = [account('1', 'Work'), account('2', 'Home'), account('Work', 'a label that is an id')];
const [active] = accounts;

/** Objects with the keys that are read, of good values and bad ones, and of others. */
function objectsWith(keys: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(
    Object.entries(keys).map(([key, good]) => [
      key,
      fc.oneof({ weight: 6, arbitrary: good }, { weight: 1, arbitrary: anything }),
    ]),
  );
  return fc.oneof({ weight: 4, arbitrary: fc.record(fields, { requiredKeys: [] }) }, anything);
}
const phoneText = fc.oneof(
  messageName.map(({ phone }) => phone),
  fc.constantFrom('+7 (999) 123-45-67', '12345', '1234'),
  anyText,
);
const idText = fc.oneof(
  messageName.map(({ id }) => id),
  anyText,
);
const accountName = fc.constantFrom(undefined, '1', 'Work', 'Home', 'nobody', '');

/** What a function returns, or the failure that it throws: nothing else may come out of it. */
async function outcomeOf<T>(act: () => T | Promise<T>, ...reasons: string[]): Promise<T | SmscError> {
  try {
    return await act();
  } catch (error) {
    assert.ok(error instanceof SmscError, `not an SmscError: ${String(error)}`);
    assert.ok(reasons.includes(error.reason), error.reason);
    return error;
  }
}

function assertMessage({ phone, id }: { phone: string; id: string }): void {
  assert.match(phone, /^[0-9]{5,16}$/);
  assert.match(id, /^[A-Za-z0-9._-]{1,40}$/);
}

describe('fuzz: what other programs hand over', () => {
  const toolInput = objectsWith({ phone: phoneText, id: idText, account: accountName });
  always('a tool’s input is a message in an account of ours, or refused', toolInput, async (input) => {
    const read = await outcomeOf(() => readInput(input, accounts, active), 'input', 'noAccount');
    if (read instanceof SmscError) return;
    assert.deepEqual(Object.keys(read).sort(), ['account', 'name']);
    assert.deepEqual(Object.keys(read.name).sort(), ['id', 'phone']);
    assertMessage(read.name);
    assert.ok(accounts.includes(read.account));
  });

  const checkArguments = objectsWith({
    phone: phoneText,
    id: idText,
    account: accountName,
    detail: fc.constantFrom(0, 1, 2, undefined, 3, '1'),
    query: fc.oneof(
      fc.constantFrom(
        undefined,
        'fmt=3',
        'del=1',
        'DEL=1',
        'a=b&del=2',
        'del=0',
        'del=0&del=1',
        'd%65l=1',
        '?del=1',
        '&del=1',
        'del[]=1',
        ' del=1',
        'del%5B%5D=1',
      ),
      anyText,
    ),
    wait: fc.constantFrom(true, false, undefined),
  });
  always(
    'a check’s arguments are a message in an account of ours, or refused',
    checkArguments,
    async (value) => {
      // The command asks only about what is not meant as arguments.
      if (!areCheckArguments(value)) return;
      const read = await outcomeOf(() => readCheckArguments(value, accounts, active), 'input', 'noAccount');
      if (read instanceof SmscError) return;
      const { message, detail, query, wait, ...others } = read;
      assert.deepEqual(others, {});
      assertMessage(message);
      assert.ok(accounts.some(({ id }) => id === message.account));
      assert.ok([0, 1, 2].includes(detail) && typeof wait === 'boolean');
      assert.ok(query === undefined || typeof query === 'string');
      assert.ok(!/(?:^|[?&])del=[1-9]/.test(query ?? ''), 'nothing is deleted by a check');
    },
  );

  always(
    'no way of writing it deletes a message',
    fc.tuple(
      anyText,
      fc.constantFrom('del=1', 'd%65l=1', 'del=%31', 'del=yes', 'del[]=1', '+del=1', 'del%5Ba%5D=1'),
      anyText,
    ),
    ([before, del, after]) => {
      const [first, last] = [before, after].map((text) => text.replace(/del|[#&=?]/g, ''));
      assert.ok(deletes(`${first ?? ''}&${del}&${last ?? ''}`));
      assert.ok(deletes(`del=0&${del}`), 'the service may take the last');
    },
  );

  const many = objectsWith({
    messages: fc.oneof(
      fc.array(
        fc.oneof({ weight: 5, arbitrary: messageName }, objectsWith({ phone: phoneText, id: idText })),
        { maxLength: 5 },
      ),
      fc.sparseArray(messageName, { maxNumElements: 3 }),
    ),
    account: accountName,
  });
  const report = (message: Message): Report => ({
    ...message,
    checkedAt: '2026-03-01T12:00:00.000Z',
    status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
    fields: {},
  });
  always('each of many messages is told of once, or all are refused', many, async (value) => {
    if (typeof value !== 'object' || value === null) return;
    const asked: Message[] = [];
    const check = (message: Message): Promise<Report> => {
      asked.push(message);
      const turn = asked.length % 3;
      if (turn === 0) return Promise.resolve(report(message));
      return Promise.reject(new SmscError(turn === 1 ? 'notFound' : 'parameters'));
    };
    const tracker = {
      check,
      state: () => ({ kind: 'idle' }),
      onDidChangeState: () => () => undefined,
    } as unknown as Tracker;
    const read = await outcomeOf(
      () => checkManyFromArguments(value, accounts, active, tracker),
      'input',
      'noAccount',
    );
    if (read instanceof SmscError) return assert.equal(asked.length, 0);
    asked.forEach(assertMessage);
    const { reports, notFound, failed } = read;
    const invalid = failed.filter(({ reason }) => reason === 'input').length;
    assert.equal(reports.length + notFound.length + failed.length - invalid, asked.length);
    assert.equal(new Set(asked.map(({ phone, id }) => `${phone}/${id}`)).size, asked.length);
  });

  const endpoint = fc.oneof(
    fc.constantFrom(
      undefined,
      'https://smsc.ru/sys/soap.php',
      'http://127.0.0.1:1/',
      'http://smsc.ru/',
      'https://a:b@smsc.ru/',
      'https://smsc.ru/?a=b',
      'file:///etc/passwd',
      'HTTPS://smsc.ru#x',
    ),
    fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https', 'ftp'] }),
    anyText,
  );
  const secret = fc.oneof(fc.constantFrom(undefined, 'secret'), anyText);
  const newAccount = objectsWith({
    label: anyText,
    login: secret,
    password: secret,
    apiKey: fc.oneof(fc.constant(undefined), secret),
    endpoint,
  });
  always(
    'a new account has a name, one kind of proof and a safe address, or is refused',
    newAccount,
    async (value) => {
      if (typeof value !== 'object' || value === null) return;
      const read = await outcomeOf(() => accountFromArguments(value), 'input');
      if (read instanceof SmscError) return;
      const { label, credentials, place, ...others } = read;
      assert.ok(label !== '' && label === label.trim());
      assert.equal(place, 'keyring');
      const { kind, ...proof } = credentials;
      assert.deepEqual(Object.keys(proof), kind === 'key' ? ['apiKey'] : ['login', 'password']);
      assert.ok(Object.values(proof).every((text) => typeof text === 'string' && text !== ''));
      assert.deepEqual(Object.keys(others), ['endpoint']);
      assertSafe(others.endpoint);
    },
  );

  always(
    'an address that a password is sent to is one over TLS, or on this machine',
    fc.oneof(
      endpoint.map(String),
      anyText,
      anyText.map((text) => `https://${text}`),
      anyText.map((text) => `http://localhost${text}`),
    ),
    (text) => {
      const parsed = parseEndpoint(text);
      if (parsed.ok) assertSafe(parsed.value);
    },
  );

  function assertSafe(address: string): void {
    assert.match(
      address,
      /^(?:https:\/\/[^/@?#]+|http:\/\/(?:localhost|\[::1\]|127\.\d+\.\d+\.\d+)(?::\d+)?)\/[^?#]*$/,
    );
    assert.deepEqual(parseEndpoint(address), { ok: true, value: address }, 'read again, it is the same');
  }

  const mark = 'Zq7#';
  const marked = anyText.map((text) => mark + text + mark);
  const code = fc.oneof(fc.integer({ min: -3, max: 30 }), fc.constantFrom(200, 253, 255, 77, -999_999_999));
  const anyReport = fc.record(
    {
      account: marked,
      phone: marked,
      id: marked,
      checkedAt: isoTime,
      sentAt: isoTime,
      changedAt: isoTime,
      status: fc.tuple(code, marked).map(([number, name]) => ({ ...statusInfo(number), code: number, name })),
      deliveryError: fc.record({ code, name: marked }),
      fields: fc.dictionary(marked, marked, { maxKeys: 4 }),
      more: marked,
    },
    { requiredKeys: ['account', 'phone', 'id', 'checkedAt', 'status', 'fields'] },
  );
  always(
    'no word of the service, and no name of a message, comes to a model',
    fc.tuple(anyReport, anyJson),
    ([report]) => {
      const told = JSON.stringify(answerForAgent(report));
      assert.ok(!told.includes(mark), told);
      assert.ok(told.length < 3000);
    },
  );
});
