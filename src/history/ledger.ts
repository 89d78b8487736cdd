import type { Failure } from '../smsc/errors.ts';

/**
 * The ledger of requests: what every window has sent lately, and what the service thought of it. It only keeps facts
 * and hands them out; which request may be sent is decided by the function that the caller brings, inside one
 * transaction, so that two windows never take the same place. Times are Unix milliseconds.
 */
export interface Ledger {
  /**
   * Shows `decide` how the limits are used. When it says `go`, the request is entered, and its pass must be settled.
   * When it says to wait for a turn, the other windows are told so.
   */
  claim(request: Subject, decide: (usage: Usage) => Decision): Promise<Claim>;
  /** The login's credentials changed: what the service thought of the old ones no longer counts. */
  forgive(host: string, login: string, now: number): Promise<void>;
}

/** What the service counts a request by. */
export interface Subject {
  /** Host (and port) of the endpoint. */
  host: string;
  login: string;
  /** What is asked about: a message, by the fingerprint of `phone/id`, or the balance. */
  about: string;
}

export type Decision = Go | Wait | Refuse;

export interface Go {
  kind: 'go';
  startedAt: number;
  /** When the request is certainly over, even if its window dies. */
  expiresAt: number;
  /** Until when the entry matters if nobody settles it. */
  keepUntil: number;
}

export interface Wait {
  kind: 'wait';
  /** When it makes sense to ask again. */
  until: number;
  /** What has to wait: the requests about the same, or all of the login. */
  whom: 'subject' | 'login';
  /** Set when the window waits for a place among those in flight: since when, and when it last asked. */
  turn?: { since: number; seenAt: number };
}

export interface Refuse {
  kind: 'refuse';
  failure: Failure;
}

export type Claim = { decision: Wait | Refuse } | { decision: Go; pass: Pass };

/** One request under way. Settling it a second time does nothing. */
export interface Pass {
  settle(judge: (before: Judged) => Verdict): Promise<void>;
}

/** What the service thought of the host and the login when a request ended. */
export interface Judged {
  standing: AccountStanding;
  block?: Block;
}

/** How a request ended. `unsent` is one that never reached the service: its entry is taken back. */
export type Verdict = { kind: 'unsent' } | Ended;

export interface Ended {
  kind: 'ended';
  endedAt: number;
  /** SMSC's `error`, 0 when the request succeeded; absent when no answer came. */
  code?: number;
  /** We did not wait for the answer. */
  hungUp?: boolean;
  /** Until when the entry matters. */
  keepUntil: number;
  standing: AccountStanding;
  /** Absent when the host does not block. */
  block?: Block;
}

/** What the service thinks of a login. */
export interface AccountStanding {
  state: 'unproven' | 'proven' | 'refused';
  /** When the service last said so. */
  at: number;
  /** When its credentials last changed: what was sent before says nothing of the present ones. */
  since: number;
}

/** The service blocked this machine's address: `strikes` times in a row. */
export interface Block {
  until: number;
  strikes: number;
}

/** One request as the ledger remembers it. */
export interface Entry {
  window: string;
  login: string;
  startedAt: number;
  /** Absent while it is under way, or when its window died. */
  endedAt?: number;
  expiresAt: number;
  code?: number;
  hungUp?: boolean;
}

/** A request of which no answer is known: under way or lost. */
export interface OpenEntry extends Entry {
  standing: AccountStanding;
}

/** Another window whose next request waits for a place among those in flight. */
export interface Waiting {
  window: string;
  since: number;
  /** When it last asked. A window that died stops asking. */
  seenAt: number;
}

/** How the limits are used, as far as they concern one request. */
export interface Usage {
  /** The window that asks. */
  window: string;
  /** Requests of this login about the same thing. */
  about: Entry[];
  /** Requests to this host without an answer, of any login. */
  open: OpenEntry[];
  /** Requests to this host that were answered with error 2, of any login. */
  refusals: Entry[];
  standing: AccountStanding;
  block?: Block;
  /** Other windows that wait for a place on this login. */
  waiting: Waiting[];
}

/** A login of which nothing is known. */
export const unproven: AccountStanding = { state: 'unproven', at: 0, since: 0 };
