/** Makes the README's pictures from the real VS Code: `npm run pictures`. Looks are all that is checked: by eyes. */
import path from 'node:path';
import { root } from '../workbench/paths.ts';
import { Workbench } from './support.ts';
import { takeTour } from './tour.ts';

process.env.SMSC_TEST_PICTURES = path.join(root, 'media/readme');

const workbench = await Workbench.open({ settings: { 'smsc.notifications': 'none', 'window.zoomLevel': 0 } });
try {
  const window = await workbench.openWindow({ theme: 'dark', viewport: { width: 1120, height: 700 } });
  const { quickInput } = window;
  await window.openView();

  await window.run('SMSC: Add Account…');
  await quickInput.step('How does this account sign in?');
  await window.screenshot('account');
  await quickInput.press('Escape');
  await quickInput.closed();

  const check = async (text: string, headline: string): Promise<void> => {
    await window.run('SMSC: Check Delivery Status…');
    await quickInput.step(/^Phone number/);
    await quickInput.type(text);
    await quickInput.accept();
    await window.webview(`h1:has-text("${headline}")`);
  };

  await window.run('SMSC: Use Demo Account');
  await window.run('SMSC: Check Delivery Status…');
  await quickInput.step(/^Phone number/);
  await quickInput.items();
  await window.screenshot('check');
  await quickInput.press('Escape');
  await quickInput.closed();

  await check('79999999999 999', 'Delivered');
  await check('79990001253 err-253', 'spam filter');
  await check(`79991110003 fail-${Math.floor(Date.now() / 1000)}`, 'Not delivered yet');
  await check('79990000105 status-3', 'lifetime ended');
  await window.run('View: Close All Editors');
  await window.row('79990000105 · status-3');
  await check('79990001006 err-6', 'subscriber is offline');
  await window.screenshot('panel');

  await window.run('View: Close All Editors');
  await window.page.setViewportSize({ width: 900, height: 330 });
  const { x, width } = (await window.view.boundingBox()) ?? { x: 0, width: 0 };
  const { mouse } = window.page;
  await mouse.move(x + width, 250);
  await mouse.down();
  await mouse.move(640, 250, { steps: 5 });
  await mouse.up();
  await quickInput.closed();
  await (await window.row('79990001006 · err-6')).hover();
  await window.screenshot('history');
  await window.close();
} finally {
  await workbench.close();
}

const beginning = await Workbench.open();
try {
  await takeTour(beginning);
} finally {
  await beginning.close();
}
