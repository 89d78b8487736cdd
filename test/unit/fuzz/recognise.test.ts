import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  createFinder,
  findMessages,
  isLink,
  messageAt,
  type FoundMessage,
} from '../../../src/recognise/find.ts';
import { readPasted } from '../../../src/recognise/pasted.ts';
import { always } from './fuzz.ts';
import { anyText, phone, usualId } from './values.ts';

/** Parts of the forms that the finder knows, in no order. */
const pieces = fc.constantFrom(
  ...[
    'id',
    'ID - ',
    'OK - 1 SMS, ID - 12',
    '{"id":12,"cnt":1}',
    '"phone": "79991234567"',
    'phones=79991234567,',
  ],
  ...[
    '{',
    '}',
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
  ],
  ...['79991234568', '\0', '\ud800', '\x1b[36m', 'psw=79990000000&', 'smsc', 'ID сообщения: 5', 'phone,id\n'],
  ...['79991234567,12\n', '(', ')', '"]=>\n', '["id', 'int(5)', 'INSERT INTO sms (id, phone) VALUES\n'],
  ...[
    "(1,'79991234567'),",
    '"',
    "'",
    '\\"',
    '8 (999) 123-45-67',
    ';',
    '\t',
    'user',
    'order_',
    '->',
    '[',
    ']',
  ],
);
const anyLog = fc
  .array(fc.oneof({ weight: 9, arbitrary: pieces }, anyText), { maxLength: 60 })
  .map((parts) => parts.join(''));

/** SMSC's forms, and such as programs write, around a pair. Of some, the phone stands on the line before. */
const forms: ((phone: string, id: string) => string)[] = [
  (phone, id) => `https://smsc.ru/sys/status.php?login=alex&psw=secret&phone=${phone}&id=${id}`,
  (phone, id) => `GET /sys/send.php?login=alex&psw=secret&phones=${phone}&mes=x\nOK - 1 SMS, ID - ${id}`,
  (phone, id) => `{"phone":"${phone}","id":${id},"cnt":1}`,
  (phone, id) => `{\n  "phone": "${phone}",\n  "id": ${id},\n  "cnt": 1\n}`,
  (phone, id) => `<result><phone>${phone}</phone><id>${id}</id><cnt>1</cnt></result>`,
  (phone, id) => `sms_id=${id} phone=${phone}`,
  (phone, id) => `phone: ${phone}, message_id: ${id}`,
  (phone, id) => `${phone}: Сообщение отправлено успешно. ID: ${id}, всего SMS: 1, стоимость: 0`,
  (phone, id) => `INSERT INTO sms (phone, id) VALUES ('${phone}', '${id}');`,
];
/** Lines of logs that have nothing to do with a message, with numbers of all kinds. */
const noise = fc.constantFrom(
  ...[
    '',
    '2025-11-24 09:14:02 INFO started, pid 4711',
    '[warn] retrying in 1500 ms',
    '    at run (/srv/app/main.js:10:5)',
  ],
  ...[
    'order_id=55 total=1999.00',
    '127.0.0.1 - - [24/Nov/2025] "GET / HTTP/1.1" 200 512',
    'Привет, мир',
    '---',
    '\x1b[32mok\x1b[0m',
  ],
  ...[
    'client-id: 7',
    'x'.repeat(300),
    'uuid 6f1c2a3e-9a1b-4c55-8d2e-0a1b2c3d4e5f',
    '{"level":"info","time":1738573200}',
    '%%%',
  ],
);
interface Block {
  text: string;
  pair: string;
}
const block: fc.Arbitrary<Block> = fc
  .tuple(fc.constantFrom(...forms), phone, usualId, fc.array(noise, { maxLength: 4 }))
  .map(([form, phone, id, after]) => ({
    // Nothing of one block is near enough to be another's.
    text: [form(phone, id), '', ...after, '', ''].join('\n'),
    pair: `${phone}/${id}`,
  }));

const pairOf = ({ phone, id }: FoundMessage): string => `${phone ?? '?'}/${id}`;

function assertSound(text: string, found: readonly FoundMessage[]): void {
  let last = 0;
  for (const { id, phone, phones, start, end, ...others } of found) {
    assert.deepEqual(Object.keys(others), ['sure']);
    assert.equal(text.slice(start, end), id);
    assert.match(id, /^[A-Za-z0-9._-]{1,40}$/);
    assert.ok(start >= last && end > start, 'in the order of the text, none twice');
    last = end;
    for (const one of phone === undefined ? phones : [phone, ...phones]) assert.match(one, /^\d{5,16}$/);
    assert.ok(phone === undefined || !phones.includes(phone));
    assert.equal(new Set(phones).size, phones.length);
  }
}

describe('fuzz: the recogniser', () => {
  always('tells where each ID stands, whatever the text is', anyLog, (text) =>
    assertSound(text, findMessages(text)),
  );

  always(
    'finds the right pairs among other lines',
    fc.tuple(fc.array(noise, { maxLength: 5 }), fc.array(block, { maxLength: 5 }), fc.boolean()),
    ([before, blocks, windows]) => {
      const lines = [...before, '', ...blocks.map(({ text }) => text)].join('\n');
      const text = windows ? lines.replaceAll('\n', '\r\n') : lines;
      const found = findMessages(text);
      assertSound(text, found);
      assert.deepEqual(
        found.filter(isLink).map(pairOf),
        blocks.map(({ pair }) => pair),
      );
    },
  );

  always(
    'finds the message at the cursor, wherever it stands on the line of its ID',
    fc.tuple(fc.array(noise, { maxLength: 5 }), block, fc.nat()),
    ([before, { text: own, pair }, where]) => {
      const text = [...before, '', own].join('\n');
      const [only] = findMessages(text).filter(isLink);
      assert.ok(only);
      const lineStart = text.lastIndexOf('\n', only.start) + 1;
      const lineEnd = text.indexOf('\n', only.start);
      const at = messageAt(text, lineStart + (where % (lineEnd - lineStart + 1)));
      assert.equal(at && pairOf(at), pair);
      assert.deepEqual(at, only);
    },
  );

  always(
    'at the cursor stands what it finds in the whole, or nothing',
    fc.tuple(anyLog, fc.nat()),
    ([text, where]) => {
      const at = messageAt(text, where % (text.length + 1));
      if (at !== undefined) assertSound(text, [at]);
    },
  );

  always(
    'reads a pasted line',
    fc.tuple(fc.constantFrom(...forms), phone, usualId, anyText),
    ([form, phone, id, text]) => {
      assert.deepEqual(readPasted(` ${form(phone, id)} `), { phone, id });
      const pasted = readPasted(text);
      if (pasted !== undefined) assert.match(pasted.id ?? '', /^[A-Za-z0-9._-]{1,40}$/);
    },
  );

  const secretForms: ((secret: string) => string)[] = [
    (secret) => `?psw=${secret}&`,
    (secret) => `&apikey=${secret}&`,
    (secret) => ` login=${secret} `,
    (secret) => `\n{"psw":"${secret}","id":12}\n`,
    (secret) => `\n"password": "${secret}",`,
    (secret) => `<psw>${secret}</psw>`,
    (secret) => `\nAuthorization: Bearer ${secret}\n`,
    (secret) => `\napikey: ${secret}\n`,
    (secret) => ` 'psw' => '${secret}', `,
  ];
  /** Digits that look like a phone or an ID, and stand in nothing else. */
  const secret = fc
    .integer({ min: 1000, max: 9999 })
    .chain((number) => fc.constantFrom(`7900333${number}`, `900333${number}`));
  always(
    'takes nothing from the values of passwords, logins and keys',
    fc.tuple(anyLog, fc.constantFrom(...secretForms), secret, anyLog),
    ([before, form, secret, after]) => {
      const text = before + form(secret) + after;
      for (const { id, phone, phones } of findMessages(text)) {
        assert.ok(
          ![id, phone, ...phones].some((one) => one?.includes(secret)),
          `${id} ${phone ?? ''} ${phones.join(' ')}`,
        );
      }
    },
  );

  // More than the finder gathers before it begins to decide.
  const padding = `${'x'.repeat(199)}\n`.repeat(165);
  const cutText = fc
    .array(
      fc.tuple(
        fc.oneof(
          block.map(({ text }) => text),
          anyLog,
        ),
        fc.integer({ min: 0, max: 40 }),
      ),
      { minLength: 2, maxLength: 10 },
    )
    .map((parts) => parts.map(([text, lines]) => text + '\n'.repeat(lines)).join('\n'));
  always(
    'finds the same wherever the text is cut',
    fc.tuple(cutText, fc.array(fc.tuple(fc.nat(), fc.boolean()), { minLength: 1, maxLength: 5 })),
    ([text, places]) => {
      // The padding makes it decide what stands before, so that it also decides at places where the text is cut.
      const cuts = places.map(([place]) => place % (text.length + 1)).sort((a, b) => a - b);
      const parts = [
        ...cuts.map((cut, index) => text.slice(cuts[index - 1] ?? 0, cut)),
        text.slice(cuts.at(-1)),
      ];
      const padded = parts.map((part, index) => part + (places[index]?.[1] === true ? `\n${padding}` : ''));
      const finder = createFinder();
      const found = [...finder.add(padding), ...padded.flatMap((part) => finder.add(part)), ...finder.end()];
      assert.deepEqual(found, findMessages(padding + padded.join('')));
    },
    { each: 10 },
  );

  /** Processor time of this process in microseconds, so that others on the machine do not count; the least of some runs. */
  const cost = (text: string): number => {
    const runs = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      findMessages(text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    });
    return Math.min(...runs);
  };
  always(
    'takes eight times as long for eight times the text',
    anyLog.filter((text) => text !== ''),
    (text) => {
      const [small, large] = [10_000, 80_000].map((length) =>
        cost(text.repeat(Math.ceil(length / text.length))),
      );
      // A square would be 64 times. Below some milliseconds the clock says nothing.
      assert.ok((large ?? 0) < 30 * Math.max(small ?? 0, 3000), `${small ?? 0} µs and ${large ?? 0} µs`);
    },
    { each: 100 },
  );
});
