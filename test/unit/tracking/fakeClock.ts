import { setImmediate as breathe } from 'node:timers/promises';
import { SmscError } from '../../../src/smsc/errors.ts';
import type { Clock } from '../../../src/tracking/types.ts';

/** A clock that stands still until it is turned. */
export interface FakeClock extends Clock {
  /** Moves on, stopping at everything that was to happen on the way. */
  advance(ms: number): Promise<void>;
  /** Moves on to the next thing that is to happen; `false` when there is none. */
  next(): Promise<boolean>;
  /** How many are waiting. */
  waiting(): number;
  set(now: number): void;
}

interface Alarm {
  at: number;
  ring(): void;
}

/** Long enough for promises to settle that wait for nothing but each other. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await breathe();
}

export function createFakeClock(start = Date.UTC(2025, 0, 15, 12)): FakeClock {
  let now = start;
  const alarms = new Set<Alarm>();
  const first = () => [...alarms].sort((a, b) => a.at - b.at)[0];
  async function ring(alarm: Alarm): Promise<void> {
    alarms.delete(alarm);
    now = Math.max(now, alarm.at);
    alarm.ring();
    await settled();
  }
  return {
    now: () => now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const cancel = () => {
          alarms.delete(alarm);
          reject(new SmscError('cancelled'));
        };
        const alarm: Alarm = {
          at: now + ms,
          ring() {
            signal?.removeEventListener('abort', cancel);
            resolve();
          },
        };
        if (signal?.aborted) return cancel();
        signal?.addEventListener('abort', cancel, { once: true });
        alarms.add(alarm);
      }),
    async advance(ms) {
      await settled();
      const end = now + ms;
      for (let alarm = first(); alarm && alarm.at <= end; alarm = first()) await ring(alarm);
      now = end;
      await settled();
    },
    async next() {
      await settled();
      const alarm = first();
      if (alarm) await ring(alarm);
      return alarm !== undefined;
    },
    waiting: () => alarms.size,
    set(to) {
      now = to;
    },
  };
}
