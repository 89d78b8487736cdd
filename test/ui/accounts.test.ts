import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../src/simulator/server.ts';
import { marked } from '../support/marked.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

const { password } = marked;

describe('accounts', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator({ logins: [{ login: 'ann', password, balance: 116_392 }] });
    workbench = await Workbench.open();
    window = await workbench.openWindow();
  });
  after(async () => {
    await workbench.close();
    await simulator.close();
  });

  /** Goes through *Add Account* with an address of its own. */
  async function addAccount(
    login: string,
    secret: string,
    label: string,
    endpoint = simulator.url,
  ): Promise<void> {
    const { quickInput } = window;
    await window.run('SMSC: Add Account…');
    await quickInput.step('How does this account sign in?');
    await quickInput.pick('Login and password');
    await quickInput.step('Where did you register the account?');
    await quickInput.pick('Another address');
    await quickInput.step('Address of soap.php');
    await quickInput.type(endpoint);
    await quickInput.accept();
    await quickInput.step(/^Login/);
    await quickInput.type(login);
    await quickInput.accept();
    await quickInput.step(/^Password/);
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await quickInput.type(secret);
    await quickInput.accept();
    await quickInput.step(/^Name of the account/);
    await quickInput.type(label);
    await quickInput.accept();
    await window.notification(`“${label}” is now the active SMSC account.`);
  }

  async function check(phone: string, id: string): Promise<void> {
    await window.run('SMSC: Check Delivery Status…');
    await window.quickInput.step(/^Phone number/);
    await window.quickInput.type(`${phone}, ${id}`);
    await window.quickInput.accept();
  }

  it('refuse an address that would send the password in the clear', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Add Account…');
    await quickInput.pick('Login and password');
    await quickInput.step('Where did you register the account?');
    await quickInput.pick('Another address');
    await quickInput.step('Address of soap.php');
    await quickInput.type('http://smsc.ru/sys/soap.php');
    await quickInput.waitForMessage(/Only https: is possible/);
    await quickInput.accept();
    await quickInput.waitForMessage(/Only https: is possible/);
    await quickInput.press('Escape');
    await quickInput.closed();
  });

  it('are added, tested and used', async () => {
    await addAccount('ann', password, 'Ann');
    await window.clickNotification('“Ann” is now the active SMSC account.', 'Test Connection');
    await window.notification('“Ann” is connected. Balance: 116.392.');
    await window.clearNotifications();
    await check('79999999999', '999');
    await window.webview('h1:has-text("Delivered")');
    assert.equal(simulator.requests.at(-1)?.login, 'ann');
  });

  it('are told in words where the live contract differs from the known one', async () => {
    const other = await startSimulator({
      namespace: 'urn:other',
      logins: [{ login: 'ann', password, balance: 5_000 }],
    });
    try {
      await addAccount('ann', password, 'Other', other.url);
      await window.clickNotification('“Other” is now the active SMSC account.', 'Test Connection');
      const { text } = await window.notification('“Other” is connected. Balance: 5');
      assert.match(text, /contract differs from the known one/);
      await window.clickNotification('“Other” is connected.', 'Show Differences');
      await window.page.locator('.view-lines').getByText('urn:other').first().waitFor();
      await window.clearNotifications();
    } finally {
      await other.close();
    }
    await window.run('SMSC: Switch Account…');
    await window.quickInput.pick('Ann');
    await window.page.getByRole('button', { name: 'Active SMSC account: Ann' }).waitFor();
  });

  it('survive a reload, with their password', async () => {
    await window.reload();
    await window.openView();
    const sent = simulator.requests.length;
    await (await window.row('79999999999 · 999')).click();
    await window.run('SMSC: Check Again');
    await until('the second check', () => Promise.resolve(simulator.requests.length > sent));
    assert.equal(simulator.requests.at(-1)?.login, 'ann');
  });

  it('are switched, and histories stay apart', async () => {
    await window.run('SMSC: Use Demo Account');
    await window.page.getByRole('button', { name: 'Active SMSC account: Demo' }).waitFor();
    await check('79999999999', '999');
    await until('two rows, one for each account', async () => {
      const rows = (await window.treeRows()).filter((row) => row.includes('79999999999 · 999'));
      return (
        rows.length === 2 &&
        rows.some((row) => row.endsWith('Demo')) &&
        rows.some((row) => row.endsWith('Ann'))
      );
    });
    await window.run('SMSC: Switch Account…');
    await window.quickInput.pick('Ann');
    await window.page.getByRole('button', { name: 'Active SMSC account: Ann' }).waitFor();
  });

  it('are offered for editing, but for the demo account, which has nothing to edit', async () => {
    const { quickInput } = window;
    await window.run('SMSC: Edit Account…');
    await quickInput.step('Edit SMSC Account');
    const [ann, other, ...more] = await quickInput.items();
    assert.match(ann ?? '', /^Ann/);
    assert.match(other ?? '', /^Other/);
    assert.deepEqual(more, []);
    await quickInput.press('Escape');
    await quickInput.closed();
  });

  it('send nothing more after a wrong password, until they are edited', async () => {
    await addAccount('ann', marked.wrong, 'Bad');
    await window.clearNotifications();
    await check('79990001006', 'err-6');
    const refused = await window.notification(/login or password.*SMSC error 2/);
    assert.ok(refused.buttons.includes('Edit Account'), refused.buttons.join());
    await window.clearNotifications();

    const sent = simulator.requests.length;
    await check('79990001006', 'err-6');
    const held = await window.notification(/This account is paused/);
    assert.ok(held.buttons.includes('Check Anyway'), held.buttons.join());
    assert.equal(simulator.requests.length, sent);

    const { quickInput } = window;
    await window.clickNotification(/This account is paused/, 'Edit Account');
    await quickInput.step('Where did you register the account?');
    await quickInput.accept();
    await quickInput.step('Address of soap.php');
    await quickInput.accept();
    await quickInput.step(/^Login/);
    await quickInput.accept();
    await quickInput.step(/^Password/);
    await quickInput.type(password);
    await quickInput.accept();
    await quickInput.step(/^Name of the account/);
    await quickInput.accept();
    await window.notification('The account “Bad” was changed.');
    await window.clearNotifications();
    await check('79990001006', 'err-6');
    await window.notification(/err-6: Undeliverable: the subscriber is offline/);
    // The panel that opens takes the focus, and the palette would close.
    await window.webview('h1:has-text("subscriber is offline")');
    await window.clearNotifications();
  });

  it('are removed with their password; the history may stay', async () => {
    await window.run('SMSC: Remove Account…');
    await window.quickInput.pick('Bad');
    assert.match(await window.answerDialog('Remove'), /Remove the account “Bad”/);
    await window.notification('The account “Bad” was removed; its history was kept.');
    await window.row(/err-6.*Bad/);
    await window.clickNotification('The account “Bad” was removed', 'Remove History Too');
    await until('its rows to go', async () => !(await window.treeRows()).some((row) => row.includes('Bad')));
  });
});

describe('an account from the environment', () => {
  it('is offered where the variables are set', async () => {
    const workbench = await Workbench.open({
      environment: { SMSC_LOGIN: 'env-user', SMSC_PASSWORD: password },
    });
    try {
      const window = await workbench.openWindow();
      const { quickInput } = window;
      await window.run('SMSC: Add Account…');
      await quickInput.pick('Environment variables');
      await quickInput.step(/^Name of the account/);
      await quickInput.accept();
      await window.notification('“Environment” is now the active SMSC account.');
      await window.run('SMSC: Switch Account…');
      await quickInput.step('Switch SMSC Account');
      const [first] = await quickInput.items();
      assert.match(first ?? '', /Environment.*smscentre\.com.*Password from environment variables/);
    } finally {
      await workbench.close();
    }
  });
});
