import assert from 'node:assert/strict';
import { findMessages } from '../../../src/recognise/find.ts';

const found = (text: string): string[] =>
  findMessages(text).map(
    ({ id, phone, phones, sure }) =>
      `${id} ${phone ?? '?'} ${sure}${phones.length > 0 ? ` or ${phones.join(' ')}` : ''}`,
  );

describe('recognise/find', () => {
  const forms: [text: string, ...expected: string[]][] = [
    ['OK - 1 SMS, ID - 1234', '1234 ? certain'],
    ['Сообщение отправлено успешно. ID: 5708, всего SMS: 1, стоимость: 0, баланс: 116.392', '5708 ? certain'],
    ['Ошибка №2, ID: 1234', '1234 ? certain'],
    ['ERROR = 2 (authorise error), ID - 1234', '1234 ? certain'],
    ['{"id":1234,"cnt":1}', '1234 ? certain'],
    ['{\n  "id": 1234,\n  "cnt": 1\n}', '1234 ? certain'],
    ['{\n  "phone": "89991234567",\n  "id": 1234,\n  "cnt": 1\n}', '1234 79991234567 certain'],
    ['<result><id>1234</id><cnt>1</cnt></result>', '1234 ? certain'],
    ['<result>\r\n  <id>1234</id>\r\n  <cnt>1</cnt>\r\n</result>', '1234 ? certain'],
    ['<sendresult><id>1234</id></sendresult>', '1234 ? likely'],
    ['https://smsc.ru/sys/status.php?login=a&psw=b&phone=79991234567&id=1234', '1234 79991234567 certain'],
    [
      'https://smsc.ru/sys/send.php?login=a&psw=b&phones=%2B79991234567&mes=x\nOK - 1 SMS, ID - 1234',
      '1234 79991234567 certain',
    ],
    [
      'GET /sys/send.php?login=a&psw=b&phones=79991234567;79991234568&mes=x\nOK - 2 SMS, ID - 1234',
      '1234 ? certain or 79991234567 79991234568',
    ],
    ['sms_id=1234 phone=79991234567', '1234 79991234567 likely'],
    ['id=1234', '1234 ? possible'],
    ['client_id=1234 phone=79991234567'],
    ['phone,message_id\n79991234567,1234', '1234 79991234567 likely'],
  ];
  for (const [text, ...expected] of forms) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), expected));
  }
});
