import type { Message } from '../smsc/message.ts';
import { type Batch, type Batches, keptBatches } from './batches.ts';

/** Batches of this session alone, and how removing from the history takes from them. */
export interface MemoryBatches extends Batches {
  /** Forgets those of an account, or all. */
  forget(account?: string): void;
  /** Takes a message out of those that hold it. */
  forgetMessage(message: Message): void;
}

export function createMemoryBatches(): MemoryBatches {
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
    forgetMessage({ account, phone, id }) {
      for (const batch of [...kept.values()]) {
        if (batch.account !== account) continue;
        const messages = batch.messages.filter((name) => name.phone !== phone || name.id !== id);
        if (messages.length > 0) kept.set(batch.id, { ...batch, messages });
        else kept.delete(batch.id);
      }
    },
    forget(account) {
      for (const { id, account: of } of [...kept.values()]) {
        if (account === undefined || account === of) kept.delete(id);
      }
    },
  };
}
