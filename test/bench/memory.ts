import { startFastService } from '../support/fastService.ts';
import { keptWhileChecking } from '../support/heap.ts';
import type { Figure } from './figure.ts';

const counts = [2_000, 10_000] as const;

/** What checks leave behind in memory. */
export async function measureMemory(folder: string): Promise<Figure[]> {
  const service = await startFastService();
  try {
    const [early = 0, late = 0] = await keptWhileChecking(folder, service.url, counts);
    const [from, to] = counts;
    return [
      { key: 'memory_kept_mb', what: `memory kept after ${from} checks`, value: early / 1e6, unit: 'MB' },
      {
        key: 'memory_growth_mb',
        what: `more after ${to}`,
        value: (late - early) / 1e6,
        unit: 'MB',
        aim: '≤ 1',
      },
    ];
  } finally {
    await service.close();
  }
}
