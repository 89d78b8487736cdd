import assert from 'node:assert/strict';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadSqlite } from '../../../src/history/database.ts';
import { fileName, openStore } from '../../../src/history/store.ts';
import { startSimulator } from '../../../src/simulator/server.ts';
import { judge, servicePolicy } from '../../../src/tracking/limits.ts';
import { describeSqlite, temporaryFolders } from '../history/stores.ts';
import { openWindow, type OtherWindow, partToPlay } from '../history/windows.ts';
import {
  assertKept,
  assertLimits,
  assertNoneStarves,
  assertOneAtATime,
  checksIn,
  messagesOf,
  ofKind,
} from './mixedRound.ts';
import { hurriedClock, playWindow, type Said } from './mixedWindow.ts';
import { randomFrom } from './random.ts';

/** How many windows are killed: `npm run test:crashes` says 200. */
const kills = Number(process.env.SMSC_TEST_KILLS ?? 24);

/** What a killed window had under way counts until it runs out; with one login alone, the next ones would only wait. */
const logins = Array.from({ length: 8 }, (_, index) => ({ login: `alex-${index}`, password: '123' }));

/** How long a window lives on average, in hurried seconds, as far as the messages are concerned. */
const lifeSeconds = 6;

interface Victim {
  window: OtherWindow;
  said: Promise<Said[]>;
}

/**
 * Two windows at a time check, watch and run batches on one database, and are killed with SIGKILL at random moments,
 * also while they start, and sometimes both at once.
 *
 * What is promised of a check: it is acknowledged when the promise of `Tracker.check` has resolved, which is when
 * somebody is shown its report, and by then its row has been committed. So each acknowledged check is in the history
 * once, and none is there twice. Between the moment when the answer has come in and the commit (the limits' ledger is
 * written, then the row, a few milliseconds in all) a kill loses the row of a check of which nobody has been told. Its
 * place among the limits stays taken until it runs out, and a watched message is checked again when the lease of the
 * killed window has run out. A commit survives the end of the process; whether it survives a power cut is up to the
 * disk, since the file is synchronised at checkpoints (`PRAGMA synchronous = NORMAL`): the file is sound then too.
 *
 * The seed repeats who does what and the pauses before the kills; what exactly a kill meets is up to the machine.
 */
function tests(): void {
  const folders = temporaryFolders();
  const closings: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closings.splice(0)) await close();
  });

  /** Good logins, known as such: those that are not yet known have to wait for each other. */
  async function proveLogins(folder: string, now: number): Promise<void> {
    const store = await openStore(folder);
    for (const { login } of logins) {
      const go = { kind: 'go', startedAt: now, expiresAt: now + 1, keepUntil: now + 1 } as const;
      const claim = await store.ledger.claim({ host: 'service', login, about: 'proof' }, () => go);
      assert('pass' in claim);
      const times = { startedAt: now, now };
      await claim.pass.settle((before) => judge({ kind: 'answered', code: 0 }, times, before, servicePolicy));
    }
    store.close();
  }

  /** The file opens as a window opens it, and SQLite finds nothing wrong in it. */
  async function assertSound(folder: string): Promise<void> {
    const store = await openStore(folder);
    assert.deepEqual([store.memory, store.setAside], [undefined, undefined], 'the database opens');
    store.close();
    const sqlite = loadSqlite();
    assert(sqlite);
    const db = new sqlite.DatabaseSync(path.join(folder, fileName));
    db.exec('PRAGMA busy_timeout = 5000');
    assert.deepEqual(
      db
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => row.integrity_check),
      ['ok'],
    );
    db.close();
  }

  async function play(seed: number): Promise<void> {
    const random = randomFrom(seed);
    const folder = await folders.make();
    const began = Date.now();
    const clock = hurriedClock(began);
    let given = 0;
    const messages = messagesOf(began, kills + 2, random, () => String(++given), lifeSeconds);
    const simulator = await startSimulator({ now: () => clock.now(), messages, latencyMs: 20, logins });
    closings.push(() => simulator.close());
    await proveLogins(folder, began);

    let opened = 0;
    const open = (number: string): Victim => {
      const login = logins[++opened % logins.length]?.login ?? '';
      const part = { name: 'mixed', folder, url: simulator.url, began: String(began), login, number };
      const window = openWindow(import.meta.url, { ...part, seed: String(random(2 ** 31)) });
      closings.push(() => window.kill());
      const said = window.rest().then((lines) => lines.map((line) => JSON.parse(line) as Said));
      return { window, said };
    };
    const openNext = () => open(String(opened + 1));

    const dead: Victim[] = [];
    let living = [openNext(), openNext()];
    while (dead.length < kills) {
      await delay(random(700));
      const both = random(5) === 0 && dead.length + 2 <= kills;
      const victims = both ? living : living.slice(random(2)).slice(0, 1);
      await Promise.all(victims.map(({ window }) => window.kill()));
      dead.push(...victims);
      await assertSound(folder);
      living = living.filter((one) => !victims.includes(one));
      while (living.length < 2) living.push(openNext());
    }
    // The last two are not killed. What others left is theirs to finish, and what they leave is the next one's.
    living.push(open(''));
    for (const { window } of living) assert.equal(await window.ended(), 0);
    await assertSound(folder);

    const windows = await Promise.all(living.map(({ said }) => said));
    const killed = (await Promise.all(dead.map(({ said }) => said))).flat();
    const store = folders.closing(await openStore(folder));
    const survivors = windows.flat();
    const round = { simulator, given, survivors, killed, store, kept: checksIn(store) };
    assert(ofKind(killed, 'got').length > kills, 'there was something to lose');
    assert(ofKind(killed, 'watches').length > kills / 4, 'there were watches to go on');
    assertLimits(round);
    assertKept(round);
    assertOneAtATime(round);
    assertNoneStarves(round, windows);
  }

  const seed = Number(process.env.SMSC_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31));
  it(`leave a sound history with every acknowledged check once, ${kills} times (seed ${seed})`, () =>
    play(seed)).timeout(60_000 + kills * 3000);
}

const part = partToPlay();
if (part) await playWindow(part);
else describeSqlite('windows that are killed', tests);
