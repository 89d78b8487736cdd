import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isToBatchPanel, type RowView } from '../../../src/batchProtocol.ts';
import type { Check, MessageSummary, Outcome } from '../../../src/history/types.ts';
import { settings } from '../../../src/ids.ts';
import { isToMessagePanel, messageStandings } from '../../../src/protocol.ts';
import { statusAnswerOf } from '../../../src/smsc/answer.ts';
import { details, reasons, type Failure } from '../../../src/smsc/errors.ts';
import type { Message } from '../../../src/smsc/message.ts';
import { rowOf } from '../../../src/tracking/batchRows.ts';
import type { BatchEnd } from '../../../src/tracking/batch.ts';
import { createPace } from '../../../src/tracking/pace.ts';
import type { Activity } from '../../../src/tracking/types.ts';
import { columns, isChoice, orderOf } from '../../../src/webview/parts/rowOrder.ts';
import { always } from './fuzz.ts';
import { anyCopy, anyId, anyText, isoTime, phone } from './values.ts';
import { useSettings } from './vscode.ts';

const { messageView } = await import('../../../src/ui/messageView.ts');
const { batchView, rowView } = await import('../../../src/ui/batchView.ts');

/** Stands in every text of the service that may be somebody's words. */
// No fingerprint holds it by chance.
const mark = 'Zq7#';
const words = anyText.map((text) => `${mark}${text}`);
const code = fc
  .oneof(fc.integer({ min: -2, max: 30 }), fc.constantFrom(200, 253, 77, -999_999_999))
  .map(String);
const seconds = fc.integer({ min: 1, max: 4_000_000_000 }).map(String);

/** Fields as the service sends them, and as it does not. */
const fields = fc.record(
  {
    status: code,
    err: code,
    last_timestamp: seconds,
    last_date: fc.constantFrom('01.02.2024 15:00:00', '31.02.2024', ''),
    send_timestamp: seconds,
    send_date: fc.constantFrom('01.02.2024 15:00:00', '', 'x'),
    cost: fc.constantFrom('2.5', '', '0'),
    operator: fc.oneof(fc.constantFrom('MTS', 'Beeline', ''), anyText),
    region: anyText,
    sms_cnt: code,
    message: words,
    sender_id: words,
    comment: words,
    phone: fc.constant('{phone}'),
    status_name: fc.constant('Delivered to {phone}'),
  },
  { requiredKeys: ['status'], noNullPrototype: true },
);
const failure: fc.Arbitrary<Failure> = fc.record(
  {
    reason: fc.constantFrom(...reasons),
    code: fc.integer({ min: -1, max: 300 }),
    detail: fc.constantFrom(...details),
    httpStatus: fc.integer({ min: 100, max: 999 }),
    retryAfter: fc.nat(),
  },
  { requiredKeys: ['reason'], noNullPrototype: true },
);

interface Story {
  message: Message;
  checks: Check[];
  summary: MessageSummary | undefined;
}
const time = isoTime.map((iso) => Date.parse(iso));
const outcome = fc.oneof({ weight: 3, arbitrary: fc.tuple(fields, isoTime) }, failure);

/** A message and what its checks brought, as the history keeps it. */
const story: fc.Arbitrary<Story> = fc
  .tuple(
    fc.record({ phone, id: fc.oneof(anyId, fc.constant('{phone}')) }),
    fc.array(fc.tuple(time, fc.nat(60_000), outcome), { maxLength: 4 }),
  )
  .map(([{ phone, id }, made]) => {
    const message = { account: 'a', phone, id: id.replace('{phone}', phone) };
    const checks = made
      .sort(([a], [b]) => a - b)
      .map(([startedAt, durationMs, what]): Check => ({
        message,
        startedAt,
        durationMs,
        detail: 2,
        origin: 'tree',
        outcome: outcomeOf(message, what),
      }));
    const reports = checks.flatMap(({ outcome }) => (outcome.ok ? [outcome.report] : []));
    const [first, last, lastReport] = [checks[0], checks.at(-1), reports.at(-1)];
    const summary = first &&
      last && {
        message,
        firstCheckedAt: first.startedAt,
        lastCheckedAt: last.startedAt + last.durationMs,
        checks: checks.length + 3,
        last: last.outcome,
        ...(lastReport !== undefined && { lastReport }),
      };
    return { message, checks, summary };
  });

function outcomeOf(
  message: Message,
  what: Failure | [fields: Partial<Record<string, string>>, checkedAt: string],
): Outcome {
  if (!Array.isArray(what)) return { ok: false, failure: what };
  const [given, checkedAt] = what;
  const filled = Object.entries(given).map(
    ([name, text = '']) => [name, text.replace('{phone}', message.phone)] as const,
  );
  // What is kept has been JSON.
  const report = { ...message, checkedAt, ...statusAnswerOf(Object.fromEntries(filled)) };
  return { ok: true, report: JSON.parse(JSON.stringify(report)) as typeof report };
}

const activity: fc.Arbitrary<Activity> = fc.oneof(
  fc.constant<Activity>({ kind: 'idle' }),
  time.map((until): Activity => ({ kind: 'waiting', until })),
  time.map((since): Activity => ({ kind: 'checking', since })),
  fc
    .tuple(time, fc.option(failure, { nil: undefined }))
    .map(([nextAt, failed]): Activity => ({ kind: 'watched', nextAt, ...(failed && { failure: failed }) })),
);
const exchange = fc.option(
  fc.record({ request: words, answer: words }, { requiredKeys: ['request'], noNullPrototype: true }),
  { nil: undefined },
);
const facts = fc.record({
  story,
  activity,
  exchange,
  watched: fc.boolean(),
  label: fc.option(anyText, { nil: undefined }),
});
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never;

/** A view as it arrives at the other side. */
const sent = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function viewOf({ story: { message, checks, summary }, activity, exchange, watched, label }: Facts): unknown {
  return sent({
    type: 'show',
    view: messageView({ message, accountLabel: label, summary, checks, exchange, activity, watched }),
  });
}

const batch = fc.record({
  stories: fc.array(story, { maxLength: 4 }),
  started: fc.boolean(),
  running: fc.boolean(),
  end: fc.option(
    fc.oneof(
      fc.constant<BatchEnd>({ kind: 'cancelled' }),
      failure.map((failed): BatchEnd => ({ kind: 'stopped', failure: failed })),
    ),
    { nil: undefined },
  ),
  source: anyText,
  label: fc.option(anyText, { nil: undefined }),
  unreadable: fc.array(
    fc.record({
      line: fc.nat(),
      text: words,
      why: fc.constantFrom('rounded', 'noPhone', 'broken', 'idLong'),
    }),
    { maxLength: 3 },
  ),
  since: time,
});
type BatchParts = typeof batch extends fc.Arbitrary<infer T> ? T : never;

function batchSent({
  stories,
  started,
  running,
  end,
  source,
  label,
  unreadable,
  since,
}: BatchParts): [view: unknown, rows: unknown] {
  const rows = stories.map(({ message, summary }, index) => rowOf(message, index, summary, since));
  const counts = Object.fromEntries(
    messageStandings.map((state) => [state, rows.filter((row) => row.state === state).length]),
  ) as Record<(typeof messageStandings)[number], number>;
  const run = running ? { total: rows.length, done: 0, pace: createPace(() => since) } : undefined;
  const messages = stories.map(({ message: { phone, id } }) => ({ phone, id }));
  const session = {
    batch: { id: 'b', account: 'a', source, createdAt: since, messages },
    counts,
    run,
    end,
    started,
    rows,
  };
  const list = {
    form: 'lines' as const,
    doubles: 1,
    dialled: 0,
    unreadable: unreadable as { line: number; text: string; why: 'broken' }[],
  };
  return [
    sent({ type: 'show', view: batchView({ session, accountLabel: label, list, eachMs: 100 }) }),
    sent({ type: 'rows', rows: rows.map(rowView), total: rows.length }),
  ];
}

/** Digits as they are read, whatever stands between them. */
const bare = (value: unknown): string =>
  JSON.stringify(value).replace(/[\s()./\u00a0\u2010-\u2015\u2212-]/g, '');

describe('fuzz: what the panels are sent', () => {
  afterEach(() => useSettings({}));

  always(
    'every history makes a view that the message panel takes',
    facts,
    (given) => assert.ok(isToMessagePanel(viewOf(given))),
    { each: 2 },
  );

  always(
    'every batch makes views that the batch panel takes',
    batch,
    (given) => {
      for (const message of batchSent(given)) assert.ok(isToBatchPanel(message));
    },
    { each: 2 },
  );

  describe('in private', () => {
    beforeEach(() => useSettings({ [settings.privacy]: true }));

    always(
      'holds no phone and nobody’s words for the message panel',
      facts,
      (given) => {
        const view = viewOf(given);
        assert.ok(isToMessagePanel(view));
        assert.ok(!bare(view).includes(given.story.message.phone.slice(-10)), 'the phone');
        assert.ok(!JSON.stringify(view).includes(mark), 'the words');
      },
      { each: 2 },
    );

    always(
      'holds no phone and nobody’s words for the batch panel',
      batch,
      (given) => {
        const messages = batchSent(given);
        for (const message of messages) assert.ok(isToBatchPanel(message));
        for (const { message } of given.stories)
          assert.ok(!bare(messages).includes(message.phone.slice(-10)), 'the phone');
        assert.ok(!JSON.stringify(messages).includes(mark), 'the words');
      },
      { each: 2 },
    );
  });

  const row = fc.record({
    phone: fc.oneof(phone, anyText),
    id: fc.oneof(anyId, anyText),
    state: fc.constantFrom(...messageStandings),
    text: anyText,
    changed: fc.option(time, { nil: undefined }),
  });
  const choice = fc.record(
    {
      sort: fc.constantFrom(...columns),
      descending: fc.boolean(),
      text: fc.oneof(fc.constantFrom('', '79', 'a'), anyText),
      state: fc.constantFrom(...messageStandings),
    },
    { requiredKeys: ['sort', 'descending', 'text'], noNullPrototype: true },
  );
  always(
    'the batch panel shows what was chosen, each row once, in one order',
    fc.tuple(fc.array(row, { maxLength: 8 }), choice),
    ([given, choice]) => {
      const rows = given.map(({ changed, ...one }, index): RowView => ({
        ...one,
        index,
        ...(changed !== undefined && { changed }),
      }));
      const order = orderOf(rows, choice);
      assert.equal(new Set(order).size, order.length);
      assert.ok(
        order.every(
          (one) => rows.includes(one) && (choice.state === undefined || one.state === choice.state),
        ),
      );
      if (choice.text.trim() === '' && choice.state === undefined) assert.equal(order.length, rows.length);
      assert.deepEqual(
        orderOf(
          [...rows].reverse().sort((a, b) => a.index - b.index),
          choice,
        ),
        order,
      );
      assert.deepEqual(
        orderOf(order, { ...choice, sort: choice.sort === 'row' ? 'id' : choice.sort }).length,
        order.length,
      );
    },
  );

  always(
    'the batch panel remembers a choice, and nothing else',
    fc.tuple(choice, anyCopy),
    ([good, other]) => {
      assert.ok(isChoice(sent(good)));
      for (const key of Object.keys(good)) {
        const changed = { ...good, [key]: other };
        if (isChoice(changed)) orderOf([], changed);
      }
      if (isChoice(other)) assert.ok(columns.includes(other.sort));
    },
  );
});
