import { setTimeout as pause } from 'node:timers/promises';

/** Asks again and again until the answer is neither `undefined` nor `false`. @returns that answer */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  timeout = 20_000,
): Promise<T> {
  const end = performance.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (performance.now() > end) {
      throw new Error(`Waited ${timeout / 1000} s in vain: ${what}`);
    }
    await pause(50);
  }
}
