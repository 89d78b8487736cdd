import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
export const collect = runInNewContext('gc') as () => void;

/** Of Node 24, and not yet in the types of Node 22. */
const { threadCpuUsage } = process as unknown as {
  threadCpuUsage: () => { user: number; system: number };
};

export interface Cost {
  /** The longest time that the event loop was busy without a break, in milliseconds of this thread's CPU time. */
  blockedMs: number;
  /** How much more memory was in use than before, at the most, in MB. */
  memoryMb: number;
}

/**
 * What a task costs the thread that it shares with everything else. CPU time, not the clock: what other programs do at
 * the same time does not count.
 */
export async function costOf(task: () => Promise<unknown>): Promise<Cost> {
  const before = memory();
  const cost: Cost = { blockedMs: 0, memoryMb: 0 };
  let running = true;
  let last = cpu();
  const look = (): void => {
    const now = cpu();
    cost.blockedMs = Math.max(cost.blockedMs, now - last);
    cost.memoryMb = Math.max(cost.memoryMb, (memory() - before) / 1e6);
    last = cpu();
  };
  const watch = (): void => {
    if (!running) return;
    look();
    setImmediate(watch);
  };
  setImmediate(watch);
  await task();
  // What is still to be done in this turn of the loop counts as well.
  await new Promise((resolve) => setImmediate(resolve));
  running = false;
  look();
  return cost;
}

function cpu(): number {
  const { user, system } = threadCpuUsage();
  return (user + system) / 1000;
}

function memory(): number {
  const { used_heap_size: heap, external_memory: external } = getHeapStatistics();
  return heap + external;
}

/** What a task makes this process print or warn of. */
export async function heard<T>(task: () => Promise<T>): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  const warn = (warning: Error): number => lines.push(String(warning.stack));
  const streams = [process.stdout, process.stderr].map((stream) => ({
    stream,
    write: stream.write.bind(stream),
  }));
  for (const { stream } of streams) stream.write = (text: unknown) => lines.push(String(text)) > 0;
  process.on('warning', warn);
  try {
    return { result: await task(), lines };
  } finally {
    process.off('warning', warn);
    for (const { stream, write } of streams) stream.write = write;
  }
}
