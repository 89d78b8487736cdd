import assert from 'node:assert/strict';
import type { Check, MessageSummary, Outcome } from '../../src/history/types.ts';
import { isToMessagePanel, type MessageView } from '../../src/protocol.ts';
import { deliveryErrors, statuses, statusInfo } from '../../src/smsc/codes.ts';
import type { Failure } from '../../src/smsc/errors.ts';
import type { Report } from '../../src/smsc/report.ts';
import type { Activity } from '../../src/tracking/types.ts';
import { messageView } from '../../src/ui/messageView.ts';

const message = { account: 'a', phone: '79991234567', id: '007' };
const noon = Date.parse('2026-03-01T12:00:00.000Z');
const minute = 60_000;

function report(status: number, err?: number, more: Partial<Report> = {}): Report {
  const { kind, final, name } = statusInfo(status);
  return {
    ...message,
    checkedAt: new Date(noon).toISOString(),
    status: { code: status, name: name.en, kind, final },
    ...(err !== undefined && { deliveryError: { code: err, name: '' } }),
    fields: { status: String(status) },
    ...more,
  };
}

function check(outcome: Outcome, at = noon): Check {
  return { message, startedAt: at, durationMs: 0, detail: 0, origin: 'tree', outcome };
}

const reported = (value: Report, at?: number): Check => check({ ok: true, report: value }, at);
const failed = (failure: Failure, at?: number): Check => check({ ok: false, failure }, at);

function viewOf(
  checks: Check[],
  more: { kept?: number; activity?: Activity; answer?: string } = {},
): MessageView {
  const reports = checks.flatMap(({ outcome }) => (outcome.ok ? [outcome.report] : []));
  const [first, last, lastReport] = [checks[0], checks.at(-1), reports.at(-1)];
  const summary: MessageSummary | undefined = first &&
    last && {
      message,
      firstCheckedAt: first.startedAt,
      lastCheckedAt: last.startedAt,
      checks: more.kept ?? checks.length,
      last: last.outcome,
      ...(lastReport !== undefined && { lastReport }),
    };
  const exchange =
    more.answer === undefined ? undefined : { request: '<a><b>1</b></a>', answer: more.answer };
  const activity = more.activity ?? { kind: 'idle' };
  const watched = activity.kind === 'watched';
  return messageView({ message, accountLabel: 'Demo', summary, checks, exchange, activity, watched });
}

const sentenceOf = (status: number, err?: number): string =>
  viewOf([reported(report(status, err))]).headline.sentence;

describe('what the message panel says', () => {
  it('of a delivery: what happened, in one sentence', () => {
    assert.equal(sentenceOf(1), 'Delivered');
    assert.equal(sentenceOf(2), 'Delivered: read');
    assert.equal(sentenceOf(0), 'Not delivered yet: handed to the operator');
    assert.equal(sentenceOf(20, 6), 'Not delivered: the subscriber is offline');
    assert.equal(sentenceOf(20), 'Not delivered: SMSC gives no reason');
    assert.equal(sentenceOf(24), 'Not delivered: the account could not pay for the message');
    assert.equal(sentenceOf(77), 'Unknown status 77');
  });

  it('does not promise a delivery that did not take place', () => {
    assert.match(sentenceOf(1, 200), /^Reported as delivered, but .*nothing was sent$/);
  });

  it('has a mark, a meaning and advice for every status and every delivery error', () => {
    for (const { code, kind } of statuses) {
      for (const err of [undefined, ...deliveryErrors.map((info) => info.code), 999]) {
        const { headline } = viewOf([reported(report(code, err))]);
        assert.equal(headline.mark, kind);
        assert.match(headline.sentence, /^\S.*[^.]$/);
        assert.match(headline.meaning ?? '', /^\p{Lu}.*\.$/u);
        assert.match(headline.advice ?? '', /\.$/);
      }
    }
  });

  it('of a message that SMSC does not know', () => {
    const view = viewOf([failed({ reason: 'notFound', code: 3 })]);
    assert.equal(view.headline.mark, 'problem');
    assert.match(view.headline.sentence, /^SMSC does not know this message/);
    assert.ok(view.actions.copyJson.reason, 'there is no report to copy');
    assert.deepEqual(view.facts, []);
  });

  it('of a check that failed after a report: the last known status stays, the failure stands below', () => {
    const view = viewOf([reported(report(1)), failed({ reason: 'timeout' }, noon + minute)]);
    assert.equal(view.headline.sentence, 'Delivered');
    assert.equal(view.trouble?.at.iso, '2026-03-01T12:01:00.000Z');
    assert.match(view.trouble.sentence, /not answer in time\.$/);
    assert.equal(viewOf([reported(report(1))]).trouble, undefined);
  });

  it('of a message that was never checked', () => {
    const view = viewOf([]);
    assert.equal(view.headline.mark, 'none');
    assert.deepEqual(view.timeline, []);
    assert.ok(view.actions.copyMarkdown.reason, 'there is nothing to copy');
  });
});

describe('the timeline of the message panel', () => {
  const sentAt = '2026-03-01T11:00:00.000Z';
  const changedAt = '2026-03-01T12:02:30.000Z';
  const view = viewOf([
    reported(report(0), noon),
    reported(report(0), noon + minute),
    failed({ reason: 'network', detail: 'dns' }, noon + 2 * minute),
    reported(
      report(1, undefined, { sentAt, changedAt, fields: { last_date: '01.03.2026 15:02:30' } }),
      noon + 4 * minute,
    ),
  ]);

  it('tells the newest first, equal checks as one, and what SMSC says of sending', () => {
    assert.deepEqual(
      view.timeline.map(({ mark, title }) => [mark, title]),
      [
        ['delivered', 'Delivered'],
        ['problem', 'Check failed'],
        ['pending', 'Handed to the operator'],
        ['sent', 'Sent'],
      ],
    );
    assert.deepEqual(view.timeline[2]?.facts, [
      { label: 'First seen', at: { iso: '2026-03-01T12:00:00.000Z' } },
      { label: 'Last seen', at: { iso: '2026-03-01T12:01:00.000Z' } },
      { label: 'Checks', text: '2' },
    ]);
    assert.equal(view.timeline[1]?.detail, 'The service’s address could not be resolved');
  });

  it('tells the time between states, by SMSC’s clock where it gave one, with its own text', () => {
    assert.deepEqual(view.timeline[0]?.at, { iso: changedAt, original: '01.03.2026 15:02:30' });
    assert.deepEqual(
      view.timeline.map(({ after }) => after),
      [minute / 2, 2 * minute, 60 * minute, undefined],
    );
  });

  it('says how many checks are not in it', () => {
    assert.match(viewOf([reported(report(0))], { kept: 41 }).timelineNote ?? '', /\b40$/);
    assert.equal(view.timelineNote, undefined);
  });
});

describe('a watch in the message panel', () => {
  const watched = (failure?: Failure): MessageView =>
    viewOf([reported(report(0))], {
      activity: { kind: 'watched', nextAt: noon + minute, ...(failure && { failure }) },
    });

  it('says when the next check comes, and why the last one brought nothing', () => {
    const at = { iso: '2026-03-01T12:01:00.000Z' };
    assert.deepEqual(watched().activity, { kind: 'scheduled', text: 'Watched, next check', at });
    assert.equal(watched({ reason: 'network' }).activity?.text, 'Watched (Service not reached), next try');
    assert.equal(
      watched({ reason: 'blocked', code: 4 }).activity?.text,
      'Watch paused (IP address blocked), next try',
    );
  });

  it('leaves checking by hand possible', () => {
    assert.equal(watched().watched, true);
    assert.equal(watched().actions.recheck.reason, undefined);
  });

  it('is not offered for a status that is final', () => {
    assert.equal(viewOf([reported(report(0))]).actions.watch.reason, undefined);
    assert.match(viewOf([reported(report(20, 6))]).actions.watch.reason ?? '', /final/);
  });
});

describe('the fields of the message panel', () => {
  it('stand with their names in words, and unknown ones with SMSC’s alone', () => {
    const fields = { status: '20', err: '6', cost: '2.35', future: 'x' };
    const view = viewOf([reported(report(20, 6, { fields }))]);
    assert.deepEqual(view.fields, [
      { name: 'status', label: 'Status', value: '20', note: 'Undeliverable' },
      { name: 'err', label: 'Delivery error', value: '6', note: 'Subscriber is offline' },
      { name: 'cost', label: 'Cost', value: '2.35' },
      { name: 'future', value: 'x' },
    ]);
    assert.deepEqual(view.facts.at(-1), { label: 'Cost', text: '2.35' });
  });

  it('hide nothing, and end somewhere', () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`f${index}`, 'x']));
    const fields = { operator: 'a\u202eb', message: 'y'.repeat(100_000), ...many };
    const view = viewOf([reported(report(1, undefined, { fields }))], {
      answer: `<a>${'z'.repeat(900_000)}`,
    });
    assert.equal(view.fields[0]?.value, 'a⟨U+202E⟩b');
    assert.ok(JSON.stringify(view).length < 200_000);
    assert.match(view.fieldsNote ?? '', /\b202$/);
  });

  it('come with the last exchange, indented', () => {
    const { exchange } = viewOf([reported(report(1))], { answer: '<r><status>1</status></r>' });
    assert.equal(exchange?.answer, '<r>\n  <status>1</status>\n</r>');
  });
});

describe('the message panel’s protocol', () => {
  const view = viewOf([reported(report(20, 6)), failed({ reason: 'timeout' }, noon + minute)], {
    activity: { kind: 'waiting', until: noon },
    answer: '<a/>',
  });

  it('passes every view as it is, and stops what is not one', () => {
    const shown = { type: 'show', view };
    assert.deepEqual(JSON.parse(JSON.stringify(shown)), shown);
    assert.ok(isToMessagePanel(shown));
    const optional = new Set(['trouble', 'activity', 'lastCheck', 'exchange']);
    for (const [key, value] of Object.entries(view)) {
      const others = Object.fromEntries(Object.entries(view).filter(([other]) => other !== key));
      assert.equal(isToMessagePanel({ type: 'show', view: others }), optional.has(key), `without ${key}`);
      const wrong = typeof value === 'string' ? 1 : 'text';
      assert.equal(
        isToMessagePanel({ type: 'show', view: { ...view, [key]: wrong } }),
        false,
        `wrong ${key}`,
      );
    }
  });

  it('says why the button waits while a check is under way', () => {
    assert.equal(view.actions.recheck.reason, view.activity?.text);
    assert.equal(viewOf([reported(report(1))]).actions.recheck.reason, undefined);
  });
});
