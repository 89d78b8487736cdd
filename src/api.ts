/**
 * What this extension offers to other extensions. Types alone, and nothing imported: copy this file into yours.
 *
 * ```ts
 * const smsc = extensions.getExtension<SmscExports>('sms-delivery.smsc-status');
 * const api = await (await smsc?.activate())?.getApi(1);
 * const report = await api?.watch({ phone: '79991234567', id: '1234' });
 * ```
 *
 * It asks nothing and shows nothing, keeps SMSC's limits together with everything else that checks, and writes each
 * check to the history. No part of it tells a login, a password or a key. Text in `fields` is other people's words.
 */
export interface SmscExports {
  /** Rejects when this version of the extension does not have that version of the API. */
  getApi: (version: 1) => Promise<SmscApi>;
}

export interface SmscApi {
  readonly version: 1;
  /** Makes one request. Rejects with `SmscApiError`; with `cancelled` when the signal aborts. */
  check(request: CheckRequest, signal?: AbortSignal): Promise<Report>;
  /** Checks a list, as fast as the limits allow; each message stands in one of the three, once. */
  checkMany(messages: readonly MessageName[], options?: { account?: string }): Promise<CheckedMany>;
  /**
   * Watches a message until its status is final, and resolves to that report, whichever window made the check.
   * Rejects with `SmscApiError`: `cancelled` when the watch was stopped or the signal aborts (which leaves the watch
   * itself alone: see `stopWatching`), `timeout` when its time was over, otherwise why it was given up. The promise
   * does not live through a reload of the window, but the watch does: calling again joins it.
   */
  watch(message: MessageRequest, signal?: AbortSignal): Promise<Report>;
  stopWatching(message: MessageRequest): Promise<void>;
  /** A check was made in this window, whoever asked for it. Returns what ends the subscription. */
  onDidCheck(listener: (event: CheckEvent) => void): { dispose(): void };
}

/** A message's ID is text: `007` is not `7`. */
export interface MessageName {
  /** With or without "+", 5 to 16 digits. */
  phone: string;
  /** 1 to 40 of `A-Z a-z 0-9 . - _`. */
  id: string;
}

export interface MessageRequest extends MessageName {
  /** An account's id or label; the active account when there is none. */
  account?: string;
}

export interface CheckRequest extends MessageRequest {
  /** How much the service is asked to tell: its parameter `all`. 0 unless given. */
  detail?: 0 | 1 | 2;
  /** Given, `get_status2` is called with it: `name=value&name=value`, URL-encoded. `del` is refused. */
  query?: string;
  /** `false`: over a limit, reject at once with `tooMany` and `retryAfter` instead of waiting. */
  wait?: boolean;
}

/** Plain JSON. Times are ISO 8601 in UTC with milliseconds. */
export interface Report {
  /** The account's id in the extension, not its login. */
  account: string;
  phone: string;
  id: string;
  checkedAt: string;
  status: {
    code: number;
    /** SMSC's English name, e.g. "Delivered". */
    name: string;
    /** `unknown` is a code that SMSC has not documented. */
    kind: 'pending' | 'delivered' | 'failed' | 'unknown';
    /** Whether this status will not turn into another kind any more. */
    final: boolean;
  };
  /** Why it was not delivered (yet). */
  deliveryError?: { code: number; name: string };
  changedAt?: string;
  sentAt?: string;
  /** Every field of the answer as received, by its SMSC name. */
  fields: Record<string, string>;
}

export interface CheckedMany {
  reports: Report[];
  notFound: MessageName[];
  failed: (MessageName & { reason: Reason })[];
}

export type CheckEvent = { ok: true; report: Report } | (MessageRequest & { ok: false; reason: Reason });

export type Reason =
  | 'input'
  | 'noAccount'
  | 'parameters'
  | 'credentials'
  | 'notFound'
  | 'blocked'
  | 'tooMany'
  | 'timeout'
  | 'cancelled'
  | 'network'
  | 'protocol';

/** What the promises reject with. */
export interface SmscApiError extends Error {
  reason: Reason;
  /** SMSC's own number, where it gave one. */
  code?: number;
  /** Seconds after which asking again makes sense. */
  retryAfter?: number;
}
