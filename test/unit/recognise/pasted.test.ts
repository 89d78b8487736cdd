import assert from 'node:assert/strict';
import { readPasted } from '../../../src/recognise/pasted.ts';

describe('what is pasted into the first step', () => {
  const pairs: [text: string, phone: string | undefined, id: string][] = [
    ['79991234567 1234', '79991234567', '1234'],
    ['+79991234567,1234', '79991234567', '1234'],
    ['79991234567\t007', '79991234567', '007'],
    ['+7 (999) 123-45-67 · order-17.b', '79991234567', 'order-17.b'],
    ['8 999 123 45 67 99', '79991234567', '99'],
    ['OK - 1 SMS, ID - 1234', undefined, '1234'],
    [
      'Сообщение отправлено успешно. ID: 5708, всего SMS: 1, стоимость: 0, баланс: 116.392',
      undefined,
      '5708',
    ],
    ['Ошибка №2, ID: 1234', undefined, '1234'],
    ['{"id":1234,"cnt":1}', undefined, '1234'],
    ['{"phone":"+79991234567","id":"a-1"}', '79991234567', 'a-1'],
    ['<result><id>1234</id><cnt>1</cnt></result>', undefined, '1234'],
    ['sent to +79991234567, ID: 5708', '79991234567', '5708'],
    ['phones=79991234567 ID=77', '79991234567', '77'],
  ];
  for (const [text, phone, id] of pairs) {
    it(`finds ID ${id} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readPasted(text), phone === undefined ? { id } : { phone, id });
    });
  }

  for (const text of [
    '79991234567',
    '+7 (999) 123-45-67',
    '+7 999 123 45 67',
    '8 999 123 45 67',
    'hello',
    '',
  ]) {
    it(`leaves ${JSON.stringify(text)} alone`, () => {
      assert.equal(readPasted(text), undefined);
    });
  }
});
