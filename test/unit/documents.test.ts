import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const documents = readdirSync('.').filter((name) => name.endsWith('.md'));

/** Paths in backticks, and the targets of links and pictures; what is not a path of ours is left out. */
function paths(text: string): string[] {
  const quoted = Array.from(
    text.matchAll(/`((?:src|test|media|l10n|\.github|\.ci)\/[\w./-]*)`/g),
    ([, at = '']) => at,
  );
  const linked = Array.from(text.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g), ([, at = '']) => at);
  return [...quoted, ...linked];
}

function scripts(text: string): string[] {
  return Array.from(text.matchAll(/npm run ([\w:]+)/g), ([, name = '']) => name);
}

describe('the documents', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

  for (const name of documents) {
    it(`${name} names files and scripts that are there`, () => {
      const text = readFileSync(name, 'utf8');
      assert.deepEqual(
        paths(text).filter((at) => !existsSync(at)),
        [],
      );
      assert.deepEqual(
        scripts(text).filter((script) => !(script in manifest.scripts)),
        [],
      );
    });
  }

  it('name every setting', () => {
    const { contributes } = manifest as unknown as { contributes: { configuration: { properties: object } } };
    for (const readme of documents.filter((name) => name.startsWith('README'))) {
      const text = readFileSync(readme, 'utf8');
      const missing = Object.keys(contributes.configuration.properties).filter(
        (id) => !text.includes(`\`${id}\``),
      );
      assert.deepEqual(missing, [], readme);
    }
  });
});
