import assert from 'node:assert/strict';
import fc from 'fast-check';
import { always } from './fuzz.ts';
import { anyText, messageName } from './values.ts';
import './vscode.ts';

const { linkTo, readLink } = await import('../../../src/ui/deepLink.ts');

const name = fc.constantFrom(
  'phone',
  'id',
  'login',
  'psw',
  'password',
  'apikey',
  'endpoint',
  'account',
  'Phone',
  'ph%6Fne',
  '%69d',
  '',
  '__proto__',
);
const value = fc.oneof(
  messageName.map(({ phone }) => phone),
  messageName.map(({ id }) => id),
  fc.constantFrom('%2B7 999 123-45-67', '%00', '%', '%D0', 'https%3A%2F%2Fevil.example'),
  anyText,
);
const query = fc
  .array(fc.tuple(name, value), { maxLength: 4 })
  .map((all) => all.map((pair) => pair.join('=')).join('&'));
const goodQuery = messageName.map(({ phone, id }) => `phone=${phone}&id=${id}`);
const path = fc.constantFrom(
  '/check',
  '/check',
  '/check',
  '/check/',
  '/Check',
  'check',
  '/',
  '',
  '//check',
  '/check/../addAccount',
);

describe('fuzz: links to messages', () => {
  always(
    'name a message and nothing else, or are refused',
    fc.tuple(path, fc.oneof(query, anyText, goodQuery)),
    ([path, text]) => {
      const read = readLink(path, text);
      if (read === undefined) return;
      assert.equal(path, '/check');
      assert.deepEqual(Object.keys(read).sort(), ['id', 'phone']);
      assert.match(read.phone, /^[0-9]{5,16}$/);
      assert.match(read.id, /^[A-Za-z0-9._-]{1,40}$/);
      assert.equal(text.split('&').filter((part) => part !== '').length, 2);
      for (const part of text.split('&'))
        assert.match(decodeURIComponent(part.replaceAll('+', ' ')), /^(?:phone|id)=|^$/);
    },
  );

  always(
    'with anything more are refused',
    fc.tuple(goodQuery, name, value, fc.boolean()),
    ([good, name, value, first]) => {
      const more = `${name}=${value}`;
      assert.equal(readLink('/check', first ? `${more}&${good}` : `${good}&${more}`), undefined);
    },
  );

  always('are read as they were made', messageName, ({ phone, id }) => {
    const { protocol, host, pathname, search } = new URL(linkTo({ phone, id }));
    assert.deepEqual([protocol, host, pathname], ['vscode:', 'sms-delivery.smsc-status', '/check']);
    // VS Code hands over the query as it reads it: with and without its escapes.
    assert.deepEqual(readLink(pathname, search.slice(1)), { phone, id });
    assert.deepEqual(readLink(pathname, decodeURIComponent(search.slice(1))), { phone, id });
  });
});
