import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openStore } from '../../src/history/store.ts';
import { createClient } from '../../src/smsc/client.ts';
import type { Message } from '../../src/smsc/message.ts';
import { runBatch } from '../../src/tracking/batch.ts';
import { limits } from '../../src/tracking/limits.ts';
import { createTracker } from '../../src/tracking/tracker.ts';
import type { SmscClient } from '../../src/smsc/service.ts';
import { median, ninetieth, timed, type Figure } from './figure.ts';

const count = 500;
const latencyMs = 50;

/**
 * 500 messages against a service that takes 50 ms, in a process of its own: the rate against what four at once allow,
 * and against four callers that do nothing but ask.
 */
export async function measureBatch(folder: string): Promise<Figure[]> {
  const { service, url, login, password } = await startService();
  const store = await openStore(folder);
  const client = createClient({ endpoint: url, credentials: { kind: 'password', login, password } });
  const tracker = createTracker({
    history: store.history,
    ledger: store.ledger,
    clientOf: () => Promise.resolve({ client, host: 'bench', login }),
  });
  try {
    await client.getStatus({ phone: '79999999999', id: '999' });
    const roundTripMs = await roundTrip(url);
    const bare = await timed(() => askFourAtOnce(client));
    const idle = await slowness(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    let reports = 0;
    const started = performance.now();
    const late = await slowness(() =>
      runBatch(
        messages(),
        { tracker, now: Date.now, onSettled: ({ kind }) => (reports += kind === 'report' ? 1 : 0) },
        new AbortController().signal,
      ),
    );
    const took = performance.now() - started;
    if (reports !== count) throw new Error(`${reports} of ${count} messages were answered`);
    const shortest = (count / limits.inFlight) * roundTripMs;
    const share = (of: number): number => (of / took) * 100;
    return [
      {
        key: 'batch_per_s',
        what: `batch of ${count}, ${latencyMs} ms each`,
        value: (count / took) * 1000,
        unit: '/s',
      },
      { key: 'round_trip_ms', what: 'a raw POST to that service (median)', value: roundTripMs, unit: 'ms' },
      {
        key: 'batch_share',
        what: 'of what 4 in flight allow at that',
        value: share(shortest),
        unit: '%',
        aim: '≥ 95',
      },
      {
        key: 'batch_share_of_bare',
        what: 'of what 4 bare callers reach here',
        value: share(bare),
        unit: '%',
      },
      { key: 'batch_late_ms', what: 'how late a timer is meanwhile (90 %)', value: late, unit: 'ms' },
      { key: 'idle_late_ms', what: 'how late a timer is otherwise (90 %)', value: idle, unit: 'ms' },
    ];
  } finally {
    tracker.dispose();
    store.close();
    service.kill();
  }
}

/** The simulator as `npm run simulator` starts it: its work is not ours. */
async function startService(): Promise<{
  service: ReturnType<typeof spawn>;
  url: string;
  login: string;
  password: string;
}> {
  const program = path.join(import.meta.dirname, '..', 'simulator.js');
  const args = [program, '--json', '--latency', String(latencyMs)];
  const service = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(service.stdout), 'line')) as [string];
  return { service, ...(JSON.parse(line) as { url: string; login: string; password: string }) };
}

/** What one request takes that nobody's code is in: Node's HTTP, the loopback, and the service. In milliseconds. */
async function roundTrip(url: string): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < 40; sample++) {
    times.push(
      await timed(async () => {
        const posting = request(url, { method: 'POST', headers: { connection: 'keep-alive' } });
        posting.end(envelope(new URL(url).origin + new URL(url).pathname, sample));
        const [answer] = (await once(posting, 'response')) as [IncomingMessage];
        await once(answer.resume(), 'end');
      }),
    );
  }
  return median(times);
}

function envelope(namespace: string, number: number): string {
  return `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>
    <s:status xmlns:s="${namespace}"><login>alex</login><psw>123</psw><phone>79991110001</phone>
    <id>live-${1_500_000_000 + number}</id></s:status></soap:Body></soap:Envelope>`;
}

/** The same requests without tracker, limiter and history. */
async function askFourAtOnce(client: SmscClient): Promise<void> {
  const rest = messages();
  const caller = async (): Promise<void> => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      await client.getStatus({ phone: next.phone, id: next.id.replace('17', '16'), detail: 2 });
    }
  };
  await Promise.all(Array.from({ length: limits.inFlight }, caller));
}

function messages(): Message[] {
  return Array.from({ length: count }, (_, index) => ({
    account: 'bench',
    phone: '79991110001',
    id: `live-${1_700_000_000 + index}`,
  }));
}

const tickMs = 10;

/** How late timers come while a task runs: 90 % of them are no later, in milliseconds. */
async function slowness(task: () => Promise<unknown>): Promise<number> {
  const delays: number[] = [];
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    delays.push(Math.max(0, now - last - tickMs));
    last = now;
  }, tickMs);
  try {
    await task();
  } finally {
    clearInterval(timer);
  }
  return ninetieth(delays);
}
