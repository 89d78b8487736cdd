import type { Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import { stateOf } from './outcome.ts';
import type { MessageState, Outcome } from './types.ts';

/**
 * Where a message stands, finer than the history's filter: what SMSC does not know is kept apart from checks that
 * failed otherwise, and a batch has messages that it has not come to yet.
 */
export const messageStandings = [
  'delivered',
  'pending',
  'failed',
  'unknown',
  'notFound',
  'problem',
  'unchecked',
] as const satisfies readonly (MessageState | 'notFound' | 'unchecked')[];
export type MessageStanding = (typeof messageStandings)[number];

/** What is known of a message: a summary of the history is one, and so is a row of a batch. */
export interface Known {
  message: Message;
  /** The last check's outcome; absent before the first. */
  last?: Outcome;
  /** The last report, also when later checks failed. */
  lastReport?: Report;
  /** Unix milliseconds. */
  lastCheckedAt?: number;
  /** How many checks are kept. */
  checks?: number;
}

export function messageStandingOf({ last, lastReport }: Pick<Known, 'last' | 'lastReport'>): MessageStanding {
  if (lastReport !== undefined) return stateOf(lastReport);
  if (last === undefined) return 'unchecked';
  return !last.ok && last.failure.reason === 'notFound' ? 'notFound' : 'problem';
}
