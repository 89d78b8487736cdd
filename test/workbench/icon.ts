import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { root } from './paths.ts';

/** Draws `media/icon.png` from `media/icon.svg`: the marketplace takes no SVG. Run after a change of the latter. */
const media = path.join(root, 'media');
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
const svg = await readFile(path.join(media, 'icon.svg'), 'utf8');
await page.setContent(
  `<style>body { margin: 0 } svg { width: 256px; height: 256px; display: block }</style>${svg}`,
);
await page.screenshot({ path: path.join(media, 'icon.png'), omitBackground: true });
await browser.close();
