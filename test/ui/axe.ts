import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { themes, type Workbench } from './support.ts';

/** The class that VS Code gives a webview's body in each theme. */
const bodyClasses = {
  dark: 'vscode-dark',
  light: 'vscode-light',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast-light',
} as const;

/** Declares a test for each theme: axe finds nothing serious in a panel. It asks for the panel when the test runs. */
export function isAccessible(opened: () => { workbench: Workbench; panel: Frame }): void {
  for (const theme of ['dark', 'light', 'highContrast', 'highContrastLight'] as const) {
    it(`has nothing that axe calls serious: ${theme}`, async () => {
      const { workbench, panel } = opened();
      await workbench.changeSettings({ 'workbench.colorTheme': themes[theme] });
      await panel.locator(`body.${bodyClasses[theme]}`).waitFor();
      assert.deepEqual(await violations(panel), []);
    });
  }
}

/** What axe finds in a frame and calls serious or critical. */
async function violations(frame: Frame): Promise<string[]> {
  // Evaluated by the browser's own debugger: the page's policy would refuse a script.
  await frame.evaluate(axe.source);
  const { violations: found, passes } = await frame.evaluate<axe.AxeResults>('axe.run(document)');
  assert.ok(passes.length > 10, 'axe looked at next to nothing');
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id: rule, nodes }) => `${rule}: ${nodes.map(({ html }) => html).join(' ')}`);
}
