import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import table from '../mutations.json' with { type: 'json' };
import { root } from '../workbench/paths.ts';

describe('the list of mutations', () => {
  it('breaks what stands in the code, in each room', () => {
    for (const { file, broken } of table) {
      const text = readFileSync(path.join(root, file), 'utf8');
      for (const { what, from, to } of broken) {
        assert.equal(text.split(from).length, 2, `${file}: ${what}`);
        assert.notEqual(from, to, what);
      }
    }
    const rooms = new Set(table.map(({ file }) => file.split('/')[1]));
    for (const room of ['smsc', 'history', 'tracking', 'recognise', 'simulator', 'webview', 'host', 'ui']) {
      assert.ok(rooms.has(room), room);
    }
  });
});
