import type { FilePlace, Origin } from '../history/types.ts';
import type { Failure } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { DetailLevel, Report } from '../smsc/report.ts';
import type { Balance, ContractDifference, SmscClient } from '../smsc/service.ts';

export interface CheckOptions {
  origin: Origin;
  /** The file and line that the check came from. */
  place?: FilePlace;
  detail?: DetailLevel;
  /** Given, `get_status2` is called with it. */
  query?: string;
  /** `false`: over a limit, reject at once with `tooMany` and `retryAfter` instead of waiting. */
  wait?: boolean;
  /** The user wants the request sent although the account is held after error 2. */
  insist?: boolean;
}

/**
 * What is going on with a message right now, or will be. Times are Unix milliseconds. The turn of a check that waits comes at
 * `until` at the earliest; once that has passed, any moment.
 */
export type Activity =
  { kind: 'idle' } | { kind: 'waiting'; until: number } | { kind: 'checking'; since: number } | Watched;

/** Watched until its status is final; `failure` is why its last check brought no report. */
export interface Watched {
  kind: 'watched';
  nextAt: number;
  failure?: Failure;
}

/** An account's client, and the names that the service counts it by. */
export interface AccountClient {
  client: SmscClient;
  /** Host (and port) of the endpoint; one name for every window. */
  host: string;
  /** The login, or a digest of the key. */
  login: string;
}

/** Time as an argument, so that tests can turn it. */
export interface Clock {
  /** Unix milliseconds. */
  now(): number;
  /** Resolves after `ms`; rejects with `SmscError('cancelled')` when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The one funnel: nothing else calls the client, and nothing else writes checks to the history. */
export interface Tracker {
  /** Rejects with `SmscError`. Equal checks under way are one request; leaving aborts it when nobody else waits. */
  check(message: Message, options: CheckOptions, signal?: AbortSignal): Promise<Report>;
  /** Asks for the account's balance, within the service's limits. */
  balance(account: string, options?: { insist?: boolean }, signal?: AbortSignal): Promise<Balance>;
  /** Reads the live WSDL of the account's endpoint and says where it differs. Sends no credentials, counts for no limit. */
  compareContract(account: string, signal?: AbortSignal): Promise<ContractDifference[]>;
  /** What is going on with a message right now, or will be; also by another window's watch. */
  state(message: Message): Activity;
  /** The user changed the account's credentials: it may send again. */
  credentialsChanged(account: string): Promise<void>;
  /** Cancels what is going on for an account that goes away. */
  abandon(account: string): void;
  /** Told when `state` of a message changes; returns the function that stops it. */
  onDidChangeState(listener: (message: Message) => void): () => void;
  dispose(): void;
}
