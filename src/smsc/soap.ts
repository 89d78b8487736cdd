import { createClientAsync, type IHttpClient } from 'soap';
import { attributesKey, type Fields } from './answer.ts';
import { wsdlFor } from './contract.ts';
import { SmscError } from './errors.ts';
import { escapeXml } from './xml.ts';

export type OperationName = 'get_status' | 'get_status2' | 'get_balance';

/** Takes an envelope to the service and brings the answer, as text, that node-soap shall read. */
export type Carry = (envelope: string) => Promise<{ status: number; text: string }>;

/** node-soap, made ready for the contract in one namespace. */
export interface Binding {
  namespace: string;
  /** The envelope that a call would send. */
  render(operation: OperationName, fields: Fields): string;
  /** Resolves with what node-soap makes of the answer, rejects with what it throws or what `carry` rejects with. */
  call(operation: OperationName, fields: Fields, carry: Carry): Promise<unknown>;
}

/** node-soap's form of an operation: its last argument comes to the HTTP client as it is. */
type Invoke = (fields: Fields, callback: Callback, options: { carry: Carry }) => void;
type Callback = (error: unknown, result: unknown) => void;

/** Stands in the place of node-soap's own transport: each call brings along the way that it shall take. */
const carrier = {
  request(
    _url: string,
    envelope: string,
    callback: (error: unknown, response?: { status: number }, body?: string) => void,
    _headers: unknown,
    { carry }: { carry: Carry },
  ): void {
    carry(envelope)
      .then(({ status, text }) => callback(null, { status }, text))
      // Also for answers at which node-soap itself stumbles: what it throws is no reason to wait for ever.
      .catch(callback);
  },
};

/**
 * Prepares node-soap for the bundled contract in a namespace. Needs no network. The fields of calls are kept apart,
 * so any number may be under way at once.
 * @throws SmscError `protocol`, `namespace` when it is none that a contract can have
 */
export async function bind(namespace: string, address: string): Promise<Binding> {
  // node-soap copies the namespace into envelopes as the WSDL's reader left it: it must be escaped once more.
  const wsdl = wsdlFor(escapeXml(namespace), escapeXml(address));
  const client = await createClientAsync(wsdl, {
    httpClient: carrier as unknown as IHttpClient,
    endpoint: address,
    disableCache: true,
    // Done here: node-soap lets a text pass that looks like a CDATA section.
    escapeXML: false,
    preserveWhitespace: true,
    attributesKey,
  }).catch(() => {
    throw new SmscError('protocol', { detail: 'namespace' });
  });
  const invoke = (name: OperationName, fields: Fields, carry: Carry, callback: Callback): void => {
    const escaped = Object.entries(fields).map(([key, value]) => [key, escapeXml(value)]);
    (client[name] as Invoke)(Object.fromEntries(escaped) as Fields, callback, { carry });
  };
  return {
    namespace,
    render(operation, fields) {
      let rendered = '';
      const keep: Carry = (envelope) => {
        rendered = envelope;
        return new Promise(() => undefined);
      };
      invoke(operation, fields, keep, () => undefined);
      return rendered;
    },
    call(operation, fields, carry) {
      return new Promise((resolve, reject) => {
        invoke(operation, fields, carry, (error, result) => {
          // Not always an Error, but nobody does more than look at it.
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
          if (error) reject(error);
          else resolve(result);
        });
      });
    },
  };
}
