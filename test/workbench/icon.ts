import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { root } from './paths.ts';

/** Draws `media/icon.png` from `media/icon.svg`: the marketplace takes no SVG. Run after a change of the latter. */
const media = path.join(root, 'media');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
const svg = await readFile(path.join(media, 'icon.svg'), 'utf8');
await page.setContent(
  `<style>body { margin: 0 } svg { width: 128px; height: 128px; display: block }</style>${svg}`,
);
await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
await browser.close();
