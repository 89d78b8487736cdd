import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findMessages, messageAt } from '../../../src/recognise/find.ts';

const found = (text: string): string[] =>
  findMessages(text).map(
    ({ id, phone, phones, sure }) =>
      `${id} ${phone ?? '?'} ${sure}${phones.length > 0 ? ` or ${phones.join(' ')}` : ''}`,
  );

const headers = '> Host: smsc.ru\n> Accept: */*\n\n< HTTP/1.1 200 OK\n< Content-Type: text/plain\n\n';

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
      // What a client prints between a request and its answer.
      `GET /sys/send.php?login=a&psw=b&phones=79991234567&mes=x\n${headers}OK - 1 SMS, ID - 1234`,
      '1234 79991234567 certain',
    ],
    [`calling 79991234567\n${headers}OK - 1 SMS, ID - 1234`, '1234 ? certain'],
    [
      'GET /sys/send.php?login=a&psw=b&phones=79991234567;79991234568&mes=x\nOK - 2 SMS, ID - 1234',
      '1234 ? certain or 79991234567 79991234568',
    ],
    ['sms_id=1234 phone=79991234567', '1234 79991234567 likely'],
    ['id=1234', '1234 ? possible'],
    ['sms_id=1234', '1234 ? likely'],
    ['SMS #1234 to 79991234567', '1234 79991234567 likely'],
    ['SMS #1234'],
    ['Sending SMS #5 to 79991234567\nOK - 1 SMS, ID - 1234', '1234 79991234567 certain'],
    ['Sending SMS #500 to 79991234567\nOK - 1 SMS, ID - 1234', '1234 79991234567 certain'],
    ["get_status(1234, '79991234567')", '1234 79991234567 likely'],
    ["getStatus('79991234567', 1234)", '1234 79991234567 possible'],
    ['сообщение: id 1234, номер 8 999 123-45-67', '1234 79991234567 likely'],
    [
      '- sms_id: 1234\n  phone: 79991234567\n- sms_id: 1235\n  phone: 79991234568',
      '1234 79991234567 likely',
      '1235 79991234568 likely',
    ],
    ["User{id=1234, phone='79991234567'}"],
    ['client_id=1234 phone=79991234567'],
    ['phone,message_id\n79991234567,1234', '1234 79991234567 likely'],
  ];
  for (const [text, ...expected] of forms) {
    it(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(found(text), expected));
  }
});

describe('recognise/find, whatever the text is', () => {
  const pieces = fc.constantFrom(
    ...[
      'id',
      'ID - ',
      'OK - 1 SMS, ID - 12',
      '{"id":12,"cnt":1}',
      '"phone": "79991234567"',
      'phones=79991234567,',
      '{',
      '}',
    ],
    ...[
      '<id>12</id>',
      '<sendresult>',
      '</sendresult>',
      '\n',
      '\r\n',
      '\n\n',
      ' ',
      '=',
      'id=12',
      'sms_id=34 ',
      '79991234568',
      '\0',
    ],
    ...[
      '\ud800',
      '\x1b[36m',
      'psw=79990000000&',
      'smsc',
      'SMS 1234 ',
      "getStatus(12, '",
      '- ',
      'ID сообщения: 5',
      'phone,id\n',
      '79991234567,12\n',
      '(',
      ')',
      '"]=>\n',
    ],
    ...[
      '["id',
      'int(5)',
      'INSERT INTO sms (id, phone) VALUES\n',
      "(1,'79991234567'),",
      '"',
      "'",
      '\\"',
      '8 (999) 123-45-67',
      ';',
      '\t',
    ],
  );
  const texts = fc.array(fc.oneof({ weight: 9, arbitrary: pieces }, fc.string({ unit: 'binary' })), {
    maxLength: 120,
  });
  const anyText = texts.map((parts) => parts.join(''));

  it('never fails, and tells where each ID stands', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        for (const { id, phone, phones, start, end } of findMessages(text)) {
          assert.equal(text.slice(start, end), id);
          assert.ok(start >= last, 'in the order of the text, none twice');
          last = end;
          for (const one of [...phones, ...(phone === undefined ? [] : [phone])])
            assert.match(one, /^\d{5,16}$/);
          assert.ok(phone === undefined || !phones.includes(phone));
        }
      }),
      { numRuns: 500 },
    );
  });

  /** Processor time of this process, so that others on the machine do not count; the least of some runs. */
  const cost = (text: string): number => {
    const runs = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      findMessages(text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...runs);
  };
  const units = [
    ...['order', 'id=1 order'],
    ...[
      '1',
      'id=',
      'id=1&',
      ' ',
      '"',
      '<id>',
      '<id>1</id>',
      '{"id":1},',
      'phone=',
      '79991234567,',
      'psw="',
      '{',
      '}',
      '\0',
      '\ud800id=1',
    ],
    ...[
      'id=5 phone=79991234567 ',
      '[{"id":5,"phone":"79991234567"},',
      '{"id":12,"cnt":1}',
      'id=1\n',
      ' "id":1,\n',
      'OK - 1 SMS, ID - 1 ',
      'sms id ',
      'sms 1234 ',
      'getStatus(1, ',
      '- id: 5\n',
      'id 1234 ',
    ],
    ...[
      '\x1b[36m',
      '\x1b[36mid\x1b[0m=1 ',
      'phone,id\n',
      "(1,'79991234567'),",
      '<a ',
      '</a>',
      'ИД: 1 ',
      '\r\n',
      'login=',
      '+7 (',
      '"]=>\n',
    ],
  ];
  it('takes eight times as long for eight times as many answers behind as long a line of phones', () => {
    const [small, large] = [20_000, 160_000].map((length) => {
      const phones = '79991234567 '.repeat(length / 12);
      return cost(`${phones}\n${'{"id":12,"cnt":1}'.repeat(length / 17)}`);
    });
    assert.ok((large ?? 0) < 30 * Math.max(small ?? 0, 3000), `${small ?? 0} µs and ${large ?? 0} µs`);
  });
  for (const unit of units) {
    it(`takes eight times as long for eight times ${JSON.stringify(unit)}`, () => {
      const [small, large] = [20_000, 160_000].map((length) =>
        cost(unit.repeat(Math.ceil(length / unit.length))),
      );
      // A square would be 64 times. Below some milliseconds the clock says nothing.
      assert.ok((large ?? 0) < 30 * Math.max(small ?? 0, 3000), `${small ?? 0} µs and ${large ?? 0} µs`);
    });
  }
});

describe('recognise/find beside passwords', () => {
  const lines = [
    "psw= 'psw' => '79990000002', phone=79991234567 sms_id=1234",
    'GET /sys/send.php?login=79990000001&psw=79990000002&phones=79991234567&mes=x&id=1234',
    'https://smsc.ru/sys/status.php?psw=id=77&login=id-5&apikey=79990000003&phone=79991234567&id=1234',
    '{"login":"79990000001","psw":"id=77 phone=79990000002","phone":"79991234567","id":1234,"cnt":1}',
    "['login' => 'sms_id=77', 'psw' => '79990000002', 'phone' => '79991234567', 'sms_id' => '1234']",
    '<login>79990000001</login><psw>79990000002</psw><phone>79991234567</phone><id>1234</id><sendresult>',
    'Authorization: Bearer sms_id=77 phone=79990000002\nphone=79991234567 sms_id=1234',
    'apikey: 79990000003 sms to 79991234567 id=1234',
    'password="79990000002; message_id=77" phone=79991234567 message_id=1234',
  ];
  for (const line of lines) {
    it(`takes nothing but the pair out of ${line}`, () => {
      const taken = findMessages(line).map(({ id, phone, phones }) => ({ id, phone, phones }));
      assert.deepEqual(taken, [{ id: '1234', phone: '79991234567', phones: [] }]);
    });
  }
});

describe('recognise/find at a place', () => {
  const text =
    'phone=79991234561 sms_id=1\nGET /sys/status.php?login=a&psw=b&phone=79991234562&id=2\n' +
    'Status = 1, check_time = 10.10.2010 10:10:10, err = 0\nnothing\nid=3 and then {"id":4,"cnt":1}\n';
  const at = (place: string): string | undefined => messageAt(text, text.indexOf(place))?.id;
  it('takes the nearest on the line', () => {
    assert.equal(at('phone=79991234561'), '1');
    assert.equal(at('id=3'), '3');
    assert.equal(at('"cnt"'), '4');
    assert.equal(messageAt(text, text.indexOf('"cnt"'))?.start, text.indexOf('4,"cnt"'));
  });
  it('takes the request of an answer without an ID', () => assert.equal(at('Status ='), '2'));
  it('takes none where there is none', () => {
    assert.equal(at('nothing'), undefined);
    assert.equal(messageAt(text, text.length), undefined);
    assert.equal(messageAt('', 0), undefined);
  });
  it('knows the columns of a table that began far above', () => {
    const rows = Array.from({ length: 500 }, (_, row) => `7999123${1000 + row};${row + 5000}`);
    const table = `phone;id\n${rows.join('\n')}`;
    assert.deepEqual(messageAt(table, table.indexOf(';5400'))?.phone, '79991231400');
  });
});
