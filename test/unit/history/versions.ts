import assert from 'node:assert/strict';
import type { Store } from '../../../src/history/types.ts';
import { account, message, noon } from './stores.ts';

/** A version of the schema as it was released. */
export interface Version {
  /** What it added to the version before. Never changed: files like this are on people's disks. */
  schema: string;
  /** Rows of what it added. They name their columns, since later versions may have more of them. */
  rows: string;
  /** Fails unless the rows are there, as a store of today shows them. */
  assertKept: (store: Store) => void | Promise<void>;
}

/** A report as it stands in a row. */
const report = JSON.stringify({
  ok: true,
  report: {
    checkedAt: new Date(noon + 100).toISOString(),
    status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
    fields: { status: '1', message: 'Привет' },
  },
});
const failure = JSON.stringify({ ok: false, failure: { reason: 'notFound', code: 3 } });

/**
 * Each version, oldest first, written down apart from the code that makes it. A new step of the schema needs its
 * entry here: what it adds, rows of that, and how they are found again.
 */
export const versions: readonly Version[] = [
  {
    schema: `
      CREATE TABLE accounts (
        id TEXT PRIMARY KEY,
        label TEXT NOT NULL,
        login TEXT,
        endpoint TEXT NOT NULL,
        secret TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        removed INTEGER NOT NULL DEFAULT 0
      ) WITHOUT ROWID;

      CREATE TABLE messages (
        key INTEGER PRIMARY KEY,
        account TEXT NOT NULL,
        phone TEXT NOT NULL,
        id TEXT NOT NULL,
        first_at INTEGER NOT NULL,
        last_at INTEGER NOT NULL,
        checks INTEGER NOT NULL,
        last INTEGER NOT NULL,
        last_report INTEGER,
        state TEXT NOT NULL,
        status INTEGER,
        error INTEGER,
        UNIQUE (account, phone, id)
      );
      CREATE INDEX messages_newest ON messages (last_at, account, phone, id, state, status, error);

      CREATE TABLE checks (
        key INTEGER PRIMARY KEY,
        message INTEGER NOT NULL,
        started_at INTEGER NOT NULL,
        duration INTEGER NOT NULL,
        detail INTEGER NOT NULL,
        origin TEXT NOT NULL,
        outcome TEXT NOT NULL,
        ok INTEGER NOT NULL
      );
      CREATE INDEX checks_of_message ON checks (message);
      CREATE INDEX checks_by_age ON checks (started_at);

      CREATE TABLE exchanges (
        message INTEGER PRIMARY KEY,
        request TEXT NOT NULL,
        answer TEXT,
        http_status INTEGER
      );

      CREATE TABLE changes (history INTEGER NOT NULL, accounts INTEGER NOT NULL);
      INSERT INTO changes VALUES (0, 0);

      CREATE TABLE requests (
        key INTEGER PRIMARY KEY,
        window TEXT NOT NULL,
        host TEXT NOT NULL,
        login TEXT NOT NULL,
        about TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        expires_at INTEGER NOT NULL,
        keep_until INTEGER NOT NULL,
        code INTEGER,
        hung_up INTEGER NOT NULL DEFAULT 0
      );
      CREATE INDEX requests_about ON requests (host, login, about);
      CREATE INDEX requests_by_code ON requests (host, code);
      CREATE INDEX requests_by_age ON requests (keep_until);

      CREATE TABLE standings (
        host TEXT NOT NULL,
        login TEXT NOT NULL,
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (host, login)
      ) WITHOUT ROWID;

      CREATE TABLE blocks (
        host TEXT PRIMARY KEY,
        until INTEGER NOT NULL,
        strikes INTEGER NOT NULL
      ) WITHOUT ROWID;

      CREATE TABLE waiting (
        host TEXT NOT NULL,
        login TEXT NOT NULL,
        window TEXT NOT NULL,
        since INTEGER NOT NULL,
        seen_at INTEGER NOT NULL,
        PRIMARY KEY (host, login, window)
      ) WITHOUT ROWID;`,
    rows: `
      INSERT INTO accounts (id, label, login, endpoint, secret, created_at, used_at)
        VALUES ('A', 'Work', 'A-login', 'https://smsc.ru/sys/soap.php', 'keyring', ${noon}, ${noon});
      INSERT INTO accounts (id, label, login, endpoint, secret, created_at, used_at, removed)
        VALUES ('B', 'Gone', NULL, '', 'keyring', ${noon}, ${noon}, 1);
      INSERT INTO messages (key, account, phone, id, first_at, last_at, checks, last, last_report, state, status)
        VALUES (1, 'A', '79991234567', 'old', ${noon + 100}, ${noon + 1100}, 2, 2, 1, 'delivered', 1);
      INSERT INTO messages (key, account, phone, id, first_at, last_at, checks, last, state)
        VALUES (2, 'B', '79991234567', 'gone', ${noon + 100}, ${noon + 100}, 1, 3, 'problem');
      INSERT INTO checks (key, message, started_at, duration, detail, origin, outcome, ok) VALUES
        (1, 1, ${noon}, 100, 2, 'prompt', '${report}', 1),
        (2, 1, ${noon + 1000}, 100, 0, 'tree', '${failure}', 0),
        (3, 2, ${noon}, 100, 0, 'batch', '${failure}', 0);
      INSERT INTO exchanges (message, request, answer, http_status) VALUES (1, '<request/>', '<answer/>', 200);
      INSERT INTO requests (window, host, login, about, started_at, expires_at, keep_until)
        VALUES ('w', 'smsc.ru', 'alex', '79991234567/old', ${noon}, ${noon + 15000}, ${noon + 60000});
      INSERT INTO standings (host, login, state, at, since) VALUES ('smsc.ru', 'alex', 'refused', ${noon}, ${noon});
      INSERT INTO blocks (host, until, strikes) VALUES ('smsc.ru', ${noon + 1000}, 2);`,
    async assertKept({ accounts, history, ledger }) {
      assert.deepEqual(accounts.all(), [account('A', 'Work')]);
      assert.equal(accounts.label('B'), 'Gone');
      const old = history.summary(message('old'));
      assert.deepEqual([old?.checks, old?.last.ok, old?.lastReport?.status.code], [2, false, 1]);
      assert.equal(old?.lastReport?.fields.message, 'Привет');
      const checks = history.checks(message('old'), 10);
      assert.deepEqual(
        checks.map(({ startedAt, origin }) => [startedAt - noon, origin]),
        [
          [0, 'prompt'],
          [1000, 'tree'],
        ],
      );
      assert.deepEqual(history.exchange(message('old')), {
        request: '<request/>',
        answer: '<answer/>',
        httpStatus: 200,
      });
      assert.equal(history.count({ text: 'old' }), 1);
      assert.equal(history.count({ states: ['delivered'] }), 1);
      const request = { host: 'smsc.ru', login: 'alex', about: '79991234567/old' };
      await ledger.claim(request, ({ about, standing, block }) => {
        assert.deepEqual(
          about.map(({ window, startedAt }) => [window, startedAt - noon]),
          [['w', 0]],
        );
        assert.deepEqual([standing.state, block?.strikes], ['refused', 2]);
        return { kind: 'wait', until: 0, whom: 'login' };
      });
    },
  },
  {
    schema: `
      CREATE TABLE watches (
        account TEXT NOT NULL,
        phone TEXT NOT NULL,
        id TEXT NOT NULL,
        origin TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ends_at INTEGER NOT NULL,
        next_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        failures INTEGER NOT NULL DEFAULT 0,
        failure TEXT,
        lease TEXT,
        PRIMARY KEY (account, phone, id)
      ) WITHOUT ROWID;
      CREATE INDEX watches_due ON watches (account, next_at);`,
    rows: `
      INSERT INTO watches (account, phone, id, origin, started_at, ends_at, next_at, attempts)
        VALUES ('A', '79991234567', 'watched', 'prompt', ${noon}, ${noon + 9000}, ${noon + 5000}, 3);`,
    assertKept({ watches }) {
      const [watch, ...others] = watches.all();
      assert.deepEqual(others, []);
      assert.deepEqual(watch, {
        message: message('watched'),
        origin: 'prompt',
        startedAt: noon,
        endsAt: noon + 9000,
        progress: { nextAt: noon + 5000, attempts: 3, failures: 0 },
      });
    },
  },
  {
    schema: `
      CREATE TABLE batches (
        id TEXT PRIMARY KEY,
        account TEXT NOT NULL,
        source TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        count INTEGER NOT NULL,
        messages TEXT NOT NULL
      ) WITHOUT ROWID;`,
    rows: `
      INSERT INTO batches (id, account, source, created_at, count, messages)
        VALUES ('b', 'A', 'list.csv', ${noon}, 1, '[["79991234567","7"]]');`,
    assertKept({ batches }) {
      assert.deepEqual(batches.load('b'), {
        ...{ id: 'b', account: 'A', source: 'list.csv', createdAt: noon },
        messages: [{ phone: '79991234567', id: '7' }],
      });
    },
  },
  {
    schema: `
      ALTER TABLE checks ADD COLUMN place TEXT;
      CREATE INDEX checks_with_place ON checks (message) WHERE place IS NOT NULL;`,
    rows: `
      INSERT INTO messages (key, account, phone, id, first_at, last_at, checks, last, state)
        VALUES (9, 'A', '79991234567', 'placed', ${noon}, ${noon}, 1, 9, 'problem');
      INSERT INTO checks (key, message, started_at, duration, detail, origin, outcome, ok, place)
        VALUES (9, 9, ${noon}, 100, 0, 'editor', '${failure}', 0, '{"uri":"file:///send.log","line":11}');`,
    assertKept({ history }) {
      assert.deepEqual(history.summary(message('placed'))?.place, { uri: 'file:///send.log', line: 11 });
    },
  },
];
