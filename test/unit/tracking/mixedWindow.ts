import assert from 'node:assert/strict';
import { openStore } from '../../../src/history/store.ts';
import { createClient } from '../../../src/smsc/client.ts';
import { failureOf, type Reason } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import type { DetailLevel, Report } from '../../../src/smsc/report.ts';
import type { SmscClient } from '../../../src/smsc/service.ts';
import { runBatch, type Settled } from '../../../src/tracking/batch.ts';
import { systemClock } from '../../../src/tracking/clock.ts';
import { createTracker } from '../../../src/tracking/tracker.ts';
import type { Clock } from '../../../src/tracking/types.ts';
import { createWatcher } from '../../../src/tracking/watcher.ts';
import { type Part, say } from '../history/windows.ts';
import { randomFrom } from './random.ts';

const second = 1000;

/** How much quicker time goes by for all who take part: a minute lasts three seconds. */
const haste = 20;

/** How long a request may take, in hurried milliseconds: three seconds, for busy machines. */
const timeoutMs = 60 * second;

/** Batches take their messages from so many. */
export const poolSize = 40;

/** Each window watches so many messages, which nobody else starts to watch. */
export const watchedEach = 2;

/** Two accounts with one login: the service counts them together, the history keeps them apart. */
const accounts = ['A', 'B'] as const;

/** What a window says to the test, one line each. */
export type Said =
  /** Its client has this answer of the service. */
  | { kind: 'answered'; serial: string }
  | { kind: 'asked'; ask: number; wait: boolean }
  | { kind: 'got'; ask: number; outcome: 'report' | Reason; serial?: string }
  | { kind: 'watches'; message: Message }
  | { kind: 'ended'; message: Message; ending: string };

/** A clock that is the same in every process that is told when it began. */
export function hurriedClock(began: number): Clock {
  return {
    now: () => began + (Date.now() - began) * haste,
    wait: (ms, signal) => systemClock.wait(ms / haste, signal),
  };
}

/** A message that never changes. */
export const fixed = (index: number) => ({ phone: '79990000001', id: `fixed-${index}` });

/** A message on its way, one of those that the window of this number watches. */
export const onItsWay = (number: number, index: number) => ({
  phone: '79990000002',
  id: `way-${number}-${index}`,
});

/** What one window does: checks, a batch and watches, and then it waits until nothing is watched any more. */
export async function playWindow({
  folder,
  url = '',
  began = '',
  seed = '',
  number = '',
  login = 'alex',
}: Part) {
  const store = await openStore(folder);
  assert.equal(store.memory, undefined);
  const tell = (said: Said) => say(JSON.stringify(said));
  const random = randomFrom(Number(seed));
  const pick = <T>(all: readonly T[]) => all[random(all.length)] as T;
  const clock = hurriedClock(Number(began));
  const { watches } = store;

  const credentials = { kind: 'password', login, password: '123' } as const;
  const service = createClient({ endpoint: url, credentials, timeoutMs: timeoutMs / haste });
  /** Requests that were begun and are not in the history yet. */
  let open = 0;
  const client: SmscClient = {
    ...service,
    /** Hears every answer: in hurried time, the service could not notice soon enough that nobody waits. */
    async getStatus(request, { onExchange } = {}) {
      open++;
      const answer = await service.getStatus(request, { ...(onExchange && { onExchange }) });
      tell({ kind: 'answered', serial: serialOf(answer) });
      return answer;
    },
  };
  const tracker = createTracker({
    ledger: store.ledger,
    watches,
    clock,
    timeoutMs: () => timeoutMs,
    clientOf: () => Promise.resolve({ client, host: 'service', login }),
    history: {
      async record(check, exchange) {
        await store.history.record(check, exchange);
        open--;
      },
    },
    onRecordFailed: () => process.exit(1),
  });
  const watcher = createWatcher({
    ...{ watches, history: store.history, tracker, clock },
    onDidChange: (listener) => store.onDidChange(listener),
    plan: () => ({ intervalsMs: [2, 4, 8].map((seconds) => seconds * second), lifeMs: 3600 * second }),
  });
  watcher.onDidEnd(({ watch, ending }) =>
    tell({ kind: 'ended', message: watch.message, ending: ending.kind }),
  );

  let asks = 0;
  const got = (ask: number, report: Report) =>
    tell({ kind: 'got', ask, outcome: 'report', serial: serialOf(report) });
  const failed = (ask: number, outcome: Reason) => tell({ kind: 'got', ask, outcome });

  /** A check by hand, mostly of the few messages that everybody asks for. */
  async function checkOne(): Promise<void> {
    const wait = random(3) > 0;
    const name = onItsWay(1 + random(random(2) === 0 ? 2 : 5), random(watchedEach));
    const detail = random(3) as DetailLevel;
    const ask = ++asks;
    tell({ kind: 'asked', ask, wait });
    await tracker
      .check({ account: pick(accounts), ...name }, { origin: 'prompt', detail, wait })
      .then((report) => got(ask, report))
      .catch((error: unknown) => failed(ask, failureOf(error).reason));
  }

  async function checkMany(): Promise<void> {
    const account = pick(accounts);
    const first = random(poolSize);
    const messages = Array.from({ length: 15 + random(10) }, (_, index) => {
      const ask = ++asks;
      tell({ kind: 'asked', ask, wait: true });
      return { account, ...fixed((first + index) % poolSize), ask };
    });
    const parts = {
      tracker,
      now: () => clock.now(),
      onSettled(settled: Settled<(typeof messages)[number]>) {
        const { ask } = settled.message;
        if (settled.kind === 'report') got(ask, settled.report);
        else failed(ask, settled.kind === 'notFound' ? 'notFound' : settled.failure.reason);
      },
    };
    const end = await runBatch(messages, parts, new AbortController().signal);
    assert.equal(end.kind, 'finished');
  }

  async function watchOne(index: number): Promise<void> {
    const message = { account: pick(accounts), ...onItsWay(Number(number), index) };
    assert.equal(await watcher.start([message], 'prompt'), 1);
    tell({ kind: 'watches', message });
  }

  const doings = [
    checkMany,
    ...Array.from({ length: watchedEach }, (_, index) => () => watchOne(index)),
    ...Array.from({ length: 5 }, () => checkOne),
  ];
  // The last window only finishes what is left.
  if (number !== '') {
    await Promise.all(doings.map((doing) => clock.wait(random(20 * second)).then(doing)));
  }
  while (watches.count() > 0 || open > 0) await clock.wait(second);
  watcher.dispose();
  tracker.dispose();
  store.close();
}

/** The number that the service gave to an answer. */
export function serialOf({ fields }: Pick<Report, 'fields'>): string {
  const { serial } = fields;
  assert(serial !== undefined, 'every answer has its number');
  return serial;
}
