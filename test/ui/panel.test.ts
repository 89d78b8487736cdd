import assert from 'node:assert/strict';
import type { ConsoleMessage, Frame } from 'playwright-core';
import { panels } from '../../src/ids.ts';
import { isAccessible } from './axe.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

const phone = '79990001006';
const id = 'err-6';
const sentence = 'Not delivered: the subscriber is offline';

describe('the message panel', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let panel: Frame;
  /** What the browser refused because of a Content-Security-Policy. */
  const refusals: string[] = [];

  before(async () => {
    workbench = await Workbench.open();
    window = await workbench.openWindow({ theme: 'dark' });
    window.page.on('console', (message: ConsoleMessage) => {
      if (message.text().includes('Content Security Policy')) refusals.push(message.text());
    });
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.run('SMSC: Use Demo Account');
    await window.run('SMSC: Check Delivery Status…');
    await window.quickInput.step(/Phone number/);
    await window.quickInput.type(phone);
    await window.quickInput.pick(/continue/);
    await window.quickInput.step(/Message ID/);
    await window.quickInput.type(id);
    await window.quickInput.pick(/Check ID/);
    panel = await window.webview('h1');
  });

  after(() => workbench.close());

  it('says what happened, what it means and what to do', async () => {
    assert.equal(await panel.getByRole('heading', { level: 1 }).innerText(), sentence);
    assert.match(await panel.locator('.meaning').innerText(), /did not arrive/);
    assert.notEqual(await panel.locator('.advice').innerText(), '');
  });

  it('shows the timeline, the fields and the last exchange, without the password', async () => {
    const timeline = panel.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
    assert.match(await timeline.first().innerText(), /^Undeliverable\s+Subscriber is offline/);
    assert.match(await timeline.last().innerText(), /^Sent/);
    await panel.getByRole('row', { name: 'Status status 20 Undeliverable', exact: true }).waitFor();
    await panel.getByText('Last request and answer').click();
    const exchange = await panel.locator('.exchange').innerText();
    assert.match(exchange, new RegExp(`<id>${id}</id>`));
    assert.match(exchange, /<err>6<\/err>/);
    assert.doesNotMatch(exchange, /<psw>123<\/psw>|<login>alex<\/login>/);
  });

  it('follows a new check by itself, and keeps focus, selection and what is open', async () => {
    const entry = panel.locator('.timeline li').first();
    const button = panel.getByRole('button', { name: 'Check Again' });
    const selected = (): Promise<string> => panel.evaluate<string>('String(getSelection())');
    await panel.locator('h1').selectText();
    assert.equal(await selected(), sentence);
    await button.focus();
    await button.press('Enter');
    await entry.filter({ hasText: /Checks\s*2/ }).waitFor();
    assert.equal(await panel.locator(':focus').innerText(), 'Check Again');
    assert.equal(await panel.locator('details[open]').count(), 1);
    assert.equal(await selected(), sentence);
    // The one place that screen readers are told of changes by.
    await panel.getByRole('status').filter({ hasText: sentence }).waitFor();
  });

  it('copies the ID, the report and the Markdown, and says so', async () => {
    const copies: [string, (text: string) => void][] = [
      ['Copy ID', (text) => assert.equal(text, id)],
      ['Copy as JSON', (text) => assert.match(text, /"code": 20,[^]*"operator"/)],
      ['Copy as Markdown', (text) => assert.ok(text.startsWith(`### ${sentence}\n`))],
    ];
    for (const [name, check] of copies) {
      await panel.getByRole('button', { name, exact: true }).click();
      await panel.getByRole('button', { name: 'Copied' }).waitFor();
      check(await window.page.evaluate<string>('navigator.clipboard.readText()'));
      await panel.getByRole('button', { name: 'Copied' }).waitFor({ state: 'detached' });
    }
  });

  isAccessible(() => ({ workbench, panel }));

  it('can be read at 300 pixels without scrolling sideways', async () => {
    await window.run('View: Toggle Primary Side Bar Visibility');
    const width = (): Promise<number> => panel.evaluate<number>('innerWidth');
    const before = window.page.viewportSize() ?? assert.fail();
    await window.page.setViewportSize({ ...before, width: 600 });
    await until('a narrow panel', async () => (await width()) < 600);
    await window.page.setViewportSize({ ...before, width: 900 - (await width()) });
    await until('a panel of 300 pixels', async () => (await width()) === 300);
    assert.equal(await panel.evaluate<number>('document.documentElement.scrollWidth'), 300);
    assert.ok(await panel.getByRole('button', { name: 'Copy as Markdown' }).isVisible());
    await window.page.setViewportSize(before);
    await window.run('View: Toggle Primary Side Bar Visibility');
  });

  it('keeps to its Content-Security-Policy, which lets nothing in from elsewhere', async () => {
    assert.deepEqual(refusals, []);
    await panel.evaluate("new Image().src = 'https://example.com/x.png'");
    await until('the refusal of a remote picture', () => Promise.resolve(refusals.length > 0));
  });

  it('is there again after a reload', async () => {
    await window.reload(panels.message);
    const restored = await window.webview('h1');
    assert.equal(await restored.getByRole('heading', { level: 1 }).innerText(), sentence);
    assert.match(await restored.locator('.timeline li').first().innerText(), /Checks\s*2/);
  });
});
