import assert from 'node:assert/strict';
import { liveMessage } from '../../src/simulator/messages.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

/** The button in the status bar that shows how many messages are watched. */
const statusItem = (window: WorkbenchWindow) =>
  window.page.locator('.part.statusbar').getByRole('button', { name: /^Watched messages: \d/ });

/** Runs a command that asks for a message, and answers with one that begins its life now. */
async function ask(window: WorkbenchWindow, command: string, kind: 'live' | 'late'): Promise<void> {
  const { phone, id } = liveMessage(kind, Date.now());
  await window.run(command);
  await window.quickInput.step(/^Phone number/);
  await window.quickInput.type(`${phone}, ${id}`);
  await window.quickInput.accept();
}

describe('a watch', () => {
  let workbench: Workbench;
  let first: WorkbenchWindow;
  let second: WorkbenchWindow;

  before(async () => {
    // Few enough for SMSC's five requests a minute, and close enough for a message of 20 s.
    workbench = await Workbench.open({ settings: { 'smsc.watch.intervals': [3, 8, 10] } });
    first = await workbench.openWindow();
    await first.run('SMSC: Use Demo Account');
    second = await workbench.openWindow({ context: first.context });
    await second.openView();
  });
  after(() => workbench.close());

  it('is started in one window and shown in both', async () => {
    await ask(first, 'SMSC: Watch Delivery', 'live');
    for (const window of [first, second]) {
      await window.openView();
      await window.row(/live-.*next check/);
      await statusItem(window).waitFor();
    }
  });

  it('survives closing that window, and ends with one notification', async () => {
    await first.page.close();
    await second.page.bringToFront();
    const [end] = await until(
      'the end of the watch',
      async () => {
        const all = await second.notifications();
        return all.length > 0 && all;
      },
      40_000,
    );
    assert.match(end?.text ?? '', /live-\d+: Delivered \(after 20 sec\)$/);
    assert.deepEqual(end?.buttons, ['Show Details']);
    await statusItem(second).waitFor({ state: 'hidden' });
    await second.row(/live-\d+ ?Delivered · /);
    assert.equal((await second.notifications()).length, 1);
    await second.clearNotifications();
  });

  it('is offered for a message that is still on its way', async () => {
    await ask(second, 'SMSC: Check Delivery Status…', 'late');
    const { buttons } = await second.notification(/late-\d+: /);
    assert.deepEqual(buttons, ['Watch', 'Show Details']);
    await second.clickNotification(/late-\d+: /, 'Watch');
    await statusItem(second).waitFor();
    await second.row(/late-.*next check/);
  });

  it('shows in the panel, which can end it and begin it again, without losing the focus', async () => {
    const panel = await second.webview('h1');
    const stop = panel.getByRole('button', { name: 'Stop Watching' });
    await panel.locator('.state').filter({ hasText: 'Watched, next check' }).waitFor();
    await panel.locator('.timeline .open-end').filter({ hasText: 'Watched, next check' }).waitFor();
    await stop.focus();
    await stop.press('Enter');
    const start = panel.getByRole('button', { name: 'Watch', exact: true });
    await start.waitFor();
    await statusItem(second).waitFor({ state: 'hidden' });
    assert.equal(await start.evaluate('document.activeElement.dataset.action'), 'watch');
    await start.press('Enter');
    await stop.waitFor();
    await statusItem(second).waitFor();
  });

  it('goes on after a reload, without anybody opening the view', async () => {
    await second.page
      .locator('.part.activitybar')
      .getByRole('tab', { name: /^Explorer/ })
      .click();
    await second.reload();
    await statusItem(second).waitFor();
  });

  it('is stopped from the status bar', async () => {
    await statusItem(second).click();
    await second.quickInput.step('Which message should not be watched any more?');
    assert.match((await second.quickInput.items()).join(), /late-\d+/);
    await second.quickInput.accept();
    await statusItem(second).waitFor({ state: 'hidden' });
  });

  it('is asked for among what was checked and has not arrived', async () => {
    const { rows } = second;
    await second.openView();
    const checked = async (kind: string): Promise<string> =>
      /(?:live|late)-\d+/.exec(
        await rows
          .filter({ hasText: `${kind}-` })
          .first()
          .innerText(),
      )?.[0] ?? '';
    const [arrived, underWay] = [await checked('live'), await checked('late')];
    await second.run('SMSC: Watch Delivery');
    await second.quickInput.step(/^Phone number/);
    const items = await second.quickInput.items();
    assert.match(items[0] ?? '', new RegExp(`${underWay} .*ago|${underWay}.*now`));
    assert.ok(!items.some((item) => item.includes(arrived)), items.join());
    // The demo account offers no other.
    assert.ok(items.some((item) => item.includes('On its way, delivered after 20 s')));
    assert.ok(!items.some((item) => item.includes('err-6')));
    await second.quickInput.press('Escape');
  });
});
