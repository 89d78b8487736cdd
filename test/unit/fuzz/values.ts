import fc from 'fast-check';
import type { MessageName } from '../../../src/smsc/message.ts';

/** Characters and words that mean something to a reader somewhere. */
const telling = fc.constantFrom(
  ...[
    '',
    ' ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\0',
    '\ufeff',
    '\u00a0',
    '\u202e',
    '\u2028',
    '\ud800',
    '\u001b[31m',
  ],
  ...[
    '=',
    '+',
    '-',
    '@',
    '＝',
    '"',
    '""',
    "'",
    ',',
    ';',
    '|',
    '&',
    '<',
    '>',
    '\\',
    '%',
    '%00',
    '#',
    '?',
    '/',
  ],
  ...['__proto__', 'constructor', 'toString', 'NaN', '1e5', '0', '-1', '007', 'null', 'psw=', 'login='],
  ...['&lt;', '&#0;', '&#x41;', ']]>', '<![CDATA[', '<!--', '-->', '</a>', '<a/>', '{"id":1}', '[x](y)'],
  ...['79991234567', '+7 (999) 123-45-67', '89991234567', 'id=1234', '01.02.2024 15:00:00', '31.02.2024'],
);

/** Any text, often one that is troublesome. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ maxLength: 30 }),
  telling,
  fc
    .array(fc.oneof(telling, fc.string({ unit: 'grapheme', maxLength: 4 })), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

const refuse = (_target: object, key: string | symbol): boolean => {
  if (typeof key === 'string') throw new TypeError('no');
  return false;
};

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

/** Objects that answer in ways of their own: by getters, by proxies, by what they inherit. */
const strange = fc
  .tuple(
    fc.constantFrom('phone', 'id', 'account', 'messages', 'type', 'label', 'status', 'query', '$value'),
    anyText,
  )
  .chain(([key, text]) =>
    fc.constantFrom<() => unknown>(
      () => Object.create({ [key]: text }) as unknown,
      () => JSON.parse(`{"__proto__":{"${key}":1}}`) as unknown,
      () =>
        Object.defineProperty({}, key, {
          enumerable: true,
          get: () => {
            throw new Error('no');
          },
        }),
      // fast-check itself looks at symbols.
      () => new Proxy({}, { get: refuse, has: refuse }),
      () => ({ [key]: revoked() }),
      () => Object.assign(Object.create(null), { [key]: text }) as unknown,
      () => Object.assign(() => undefined, { [key]: text }),
      () => new String(text),
    ),
  )
  .map((make) => make());

const plainThing = fc.anything({
  maxDepth: 2,
  maxKeys: 3,
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
  withTypedArray: true,
});

/** What comes from the network, from a webview or from another program, once it has been parsed: any value of JSON. */
export const anyJson = fc.oneof(
  anyText,
  fc.constantFrom<unknown>(null, true, false, 0, -1, 1.5, 1e300, '', [], {}),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Any value that can be sent from one side to the other, as it arrives there. */
export const anyCopy: fc.Arbitrary<unknown> = fc.oneof(anyJson, plainThing);

/** Any value at all, such as an argument of a command of another extension. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(anyCopy, strange);

const digits = (length: number): fc.Arbitrary<string> =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((all) => all.join(''));

/** A phone as SMSC writes it; none that is dialled at home. */
export const phone = fc.oneof(
  digits(7).map((rest) => `7999${rest}`),
  fc.constantFrom('7495', '7812').chain((front) => digits(7).map((rest) => front + rest)),
  digits(9).map((rest) => `380${rest}`),
);

/** Any message ID that there can be. */
export const anyId = fc
  .array(fc.constantFrom(...Array.from('ABCXYZabcxyz0123456789._-')), { minLength: 1, maxLength: 40 })
  .map((all) => all.join(''));
/** One as the service makes them. */
export const usualId = fc.integer({ min: 1000, max: 999_999_999 }).map(String);
export const messageName: fc.Arbitrary<MessageName> = fc.record({ phone, id: fc.oneof(anyId, usualId) });

/** ISO 8601 as our own times are kept. */
export const isoTime = fc
  .date({ min: new Date('2005-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
