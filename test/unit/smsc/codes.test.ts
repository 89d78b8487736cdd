import assert from 'node:assert/strict';
import {
  deliveryErrorInfo,
  deliveryErrors,
  requestErrorInfo,
  requestErrors,
  statusInfo,
  statuses,
} from '../../../src/smsc/codes.ts';
import type { Bilingual } from '../../../src/smsc/codes.ts';
import type { StatusKind } from '../../../src/smsc/report.ts';

interface Described {
  code: number;
  name: Bilingual;
  cause: Bilingual;
  advice: Bilingual;
}

const tables: Record<string, readonly Described[]> = { statuses, deliveryErrors, ...requestErrors };
const everything = [
  ...Object.values(tables).flat(),
  ...[-3, 0, 77].map(statusInfo),
  ...[0, 199].map(deliveryErrorInfo),
  requestErrorInfo('status', 99),
];

describe('codes', () => {
  it('cover what the service documents', () => {
    const codes = (list: readonly Described[]): number[] => list.map(({ code }) => code);
    assert.deepEqual(codes(statuses), [-2, -1, 0, 1, 2, 3, 4, 20, 22, 23, 24, 25]);
    assert.deepEqual(codes(deliveryErrors), [
      ...[1, 2, 3, 4, 6, 11, 12, 13, 21, 200, 219, 220, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246],
      ...[247, 248, 249, 250, 251, 252, 253, 254, 255],
    ]);
    assert.deepEqual(codes(requestErrors.status), [1, 2, 3, 4, 9]);
    assert.deepEqual(codes(requestErrors.balance), [1, 2, 4, 9]);
  });

  it('name every code once', () => {
    for (const [table, list] of Object.entries(tables)) {
      assert.equal(new Set(list.map(({ code }) => code)).size, list.length, table);
    }
  });

  it('are worded in English and in Russian', () => {
    for (const { code, name, cause, advice } of everything) {
      for (const { en, ru } of [name, cause, advice]) {
        assert.match(en, /[a-z]{3}/, `English of ${code}`);
        assert.doesNotMatch(en, /[а-яё]/i, `English of ${code}`);
        assert.match(ru, /[а-яё]{3}/i, `Russian of ${code}`);
      }
    }
  });

  it('have causes that follow a colon and advice in sentences', () => {
    for (const { cause, advice } of everything) {
      for (const text of [cause.en, cause.ru]) assert.match(text, /^(SMSC|[a-zа-яё]).*[^.\s]$/u, text);
      for (const text of [advice.en, advice.ru]) assert.match(text, /^\p{Lu}.*\.$/u, text);
    }
  });

  it('say which states are final, and of which kind', () => {
    const ofKind = (kind: StatusKind): number[] =>
      statuses.filter((info) => info.kind === kind).map(({ code }) => code);
    assert.deepEqual(ofKind('pending'), [-2, -1, 0]);
    assert.deepEqual(ofKind('delivered'), [1, 2, 4]);
    assert.deepEqual(ofKind('failed'), [3, 20, 22, 23, 24, 25]);
    for (const { code, kind, final } of statuses) assert.equal(final, kind !== 'pending', String(code));
  });

  it('mean another thing in another method', () => {
    assert.equal(requestErrorInfo('status', 3).reason, 'notFound');
    assert.equal(requestErrorInfo('send', 3).name.en, 'Not enough money');
    assert.equal(requestErrorInfo('balance', 3).reason, 'protocol');
  });

  it('may be unknown', () => {
    assert.deepEqual(statusInfo(77).name, { en: 'Unknown status 77', ru: 'Неизвестный статус 77' });
    assert.deepEqual([statusInfo(77).kind, statusInfo(77).final], ['unknown', false]);
    assert.match(deliveryErrorInfo(199).name.en, /199/);
    assert.deepEqual(
      [requestErrorInfo('status', 99).reason, requestErrorInfo('status', 99).code],
      ['protocol', 99],
    );
  });
});
