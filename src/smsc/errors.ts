/** Why a request brought no report. Other programs rely on these words; sentences for people are made elsewhere. */
export const reasons = [
  'input',
  'noAccount',
  'parameters',
  'credentials',
  'notFound',
  'blocked',
  'tooMany',
  'timeout',
  'cancelled',
  'network',
  'protocol',
] as const;
export type Reason = (typeof reasons)[number];

/** What exactly went wrong below a `network` or `protocol` failure. */
export const details = [
  // network
  'dns',
  'refused',
  'unreachable',
  'reset',
  'certificate',
  'proxy',
  // protocol
  'redirect',
  'tooLarge',
  'charset',
  'html',
  'json',
  'empty',
  'malformed',
  'fault',
  'namespace',
  'http',
  'echo',
  // credentials and blocked, when no request was sent at all: the limiter holds it, or the secret is not to be had
  'held',
  'secret',
] as const;
export type Detail = (typeof details)[number];

export interface FailureFacts {
  /** SMSC's own number, where the service gave one (smscentre.com API, "error"). */
  code?: number;
  detail?: Detail;
  /** HTTP status of the answer, where there was one and it matters. */
  httpStatus?: number;
  /** Seconds after which asking again makes sense. */
  retryAfter?: number;
}

/** A failure as it is kept and shown: a reason and facts, never a raw error and never the service's words. */
export interface Failure extends FailureFacts {
  reason: Reason;
}

/**
 * The one error of this program. It carries a reason and numbers, not a sentence, and no cause: a raw transport
 * error may hold the request, and the request holds the password.
 */
export class SmscError extends Error implements Failure {
  readonly reason: Reason;
  readonly code?: number;
  readonly detail?: Detail;
  readonly httpStatus?: number;
  readonly retryAfter?: number;

  constructor(reason: Reason, facts: FailureFacts = {}) {
    const code = facts.code === undefined ? '' : ` (SMSC error ${facts.code})`;
    const detail = facts.detail === undefined ? '' : `: ${facts.detail}`;
    super(`${reason}${detail}${code}`);
    this.name = 'SmscError';
    this.reason = reason;
    if (facts.code !== undefined) this.code = facts.code;
    if (facts.detail !== undefined) this.detail = facts.detail;
    if (facts.httpStatus !== undefined) this.httpStatus = facts.httpStatus;
    if (facts.retryAfter !== undefined) this.retryAfter = facts.retryAfter;
  }
}

/** The facts of an error, to keep or to show. Whatever is not ours is a `protocol` failure without words. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof SmscError)) {
    return { reason: isAbort(error) ? 'cancelled' : 'protocol' };
  }
  const { reason, code, detail, httpStatus, retryAfter } = error;
  return {
    reason,
    ...(code !== undefined && { code }),
    ...(detail !== undefined && { detail }),
    ...(httpStatus !== undefined && { httpStatus }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** The error itself when it is ours, else one of ours that stands for it and holds nothing of it. */
export function typed(error: unknown): SmscError {
  return error instanceof SmscError ? error : new SmscError(failureOf(error).reason);
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
