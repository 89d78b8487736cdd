import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  assertReadable,
  failureOfAnswer,
  fieldsOf,
  statusAnswerOf,
  balanceOf,
} from '../../../src/smsc/answer.ts';
import { decode } from '../../../src/smsc/decode.ts';
import { details, reasons, SmscError } from '../../../src/smsc/errors.ts';
import { bind, type Binding } from '../../../src/smsc/soap.ts';
import type { SmscClient } from '../../../src/smsc/service.ts';
import { escapeXml, unescapeXml } from '../../../src/smsc/xml.ts';
import { markIn, marked } from '../../support/marked.ts';
import { closeServers, http, serve } from '../../support/server.ts';
import { clientFor, message, statusEnvelope } from '../../support/soap.ts';
import { always } from './fuzz.ts';
import { anyText, anything } from './values.ts';

/** Everything that every program can reach: what an answer must never change. */
const shared = [Object.prototype, Array.prototype, String.prototype, Function.prototype];
const propertiesOfAll = (): string => JSON.stringify(shared.map((one) => Reflect.ownKeys(one).map(String)));
const untouched = propertiesOfAll();

function assertFailure(error: unknown): void {
  assert.ok(error instanceof SmscError, `not an SmscError: ${String(error)}`);
  assert.ok(reasons.includes(error.reason));
  assert.ok(error.detail === undefined || details.includes(error.detail));
  assert.ok(error.code === undefined || Number.isSafeInteger(error.code));
  assert.equal(error.cause, undefined);
  assert.ok(error.message.length < 100);
}

/** What a report promises to other programs, in words of this test's own. */
function assertAnswer(value: unknown, most: number): void {
  const isObject = (one: unknown): one is Record<string, unknown> => typeof one === 'object' && one !== null;
  assert.ok(isObject(value));
  const { status, deliveryError, changedAt, sentAt, fields, ...others } = value;
  assert.deepEqual(others, {});
  assert.ok(isObject(status) && isObject(fields));
  assert.deepEqual(Object.keys(status).sort(), ['code', 'final', 'kind', 'name']);
  assert.ok(Number.isSafeInteger(status.code) && typeof status.final === 'boolean');
  assert.match(String(status.kind), /^(pending|delivered|failed|unknown)$/);
  assert.ok(typeof status.name === 'string' && status.name !== '');
  if (deliveryError !== undefined) {
    assert.ok(isObject(deliveryError));
    assert.ok(Number.isSafeInteger(deliveryError.code) && deliveryError.code !== 0);
    assert.ok(typeof deliveryError.name === 'string' && deliveryError.name !== '');
  }
  for (const time of [changedAt, sentAt]) {
    if (time !== undefined) assert.ok(typeof time === 'string');
    if (typeof time === 'string') assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  let size = 0;
  for (const [name, text] of Object.entries(fields)) {
    assert.ok(typeof text === 'string');
    size += name.length + text.length;
  }
  assert.ok(size <= most, `${size} characters of at most ${most}`);
}

/** Field by field as the service answers, and what it may make of them. */
const field = fc.tuple(
  fc.constantFrom(
    ...['status', 'err', 'error', 'last_date', 'last_timestamp', 'send_date', 'send_timestamp', 'message'],
    ...['operator', '__proto__', 'constructor', 'hasOwnProperty', 'a', 'status_name', '$value'],
  ),
  fc.oneof(
    fc.constantFrom(
      '0',
      '1',
      '-1',
      '-3',
      '20',
      '77',
      '1706788800',
      '01.02.2024 15:00:00',
      '999999999',
      '1e9',
    ),
    anyText,
  ),
);

const goodAnswer = fc
  .array(field, { maxLength: 6 })
  .map((fields) =>
    statusEnvelope(
      `<status>1</status>${fields.map(([name, text]) => `<${name}>${text.replace(/[&<]/g, '')}</${name}>`).join('')}`,
    ),
  );
const piece = fc.oneof(
  anyText,
  fc.constantFrom(
    ...[
      '<status>3</status>',
      '<error>2</error>',
      '<a id="__proto__"/>',
      ' id="x"',
      ' href="#x"',
      '<status/>',
      ' xsi:nil="true"',
    ],
    ...[
      '<a><b><c><d>1</d></c></b></a>',
      '<![CDATA[<?xml?>]]>',
      '<!DOCTYPE a [<!ENTITY b "c">]>',
      '&b;',
      '<?x?>',
      '<html>',
    ],
    ...[
      '<SOAP-ENV:Fault><faultstring>x</faultstring></SOAP-ENV:Fault>',
      ' xmlns="a"',
      '<ns1:status>1</ns1:status>',
    ],
  ),
);
/** A good answer of which pieces were lost, doubled or added. */
const spoilt = fc
  .tuple(
    goodAnswer,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.nat(40),
        fc.oneof({ weight: 3, arbitrary: piece }, fc.constant('=')),
        fc.boolean(),
      ),
      { maxLength: 4 },
    ),
  )
  .map(([text, edits]) =>
    edits.reduce((all, [where, length, added, doubled]) => {
      const at = where % (all.length + 1);
      return (
        all.slice(0, at) +
        added +
        all.slice(doubled ? Math.max(0, at - length) : Math.min(all.length, at + length))
      );
    }, text),
  );
const anyDocument = fc.oneof(
  { weight: 6, arbitrary: spoilt },
  { weight: 1, arbitrary: anyText },
  fc.array(piece).map((all) => all.join('')),
);

const contentType = fc.oneof(
  fc.constantFrom(
    undefined,
    'text/xml',
    'text/xml; charset=utf-8',
    'text/xml;charset="windows-1251"',
    'a; charset=utf-16',
    'a; charset=no',
  ),
  anyText,
);

describe('fuzz: the mapping of answers', () => {
  let binding: Binding;
  let client: SmscClient;
  let answer: Buffer | string = '';

  before(async () => {
    const { url } = await serve(() => answer);
    binding = await bind('https://smsc.ru/sys/soap.php', url);
    client = clientFor(url, { credentials: { kind: 'password', login: 'alex', password: marked.password } });
  });
  after(closeServers);
  afterEach(() => assert.equal(propertiesOfAll(), untouched));

  const read = async (text: string, status: number): Promise<Record<string, string>> => {
    const carry = (): Promise<{ status: number; text: string }> => {
      assertReadable(text, status);
      return Promise.resolve({ status, text });
    };
    const result = await binding
      .call('get_status', {}, async () => carry())
      .catch((error: unknown) => {
        throw failureOfAnswer(error, status);
      });
    return fieldsOf(result, 'statusresult');
  };

  always(
    'an answer, whatever it is, becomes a report or a failure',
    fc.tuple(anyDocument, fc.constantFrom(200, 200, 200, 404, 500)),
    async ([text, status]) => {
      const outcome = await read(text, status)
        .then(statusAnswerOf)
        .catch((error: unknown) => error);
      if (outcome instanceof Error) assertFailure(outcome);
      else assertAnswer(outcome, 40 * text.length);
      assert.equal(propertiesOfAll(), untouched);
    },
  );

  always(
    'what node-soap hands over, whatever it is, becomes a report or a failure',
    fc.oneof(
      anything,
      anything.map((content) => ({ statusresult: content })),
      fc
        .dictionary(
          fc.oneof(
            anyText,
            field.map(([name]) => name),
          ),
          fc.oneof(
            anything,
            field.map(([, text]) => text),
          ),
        )
        .map((fields) => ({ statusresult: { status: '1', ...fields } })),
    ),
    (result) => {
      for (const map of [statusAnswerOf, balanceOf]) {
        try {
          const mapped = map(fieldsOf(result, 'statusresult'));
          if (map === statusAnswerOf) assertAnswer(mapped, Infinity);
        } catch (error) {
          // The client takes what a strange object throws for an answer that cannot be read.
          assertFailure(failureOfAnswer(error, 200));
        }
      }
      assert.equal(propertiesOfAll(), untouched);
    },
  );

  always('a text comes out of an answer as it was put in', anyText, async (text) => {
    // XML has no other line ends than these, and no such characters.
    const sent = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
    assert.equal(unescapeXml(escapeXml(sent)), sent);
    if (sent.trim() === '') return;
    const fields = await read(statusEnvelope(`<status>1</status><message>${escapeXml(sent)}</message>`), 200);
    assert.deepEqual(fields, { status: '1', message: sent });
  });

  always(
    'bytes become text, or a failure for want of a character set',
    fc.tuple(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        spoilt.map((text) => Buffer.from(text, 'latin1')),
      ),
      contentType,
    ),
    ([bytes, type]) => {
      try {
        const text = decode(bytes, type);
        assert.ok(text.length <= bytes.length + 1);
      } catch (error) {
        assertFailure(error);
        assert.equal((error as SmscError).detail, 'charset');
      }
    },
  );

  always(
    'text in any form of Unicode is read as it is',
    fc.tuple(anyText, fc.constantFrom('utf8', 'marked', 'utf16le', 'utf16be')),
    ([given, form]) => {
      const text = `<?xml version="1.0"?><a>${given.toWellFormed()}</a>`;
      const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
      const bytes = {
        utf8: Buffer.from(text),
        marked: Buffer.from(`\ufeff${text}`),
        utf16le: wide,
        utf16be: Buffer.from(wide).swap16(),
      }[form];
      assert.equal(decode(bytes, undefined), text);
    },
  );

  always(
    'no secret comes through the client, whatever answer it stands in',
    fc.tuple(
      anyDocument,
      fc.nat(),
      fc.constantFrom(
        '',
        marked.password,
        escapeXml(marked.password),
        encodeURIComponent(marked.password),
        `<![CDATA[${marked.password}]]>`,
        `<message>${escapeXml(marked.password)}</message>`,
        Buffer.from(marked.password).toString('base64'),
        `Pa55<!-- -->mark7f3c &amp;&lt;&gt;&quot;&apos;%`,
      ),
      fc.constantFrom(200, 500),
      contentType,
    ),
    async ([document, where, secret, status, type]) => {
      const at = where % (document.length + 1);
      const headers = {
        Connection: 'close',
        ...(type !== undefined && { 'Content-Type': type.replace(/[^\x20-\x7e]/g, '') }),
      };
      answer = http(document.slice(0, at) + secret + document.slice(at), { status, headers });
      let exchanged: unknown;
      const outcome = await client
        .getStatus(message, { onExchange: (exchange) => (exchanged = exchange) })
        .catch((error: unknown) => error);
      if (outcome instanceof Error) assertFailure(outcome);
      else assertAnswer(outcome, 100_000);
      const told = JSON.stringify([outcome, outcome instanceof Error && outcome.message, exchanged]);
      assert.equal(markIn(Buffer.from(told)), undefined);
    },
    { each: 20 },
  );
});
