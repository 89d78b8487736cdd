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
