import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

/** The page's own ranges; the tests know no browser types. */
interface Page {
  document: {
    createRange: () => {
      setStart: (node: unknown, at: number) => void;
      setEnd: (node: unknown, at: number) => void;
      getBoundingClientRect: () => { x: number; y: number; width: number; height: number };
    };
    createTreeWalker: (root: unknown, what: number) => { nextNode: () => { textContent: string } | null };
  };
}

/** Messages of the demo account: those of 79990000105 and 79990000107 have these IDs. */
const log = `2026-01-05 09:00:00 INFO worker started
2026-01-05 09:00:01 INFO sms sent to 79990000105: OK - 1 SMS, ID - status-3
2026-01-05 09:00:02 INFO worker idle
`;

describe('messages in the editor and the terminal', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;

  before(async () => {
    workbench = await Workbench.open({
      settings: {
        'terminal.integrated.gpuAcceleration': 'off',
        // Else VS Code may put a bracket behind the settings that a test writes.
        'editor.autoClosingBrackets': 'never',
      },
    });
    await write('send.log', log);
    await write('answer.json', '{\n  "phone": "79990000107",\n  "id": "status-20", "cnt": 1\n}\n');
    window = await workbench.openWindow();
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.run('SMSC: Use Demo Account');
    await window.openView();
  });
  after(() => workbench.close());

  const write = (name: string, text: string): Promise<void> =>
    writeFile(path.join(workbench.folder, name), text);
  const links = (): Locator => window.page.locator('.monaco-editor .detected-link');
  const cursor = (line: number): Locator =>
    window.page.getByRole('button', { name: new RegExp(`^Ln ${line}, Col`) });

  async function openFile(name: string): Promise<void> {
    await window.page.keyboard.press('Control+P');
    await window.quickInput.type(name);
    await window.quickInput.pick(name);
    await window.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
  }

  /** Ctrl+click with the pointer where it is: VS Code follows a link only when it saw the key go down. */
  async function follow(): Promise<void> {
    await window.page.keyboard.down('Control');
    await window.page.mouse.down();
    await window.page.mouse.up();
    await window.page.keyboard.up('Control');
  }

  /** Prints a file in the terminal, on a screen that has nothing else. */
  async function print(text: string): Promise<void> {
    await write('printed.txt', text);
    await window.page.locator('.xterm-helper-textarea').focus();
    await window.page.keyboard.type('clear; cat printed.txt');
    await window.page.keyboard.press('Enter');
  }

  const tooltip = (text: string): Locator =>
    window.page.locator('.workbench-hover, .monaco-hover').filter({ hasText: text });

  /** Moves the pointer onto a text of the terminal. */
  async function pointAt(text: string): Promise<void> {
    const { x, y } = await until(`"${text}" in the terminal`, () =>
      window.page.locator('.xterm-rows').evaluate((rows, wanted) => {
        const { document } = globalThis as unknown as Page;
        const walker = document.createTreeWalker(rows, 4);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
          const at = node.textContent.lastIndexOf(wanted);
          if (at < 0) continue;
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + wanted.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x: x + width / 2, y: y + height / 2 };
        }
        return undefined;
      }, text),
    );
    // From another line: a pointer that rests shows nothing when something else appears below it.
    await window.page.mouse.move(x, y + 80);
    await window.page.mouse.move(x, y);
  }

  async function openPlaceOf(id: string): Promise<void> {
    await (await window.row(id)).click({ button: 'right' });
    const item = window.page.getByRole('menuitem', { name: 'Open the Place It Came From' });
    // By the keyboard: a menu that has only just come takes no clicks.
    await item.hover();
    await window.page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  it('are links in a log, which check the message and open it', async () => {
    await openFile('send.log');
    await links().first().hover();
    await tooltip('Check SMSC message status-3 to 79990000105').waitFor();
    await follow();
    const panel = await window.webview('h1:has-text("lifetime ended")');
    await panel.locator('.identity').filter({ hasText: 'send.log:2' }).waitFor();
    await window.clearNotifications();
  });

  it('lead back to the file and line that they came from, from the panel and the history', async () => {
    const panel = await window.webview('h1:has-text("lifetime ended")');
    await panel.getByRole('button', { name: 'Open the Place It Came From' }).click();
    await cursor(2).waitFor();
    await window.page.keyboard.press('Control+Home');
    await cursor(1).waitFor();
    await openPlaceOf('status-3');
    await cursor(2).waitFor();
  });

  it('tell their last known status', async () => {
    await links().first().hover();
    await tooltip('Not delivered').waitFor();
  });

  it('are checked at the cursor by the keyboard', async () => {
    await openFile('answer.json');
    await cursor(1).waitFor();
    await window.page.keyboard.press('Control+End');
    await cursor(5).waitFor();
    await window.run('SMSC: Check Message at Cursor');
    // With a button, or VS Code would cut the text off.
    const { buttons } = await window.notification('No SMSC message stands at the cursor');
    assert.deepEqual(buttons, ['Check Delivery Status']);
    await window.clearNotifications();
    await window.page.locator('.monaco-editor .view-lines').first().click();
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('ArrowDown');
    await cursor(3).waitFor();
    await window.run('SMSC: Check Message at Cursor');
    const panel = await window.webview('.identity:has-text("status-20")');
    await panel.locator('.identity').filter({ hasText: 'answer.json:3' }).waitFor();
    await window.clearNotifications();
  });

  it('say that the file is gone', async () => {
    await window.run('View: Close All Editors');
    await rm(path.join(workbench.folder, 'answer.json'));
    await openPlaceOf('status-20');
    await window.notification('The file answer.json is not there any more');
    await window.clearNotifications();
  });

  it('are links in the terminal', async () => {
    await window.run('Terminal: Create New Terminal');
    await print('sms to 79990000103: OK - 1 SMS, ID - status-1\n');
    await pointAt('status-1');
    await tooltip('Check SMSC message status-1 to 79990000103').waitFor();
    await follow();
    await window.webview('.identity:has-text("status-1")');
  });

  it('are asked the phone of when none is near, once, with the likeliest first', async () => {
    await print('calling 79990000106 now\n\nOK - 1 SMS, ID - status-4\n');
    await pointAt('79990000106');
    // VS Code reads a line when the pointer is on it: the next line's link shows that it has read this one.
    await pointAt('status-4');
    await tooltip('Check SMSC message status-4').waitFor();
    await follow();
    await window.quickInput.step('Phone Number of Message status-4');
    assert.deepEqual((await window.quickInput.items()).slice(0, 2), [
      '79990000106seen in this terminal',
      '79990000103seen in this terminal',
    ]);
    await window.quickInput.accept();
    await window.webview('.identity:has-text("79990000106")');
    await window.run('View: Close All Editors');
    await pointAt('status-4');
    await tooltip('Check SMSC message status-4').waitFor();
    await follow();
    await window.webview('.identity:has-text("79990000106")');
  });

  it('are checked from what is selected in the terminal, and the clipboard keeps its text', async () => {
    await window.page.evaluate("navigator.clipboard.writeText('mine')");
    await print('phone=79990000104 id=status-2\n');
    await pointAt('status-2');
    await window.run('Terminal: Select All');
    await window.run('SMSC: Check Message in Terminal Selection');
    await window.webview('.identity:has-text("79990000104")');
    assert.equal(await window.page.evaluate('navigator.clipboard.readText()'), 'mine');
  });

  it('are no links from the moment on that the settings say so', async () => {
    await openFile('send.log');
    await links().first().waitFor();
    await window.run('Preferences: Open User Settings (JSON)');
    const line = window.page.locator('.view-line').filter({ hasText: 'gpuAcceleration' });
    await line.click();
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.insertText('{ "smsc.editorLinks": false, "smsc.terminalLinks": false }');
    await window.page.keyboard.press('Control+S');
    await window.page
      .getByRole('button', { name: /^Close/ })
      .last()
      .click();
    await links().first().waitFor({ state: 'detached' });
    // The word is no more than one that VS Code offers to search for, once it has told extensions of the settings.
    await until('the search for a word', async () => {
      await pointAt('status-2');
      await follow();
      return (await window.quickInput.input.inputValue()).includes('status');
    });
  });
});
