import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';
import type { HistoryCosts } from './historyOf.ts';

const sizes = [100, 1000, 10_000, 100_000];
const largest = Math.max(...sizes);

/** What the history costs when it is small and when it is large: a page of the tree, one more check, memory, file. */
export async function measureHistory(folder: string): Promise<Figure[]> {
  const program = path.join(import.meta.dirname, '../bench/historyOf.js');
  const figures: Figure[] = [];
  for (const size of sizes) {
    const args = ['--expose-gc', '--no-warnings', program, path.join(folder, String(size)), String(size)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    figures.push(...figuresOf(size, JSON.parse(stdout) as HistoryCosts));
  }
  return figures;
}

function figuresOf(size: number, costs: HistoryCosts): Figure[] {
  const figure = (name: string, what: string, value: number, unit: string, aim: string): Figure => ({
    key: `history_${size}_${name}`,
    what,
    value,
    unit,
    ...(size === largest && aim !== '' && { aim }),
  });
  return [
    figure('first_page_ms', `${size} checks: first page, cold`, costs.firstPageMs, 'ms', '≤ 30'),
    figure('page_ms', 'first page, warm (median)', costs.pageMs, 'ms', ''),
    figure('insert_ms', 'one more check (median)', costs.insertMs, 'ms', '≤ 1'),
    figure('insert_p90_ms', 'one more check (90 %)', costs.insert90Ms, 'ms', ''),
    figure('memory_mb', 'memory more than when empty', costs.memoryMb, 'MB', '≤ 15'),
    figure('file_mb', 'file', costs.fileMb, 'MB', ''),
  ];
}
