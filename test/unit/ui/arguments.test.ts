import assert from 'node:assert/strict';
import type { Account } from '../../../src/history/types.ts';
import type { Tracker } from '../../../src/tracking/types.ts';
import { deletes } from '../../../src/smsc/query.ts';
import { areCheckArguments, readCheckArguments } from '../../../src/ui/checkArguments.ts';
import { checkManyFromArguments } from '../../../src/ui/manyArguments.ts';

const account: Account = {
  id: '1',
  label: 'Work',
  endpoint: 'demo',
  secret: 'demo',
  createdAt: 0,
  usedAt: 0,
};
const message = { phone: '79991234567', id: '1' };
const refused = { name: 'SmscError', reason: 'input' };
const unused = {} as Tracker;

/** An object whose properties throw when they are read. */
function guarded(): object {
  const refuse = (): never => {
    throw new TypeError('not for you');
  };
  return new Proxy({}, { get: refuse, has: refuse });
}

describe('arguments of commands', () => {
  for (const query of [
    'del=1',
    'del=0&del=1',
    'del[]=1',
    'del%5B%5D=1',
    ' del=1',
    '+del=1',
    'd%65l=yes',
    'a=b&del=2',
  ]) {
    it(`delete nothing by ${query}`, () => {
      assert.ok(deletes(query));
      assert.throws(() => readCheckArguments({ ...message, query }, [account], account), refused);
    });
  }

  for (const query of ['', 'del=0', 'del=', 'model=1', 'x=del=1', 'delay=1']) {
    it(`may have the query ${JSON.stringify(query)}`, () => assert.ok(!deletes(query)));
  }

  it('that throw when they are read are refused like others', async () => {
    assert.ok(areCheckArguments(guarded()));
    assert.throws(() => readCheckArguments(guarded(), [account], account), refused);
    for (const messages of [guarded(), [guarded()], [null]])
      await assert.rejects(checkManyFromArguments({ messages }, [account], account, unused), refused);
  });

  it('with a list that has gaps are refused', async () => {
    const messages = [message];
    messages[2] = message;
    await assert.rejects(checkManyFromArguments({ messages }, [account], account, unused), refused);
  });
});
