import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import type { CheckEvent, SmscApi, SmscExports } from '../../src/api.ts';
import { extensionId } from '../../src/ids.ts';
import { fails, startService, type TestService } from './service.ts';

const delivered = { phone: '79999999999', id: '999' };

async function exported(): Promise<SmscExports> {
  const extension = extensions.getExtension<SmscExports>(extensionId);
  assert.ok(extension);
  return extension.activate();
}

describe('the API for other extensions', () => {
  let service: TestService;
  let api: SmscApi;

  before(async () => {
    service = await startService();
    api = await (await exported()).getApi(1);
  });
  after(() => service.simulator.close());

  it('is one thing of a version, and refuses versions that it does not have', async () => {
    assert.equal(api.version, 1);
    assert.equal(await (await exported()).getApi(1), api);
    const { getApi } = await exported();
    await assert.rejects(getApi(2 as 1), /version 1 of its API, not 2/);
  });

  it('checks, and tells whoever listens', async () => {
    const { account } = service;
    const events: CheckEvent[] = [];
    const listening = api.onDidCheck((event) => events.push(event));
    const report = await api.check({ ...delivered, account });
    await assert.rejects(api.check({ phone: '79990000001', id: 'nothing', account }), fails('notFound', 3));
    listening.dispose();
    await api.check({ ...delivered, account });

    assert.deepEqual([report.account, report.status.kind, report.status.final], [account, 'delivered', true]);
    assert.deepEqual(events, [
      { ok: true, report },
      { ok: false, account, phone: '79990000001', id: 'nothing', reason: 'notFound' },
    ]);
  });

  it('asks with the parameters given, and refuses those that make no sense before anything is sent', async () => {
    const { account, simulator } = service;
    const sent = simulator.requests.length;
    const report = await api.check({ phone: '79990001006', id: 'err-6', account, detail: 2, query: 'a=b' });
    assert.deepEqual(report.deliveryError, { code: 6, name: 'Subscriber is offline' });
    assert.ok('operator' in report.fields);
    await assert.rejects(api.check({ ...delivered, account, query: 'del=1' }), fails('input'));
    await assert.rejects(api.check({ ...delivered, account: 'nobody' }), fails('noAccount'));
    await assert.rejects(api.watch({ phone: 'unknown', id: '1', account }), fails('input'));
    await assert.rejects(api.check(undefined as never), fails('input'));
    await assert.rejects(api.checkMany('79991234567' as never), fails('input'));
    assert.equal(simulator.requests.length, sent + 1);
  });

  it('gives up a check when the signal aborts', async () => {
    const slow = await startService({ latencyMs: 60_000 });
    try {
      const leave = new AbortController();
      const check = api.check({ ...delivered, account: slow.account }, leave.signal);
      leave.abort();
      await assert.rejects(check, fails('cancelled'));
    } finally {
      await slow.simulator.close();
    }
  });

  it('checks a list', async () => {
    const { account } = service;
    const { reports, notFound, failed } = await api.checkMany(
      [
        { phone: '79990001001', id: 'err-1' },
        { phone: '79990000002', id: 'nothing' },
        { phone: '7', id: '1' },
      ],
      { account },
    );
    assert.deepEqual(
      reports.map(({ id, status }) => [id, status.kind]),
      [['err-1', 'failed']],
    );
    assert.deepEqual(notFound, [{ phone: '79990000002', id: 'nothing' }]);
    assert.deepEqual(failed, [{ phone: '7', id: '1', reason: 'input' }]);
  });

  it('watches until the status is final, and resolves to that report', async () => {
    const { account } = service;
    const report = await api.watch({ phone: '79990001011', id: 'err-11', account });
    assert.deepEqual([report.status.kind, report.deliveryError?.code], ['failed', 11]);
  });

  it('rejects when a watch is stopped; leaving ends the waiting alone', async () => {
    const { account } = service;
    const pending = { phone: '79991110001', id: `live-${Math.floor(Date.now() / 1000) + 3600}`, account };
    const leave = new AbortController();
    const left = api.watch(pending, leave.signal);
    const watched = api.watch(pending);
    leave.abort();
    await assert.rejects(left, fails('cancelled'));
    let ended = false;
    void watched.catch(() => (ended = true));
    // The watch lives: its first check is made.
    await new Promise<void>((resolve) => {
      const listening = api.onDidCheck((event) => {
        if (!event.ok || event.report.id !== pending.id) return;
        listening.dispose();
        resolve();
      });
    });
    assert.equal(ended, false);
    await api.stopWatching(pending);
    await assert.rejects(watched, fails('cancelled'));
  });
});
