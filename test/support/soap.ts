import assert from 'node:assert/strict';
import { createClient, type ClientOptions } from '../../src/smsc/client.ts';
import { type Failure, failureOf, SmscError } from '../../src/smsc/errors.ts';
import type { SmscClient } from '../../src/smsc/service.ts';
import { http } from './server.ts';

/** A SOAP answer around what stands in its Body. */
export function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns1="https://smsc.ru/sys/soap.php">' +
    `<SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
  );
}

/** The answer of `get_status` with these fields, e.g. `<status>1</status>`. */
export function statusEnvelope(fields: string): string {
  return envelope(`<ns1:StatusResponse><statusresult>${fields}</statusresult></ns1:StatusResponse>`);
}

export const delivered = statusEnvelope(
  '<status>1</status><last_date>01.02.2024 15:00:00</last_date><last_timestamp>1706788800</last_timestamp><err>0</err>',
);

/** A SOAP fault, with the status that SOAP 1.1 prescribes for it. */
export function fault(text: string): Buffer {
  const content = `<faultcode>SOAP-ENV:Server</faultcode><faultstring>${text}</faultstring>`;
  return http(envelope(`<SOAP-ENV:Fault>${content}</SOAP-ENV:Fault>`), { status: 500 });
}

export const message = { phone: '79991234567', id: '1234' };

/** A client that may take its time, since the machine may be busy. */
export function clientFor(endpoint: string, options: Partial<ClientOptions> = {}): SmscClient {
  return createClient({
    endpoint,
    credentials: { kind: 'password', login: 'alice', password: 'wonderland' },
    timeoutMs: 20_000,
    ...options,
  });
}

/** What a promise rejects with, which must be an error of ours and hold nothing but its facts. */
export async function failureFrom(promise: Promise<unknown>): Promise<Failure> {
  const error: unknown = await promise.then(
    () => assert.fail('It should have been rejected.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SmscError, `not an SmscError: ${String(error)}`);
  assert.equal(error.cause, undefined);
  return failureOf(error);
}
