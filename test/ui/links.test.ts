import assert from 'node:assert/strict';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

describe('links and codes', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;

  before(async () => {
    workbench = await Workbench.open();
    window = await workbench.openWindow();
    await window.run('SMSC: Use Demo Account');
    await window.openView();
  });
  after(() => workbench.close());

  /** Opens an address as if another program had; answers VS Code's own question whether this extension may. */
  async function open(query: string): Promise<void> {
    await window.run('Developer: Open URL');
    await window.quickInput.type(`code-oss://sms-delivery.smsc-status/check?${query}`);
    await window.quickInput.accept();
  }

  it('ask before they send, and then open the message', async () => {
    await open('phone=79990000105&id=status-3');
    await window.answerDialog('Open');
    assert.match(await window.answerDialog('Check'), /Check the message 79990000105 with ID status-3/);
    await window.webview('h1:has-text("lifetime ended")');
    await window.clearNotifications();
  });

  it('send nothing when the user says no, or when there is more in them than a message', async () => {
    await open('phone=79990000106&id=status-4');
    await window.answerDialog('Open');
    await window.answerDialog('Cancel');
    await open('phone=79990000106&id=status-4&endpoint=https%3A%2F%2Fevil.example');
    await window.answerDialog('Open');
    await window.notification('This link to an SMSC message is not valid');
    assert.ok(!(await window.treeRows()).some((row) => row.includes('status-4')));
    await window.clearNotifications();
  });

  it('explain a code by its number and by a word of the other language', async () => {
    await window.run('SMSC: Explain Code…');
    await window.quickInput.type('253');
    await until('code 253', async () =>
      (await window.quickInput.items()).join().includes('253 Stopped by the spam filter'),
    );
    await window.quickInput.type('не в сети');
    await until('code 6', async () =>
      (await window.quickInput.items()).join().includes('6 Subscriber is offline'),
    );
    await window.quickInput.press('Escape');
  });
});
