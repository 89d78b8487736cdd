import assert from 'node:assert/strict';
import { fromMoscowDate, fromTimestamp, momentOf } from '../../../src/smsc/time.ts';

describe('smsc/time', () => {
  it('reads a date as Moscow time and gives it in UTC with milliseconds', () => {
    assert.equal(fromMoscowDate('01.02.2024 15:04:05'), '2024-02-01T12:04:05.000Z');
    assert.equal(fromMoscowDate('01.01.2024 01:30:00'), '2023-12-31T22:30:00.000Z');
    assert.equal(fromMoscowDate('29.02.2024 03:00:00'), '2024-02-29T00:00:00.000Z');
  });

  it('tolerates spaces', () => {
    assert.equal(fromMoscowDate(' 01.02.2024  15: 04: 05 '), '2024-02-01T12:04:05.000Z');
  });

  for (const text of [
    '31.02.2024 00:00:00',
    '29.02.2023 00:00:00',
    '01.13.2024 00:00:00',
    '00.00.0000 00:00:00',
    '01.02.0024 00:00:00',
    '01.02.2024 24:00:00',
    '01.02.2024 12:60:00',
    '01.02.2024 12:00:60',
    '2024-02-01 12:00:00',
    '01.02.2024',
    '1.2.2024 12:00:00',
    'yesterday',
    '',
  ]) {
    it(`takes "${text}" for no date`, () => assert.equal(fromMoscowDate(text), undefined));
  }

  it('reads Unix seconds', () => {
    assert.equal(fromTimestamp('1706788800'), '2024-02-01T12:00:00.000Z');
    assert.equal(fromTimestamp(' 1706788800\n'), '2024-02-01T12:00:00.000Z');
    assert.equal(fromTimestamp('253402300799'), '9999-12-31T23:59:59.000Z');
  });

  for (const text of ['0', '', '-1', '1.5', '1e9', '0x10', '253402300800', '1706788800000']) {
    it(`takes "${text}" for no timestamp`, () => assert.equal(fromTimestamp(text), undefined));
  }

  it('puts the timestamp before the date', () => {
    assert.equal(momentOf('1706788800', '05.05.2020 05:05:05'), '2024-02-01T12:00:00.000Z');
    assert.equal(momentOf('0', '01.02.2024 15:00:00'), '2024-02-01T12:00:00.000Z');
    assert.equal(momentOf(undefined, '01.02.2024 15:00:00'), '2024-02-01T12:00:00.000Z');
    assert.equal(momentOf(undefined, undefined), undefined);
  });
});
