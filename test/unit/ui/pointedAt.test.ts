import assert from 'node:assert/strict';
import { readTarget } from '../../../src/ui/linkTarget.ts';
import { pointedAt } from '../../../src/ui/pointedAt.ts';

/** Reads a text in which | stands for the cursor, or two of them around a selection. */
function at(marked: string) {
  const start = marked.indexOf('|');
  const end = marked.lastIndexOf('|');
  return pointedAt(marked.replaceAll('|', ''), start, end > start ? end - 1 : start);
}

describe('what is pointed at', () => {
  it('is the nearest message of the line at a cursor', () => {
    const line = 'OK - 1 SMS, ID - 111 to 79991111111; OK - 1 SMS, ID - 222 to 79992222222';
    assert.equal(at(`|${line}`)?.id, '111');
    assert.equal(at(`${line}|`)?.id, '222');
    assert.equal(at(line.replace('111', '1|11'))?.id, '111');
    assert.equal(at(`OK - 1 SMS, ID - 5\n|nothing here`), undefined);
  });

  it('is the message in a selection, whatever else stands on the line', () => {
    const found = at('OK - 1 SMS, ID - 111; |OK - 1 SMS, ID - 222| to 79992222222');
    assert.equal(found?.id, '222');
    assert.equal(at('OK - 1 SMS, ID - 111; | then | nothing'), undefined);
  });

  it('is the selection itself where nothing else says that it is an ID', () => {
    assert.deepEqual(at('see |abc-17.x| there'), { id: 'abc-17.x', phones: [] });
    assert.deepEqual(at('|79991234567 4321|'), { id: '4321', phone: '79991234567', phones: [] });
    assert.equal(at('|no id here|'), undefined);
  });
});

describe('the target of a link', () => {
  const place = { uri: 'file:///logs/send.log', line: 3 };

  it('is read as it was written', () => {
    const target = { id: '007', phone: '79991234567', phones: ['79990000001'], seen: ['79990000002'], place };
    assert.deepEqual(readTarget(JSON.parse(JSON.stringify(target))), target);
    assert.deepEqual(readTarget({ id: '007', phones: [], more: 1 }), { id: '007', phones: [] });
    assert.deepEqual(readTarget({ id: '007', phones: ['x', '+7 999 000-00-01'] })?.phones, ['79990000001']);
  });

  it('is refused when anything in it cannot be', () => {
    for (const wrong of [
      undefined,
      null,
      'id',
      { id: '007' },
      { id: 7, phones: [] },
      { id: '', phones: [] },
      { id: 'a b', phones: [] },
      { id: '7', phones: 'none' },
      { id: '7', phone: 'no', phones: [] },
      { id: '7', phones: [], place: { uri: 'file:///a', line: -1 } },
      { id: '7', phones: [], place: { uri: 'file:///a', line: 1.5 } },
      { id: '7', phones: [], place: { uri: 'not an address', line: 1 } },
      { id: '7', phones: [], place: { uri: `file:///${'a'.repeat(5000)}`, line: 1 } },
    ]) {
      assert.equal(readTarget(wrong), undefined, `${typeof wrong}, ${Object.keys(wrong ?? {}).join()}`);
    }
  });
});
