import assert from 'node:assert/strict';
import { liveMessage } from '../../src/simulator/messages.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

describe('a watch, in two windows of one user', () => {
  let workbench: Workbench;
  let first: WorkbenchWindow;
  let second: WorkbenchWindow;

  before(async () => {
    workbench = await Workbench.open({ settings: { 'smsc.watch.intervals': [3, 4, 5] } });
    first = await workbench.openWindow();
    await first.run('SMSC: Use Demo Account');
    second = await workbench.openWindow({ context: first.context });
    await second.openView();
  });
  after(() => workbench.close());

  const statusItem = (window: WorkbenchWindow) =>
    window.page.locator('.part.statusbar').getByRole('button', { name: /^Watched messages: \d/ });

  it('is started in one and shown in both', async () => {
    const { phone, id } = liveMessage('live', Date.now());
    await first.run('SMSC: Watch Delivery');
    await first.quickInput.step(/^Phone number/);
    await first.quickInput.type(`${phone}, ${id}`);
    await first.quickInput.accept();
    for (const window of [first, second]) {
      await window.openView();
      await window.row(/live-.*next check/);
      await statusItem(window).waitFor();
    }
    await first.page.screenshot({ path: '/tmp/h7/first.png' });
    await second.page.screenshot({ path: '/tmp/h7/second.png' });
  });

  it('survives closing the first, and ends with one notification', async () => {
    await first.page.close();
    await second.page.bringToFront();
    const t0=Date.now(); console.log('closed', t0);
    const [end] = await until(
      'the end of the watch',
      async () => {
        const all = await second.notifications();
        return all.length > 0 && all;
      },
      60_000,
    );
    console.log('told', Date.now()-t0);
    const { cpSync } = await import('node:fs');
    cpSync(workbench.globalStorage, '/tmp/h7/data', { recursive: true });
    assert.match(end?.text ?? '', /live-\d+: Delivered \(after 20 sec\)$/);
    await second.page.screenshot({ path: '/tmp/h7/end.png' });
    await statusItem(second).waitFor({ state: 'hidden' });
    await until('one notification', async () => (await second.notifications()).length === 1);
  });
});
