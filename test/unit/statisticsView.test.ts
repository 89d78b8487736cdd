import assert from 'node:assert/strict';
import { statisticsMarkdown } from '../../src/ui/statisticsMarkdown.ts';
import { isFromStatisticsPanel, isToStatisticsPanel, type StatisticsView } from '../../src/statisticsView.ts';

const headings = { label: 'State', count: 'Messages', percent: 'Share' };
const view: StatisticsView = {
  title: 'SMSC Statistics',
  about: 'All messages · 3',
  scope: {},
  states: {
    title: 'States',
    headings,
    states: [{ pattern: 'delivered', label: 'Delivered', count: '3', percent: '100%', share: 1 }],
  },
  times: {
    title: 'Times',
    facts: [{ label: 'Median', text: '3 sec' }],
    headings,
    spans: [],
    note: 'All known.',
  },
  operators: { title: 'By operator', headings: ['Operator', 'Messages'], rows: [['a|b`<i>', '3']] },
  buttons: [{ action: 'copy', label: 'Copy' }],
  copied: 'Copied',
};

describe('messages of the statistics panel', () => {
  it('are let in when they are ours, with nothing lost on the way', () => {
    const message = { type: 'show', view };
    assert.ok(isToStatisticsPanel(JSON.parse(JSON.stringify(message))));
    for (const type of ['ready', 'everything', 'copy']) assert.ok(isFromStatisticsPanel({ type }));
  });

  const strangers: [string, unknown][] = [
    ['nothing', undefined],
    ['text', 'show'],
    ['another type', { type: 'hide' }],
    ['no view', { type: 'show' }],
    ['a view without a title', { type: 'show', view: { ...view, title: 7 } }],
    [
      'a state without a pattern',
      { type: 'show', view: { ...view, states: { ...view.states, states: [{}] } } },
    ],
    ['a share that is no number', share(NaN)],
    [
      'rows that are no lists',
      { type: 'show', view: { ...view, operators: { ...view.operators, rows: ['x'] } } },
    ],
    [
      'a cell that is no text',
      { type: 'show', view: { ...view, operators: { ...view.operators, rows: [['x', 3]] } } },
    ],
  ];
  for (const [what, message] of strangers) {
    it(`are kept out: ${what}`, () => {
      assert.ok(!isToStatisticsPanel(message));
      assert.ok(!isFromStatisticsPanel(message));
    });
  }

  function share(value: number): unknown {
    const states = view.states?.states.map((state) => ({ ...state, share: value }));
    return { type: 'show', view: { ...view, states: { ...view.states, states } } };
  }
});

describe('statistics as Markdown', () => {
  it('have a table each, and an operator’s name in code', () => {
    assert.equal(
      statisticsMarkdown(view),
      `### SMSC Statistics

All messages · 3

**States**

| State | Messages | Share |
| --- | ---: | ---: |
| Delivered | 3 | 100% |

**Times**

- Median: 3 sec

All known.

**By operator**

| Operator | Messages |
| --- | ---: |
| \`\`a¦b\`<i>\`\` | 3 |
`,
    );
  });
});
