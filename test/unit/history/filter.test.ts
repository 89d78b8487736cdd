import assert from 'node:assert/strict';
import type { Store } from '../../../src/history/types.ts';
import { account, answered, describeStores, failed, idsOf, message, second } from './stores.ts';

const all = { limit: 1000 };

describeStores('history’s filter', (open) => {
  let store: Store;
  const find = (text: string) => idsOf(store.history.messages({ text, ...all })).sort();
  beforeEach(async () => {
    store = await open();
    const { accounts, history } = store;
    await accounts.save(account('A', 'Работа'));
    await accounts.save(account('B', '50%_off'));
    await history.record(answered(message('a1'), 1));
    await history.record(answered(message('Order_2'), 20, 0, 6));
    await history.record(answered(message('c3', { account: 'B', phone: '380441112233' }), 0));
    await history.record(answered(message('d4', { account: 'B' }), 77, 0, 177));
    await history.record(failed(message('e5')));
  });

  it('finds by parts of phone and id', () => {
    assert.deepEqual(find('0441'), ['c3']);
    assert.deepEqual(find('a1'), ['a1']);
    assert.deepEqual(find('ORDER'), ['Order_2'], 'in any case');
    assert.deepEqual(find('no such'), []);
  });
  it('finds by a phone as people write it', () => {
    assert.deepEqual(find('+380'), ['c3']);
    assert.deepEqual(find('+380 (44) 111-22-33'), ['c3']);
  });
  it('finds by names of status and delivery error in both languages, in any case', () => {
    assert.deepEqual(find('delivered'), ['a1']);
    assert.deepEqual(find('ДОСТАВЛЕНО'), ['a1']);
    assert.deepEqual(find('offline'), ['Order_2']);
    assert.deepEqual(find('не В СЕТИ'), ['Order_2']);
    assert.deepEqual(find('unknown'), ['d4']);
    assert.deepEqual(find('неизвестная 177'), ['d4']);
  });
  it('finds by the account’s label, also of a removed one', async () => {
    assert.deepEqual(find('рАБОТ'), ['Order_2', 'a1', 'e5']);
    await store.accounts.remove('A');
    assert.deepEqual(find('работа'), ['Order_2', 'a1', 'e5']);
  });
  it('takes wildcards as they stand', () => {
    assert.deepEqual(find('%'), ['c3', 'd4']);
    assert.deepEqual(find('_'), ['Order_2', 'c3', 'd4']);
    assert.deepEqual(find('0%_o'), ['c3', 'd4']);
    assert.deepEqual(find("' OR 1 --"), []);
    assert.deepEqual(find('\\'), []);
  });
  it('wants all words, wherever they are found', () => {
    assert.deepEqual(find('7999 работа delivered'), ['a1']);
    assert.deepEqual(find('7999 off delivered'), []);
    assert.deepEqual(find('  '), ['Order_2', 'a1', 'c3', 'd4', 'e5']);
  });
  it('finds by state and account', () => {
    const { history } = store;
    const states = (...wanted: ('pending' | 'delivered' | 'failed' | 'unknown' | 'problem')[]) =>
      idsOf(history.messages({ states: wanted, ...all })).sort();
    assert.deepEqual(states('delivered'), ['a1']);
    assert.deepEqual(states('failed', 'pending'), ['Order_2', 'c3']);
    assert.deepEqual(states('unknown'), ['d4']);
    assert.deepEqual(states('problem'), ['e5']);
    assert.deepEqual(states(), []);
    assert.deepEqual(idsOf(history.messages({ account: 'B', text: '7999', ...all })), ['d4']);
  });
  it('counts what it finds', () => {
    const { history } = store;
    assert.equal(history.count({ text: '7999', states: ['delivered', 'failed'] }), 2);
    assert.equal(history.count({ account: 'B' }), 2);
  });
  it('follows a message whose report changes', async () => {
    await store.history.record(answered(message('e5'), 1, second));
    assert.deepEqual(find('delivered'), ['a1', 'e5']);
    await store.history.record(failed(message('e5'), 2 * second));
    assert.deepEqual(idsOf(store.history.messages({ states: ['problem'], ...all })), []);
  });
});
