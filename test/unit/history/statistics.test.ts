import assert from 'node:assert/strict';
import { spanLimits, spanOf, statisticsOf } from '../../../src/history/statistics.ts';
import type { ExportRow } from '../../../src/history/tables.ts';
import type { Report, Status } from '../../../src/smsc/report.ts';
import { failedRow, row } from './rows.ts';

const sentAt = '2026-03-01T12:00:00.000Z';
const status = (code: number, kind: Status['kind']): Status => ({
  code,
  kind,
  name: String(code),
  final: true,
});

/** A message that was delivered after so many seconds. */
function delivered(seconds: number, changes: Partial<Report> = {}): ExportRow {
  const changedAt = new Date(Date.parse(sentAt) + seconds * 1000).toISOString();
  return row({ sentAt, changedAt, ...changes });
}

/** The numbers 1 to `count`, in no order. */
function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index * 7919) % count) + 1);
}

describe('statistics', () => {
  it('count states, what SMSC does not know and what was not checked apart', () => {
    const rows = [
      row(),
      row({ status: status(2, 'delivered') }),
      row({ status: status(0, 'pending') }),
      row({ status: status(20, 'failed') }),
      row({ status: status(77, 'unknown') }),
      failedRow({ reason: 'notFound', code: 3 }),
      failedRow({ reason: 'timeout' }),
      { message: row().message },
    ];
    const { messages, states } = statisticsOf(rows);
    assert.equal(messages, 8);
    assert.deepEqual(
      states.map(({ standing, count }) => `${standing} ${count}`),
      ['delivered 2', 'pending 1', 'failed 1', 'unknown 1', 'notFound 1', 'problem 1', 'unchecked 1'],
    );
  });

  it('count a message by its last report, also when later checks failed', () => {
    const { lastReport } = row();
    assert.deepEqual(statisticsOf([failedRow({ reason: 'network' }, lastReport)]).states, [
      { standing: 'delivered', count: 1 },
    ]);
  });

  it('are of nothing where there is nothing', () => {
    assert.deepEqual(statisticsOf([]), {
      messages: 0,
      states: [],
      delivery: { delivered: 0, known: 0, counts: spanLimits.map(() => 0).concat(0) },
      operators: [],
      withoutOperator: 0,
    });
  });

  it('take times that messages really took', () => {
    const { delivery } = statisticsOf(shuffled(11).map((seconds) => delivered(seconds)));
    assert.deepEqual(
      [delivery.known, delivery.median, delivery.p90, delivery.slowest],
      [11, 6000, 10_000, 11_000],
    );
    const one = statisticsOf([delivered(0)]).delivery;
    assert.deepEqual([one.known, one.median, one.p90, one.slowest], [1, 0, 0, 0]);
  });

  it('leave out times that are not those of the delivery, and say of how many they are', () => {
    const untimed = row();
    delete untimed.lastReport?.sentAt;
    const { delivery } = statisticsOf([
      delivered(8),
      delivered(4000, { status: status(2, 'delivered') }),
      delivered(4000, { status: status(4, 'delivered') }),
      delivered(4000, { deliveryError: { code: 200, name: 'Virtual sending' } }),
      delivered(-5),
      untimed,
      row({ status: status(20, 'failed') }),
    ]);
    assert.deepEqual([delivery.delivered, delivery.known, delivery.slowest], [6, 1, 8000]);
  });

  it('count times by span, each limit within its own', () => {
    assert.deepEqual([0, 5000, 5001, 86_400_000, 86_400_001].map(spanOf), [0, 0, 1, 6, 7]);
    const { counts } = statisticsOf([1, 5, 6, 59, 100_000].map((seconds) => delivered(seconds))).delivery;
    assert.deepEqual(counts, [2, 1, 1, 0, 0, 0, 0, 1]);
  });

  it('tell operators apart, most messages first, and how many have none', () => {
    const of = (operator: string, seconds: number): ExportRow => delivered(seconds, { fields: { operator } });
    const { operators, withoutOperator } = statisticsOf([
      of('МТС', 3),
      of(' Мегафон ', 10),
      of('Мегафон', 20),
      row({ status: status(20, 'failed'), fields: { operator: 'Мегафон' } }),
      of('', 5),
      failedRow({ reason: 'notFound' }),
    ]);
    assert.equal(withoutOperator, 2);
    assert.deepEqual(operators, [
      {
        ...{ operator: 'Мегафон', messages: 3, delivered: 2, failed: 1 },
        ...{ known: 2, median: 10_000, p90: 20_000, slowest: 20_000 },
      },
      {
        ...{ operator: 'МТС', messages: 1, delivered: 1, failed: 0 },
        ...{ known: 1, median: 3000, p90: 3000, slowest: 3000 },
      },
    ]);
  });

  it('take operators for names, whatever they are called', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const { operators } = statisticsOf(
      names.map((operator) =>
        delivered(1, { fields: JSON.parse(`{"operator":"${operator}"}`) as Record<string, string> }),
      ),
    );
    assert.deepEqual(
      operators.map(({ operator }) => operator),
      ['__proto__', 'constructor', 'toString'],
    );
  });

  it('take 100,000 messages', () => {
    const { messages, delivery } = statisticsOf(shuffled(100_000).map((seconds) => delivered(seconds)));
    assert.equal(messages, 100_000);
    assert.deepEqual(
      [delivery.median, delivery.p90, delivery.slowest],
      [50_000_000, 90_000_000, 100_000_000],
    );
  }).timeout(10_000);
});
