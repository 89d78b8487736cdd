import type { Failure } from '../smsc/errors.ts';
import type { Message } from '../smsc/message.ts';
import type { DetailLevel, Report, StatusKind } from '../smsc/report.ts';
import type { Exchange } from '../smsc/service.ts';
import type { Batches } from './batches.ts';
import type { Ledger } from './ledger.ts';
import type { Watches } from './watches.ts';

/** Where a check was started. */
export type Origin =
  | 'prompt'
  | 'tree'
  | 'panel'
  | 'notification'
  | 'arguments'
  | 'agent'
  | 'link'
  | 'batch'
  | 'watch'
  | 'terminal'
  | 'editor';

/** Where a message stood when a check was started from a file: its address, and the line counted from 0. */
export interface FilePlace {
  uri: string;
  line: number;
}

export type Outcome = { ok: true; report: Report } | { ok: false; failure: Failure };

/** One request for a message's status, and its answer or its failure. Times are Unix milliseconds. */
export interface Check {
  message: Message;
  startedAt: number;
  /** Of the exchange itself, waiting for a turn not counted. */
  durationMs: number;
  detail: DetailLevel;
  origin: Origin;
  /** Stays on this machine: exports leave it out, for paths are private. */
  place?: FilePlace;
  outcome: Outcome;
}

/** A message as its checks left it: one row of the history view. */
export interface MessageSummary {
  message: Message;
  firstCheckedAt: number;
  lastCheckedAt: number;
  /** How many checks are kept. */
  checks: number;
  last: Outcome;
  /** The last report, also when later checks failed. */
  lastReport?: Report;
  /** That of the last check which had one. */
  place?: FilePlace;
}

/** `problem` is a message of which no check brought a report. */
export type MessageState = StatusKind | 'problem';

export interface MessageQuery {
  /**
   * Parts of phone, id, account label or the name of status or delivery error in either language, separated by
   * spaces: all must be found, in any case.
   */
  text?: string;
  states?: readonly MessageState[];
  account?: string;
  /** Continues after the last summary of the page before. */
  after?: Pick<MessageSummary, 'lastCheckedAt' | 'message'>;
  limit: number;
}

/** What is kept: both limits hold at once. 0 is no limit. */
export interface Retention {
  days: number;
  messages: number;
}

/**
 * The checks that were made. Reading is synchronous and quick; writing may wait for another window and is not.
 * Every view draws from here.
 */
export interface History {
  /** Keeps a check; the exchange replaces the one kept for its message. */
  record(check: Check, exchange?: Exchange): Promise<void>;
  /** Newest first. */
  messages(query: MessageQuery): MessageSummary[];
  count(query: Omit<MessageQuery, 'limit' | 'after'>): number;
  summary(message: Message): MessageSummary | undefined;
  /** The checks of one message, oldest first, the newest `limit` of them. */
  checks(message: Message, limit: number): Check[];
  exchange(message: Message): Exchange | undefined;
  /**
   * Removes every trace of one message: its checks, its exchange, its watch and its rows in batches, on the disk too.
   * The ledger of requests keeps a fingerprint of it until it expires. `clear` does so with every message, or with
   * those of one account.
   */
  forget(message: Message): Promise<void>;
  clear(account?: string): Promise<void>;
  /** Removes what `retention` does not cover, in short steps; resolves to the number of checks removed. */
  prune(retention: Retention, now: number): Promise<number>;
}

/** How an account's secret is kept. `demo` has none. */
export type SecretPlace = 'keyring' | 'session' | 'environment' | 'demo';

/** The public half of an account. */
export interface Account {
  id: string;
  label: string;
  /** Absent for an account with an API key. */
  login?: string;
  endpoint: string;
  secret: SecretPlace;
  createdAt: number;
  usedAt: number;
}

export interface Accounts {
  /** In order of label. */
  all(): Account[];
  /** Adds, or replaces the one with the same id. */
  save(account: Account): Promise<void>;
  /** Removes the account and its watches. Its label is remembered as long as messages of it are kept. */
  remove(id: string): Promise<void>;
  /** The label of an account, also of a removed one. */
  label(id: string): string | undefined;
}

/** What changed, in this window or in another. */
export type Change = { kind: 'message'; message: Message } | { kind: 'everything' } | { kind: 'accounts' };

/** Why a store is not on disk. */
export type MemoryCause = 'sqliteMissing' | 'folder' | 'locked' | 'damaged' | 'newer';

/** How much is kept, and where. */
export interface StoreSize {
  messages: number;
  checks: number;
  /** The folder on the disk, and the bytes of all of the history's files in it; absent where it is in memory. */
  disk?: { folder: string; bytes: number };
}

/** Why something could not be written to a store on disk; `folder` stands for its disk and rights. */
export type WriteCause = 'full' | 'locked' | 'damaged' | 'folder';

/** What is kept beyond this window. */
export interface Store {
  history: History;
  accounts: Accounts;
  ledger: Ledger;
  watches: Watches;
  batches: Batches;
  measure(): Promise<StoreSize>;
  /** Set when nothing is kept beyond this session, with the reason. */
  memory?: MemoryCause;
  /** Set when the file was damaged: the name under which it was put aside before a new one was begun. */
  setAside?: string;
  /** Tells of every change, in this window or in another; returns the function that stops it. */
  onDidChange(listener: (change: Change) => void): () => void;
  close(): void;
}
