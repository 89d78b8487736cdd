import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvLine, csvStart, type Cell, type CsvDialect } from '../../../src/history/csv.ts';
import { maskDigits, maskPhone, masking } from '../../../src/smsc/mask.ts';
import { parseId, parsePhone } from '../../../src/smsc/message.ts';
import { indentXml, visible, visibleJson } from '../../../src/smsc/text.ts';
import { fromMoscowDate, fromTimestamp, momentOf } from '../../../src/smsc/time.ts';
import { always } from './fuzz.ts';
import { anyText, phone } from './values.ts';

const dialects: readonly CsvDialect[] = [
  { kind: 'plain' },
  { kind: 'spreadsheet', separator: ',' },
  { kind: 'spreadsheet', separator: ';' },
];

/** A reader of CSV as RFC 4180 has it, sign by sign. */
function readCsv(text: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') cell += text.charAt(at++);
      else quoted = false;
    } else if (sign === '"') {
      assert.equal(cell, '', 'a quote only where a cell begins');
      quoted = true;
    } else if (sign === separator || text.startsWith('\r\n', at)) {
      rows.at(-1)?.push(cell);
      cell = '';
      if (sign === separator) continue;
      rows.push([]);
      at++;
    } else {
      cell += sign;
    }
  }
  assert.deepEqual([quoted, cell, rows.pop()], [false, '', []]);
  return rows;
}

/** What nobody sees, or what changes how other characters are seen. */
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\p{Surrogate}/u;
const cell: fc.Arbitrary<Cell> = fc.oneof(
  { weight: 5, arbitrary: anyText },
  fc.constant(undefined),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }),
);

describe('fuzz: exported and shown texts', () => {
  always(
    'tables are read back cell by cell, and nothing in them is calculated',
    fc.tuple(
      fc.constantFrom(...dialects),
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
    ),
    ([dialect, rows]) => {
      const separator = dialect.kind === 'plain' ? ',' : dialect.separator;
      const text = rows.map((cells) => csvLine(cells, dialect)).join('');
      assert.ok(!hidden.test(text.replaceAll('\r\n', '')));
      const read = readCsv(text, separator);
      assert.deepEqual(
        read.map(({ length }) => length),
        rows.map(({ length }) => length),
      );
      rows.flat().forEach((given, index) => {
        const cell = read.flat()[index] ?? '';
        if (given === undefined) return assert.equal(cell, '');
        // There is one zero in a table.
        if (typeof given === 'number') return assert.ok(Number(cell.replace(',', '.')) === given, cell);
        if (given instanceof Date)
          return assert.equal(
            Date.parse(dialect.kind === 'plain' ? cell : `${cell.replace(' ', 'T')}Z`),
            given.getTime() - (dialect.kind === 'plain' ? 0 : given.getTime() % 1000),
          );
        assert.doesNotMatch(cell, /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
        // What was added to make it harmless, taken off again: an apostrophe, and a tab behind a number.
        const bare = (text: string): string => text.replaceAll("'", '').replace(/\t+$/, '');
        assert.equal(bare(cell), bare(visible(given)));
      });
    },
  );

  always(
    'nothing is calculated by who splits them elsewhere',
    fc.tuple(fc.constantFrom(...dialects), fc.array(anyText, { minLength: 1, maxLength: 4 })),
    ([dialect, cells]) => {
      const line = csvStart(dialect) + csvLine(cells, dialect);
      for (const part of line.split(/[,;\t\r\n]/))
        // One quote belongs to the cell; another is a text's own, and no formula begins with it.
        assert.doesNotMatch(part.replace(/^[\ufeff\s]*"?\s*/, ''), /^[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    },
  );

  always('nothing hides in a shown text', anyText, (text) => {
    const shown = visible(text);
    assert.ok(!hidden.test(shown), JSON.stringify(shown));
    assert.equal(visible(shown), shown);
    const isPlain = !hidden.test(text.replace(/\r/g, '\n'));
    if (isPlain && !/[\p{Cf}\p{Cc}]/u.test(text.replace(/[\n\t\r]/g, '')))
      assert.equal(shown, text.replace(/\r\n?/g, '\n'));
    assert.equal(JSON.parse(visibleJson(JSON.stringify(text))), text);
  });

  const xml = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<a>',
          '</a>',
          '<a b="c">',
          '<b/>',
          '<?x?>',
          '<!-- c -->',
          '</',
          '<',
          '>',
          ' ',
          '\n',
          'text',
          '<![CDATA[',
          ']]>',
        ),
        anyText,
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
  always('indented, a document has lost and gained nothing but white space', xml, (text) => {
    const bare = (one: string): string => one.replace(/\s+/g, '');
    const indented = indentXml(text);
    assert.equal(bare(indented), bare(text));
    for (const line of indented === text ? [] : indented.split('\n'))
      assert.doesNotMatch(line, /^ {41}[^ ]*</);
  });

  const zone = 3 * 3_600_000;
  always(
    'a date of the service is the moment that it was in Moscow',
    fc.date({ min: new Date('0100-01-02'), max: new Date('9999-12-30'), noInvalidDate: true }),
    (date) => {
      const moment = new Date(Math.floor(date.getTime() / 1000) * 1000);
      const [year, month, day, time] = new Date(moment.getTime() + zone).toISOString().split(/[-T.]/);
      assert.equal(
        fromMoscowDate(`${day ?? ''}.${month ?? ''}.${year ?? ''} ${time ?? ''}`),
        moment.toISOString(),
      );
      const seconds = moment.getTime() / 1000;
      assert.equal(fromTimestamp(String(seconds)), seconds > 0 ? moment.toISOString() : undefined);
    },
  );

  const two = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  const dateText = fc
    .tuple(two, two, two, two, two, two, two)
    .map(
      ([day, month, century, year, hour, minute, second]) =>
        `${day}.${month}.${century}${year} ${hour}:${minute}:${second}`,
    );
  always(
    'a text is a moment or none',
    fc.tuple(fc.oneof(anyText, fc.integer().map(String), dateText), fc.oneof(dateText, anyText)),
    ([timestamp, date]) => {
      const moment = momentOf(timestamp, date);
      if (moment === undefined) return;
      assert.equal(new Date(moment).toISOString(), moment);
      assert.match(moment, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/);
    },
  );

  always('a phone and an ID are read the same once they have been read', anyText, (text) => {
    const [phone, id] = [parsePhone(text), parseId(text)];
    if (phone.ok) {
      assert.match(phone.value, /^[0-9]{5,16}$/);
      assert.deepEqual(parsePhone(phone.value), phone);
    }
    if (id.ok) {
      assert.match(id.value, /^[A-Za-z0-9._-]{1,40}$/);
      assert.deepEqual(parseId(id.value), id);
    }
  });

  const spread = fc
    .tuple(
      phone,
      fc.constantFrom('', ' ', '-', ') ', ' (', '\u00a0', '\u2011'),
      fc.array(fc.nat(12), { maxLength: 3 }),
    )
    .map(([phone, separator, places]) => ({
      phone,
      text: places.reduce((text, place) => text.slice(0, place) + separator + text.slice(place), phone),
    }));
  always(
    'a masked phone is not in a text, however it is written there',
    fc.tuple(spread, anyText, anyText),
    ([{ phone, text }, before, after]) => {
      const digits = (one: string): string => one.replace(/[\s()./\u00a0\u2010-\u2015\u2212-]/g, '');
      const tail = phone.slice(-10);
      assert.ok(!digits(masking(phone)(before + text + after)).includes(tail));
      assert.ok(!digits(maskDigits(before + text + after)).includes(tail));
      assert.equal(maskPhone(phone).length, phone.length);
    },
  );
});
