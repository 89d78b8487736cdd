import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { fillHistory } from './filled.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

const masked = '7999*****01';
const phone = '79990000001';
const on = 'SMSC: Toggle Privacy (Mask Phone Numbers and Texts)';

describe('sharing the screen', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let panel: Frame;

  before(async () => {
    workbench = await Workbench.open({
      settings: { 'smsc.notifications': 'all', 'workbench.startupEditor': 'none' },
    });
    await writeFile(path.join(workbench.folder, 'sent.log'), 'OK - 1 SMS, ID - 5555\n');
    await fillHistory(workbench.globalStorage, [
      { id: 'other', status: 1, text: 'Привет, Анна' },
      { id: 'late', status: 20, error: 6, text: 'Привет' },
    ]);
    window = await workbench.openWindow({ theme: 'dark' });
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.run('SMSC: Use Demo Account');
    await window.openView();
    await (await window.row(`${phone} · late`)).click();
    panel = await window.webview('h1:has-text("subscriber is offline")');
  });
  after(() => workbench.close());

  const clipboard = (): Promise<string> => window.page.evaluate<string>('navigator.clipboard.readText()');
  /** All that is in the page and in its panels, seen or not. */
  const everything = async (): Promise<string> =>
    (await Promise.all(window.page.frames().map((frame) => frame.content().catch(() => '')))).join('\n');
  /** Waits until a phone is nowhere. */
  async function isGone(what: string): Promise<void> {
    let around = '';
    await until(`${what} to go`, async () => {
      const all = await everything();
      const at = all.indexOf(what);
      around = all.slice(Math.max(0, at - 300), at + 100);
      return at < 0;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\nIt stands here: …${around}…`);
    });
  }
  const sign = () =>
    window.page.locator('.part.statusbar').getByRole('button', { name: /of messages are masked/ });

  it('masks rows and panels at once, and says so', async () => {
    await panel.getByText(phone).first().waitFor();
    await window.run(on);
    await window.row(`${masked} · late`);
    await panel.getByText(masked).first().waitFor();
    await window.page.locator(`.tab[aria-label^="${masked} · late"]`).waitFor();
    await sign().waitFor();
    await window.view.getByText('Phone numbers and texts are masked.').waitFor();
    await isGone(phone);
    // The details of a row, too.
    await (await window.row(`${masked} · late`)).hover();
    await window.page.locator('.monaco-hover').getByText('First checked').waitFor();
    await isGone(phone);
  });

  it('masks the text, and copies the real thing', async () => {
    await (await window.row('7999*****00 · other')).click();
    panel = await window.webview('h1:text-is("Delivered")');
    await panel.getByText('⟨masked⟩').first().waitFor();
    assert.ok(!(await everything()).includes('Анна'));
    await panel.getByRole('button', { name: 'Copy as JSON' }).click();
    await until('the report', async () => (await clipboard()).includes('Привет, Анна'));
    assert.match(await clipboard(), /79990000000/);
  });

  it('masks questions and notifications, and checks the real message', async () => {
    await window.run('SMSC: Check Delivery Status…');
    await window.quickInput.step(/^Phone number/);
    await until('the message', async () => (await window.quickInput.items()).join().includes(masked));
    await isGone(phone);
    await window.quickInput.pick(`${masked} · late`);
    const { text } = await window.notification(/late/);
    assert.match(text, /^7999\*{5}01 · late: SMSC does not know this message/);
    await isGone(phone);
    await window.clearNotifications();
  });

  it('masks lists of messages, and what was typed to find one', async () => {
    const lines = ['phone;id', ...Array.from({ length: 30 }, (_, index) => `${phone};live-${index}`)];
    await writeFile(path.join(workbench.folder, 'list.csv'), lines.join('\n'));
    await window.run('SMSC: Toggle Privacy (Mask Phone Numbers and Texts)');
    await sign().waitFor({ state: 'hidden' });
    await window.page.keyboard.press('Control+P');
    await window.quickInput.type('list.csv');
    await window.quickInput.pick('list.csv');
    await window.page.locator('.monaco-editor .view-line').first().waitFor();
    await window.run('SMSC: Check Many Messages…');
    await window.quickInput.step('Where are the phone numbers and message IDs?');
    await window.quickInput.accept();
    panel = await window.webview('.grid');
    await panel.locator('.grid-row').getByText(phone).first().waitFor();
    await panel.locator('#filter').fill(phone.slice(0, 9));
    await window.run(on);
    await panel.locator('.grid-row').getByText(masked).first().waitFor();
    assert.equal(await panel.locator('#filter').inputValue(), '');
    // The editor with the list is the user's own, and hidden by the panel.
    await until('the phone to go', async () => !(await panel.content()).includes(phone));
    await window.run('View: Close All Editors');
  });

  it('masks the numbers that are offered for an ID that was found', async () => {
    await window.page.keyboard.press('Control+P');
    await window.quickInput.type('sent.log');
    await window.quickInput.pick('sent.log');
    await window.page.locator('.monaco-editor .view-line').first().waitFor();
    await window.run('SMSC: Check Message at Cursor');
    await window.quickInput.step('Phone Number of Message 5555');
    const offered = await window.quickInput.items();
    assert.ok(offered.length > 0 && offered.every((item) => item.startsWith('7999*****')), offered.join());
    await isGone(phone);
    await window.quickInput.press('Escape');
    await window.run('View: Close All Editors');
  });

  it('asks whether the phones are exported', async () => {
    for (const [choice, holds] of [
      ['Masked', false],
      ['Full', true],
    ] as const) {
      await window.run('SMSC: Export History…');
      await window.quickInput.step('Privacy is on. What should be exported?');
      await window.quickInput.pick(choice);
      await window.quickInput.step('In which format?');
      await window.quickInput.pick('CSV for programs');
      await window.quickInput.step('Where to?');
      await window.quickInput.pick('Copy to the clipboard');
      await until('the table', async () => {
        const text = await clipboard();
        return text.startsWith('account,phone') && text.includes(phone) === holds;
      });
      assert.equal((await clipboard()).includes('Анна'), holds);
    }
  });

  it('is on in a new window, too, and ends in both', async () => {
    const second = await workbench.openWindow({ context: window.context });
    await second.openView();
    await second.row(`${masked} · late`);
    await second.run(on);
    await second.row(`${phone} · late`);
    await second.page.close();
    // On the desktop, windows follow each other's settings at once; in a browser, when they are loaded anew.
    await window.reload();
    await window.openView();
    await window.row(`${phone} · late`);
  });

  it('forgets a message: its panel closes, and its phone is in no file', async () => {
    const holding = async (): Promise<string[]> => {
      const names = await readdir(workbench.globalStorage);
      const contents = await Promise.all(
        names.map((name) => readFile(path.join(workbench.globalStorage, name)).catch(() => Buffer.of())),
      );
      return names.filter((_, index) => contents[index]?.includes(phone));
    };
    assert.notDeepEqual(await holding(), []);
    await window.openView();
    await (await window.row(`${phone} · late`)).click();
    await window.run('SMSC: Forget This Message…');
    assert.match(await window.answerDialog('Forget'), /Forget the message 79990000001 with ID late\?/);
    await window.page.locator(`.tab[aria-label^="${phone}"]`).waitFor({ state: 'detached' });
    await until('the row to go', async () => !(await window.treeRows()).join().includes('late'));
    await until('the phone to go', async () => (await holding()).length === 0);
    await window.row('79990000000 · other');
  });

  it('tells where the history is and how large, and empties it', async () => {
    await window.run('SMSC: History: Place and Size…');
    await window.quickInput.step(/^Messages: 1, checks: 1, on the disk: [\d.]+ ?kB$/);
    const items = (await window.quickInput.items()).join('\n');
    assert.ok(items.includes(workbench.globalStorage), items);
    await window.quickInput.pick('Copy Path');
    await until('the path', async () => (await clipboard()) === workbench.globalStorage);
    await window.run('SMSC: History: Place and Size…');
    await window.quickInput.pick('Empty…');
    assert.match(await window.answerDialog('Clear'), /Clear the whole history/);
    await window.view.getByText('No message was checked yet').waitFor();
  });
});
