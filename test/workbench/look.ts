/**
 * Takes a picture of a running VS Code, for developing where there is no screen:
 * `node out/workbench/look.js <address> <picture.png> [command title…]`
 */
import { launchBrowser } from './browser.ts';

const [address, picture, ...titles] = process.argv.slice(2);
if (!address || !picture) {
  process.stderr.write('Usage: look.js <address> <picture.png> [command title…]\n');
  process.exit(2);
}
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(address);
await page.locator('.monaco-workbench .part.activitybar .action-item').first().waitFor();
await page.waitForTimeout(6_000); // For people: nobody knows what they want to see.
for (const title of titles) {
  await page.keyboard.press('F1');
  await page.locator('.quick-input-widget input').first().fill(`>${title}`);
  await page.waitForTimeout(500);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(1_500);
}
await page.screenshot({ path: picture });
await browser.close();
