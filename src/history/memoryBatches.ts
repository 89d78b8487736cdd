import { type Batch, type Batches, keptBatches } from './batches.ts';

/** Batches of this session alone. `forget` goes with clearing the history. */
export function createMemoryBatches(): Batches & { forget: (account?: string) => void } {
  const kept = new Map<string, Batch>();
  const newestFirst = (): Batch[] =>
    [...kept.values()].sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? -1 : 1));
  return {
    save(batch) {
      kept.set(batch.id, batch);
      for (const { id } of newestFirst().slice(keptBatches)) kept.delete(id);
      return Promise.resolve();
    },
    load: (id) => kept.get(id),
    latest: () => newestFirst().map(({ messages, ...batch }) => ({ ...batch, count: messages.length })),
    forget(account) {
      for (const { id, account: of } of [...kept.values()]) {
        if (account === undefined || account === of) kept.delete(id);
      }
    },
  };
}
