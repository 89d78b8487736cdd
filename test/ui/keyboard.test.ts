import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { packExtension } from '../workbench/extension.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

/** A press of the mouse that a person made, in any page or frame. */
const watchMouse = `addEventListener('pointerdown', (event) => globalThis.smscPointer(event.isTrusted), true);`;

describe('by keyboard alone', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let vsix: string;
  let presses = 0;

  before(async () => {
    workbench = await Workbench.open({ installed: false });
    vsix = await packExtension(workbench.folder);
    const list = ['phone,id', '79990001006,err-6', '79999999999,999', '79990000000,nothing'];
    await writeFile(path.join(workbench.folder, 'list.csv'), `${list.join('\n')}\n`);
    window = await workbench.openWindow();
    await window.context.exposeBinding('smscPointer', () => presses++);
    await window.context.addInitScript({ content: watchMouse });
    await window.page.evaluate(watchMouse);
  });
  after(() => workbench.close());

  const press = (...keys: string[]): Promise<void> => window.quickInput.press(...keys);

  /** Types into the input at the top. @returns whether this item comes to be the one that Enter takes */
  async function find(text: string, item: string | RegExp, timeout?: number): Promise<boolean> {
    const { quickInput, page } = window;
    await quickInput.input.waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(text);
    const isFocused = async (): Promise<boolean> => {
      if ((await quickInput.widget.locator('.monaco-list-row.focused').count()) === 0) return false;
      const focused = await quickInput.focused();
      return typeof item === 'string' ? focused.startsWith(item) : item.test(focused);
    };
    return until(`the item ${String(item)}`, isFocused, timeout).catch(() => false);
  }

  async function choose(text: string, item: string | RegExp): Promise<void> {
    assert.ok(await find(text, item), `${String(item)} is not offered`);
    await press('Enter');
  }

  /** Runs a command by its title. The palette does not follow commands that come while it is open. */
  async function run(title: string): Promise<void> {
    await until(`the command ${title}`, async () => {
      await press('F1');
      if (await find(`>${title}`, title, 2000)) return true;
      await press('Escape');
      return false;
    });
    await press('Enter');
  }

  /**
   * Types a path into the dialog for files, as fast as a person: it completes what is typed, puts paths of its own there
   * while it reads a folder, and takes no Enter while it looks at what was typed.
   */
  async function answerFile(file: string): Promise<void> {
    const { input } = window.quickInput;
    await until('the path that is offered', async () => (await input.inputValue()).startsWith('/'));
    await window.quickInput.items();
    const isTaken = async (): Promise<boolean> => {
      if ((await input.inputValue()) !== file) {
        await press('Control+A');
        await window.page.keyboard.type(file, { delay: 20 });
      }
      if ((await input.inputValue()) !== file) return false;
      await press('Enter');
      return input.waitFor({ state: 'hidden', timeout: 1000 }).then(
        () => true,
        () => false,
      );
    };
    await until('the dialog to take the path', isTaken, 40_000);
  }

  /** Presses Tab until the focus is on a button of this name in a panel. */
  async function tabTo(panel: Frame, name: string): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      const focused = await panel
        .locator(':focus')
        .first()
        .innerText({ timeout: 300 })
        .catch(() => '');
      if (focused.trim() === name) return;
      await press('Tab');
    }
    assert.fail(`Tab does not reach "${name}"`);
  }

  it('the extension is installed', async () => {
    await run('Extensions: Install from VSIX');
    await answerFile(vsix);
    await window.ready();
  });

  it('a list is checked and exported', async () => {
    await run('SMSC: Use Demo Account');
    await press('Control+P');
    await choose('list.csv', 'list.csv');
    await window.page.locator('.monaco-editor .view-line').first().waitFor();
    await run('SMSC: Check Many Messages');
    await window.quickInput.step('Where are the phone numbers and message IDs?');
    await press('Enter');
    const panel = await window.webview('.grid');
    await tabTo(panel, 'Start');
    await press('Enter');
    await panel.getByRole('button', { name: 'Export…' }).waitFor();
    await tabTo(panel, 'Export…');
    await press('Enter');
    const { quickInput } = window;
    await quickInput.step('In which format?');
    await choose('programs', /CSV for programs/);
    await quickInput.step('Where to?');
    await press('Enter');
    const { input } = quickInput;
    const target = await until('the name that is offered', async () => {
      const value = await input.inputValue();
      return value.endsWith('.csv') && value;
    });
    await press('Enter');
    const text = await until('the file', () => readFile(target, 'utf8').catch(() => undefined));
    for (const id of ['err-6', '999', 'nothing']) assert.ok(text.includes(id), text);
  });

  it('no mouse was used', () => assert.equal(presses, 0));
});
