import assert from 'node:assert/strict';
import { indentXml, visible, visibleJson } from '../../../src/smsc/text.ts';

describe('visible', () => {
  it('leaves ordinary text alone, in any script', () => {
    const text = 'Ваш код: 1234\n\tПривет 👩‍💻 مرحبا 你好 é';
    assert.equal(visible(text), text);
  });

  it('keeps line breaks, whoever wrote them', () => {
    assert.equal(visible('a\r\nb\rc\nd'), 'a\nb\nc\nd');
  });

  it('shows control characters by their number', () => {
    assert.equal(visible('a\u0000b\u001b[31mc\u007fd\u0085e'), 'a⟨U+0000⟩b⟨U+001B⟩[31mc⟨U+007F⟩d⟨U+0085⟩e');
  });

  it('shows every bidirectional mark, so that no text is reordered', () => {
    for (const mark of '\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069') {
      const code = mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      assert.equal(visible(`a${mark}b`), `a⟨U+${code}⟩b`);
    }
  });

  it('shows what is invisible: zero-width spaces, soft hyphens, tags, lone surrogates, line separators', () => {
    assert.equal(visible('\u200b\u00ad\ufeff\u2028'), '⟨U+200B⟩⟨U+00AD⟩⟨U+FEFF⟩⟨U+2028⟩');
    assert.equal(visible('\u{e0041}'), '⟨U+E0041⟩');
    assert.equal(visible('x\ud800y'), 'x⟨U+D800⟩y');
  });
});

describe('visibleJson', () => {
  it('escapes what is hidden and keeps the value', () => {
    const value = { text: 'a\u202eb\u{e0041}\n', 'k\u200b': 1 };
    const json = visibleJson(JSON.stringify(value, null, 2));
    assert.doesNotMatch(json, /[\u202e\u200b\u{e0041}]/u);
    assert.deepEqual(JSON.parse(json), value);
  });
});

describe('indentXml', () => {
  it('puts elements on lines of their own and leaves text with its element', () => {
    assert.equal(
      indentXml('<?xml version="1.0"?><a x="1"><b>one two</b><c/><d></d>\n<e><f>3</f></e></a>'),
      [
        '<?xml version="1.0"?>',
        '<a x="1">',
        '  <b>one two</b>',
        '  <c/>',
        '  <d></d>',
        '  <e>',
        '    <f>3</f>',
        '  </e>',
        '</a>',
      ].join('\n'),
    );
  });

  it('does not touch what is not XML', () => {
    assert.equal(indentXml('{"error": 1}'), '{"error": 1}');
    assert.equal(indentXml(''), '');
  });

  it('loses nothing of a broken document', () => {
    const broken = '<a><b>1</b></c></c></c><d';
    assert.equal(indentXml(broken).replace(/\s/g, ''), broken);
  });

  it('takes time in proportion to the text, whatever it holds', () => {
    const size = 200_000;
    // Quadratic work on any of these would take minutes and end in Mocha's time-out.
    assert.ok(indentXml('<'.repeat(size)).length >= size);
    assert.ok(indentXml('<a>'.repeat(size)).length >= size);
    assert.ok(indentXml(`<${' '.repeat(size)}`).length >= size);
  });
});
