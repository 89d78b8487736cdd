import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadSqlite } from '../../../src/history/database.ts';
import { writeCause } from '../../../src/history/sqliteErrors.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import type { WriteCause } from '../../../src/history/types.ts';
import { makeMessage } from '../../../src/simulator/message.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server.ts';
import { createClient } from '../../../src/smsc/client.ts';
import { createTracker } from '../../../src/tracking/tracker.ts';
import { answered, describeSqlite, message, temporaryFolders } from '../history/stores.ts';
import { openWindow, type Part, partToPlay, say } from '../history/windows.ts';

const phone = '79990000001';
/** More than fit into the room that there is. */
const many = 400;
const ballast = 'ballast';

/** What a window tells of a disk that becomes full. */
interface Told {
  /** Checks that brought a report to the one who asked. */
  answered: number;
  kept: number;
  /** Why others could not be kept. */
  causes: (WriteCause | undefined)[];
  integrity: unknown;
  /** How many of the three checks are kept that are made when there is room again. */
  keptAgain?: number;
}

/** A part that makes checks until nothing more can be kept, and some more; with a ballast, it then makes room. */
async function fill({ folder, url = '', weight = '' }: Part): Promise<void> {
  if (weight !== '') await writeFile(path.join(folder, ballast), Buffer.alloc(Number(weight)));
  const store = await openStore(folder);
  assert.equal(store.memory, undefined);
  const causes: Told['causes'] = [];
  const client = createClient({
    endpoint: url,
    credentials: { kind: 'password', login: 'alex', password: '123' },
    timeoutMs: 5000,
  });
  const tracker = createTracker({
    ...{ history: store.history, ledger: store.ledger },
    clientOf: () => Promise.resolve({ client, host: 'service', login: 'alex' }),
    onRecordFailed: (error) => causes.push(writeCause(error)),
  });
  const check = (id: number) =>
    tracker.check({ account: 'A', phone, id: String(id) }, { origin: 'prompt', detail: 2 });

  let next = 0;
  let answered = 0;
  for (; next < many && causes.length < 5; answered++) await check(next++);
  const kept = store.history.count({});
  let keptAgain: number | undefined;
  if (weight !== '') {
    await rm(path.join(folder, ballast));
    for (let more = 0; more < 3; more++) await check(next++);
    keptAgain = store.history.count({}) - kept;
  }
  tracker.dispose();
  store.close();
  const sqlite = loadSqlite();
  assert(sqlite);
  const db = new sqlite.DatabaseSync(path.join(folder, fileName));
  const integrity = db.prepare('PRAGMA integrity_check').get()?.integrity_check;
  db.close();
  const told: Told = { answered, kept, causes, integrity, ...(keptAgain !== undefined && { keptAgain }) };
  say(JSON.stringify(told));
}

/** A part that opens the store as somebody who may not write there, and uses it all the same. */
async function openForbidden({ folder }: Part): Promise<void> {
  // Nothing is forbidden to root.
  if (process.getuid?.() === 0) {
    process.setgid?.(65534);
    process.setuid?.(65534);
  }
  const store = await openStore(folder);
  await store.history.record(answered(message(1), 1));
  say(JSON.stringify([store.memory ?? null, store.setAside ?? null, store.history.count({})]));
  store.close();
}

/** A small disk of its own, as any user may make one where the system allows it. */
const smallDisk = (folder: string) => [
  ...['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c'],
  ...['mount -t tmpfs -o size=2m none "$0" && exec "$@"', folder],
];

function tests(): void {
  const folders = temporaryFolders();
  let simulator: Simulator;
  before(async () => {
    const messages = Array.from({ length: many }, (_, id) => makeMessage({ phone, id: String(id) }));
    simulator = await startSimulator({ messages });
  });
  after(() => simulator.close());

  const play = async (within: (folder: string) => string[], more: Record<string, string> = {}) => {
    const folder = await folders.make();
    const window = openWindow(
      import.meta.url,
      { name: 'fill', folder, url: simulator.url, ...more },
      within(folder),
    );
    const [line = '{}'] = await window.rest();
    assert.equal(await window.ended(), 0);
    const told = JSON.parse(line) as Told;
    assert(told.kept > 3, `${told.kept} kept before`);
    assert.equal(told.answered, told.kept + 5, 'every check brings its report, kept or not');
    assert.equal(told.integrity, 'ok');
    return told;
  };

  it('still answers when the disk is full, and keeps checks again when there is room', async function () {
    const [program = '', ...args] = smallDisk(await folders.make());
    if (spawnSync(program, [...args, 'true']).status !== 0) this.skip();
    const told = await play(smallDisk, { weight: String(1_400_000) });
    assert.deepEqual(told.causes, Array<WriteCause>(5).fill('full'));
    assert.equal(told.keptAgain, 3);
  }).timeout(30_000);

  const unix = process.platform === 'win32' ? it.skip : it;
  unix('still answers when its files may not grow any more', async () => {
    const told = await play(() => ['sh', '-c', 'ulimit -f 800 && exec "$0" "$@"']);
    assert.deepEqual(told.causes, Array<WriteCause>(5).fill('folder'));
  }).timeout(30_000);

  const forbid = async (folder: string) => {
    await chmod(folder, 0o555);
    const window = openWindow(import.meta.url, { name: 'forbidden', folder });
    assert.deepEqual(JSON.parse(await window.line()), ['folder', null, 1]);
    assert.equal(await window.ended(), 0);
    await chmod(folder, 0o700);
  };
  unix('lives in memory in a folder that may only be read', async () => {
    const folder = path.join(await folders.make(), 'storage');
    await mkdir(folder);
    await chmod(path.dirname(folder), 0o755);
    await forbid(folder);
    const store = await openStore(folder);
    await store.history.record(answered(message('kept'), 1));
    store.close();
    await forbid(folder);
    // The file may be written, but nothing can be made beside it.
    await chmod(path.join(folder, fileName), 0o666);
    await forbid(folder);
    const again = folders.closing(await openStore(folder));
    assert.deepEqual([again.memory, again.history.count({})], [undefined, 1]);
  }).timeout(30_000);
}

const part = partToPlay();
if (part?.name === 'fill') await fill(part);
else if (part) await openForbidden(part);
else describeSqlite('a disk without room', tests);
