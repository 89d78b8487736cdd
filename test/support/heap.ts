import { setImmediate as breathe } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createClient } from '../../src/smsc/client.ts';
import { openStore } from '../../src/history/store.ts';
import { createTracker } from '../../src/tracking/tracker.ts';

/** What this thread's program keeps, in bytes, after all that nobody needs has gone. */
export async function keptBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await breathe();
    collect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** How many checks are under way at once, as many as SMSC allows. */
const atOnce = 4;

/**
 * Checks one message after the other on the way of the product: tracker, limiter, client, history in a file.
 * @param url of a service that answers whatever it is asked
 * @param counts of checks after which it is looked at what is kept
 * @returns the bytes that are kept then
 */
export async function keptWhileChecking(
  folder: string,
  url: string,
  counts: readonly number[],
): Promise<number[]> {
  const store = await openStore(folder);
  const [login, password] = ['alice', 'wonderland'];
  const client = createClient({ endpoint: url, credentials: { kind: 'password', login, password } });
  const tracker = createTracker({
    history: store.history,
    isKnown: (message) => store.history.summary(message) !== undefined,
    ledger: store.ledger,
    watches: store.watches,
    clientOf: () => Promise.resolve({ client, host: 'heap', login }),
  });
  let done = 0;
  const checkUntil = async (count: number): Promise<void> => {
    while (done < count) {
      done += 1;
      const message = { account: 'A', phone: String(79_990_000_000 + done), id: String(done) };
      await tracker.check(message, { origin: 'batch', detail: 2 });
      tracker.state(message);
    }
  };
  try {
    const kept: number[] = [];
    for (const count of counts) {
      await Promise.all(Array.from({ length: atOnce }, () => checkUntil(count)));
      kept.push(await keptBytes());
    }
    return kept;
  } finally {
    tracker.dispose();
    store.close();
  }
}
