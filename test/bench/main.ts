/**
 * Measures what the design promises: in plain Node, over loopback, and in the real VS Code. Figures only: what a
 * machine can do is no test.
 *
 *   npm run bench                  one table
 *   npm run bench -- --markdown    and the README's
 *   npm run bench -- --json        and one JSON object on the last line
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureLoading } from './loading.ts';
import { measureBatch } from './batch.ts';
import { measureCheck } from './check.ts';
import { measureHistory } from './history.ts';
import { measureMemory } from './memory.ts';
import { measureReader } from './reader.ts';
import { measureRecogniser } from './recogniser.ts';
import { measureSizes } from './sizes.ts';
import { machine, markdownTable, plainTable, type Group } from './table.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'smsc-bench-'));
try {
  const groups: Group[] = [
    { title: 'Start', figures: await measureLoading() },
    { title: 'A check, over loopback', figures: await measureCheck() },
    { title: 'Many checks', figures: await measureBatch(path.join(folder, 'batch')) },
    { title: 'Memory', figures: await measureMemory(path.join(folder, 'memory')) },
    { title: 'History', figures: await measureHistory(path.join(folder, 'history')) },
    { title: 'Finding messages in text', figures: [...measureRecogniser(), ...measureReader()] },
    { title: 'Sizes', figures: await measureSizes(folder) },
  ];
  // Last, and only then loaded: the browser's driver would weigh on what was measured before.
  const { measureWorkbench } = await import('./workbench.ts');
  const workbench = await measureWorkbench(path.join(folder, 'workbench'));
  if ('groups' in workbench) groups.push(...workbench.groups);
  const where = machine(new Date());
  process.stdout.write(`${where}\n\n${plainTable(groups)}\n`);
  if ('missing' in workbench) process.stdout.write(`Not measured in VS Code: ${workbench.missing}\n`);
  if (process.argv.includes('--markdown')) process.stdout.write(`\n${where}.\n\n${markdownTable(groups)}\n`);
  if (process.argv.includes('--json')) {
    const figures = groups.flatMap((group) => group.figures);
    const json = Object.fromEntries(figures.map(({ key, value }) => [key, value]));
    process.stdout.write(`${JSON.stringify({ machine: where, ...json })}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
