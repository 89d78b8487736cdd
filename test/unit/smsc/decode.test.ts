import assert from 'node:assert/strict';
import { decode } from '../../../src/smsc/decode.ts';
import { SmscError } from '../../../src/smsc/errors.ts';

/** "Доставлено" in windows-1251. */
const cyrillic = Buffer.from('c4eef1f2e0e2ebe5edee', 'hex');
const xml = (encoding: string, text: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><a>`), text, Buffer.from('</a>')]);

describe('smsc/decode', () => {
  it('takes an answer that says nothing for UTF-8', () => {
    assert.equal(decode(Buffer.from('<a>Доставлено</a>'), undefined), '<a>Доставлено</a>');
    assert.equal(decode(Buffer.from('<a>Доставлено</a>'), 'text/xml'), '<a>Доставлено</a>');
  });

  for (const header of [
    'text/xml; charset=windows-1251',
    'text/xml;charset="Windows-1251"',
    'text/xml; action=x ; CHARSET = cp1251',
  ]) {
    it(`goes by the header ${header}`, () => assert.equal(decode(cyrillic, header), 'Доставлено'));
  }

  it('goes by the XML declaration when the header is silent', () => {
    assert.match(decode(xml('windows-1251', cyrillic), 'text/xml'), /<a>Доставлено<\/a>$/);
    assert.match(decode(xml('KOI8-R', Buffer.from('e4c1', 'hex')), undefined), /<a>Да<\/a>$/);
  });

  it('prefers the header to the XML declaration', () => {
    const text = decode(xml('windows-1251', Buffer.from('Доставлено')), 'text/xml; charset=utf-8');
    assert.match(text, /<a>Доставлено<\/a>$/);
  });

  it('prefers a byte order mark to both, and drops it', () => {
    const utf8 = Buffer.concat([Buffer.from('efbbbf', 'hex'), xml('windows-1251', Buffer.from('Да'))]);
    const utf16 = Buffer.from('\ufeff<a>Да</a>', 'utf16le');
    assert.match(decode(utf8, 'text/xml; charset=windows-1251'), /^<\?xml.*<a>Да<\/a>$/);
    assert.equal(decode(utf16, 'text/xml; charset=utf-8'), '<a>Да</a>');
    assert.equal(decode(Buffer.from(utf16).swap16(), undefined), '<a>Да</a>');
  });

  it('replaces bytes that fit nowhere', () => {
    assert.equal(decode(Buffer.from('3c613eff3c2f613e', 'hex'), undefined), '<a>\ufffd</a>');
  });

  for (const header of ['text/xml; charset=martian', 'text/xml; charset=utf-7']) {
    it(`refuses ${header}`, () => {
      assert.throws(
        () => decode(Buffer.from('<a/>'), header),
        new SmscError('protocol', { detail: 'charset' }),
      );
    });
  }
});
