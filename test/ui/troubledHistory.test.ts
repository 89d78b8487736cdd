import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { extensionHosts } from '../support/processList.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

describe('a history in trouble', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;
  let file: string;

  const account = () => window.page.getByRole('button', { name: /^Active SMSC account: Demo/ }).waitFor();

  before(async () => {
    workbench = await Workbench.open();
    file = path.join(workbench.globalStorage, 'history.db');
    window = await workbench.openWindow();
    await window.run('SMSC: Use Demo Account');
    await window.openView();
    await account();
  });
  after(() => workbench.close());

  /** Changes the files while no window has them open, and opens a window again. */
  async function meanwhile(change: () => unknown, language?: 'ru'): Promise<void> {
    const { context } = window;
    await window.page.goto('about:blank');
    // A host has the file open until it ends, and the server may keep it for a page that could come back.
    await until('the extension host to end', () => {
      const hosts = extensionHosts(workbench.serverPid);
      for (const host of hosts) process.kill(host, 'SIGKILL');
      return Promise.resolve(hosts.length === 0);
    });
    await change();
    await window.page.close();
    window = await workbench.openWindow({ context, ...(language && { language }) });
    await window.openView();
  }

  const once = async (text: RegExp): Promise<void> => {
    const shown = await window.notification(text);
    const all = await window.notifications();
    assert.deepEqual(all, [shown], 'one notification');
    await window.clearNotifications();
  };

  it('that is damaged is put aside, and the message says where; the accounts are kept', async () => {
    await meanwhile(() => {
      const db = new DatabaseSync(file);
      db.exec('PRAGMA busy_timeout = 20000');
      db.exec('DROP TABLE checks');
      db.close();
    });
    await once(
      /^The SMSC history was damaged, so a new one was begun\. .* The damaged file is .*history\.db\.damaged-\d{8}T\d{6}$/,
    );
    const names = await readdir(workbench.globalStorage);
    assert.equal(names.filter((name) => /\.damaged-\d{8}T\d{6}$/.test(name)).length, 1);
    await account();
  });

  it('of a newer version is left alone', async () => {
    const version = (change = ''): unknown => {
      const db = new DatabaseSync(file);
      db.exec('PRAGMA busy_timeout = 20000');
      db.exec(change);
      const row = db.prepare('PRAGMA user_version').get();
      db.close();
      return row?.user_version;
    };
    const ours = version();
    await meanwhile(() => version('PRAGMA user_version = 999'));
    await once(
      /^The SMSC history was written by a newer version of this extension and is left as it is: update the extension\. Until then/,
    );
    assert.equal(version(), 999);
    await meanwhile(() => version(`PRAGMA user_version = ${String(ours)}`));
    await account();
  });

  it('that another program has locked costs no answer, and is told of once', async () => {
    const check = async (phone: string): Promise<void> => {
      await window.run('SMSC: Check Delivery Status…');
      await window.quickInput.step(/^Phone number/);
      await window.quickInput.type(`${phone}, error-3`);
      await window.quickInput.accept();
      await window.notification(`${phone} · error-3: SMSC does not know this message`);
    };
    const other = new DatabaseSync(file);
    other.exec('PRAGMA busy_timeout = 20000');
    other.exec('BEGIN IMMEDIATE');
    await check('79990000601');
    await window.notification(
      /^The SMSC history is locked by another program, so the last check is not in it: close that program\. Checks go on/,
    );
    await window.clearNotifications();
    await check('79990000602');
    // The progress of a long check may still be fading.
    await until('one notification, not two', async () => (await window.notifications()).length === 1);
    await window.clearNotifications();
    other.exec('ROLLBACK');
    other.close();
    await check('79990000603');
    await window.row(/79990000603/);
    await window.clearNotifications();
  });

  it('that cannot be written lasts as long as the window', async () => {
    await meanwhile(async () => {
      await rm(workbench.globalStorage, { recursive: true });
      await writeFile(workbench.globalStorage, '');
    });
    await once(/^The SMSC history cannot be written: check the disk and the rights/);
    await meanwhile(() => undefined, 'ru');
    await once(/^Не удаётся записать историю SMSC: проверьте диск и права/);
    await window.close();
    await rm(workbench.globalStorage);
    await mkdir(workbench.globalStorage);
  });
});
