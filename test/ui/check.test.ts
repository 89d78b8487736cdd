import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { markedLogins } from '../support/marked.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

describe('a first check, by keyboard alone', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;

  before(async () => {
    workbench = await Workbench.open();
    window = await workbench.openWindow();
  });
  after(() => workbench.close());

  const focusedItem = (text: RegExp): Promise<unknown> =>
    until(`the item ${String(text)}`, async () =>
      text.test(await window.quickInput.focused().catch(() => '')),
    );

  it('finds the way from no account to an answer', async () => {
    const { quickInput, page } = window;
    await page.keyboard.press('F1');
    await quickInput.input.waitFor();
    await page.keyboard.type('SMSC: Check Delivery Status');
    await focusedItem(/Check Delivery Status/);
    await page.keyboard.press('Enter');
    await quickInput.step('Which SMSC account knows the message?');
    await focusedItem(/Try the demo account/);
    await page.keyboard.press('Enter');

    await quickInput.step(/^Phone number/);
    assert.match(await quickInput.title(), /Demo \(1\/2\)/);
    await page.keyboard.type('+7 999 abc');
    await focusedItem(/Only digits/);
    await page.keyboard.press('Enter');
    assert.match(await quickInput.title(), /1\/2/, 'a wrong number is not accepted');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('89999999999');
    await focusedItem(/79999999999.*international/);
    await page.keyboard.press('Enter');

    await quickInput.step(/^Message ID/);
    assert.match(await quickInput.title(), /79999999999 \(2\/2\)/);
    await page.keyboard.type('9 9');
    await focusedItem(/Only Latin letters/);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('999');
    await focusedItem(/Check ID 999/);
    await page.keyboard.press('Enter');

    await window.webview('h1:has-text("Delivered")');
  });

  it('keeps the message in the history, with state, age and account in words', async () => {
    await window.openView();
    await window.row('79999999999 · 999');
    const [day, row] = await window.treeRows();
    assert.match(day ?? '', /^Today/);
    assert.match(row ?? '', /79999999999 · 999 ?Delivered · .+ · Demo/);
    const label = await (await window.row('79999999999')).getAttribute('aria-label');
    assert.match(label ?? '', /Delivered.*Phone 7 9 9 9 9.*ID 999.*account Demo/);
  });

  it('shows which account is active', async () => {
    await window.page.getByRole('button', { name: 'Active SMSC account: Demo' }).waitFor();
  });

  it('goes back a step, with what was typed', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Check Delivery Status…');
    await quickInput.type('79990000105');
    await quickInput.accept();
    await quickInput.step(/^Message ID/);
    await quickInput.button('Back');
    await quickInput.step(/^Phone number/);
    assert.equal(await quickInput.input.inputValue(), '79990000105');
    await quickInput.press('Escape');
    await quickInput.closed();
  });

  it('offers what was checked before', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Check Delivery Status…');
    await quickInput.step(/^Phone number/);
    const offered = await quickInput.items();
    assert.match(offered[0] ?? '', /79999999999 · 999 ?Delivered/);
    assert.equal(offered.filter((item) => item.includes('79999999999 · 999')).length, 1);
    await quickInput.press('Escape');
  });

  it('takes a pasted line, and asks for the phone that it lacks', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Check Delivery Status…');
    await quickInput.step(/^Phone number/);
    await quickInput.type('OK - 1 SMS, ID - status-3');
    await quickInput.accept();
    await until('the step for the phone', async () =>
      (await quickInput.items()).some((item) => item.includes('ID status-3: now enter the phone number')),
    );
    await quickInput.type('79990000105');
    await quickInput.accept();
    await window.row('79990000105 · status-3');
    const { buttons } = await window.notification(/status-3: Expired/);
    assert.deepEqual(buttons, ['Show Details']);
    await window.clearNotifications();
  });

  it('takes a pasted pair', async () => {
    await window.run('SMSC: Check Delivery Status…');
    await window.quickInput.step(/^Phone number/);
    await window.quickInput.type('+79990001006, err-6');
    await window.quickInput.accept();
    await window.webview('h1:has-text("subscriber is offline")');
    await window.clearNotifications();
  });

  it('keeps the history over a reload', async () => {
    await window.reload();
    await window.openView();
    await window.row('79990001006 · err-6');
    await window.row('79999999999 · 999');
  });

  it('filters by state and text, and says so', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Filter History…');
    await quickInput.pick('Not delivered');
    await quickInput.step(/Part of a phone number/);
    await quickInput.type('offline');
    await quickInput.accept();
    await until(
      'one message',
      async () => (await window.treeRows()).filter((row) => row.includes('·')).length === 1,
    );
    assert.match((await window.treeRows()).join('\n'), /err-6/);
    await window.view.getByText('Filter: “offline”, Not delivered').waitFor();
    await window.run('SMSC: Clear Filter');
    await window.row('79999999999 · 999');
  });

  it('filters by text alone, and by nothing again', async () => {
    const { quickInput } = window;
    const filterBy = async (text: string): Promise<void> => {
      await window.run('SMSC: Filter History…');
      await quickInput.step('Which messages?');
      await quickInput.pick('Any state');
      await quickInput.step(/Part of a phone number/);
      await quickInput.type(text);
      await quickInput.accept();
    };
    await filterBy('err');
    await window.view.getByText('Filter: “err”').waitFor();
    await window.row('79990001006 · err-6');
    await filterBy('');
    await window.row('79999999999 · 999');
  });

  it('forgets a message by keyboard, after a question', async () => {
    await (await window.row('79990000105 · status-3')).click();
    await window.page.keyboard.press('Delete');
    const question = await window.answerDialog('Forget');
    assert.match(question, /Forget the message 79990000105 with ID status-3\?/);
    await until(
      'the row to go',
      async () => !(await window.treeRows()).some((row) => row.includes('status-3')),
    );
  });

  it('copies phone and ID by keyboard', async () => {
    await (await window.row('79999999999 · 999')).click();
    await window.page.keyboard.press('Control+C');
    await window.page.locator('.part.statusbar').getByText('Phone number and ID copied').waitFor();
  });

  it('clears the history, after a question', async () => {
    await window.run('SMSC: Clear History…');
    assert.match(await window.answerDialog('Clear'), /Clear the whole history/);
    await window.view.getByText('No message was checked yet').waitFor();
  });
});

describe('what a check asks for', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ logins: markedLogins });
    workbench = await Workbench.open();
    window = await workbench.openWindow();
    const { quickInput } = window;
    await window.run('SMSC: Add Account…');
    await quickInput.pick('API key');
    await quickInput.pick('Another address');
    for (const [prompt, answer] of [
      ['Address of soap.php', simulator.url],
      [/^API key/, simulator.apiKey],
      [/^Name/, 'Key'],
    ] as const) {
      await quickInput.step(prompt);
      await quickInput.type(answer);
      await quickInput.accept();
    }
    await window.notification('“Key” is now the active SMSC account.');
    await window.clearNotifications();
  });
  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  /** Opens the prompt and gives it a query string through the button for the detail. */
  async function promptWithQuery(query: string): Promise<void> {
    const { quickInput } = window;
    await window.run('SMSC: Check Delivery Status…');
    await quickInput.step(/^Phone number/);
    await quickInput.button('Detail…');
    await quickInput.pick('With a query string');
    await quickInput.step(/^Parameters as/);
    await quickInput.type(query);
    await quickInput.accept();
    await quickInput.step(/^Phone number/);
    await quickInput.type('79999999999 999');
    await quickInput.accept();
  }

  it('is chosen by a button: a query string calls get_status2', async () => {
    await promptWithQuery('x=1');
    await window.webview('h1:has-text("Delivered")');
    assert.equal(simulator.requests.at(-1)?.operation, 'get_status2');
  });

  it('never deletes a message without a question', async () => {
    const sent = simulator.requests.length;
    await promptWithQuery('del=1');
    assert.match(await window.answerDialog('Cancel'), /Delete this message at SMSC/);
    assert.equal(simulator.requests.length, sent);
  });
});
