/** What a status means for the sender. `unknown` is a code outside the documented tables. */
export type StatusKind = 'pending' | 'delivered' | 'failed' | 'unknown';

export interface Status {
  /** SMSC's number, e.g. 1. */
  code: number;
  /** SMSC's English name, e.g. "Delivered"; for an unknown code "Unknown status 77". */
  name: string;
  kind: StatusKind;
  /** Whether this status will not turn into another kind any more. */
  final: boolean;
}

export interface DeliveryError {
  /** SMSC's number, e.g. 6; never 0. */
  code: number;
  /** SMSC's English name, e.g. "Subscriber is offline". */
  name: string;
}

/** A good answer of `get_status` or `get_status2`. Times are ISO 8601 in UTC with milliseconds. */
export interface StatusAnswer {
  status: Status;
  deliveryError?: DeliveryError;
  /** When the status last changed. */
  changedAt?: string;
  sentAt?: string;
  /** Every field of the answer as received, by its SMSC name; a repeated field's values stand on lines of their own. */
  fields: Record<string, string>;
}

/** What a check brought. Plain JSON: other extensions and coding agents get it as it stands. */
export interface Report extends StatusAnswer {
  /** The account's id in this program, not its login. */
  account: string;
  phone: string;
  id: string;
  /** When the answer was received: ISO 8601 in UTC with milliseconds. */
  checkedAt: string;
}

/** How much the service is asked to tell: its parameter `all`. */
export type DetailLevel = 0 | 1 | 2;
