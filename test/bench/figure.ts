/** One thing that was measured. */
export interface Figure {
  /** Its name in the JSON. */
  key: string;
  what: string;
  value: number;
  unit: string;
  aim?: string;
}

/** Milliseconds that a task takes. */
export async function timed(task: () => unknown): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

/** The middle one of some values. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that nine of ten do not exceed. */
export function ninetieth(values: readonly number[]): number {
  return quantile(values, 0.9);
}

/** The value that 95 of a hundred do not exceed. */
export function ninetyFifth(values: readonly number[]): number {
  return quantile(values, 0.95);
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
