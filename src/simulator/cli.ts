import { parseArgs } from 'node:util';
import { demoMessage } from './demo.ts';
import { lifeKinds, liveMessage } from './messages.ts';
import type { Simulator } from './server.ts';

export const usage = `SMSC on this machine: its SOAP service with a public login and messages of every kind.

Usage: npm run simulator -- [options]

  --port N       port to listen on (default: a free one)
  --host NAME    address to listen on (default: 127.0.0.1, which only this machine reaches)
  --latency MS   how long every answer takes, in milliseconds (default: 0)
  --json         print address, login and messages as one line of JSON
  --help         print this
`;

export interface Arguments {
  port: number;
  host: string;
  latencyMs: number;
  json: boolean;
  help: boolean;
}

/** Reads the command line; throws an error whose message is for the user. */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '0' },
      host: { type: 'string', default: '127.0.0.1' },
      latency: { type: 'string', default: '0' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    port: wholeNumber('--port', values.port, 65_535),
    host: values.host,
    latencyMs: wholeNumber('--latency', values.latency, 600_000),
    json: values.json,
    help: values.help,
  };
}

function wholeNumber(option: string, text: string, max: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) <= max) return Number(text);
  throw new Error(`${option} takes a whole number from 0 to ${max}, not "${text}"`);
}

/** One line for programs: the address, the login, and the messages whose state stays. */
export function toJson({ url, login, password, messages }: Simulator, now: number): string {
  const lasting = messages
    .filter(({ error }) => error === undefined)
    .map((message) => demoMessage(message, now))
    .map(({ phone, id, status, err }) => ({ phone, id, status, err }));
  return `${JSON.stringify({ url, login, password, messages: lasting })}\n`;
}

/** The same for people, with the messages that live and those that make a request fail. */
export function toText({ url, login, password, apiKey, messages }: Simulator, now: number): string {
  const row = (phone: string, id: string, what: string): string =>
    `  ${phone.padEnd(13)}${id.padEnd(23)}${what}\n`;
  const fixed = messages.map(({ phone, id, title }) => row(phone, id, title.en));
  const living = lifeKinds
    .map((kind) => ({ kind, ...liveMessage(kind, now) }))
    .map(({ kind, phone, title }) => row(phone, `${kind}-<Unix seconds>`, title.en));
  return [
    `SMSC simulator is ready: ${url}\n\n`,
    `  WSDL      ${url}?wsdl\n`,
    `  login     ${login}\n`,
    `  password  ${password}\n`,
    `  API key   ${apiKey} (as the password, with an empty login)\n\n`,
    row('Phone', 'ID', 'State'),
    ...fixed,
    '\nMessages that change, by the time in the ID; a message sent to such a phone fares alike:\n',
    ...living,
    '\nCtrl+C ends it.\n',
  ].join('');
}
