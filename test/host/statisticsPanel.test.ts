import assert from 'node:assert/strict';
import { EventEmitter, extensions, ViewColumn, window, type WebviewPanel } from 'vscode';
import type { Change, MessageQuery } from '../../src/history/types.ts';
import { extensionId, panels as panelIds } from '../../src/ids.ts';
import { StatisticsPanel } from '../../src/ui/statisticsPanel.ts';

describe('the statistics panel', () => {
  const changes = new EventEmitter<Change>();
  /** Fires with each question to the history: asked only when there is a page to be drawn on. */
  let asked: EventEmitter<MessageQuery>;
  let statistics: StatisticsPanel;

  beforeEach(() => {
    asked = new EventEmitter();
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    statistics = new StatisticsPanel(extension.extensionUri, {
      history: {
        messages: (query) => {
          asked.fire(query);
          return [];
        },
      },
      onDidChange: changes.event,
    });
  });
  afterEach(() => statistics.dispose());

  /** Resolves to what the history is asked next, without the size of a page. */
  function nextQuestion(): Promise<Omit<MessageQuery, 'limit'>> {
    return new Promise((resolve) => {
      const listener = asked.event(({ limit, ...query }) => {
        assert.ok(limit > 0);
        listener.dispose();
        resolve(query);
      });
    });
  }

  const fromBefore = (): WebviewPanel =>
    window.createWebviewPanel(panelIds.statistics, 'before', ViewColumn.Active);

  it('counts the messages of a filter, and those of another when it is opened with one', async () => {
    const first = nextQuestion();
    statistics.open({ states: ['failed'] });
    assert.deepEqual(await first, { states: ['failed'] });
    const second = nextQuestion();
    statistics.open({ text: '7999' });
    assert.deepEqual(await second, { text: '7999' });
  });

  it('counts again after a change, but many changes once', async () => {
    const first = nextQuestion();
    statistics.open({});
    await first;
    let questions = 0;
    const listener = asked.event(() => (questions += 1));
    const next = nextQuestion();
    for (let change = 0; change < 100; change++) changes.fire({ kind: 'everything' });
    await next;
    assert.equal(questions, 1);
    listener.dispose();
  });

  for (const [what, state, filter] of [
    [
      'its filter',
      { text: 'мир', states: ['failed', 'pending'] },
      { text: 'мир', states: ['pending', 'failed'] },
    ],
    ['no state', undefined, {}],
    ['a state that is not ours', { text: 7 }, {}],
    ['states that are none', { states: ['x', '__proto__'] }, {}],
  ] as const) {
    it(`counts after a reload with ${what}`, async () => {
      const question = nextQuestion();
      await statistics.deserializeWebviewPanel(fromBefore(), state);
      assert.deepEqual(await question, filter);
    });
  }

  it('is closed after a reload where it is open already', async () => {
    const question = nextQuestion();
    statistics.open({});
    await question;
    const panel = fromBefore();
    const closed = new Promise<void>((resolve) => void panel.onDidDispose(() => resolve()));
    await statistics.deserializeWebviewPanel(panel, {});
    await closed;
  });
});
