import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fileText } from '../../../src/recognise/fileText.ts';
import { readList } from '../../../src/recognise/list.ts';
import { readTable } from '../../../src/recognise/delimited.ts';
import type { MessageName } from '../../../src/smsc/message.ts';
import { markIn, marked } from '../../support/marked.ts';
import { always } from './fuzz.ts';
import { anyId, anyText, messageName, phone, usualId } from './values.ts';

const keyOf = ({ phone, id }: MessageName): string => `${phone}/${id}`;
const distinct = (name: fc.Arbitrary<MessageName>): fc.Arbitrary<MessageName[]> =>
  fc.uniqueArray(name, { selector: keyOf, minLength: 1, maxLength: 8 });

const phoneHeads = [
  'phone',
  'Phone Number',
  'msisdn',
  'recipient',
  'Телефон',
  'Номер телефона',
  'получатель',
  '"phone"',
  'PHONES',
];
const idHeads = [
  'sms_id',
  'message id',
  'messageId',
  'ID сообщения',
  'ИД СМС',
  'Номер сообщения',
  'smsc_id',
  'msg-id',
];
const otherHeads = ['text', 'Цена', 'date', 'client_id', 'Статус', 'sender', 'note, or not', 'a;b', ''];

/** As people and programs write a phone into a cell. */
const written: ((phone: string) => string)[] = [
  (phone) => phone,
  (phone) => `+${phone}`,
  (phone) => `'${phone}`,
  (phone) => `="${phone}"`,
  (phone) => `${phone}.0`,
  (phone) => ` ${phone} `,
  (phone) => phone.replace(/^7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 ($1) $2-$3-$4'),
  (phone) => phone.replace(/^7(?=\d{10}$)/, '8'),
];

/** CSV by a writer of this test's own: a cell in quotes where it must be, or where it may be. */
function csv(
  rows: readonly (readonly string[])[],
  delimiter: string,
  lineEnd: string,
  quoteAll: boolean,
): string {
  const cell = (text: string): string =>
    quoteAll || text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((cells) => cells.map(cell).join(delimiter) + lineEnd).join('');
}

const tableForm = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
  phoneHead: fc.constantFrom(...phoneHeads),
  idHead: fc.constantFrom(...idHeads),
  others: fc.uniqueArray(fc.constantFrom(...otherHeads), { maxLength: 3 }),
  /** Where phone and ID stand among the others. */
  places: fc.tuple(fc.nat(), fc.nat()),
  named: fc.boolean(),
  write: fc.constantFrom(...written),
});
const cellText = fc.oneof(
  fc.constantFrom(
    '',
    'Доставлено',
    '2,50',
    '24.11.2025 10:00',
    'a "quote"',
    'two\nlines',
    'x; y, z | 0',
    '79000000000',
    '"',
    '5',
  ),
  anyText,
);

function insert<T>(list: readonly T[], place: number, item: T): T[] {
  const at = place % (list.length + 1);
  return [...list.slice(0, at), item, ...list.slice(at)];
}

describe('fuzz: the reader of lists', () => {
  always(
    'reads a table back as another program wrote it',
    fc.tuple(tableForm, distinct(messageName), fc.array(cellText, { minLength: 24, maxLength: 24 })),
    ([
      { delimiter, lineEnd, quoteAll, phoneHead, idHead, others, places, named, write },
      messages,
      texts,
    ]) => {
      const rowOf = (phoneCell: string, idCell: string, rest: readonly string[]): string[] =>
        insert(insert(rest, places[0], phoneCell), places[1], idCell);
      const rows = [
        rowOf(phoneHead, idHead, others),
        ...messages.map(({ phone, id }, row) =>
          rowOf(
            write(phone),
            id,
            others.map((_, column) => texts[row * 3 + column] ?? ''),
          ),
        ),
      ];
      const text = (named ? `sep=${delimiter}${lineEnd}` : '') + csv(rows, delimiter, lineEnd, quoteAll);
      const read = readList(text);
      assert.deepEqual(read.messages.map(keyOf), messages.map(keyOf));
      assert.deepEqual([read.form, read.doubles, read.unreadable], ['table', 0, []]);
      assert.equal(read.columns?.header, true);
    },
  );

  always(
    'accounts for each row of a table',
    fc.tuple(
      fc.constantFrom(',', ';', '\t', '|'),
      fc.array(
        fc.tuple(
          fc.oneof(phone, anyText, fc.constant('79991234567')),
          fc.oneof(anyId, anyText, fc.constant('12')),
        ),
        { maxLength: 12 },
      ),
    ),
    ([delimiter, cells]) => {
      const filled = cells.filter((row) => row.some((cell) => cell.trim() !== ''));
      const read = readList(
        `sep=${delimiter}\n${csv([['phone', 'sms_id'], ...cells], delimiter, '\n', true)}`,
      );
      assert.equal(read.form, 'table');
      assert.equal(read.messages.length + read.doubles + read.unreadable.length, filled.length);
    },
  );

  always(
    'reads quoted cells as RFC 4180 has them',
    fc.tuple(
      fc.constantFrom(',', ';', '\t', '|'),
      fc.array(fc.tuple(anyText, anyText, anyText), { minLength: 1, maxLength: 5 }),
    ),
    ([delimiter, rows]) => {
      const expected = rows
        .map((cells) => cells.map((cell) => cell.trim()))
        .filter((cells) => cells.some((cell) => cell !== ''));
      const read = readTable(`sep=${delimiter}\r\n${csv(rows, delimiter, '\r\n', true)}`) ?? [];
      assert.deepEqual(
        read.map(({ cells }) => cells),
        expected,
      );
    },
  );

  const names = fc.tuple(
    fc.constantFrom('phone', 'to', 'msisdn', 'Телефон', 'recipient'),
    fc.constantFrom('id', 'sms_id', 'messageId', 'ID сообщения'),
  );
  always(
    'reads JSON back, in one piece, in an object or by lines',
    fc.tuple(
      distinct(fc.record({ phone, id: fc.oneof(usualId, anyId) })),
      names,
      fc.constantFrom('array', 'object', 'lines', 'pretty'),
      fc.tuple(fc.boolean(), fc.boolean()),
      anyText,
    ),
    ([messages, [phoneName, idName], form, [asNumber, reversed], note]) => {
      const objects = messages.map(({ phone, id }) => {
        const number = asNumber && /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
        const own: [string, unknown][] = [
          [phoneName, phone],
          [idName, number],
          ['note', note],
          ['user', { id: 5 }],
        ];
        return Object.fromEntries(reversed ? own.reverse() : own);
      });
      const text = {
        array: JSON.stringify(objects),
        pretty: JSON.stringify(objects, null, 2),
        object: JSON.stringify({ ok: true, data: { items: objects } }),
        lines: objects.map((one) => JSON.stringify(one)).join('\n'),
      }[form];
      const read = readList(text);
      assert.deepEqual(read.messages.map(keyOf), messages.map(keyOf));
      assert.deepEqual([read.form, read.doubles, read.unreadable], ['json', 0, []]);
    },
  );

  const row = fc
    .tuple(
      fc.oneof(phone, anyText),
      fc.constantFrom(',', ';', ' ', '\t', '": "', '='),
      fc.oneof(anyId, anyText),
    )
    .map((parts) => parts.join(''));
  const anyList = fc.oneof(
    fc
      .tuple(
        fc.constantFrom('', 'phone,id', 'id;phone;text', '[', '{"a":', 'sep=;', 'sep="'),
        fc.array(fc.oneof(row, anyText), { maxLength: 12 }),
      )
      .map(([head, rows]) => [head, ...rows].join('\n')),
    fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
    fc
      .array(
        fc.oneof(fc.record({ phone: anyText, id: anyText, psw: anyText }), fc.dictionary(anyText, anyText)),
        { maxLength: 5 },
      )
      .map((value) => JSON.stringify(value)),
  );
  always(
    'reads what it can of any text, and tells the rest',
    fc.tuple(
      anyList,
      fc.constantFrom(
        '',
        `psw=${marked.apiKey}`,
        `{"psw":${JSON.stringify(`a "b" ${marked.password}`)},"phone":"79991234567"}`,
        `{"password":"${marked.apiKey}","phone":"79991234567"}`,
      ),
    ),
    ([list, secret]) => {
      const text = `${list}\n${secret}`;
      const { messages, doubles, dialled, unreadable } = readList(text);
      const lines = text.split(/\r\n|[\r\n]/).length;
      for (const { phone, id } of messages) {
        assert.match(phone, /^\d{5,16}$/);
        assert.match(id, /^[A-Za-z0-9._-]{1,40}$/);
      }
      assert.equal(new Set(messages.map(keyOf)).size, messages.length);
      assert.ok(doubles >= 0 && dialled >= 0 && dialled <= messages.length);
      for (const { line, text: shown } of unreadable) {
        assert.ok(Number.isInteger(line) && line >= 1 && line <= lines, `line ${line} of ${lines}`);
        assert.ok(shown.length <= 81);
        assert.equal(markIn(Buffer.from(shown)), undefined);
      }
    },
  );

  always('turns any bytes into text', fc.uint8Array({ maxLength: 300 }), (bytes) => {
    assert.ok(fileText(bytes).length <= bytes.length);
  });

  const line = fc
    .array(
      fc.constantFrom(
        ...Array.from('абвгдежзийклмнопрстуфхцчшщъыьэюяЁё'),
        ...Array.from('phone,id;79991234567\r\n'),
      ),
      {
        minLength: 4,
        maxLength: 60,
      },
    )
    .map((all) => `id;я;${all.join('')}`);
  always(
    'reads a file as the program meant it that wrote it',
    fc.tuple(line, fc.constantFrom('utf8', 'marked', 'utf16le', 'utf16be', 'windows-1251')),
    ([text, form]) => {
      const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
      const bytes = {
        utf8: Buffer.from(text),
        marked: Buffer.from(`\ufeff${text}`),
        utf16le: wide,
        utf16be: Buffer.from(wide).swap16(),
        // Never begun like a mark of UTF-16, and never UTF-8: no file tells these apart.
        'windows-1251': cyrillic(text),
      }[form];
      assert.equal(fileText(bytes), text);
    },
  );
});

/** The letters of windows-1251, by its table. */
function cyrillic(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.charCodeAt(0);
      if (letter === 'Ё') return 0xa8;
      if (letter === 'ё') return 0xb8;
      return code < 128 ? code : code - 0x410 + 0xc0;
    }),
  );
}
