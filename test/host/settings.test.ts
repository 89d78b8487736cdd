import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { notificationChoice, retention, timeoutMs, watchPlan } from '../../src/host/settings.ts';
import { settings } from '../../src/ids.ts';

describe('settings', () => {
  afterEach(async () => {
    for (const id of Object.values(settings)) await set(id, undefined);
  });

  async function set(id: string, value: unknown): Promise<void> {
    await workspace.getConfiguration().update(id, value, ConfigurationTarget.Global);
  }

  it('are what the user wants', async () => {
    await set(settings.timeout, 3);
    await set(settings.notifications, 'none');
    await set(settings.keepDays, 7);
    await set(settings.keepMessages, 50);
    await set(settings.watchIntervals, [2, 4]);
    await set(settings.watchHours, 1);
    assert.equal(timeoutMs(), 3000);
    assert.equal(notificationChoice(), 'none');
    assert.deepEqual(retention(), { days: 7, messages: 50 });
    assert.deepEqual(watchPlan(), { intervalsMs: [2000, 4000], lifeMs: 3_600_000 });
  });

  for (const wrong of ['15', -1, 1e9]) {
    it(`are the usual or the nearest ones where settings.json says ${JSON.stringify(wrong)}`, async () => {
      for (const id of Object.values(settings)) await set(id, wrong);
      const { days, messages } = retention();
      const { intervalsMs, lifeMs } = watchPlan();
      assert.ok(timeoutMs() >= 1000 && timeoutMs() <= 120_000);
      assert.ok(days >= 1 && days <= 3650 && messages >= 1 && messages <= 1_000_000);
      assert.ok(lifeMs >= 3_600_000 && lifeMs <= 168 * 3_600_000);
      assert.equal(intervalsMs[0], 5000);
      assert.equal(notificationChoice(), 'problems');
    });
  }

  it('make no watch ask more often than each second', async () => {
    await set(settings.watchIntervals, [0, 0.1, 'x', 30]);
    assert.deepEqual(watchPlan().intervalsMs, [1000, 1000, 30_000]);
  });
});
