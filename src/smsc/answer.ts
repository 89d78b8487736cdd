import { deliveryErrorInfo, type Method, requestErrorInfo, statusInfo } from './codes.ts';
import { type Detail, SmscError } from './errors.ts';
import { isHarmful } from './guard.ts';
import type { StatusAnswer } from './report.ts';
import type { Balance } from './service.ts';
import { momentOf } from './time.ts';

/** The fields of an answer, by SMSC's names, as text. */
export type Fields = Record<string, string>;

/** Where node-soap puts an element's attributes. No element can have such a name. */
export const attributesKey = '$attributes';
/** Where it puts the text of an element that has attributes. */
const textKey = '$value';

/** The answers known nest one level deep; what goes on and on is not one. */
const maxDepth = 8;
/** Names of fields within fields are joined: long ones would grow beyond the answer itself. */
const maxName = 500;

/** The status in which the service hides the error "message not found", and that error. */
const notFoundStatus = -3;
const notFoundError = 3;

/**
 * Refuses an answer that is no XML, or that node-soap must not see.
 * @throws SmscError `protocol`; `http` where the status already says that something went wrong
 */
export function assertReadable(text: string, httpStatus: number): void {
  const problem = problemOf(text);
  if (problem === undefined) return;
  assertSuccess(httpStatus);
  throw new SmscError('protocol', { detail: problem });
}

/** @throws SmscError `protocol`, `http` for an HTTP error */
export function assertSuccess(httpStatus: number): void {
  if (httpStatus >= 400) throw new SmscError('protocol', { detail: 'http', httpStatus });
}

/** How web pages begin, also those that have no regular start, behind comments or not. */
const pageStart =
  /^(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head|body|script|meta|title)\b/i;

function problemOf(text: string): Detail | undefined {
  const start = text.trimStart();
  if (start === '') return 'empty';
  if (/^[{[]/.test(start)) return 'json';
  if (pageStart.test(start)) return 'html';
  return !start.startsWith('<') || isHarmful(start) ? 'malformed' : undefined;
}

/**
 * Takes the fields out of what node-soap made of an answer, whatever that is. A field that comes several times keeps
 * its values on lines of their own; a field within a field goes by both names, with a dot between.
 * @param result what node-soap resolved with
 * @param name the element that holds the fields, e.g. `statusresult`
 * @throws SmscError `protocol`, `empty` or `malformed`
 */
export function fieldsOf(result: unknown, name: string): Fields {
  const content = propertyOf(result, name);
  if (content === undefined && isRecord(result) && !isEmptyEnvelope(result)) {
    throw new SmscError('protocol', { detail: 'malformed' });
  }
  const fields = new Map<string, string>();
  if (isRecord(content)) collect(content, '', fields, 0);
  if (fields.size === 0) throw new SmscError('protocol', { detail: 'empty' });
  return Object.fromEntries(fields);
}

/** node-soap resolves with the envelope itself when there is nothing in its body. */
function isEmptyEnvelope(result: Record<string, unknown>): boolean {
  return Object.keys(result).every((key) => ['Header', 'Body', attributesKey].includes(key)) && !result.Body;
}

function collect(content: unknown, name: string, fields: Map<string, string>, depth: number): void {
  if (depth > maxDepth || name.length > maxName) throw new SmscError('protocol', { detail: 'malformed' });
  if (Array.isArray(content)) {
    for (const item of content) collect(item, name, fields, depth + 1);
    return;
  }
  const children = isRecord(content) ? Object.entries(content).filter(([key]) => !key.startsWith('$')) : [];
  for (const [key, child] of children) {
    collect(child, name === '' ? key : `${name}.${key}`, fields, depth + 1);
  }
  if (name === '' || children.length > 0) return;
  const text = isRecord(content) ? content[textKey] : content;
  const value = typeof text === 'string' || typeof text === 'number' ? String(text) : '';
  const before = fields.get(name);
  fields.set(name, before === undefined ? value : `${before}\n${value}`);
}

/**
 * Reads the fields of a status answer.
 * @throws SmscError with SMSC's code where the request failed; `protocol`, `malformed` where no status stands
 */
export function statusAnswerOf(fields: Fields): StatusAnswer {
  throwRequestError('status', fields.error);
  const code = integerOf(fields.status);
  if (code === undefined) throw new SmscError('protocol', { detail: 'malformed' });
  if (code === notFoundStatus) throw requestError('status', notFoundError);

  const { kind, final, name } = statusInfo(code);
  const err = integerOf(fields.err) ?? 0;
  const changedAt = momentOf(firstLine(fields.last_timestamp), firstLine(fields.last_date));
  const sentAt = momentOf(firstLine(fields.send_timestamp), firstLine(fields.send_date));
  return {
    status: { code, name: name.en, kind, final },
    ...(err !== 0 && { deliveryError: { code: err, name: deliveryErrorInfo(err).name.en } }),
    ...(changedAt !== undefined && { changedAt }),
    ...(sentAt !== undefined && { sentAt }),
    fields,
  };
}

/**
 * Reads the fields of a balance answer.
 * @throws SmscError with SMSC's code where the request failed; `protocol`, `malformed` where no balance stands
 */
export function balanceOf(fields: Fields): Balance {
  throwRequestError('balance', fields.error);
  const balance = firstLine(fields.balance);
  if (balance === '') throw new SmscError('protocol', { detail: 'malformed' });
  return { balance };
}

/** An absent, an empty and a zero `error` mean that the request succeeded, and go before everything else. */
function throwRequestError(method: Method, error: string | undefined): void {
  const code = integerOf(error);
  if (code !== undefined && code !== 0) throw requestError(method, code);
  if (code === undefined && firstLine(error) !== '') throw new SmscError('protocol', { detail: 'malformed' });
}

function requestError(method: Method, code: number): SmscError {
  return new SmscError(requestErrorInfo(method, code).reason, { code });
}

/**
 * The failure behind whatever the way of a request threw: ours as it is, a SOAP fault, an HTTP error, else an answer
 * that node-soap cannot read. What was thrown goes no further: node-soap puts request and answer into its errors.
 */
export function failureOfAnswer(thrown: unknown, httpStatus: number): SmscError {
  if (thrown instanceof SmscError) return thrown;
  const fault = ['root', 'Envelope', 'Body', 'Fault'].reduce(propertyOf, thrown);
  if (fault !== undefined) {
    const unknownProcedure = /procedure\b.*\bnot present/is.test(textOf(propertyOf(fault, 'faultstring')));
    return new SmscError('protocol', { detail: unknownProcedure ? 'namespace' : 'fault' });
  }
  return httpStatus >= 400
    ? new SmscError('protocol', { detail: 'http', httpStatus })
    : new SmscError('protocol', { detail: 'malformed' });
}

/** The first value of a field that has one, without the space around it. */
function firstLine(text = ''): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? '';
}

function integerOf(text: string | undefined): number | undefined {
  const digits = firstLine(text);
  return /^[+-]?\d{1,9}$/.test(digits) ? Number(digits) : undefined;
}

function textOf(content: unknown): string {
  const text = isRecord(content) ? content[textKey] : content;
  return typeof text === 'string' ? text : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A property of the object's own: nothing of an answer is looked up along a prototype. */
function propertyOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
