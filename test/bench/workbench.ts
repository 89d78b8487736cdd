import { fetchBrowser, launchBrowser } from '../workbench/browser.ts';
import { fetchCode } from '../workbench/fetch.ts';
import { measureActivation } from './activation.ts';
import { measurePanel } from './panel.ts';
import type { Group } from './table.ts';

/** What can only be measured in the real VS Code, or why it was not. */
export async function measureWorkbench(folder: string): Promise<{ groups: Group[] } | { missing: string }> {
  const missing = await findMissing();
  if (missing !== undefined) return { missing };
  return {
    groups: [
      { title: 'Activating in VS Code', figures: await measureActivation(folder) },
      { title: 'Panel with 10,000 rows', figures: await measurePanel() },
    ],
  };
}

/** @returns why no browser or no VS Code can be had; `undefined` when both are there */
async function findMissing(): Promise<string | undefined> {
  if (process.env.SMSC_BENCH_NO_BROWSER !== undefined) return firstLine(process.env.SMSC_BENCH_NO_BROWSER);
  try {
    await fetchBrowser();
    await (await launchBrowser()).close();
    await fetchCode();
    return undefined;
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : String(error));
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1).join('');
}
