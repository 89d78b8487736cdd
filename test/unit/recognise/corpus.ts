import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../workbench/paths.ts';

/** A piece of text as it really stands somewhere, with the messages in it, written by hand. */
export interface Piece {
  /** The line of the file on which it begins, counted from 1. */
  line: number;
  text: string;
  expected: { id: string; phone?: string }[];
}

/** Reads pieces: text, then lines such as `=> 1234 79991234567`, `=> 1234 ?` or `=> nothing`. `##` is a comment. */
export function readCorpus(name: string): Piece[] {
  const file = path.join(root, 'test/unit/recognise/corpus', `${name}.txt`);
  const pieces: Piece[] = [];
  let text: string[] = [];
  let begins = 1;
  let isClosed = false;
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, index) => {
      const expected = /^=> (\S+)(?: (\S+))?$/.exec(line);
      if (expected === null) {
        if (isClosed || text.length === 0) {
          [text, begins, isClosed] = [[], index + 1, false];
          if (line === '' || line.startsWith('## ')) return;
        }
        text.push(line);
        return;
      }
      const last = pieces.at(-1);
      const piece =
        isClosed && last !== undefined ? last : { line: begins, text: text.join('\n'), expected: [] };
      if (piece !== last) pieces.push(piece);
      isClosed = true;
      const [, id = '', phone = '?'] = expected;
      if (id !== 'nothing') piece.expected.push({ id, ...(phone !== '?' && { phone }) });
    });
  return pieces;
}
