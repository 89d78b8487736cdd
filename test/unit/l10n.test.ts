import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

type Texts = Record<string, string>;

/** A call of `l10n.t`: its text, how many values it is given, and where it stands. */
interface Call {
  text: string;
  values: number;
  place: string;
}

/** Texts that are the same in every language. */
const sameInRussian = new Set(['“{0}”', 'ID', 'ID {0}']);
/** The product's name, which stays as it is. */
const names = new Set(['SMSC Delivery Status']);
const bundlePath = 'l10n/bundle.l10n.ru.json';

const read = (file: string): Texts => JSON.parse(readFileSync(file, 'utf8')) as Texts;
const sorted = (values: Iterable<string>): string[] => [...values].sort();
const matches = (text: string, pattern: RegExp): string[] => sorted(text.match(pattern) ?? []);
const placeholders = (text: string): string[] => matches(text, /\{\d+\}/g);

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => path.join('src', name))
  .map((name) => ts.createSourceFile(name, readFileSync(name, 'utf8'), ts.ScriptTarget.Latest, true));

function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  for (const child of node.getChildren()) yield* nodesOf(child);
}

function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** The call `l10n.t('…', …)` that this name begins, if it does. */
function callOf(name: ts.Identifier): Call | undefined {
  const { parent } = name;
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== name || parent.name.text !== 't')
    return;
  const call = parent.parent;
  if (!ts.isCallExpression(call) || call.expression !== parent) return;
  const [text, ...values] = call.arguments;
  if (text === undefined || !ts.isStringLiteralLike(text) || values.some(ts.isSpreadElement)) return;
  return { text: text.text, values: values.length, place: placeOf(name) };
}

/** All uses of `l10n`: the calls, and where it is used in another way. */
function usesOfL10n(files: readonly ts.SourceFile[]): { calls: Call[]; others: string[] } {
  const calls: Call[] = [];
  const others: string[] = [];
  for (const node of files.flatMap((file) => [...nodesOf(file)])) {
    if (!ts.isIdentifier(node) || node.text !== 'l10n') continue;
    if (ts.isImportSpecifier(node.parent) && node.parent.propertyName === undefined) continue;
    const call = callOf(node);
    if (call === undefined) others.push(placeOf(node));
    else calls.push(call);
  }
  return { calls, others };
}

/** Whether a literal stands in a call of `l10n.t` or of the log, which is written in English. */
function isSpokenFor(node: ts.Node): boolean {
  for (let outer = node.parent; !ts.isSourceFile(outer); outer = outer.parent) {
    if (ts.isCallExpression(outer) && /^l10n\.t$|(^|\.)log\.\w+$/.test(outer.expression.getText()))
      return true;
  }
  return false;
}

/** Two words with a space between them, and no markup. */
const isSentence = (text: string): boolean => /\p{L}{2,} \p{L}{2,}/u.test(text) && !text.includes('<');

describe('l10n', () => {
  const { calls, others } = usesOfL10n(sources);
  const russian = read(bundlePath);
  const manifest = { en: read('package.nls.json'), ru: read('package.nls.ru.json') };

  it('is only ever called as l10n.t with a text that can be read here', () => {
    assert.deepEqual(others, []);
    assert.ok(calls.length > 100, 'the calls were not found');
  });

  it('gives each text the values that it has places for', () => {
    for (const { text, values, place } of calls) {
      const expected = Array.from({ length: values }, (_, index) => `{${index}}`);
      assert.deepEqual(sorted(new Set(placeholders(text))), expected, `${place}: ${text}`);
    }
  });

  it('finds every text in the Russian bundle, which has none too many', () => {
    const used = new Set(calls.map(({ text }) => text));
    assert.deepEqual(
      calls.filter(({ text }) => !(text in russian)).map(({ text, place }) => `${place}: ${text}`),
      [],
      'texts that are not in the bundle',
    );
    assert.deepEqual(
      Object.keys(russian).filter((text) => !used.has(text)),
      [],
      'texts of the bundle that nothing uses',
    );
  });

  it('says the same with the same values in Russian', () => {
    for (const [text, translation] of Object.entries(russian)) {
      assert.deepEqual(placeholders(translation), placeholders(text), text);
      assert.equal(/\p{Script=Cyrillic}/u.test(translation), !sameInRussian.has(text), text);
      assert.equal(translation, translation.trim(), text);
      assert.doesNotMatch(translation, /["“”]/, `${text}: quoted as in English`);
    }
  });

  it('quotes the commands by the titles that they have', () => {
    for (const [texts, pattern, titles] of [
      [Object.keys(russian), /“SMSC: ([^”]+)”/g, manifest.en],
      [Object.values(russian), /«SMSC: ([^»]+)»/g, manifest.ru],
    ] as const) {
      const quoted = texts.flatMap((text) => Array.from(text.matchAll(pattern), ([, title = '']) => title));
      assert.ok(quoted.length > 0);
      for (const title of quoted) assert.ok(Object.values(titles).includes(title), title);
    }
    for (const [text, translation] of Object.entries(russian)) {
      assert.equal(matches(translation, /«SMSC: /g).length, matches(text, /“SMSC: /g).length, text);
    }
  });

  it('has the manifest’s texts in both languages, with the same links', () => {
    assert.deepEqual(sorted(Object.keys(manifest.ru)), sorted(Object.keys(manifest.en)));
    for (const [key, text] of Object.entries(manifest.en)) {
      const translation = manifest.ru[key] ?? '';
      assert.notEqual(text.trim(), '', key);
      assert.notEqual(translation.trim(), '', key);
      assert.deepEqual(
        matches(translation, /\(command:[\w.]+\)/g),
        matches(text, /\(command:[\w.]+\)/g),
        key,
      );
    }
  });

  it('is asked for every sentence of the rooms that speak to people', () => {
    const speaking = sources.filter(({ fileName }) => /^src[\\/](ui|host)[\\/]/.test(fileName));
    const bare = speaking
      .flatMap((file) => [...nodesOf(file)])
      .filter((node) => ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node))
      .filter((node) => isSentence(node.text) && !names.has(node.text) && !isSpokenFor(node));
    assert.deepEqual(
      bare.map((node) => `${placeOf(node)}: ${node.text}`),
      [],
    );
  });
});
