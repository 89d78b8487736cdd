import assert from 'node:assert/strict';
import { messageMarkdown, reportJson, type MarkdownWords } from '../../../src/history/exports.ts';
import type { Check, MessageSummary, Outcome } from '../../../src/history/types.ts';
import type { Report } from '../../../src/smsc/report.ts';

const message = { account: 'account-1', phone: '79991234567', id: '007' };

function reportWith(fields: Record<string, string>): Report {
  return {
    ...message,
    checkedAt: '2026-03-01T12:00:00.250Z',
    status: { code: 20, name: 'Undeliverable', kind: 'failed', final: true },
    deliveryError: { code: 6, name: 'Subscriber is offline' },
    changedAt: '2026-03-01T11:58:00.000Z',
    sentAt: '2026-03-01T11:50:00.000Z',
    fields,
  };
}

function checkAt(time: string, outcome: Outcome): Check {
  return { message, startedAt: Date.parse(time), durationMs: 0, detail: 0, origin: 'tree', outcome };
}

function summaryOf(checks: Check[], lastReport?: Report): MessageSummary {
  const [first, last] = [checks[0], checks.at(-1)];
  assert.ok(first && last);
  return {
    message,
    firstCheckedAt: first.startedAt,
    lastCheckedAt: last.startedAt,
    checks: checks.length,
    last: last.outcome,
    ...(lastReport !== undefined && { lastReport }),
  };
}

const words: MarkdownWords = {
  headline: { sentence: 'Not delivered: the subscriber is offline', advice: 'Send again later.' },
  outcome: (outcome) => (outcome.ok ? outcome.report.status.name : `Check failed: ${outcome.failure.reason}`),
  field: (name) => (name === 'operator' ? 'Operator' : undefined),
  accountLabel: 'Demo',
  ...{ phone: 'Phone', id: 'ID', account: 'Account', lastCheck: 'Last check' },
  ...{ timeline: 'Timeline', sent: 'Sent', fields: 'Fields' },
};

function markdownOf(fields: Record<string, string>, more: Partial<MarkdownWords> = {}): string {
  const report = reportWith(fields);
  const checks = [checkAt('2026-03-01T12:00:00.250Z', { ok: true, report })];
  return messageMarkdown(summaryOf(checks, report), checks, { ...words, ...more });
}

/** The Markdown without its code spans: between runs of equally many backticks, as CommonMark has it, on one line. */
function outsideCode(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, 'CODE');
}

describe('reportJson', () => {
  it('is the report, nothing added and nothing lost', () => {
    const report = reportWith({ message: 'Код: 1234\n"ок"', id: '007' });
    assert.deepEqual(JSON.parse(reportJson(report)), report);
  });

  it('hides no character from the reader', () => {
    const report = reportWith({ message: 'a\u202eb\u0000c' });
    assert.doesNotMatch(reportJson(report), /[\u202e\0]/);
    assert.deepEqual(JSON.parse(reportJson(report)), report);
  });
});

describe('messageMarkdown', () => {
  it('tells the message, its timeline in UTC, and every field', () => {
    const report = reportWith({ status: '20', operator: 'MTS' });
    const checks = [
      checkAt('2026-03-01T11:55:00.000Z', { ok: false, failure: { reason: 'timeout' } }),
      checkAt('2026-03-01T11:56:00.000Z', { ok: false, failure: { reason: 'timeout' } }),
      checkAt('2026-03-01T12:00:00.250Z', { ok: true, report }),
    ];
    assert.equal(
      messageMarkdown(summaryOf(checks, report), checks, words),
      `### Not delivered: the subscriber is offline

Send again later.

- Phone: \`79991234567\`
- ID: \`007\`
- Account: \`Demo\`
- Last check: 2026-03-01 12:00:00 UTC

**Timeline**

- 2026-03-01 11:50:00 UTC: Sent
- 2026-03-01 11:55:00 UTC: Check failed: timeout (2 ×, … 2026-03-01 11:56:00 UTC)
- 2026-03-01 11:58:00 UTC: Undeliverable

**Fields**

- \`status\`: \`20\`
- Operator (\`operator\`): \`MTS\`
`,
    );
  });

  it('tells a message of which no check brought a report', () => {
    const checks = [
      checkAt('2026-03-01T12:00:00.000Z', { ok: false, failure: { reason: 'notFound', code: 3 } }),
    ];
    const markdown = messageMarkdown(summaryOf(checks), checks, words);
    assert.match(markdown, /^- 2026-03-01 12:00:00 UTC: Check failed: notFound$/m);
    assert.doesNotMatch(markdown, /Fields/);
  });

  it('keeps all text of the service within code, whatever it tries', () => {
    const attacks = [
      '[click](command:workbench.action.quit)',
      '![](https://example.com/x.png)',
      '<img src=x onerror=alert(1)>',
      '<https://example.com>',
      'https://example.com www.example.com me@example.com @someone #1',
      '` <b>out</b> `',
      '``` <b>out</b> ```',
      '`',
      '``',
      'a ` b `` c ``` d',
      'a | b | c',
      'line\n\n# heading\n\n- item\n---\n| a |\n|---|',
      '\\` <b>x</b> \\',
      '&lt;b&gt; *bold* _it_ ~~gone~~',
      '\r\n\r\n<script>',
    ];
    for (const attack of attacks) {
      const plain = outsideCode(markdownOf({ operator: 'x' }));
      assert.equal(outsideCode(markdownOf({ operator: attack })), plain, attack);
      assert.equal(outsideCode(markdownOf({ operator: 'x' }, { accountLabel: attack })), plain, attack);
      // A field's name comes from the service as well.
      assert.equal(outsideCode(markdownOf({ [attack]: 'x' })), outsideCode(markdownOf({ y: 'x' })), attack);
    }
  });

  it('shows what is hidden, and leaves the rest of the text as it is', () => {
    assert.match(markdownOf({ operator: 'МТС\u202e & "Ко" *' }), /: `МТС⟨U\+202E⟩ & "Ко" \*`$/m);
  });

  it('shows an empty value, and cuts a very long one', () => {
    assert.match(markdownOf({ operator: '' }), /: –$/m);
    assert.match(markdownOf({ operator: 'x'.repeat(12_000) }), /x… \(\+2000\)`$/m);
  });

  it('escapes the signs of Markdown in our own words', () => {
    const markdown = markdownOf({}, { headline: { sentence: 'a *b* [c](d) <e>' } });
    assert.ok(markdown.startsWith('### a \\*b\\* \\[c\\](d) \\<e\\>\n'));
  });
});
