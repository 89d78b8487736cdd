import assert from 'node:assert/strict';
import { fileText } from '../../../src/recognise/fileText.ts';
import { readList } from '../../../src/recognise/list.ts';

const pairs = (text: string): string[] => readList(text).messages.map(({ phone, id }) => `${phone}/${id}`);
const problems = (text: string): string[] =>
  readList(text).unreadable.map(({ line, why, text: shown }) => `${line} ${why} ${shown}`);

/** Lists as programs and people write them, each with the messages 79991234567/1001 and 79991234568/1002. */
const lists: [title: string, text: string][] = [
  ['CSV with commas', 'phone,id\n79991234567,1001\n79991234568,1002\n'],
  ['CSV of a Russian Excel', 'sep=;\r\nТелефон;ID сообщения\r\n79991234567;1001\r\n79991234568;1002\r\n'],
  ['TSV', 'msisdn\tmessage_id\n79991234567\t1001\n79991234568\t1002'],
  ['bars', 'id|to\n1001|79991234567\n1002|79991234568'],
  ['a table without header', '79991234567;1001\n79991234568;1002'],
  ['a table without header, the ID first', '1001;79991234567\n1002;79991234568'],
  [
    'quotes, with delimiters, quotes and lines in the text',
    'id,text,phone\n1001,"a ""quote"", a comma\nand a line",79991234567\n1002,"x",79991234568',
  ],
  [
    'an ID of the table’s own beside the message’s',
    'id,client_id,phone,sms_id\n1,77,79991234567,1001\n2,78,79991234568,1002',
  ],
  [
    'the sender’s number beside the recipient’s',
    'sender_phone;recipient;message id\n79000000000;79991234567;1001\n79000000000;79991234568;1002',
  ],
  [
    'a Russian report',
    'Дата;Номер телефона;Стоимость;Статус;Номер сообщения\n24.11.2025 10:00;+7 (999) 123-45-67;2,50;Доставлено;1001\n' +
      '24.11.2025 10:01;8 999 123-45-68;2,50;Доставлено;1002',
  ],
  [
    'no header, with counter, time and price',
    '1,1738573200,79991234567,2.50,1001\n2,1738573201,79991234568,2.50,1002',
  ],
  ['a header of unknown names', 'кому,когда,код\n79991234567,2025-11-24,1001\n79991234568,2025-11-24,1002'],
  ['numbers that a data table made decimal', 'phone,id\n79991234567.0,1001\n79991234568.0,1002'],
  ['numbers that Excel shall keep as text', 'phone;id\n="79991234567";1001\n\'79991234568;1002'],
  ['JSON', '[{"phone":"79991234567","id":1001},{"phone":79991234568,"id":"1002"}]'],
  [
    'JSON, nested',
    '{"data":{"items":[{"to":"+79991234567","sms":{"id":1001}},{"to":"79991234568","smsId":1002}]}}',
  ],
  [
    'JSON, IDs under one phone, and somebody’s own ID',
    '[{"phone":"79991234567","messageId":"1001","user":{"id":5}},{"phone":"79991234568","messages":[{"id":1002}]}]',
  ],
  ['JSON lines', '{"phone":"79991234567","id":1001}\n{"phone":"79991234568","id":1002}\n'],
  ['pairs in lines', '79991234567 1001\n\n+7 999 123-45-68 1002'],
  [
    'SMSC’s own words, with the phone in the request before',
    'POST /sys/send.php?login=a&psw=b&phones=79991234567&mes=x\nOK - 1 SMS, ID - 1001\n' +
      '10:00 79991234568: Сообщение отправлено успешно. ID: 1002, всего SMS: 1, стоимость: 0',
  ],
  [
    'a log with other numbers',
    '2025-11-24 09:14:02 INFO order_id=55, sms: 79991234567 OK - 1 SMS, ID - 1001\nstarted, pid 4711\n' +
      '2025-11-24 09:14:03 INFO client-id: 7, message_id=1002 phone=79991234568',
  ],
  [
    'status requests',
    'https://smsc.ru/sys/status.php?login=a&psw=secret&phone=79991234567&id=1001\n' +
      'https://smsc.ru/sys/status.php?login=a&psw=secret&phone=79991234568&id=1002',
  ],
];

describe('recognise/list', () => {
  for (const [title, text] of lists) {
    it(`reads ${title}`, () => {
      assert.deepEqual(pairs(text), ['79991234567/1001', '79991234568/1002']);
      assert.deepEqual(problems(text), []);
    });
  }

  it('keeps an ID as it is written', () => {
    assert.deepEqual(pairs('phone,id\n79991234567,007\n79991234567,7\n'), [
      '79991234567/007',
      '79991234567/7',
    ]);
  });

  it('takes each message once, and counts the doubles', () => {
    const list = readList('phone,id\n79991234567,1\n+7 999 123 45 67,1\n89991234567,1\n79991234567,2');
    assert.equal(list.messages.length, 2);
    assert.equal(list.doubles, 2);
  });

  it('takes Russian numbers as dialled at home in their international form, and says so', () => {
    const list = readList('phone,id\n89991234567,1\n79991234568,2');
    assert.deepEqual(list.messages[0], { phone: '79991234567', id: '1' });
    assert.equal(list.dialled, 1);
  });

  it('names the columns that it understood', () => {
    const named = readList('x;Телефон;ID сообщения\n1;79991234567;5');
    assert.deepEqual(named.columns, {
      phone: { index: 1, name: 'Телефон' },
      id: { index: 2, name: 'ID сообщения' },
      header: true,
    });
    const bare = readList('79991234567;5\n79991234568;6');
    assert.deepEqual(bare.columns, { phone: { index: 0 }, id: { index: 1 }, header: false });
  });

  it('says what it could not read, in which line, and why', () => {
    const text =
      'phone,text,id\n79991234567,"two\nlines",1\n7999abc,x,2\n7.99912E+10,x,3\n79991234568,x,\n,x,4\n79991234569,x,a b';
    assert.deepEqual(problems(text), [
      '4 phoneLetters 7999abc · x · 2',
      '5 rounded 7.99912E+10 · x · 3',
      '6 idEmpty 79991234568 · x ·',
      '7 phoneEmpty · x · 4',
      '8 idCharacters 79991234569 · x · a b',
    ]);
    assert.equal(readList(text).messages.length, 1);
  });

  it('says so in JSON too', () => {
    const text =
      '[\n {"phone": "79991234567", "id": 1},\n {"phone": "12", "id": 2},\n {"id": 3},\n {"phone": "79991234568", "id": 90071992547409931}\n]';
    assert.deepEqual(
      readList(text).unreadable.map(({ line, why }) => `${line} ${why}`),
      ['3 phoneShort', '4 noPhone', '5 rounded'],
    );
    assert.deepEqual(problems('{"phone":"79991234567","id":1}\n{"phone":'), ['2 broken {"phone":']);
  });

  const hiding: [what: string, text: string][] = [
    ['a password with spaces and quotes', '{"phone":"79991234567","psw":"a \\"hidden\\" hidden"}'],
    ['a column of passwords', 'phone,id,Password\n79991234567,,hidden\n'],
    ['a key behind spaces', '[{"apikey" : "hidden hidden", "phone": "79991234567"}]'],
  ];
  for (const [what, text] of hiding) {
    it(`does not show ${what} in what it could not read`, () => {
      const shown = problems(text);
      assert.notDeepEqual(shown, []);
      assert.ok(!shown.join().includes('hidden'), shown.join());
    });
  }

  it('shows no password of a line that it could not read', () => {
    const [shown = ''] = problems('send.php?login=alex&psw=123456&mes=x OK - 1 SMS, ID - 5\n');
    assert.match(shown, /^1 noPhone/);
    assert.doesNotMatch(shown, /alex|123456/);
  });

  it('takes a quote that is never closed as a character, and loses no rows to it', () => {
    const rows = Array.from({ length: 500 }, (_, row) => `7999123${1000 + row},${row + 5000},x`);
    rows[10] = '79991239999,77,"an inch is 25" wide';
    assert.equal(readList(`phone,id,text\n${rows.join('\n')}`).messages.length, 500);
  });

  it('finds nothing in prose, numbers and empty text', () => {
    for (const text of [
      '',
      '\n\n',
      'Dear all, call 79991234567, please.\nThanks, Bob\n',
      '1,2,3\n4,5,6',
      '{}',
      '[1, 2]',
    ]) {
      assert.deepEqual(pairs(text), [], text);
    }
  });

  it('reads 100,000 rows in linear time', () => {
    const text = (count: number): string =>
      `phone;id\n${Array.from({ length: count }, (_, row) => `7999${1_000_000 + row};"${row}"`).join('\n')}`;
    const took = (count: number): number => {
      const input = text(count);
      const started = performance.now();
      assert.equal(readList(input).messages.length, count);
      return performance.now() - started;
    };
    took(5000);
    const [small, large] = [took(10_000), took(100_000)];
    assert.ok(large < 60 * Math.max(small, 5), `${small} ms for 10,000 rows, ${large} ms for 100,000`);
  });

  it('is not slowed down by what was made to slow it down', () => {
    for (const text of [
      ',"a'.repeat(100_000),
      '"'.repeat(300_000),
      '[{"id":1},'.repeat(30_000),
      '{"a":['.repeat(50_000),
      'ID '.repeat(100_000),
      '+7 '.repeat(100_000),
    ]) {
      // Processor time of this process: others on the machine do not count.
      const before = process.cpuUsage();
      readList(text);
      assert.ok(process.cpuUsage(before).user < 5e6, text.slice(0, 20));
    }
  });
});

describe('recognise/fileText', () => {
  const text = 'Телефон;ID\r\n79991234567;1\r\n';
  const utf16 = Buffer.from(text, 'utf16le');
  const windows1251 = Buffer.from(
    text.split('').map((letter) => {
      const code = letter.charCodeAt(0);
      return code < 128 ? code : code - 0x350;
    }),
  );
  const files: [string, Uint8Array][] = [
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 little endian', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 big endian', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()])],
    ['UTF-16 without a mark', Buffer.from('phone;id\n79991234567;1\n', 'utf16le')],
    ['windows-1251', windows1251],
  ];
  for (const [title, bytes] of files) {
    it(`reads ${title}`, () => assert.deepEqual(pairs(fileText(bytes)), ['79991234567/1']));
  }
  it('reads nothing', () => assert.equal(fileText(new Uint8Array()), ''));
});
