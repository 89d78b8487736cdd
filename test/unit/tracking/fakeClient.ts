import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/history/memory.ts';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import type { StatusAnswer } from '../../../src/smsc/report.ts';
import type { Balance, CallOptions, SmscClient, StatusRequest } from '../../../src/smsc/service.ts';
import { createTracker, type TrackerParts } from '../../../src/tracking/tracker.ts';
import type { CheckOptions } from '../../../src/tracking/types.ts';
import { createFakeClock, settled } from './fakeClock.ts';

export const message: Message = { account: 'A', phone: '79990000001', id: '1' };
export const another: Message = { ...message, id: '2' };
export const delivered: StatusAnswer = {
  status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
  fields: { status: '1' },
};
export const options: CheckOptions = { origin: 'prompt' };

/** A request that the client was asked to make, and the answer that the test gives it. */
interface Call<T> {
  request?: StatusRequest;
  options: CallOptions;
  answer(value: T): void;
  fail(error: Error): void;
}

/** A client whose requests the test answers. Like the real one it rejects when it is aborted. */
function createFakeClient() {
  const calls: Call<StatusAnswer>[] = [];
  const balances: Call<Balance>[] = [];
  const open = <T>(into: Call<T>[], callOptions: CallOptions = {}, request?: StatusRequest) =>
    new Promise<T>((resolve, reject) => {
      const { signal } = callOptions;
      signal?.addEventListener('abort', () => reject(new SmscError('cancelled')));
      into.push({ ...(request && { request }), options: callOptions, answer: resolve, fail: reject });
    });
  const client: SmscClient = {
    getStatus: (request, callOptions) => open(calls, callOptions, request),
    getBalance: (callOptions) => open(balances, callOptions),
    compareContract: () => Promise.resolve([]),
  };
  return { client, calls, balances };
}

export function start(more: Partial<TrackerParts> = {}) {
  const clock = createFakeClock();
  const store = createMemoryStore('sqliteMissing');
  const fake = createFakeClient();
  const tracker = createTracker({
    history: store.history,
    ledger: store.ledger,
    clientOf: (account) =>
      account === 'unknown'
        ? Promise.reject(new SmscError('noAccount'))
        : Promise.resolve({ client: fake.client, host: `${account}.test`, login: account }),
    clock,
    ...more,
  });
  const states: string[] = [];
  tracker.onDidChangeState((changed) => states.push(`${changed.id} ${tracker.state(changed).kind}`));
  const checks = (of = message) => store.history.checks(of, 1000);
  return { ...fake, clock, store, tracker, states, checks };
}

export function last<T>(all: T[]): T {
  const one = all.at(-1);
  assert(one);
  return one;
}

/** What became of a promise, to look at before it is settled. */
export function watch<T>(promise: Promise<T>) {
  const seen: { value?: T; error?: SmscError } = {};
  promise.then(
    (value) => (seen.value = value),
    (error: unknown) => (seen.error = error as SmscError),
  );
  return seen;
}

/** Uses up a message's minute. */
export async function checkFiveTimes(
  { tracker, calls }: ReturnType<typeof start>,
  of: Message = message,
): Promise<void> {
  for (let count = 0; count < 5; count++) {
    const checked = tracker.check(of, options);
    await settled();
    last(calls).answer(delivered);
    await checked;
  }
}
