import assert from 'node:assert/strict';
import { answeredAt, beganAt, runsOf } from '../../../src/history/timeline.ts';
import type { Check } from '../../../src/history/types.ts';
import type { Failure } from '../../../src/smsc/errors.ts';
import type { Report } from '../../../src/smsc/report.ts';

const message = { account: 'a', phone: '79991234567', id: '007' };
const noon = Date.parse('2026-03-01T12:00:00.000Z');

function reported(minute: number, status: number, more: Partial<Report> = {}): Check {
  const report: Report = {
    ...message,
    checkedAt: new Date(noon + minute * 60_000).toISOString(),
    status: { code: status, name: '', kind: 'pending', final: false },
    fields: {},
    ...more,
  };
  return check(minute, { ok: true, report });
}

function failed(minute: number, failure: Failure): Check {
  return check(minute, { ok: false, failure });
}

function check(minute: number, outcome: Check['outcome']): Check {
  const startedAt = noon + minute * 60_000;
  return { message, startedAt, durationMs: 250, detail: 0, origin: 'tree', outcome };
}

describe('runsOf', () => {
  it('puts equal checks in a row together, and only those', () => {
    const runs = runsOf([reported(0, 0), reported(1, 0), reported(2, 1), reported(3, 0)]);
    assert.deepEqual(
      runs.map(({ first, last, count }) => [first.startedAt - noon, last.startedAt - noon, count]),
      [
        [0, 60_000, 2],
        [120_000, 120_000, 1],
        [180_000, 180_000, 1],
      ],
    );
  });

  it('tells delivery errors apart', () => {
    const offline = { deliveryError: { code: 6, name: '' } };
    assert.equal(runsOf([reported(0, 20), reported(1, 20, offline), reported(2, 20, offline)]).length, 2);
  });

  it('tells failures apart by their reason, code and detail, and not by when to ask again', () => {
    const runs = runsOf([
      failed(0, { reason: 'network', detail: 'dns' }),
      failed(1, { reason: 'network', detail: 'reset' }),
      failed(2, { reason: 'blocked', code: 4, retryAfter: 60 }),
      failed(3, { reason: 'blocked', code: 4, retryAfter: 30 }),
    ]);
    assert.deepEqual(
      runs.map(({ count }) => count),
      [1, 1, 2],
    );
  });

  it('is empty without checks', () => {
    assert.deepEqual(runsOf([]), []);
  });
});

describe('the times of a run', () => {
  it('begin when the service says that the status changed', () => {
    const changedAt = '2026-03-01T11:30:00.000Z';
    const [run] = runsOf([reported(0, 1, { changedAt }), reported(5, 1)]);
    assert.ok(run);
    assert.equal(beganAt(run), changedAt);
    assert.equal(answeredAt(run.last), '2026-03-01T12:05:00.250Z');
  });

  it('begin with the first check where the service says nothing, or the check failed', () => {
    const [pending, problem] = runsOf([reported(0, 0), failed(1, { reason: 'timeout' })]);
    assert.ok(pending && problem);
    assert.equal(beganAt(pending), '2026-03-01T12:00:00.250Z');
    assert.equal(beganAt(problem), '2026-03-01T12:01:00.250Z');
  });
});
