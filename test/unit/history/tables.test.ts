import assert from 'node:assert/strict';
import { createMemoryStore } from '../../../src/history/memory.ts';
import {
  exportRows,
  gatherTable,
  maskedRow,
  type ExportRow,
  type TableWords,
} from '../../../src/history/tables.ts';
import type { History, MessageSummary } from '../../../src/history/types.ts';
import { walk } from '../../../src/history/walk.ts';
import { failedRow, report, row } from './rows.ts';
import { answered, idsOf, message } from './stores.ts';

const words: TableWords = {
  ...{ phone: 'Phone', id: 'ID', account: 'Account', state: 'State', status: 'Status' },
  ...{ sent: 'Sent', changed: 'Changed', lastCheck: 'Checked' },
  standing: (standing) => standing,
  outcome: ({ lastReport }) => lastReport?.status.name ?? '',
};
const never = new AbortController().signal;

describe('masked messages', () => {
  const fields = { status: '1', phone: '79991234567', message: 'Привет, Анна', sender_id: 'Shop' };
  const rows = [
    row({ id: '79991234567-1', fields }),
    failedRow({ reason: 'timeout' }, report({ fields })),
    failedRow({ reason: 'timeout' }),
  ];
  const formats = [
    { kind: 'csv', dialect: { kind: 'plain' } },
    { kind: 'csv', dialect: { kind: 'spreadsheet', separator: ';' } },
    { kind: 'json' },
    { kind: 'markdown', words },
  ] as const;
  for (const format of formats) {
    it(`tell neither phone nor text nor sender as ${JSON.stringify(format).slice(0, 60)}`, () => {
      const whole = [...exportRows(rows, format)].join('');
      const text = [...exportRows(rows.map(maskedRow), format)].join('');
      for (const secret of ['79991234567', ...(format.kind === 'markdown' ? [] : ['Анна', 'Shop'])]) {
        assert.ok(whole.includes(secret), secret);
        assert.ok(!text.includes(secret), secret);
      }
      assert.ok(text.includes('7999*****67'));
      assert.equal(text.split('\n').length, whole.split('\n').length);
    });
  }
});

describe('messages as JSON', () => {
  const read = (rows: Iterable<ExportRow>): unknown =>
    JSON.parse([...exportRows(rows, { kind: 'json' })].join(''));

  it('are reports as they are, with the label of their account', () => {
    assert.deepEqual(read([row(), row({ id: '8' })]), [
      { ...report(), accountLabel: 'Работа' },
      { ...report({ id: '8' }), accountLabel: 'Работа' },
    ]);
  });

  it('tell of a check that failed, with the report before it where there is one', () => {
    const failure = { reason: 'notFound', code: 3 } as const;
    const failed = { ...failure, at: '2026-03-01T12:00:00.250Z' };
    const { account, phone, id } = report();
    assert.deepEqual(read([failedRow(failure), failedRow(failure, report())]), [
      { account, phone, id, accountLabel: 'Работа', failure: failed },
      { ...report(), accountLabel: 'Работа', failure: failed },
    ]);
  });

  it('are a list also when there is none', () => {
    assert.deepEqual(read([]), []);
  });

  it('keep every character, the hidden ones escaped', () => {
    const fields = { message: 'a\u202eb\u0000 "ок"\n' };
    const text = [...exportRows([row({ fields })], { kind: 'json' })].join('');
    assert.doesNotMatch(text, /[\u202e\u0000]/);
    assert.deepEqual(JSON.parse(text), [{ ...report({ fields }), accountLabel: 'Работа' }]);
  });
});

describe('messages as a Markdown table', () => {
  const lines = (rows: Iterable<ExportRow>): string[] =>
    [...exportRows(rows, { kind: 'markdown', words })].join('').trimEnd().split('\n');

  it('have a head and a row each', () => {
    assert.deepEqual(lines([row()]), [
      '| Phone | ID | State | Status | Sent | Changed | Checked | Account |',
      '| --- | --- | --- | --- | --- | --- | --- | --- |',
      '| `79991234567` | `007` | delivered | Delivered | 2026-03-01 11:50:00 UTC | 2026-03-01 11:50:08 UTC | 2026-03-01 12:00:00 UTC | `Работа` |',
    ]);
  });

  it('let no text end its cell, its row or its code span', () => {
    for (const accountLabel of [
      'a|b',
      'a\\|b',
      'a`|`b',
      'a\n| b',
      '<b>|</b>',
      '[x](command:y)',
      '`',
      '\\',
      '\r|',
    ]) {
      const [, , line = '', ...more] = lines([{ ...row(), accountLabel }]);
      assert.deepEqual(more, [], accountLabel);
      assert.equal(line.match(/\|/g)?.length, 9, line);
      assert.match(line, /\| (`+)[^`].*\1 \|$|\| (`+) .* \2 \|$/, line);
    }
  });
});

describe('a walk through the history', () => {
  const history = async (count: number): Promise<History> => {
    const store = createMemoryStore('sqliteMissing');
    for (let id = 1; id <= count; id++) await store.history.record(answered(message(id), 1, id));
    return store.history;
  };
  const pagesOf = async (kept: Pick<History, 'messages'>, query = {}): Promise<MessageSummary[][]> => {
    const pages: MessageSummary[][] = [];
    for await (const page of walk(kept, query, never)) pages.push(page);
    return pages;
  };

  it('brings every message once, newest first, page by page', async () => {
    const pages = await pagesOf(await history(1201));
    assert.deepEqual(
      pages.map(({ length }) => length),
      [500, 500, 201],
    );
    assert.deepEqual(
      idsOf(pages.flat()).map(Number),
      Array.from({ length: 1201 }, (_, index) => 1201 - index),
    );
  });

  it('brings what a filter finds, and nothing where there is nothing', async () => {
    const kept = await history(20);
    assert.deepEqual(idsOf((await pagesOf(kept, { text: '13' })).flat()), ['13']);
    assert.deepEqual(await pagesOf(kept, { states: ['problem'] }), []);
  });

  it('misses no message that is checked meanwhile, and brings none twice', async () => {
    const kept = await history(1100);
    const ids: string[] = [];
    for await (const page of walk(kept, {}, never)) {
      if (ids.length === 0) {
        // One that was seen, one that was not yet, and one that is new.
        for (const id of [1100, 3, 5000]) await kept.record(answered(message(id), 1, 9000));
      }
      ids.push(...idsOf(page));
    }
    assert.equal(ids.length, 1101);
    assert.equal(new Set(ids).size, 1101);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const pages = walk(await history(1100), {}, controller.signal);
    await pages.next();
    controller.abort();
    await assert.rejects(pages.next(), { reason: 'cancelled' });
  });
});

describe('a table that is gathered', () => {
  async function* pages(count: number): AsyncGenerator<ExportRow[]> {
    for (let at = 0; at < count; at += 500) {
      yield Array.from({ length: 500 }, (_, index) => row({ id: String(at + index) }));
      await Promise.resolve();
    }
  }

  it('is the same as one of rows at hand, and tells how far it is', async () => {
    const counts: number[] = [];
    const { rows, content } = await gatherTable(pages(1500), { kind: 'json' }, never, (count) =>
      counts.push(count),
    );
    assert.equal(rows, 1500);
    assert.deepEqual(counts, [500, 1000, 1500]);
    const all = Array.from({ length: 1500 }, (_, index) => row({ id: String(index) }));
    assert.equal(new TextDecoder().decode(content), [...exportRows(all, { kind: 'json' })].join(''));
  });

  it('is none when it is cancelled', async () => {
    const controller = new AbortController();
    const cancel = (): void => controller.abort();
    await assert.rejects(gatherTable(pages(1500), { kind: 'json' }, controller.signal, cancel), {
      reason: 'cancelled',
    });
  });

  it('takes 100,000 messages, and lets others have their turn', async () => {
    const controller = new AbortController();
    const dialect = { kind: 'spreadsheet', separator: ';' } as const;
    const { rows, content } = await gatherTable(pages(100_000), { kind: 'csv', dialect }, controller.signal);
    assert.equal(rows, 100_000);
    assert.equal(content.subarray(0, 3).join(), '239,187,191');
    assert.equal(content.filter((byte) => byte === 10).length, 100_001);
  }).timeout(30_000);
});
