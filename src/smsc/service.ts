import type { MessageName } from './message.ts';
import type { DetailLevel, StatusAnswer } from './report.ts';

export interface StatusRequest extends MessageName {
  /** The parameter `all`; 0 when absent. */
  detail?: DetailLevel;
  /** `name=value&name=value`, URL-encoded: given (even empty), `get_status2` is called instead of `get_status`. */
  query?: string;
}

/** One request and its answer as they crossed the network, safe to show. */
export interface Exchange {
  /** The request's envelope with placeholders where login, password and key stood. */
  request: string;
  /** The answer's text, decoded; absent when none came. */
  answer?: string;
  httpStatus?: number;
}

export interface CallOptions {
  signal?: AbortSignal;
  /** Told once per request, also when it failed. */
  onExchange?: (exchange: Exchange) => void;
}

export interface Balance {
  /** As the service gave it, e.g. "116.392". */
  balance: string;
}

/** A place where the live WSDL says something else than the bundled contract. */
export type ContractDifference =
  | { kind: 'namespace'; expected: string; found: string }
  | { kind: 'operationMissing' | 'operationAdded'; operation: string }
  | { kind: 'elementName'; operation: string; part: 'request' | 'answer'; expected: string; found: string }
  | { kind: 'fieldMissing' | 'fieldAdded'; operation: string; part: 'request' | 'answer'; field: string }
  | { kind: 'fieldOrder'; operation: string; part: 'request' | 'answer' }
  | { kind: 'soapAction'; operation: string; expected: string; found: string };

/**
 * SMSC over SOAP, for one account. Every method rejects with `SmscError` and with nothing else.
 * Own limits are not kept here: the caller keeps them.
 */
export interface SmscClient {
  getStatus(request: StatusRequest, options?: CallOptions): Promise<StatusAnswer>;
  getBalance(options?: CallOptions): Promise<Balance>;
  /** Reads the live WSDL and says where it differs from the bundled one. Sends no credentials. */
  compareContract(signal?: AbortSignal): Promise<ContractDifference[]>;
}
