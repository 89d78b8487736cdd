import assert from 'node:assert/strict';
import type { RowView } from '../../../src/batchProtocol.ts';
import { everything, orderOf, type Choice } from '../../../src/webview/parts/rowOrder.ts';

const rows: RowView[] = [
  { index: 0, phone: '79990000003', id: '10', state: 'failed', text: 'Not delivered', checked: 2 },
  { index: 1, phone: '79990000001', id: '9', state: 'delivered', text: 'Delivered', checked: 3 },
  { index: 2, phone: '79990000002', id: 'a-1', state: 'delivered', text: 'Delivered', checked: 1 },
  { index: 3, phone: '79990000001', id: '9', state: 'unchecked', text: '' },
];

/** The places, in the list, of the rows that are shown. */
function shown(choice: Partial<Choice>): number[] {
  return orderOf([...rows], { ...everything, ...choice }).map(({ index }) => index);
}

describe('the rows of a batch', () => {
  it('stand as in the list at first, or the other way round', () => {
    assert.deepEqual(shown({}), [0, 1, 2, 3]);
    assert.deepEqual(shown({ descending: true }), [3, 2, 1, 0]);
  });

  it('are sorted by a column; equal ones stay as in the list, both ways', () => {
    assert.deepEqual(shown({ sort: 'phone' }), [1, 3, 2, 0]);
    assert.deepEqual(shown({ sort: 'phone', descending: true }), [0, 2, 1, 3]);
    assert.deepEqual(shown({ sort: 'checked' }), [3, 2, 0, 1]);
    assert.deepEqual(shown({ sort: 'state' }), [1, 2, 0, 3]);
  });

  it('are sorted by ID as numbers, and what is none comes last', () => {
    assert.deepEqual(shown({ sort: 'id' }), [1, 3, 0, 2]);
  });

  it('are filtered by state and by every word of a text', () => {
    assert.deepEqual(shown({ state: 'delivered' }), [1, 2]);
    assert.deepEqual(shown({ text: 'DELIVERED not' }), [0]);
    assert.deepEqual(shown({ text: '0001 9', state: 'unchecked' }), [3]);
    assert.deepEqual(shown({ text: 'nowhere' }), []);
  });
});
