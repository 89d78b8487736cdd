import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { startSimulator } from '../../../src/simulator/server.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/server.ts';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  text: string;
}

/** Runs with a simulator of its own. */
export async function withSimulator<Result>(
  options: SimulatorOptions,
  run: (simulator: Simulator) => Promise<Result>,
): Promise<Result> {
  const simulator = await startSimulator(options);
  try {
    return await run(simulator);
  } finally {
    await simulator.close();
  }
}

/** A request as a program without any SOAP library would send it. */
export function fetchRaw(
  url: string,
  options: { method?: string; body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<RawAnswer> {
  const { method = 'POST', body = '', headers = {} } = options;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          bytes,
          text: bytes.toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** An envelope around an element in a namespace; its children are not in it. */
export function envelope(namespace: string, element: string, parameters: Record<string, string>): string {
  const children = Object.entries(parameters).map(([name, value]) => `<${name}>${value}</${name}>`);
  return (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>' +
    `<m:${element} xmlns:m="${namespace}">${children.join('')}</m:${element}></s:Body></s:Envelope>`
  );
}

/** Posts a call and returns the answer's fields in their order; login and password are the demo account's. */
export async function call(
  { url }: Simulator,
  element: string,
  parameters: Record<string, string> = {},
): Promise<[name: string, value: string][]> {
  const body = envelope(url, element, { login: 'alex', psw: '123', ...parameters });
  const { status, text } = await fetchRaw(url, {
    body,
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
  });
  if (status !== 200) throw new Error(`HTTP ${status}: ${text}`);
  return fieldsOf(text);
}

/** The innermost elements of an answer. */
export function fieldsOf(xml: string): [name: string, value: string][] {
  return [...xml.matchAll(/<([\w:.-]+)(?:\/>|>([^<]*)<\/\1>)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
}

/** The value of one field of an answer. */
export function field(fields: readonly (readonly [string, string])[], name: string): string | undefined {
  return fields.find(([other]) => other === name)?.[1];
}

/** Asks for a message's status: "status/err", or "error N". */
export async function statusOf(simulator: Simulator, phone: string, id: string): Promise<string> {
  const fields = await call(simulator, 'status', { phone, id });
  const error = field(fields, 'error');
  return error === undefined ? `${field(fields, 'status')}/${field(fields, 'err')}` : `error ${error}`;
}
