import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { fileName, openStore } from '../../src/history/store.ts';
import type { Check } from '../../src/history/types.ts';
import { median, ninetieth, timed, type Figure } from './figure.ts';

const many = 100_000;
const samples = 200;
const pageSize = 200;

/** What 100,000 checks cost: the tree's first page, one more check, memory. */
export async function measureHistory(folder: string): Promise<Figure[]> {
  const first = await openStore(folder);
  if (first.memory !== undefined) return [];
  // The same work on a history that is nearly empty: what is more afterwards comes from its size.
  for (let sample = 0; sample < samples; sample++) {
    await first.history.record(checkOf(1), exchange);
    first.history.messages({ limit: pageSize });
  }
  await first.history.clear();
  await first.history.record(checkOf(1), exchange);
  first.close();
  multiply(path.join(folder, fileName));

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
  return [
    {
      key: 'history_first_page_ms',
      what: `history of ${many}: first page, cold`,
      value: firstPage,
      unit: 'ms',
      aim: '≤ 30',
    },
    { key: 'history_page_ms', what: 'the same, warm (median)', value: median(pages), unit: 'ms' },
    {
      key: 'history_insert_ms',
      what: 'one more check (median)',
      value: median(inserts),
      unit: 'ms',
      aim: '≤ 1',
    },
    { key: 'history_insert_p90_ms', what: 'one more check (90 %)', value: ninetieth(inserts), unit: 'ms' },
    {
      key: 'history_memory_mb',
      what: 'memory more than when empty',
      value: Math.max(0, more),
      unit: 'MB',
      aim: '≤ 15',
    },
  ];
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
function multiply(file: string): void {
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
