import assert from 'node:assert/strict';
import { SmscError } from '../../../src/smsc/errors.ts';
import { escapeXml, unescapeXml } from '../../../src/smsc/xml.ts';

describe('smsc/xml', () => {
  it('escapes what has a meaning in XML, and white space that a parser would change', () => {
    assert.equal(escapeXml(`a<b>&"c'\t\r\n`), 'a&lt;b&gt;&amp;&quot;c&apos;&#9;&#13;&#10;');
  });

  it('lets nothing pass unescaped, a CDATA section neither', () => {
    assert.equal(escapeXml('<![CDATA[x]]>'), '&lt;![CDATA[x]]&gt;');
  });

  it('keeps other characters, also those beyond 16 bits', () => {
    assert.equal(escapeXml('Пароль 🔑 é'), 'Пароль 🔑 é');
  });

  for (const text of ['a\u0000', '\u001b[0m', '\ud800', 'x\udc00', '\uffff']) {
    it(`refuses ${JSON.stringify(text)}, which XML cannot carry`, () => {
      assert.throws(() => escapeXml(text), new SmscError('input'));
    });
  }

  it('undoes escapes of every form once', () => {
    assert.equal(unescapeXml('&lt;&GT;&amp;lt;&#39;&#x27;&#x000041;&#0065;&#x1F511;'), `<>&lt;''AA🔑`);
    assert.equal(unescapeXml(escapeXml(`a<b>&"c'\t\r\n`)), `a<b>&"c'\t\r\n`);
  });

  it('leaves what is no escape', () => {
    assert.equal(
      unescapeXml('&nbsp; & &; &#; &#x110000; &#9999999;'),
      '&nbsp; & &; &#; &#x110000; &#9999999;',
    );
  });
});
