import type { MessageName } from '../smsc/message.ts';

/** A list of messages that is checked as one. What became of each stands in the history, not here. */
export interface Batch {
  id: string;
  account: string;
  /** Where the list came from, such as a file's name. */
  source: string;
  /** When it was started: what was checked since then was checked for it. Unix milliseconds. */
  createdAt: number;
  messages: MessageName[];
}

/** Batches that were started, so that they can be taken up again after a cancel, a reload or a crash. */
export interface Batches {
  save(batch: Batch): Promise<void>;
  load(id: string): Batch | undefined;
  /** Newest first, without their messages. */
  latest(): BatchSummary[];
}

/** A batch without its messages. */
export interface BatchSummary extends Omit<Batch, 'messages'> {
  count: number;
}

/** So many batches are kept, the newest ones. */
export const keptBatches = 20;
