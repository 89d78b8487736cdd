import assert from 'node:assert/strict';
import { startFastService } from '../../support/fastService.ts';
import { keptWhileChecking } from '../../support/heap.ts';
import { describeSqlite, temporaryFolders } from '../history/stores.ts';

describeSqlite('memory over many checks', () => {
  const folders = temporaryFolders();
  const [early, late] = [1000, 2500];
  /** An answer, a report or a request kept by mistake takes more than that. */
  const mostPerCheck = 250;

  it('stays flat: a check leaves nothing behind', async () => {
    const service = await startFastService();
    try {
      const [before = 0, after = 0] = await keptWhileChecking(await folders.make(), service.url, [
        early,
        late,
      ]);
      const perCheck = (after - before) / (late - early);
      assert.ok(perCheck < mostPerCheck, `${perCheck.toFixed(0)} bytes are kept of each check`);
    } finally {
      await service.close();
    }
  }).timeout(60_000);
});
