import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { mark, markIn } from './marked.ts';
import { processList } from './processList.ts';

/** Looks for marked secrets in every file below a folder. @returns where they stand */
export async function leaksIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const leaks: string[] = [];
  for (const file of files) {
    const named = markIn(Buffer.from(file)) ?? markIn(await readFile(file).catch(() => Buffer.alloc(0)));
    if (named !== undefined) leaks.push(`${file} (${named})`);
  }
  return leaks;
}

/** Looks for marked secrets in the command lines of all processes. */
export function leaksInProcesses(): string[] {
  return processList().flatMap(({ pid, args }) => {
    const named = markIn(Buffer.from(args));
    return named === undefined ? [] : [`the arguments of process ${pid} (${named})`];
  });
}

/**
 * Looks at all that the pages of a browser show from now on, in every frame: notifications, views, panels, attributes.
 * What is typed into an input stands in none of these. @returns asks what was found, also in the browser's storage
 */
export async function leaksShown(context: BrowserContext): Promise<() => Promise<string[]>> {
  const shown = new Set<string>();
  await context.exposeBinding('smscLeak', (_source, text: string) => shown.add(`on the screen: ${text}`));
  await context.addInitScript({ content: watchPage });
  return async () => {
    const open = context.pages().length > 0;
    const { origins } = open ? await context.storageState({ indexedDB: true }) : { origins: [] };
    const stored = markIn(Buffer.from(JSON.stringify(origins)));
    return [...shown, ...(stored === undefined ? [] : [`the browser's storage (${stored})`])];
  };
}

/** Runs in each page and frame, before anything else does. */
const watchPage = `{
  const look = (text) => {
    const at = text.indexOf(${JSON.stringify(mark)});
    if (at >= 0) globalThis.smscLeak(text.slice(Math.max(0, at - 200), at + 100));
  };
  new MutationObserver((records) => {
    for (const { type, target, attributeName, addedNodes } of records) {
      if (type === 'attributes') look(attributeName + '=' + target.getAttribute(attributeName));
      else if (type === 'characterData') look(target.data);
      else for (const node of addedNodes) look(node.outerHTML ?? node.data ?? '');
    }
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}`;
