import assert from 'node:assert/strict';
import { batchActions, isBatchName, isFromBatchPanel, isToBatchPanel } from '../../src/batchProtocol.ts';
import {
  actions,
  isFromMessagePanel,
  isMessageMemento,
  isNumber,
  isToMessagePanel,
  listOf,
  recordOf,
  type Guard,
} from '../../src/protocol.ts';
import { isFromStatisticsPanel, isToStatisticsPanel, statisticsActions } from '../../src/statisticsView.ts';

const strangers: unknown[] = [
  ...[undefined, null, 0, true, '', 'ready', [], ['ready'], {}],
  ...[{ type: 'evil' }, { type: '__proto__' }, { type: 'toString' }, { type: 7 }, { type: ['ready'] }],
  { action: 'recheck' },
  // What is inherited is not said.
  Object.create({ type: 'ready' }),
];

const requests: [panel: string, guard: Guard<unknown>, names: readonly string[]][] = [
  ['message', isFromMessagePanel, actions],
  ['batch', isFromBatchPanel, batchActions],
  ['statistics', isFromStatisticsPanel, statisticsActions],
];

describe('what a page asks for', () => {
  for (const [panel, guard, names] of requests) {
    it(`is let in when the ${panel} panel knows it, and nothing else`, () => {
      for (const type of ['ready', ...names]) assert.ok(guard({ type }), type);
      for (const stranger of strangers) assert.ok(!guard(stranger), JSON.stringify(stranger));
    });
  }

  it('may be a row of the batch, by a number that is one', () => {
    assert.ok(isFromBatchPanel({ type: 'open', index: 3 }));
    for (const index of [undefined, null, '3', NaN, Infinity, [3]])
      assert.ok(!isFromBatchPanel({ type: 'open', index }), String(index));
  });
});

describe('what a page is sent or has kept', () => {
  it('is not let in when it is a stranger’s', () => {
    for (const guard of [
      isToMessagePanel,
      isToBatchPanel,
      isToStatisticsPanel,
      isMessageMemento,
      isBatchName,
    ])
      for (const stranger of strangers) assert.ok(!guard(stranger), JSON.stringify(stranger));
  });

  it('is looked at to the last item', () => {
    assert.ok(listOf(isNumber)([1, 2]));
    assert.ok(!listOf(isNumber)([1, '2']));
    assert.ok(!listOf(isNumber)({ length: 0 }));
    assert.ok(recordOf(['a'], isNumber)({ a: 1 }));
    assert.ok(!recordOf(['a', 'b'], isNumber)({ a: 1 }));
    assert.ok(!recordOf(['toString'], (value): value is unknown => value !== undefined)({}));
  });
});
