import type { Failure } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { Change, Origin } from './types.ts';

/** A message that is checked again and again until its status is final. Times are Unix milliseconds. */
export interface Watch {
  message: Message;
  /** Where it was started. */
  origin: Origin;
  startedAt: number;
  /** When the message's life is taken to be over: the check that comes then is the last. */
  endsAt: number;
  progress: Progress;
  /** Set while a window makes the check; then `nextAt` is when another window may take it over. */
  lease?: string;
}

/** How far a watch has come. */
export interface Progress {
  /** When the next check is due. */
  nextAt: number;
  /** Checks that were answered, so far. */
  attempts: number;
  /** Checks in a row that the service did not answer. */
  failures: number;
  /** Why the last check brought no report. */
  failure?: Failure;
}

export type NewWatch = Pick<Watch, 'message' | 'origin' | 'startedAt' | 'endsAt'> & { nextAt: number };

/** A watch whose next check is this window's to make, until the lease has run out. */
export type Claimed = Watch & { lease: string };

/**
 * The watches of all windows. A due check belongs to the window that claimed it: a lease names each claim, so what a
 * window writes after another has taken over is refused. Reading is synchronous and quick.
 */
export interface Watches {
  /** The one that is due first comes first. */
  all(): Watch[];
  find(message: Message): Watch | undefined;
  count(): number;
  /** When each account's next check is due. */
  due(): Map<string, number>;
  /** Those that are watched already are left as they are; resolves to the number of new ones. */
  start(watches: readonly NewWatch[]): Promise<number>;
  /** Takes the check of this account that has been due the longest, for as long as until `leaseUntil`. */
  claim(account: string, now: number, leaseUntil: number): Promise<Claimed | undefined>;
  /** Lengthens a claim. Resolves to `false` when it is lost: another window took over, or the watch ended. */
  renew(claimed: Claimed, leaseUntil: number): Promise<boolean>;
  /** Gives a claimed check back with what came of it; `false` when it was lost. */
  settle(claimed: Claimed, progress: Progress): Promise<boolean>;
  /** Ends a watch; `false` when somebody else did, or when it is claimed otherwise than given. */
  end(watch: Watch | Claimed): Promise<boolean>;
  /** Ends the watches of these messages, whoever holds them. */
  stop(messages: readonly Message[]): Promise<void>;
  /** No check of this account is allowed before `until`: those that nobody holds wait as long. */
  hold(account: string, until: number, failure: Failure): Promise<void>;
  /** What was held of this account may go on. */
  resume(account: string, now: number): Promise<void>;
}

/** Whether a failure, or a missing secret, forbids every check, so that a watch can only wait to be allowed again. */
export function isHold(failure: Failure | undefined): boolean {
  return failure?.reason === 'credentials' || failure?.reason === 'blocked';
}

/** What to tell when the watches of these messages changed. */
export function changeOf(messages: readonly Message[]): Change {
  const [message, ...others] = messages;
  return message !== undefined && others.length === 0 ? { kind: 'message', message } : { kind: 'everything' };
}
