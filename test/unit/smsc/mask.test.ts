import assert from 'node:assert/strict';
import { maskDigits, maskedMessage, maskedReport, maskPhone } from '../../../src/smsc/mask.ts';
import type { Report } from '../../../src/smsc/report.ts';

describe('maskPhone', () => {
  for (const [phone, masked] of [
    ['79991234567', '7999*****67'],
    ['380501234567', '3805******67'],
    ['12345', '***45'],
  ] as const) {
    it(`${phone} → ${masked}`, () => assert.equal(maskPhone(phone), masked));
  }
});

describe('maskDigits', () => {
  for (const [text, masked] of [
    ['79991234567', '7999*****67'],
    ['+7 (999) 123-45-67 failed', '+7999*****67 failed'],
    ['1234567 8', '******78'],
    ['error 20, id 1234', 'error 20, id 1234'],
    ['', ''],
  ] as const) {
    it(`${text} → ${masked}`, () => assert.equal(maskDigits(text), masked));
  }
});

describe('a masked message', () => {
  it('has the phone masked in its ID, too', () => {
    assert.deepEqual(maskedMessage({ phone: '79991234567', id: '79991234567-1' }), {
      phone: '7999*****67',
      id: '7999*****67-1',
    });
  });
});

describe('a masked report', () => {
  const report: Report = {
    ...{ account: 'a', phone: '89991234567', id: '007', checkedAt: '2026-03-01T12:00:00.000Z' },
    status: { code: 1, name: 'Delivered', kind: 'delivered', final: true },
    fields: {
      status: '1',
      phone: '+7 999 123 45 67',
      message: 'Привет',
      sender_id: 'Shop',
      operator: 'МТС, 8 (999) 123-45-67',
      cost: '2.50',
      undocumented: 'Hi Ann',
      empty: '',
    },
  };

  it('tells neither phone nor anybody’s words, and leaves the rest', () => {
    const masked = maskedReport(report, '…');
    assert.equal(masked.phone, '8999*****67');
    assert.deepEqual(masked.fields, {
      ...{ status: '1', phone: '+7999*****67', message: '…', sender_id: '…' },
      ...{ operator: 'МТС, 8 (999*****67', cost: '2.50', undocumented: '…', empty: '' },
    });
    assert.deepEqual({ ...masked, phone: '', fields: {} }, { ...report, phone: '', fields: {} });
  });
});
