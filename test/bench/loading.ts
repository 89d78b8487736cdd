import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { median, type Figure } from './figure.ts';

const starts = 15;

/** What the extension costs before anything is asked of it, on its own: in processes that have done nothing before. */
export async function measureLoading(): Promise<Figure[]> {
  const program = path.join(import.meta.dirname, '../bench/loadingOf.js');
  const times: number[] = [];
  for (let start = 0; start < starts; start += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    times.push(Number(stdout));
  }
  return [
    {
      key: 'activation_ms',
      what: 'loading and activating, `vscode` stubbed (median)',
      value: median(times),
      unit: 'ms',
      aim: '≤ 5',
    },
  ];
}
