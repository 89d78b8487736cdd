import type { Reason } from '../errors.ts';
import type { StatusKind } from '../report.ts';

/** A text in both languages of the service. */
export interface Bilingual {
  en: string;
  ru: string;
}

/** What stands in the answer's field `status`: how far the message has come. */
export interface StatusInfo {
  code: number;
  kind: StatusKind;
  /** Whether the message will not change into another kind any more. */
  final: boolean;
  /** SMSC's own name of it. */
  name: Bilingual;
  /** A clause in lower case that can follow a headline and a colon. */
  cause: Bilingual;
  /** What to do, in one or two sentences. */
  advice: Bilingual;
}

/** What stands in the answer's field `err`: why the message was not delivered. */
export interface DeliveryErrorInfo {
  code: number;
  name: Bilingual;
  /** A clause in lower case that can follow "Not delivered: ". */
  cause: Bilingual;
  advice: Bilingual;
}

/** A kind of request. The field `error` means something else in each of them. */
export type Method = 'status' | 'balance' | 'send' | 'cost';

/** What stands in the answer's field `error`: why the request itself failed. */
export interface RequestErrorInfo {
  code: number;
  reason: Reason;
  name: Bilingual;
  /** A clause in lower case that can follow a headline and a colon. */
  cause: Bilingual;
  advice: Bilingual;
}
