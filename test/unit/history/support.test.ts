import assert from 'node:assert/strict';
import { supportText, type SupportWords } from '../../../src/history/support.ts';
import type { Check, MessageSummary } from '../../../src/history/types.ts';
import { deliveryErrorInfo, statusInfo } from '../../../src/smsc/codes.ts';
import type { Report } from '../../../src/smsc/report.ts';
import { message, report } from './rows.ts';

const words: SupportWords = {
  ...{
    title: 'SMSC message',
    sentence: 'Not delivered: the subscriber is offline',
    phone: 'Phone',
    id: 'ID',
  },
  ...{ host: 'smsc.example', service: 'Service', status: 'Status', deliveryError: 'Delivery error' },
  ...{ sent: 'Sent', changed: 'Status changed', lastCheck: 'Last check', checks: 'Checks', fields: 'Fields' },
  masked: 'masked',
  statusName: ({ code }) => statusInfo(code).name.en,
  errorName: ({ code }) => deliveryErrorInfo(code).name.en,
  outcome: (outcome) => (outcome.ok ? outcome.report.status.name : outcome.failure.reason),
};

function textOf(changes: Partial<Report>, mask: boolean): string {
  const last = report({
    status: { code: 20, name: 'Undeliverable', kind: 'failed', final: true },
    deliveryError: { code: 6, name: 'Subscriber is offline' },
    ...changes,
  });
  const { account, phone, id } = last;
  const checks: Check[] = [1, 2].map((minute) => ({
    message: { account, phone, id },
    startedAt: Date.UTC(2026, 2, 1, 12, minute),
    durationMs: 0,
    detail: 2,
    origin: 'tree',
    outcome: { ok: true, report: last },
  }));
  const summary: MessageSummary = {
    message: { account, phone, id },
    firstCheckedAt: Date.UTC(2026, 2, 1, 12, 1),
    lastCheckedAt: Date.UTC(2026, 2, 1, 12, 2),
    checks: 2,
    last: { ok: true, report: last },
    lastReport: last,
  };
  return supportText(summary, checks, words, mask);
}

describe('the text for support', () => {
  it('tells times, codes and fields', () => {
    assert.equal(
      textOf({ fields: { status: '20', err: '6', message: 'Код\n1234' } }, false),
      `SMSC message
Not delivered: the subscriber is offline

Service: smsc.example
Phone: 79991234567
ID: 007
Status: 20 Undeliverable
Delivery error: 6 Subscriber is offline
Sent: 2026-03-01 11:50:00 UTC
Status changed: 2026-03-01 11:50:08 UTC
Last check: 2026-03-01 12:02:00 UTC

Checks:
- 2026-03-01 11:50:08 UTC: Undeliverable (2 ×, … 2026-03-01 12:02:00 UTC)

Fields:
status = 20
err = 6
message = Код ⏎ 1234
`,
    );
  });

  it('does not tell the account', () => {
    assert.ok(!textOf({}, false).includes(message.account));
  });

  it('masks the phone wherever it stands, however it is written', () => {
    const text = textOf(
      {
        id: '79991234567-5',
        fields: {
          phone: '79991234567',
          message: 'Звоните: +7 (999) 123-45-67, 8 999 123 45 67, 9991234567, 8‑999‑123‑45‑67',
          cost: '2.50',
        },
      },
      true,
    );
    const digits = text.replace(/\D+/g, '');
    assert.ok(!digits.includes('9991234567'), text);
    assert.ok(!/123.{0,3}45/.test(text), text);
    assert.match(text, /^Phone: 7999\*{5}67 \(masked\)$/m);
    assert.match(text, /^phone = 7999\*{5}67$/m);
    assert.match(text, /^cost = 2\.50$/m);
  });

  it('shows what is hidden, and lets no text begin a line of its own', () => {
    const text = textOf({ fields: { message: 'a\u202eb\r\nstatus = 1\u2028x' } }, false);
    assert.match(text, /^message = a⟨U\+202E⟩b ⏎ status = 1⟨U\+2028⟩x$/m);
  });
});
