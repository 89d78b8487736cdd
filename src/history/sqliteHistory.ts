import type { Message } from '../smsc/message.ts';
import type { DetailLevel } from '../smsc/report.ts';
import type { Exchange } from '../smsc/service.ts';
import type { Changes } from './changes.ts';
import type { Database } from './database.ts';
import { checkedAt, readOutcome, writeOutcome } from './outcome.ts';
import { type Condition, conditionOf, type Names } from './sqliteFilter.ts';
import { createRemoval } from './sqliteRemoval.ts';
import { createMessageRows } from './sqliteRows.ts';
import type { Check, FilePlace, History, MessageSummary, Origin } from './types.ts';

interface SummaryRow {
  account: string;
  phone: string;
  id: string;
  first_at: number;
  last_at: number;
  checks: number;
  last: number;
  last_report: number | null;
  last_outcome: string;
  report_outcome: string | null;
  place: string | null;
}

interface CheckRow {
  started_at: number;
  duration: number;
  detail: DetailLevel;
  origin: Origin;
  place: string | null;
  outcome: string;
}

/** The history as rows of the database. `labels` gives the accounts' labels, for the filter. */
export function createSqliteHistory(db: Database, changes: Changes, labels: Names['labels']): History {
  const rows = createMessageRows(db);
  const insertMessage = db.prepare(
    `INSERT INTO messages (account, phone, id, first_at, last_at, checks, last, state)
     VALUES (?, ?, ?, ?, ?, 0, 0, 'problem') RETURNING key`,
  );
  const insertCheck = db.prepare(
    `INSERT INTO checks (message, started_at, duration, detail, origin, place, outcome, ok)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING key`,
  );
  const setLast = db.prepare('UPDATE messages SET last = ?, last_at = ?, checks = checks + 1 WHERE key = ?');
  const setExchange = db.prepare('INSERT OR REPLACE INTO exchanges VALUES (?, ?, ?, ?)');

  function keep(check: Check, exchange: Exchange | undefined): void {
    const { message, outcome } = check;
    const at = checkedAt(check);
    const key =
      rows.keyOf(message) ??
      Number(insertMessage.get(message.account, message.phone, message.id, at, at)?.key);
    const { startedAt, durationMs, detail, origin, place } = check;
    const values = [
      startedAt,
      durationMs,
      detail,
      origin,
      place === undefined ? null : JSON.stringify(place),
      writeOutcome(outcome),
      outcome.ok ? 1 : 0,
    ] as const;
    const checkKey = Number(insertCheck.get(key, ...values)?.key);
    setLast.run(checkKey, at, key);
    if (outcome.ok) rows.setReport(key, checkKey, outcome.report);
    if (exchange) {
      setExchange.run(key, exchange.request, exchange.answer ?? null, exchange.httpStatus ?? null);
    }
  }

  const checksOf = db.prepare(
    'SELECT started_at, duration, detail, origin, place, outcome FROM checks WHERE message = ? ORDER BY key DESC LIMIT ?',
  );
  const exchangeOf = db.prepare('SELECT request, answer, http_status FROM exchanges WHERE message = ?');
  const codes = db.prepare('SELECT DISTINCT status, error FROM messages');
  const names: Names = { labels, codes: () => codes.all() as ReturnType<Names['codes']> };
  const select = (condition: Condition, order: string) =>
    db.prepare(
      `SELECT m.account, m.phone, m.id, m.first_at, m.last_at, m.checks, m.last, m.last_report,
              last.outcome AS last_outcome, report.outcome AS report_outcome,
              (SELECT place FROM checks WHERE message = m.key AND place IS NOT NULL
               ORDER BY key DESC LIMIT 1) AS place
       FROM messages AS m JOIN checks AS last ON last.key = m.last
            LEFT JOIN checks AS report ON report.key = m.last_report
       WHERE ${condition.sql} ${order}`,
    );

  return {
    async record(check, exchange) {
      await changes.write('history', { kind: 'message', message: check.message }, () =>
        keep(check, exchange),
      );
    },
    messages(query) {
      const condition = conditionOf(query, names);
      const order = 'ORDER BY m.last_at DESC, m.account DESC, m.phone DESC, m.id DESC LIMIT ?';
      const rows = select(condition, order).all(...condition.values, query.limit);
      return (rows as unknown as SummaryRow[]).map(summaryOf);
    },
    count(query) {
      const condition = conditionOf(query, names);
      const count = db.prepare(`SELECT count(*) AS count FROM messages AS m WHERE ${condition.sql}`);
      return Number(count.get(...condition.values)?.count);
    },
    summary({ account, phone, id }) {
      const condition: Condition = {
        sql: 'm.account = ? AND m.phone = ? AND m.id = ?',
        values: [account, phone, id],
      };
      const row = select(condition, '').get(...condition.values);
      return row && summaryOf(row as unknown as SummaryRow);
    },
    checks(message, limit) {
      const key = rows.keyOf(message);
      if (key === undefined) return [];
      return (checksOf.all(key, limit) as unknown as CheckRow[])
        .map((row) => checkOf(row, message))
        .reverse();
    },
    exchange(message) {
      const key = rows.keyOf(message);
      const row = key === undefined ? undefined : exchangeOf.get(key);
      if (!row) return undefined;
      const { request, answer, http_status } = row as {
        request: string;
        answer: string | null;
        http_status: number | null;
      };
      return {
        request,
        ...(answer !== null && { answer }),
        ...(http_status !== null && { httpStatus: http_status }),
      };
    },
    ...createRemoval(db, changes),
  };
}

function summaryOf(row: SummaryRow): MessageSummary {
  const message: Message = { account: row.account, phone: row.phone, id: row.id };
  const last = readOutcome(row.last_outcome, message);
  const report =
    row.last_report === row.last || row.report_outcome === null
      ? last
      : readOutcome(row.report_outcome, message);
  return {
    message,
    firstCheckedAt: row.first_at,
    lastCheckedAt: row.last_at,
    checks: row.checks,
    last,
    ...(report.ok && { lastReport: report.report }),
    ...placeOf(row),
  };
}

function checkOf(row: CheckRow, message: Message): Check {
  return {
    message,
    startedAt: row.started_at,
    durationMs: row.duration,
    detail: row.detail,
    origin: row.origin,
    ...placeOf(row),
    outcome: readOutcome(row.outcome, message),
  };
}

function placeOf({ place }: { place: string | null }): { place?: FilePlace } {
  return place === null ? {} : { place: JSON.parse(place) as FilePlace };
}
