import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type * as Soap from 'soap';
import { withSimulator } from './raw.ts';

/** As it comes, with its own transport: not the trimmed one that is bundled with the extension. */
const soap = createRequire(import.meta.url)('soap') as typeof Soap;

type Method = (parameters: Record<string, string>) => Promise<[Record<string, Record<string, unknown>>]>;

describe('simulator: node-soap as it comes', () => {
  it('works from the WSDL alone', () =>
    withSimulator({}, async ({ url }) => {
      const client = await soap.createClientAsync(`${url}?wsdl`);
      const ask = async (operation: string, parameters: Record<string, string>) => {
        const method = client[`${operation}Async`] as Method;
        const [result] = await method.call(client, { login: 'alex', psw: '123', ...parameters });
        return Object.values(result)[0];
      };
      const message = { phone: '79990001006', id: 'err-6' };
      const mail = { phones: '79161234567,x,y', mes: 'Hi & <bye>' };

      const status = await ask('get_status', { ...message, all: '2' });
      assert.equal(status?.status, '20');
      assert.equal(status.err, '6');
      assert.equal(status.status_name, 'Невозможно доставить');
      assert.equal((await ask('get_status2', { ...message, query: '' }))?.status, '20');
      assert.deepEqual(await ask('get_balance', {}), { balance: '116.392' });
      assert.deepEqual(await ask('get_sms_cost', mail), { cost: '3.6', cnt: '1' });
      assert.deepEqual(await ask('get_sms_cost2', { ...mail, query: '' }), { cost: '3.6', cnt: '1' });
      assert.equal((await ask('send_sms', mail))?.id, '5708');
      assert.deepEqual((await ask('send_sms2', { ...mail, id: 'b' }))?.errors, [
        { phone: 'x', status: '7' },
        { phone: 'y', status: '7' },
      ]);
      assert.deepEqual(await ask('get_status', { ...message, psw: 'x' }), { error: '2' });
    }));
});
