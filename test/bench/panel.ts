import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { Workbench } from '../ui/support.ts';
import { until } from '../ui/until.ts';
import type { WorkbenchWindow } from '../ui/window.ts';
import { median, ninetyFifth, type Figure } from './figure.ts';

const rows = 10_000;
const scrollMs = 3000;
const repeats = 7;
const fileName = 'many.csv';
/** Shuffled, so that sorting by message ID has something to do; prime to the number of rows. */
const stride = 7919;
const firstId = 1_700_000_000;
/** Stands in one message ID only. */
const rareText = '4242';

/** What the batch panel of 10,000 messages costs in the real VS Code: opening, scrolling, sorting, filtering. */
export async function measurePanel(): Promise<Figure[]> {
  const workbench = await Workbench.open({ settings: { 'workbench.startupEditor': 'none' } });
  try {
    await writeFile(path.join(workbench.folder, fileName), list());
    const window = await workbench.openWindow({ theme: 'dark' });
    const { panel, took } = await openPanel(window);
    const frames = await panel.evaluate<number[]>(scrolling);
    const sorts = await panel.evaluate<number[]>(sorting);
    const filters = await panel.evaluate<number[]>(filtering);
    const figure = (key: string, what: string, value: number): Figure => ({ key, what, value, unit: 'ms' });
    return [
      figure('panel_open_ms', `batch panel of ${rows}: list chosen to table drawn`, took),
      figure('panel_frame_ms', 'one frame while scrolling through all (median)', median(frames)),
      figure('panel_frame_p95_ms', 'the same (95 %)', ninetyFifth(frames)),
      figure('panel_frame_worst_ms', 'the same (worst)', Math.max(...frames)),
      figure('panel_sort_ms', 'sorting by message ID, to the frame drawn (median)', median(sorts)),
      figure('panel_filter_ms', 'filtering by text, to the frame drawn (median)', median(filters)),
    ];
  } finally {
    await workbench.close();
  }
}

function list(): string {
  const lines = Array.from(
    { length: rows },
    (_, index) => `79991110001;live-${firstId + ((index * stride) % rows)}`,
  );
  return `phone;id\r\n${lines.join('\r\n')}\r\n`;
}

/** Has the list read from its open file. @returns the panel, and how long it took until all rows were there */
async function openPanel(window: WorkbenchWindow): Promise<{ panel: Frame; took: number }> {
  const { page, quickInput } = window;
  await window.run('SMSC: Use Demo Account');
  await page.keyboard.press('Control+P');
  await quickInput.type(fileName);
  await quickInput.pick(fileName);
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await window.run('SMSC: Check Many Messages…');
  await quickInput.step('Where are the phone numbers and message IDs?');
  const [first = ''] = await quickInput.items();
  if (!first.startsWith('Open file')) throw new Error(`The open file is not offered first, but: ${first}`);
  await page.addInitScript({ content: noteWhenDrawn });
  const started = Date.now();
  await quickInput.accept();
  const panel = await window.webview(`.grid[aria-rowcount="${rows + 1}"]`);
  const drawn = await until('the time of the table', () =>
    panel.evaluate<number | undefined>('globalThis.smscDrawnAt'),
  );
  return { panel, took: drawn - started };
}

// What follows runs in the panel's page, whose types the tests do not know.

/** Resolves when what was changed is on screen: a timer set in a frame comes after that frame is drawn. */
const nextFrame = `const nextFrame = () =>
  new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))));`;

/**
 * Notes the time when the table has all its rows: this process and the page have the same clock. A timer, because an
 * observer does not outlast that VS Code writes the page anew into its frame.
 */
const noteWhenDrawn = `{
  ${nextFrame}
  const timer = setInterval(() => {
    if (document.querySelector('.grid[aria-rowcount="${rows + 1}"]') === null) return;
    clearInterval(timer);
    void nextFrame().then(() => { globalThis.smscDrawnAt = Date.now(); });
  }, 4);
}`;

/** From top to bottom, a step with each frame. */
const scrolling = `(async () => {
  ${nextFrame}
  const grid = document.querySelector('.grid');
  const bottom = grid.scrollHeight - grid.clientHeight;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const times = [];
  const started = await frame();
  for (let last = started; last - started < ${scrollMs}; ) {
    grid.scrollTop = bottom * Math.min(1, (last - started) / ${scrollMs});
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  grid.scrollTop = bottom;
  await nextFrame();
  if (document.querySelector('.grid-row[aria-rowindex="${rows + 1}"]:not([hidden])') === null)
    throw new Error('The last row is not drawn');
  grid.scrollTop = 0;
  await nextFrame();
  return times;
})()`;

/** From the list's order to that of the message IDs, and back again. */
const sorting = `(async () => {
  ${nextFrame}
  const times = [];
  for (let repeat = 0; repeat < ${repeats}; repeat++) {
    const started = performance.now();
    document.querySelector('[data-column="id"]').click();
    times.push((await nextFrame()) - started);
    const texts = ['2', '3'].map((at) =>
      document.querySelector('.grid-row[aria-rowindex="' + at + '"]:not([hidden]) .id').textContent.trim());
    if (texts.join() !== 'live-${firstId},live-${firstId + 1}') throw new Error('Not sorted: ' + texts.join());
    document.querySelector('[data-column="row"]').click();
    await nextFrame();
  }
  return times;
})()`;

/** From all rows to the only one with a text, and back again. */
const filtering = `(async () => {
  ${nextFrame}
  const filter = (text) => {
    const field = document.querySelector('#filter');
    field.value = text;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const times = [];
  for (let repeat = 0; repeat < ${repeats}; repeat++) {
    const started = performance.now();
    filter('${rareText}');
    times.push((await nextFrame()) - started);
    const count = document.querySelector('.grid').getAttribute('aria-rowcount');
    if (count !== '2') throw new Error('Not filtered: ' + count);
    filter('');
    await nextFrame();
  }
  return times;
})()`;
