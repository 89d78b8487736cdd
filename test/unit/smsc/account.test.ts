import assert from 'node:assert/strict';
import { parseEndpoint } from '../../../src/smsc/account.ts';

describe('smsc/account', () => {
  for (const address of [
    'https://smsc.ru/sys/soap.php?',
    'https://smsc.ru/sys/soap.php#',
    'https://smsc.ru/?a=b',
  ]) {
    it(`takes no query in an address, not even an empty one: ${address}`, () =>
      assert.deepEqual(parseEndpoint(address), { ok: false, problem: 'queryInAddress' }));
  }
});
