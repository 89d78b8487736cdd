/**
 * Measures what the design promises: in plain Node, over loopback, and the batch panel in the real VS Code. Figures
 * only: what a machine can do is no test.
 *
 *   npm run bench              one table
 *   npm run bench -- --json    and one JSON object on the last line
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureBatch } from './batch.ts';
import { measureCheck } from './check.ts';
import { measureHistory } from './history.ts';
import { measureReader } from './reader.ts';
import { measureRecogniser } from './recogniser.ts';
import type { Figure } from './figure.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'smsc-bench-'));
try {
  const figures: Figure[] = [
    // First, while this process has used little memory.
    ...(await measureHistory(path.join(folder, 'history'))),
    ...measureReader(),
    ...measureRecogniser(),
    ...(await measureCheck()),
    ...(await measureBatch(path.join(folder, 'batch'))),
  ];
  // Last, and only then loaded: the browser's driver would weigh on what was measured before.
  const { measurePanel } = await import('./panel.ts');
  const panel = await measurePanel();
  if ('figures' in panel) figures.push(...panel.figures);
  const width = Math.max(...figures.map(({ what }) => what.length));
  for (const { what, value, unit, aim } of figures) {
    const note = aim === undefined ? '' : `  (aim: ${aim})`;
    process.stdout.write(`${what.padEnd(width)}  ${format(value).padStart(10)} ${unit.padEnd(6)}${note}\n`);
  }
  if ('missing' in panel) {
    process.stdout.write(`The batch panel was not measured: ${panel.missing}\n`);
  }
  if (process.argv.includes('--json')) {
    const json = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    process.stdout.write(`${JSON.stringify(json)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

function format(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
