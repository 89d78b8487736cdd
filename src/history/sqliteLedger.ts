import type { Database } from './database.ts';
import {
  type Block,
  type Entry,
  type Go,
  type Judged,
  type Ledger,
  type OpenEntry,
  type Pass,
  type AccountStanding,
  type Subject,
  unproven,
  type Usage,
  type Verdict,
  type Waiting,
} from './ledger.ts';

interface EntryRow {
  window: string;
  login: string;
  started_at: number;
  ended_at: number | null;
  expires_at: number;
  code: number | null;
  hung_up: number;
  state: AccountStanding['state'] | null;
  at: number | null;
  since: number | null;
}

/** How long the word of a window that waits is kept, in milliseconds: longer than anybody heeds it. */
const waitingKeptMs = 60_000;

/** The ledger as rows that all windows share. `window` names this one. */
export function createSqliteLedger(db: Database, window: string): Ledger {
  const entries = (condition: string) =>
    db.prepare(
      `SELECT requests.*, standings.state, standings.at, standings.since
       FROM requests LEFT JOIN standings USING (host, login) WHERE ${condition}`,
    );
  const about = entries('host = ? AND login = ? AND about = ?');
  const open = entries('host = ? AND code IS NULL');
  const refusals = entries('host = ? AND code = 2');
  const standing = db.prepare('SELECT state, at, since FROM standings WHERE host = ? AND login = ?');
  const block = db.prepare('SELECT until, strikes FROM blocks WHERE host = ?');
  const waiting = db.prepare(
    'SELECT window, since, seen_at AS seenAt FROM waiting WHERE host = ? AND login = ? AND window <> ?',
  );

  const enter = db.prepare(
    `INSERT INTO requests (window, host, login, about, started_at, expires_at, keep_until)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING key`,
  );
  const end = db.prepare(
    'UPDATE requests SET ended_at = ?, code = ?, hung_up = ?, keep_until = ? WHERE key = ?',
  );
  const takeBack = db.prepare('DELETE FROM requests WHERE key = ?');
  const setStanding = db.prepare('INSERT OR REPLACE INTO standings VALUES (?, ?, ?, ?, ?)');
  const setBlock = db.prepare('INSERT OR REPLACE INTO blocks VALUES (?, ?, ?)');
  const unblock = db.prepare('DELETE FROM blocks WHERE host = ?');
  const wait = db.prepare('INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?)');
  const stopWaiting = db.prepare('DELETE FROM waiting WHERE host = ? AND login = ? AND window = ?');
  const forgetOld = db.prepare('DELETE FROM requests WHERE keep_until <= ?');
  const forgetWaiting = db.prepare('DELETE FROM waiting WHERE seen_at < ?');

  // Copied: SQLite's rows are objects without a prototype.
  const standingOf = (host: string, login: string): AccountStanding => ({
    ...unproven,
    ...(standing.get(host, login) as AccountStanding | undefined),
  });
  const blockOf = (host: string): Block | undefined => {
    const row = block.get(host) as Block | undefined;
    return row && { ...row };
  };

  function usageOf({ host, login, about: subject }: Subject): Usage {
    const block = blockOf(host);
    return {
      window,
      about: (about.all(host, login, subject) as unknown as EntryRow[]).map(entryOf),
      open: (open.all(host) as unknown as EntryRow[]).map(openEntryOf),
      refusals: (refusals.all(host) as unknown as EntryRow[]).map(entryOf),
      standing: standingOf(host, login),
      ...(block && { block }),
      waiting: waiting.all(host, login, window) as unknown as Waiting[],
    };
  }

  function enterRequest({ host, login, about }: Subject, go: Go): number {
    forgetOld.run(go.startedAt);
    forgetWaiting.run(go.startedAt - waitingKeptMs);
    stopWaiting.run(host, login, window);
    const row = enter.get(window, host, login, about, go.startedAt, go.expiresAt, go.keepUntil);
    return Number(row?.key);
  }

  function settle(key: number, { host, login }: Subject, judge: (before: Judged) => Verdict) {
    const block = blockOf(host);
    const verdict = judge({ standing: standingOf(host, login), ...(block && { block }) });
    if (verdict.kind === 'unsent') {
      takeBack.run(key);
      return;
    }
    end.run(verdict.endedAt, verdict.code ?? null, verdict.hungUp ? 1 : 0, verdict.keepUntil, key);
    const { state, at, since } = verdict.standing;
    setStanding.run(host, login, state, at, since);
    if (verdict.block) setBlock.run(host, verdict.block.until, verdict.block.strikes);
    else if (block) unblock.run(host);
  }

  function passOf(key: number, request: Subject): Pass {
    let settled: Promise<void> | undefined;
    return {
      settle: (judge) => (settled ??= db.write(() => settle(key, request, judge))),
    };
  }

  return {
    claim: (request, decide) =>
      db.write(() => {
        const decision = decide(usageOf(request));
        const { host, login } = request;
        switch (decision.kind) {
          case 'go': {
            const key = enterRequest(request, decision);
            return { decision, pass: passOf(key, request) };
          }
          case 'wait':
            if (decision.turn) wait.run(host, login, window, decision.turn.since, decision.turn.seenAt);
            return { decision };
          case 'refuse':
            return { decision };
        }
      }),
    async forgive(host, login, now) {
      await db.write(() => setStanding.run(host, login, 'unproven', now, now));
    },
  };
}

function entryOf(row: EntryRow): Entry {
  return {
    window: row.window,
    login: row.login,
    startedAt: row.started_at,
    ...(row.ended_at !== null && { endedAt: row.ended_at }),
    expiresAt: row.expires_at,
    ...(row.code !== null && { code: row.code }),
    ...(row.hung_up !== 0 && { hungUp: true }),
  };
}

function openEntryOf(row: EntryRow): OpenEntry {
  const { state, at, since } = row;
  const known = state !== null && at !== null && since !== null;
  return { ...entryOf(row), standing: known ? { state, at, since } : unproven };
}
