/** How fast a batch goes, by what it did lately. */
export interface Pace {
  /** One more is done. */
  step(): void;
  /** How many a second; absent until that can be told. */
  perSecond(): number | undefined;
  /** Milliseconds until `left` more are done, at that rate. */
  leftMs(left: number): number | undefined;
}

/** How far back is looked, in milliseconds: long enough to be calm, short enough to follow a change. */
const windowMs = 10_000;
/** Before that many milliseconds a rate would be a guess. */
const soonestMs = 500;

/** @param now Unix milliseconds */
export function createPace(now: () => number): Pace {
  const startedAt = now();
  /** Steps by second, so that a long batch keeps a short list. */
  const seconds: { second: number; steps: number }[] = [];
  const perSecond = (): number | undefined => {
    const time = now();
    const span = Math.min(time - startedAt, windowMs);
    const from = Math.floor((time - windowMs) / 1000);
    const steps = seconds.reduce((sum, entry) => (entry.second > from ? sum + entry.steps : sum), 0);
    return span < soonestMs || steps === 0 ? undefined : (steps * 1000) / span;
  };
  return {
    step() {
      const second = Math.floor(now() / 1000);
      const last = seconds.at(-1);
      if (last?.second === second) last.steps++;
      else seconds.push({ second, steps: 1 });
      if (seconds.length > windowMs / 1000 + 2) seconds.shift();
    },
    perSecond,
    leftMs(left) {
      const rate = perSecond();
      return rate === undefined ? undefined : (left / rate) * 1000;
    },
  };
}

/** Milliseconds that so many checks take at least, when each takes `eachMs` and so many are under way at once. */
export function shortestMs(count: number, eachMs: number, atOnce: number): number {
  return Math.ceil(count / atOnce) * eachMs;
}
