import assert from 'node:assert/strict';
import {
  durationText,
  operatorsView,
  percentText,
  statesView,
  timesView,
} from '../../src/host/words/statistics.ts';
import { statisticsOf } from '../../src/history/statistics.ts';
import type { Report } from '../../src/smsc/report.ts';
import { isOperatorsView, isStatesView, isTimesView } from '../../src/statisticsView.ts';

const sent = Date.UTC(2026, 0, 5, 9);

function delivered(seconds: number, operator = 'МТС'): { lastReport: Report } {
  const message = { account: 'a', phone: '79991234567', id: '1', checkedAt: new Date(sent).toISOString() };
  return {
    lastReport: {
      ...message,
      status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
      sentAt: new Date(sent).toISOString(),
      changedAt: new Date(sent + seconds * 1000).toISOString(),
      fields: { operator },
    },
  };
}

describe('statistics in words', () => {
  it('tells a span by its two largest units', () => {
    const seconds = [0, 1, 60, 61, 3600, 3605, 3660, 90_000, 86_460];
    assert.deepEqual(
      seconds.map((count) => durationText(count * 1000)),
      ['0 sec', '1 sec', '1 min', '1 min 1 sec', '1 hr', '1 hr', '1 hr 1 min', '1 day 1 hr', '1 day'],
    );
  });

  it('never says nothing of something, or all of almost all', () => {
    assert.deepEqual([0, 0.00001, 0.5, 1 / 3, 0.99999, 1].map(percentText), [
      '0%',
      '< 0.1%',
      '50%',
      '33.3%',
      '> 99.9%',
      '100%',
    ]);
  });

  it('makes views that panels accept', () => {
    const statistics = statisticsOf([delivered(2), delivered(4000), {}]);
    const times = timesView(statistics.delivery);
    assert.ok(isStatesView(statesView(statistics)));
    assert.ok(isTimesView(times));
    assert.ok(isOperatorsView(operatorsView(statistics)));
    assert.equal(times.spans.length, 6, 'nothing after the slowest');
    assert.deepEqual(
      times.spans.map(({ note }) => note),
      ['Median', undefined, undefined, undefined, undefined, '90% within, Slowest'],
    );
  });

  it('has no times where nothing was delivered, and says where none is known', () => {
    assert.equal(timesView(statisticsOf([{}]).delivery), undefined);
    const untimed = delivered(1);
    delete untimed.lastReport.sentAt;
    const times = timesView(statisticsOf([untimed]).delivery);
    assert.deepEqual([times?.facts, times?.spans], [[], []]);
    assert.match(times?.note ?? '', /^None of the delivered messages/);
  });

  it('shows hidden characters of operators, and counts together who would fill pages', () => {
    const many = Array.from({ length: 50 }, (_, index) => delivered(1, `${index} \u202e${'x'.repeat(200)}`));
    const view = operatorsView(statisticsOf(many));
    assert.equal(view?.rows.length, 30);
    assert.match(view.note ?? '', /20/);
    for (const [name = ''] of view.rows) {
      assert.match(name, /^\d+ ⟨U\+202E⟩x+…$/);
      assert.ok(name.length < 70);
    }
  });
});
