import assert from 'node:assert/strict';
import { mostLinks, scanDocument } from '../../../src/ui/documentScan.ts';
import { createLocator, piecesOf, surroundingsOf } from '../../../src/ui/documentText.ts';

function documentOf(text: string) {
  const lines = text.split('\n');
  return { lineCount: lines.length, lineAt: (line: number) => ({ text: lines[line] ?? '' }) };
}

const never = (): boolean => false;
const sent = (id: number): string => `sms to 79991234567: OK - 1 SMS, ID - ${id}`;
const filler = '2026-01-05 09:00:00 INFO nothing to see here, all is well';

describe('scanning a document', () => {
  it('finds messages by line and character', async () => {
    const found = await scanDocument(documentOf(`${filler}\n${sent(4321)}\n\n  ${sent(77)}`), never);
    assert.deepEqual(found, [
      { id: '4321', phone: '79991234567', phones: [], line: 1, start: 37, end: 41 },
      { id: '77', phone: '79991234567', phones: [], line: 3, start: 39, end: 41 },
    ]);
  });

  it('finds them in large texts too, where they stand', async () => {
    const lines = Array.from({ length: 30_000 }, (_, line) => (line % 1000 === 999 ? sent(line) : filler));
    const found = await scanDocument(documentOf(lines.join('\n')), never);
    assert.equal(found?.length, 30);
    for (const { id, line, start, end } of found) {
      assert.equal(Number(id), line);
      assert.equal(lines[line]?.slice(start, end), id);
    }
  });

  it('finds them in a line that is a whole file', async () => {
    const many = Array.from({ length: 4000 }, (_, index) => ({
      phone: '79991234567',
      id: 100_000 + index,
      cnt: 1,
    }));
    const text = JSON.stringify(many);
    const found = (await scanDocument(documentOf(text), never)) ?? [];
    for (const { id, start, end } of found) assert.equal(text.slice(start, end), id);
    assert.deepEqual(
      found.map(({ id }) => Number(id)),
      many.map(({ id }) => id),
    );
  });

  it('gives everything else its turn between slices', async () => {
    let turns = 0;
    let slices = 0;
    let running = true;
    const turn = (): void => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    await scanDocument(documentOf(`${filler}\n`.repeat(50_000)), () => {
      slices++;
      return false;
    });
    running = false;
    assert.ok(slices > 40, `${slices} slices`);
    assert.ok(turns >= slices - 2, `${turns} turns for ${slices} slices`);
  });

  it('stops when it is cancelled, and reads no further', async () => {
    let furthest = 0;
    const { lineCount, lineAt } = documentOf(`${filler}\n`.repeat(50_000));
    const watched = {
      lineCount,
      lineAt: (line: number) => {
        furthest = Math.max(furthest, line);
        return lineAt(line);
      },
    };
    let asked = 0;
    assert.equal(await scanDocument(watched, () => ++asked > 3), undefined);
    assert.ok(furthest > 0 && furthest < lineCount / 5, `line ${furthest} of ${lineCount}`);
  });

  it('ends at the most links that VS Code should draw', async () => {
    const text = Array.from({ length: mostLinks + 1000 }, (_, index) => sent(index + 1)).join('\n');
    assert.equal((await scanDocument(documentOf(text), never))?.length, mostLinks);
  });
});

describe('a document in pieces', () => {
  const long = 'word, '.repeat(20_000);
  const lines = ['first', '', long, 'x'.repeat(50_000), 'last'];
  const document = documentOf(lines.join('\n'));

  it('has each character once, and no long line', () => {
    const pieces = [...piecesOf(document)];
    for (const [line, text] of lines.entries()) {
      assert.equal(
        pieces
          .filter((piece) => piece.line === line)
          .map((piece) => piece.text)
          .join(''),
        text,
      );
    }
    for (const { text, line, character } of pieces) {
      assert.ok(text.length <= 16_384);
      assert.equal(lines[line]?.slice(character, character + text.length), text);
      if (line === 2) assert.doesNotMatch(text.slice(-1), /\w/, 'cut between words');
    }
  });

  it('is found again by the offset of a piece', () => {
    const locate = createLocator(document);
    let offset = 0;
    for (const { text, line, character } of piecesOf(document)) {
      const at = Math.floor(text.length / 2);
      assert.deepEqual(locate(offset + at), { line, character: character + at });
      offset += text.length + 1;
    }
  });

  it('shows what stands around a place, never more than a little', () => {
    const around = surroundingsOf(document, { line: 2, character: 60_001 });
    assert.ok(around.text.startsWith('first\n\n'));
    assert.ok(around.text.length < 20_000);
    assert.equal(around.text.slice(around.offset, around.offset + 5), long.slice(60_001, 60_006));
    const far = documentOf(Array.from({ length: 1000 }, (_, line) => `line ${line}`).join('\n'));
    const { text, offset } = surroundingsOf(far, { line: 500, character: 5 });
    assert.ok(text.startsWith('line 0\nline 455\n'));
    assert.equal(text.slice(offset, offset + 3), '500');
  });
});
