import { execFile } from 'node:child_process';
import http from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createClient } from '../../src/smsc/client.ts';
import { bind } from '../../src/smsc/soap.ts';
import { startFastService } from '../support/fastService.ts';
import { delivered } from '../support/soap.ts';
import { median, timed, type Figure } from './figure.ts';

const rounds = 1500;
const warmUp = 500;
const starts = 9;

const message = { login: 'alice', psw: 'wonderland', phone: '79991234567', id: '1234', all: '0' };
/** node-soap with all that it brings along, not the part of it that is built into this program. */
interface NodeSoap {
  createClientAsync(
    wsdl: string,
    options?: object,
  ): Promise<{
    get_statusAsync(fields: object): Promise<[{ statusresult: { status: string } }]>;
  }>;
}

/** What a check costs next to a plain POST and next to node-soap as it comes, over loopback. */
export async function measureCheck(): Promise<Figure[]> {
  const service = await startFastService();
  try {
    return [...(await measureWarm(service.url)), ...(await measureFirst(service.url))];
  } finally {
    await service.close();
  }
}

async function measureWarm(url: string): Promise<Figure[]> {
  const client = createClient({
    endpoint: url,
    credentials: { kind: 'password', login: message.login, password: message.psw },
  });
  const requireNow = createRequire(import.meta.url);
  const soap = requireNow('soap') as NodeSoap;
  const kept = await soap.createClientAsync(`${url}?wsdl`);
  // The same bytes and headers as the client's.
  let request = '';
  await client.getStatus(message, { onExchange: (exchange) => (request = exchange.request) });
  const body = request.replace('{login}', message.login).replace('{password}', message.psw);

  const binding = await bind(url, url);
  const atOnce = { status: 200, text: delivered };
  const ways = {
    post: () => post(url, body),
    ours: () => client.getStatus(message),
    reading: () => binding.call('get_status', message, () => Promise.resolve(atOnce)),
    soap: () => kept.get_statusAsync(message),
    // As in a program that makes its client where it needs it.
    soapAgain: async () => {
      const fresh = await soap.createClientAsync(`${url}?wsdl`, { disableCache: true });
      await fresh.get_statusAsync(message);
    },
  };
  const names = Object.keys(ways) as (keyof typeof ways)[];
  const times: Record<keyof typeof ways, number[]> = {
    post: [],
    ours: [],
    reading: [],
    soap: [],
    soapAgain: [],
  };
  // One after the other in each round, so that whatever else the machine does falls on all alike.
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const name of names) {
      if (name === 'soapAgain' && round % 10 !== 0) continue;
      const taken = await timed(ways[name]);
      if (round >= warmUp) times[name].push(taken);
    }
  }
  const [raw, ours, reading, asItComes, again] = names.map((name) => median(times[name])) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return [
    { key: 'post_ms', what: 'a plain POST, warm (median)', value: raw, unit: 'ms' },
    { key: 'check_ms', what: 'a check, warm (median)', value: ours, unit: 'ms' },
    { key: 'reading_ms', what: 'of it node-soap: making and reading XML', value: reading, unit: 'ms' },
    { key: 'soap_ms', what: 'node-soap as it comes (median)', value: asItComes, unit: 'ms' },
    { key: 'soap_again_ms', what: 'the same, its WSDL fetched each time', value: again, unit: 'ms' },
    { key: 'check_by_post', what: 'a check / a plain POST', value: ours / raw, unit: 'x', aim: '≤ 2' },
    { key: 'soap_by_check', what: 'node-soap / a check', value: asItComes / ours, unit: 'x', aim: '≥ 3' },
    { key: 'soap_again_by_check', what: 'node-soap with its WSDL / a check', value: again / ours, unit: 'x' },
  ];
}

/** What any client has to do: one POST on a connection that is kept, and the answer's text. */
function post(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      Connection: 'keep-alive',
      'Content-Type': 'text/xml; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    };
    const request = http.request(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** What a piece of program takes, in milliseconds: on the clock, and of the CPU. */
interface Time {
  clock: number;
  cpu: number;
}

/** What the first check of a session takes on top of a first POST, in processes that have done nothing before. */
async function measureFirst(url: string): Promise<Figure[]> {
  const chunk = await clientChunk();
  const checks: Time[] = [];
  const posts: Time[] = [];
  for (let start = 0; start < starts; start += 1) {
    checks.push(
      await fresh(`
        const { createClient } = await import(${JSON.stringify(chunk)});
        const credentials = { kind: 'password', login: 'alice', password: 'wonderland' };
        await createClient({ endpoint: '${url}', credentials }).getStatus({ phone: '79991234567', id: '1234' });`),
    );
    posts.push(
      await fresh(`
        const http = await import('node:http');
        await new Promise((resolve) => {
          http.request('${url}', { method: 'POST' }, (response) => response.resume().on('end', resolve)).end('x');
        });`),
    );
  }
  const more = (kind: keyof Time): number =>
    median(checks.map((time) => time[kind])) - median(posts.map((time) => time[kind]));
  return [
    {
      key: 'first_check_ms',
      what: 'first check, on top of a first POST (median)',
      value: more('clock'),
      unit: 'ms',
      aim: '≤ 60',
    },
    { key: 'first_check_cpu_ms', what: 'the same, time of the CPU', value: more('cpu'), unit: 'ms' },
  ];
}

/** Runs a piece of program in a process of its own. */
async function fresh(program: string): Promise<Time> {
  const whole = `
    // What is loaded in every extension host.
    import 'node:crypto';
    import 'node:http';
    import 'node:https';
    const started = performance.now();
    const before = process.cpuUsage();
    ${program}
    const { user, system } = process.cpuUsage(before);
    console.log(JSON.stringify({ clock: performance.now() - started, cpu: (user + system) / 1000 }));
    process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', whole]);
  return JSON.parse(stdout) as Time;
}

/** The file of the built extension that holds the client. */
async function clientChunk(): Promise<string> {
  const folder = path.join(import.meta.dirname, '../../dist/chunks');
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (/^client-\w+\.cjs$/.test(name) && /\bcreateClient\b/.test(await readFile(file, 'utf8'))) {
      return pathToFileURL(file).href;
    }
  }
  throw new Error('The client is in no chunk of its own any more.');
}
