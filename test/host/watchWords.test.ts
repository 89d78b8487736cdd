import assert from 'node:assert/strict';
import { ahead, span } from '../../src/host/words/time.ts';
import { watchedText } from '../../src/host/words/watch.ts';
import { watchEndsText, watchEndText } from '../../src/host/words/watchEnd.ts';
import { statusInfo } from '../../src/smsc/codes.ts';
import type { Report } from '../../src/smsc/report.ts';
import type { WatchEnd } from '../../src/tracking/watcher.ts';
import type { Ending } from '../../src/tracking/watchPlan.ts';

const noon = Date.parse('2026-03-01T12:00:00.000Z');
const second = 1000;
const minute = 60 * second;
const message = { account: 'a', phone: '79991234567', id: '1' };

function report(status: number, more: Partial<Report> = {}): Report {
  const { kind, final, name } = statusInfo(status);
  const checkedAt = new Date(noon).toISOString();
  return { ...message, checkedAt, status: { code: status, name: name.en, kind, final }, fields: {}, ...more };
}

const endOf = (ending: Ending): WatchEnd => ({
  watch: {
    ...{ message, origin: 'tree', startedAt: noon - 65 * second, endsAt: noon },
    progress: { nextAt: noon, attempts: 3, failures: 0 },
  },
  endedAt: noon,
  ending,
});

describe('the words of a watch', () => {
  it('tell when the next check comes, to the second when it is near', () => {
    assert.equal(watchedText({ kind: 'watched', nextAt: noon + 12 * second }, noon), 'next check in 12 sec.');
    assert.equal(ahead(noon + 5 * minute, noon), 'in 5 min.');
    assert.equal(ahead(noon - second, noon), 'now');
  });

  it('tell what slows it down, and what holds it', () => {
    const nextAt = noon + 2 * minute;
    assert.equal(
      watchedText({ kind: 'watched', nextAt, failure: { reason: 'network' } }, noon),
      'Service not reached, next try in 2 min.',
    );
    assert.equal(
      watchedText({ kind: 'watched', nextAt, failure: { reason: 'credentials', code: 2 } }, noon),
      'watch paused (Login refused), next try in 2 min.',
    );
  });

  it('tell lengths of time by their two largest units', () => {
    assert.equal(span(0), '1 sec');
    assert.equal(span(125 * second), '2 min 5 sec');
    assert.equal(span(26 * 60 * minute), '1 day 2 hr');
  });

  it('tell how it ended: after how long by SMSC’s clock, else how long it was watched', () => {
    const sentAt = new Date(noon - 20 * second).toISOString();
    const changedAt = new Date(noon).toISOString();
    const delivered = report(1, { sentAt, changedAt });
    assert.equal(watchEndText(endOf({ kind: 'final', report: delivered })), 'Delivered (after 20 sec)');
    assert.equal(
      watchEndText(endOf({ kind: 'final', report: report(22) })),
      'Not delivered: the phone number has a wrong format (watched for 1 min 5 sec)',
    );
    assert.match(watchEndText(endOf({ kind: 'over', report: report(0) })), /is not watched any more\.$/);
    assert.match(
      watchEndText(endOf({ kind: 'givenUp', failure: { reason: 'notFound', code: 3 } })),
      /^SMSC does not know this message \(SMSC error 3\)\. The message is not watched any more\.$/,
    );
  });

  it('tell many ends in one sentence', () => {
    const ends = [report(1), report(2), report(20)].map((one) => endOf({ kind: 'final', report: one }));
    ends.push(endOf({ kind: 'givenUp', failure: { reason: 'notFound' } }));
    assert.equal(watchEndsText(ends), 'Watches that ended: 4 (delivered: 2, not delivered: 1, others: 1)');
  });
});
