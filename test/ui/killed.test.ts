import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { liveMessage } from '../../src/simulator/messages.ts';
import { extensionHosts } from '../support/processList.ts';
import { Workbench } from './support.ts';
import { until } from './until.ts';
import type { WorkbenchWindow } from './window.ts';

/** `npm run test:crashes` kills ten times. */
const kills = Math.max(2, Math.round(Number(process.env.SMSC_TEST_KILLS ?? 40) / 20));

(process.platform === 'win32' ? describe.skip : describe)('an extension host that is killed', () => {
  let workbench: Workbench;
  let window: WorkbenchWindow;

  before(async () => {
    workbench = await Workbench.open({ settings: { 'smsc.watch.intervals': [13, 13, 13] } });
    window = await workbench.openWindow();
    await window.run('SMSC: Use Demo Account');
  });
  after(() => workbench.close());

  /** Looks into the history from outside: it is sound. @returns the checks in it */
  function checksInFile(): string[] {
    const db = new DatabaseSync(path.join(workbench.globalStorage, 'history.db'), { readOnly: true });
    db.exec('PRAGMA busy_timeout = 5000');
    assert.equal(db.prepare('PRAGMA integrity_check').get()?.integrity_check, 'ok');
    const rows = db.prepare('SELECT key, message, started_at FROM checks ORDER BY key').all();
    db.close();
    return rows.map((row) => Object.values(row).join(' '));
  }

  const watches = (count: number) =>
    window.page
      .locator('.part.statusbar')
      .getByRole('button', { name: `Watched messages: ${count}` })
      .waitFor();

  it(`${kills} times leaves a sound history, and its watches go on`, async () => {
    for (const number of [1, 2, 3]) {
      // On its way as long as the test takes.
      const { phone, id } = liveMessage('late', Date.now() + number * 3_600_000);
      await window.run('SMSC: Watch Delivery');
      await window.quickInput.step(/^Phone number/);
      await window.quickInput.type(`${phone}, ${id}`);
      await window.quickInput.accept();
      await window.quickInput.closed();
    }
    await watches(3);
    let known = await until('the first checks', () =>
      Promise.resolve(checksInFile().length >= 3 && checksInFile()),
    );
    for (let kill = 0; kill < kills; kill++) {
      // At whatever moment of the checks.
      await delay(Math.random() * 3000);
      known = checksInFile();
      const hosts = extensionHosts(workbench.serverPid);
      assert.equal(hosts.length, 1);
      for (const pid of hosts) process.kill(pid, 'SIGKILL');
      // The first time VS Code starts another one by itself, as it does twice in five minutes.
      if (kill > 0) await window.reload();
      await until('another extension host', () => {
        const others = extensionHosts(workbench.serverPid).filter((pid) => !hosts.includes(pid));
        return Promise.resolve(others.length > 0);
      });
      await watches(3);
      const now = await until(
        'a check after it',
        () => {
          const found = checksInFile();
          return Promise.resolve(found.length > known.length && found);
        },
        60_000,
      );
      assert.deepEqual(now.slice(0, known.length), known, 'what was kept is kept');
      assert.equal(new Set(now).size, now.length);
    }
    const names = (await window.notifications()).map(({ text }) => text);
    assert.deepEqual(
      names.filter((text) => text.includes('SMSC')),
      [],
    );
  }).timeout(60_000 + kills * 90_000);
});
