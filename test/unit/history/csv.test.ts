import assert from 'node:assert/strict';
import { csvLine, type CsvDialect } from '../../../src/history/csv.ts';
import { csvColumns, exportRows } from '../../../src/history/tables.ts';
import { failedRow, report, row } from './rows.ts';

const plain: CsvDialect = { kind: 'plain' };
const comma: CsvDialect = { kind: 'spreadsheet', separator: ',' };
const semicolon: CsvDialect = { kind: 'spreadsheet', separator: ';' };
const dialects = [plain, comma, semicolon];

/** Reads CSV as RFC 4180 has it. */
function read(text: string, separator: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  const pattern = new RegExp(`("(?:[^"]|"")*"|[^"${separator}\\r\\n]*)(${separator}|\\r\\n|$)`, 'y');
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    assert.ok(found, `not CSV at ${pattern.lastIndex}: ${text}`);
    const [, cell = '', end] = found;
    cells.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === separator) continue;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

/** Splits a line as a reader does who believes in this separator; quotes count at the beginning of a cell only. */
function cellsAt(line: string, separator: string): string[] {
  const cells: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"?/.exec(rest);
    const cell = quoted?.[0] ?? /^[^\r\n]*?(?=[\r\n]|$)/.exec(rest)?.[0] ?? '';
    const end = quoted
      ? cell.length
      : Array.from(rest).findIndex((sign) => sign === separator || sign === '\n');
    const length = end < 0 ? rest.length : end;
    cells.push(quoted?.[1] ?? rest.slice(0, length));
    if (length >= rest.length) return cells;
    rest = rest.slice(quoted ? length : length + 1);
    if (quoted && (rest.startsWith(separator) || rest.startsWith('\n'))) rest = rest.slice(1);
  }
}

const attacks = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-1+1',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1)',
  '−1+1',
  '"=1+1"',
  '"=HYPERLINK(""http://a.example"")',
  'x;=1+1',
  'x,=1+1',
  'x\t=1+1',
  'x\n=1+1',
  'x\r\n=1+1',
  'x; =1+1',
  'x";=1+1;"',
  '=\u202e1+1',
];

describe('CSV', () => {
  it('holds no formula, whichever separator its reader believes in', () => {
    for (const dialect of dialects) {
      for (const attack of attacks) {
        const line = csvLine(['a', attack, 'b'], dialect);
        for (const separator of [',', ';', '\t']) {
          for (const cell of cellsAt(line, separator)) {
            assert.doesNotMatch(cell, /^\s*[=+\-@＝＋－＠−]/, `${JSON.stringify(attack)} → ${line}`);
          }
        }
      }
    }
  });

  it('keeps every text otherwise, with quotes, separators and line breaks', () => {
    const texts = [
      'Привет, "мир"',
      'a;b',
      'две\nстроки',
      '',
      ' left and right ',
      'ёж 🦔',
      '""',
      'a-b',
      'x=1',
    ];
    for (const [dialect, separator] of [
      [plain, ','],
      [comma, ','],
      [semicolon, ';'],
    ] as const) {
      const [cells] = read(csvLine(texts, dialect), separator);
      assert.deepEqual(
        cells?.map((cell) => cell.replace(/\t$/, '')),
        texts,
      );
    }
  });

  it('ends lines with CR LF and leaves cells that are not there empty', () => {
    assert.equal(csvLine(['a', undefined, 7], plain), 'a,,7\r\n');
  });

  it('shows characters that are not seen as their numbers', () => {
    assert.equal(csvLine(['a\u202eb\u0000\u200b'], plain), 'a⟨U+202E⟩b⟨U+0000⟩⟨U+200B⟩\r\n');
  });

  it('keeps for spreadsheets what they would take for a number or a date', () => {
    for (const text of ['79991234567', '007', '1e5', 'mar-6', '12.11', '10:30', '5 %', 'ИСТИНА', 'true']) {
      assert.equal(csvLine([text], comma), `"${text}\t"\r\n`);
      assert.equal(csvLine([text], plain), `${text}\r\n`);
    }
    assert.equal(csvLine(['Delivered'], comma), 'Delivered\r\n');
  });

  it('writes numbers and times as their readers expect them', () => {
    const cells = [-1, 1.5, new Date('2026-03-01T12:00:00.250Z')];
    assert.equal(csvLine(cells, plain), '-1,1.5,2026-03-01T12:00:00.250Z\r\n');
    assert.equal(csvLine(cells, comma), '-1,1.5,2026-03-01 12:00:00\r\n');
    assert.equal(csvLine(cells, semicolon), '-1;"1,5";2026-03-01 12:00:00\r\n');
  });
});

describe('messages as CSV', () => {
  const table = (rows: Parameters<typeof exportRows>[0], dialect: CsvDialect): string =>
    [...exportRows(rows, { kind: 'csv', dialect })].join('');
  const records = (text: string): Record<string, string>[] => {
    const [names = [], ...lines] = read(text, ',');
    return lines.map((cells) => Object.fromEntries(names.map((name, at) => [name, cells[at] ?? ''])));
  };

  it('begins with a byte order mark for Excel only', () => {
    assert.ok(table([], comma).startsWith('\ufeffaccount,phone,id,'));
    assert.ok(table([], plain).startsWith('account,phone,id,'));
  });

  it('has a row for each message, under names that do not change', () => {
    const fields = {
      status: '1',
      cost: '1.50',
      sms_cnt: '2',
      operator: 'Мегафон',
      message: 'Код, 12',
      id: '9',
    };
    const [record] = records(table([row({ fields })], plain));
    assert.deepEqual(record, {
      account: 'Работа',
      phone: '79991234567',
      id: '007',
      state: 'delivered',
      status: '1',
      status_name: 'Delivered',
      err: '',
      err_name: '',
      sent_utc: '2026-03-01T11:50:00.000Z',
      changed_utc: '2026-03-01T11:50:08.000Z',
      checked_utc: '2026-03-01T12:00:00.250Z',
      checks: '1',
      failure: '',
      failure_code: '',
      cost: '1.5',
      sms_cnt: '2',
      sender_id: '',
      operator: 'Мегафон',
      region: '',
      message: 'Код, 12',
    });
    assert.deepEqual(Object.keys(record), [...csvColumns]);
  });

  it('tells what SMSC does not know apart from what failed, and keeps the report before it', () => {
    const failed = { reason: 'timeout' } as const;
    const rows = [
      failedRow({ reason: 'notFound', code: 3 }),
      failedRow(failed),
      failedRow(failed, report()),
      { message: row().message },
    ];
    assert.deepEqual(
      records(table(rows, plain)).map(({ state, failure, failure_code, status }) => [
        ...[state, failure, failure_code, status],
      ]),
      [
        ['notFound', 'notFound', '3', ''],
        ['problem', 'timeout', '', ''],
        ['delivered', 'timeout', '', '1'],
        ['unchecked', '', '', ''],
      ],
    );
  });

  it('takes no column from what an object brings along by itself', () => {
    const fields = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    const [record] = records(table([row({ fields })], plain));
    assert.equal(record?.operator, '');
    assert.equal(record.message, '');
  });
});
