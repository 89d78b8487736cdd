import assert from 'node:assert/strict';
import { keptBatches, type Batch } from '../../../src/history/batches.ts';
import { describeStores, noon } from './stores.ts';

const batch = (id: string, more: Partial<Batch> = {}): Batch => ({
  ...{ id, account: 'A', source: `${id}.csv`, createdAt: noon },
  messages: [
    { phone: '79991234567', id: '007' },
    { phone: '79991234567', id: '7' },
  ],
  ...more,
});

describeStores('batches', (open) => {
  it('are kept as they are', async () => {
    const { batches } = await open();
    await batches.save(batch('one'));
    assert.deepEqual(batches.load('one'), batch('one'));
    assert.equal(batches.load('two'), undefined);
  });

  it('are listed newest first, and the oldest go', async () => {
    const { batches } = await open();
    for (let number = 0; number < keptBatches + 2; number++) {
      await batches.save(batch(String(number), { createdAt: noon + number }));
    }
    const latest = batches.latest();
    assert.equal(latest.length, keptBatches);
    const { messages, ...rest } = batch(String(keptBatches + 1), { createdAt: noon + keptBatches + 1 });
    assert.deepEqual(latest[0], { ...rest, count: messages.length });
    assert.equal(batches.load('0'), undefined);
  });

  it('lose a message that is forgotten, and go when it was their only one', async () => {
    const { batches, history } = await open();
    const only = [{ phone: '79991234567', id: '007' }];
    await batches.save(batch('both'));
    await batches.save(batch('only', { messages: only }));
    await batches.save(batch('others', { account: 'B', messages: only }));
    await history.forget({ account: 'A', phone: '79991234567', id: '007' });
    assert.deepEqual(batches.load('both')?.messages, [{ phone: '79991234567', id: '7' }]);
    assert.equal(batches.load('only'), undefined);
    assert.deepEqual(batches.load('others')?.messages, only);
    assert.deepEqual(
      batches
        .latest()
        .map(({ id, count }) => `${id} ${count}`)
        .sort(),
      ['both 1', 'others 1'],
    );
  });

  it('go with the history, of all accounts or of one', async () => {
    const { batches, history } = await open();
    await batches.save(batch('one'));
    await batches.save(batch('two', { account: 'B' }));
    await history.clear('A');
    assert.deepEqual(
      batches.latest().map(({ id }) => id),
      ['two'],
    );
    await history.clear();
    assert.deepEqual(batches.latest(), []);
  });
});
