import { openStore } from '../../src/history/store.ts';
import { startSimulator } from '../../src/simulator/server.ts';
import { createClient } from '../../src/smsc/client.ts';
import type { Message } from '../../src/smsc/message.ts';
import { runBatch } from '../../src/tracking/batch.ts';
import { limits } from '../../src/tracking/limits.ts';
import { createTracker } from '../../src/tracking/tracker.ts';
import { ninetieth, type Figure } from './figure.ts';

const count = 500;
const latencyMs = 50;
const login = 'alex';
const password = '123';

/** 500 messages against a service that takes 50 ms: the rate against what four at once allow. */
export async function measureBatch(folder: string): Promise<Figure[]> {
  const simulator = await startSimulator({ latencyMs });
  const store = await openStore(folder);
  const client = createClient({
    endpoint: simulator.url,
    credentials: { kind: 'password', login, password },
  });
  const tracker = createTracker({
    history: store.history,
    ledger: store.ledger,
    clientOf: () => Promise.resolve({ client, host: 'bench', login }),
  });
  try {
    await client.getStatus({ phone: '79999999999', id: '999' });
    const alone = await slowness(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    let settled = 0;
    const started = performance.now();
    const delay = await slowness(() =>
      runBatch(
        messages(),
        { tracker, now: Date.now, onSettled: () => settled++ },
        new AbortController().signal,
      ),
    );
    const took = performance.now() - started;
    if (settled !== count || simulator.violations.length > 0) {
      throw new Error(`${settled} of ${count} settled, ${simulator.violations.length} limits broken`);
    }
    const shortest = (count / limits.inFlight) * latencyMs;
    return [
      {
        key: 'batch_per_s',
        what: `batch of ${count}, ${latencyMs} ms each`,
        value: count / (took / 1000),
        unit: '/s',
      },
      {
        key: 'batch_share',
        what: 'of what 4 in flight allow',
        value: (shortest / took) * 100,
        unit: '%',
        aim: '≥ 95',
      },
      { key: 'batch_loop_delay_ms', what: 'how late a timer is meanwhile (90 %)', value: delay, unit: 'ms' },
      { key: 'idle_loop_delay_ms', what: 'how late a timer is otherwise (90 %)', value: alone, unit: 'ms' },
      {
        key: 'batch_violations',
        what: 'limits broken, counted by the service',
        value: simulator.violations.length,
        unit: '',
        aim: '0',
      },
    ];
  } finally {
    tracker.dispose();
    store.close();
    await simulator.close();
  }
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
