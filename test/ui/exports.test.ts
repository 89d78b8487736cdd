import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ConsoleMessage, Frame } from 'playwright-core';
import { panels } from '../../src/ids.ts';
import { isAccessible } from './axe.ts';
import { fillHistory, type Made } from './filled.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

const messages: Made[] = [
  { id: '007', status: 1, took: 3, operator: 'МегаФон', text: '=HYPERLINK("http://a.example")' },
  { id: '1e5', status: 1, took: 10, operator: 'МегаФон' },
  { id: 'read', status: 2, took: 4000, operator: '<b>МТС</b>' },
  { id: 'off', status: 20, error: 6, took: 300, operator: 'МегаФон', text: 'Привет;\nмир' },
  { id: 'slow', status: 1, took: 3700 },
  { id: 'gone' },
];

describe('what goes out again', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  /** What the browser refused because of a Content-Security-Policy. */
  const refusals: string[] = [];

  before(async () => {
    workbench = await Workbench.open();
    await fillHistory(workbench.globalStorage, messages);
    window = await workbench.openWindow({ theme: 'dark' });
    window.page.on('console', (message: ConsoleMessage) => {
      if (message.text().includes('Content Security Policy')) refusals.push(message.text());
    });
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.run('SMSC: Use Demo Account');
    await window.openView();
    await window.row('79990000003 · off');
  });
  after(() => workbench.close());

  const clipboard = (): Promise<string> => window.page.evaluate<string>('navigator.clipboard.readText()');
  const mentioned = (text: string): Promise<void> =>
    window.page.locator('.part.statusbar').getByText(text).waitFor();

  /** Shows only messages of a state. */
  async function filter(state: string): Promise<void> {
    await window.run('SMSC: Filter History…');
    await window.quickInput.pick(state);
    await window.quickInput.step(/Part of a phone number/);
    await window.quickInput.accept();
    await window.quickInput.closed();
  }

  describe('Export History', () => {
    async function chooseFormat(format: string | RegExp): Promise<void> {
      await window.quickInput.step('In which format?');
      await window.quickInput.pick(format);
      await window.quickInput.step('Where to?');
    }

    /** Saves where the dialog suggests. @returns the file's content */
    async function save(ending: string, count: number): Promise<Buffer> {
      await window.quickInput.pick('Save to a file');
      await until('the dialog with a name', async () =>
        new RegExp(`smsc-.*\\.${ending}$`).test(await window.quickInput.input.inputValue().catch(() => '')),
      );
      await window.quickInput.widget.getByRole('button', { name: 'OK', exact: true }).click();
      const { buttons, text } = await window.notification(`Messages exported: ${count}. File: smsc-`);
      assert.deepEqual(buttons, ['Open File']);
      assert.ok(text.endsWith(`.${ending}`));
      const files = await readdir(workbench.folder);
      const file = files.find((name) => name.endsWith(`.${ending}`)) ?? assert.fail(files.join());
      return readFile(path.join(workbench.folder, file));
    }

    it('writes a CSV that Excel opens: Cyrillic, phones and IDs as text, no formula', async () => {
      await window.run('SMSC: Export History…');
      await chooseFormat(/with semicolons/);
      const content = await save('csv', messages.length);
      assert.equal(content.subarray(0, 3).toString('hex'), 'efbbbf');
      const [head = '', ...lines] = content.subarray(3).toString().split('\r\n');
      assert.ok(head.startsWith('account;phone;id;state;'));
      assert.equal(lines.length, messages.length + 1);
      const [gone = '', , off = '', , , first = ''] = lines;
      assert.ok(gone.startsWith('Demo;"79990000005\t";gone;notFound;'));
      assert.match(off, /^Demo;"79990000003\t";off;failed;20;Undeliverable;6;.*"Привет;\nмир"$/);
      assert.match(first, /;"007\t";delivered;.*;МегаФон;;"'=HYPERLINK\(""http:\/\/a\.example""\)"$/);
    });

    it('opens the file', async () => {
      await window.clickNotification('Messages exported', 'Open File');
      await window.page.locator('.tab.active[aria-label*=".csv"]').waitFor();
    });

    it('copies reports as JSON, of the present filter or of all', async () => {
      await filter('Not delivered');
      await window.view.getByText('Filter: Not delivered').waitFor();
      for (const [what, ids] of [
        [/^Filter: Not delivered/, ['off']],
        [/^All messages/, messages.map(({ id }) => id).reverse()],
      ] as const) {
        await window.run('SMSC: Export History…');
        await window.quickInput.step('Which messages?');
        await window.quickInput.pick(what);
        await chooseFormat('JSON');
        await window.quickInput.pick('Copy to the clipboard');
        await mentioned(`Messages copied: ${ids.length}`);
        const reports = JSON.parse(await clipboard()) as { id: string }[];
        assert.deepEqual(
          reports.map(({ id }) => id),
          ids,
        );
      }
      await window.run('SMSC: Clear Filter');
    });

    it('goes back a step, and copies a Markdown table', async () => {
      await window.run('SMSC: Export History…');
      await chooseFormat('JSON');
      await window.quickInput.button('Back');
      await chooseFormat('Markdown table');
      await window.quickInput.pick('Copy to the clipboard');
      await until('the table', async () => (await clipboard()).startsWith('| Phone | ID | State |'));
      const lines = (await clipboard()).trimEnd().split('\n');
      assert.equal(lines.length, messages.length + 2);
      assert.match(lines[4] ?? '', /^\| `79990000003` \| `off` \| Not delivered \| Undeliverable: /);
    });
  });

  describe('Copy for Support', () => {
    it('copies times, codes and fields, with the phone masked unless it is wanted', async () => {
      for (const [choice, phone] of [
        ['Mask the phone number', '7999*****03 (masked)'],
        ['Leave the phone number in', '79990000003'],
      ] as const) {
        await (await window.row('79990000003 · off')).click();
        await window.run('SMSC: Copy for Support…');
        await window.quickInput.pick(choice);
        await until('the text', async () => (await clipboard()).includes(`\nPhone: ${phone}\n`));
        const text = await clipboard();
        assert.match(text, /^Status: 20 Undeliverable$/m);
        assert.match(text, /^Delivery error: 6 Subscriber is offline$/m);
        assert.match(text, /^message = Привет; ⏎ мир$/m);
        assert.equal(text.includes('79990000003'), choice !== 'Mask the phone number');
      }
    });
  });

  describe('Show Statistics', () => {
    let panel: Frame;

    before(async () => {
      await window.run('SMSC: Show Statistics');
      panel = await window.webview('.states');
    });

    const about = (text: string): Promise<void> => panel.locator('.about', { hasText: text }).waitFor();
    /** The texts of a row: its name and its numbers. */
    const rowOf = (section: string, name: string): Promise<string[]> =>
      panel
        .locator(`.${section} tbody tr`)
        .filter({ has: panel.getByRole('rowheader', { name, exact: true }) })
        .locator('th, td.number')
        .allInnerTexts();

    it('counts the states, in a picture and as text', async () => {
      assert.equal(await panel.locator('.about').innerText(), 'All messages · 6');
      assert.deepEqual(await rowOf('states', 'Delivered'), ['Delivered', '4', '66.7%']);
      assert.deepEqual(await rowOf('states', 'Not delivered'), ['Not delivered', '1', '16.7%']);
      assert.deepEqual(await rowOf('states', 'Not found'), ['Not found', '1', '16.7%']);
      assert.equal(await panel.locator('svg.bar > .ground').count(), 3);
      // Told apart by their patterns, too.
      const fills = await panel
        .locator('svg.bar > .cover')
        .evaluateAll((parts) =>
          (parts as unknown as { getAttribute(name: string): string }[]).map((part) =>
            part.getAttribute('fill'),
          ),
        );
      assert.equal(new Set(fills).size, 2);
    });

    it('tells how long delivery took, and of how many messages that is known', async () => {
      const figures = await panel.locator('.figures > div').allInnerTexts();
      assert.deepEqual(
        figures.map((text) => text.replace(/\s+/g, ' ')),
        ['Median 10 sec', '90% within 1 hr 1 min', 'Slowest 1 hr 1 min'],
      );
      assert.deepEqual(await rowOf('times', 'up to 15 sec'), ['up to 15 sec', '1', '33.3%']);
      await panel.getByText('Delivered messages: 4, of which 3 tell how long it took.').waitFor();
    });

    it('has numbers by operator, whose name is text', async () => {
      const median = '3 sec';
      const numbers = ['МегаФон', '3', '2 (66.7%)', '1 (33.3%)', median, '10 sec'];
      assert.deepEqual(await rowOf('operators', 'МегаФон'), numbers);
      assert.equal((await rowOf('operators', '<b>МТС</b>'))[0], '<b>МТС</b>');
    });

    it('copies the numbers as Markdown, and says so', async () => {
      await panel.getByRole('button', { name: 'Copy as Markdown' }).click();
      await panel.getByRole('button', { name: 'Copied' }).waitFor();
      const text = await clipboard();
      assert.ok(text.startsWith('### SMSC Statistics\n\nAll messages · 6\n'));
      assert.match(text, /^\| Not delivered \| 1 \| 16\.7% \|$/m);
      assert.match(text, /^\| `<b>МТС<\/b>` \| 1 \|/m);
    });

    it('follows the history, also when another window writes it', async () => {
      await fillHistory(workbench.globalStorage, [{ id: 'one-more', status: 0 }]);
      await about('All messages · 7');
      assert.deepEqual(await rowOf('states', 'On its way'), ['On its way', '1', '14.3%']);
    });

    isAccessible(() => ({ workbench, panel }));

    it('shows the present filter, and all messages at a press', async () => {
      await filter('Not delivered');
      await window.run('SMSC: Show Statistics');
      await about('Filter: Not delivered · 1');
      await panel.getByRole('button', { name: 'Show All Messages' }).press('Enter');
      await about('All messages · 7');
      assert.equal(await panel.getByRole('button', { name: 'Show All Messages' }).count(), 0);
    });

    it('keeps to its Content-Security-Policy', async () => {
      assert.deepEqual(refusals, []);
      await panel.evaluate("new Image().src = 'https://example.com/x.png'");
      await until('the refusal of a remote picture', () => Promise.resolve(refusals.length > 0));
    });

    it('is there again after a reload', async () => {
      await window.reload(panels.statistics);
      const restored = await window.webview('.states');
      assert.equal(await restored.locator('.about').innerText(), 'All messages · 7');
    });
  });
});
