import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';

/** What axe finds in a frame and calls serious or critical. */
export async function violations(frame: Frame): Promise<string[]> {
  // Evaluated by the browser's own debugger: the page's policy would refuse a script.
  await frame.evaluate(axe.source);
  const { violations: found, passes } = await frame.evaluate<axe.AxeResults>('axe.run(document)');
  assert.ok(passes.length > 10, 'axe looked at next to nothing');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`);
}
