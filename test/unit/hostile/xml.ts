import type { Failure } from '../../../src/smsc/errors.ts';
import { http } from '../../support/server.ts';
import { envelope } from '../../support/soap.ts';
import {
  type Case,
  delivered,
  empty,
  fault,
  faultBody,
  full,
  malformed,
  protocol,
  type Report,
  status,
} from './case.ts';

const nested = (depth: number, name = 'a'): string =>
  `<${name}>`.repeat(depth) + '1' + `</${name}>`.repeat(depth);
const withType = (definition: string, more = ''): string => status(more).replace('?>', `?>${definition}`);
const entities = Array.from({ length: 30 }, (_, index) =>
  index === 0 ? '<!ENTITY e0 "ha">' : `<!ENTITY e${index} "${`&e${index - 1};`.repeat(10)}">`,
).join('');

/** Entities, and what else a document type can do. */
export const entityBombs: readonly Case[] = [
  ['a billion laughs', withType(`<!DOCTYPE x [${entities}]>`, '<message>&e29;</message>'), malformed],
  [
    'a quadratic blow-up',
    withType(
      `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]>`,
      `<message>${'&a;'.repeat(40_000)}</message>`,
    ),
    malformed,
  ],
  [
    'an external entity',
    withType('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', '<message>&a;</message>'),
    malformed,
  ],
  [
    'an external entity of the network',
    withType('<!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/">]>', '<message>&a;</message>'),
    malformed,
  ],
  [
    'an external parameter entity',
    withType('<!DOCTYPE x [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>'),
    delivered,
  ],
  ['an external document type', withType('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), delivered],
  [
    'an external document type with an entity',
    withType('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">', '<message>&a;</message>'),
    malformed,
  ],
  [
    'an entity that holds itself',
    withType('<!DOCTYPE x [<!ENTITY a "&a;">]>', '<message>&a;</message>'),
    malformed,
  ],
  ['an entity called __proto__', status('<message>&__proto__;</message>'), malformed],
  ['a character that does not exist', status('<message>&#x110000;</message>'), malformed],
  [
    'a character in 250,000 digits',
    status(`<message>&#${'0'.repeat(full)}65;</message>`),
    { status: 1, fields: { message: 'A' } },
  ],
  [
    'an inclusion',
    status('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    malformed,
  ],
  ['a style sheet', withType('<?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'), delivered],
  [
    'a schema to fetch',
    status(
      '<x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x http://127.0.0.1:9/"/>',
    ),
    delivered,
  ],
];

const prefixes = Array.from(
  { length: 2000 },
  (_, index) => `xmlns:p${index}="http://www.w3.org/2001/XMLSchema-instance"`,
);
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join('');

/** Documents that are large, deep or wide: node-soap would take minutes or all memory for some of them. */
export const shapes: readonly Case[] = [
  ['10,000 nested elements', status(nested(10_000)), malformed],
  ['30,000 nested elements', status(nested(30_000)), malformed],
  ['10,000 nested elements in the result’s place', envelope(nested(10_000)), malformed],
  [
    '10,000 nested elements in a fault',
    faultBody(`<faultstring>x</faultstring><detail>${nested(10_000)}</detail>`),
    malformed,
  ],
  ['10,000 nested envelopes', nested(10_000, 'Envelope'), malformed],
  ['10,000 elements that are not closed', status('<a>'.repeat(10_000)), malformed],
  ['10,000 elements that were not opened', status('</a>'.repeat(10_000)), malformed],
  [
    '1,000 elements within one of a very long name',
    status(`<${'a'.repeat(8_000)}>${many(1_000, (index) => `<b${index}/>`)}</${'a'.repeat(8_000)}>`),
    malformed,
  ],
  ['60,000 elements', status('<a/>'.repeat(60_000)), malformed],
  ['25,000 different elements', status(many(25_000, (index) => `<a${index}/>`)), malformed],
  ['12,000 statuses', status('<status>3</status>'.repeat(12_000)), malformed],
  ['12,000 results', status('<StatusResponse/>'.repeat(12_000)), malformed],
  ['20,000 attributes', status(`<a ${many(20_000, (index) => `a${index}="" `)}/>`), malformed],
  [
    '2,000 prefixes, looked up for each of 12,000 elements',
    status(`<a ${prefixes.join(' ')}>${'<b c="d"/>'.repeat(12_000)}</a>`),
    malformed,
  ],
  [
    '8,000 copies of a long text',
    status(`<b id="x">${'y'.repeat(100_000)}</b>${'<a href="#x"/>'.repeat(8_000)}`),
    malformed,
  ],
  [
    '8,000 copies of 10,000 elements',
    status(`<b id="x">${many(10_000, (index) => `<c${index}/>`)}</b>${'<a href="#x"/>'.repeat(8_000)}`),
    malformed,
  ],
  [
    '12,000 fields in one whose name is long',
    status(`<${'a'.repeat(60_000)}>${many(12_000, (index) => `<b${index}/>`)}</${'a'.repeat(60_000)}>`),
    malformed,
  ],
  ['a name of 250 kB', status(`<${'a'.repeat(full)}/>`), malformed],
  ['a prefix of 250 kB', status(`<${'a'.repeat(full)}:b/>`), malformed],
  ['an attribute of 250 kB', status(`<a b="${'c'.repeat(full)}"/>`), delivered],
  ['an attribute called __proto__', status('<a __proto__="x" constructor="y"/>'), delivered],
  ['a namespace called __proto__', status('<__proto__:a xmlns:__proto__="urn:x"/>'), delivered],
  ['a comment of 250 kB', status(`<!--${'c'.repeat(full)}-->`), delivered],
  ['a comment that never ends', status(`<!--${'- '.repeat(full / 2)}`), malformed],
  ['a CDATA section that never ends', status(`<a><![CDATA[${']'.repeat(full)}`), malformed],
  ['15,000 CDATA sections', status(`<a>${'<![CDATA[x]]>'.repeat(15_000)}</a>`), delivered],
  [
    'a document in a CDATA section',
    status('<a><![CDATA[<?xml version="1.0"?><status>3</status>]]></a>'),
    malformed,
  ],
  [
    '30,000 declarations in a CDATA section',
    status(`<a><![CDATA[${'<?xml '.repeat(30_000)}]]></a>`),
    malformed,
  ],
  ['250 kB of "<"', status('<'.repeat(full)), malformed],
  ['250 kB of "&"', status(`<a>${'&'.repeat(full)}</a>`), malformed],
  ['45,000 references', status(`<a>${'&amp;'.repeat(45_000)}</a>`), delivered],
  ['250 kB of quotes', status(`<a b=${'"'.repeat(full)}/>`), malformed],
  ['an instruction of 250 kB', status(`<?a ${'b'.repeat(full)}?>`), delivered],
  ['two documents', status() + status(), malformed],
  ['text behind the document', `${status()}more`, malformed],
  ['half a document', status().slice(0, -30), malformed],
  ['a document that ends within a name', status().slice(0, 200), malformed],
  ['crossed elements', status('<a><b></a></b>'), malformed],
];

const soap12 = 'http://www.w3.org/2003/05/soap-envelope';
const result = '<statusresult><status>1</status></statusresult>';
const fault12 = (content: string): string =>
  envelope(`<SOAP-ENV:Fault>${content}</SOAP-ENV:Fault>`).replace(
    'http://schemas.xmlsoap.org/soap/envelope/',
    soap12,
  );
const notUnderstood =
  '<SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:MustUnderstand</SOAP-ENV:Value></SOAP-ENV:Code>';

/** Wrong namespaces, wrong elements, and faults of both versions of SOAP. */
export const messages: readonly Case[] = [
  [
    'no prefix',
    `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><StatusResponse xmlns="urn:x">${result}</StatusResponse></Body></Envelope>`,
    delivered,
  ],
  [
    'the fields in another namespace',
    envelope(
      `<ns1:StatusResponse><ns1:statusresult><ns1:status>1</ns1:status></ns1:statusresult></ns1:StatusResponse>`,
    ),
    delivered,
  ],
  [
    'a result in another namespace',
    envelope(`<x:StatusResponse xmlns:x="urn:other">${result}</x:StatusResponse>`),
    delivered,
  ],
  [
    'an envelope of SOAP 1.2',
    status().replace('http://schemas.xmlsoap.org/soap/envelope/', soap12),
    delivered,
  ],
  [
    'an envelope of no namespace',
    status().replace('http://schemas.xmlsoap.org/soap/envelope/', ''),
    delivered,
  ],
  ['a prefix that is not bound', status('<unbound:a/>'), delivered],
  ['a prefix called __proto__', status('<__proto__:a/>'), delivered],
  [
    'the answer of another operation',
    envelope(
      '<ns1:BalanceResponse><balanceresult><balance>1</balance></balanceresult></ns1:BalanceResponse>',
    ),
    empty,
  ],
  ['the request as an answer', envelope('<ns1:status><login/><psw/></ns1:status>'), empty],
  ['an element that nobody knows', envelope('<ns1:Hello><status>1</status></ns1:Hello>'), malformed],
  ['elements called like built-in functions', envelope('<constructor/><toString/>'), malformed],
  ['an answer called __proto__', envelope(`<__proto__>${result}</__proto__>`), malformed],
  [
    'another result',
    envelope('<ns1:StatusResponse><other><status>1</status></other></ns1:StatusResponse>'),
    malformed,
  ],
  ['no result', envelope('<ns1:StatusResponse/>'), empty],
  ['an empty result', envelope('<ns1:StatusResponse><statusresult/></ns1:StatusResponse>'), empty],
  ['an empty Body', envelope(''), empty],
  ['no Body', '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>', malformed],
  ['two Bodies', envelope('').replace('</SOAP-ENV:Envelope>', `<SOAP-ENV:Body/>$&`), empty],
  ['other XML', '<status>1</status>', malformed],
  ['XML-RPC', '<methodResponse><params/></methodResponse>', malformed],
  [
    'a text for a result',
    envelope('<ns1:StatusResponse><statusresult>1</statusresult></ns1:StatusResponse>'),
    empty,
  ],
  ['a text for an answer', envelope('<ns1:StatusResponse>1</ns1:StatusResponse>'), empty],
  ['a text for a Body', envelope('1'), malformed],
  [
    'a header that must be understood',
    status().replace(
      '<SOAP-ENV:Body>',
      '<SOAP-ENV:Header><x SOAP-ENV:mustUnderstand="1"/></SOAP-ENV:Header>$&',
    ),
    delivered,
  ],
  ...(['Client', 'Server', 'VersionMismatch', 'MustUnderstand'] as const).map((code): Case => [
    `the fault ${code}`,
    http(faultBody(`<faultcode>SOAP-ENV:${code}</faultcode><faultstring>x</faultstring>`), { status: 500 }),
    fault,
  ]),
  ['a fault with HTTP 200', faultBody('<faultstring xml:lang="en">Oops</faultstring>'), fault],
  ['a fault without words', faultBody('<detail/>'), fault],
  ['a fault that is a text', faultBody('Oops'), fault],
  ['an empty fault', faultBody(''), empty],
  [
    'a fault beside an answer',
    envelope(
      `<ns1:StatusResponse>${result}</ns1:StatusResponse><SOAP-ENV:Fault><faultstring>x</faultstring></SOAP-ENV:Fault>`,
    ),
    fault,
  ],
  ['a fault called __proto__', faultBody('<__proto__><x/></__proto__>'), malformed],
  ['two faults', envelope('<SOAP-ENV:Fault><faultstring>x</faultstring></SOAP-ENV:Fault>'.repeat(2)), fault],
  ['a fault that repeats its text', faultBody('<faultstring>x</faultstring>'.repeat(3)), fault],
  ['a fault of 250 kB', faultBody(`<faultstring>${'x'.repeat(full)}</faultstring>`), fault],
  [
    'a fault of SOAP 1.2',
    fault12(
      `${notUnderstood}<SOAP-ENV:Reason><SOAP-ENV:Text xml:lang="en">x</SOAP-ENV:Text></SOAP-ENV:Reason>`,
    ),
    fault,
  ],
  ['a fault of SOAP 1.2 without words', fault12(notUnderstood), fault],
  ['a fault of SOAP 1.2 without its reason’s text', fault12(`${notUnderstood}<SOAP-ENV:Reason/>`), fault],
  ['a fault of SOAP 1.2 with HTTP 500', http(fault12(notUnderstood), { status: 500 }), fault],
  [
    'a fault that repeats the password',
    faultBody('<faultstring>psw wonder&amp;land</faultstring>'),
    protocol('echo'),
  ],
];

const objects = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'];

/** Names that mean something to JavaScript: none may change an object, wherever it stands. */
export const names: readonly Case[] = objects.flatMap((name) => {
  const encoded = name.replace('o', '&#111;');
  // node-soap cannot take some of these names; a report or none, but no harm.
  const seen: readonly (readonly [string, Failure | Report])[] = [
    [`<${name}>1</${name}>`, malformed],
    [`<${name}><polluted>1</polluted></${name}>`, malformed],
    [`<x><${name}><polluted>1</polluted></${name}></x>`, malformed],
    [`<x id="${name}"><polluted>1</polluted></x>`, malformed],
    [`<x a='>' id = '${encoded}'><polluted>1</polluted></x>`, malformed],
    [`<x href="#${name}"/>`, malformed],
  ];
  return seen.map(([fields, expected]): Case => [fields, status(fields), expected]);
});
