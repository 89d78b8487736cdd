import { type Credentials, parseEndpoint } from './account.ts';
import {
  assertReadable,
  assertSuccess,
  balanceOf,
  failureOfAnswer,
  type Fields,
  fieldsOf,
  statusAnswerOf,
} from './answer.ts';
import { bundledContract, differences, readContract, targetNamespaceOf, wsdlFor } from './contract.ts';
import { decode } from './decode.ts';
import { SmscError } from './errors.ts';
import { parseId, parsePhone } from './message.ts';
import { deletes } from './query.ts';
import { accountFields, placeholderFields, refuseEcho, secretsOf } from './secrets.ts';
import type { CallOptions, Exchange, SmscClient, StatusRequest } from './service.ts';
import { bind, type Binding, type Carry, type OperationName } from './soap.ts';
import { exchange } from './transport.ts';

export interface ClientOptions {
  /** The address of `soap.php`. */
  endpoint: string;
  credentials: Credentials;
  /** How long a call may take in all, in milliseconds; 15,000 when absent. A function is asked at each call. */
  timeoutMs?: number | (() => number);
  userAgent?: string;
}

/** A call of the service, without the account. */
interface Call {
  operation: OperationName;
  fields: Fields;
  /** The element of the answer that holds its fields. */
  result: 'statusresult' | 'balanceresult';
  /** Whether asking twice does no harm. */
  repeatable: boolean;
}

/** What bounds a call, all of its requests together. */
interface Bounds {
  deadline: number;
  signal: AbortSignal | undefined;
}

/**
 * Makes the client of one account.
 * @throws SmscError `input` when the endpoint is not an address that a password may be sent to
 */
export function createClient({
  endpoint,
  credentials,
  timeoutMs = 15_000,
  userAgent = 'smsc-status',
}: ClientOptions): SmscClient {
  const parsed = parseEndpoint(endpoint);
  if (!parsed.ok) throw new SmscError('input');
  const address = parsed.value;
  // A secret that is also a word of the contract stands in every answer and tells nothing.
  const wsdl = wsdlFor(address, address);
  const secrets = secretsOf(credentials).filter((secret) => !wsdl.includes(secret));
  const headers = { 'User-Agent': userAgent.replace(/[^\x20-\x7e]/g, '') };

  /** What worked last. At first it is assumed that the namespace is the address, as the service makes it. */
  let current: Binding | undefined;

  function boundsOf(signal: AbortSignal | undefined): Bounds {
    if (signal?.aborted) throw new SmscError('cancelled');
    const milliseconds = typeof timeoutMs === 'function' ? timeoutMs() : timeoutMs;
    return { deadline: performance.now() + milliseconds, signal };
  }

  /** Makes a call, once more where the service turns out to use another namespace. */
  async function perform(call: Call, options: CallOptions = {}): Promise<Fields> {
    const bounds = boundsOf(options.signal);
    const binding = (current ??= await bind(address, address));
    try {
      return await send(binding, call, bounds, options);
    } catch (error) {
      if (!(error instanceof SmscError && error.detail === 'namespace')) throw error;
      const namespace = await liveNamespace(bounds);
      if (namespace === undefined || namespace === binding.namespace) throw error;
      const learnt = await bind(namespace, address);
      const fields = await send(learnt, call, bounds, options);
      current = learnt;
      return fields;
    }
  }

  /** One request and its answer. */
  async function send(
    binding: Binding,
    { operation, fields, result, repeatable }: Call,
    bounds: Bounds,
    { onExchange }: CallOptions,
  ): Promise<Fields> {
    // One that is also a part of the question tells nothing either.
    const telling = secrets.filter(
      (secret) => !Object.values(fields).some((value) => value.includes(secret)),
    );
    const seen: Omit<Exchange, 'request'> = {};
    const carry: Carry = async (envelope) => {
      const { status, contentType, body } = await exchange({
        url: address,
        headers: {
          ...headers,
          'Content-Type': 'text/xml; charset=utf-8',
          SOAPAction: `"${binding.namespace}"`,
        },
        body: envelope,
        repeatable,
        ...bounds,
      });
      seen.httpStatus = status;
      const text = decode(body, contentType);
      refuseEcho(text, telling);
      seen.answer = text;
      assertReadable(text, status);
      return { status, text };
    };
    const rendered =
      onExchange && binding.render(operation, { ...placeholderFields(credentials), ...fields });
    try {
      const answer = await binding.call(operation, { ...accountFields(credentials), ...fields }, carry);
      assertSuccess(seen.httpStatus ?? 0);
      const found = fieldsOf(answer, result);
      // Once more: comments and CDATA sections can hide in the text what stands in the fields.
      refuseEcho(Object.entries(found).flat().join('\n'), telling);
      return found;
    } catch (error) {
      const failure = failureOfAnswer(error, seen.httpStatus ?? 0);
      if (failure.detail === 'echo') delete seen.answer;
      throw failure;
    } finally {
      if (rendered !== undefined) onExchange?.({ request: rendered, ...seen });
    }
  }

  async function liveNamespace(bounds: Bounds): Promise<string | undefined> {
    try {
      return targetNamespaceOf(await liveWsdl(bounds));
    } catch (error) {
      if (error instanceof SmscError && error.reason === 'protocol') return undefined;
      throw error;
    }
  }

  /** The live WSDL, as text: asked for without credentials, and no import or address in it is followed. */
  async function liveWsdl(bounds: Bounds): Promise<string> {
    const { status, contentType, body } = await exchange({
      url: `${address}?wsdl`,
      headers,
      repeatable: true,
      ...bounds,
    });
    assertSuccess(status);
    const text = decode(body, contentType);
    refuseEcho(text, secrets);
    assertReadable(text, status);
    return text;
  }

  return {
    async getStatus(request, options) {
      return statusAnswerOf(await perform(statusCall(request), options));
    },
    async getBalance(options) {
      return balanceOf(await perform(balanceCall, options));
    },
    async compareContract(signal) {
      const live = readContract(await liveWsdl(boundsOf(signal)));
      if (!live) throw new SmscError('protocol', { detail: 'malformed' });
      return differences(bundledContract(), live, address);
    },
  };
}

const balanceCall: Call = {
  operation: 'get_balance',
  fields: {},
  result: 'balanceresult',
  repeatable: true,
};

function statusCall({ phone, id, detail = 0, query }: StatusRequest): Call {
  const number = parsePhone(phone);
  const name = parseId(id);
  if (!number.ok || !name.ok) throw new SmscError('input');
  const fields = { phone: number.value, id: name.value, all: String(detail) };
  const result = 'statusresult';
  if (query === undefined) return { operation: 'get_status', fields, result, repeatable: true };
  // A lost request may have deleted the message all the same, and a second one would not find it.
  const repeatable = !deletes(query);
  return { operation: 'get_status2', fields: { ...fields, query }, result, repeatable };
}
