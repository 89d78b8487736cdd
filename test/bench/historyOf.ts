/** A program of its own, so that its memory is nobody else's: `historyOf.js <folder> <checks>` prints what they cost. */
import { DatabaseSync } from 'node:sqlite';
import { statSync } from 'node:fs';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { fileName, openStore } from '../../src/history/store.ts';
import type { Check } from '../../src/history/types.ts';
import { median, ninetieth, timed } from './figure.ts';

/** Milliseconds, and MB. */
export interface HistoryCosts {
  firstPageMs: number;
  pageMs: number;
  insertMs: number;
  insert90Ms: number;
  memoryMb: number;
  fileMb: number;
}

const samples = 200;
const pageSize = 200;

const [folder = '', checks = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await costsOf(folder, Number(checks))));

async function costsOf(folder: string, many: number): Promise<HistoryCosts> {
  const first = await openStore(folder);
  if (first.memory !== undefined) throw new Error('This Node has no SQLite.');
  // The same work on a history that is nearly empty: what is more afterwards comes from its size.
  for (let sample = 0; sample < samples; sample++) {
    await first.history.record(checkOf(1), exchange);
    first.history.messages({ limit: pageSize });
  }
  await first.history.clear();
  await first.history.record(checkOf(1), exchange);
  first.close();
  const file = path.join(folder, fileName);
  multiply(file, many);

  const before = await memory();
  const openings = await openStore(folder);
  const { history } = openings;
  const firstPage = await timed(() => history.messages({ limit: pageSize }));
  const pages: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    pages.push(await timed(() => history.messages({ limit: pageSize })));
  }
  const inserts: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    inserts.push(await timed(() => history.record(checkOf(many + 1 + sample), exchange)));
  }
  const more = (await memory()) - before;
  openings.close();
  return {
    firstPageMs: firstPage,
    pageMs: median(pages),
    insertMs: median(inserts),
    insert90Ms: ninetieth(inserts),
    memoryMb: Math.max(0, more),
    fileMb: statSync(file).size / 1e6,
  };
}

const exchange = { request: '<status/>', answer: '<StatusResponse/>', httpStatus: 200 };

function checkOf(number: number): Check {
  const message = { account: 'A', phone: String(79_990_000_000 + number), id: String(number) };
  const startedAt = Date.now();
  const report = {
    ...message,
    checkedAt: new Date(startedAt).toISOString(),
    status: { code: 1, name: 'Delivered', kind: 'delivered', final: true } as const,
    fields: { status: '1', last_timestamp: '1738573200', operator: 'МТС', region: 'Москва' },
  };
  const outcome = { ok: true, report } as const;
  return { message, startedAt, durationMs: 50, detail: 2, origin: 'batch', outcome };
}

/** Multiplies the one message of a store, faster than checks could be recorded one by one. */
function multiply(file: string, many: number): void {
  const db = new DatabaseSync(file);
  db.exec(`
    BEGIN;
    CREATE TEMP TABLE numbers AS
      WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < ${many}) SELECT n FROM number;
    INSERT INTO checks SELECT n, n, started_at + n, duration, detail, origin, outcome, ok, place
      FROM checks, numbers;
    INSERT INTO messages
      SELECT n, account, '7998' || printf('%07d', n), n, first_at + n, last_at + n, 1, n, n, state, status, error
      FROM messages, numbers;
    COMMIT`);
  db.close();
}

/** This process's memory in MB, after what is not used any more has gone where Node lets that be asked for. */
async function memory(): Promise<number> {
  await breathe();
  globalThis.gc?.();
  return process.memoryUsage().rss / 1e6;
}
