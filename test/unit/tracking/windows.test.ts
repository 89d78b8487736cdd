import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStore } from '../../../src/history/store.ts';
import { systemClock } from '../../../src/tracking/clock.ts';
import { createLimiter, type Limiter } from '../../../src/tracking/limiter.ts';
import { servicePolicy } from '../../../src/tracking/limits.ts';
import { describeSqlite, temporaryFolders } from '../history/stores.ts';
import { openWindow, type Part, partToPlay, say } from '../history/windows.ts';

/** What the other windows of these tests do: `count` requests, all wanted at once, or without end. */
async function play({ folder, url = '', count = '' }: Part): Promise<void> {
  const store = await openStore(folder);
  assert.equal(store.memory, undefined);
  const limiter = createLimiter({
    ledger: store.ledger,
    clock: systemClock,
    timeoutMs: () => 15_000,
    policyOf: () => servicePolicy,
  });
  const wanted = count === 'endless' ? 10 : Number(count);
  await Promise.all(
    Array.from({ length: wanted }, async (_, index) => {
      let id = index;
      do {
        await send(limiter, url, `${process.pid}/${id}`);
        id += wanted;
      } while (count === 'endless');
    }),
  );
  store.close();
}

async function send(limiter: Limiter, url: string, about: string): Promise<void> {
  const wanted = { host: 'service', login: 'alex', about, insist: false };
  const turn = await limiter.enter(wanted, new AbortController().signal, () => undefined);
  const answer = await fetch(url);
  await answer.text();
  await turn.leave({ kind: 'answered', code: 0 });
  if (about.endsWith('/0')) say('first is done');
}

/** A service that takes its time, and counts how many requests it has at once. */
async function startService() {
  let now = 0;
  const seen = { most: 0, requests: 0 };
  const server: Server = createServer((_, response) => {
    seen.most = Math.max(seen.most, ++now);
    seen.requests++;
    response.on('close', () => now--);
    setTimeout(() => response.end('ok'), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { seen, url: `http://127.0.0.1:${port}/`, close: () => server.close().closeAllConnections() };
}

function tests(): void {
  const folders = temporaryFolders();
  let service: Awaited<ReturnType<typeof startService>>;
  beforeEach(async () => {
    service = await startService();
  });
  afterEach(() => {
    service.close();
  });
  const openWindowFor = (folder: string, count: string) =>
    openWindow(import.meta.url, { name: 'send', folder, url: service.url, count });

  it('have no more than four requests in flight together', async () => {
    const folder = await folders.make();
    const windows = ['30', '30', '30'].map((count) => openWindowFor(folder, count));
    for (const window of windows) assert.equal(await window.ended(), 0);
    assert.equal(service.seen.requests, 90);
    assert(service.seen.most <= 4, `${service.seen.most} at once`);
  });

  it('let each other have a turn, however long their queues are', async () => {
    const folder = await folders.make();
    const busy = openWindowFor(folder, 'endless');
    await busy.line();
    assert.equal(await openWindowFor(folder, '5').ended(), 0);
    await busy.kill();
    assert(service.seen.most <= 4, `${service.seen.most} at once`);
  });
}

const part = partToPlay();
if (part) await play(part);
else describeSqlite('limits in several windows', tests);
