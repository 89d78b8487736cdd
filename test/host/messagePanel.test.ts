import assert from 'node:assert/strict';
import {
  EventEmitter,
  extensions,
  TabInputWebview,
  ViewColumn,
  window,
  type Tab,
  type WebviewPanel,
} from 'vscode';
import type { Change, MessageSummary } from '../../src/history/types.ts';
import { extensionId, panels as panelIds } from '../../src/ids.ts';
import type { Message } from '../../src/smsc/message.ts';
import { setPrivate } from '../../src/host/privacy.ts';
import { mementoOf } from '../../src/ui/messageView.ts';
import { MessagePanels, type MessageSource } from '../../src/ui/messagePanel.ts';

const message: Message = { account: 'a', phone: '79991234567', id: 'panel-1' };
const other: Message = { ...message, id: 'panel-2' };
const title = '79991234567 · panel-1';

function summaryOf(of: Message): MessageSummary {
  const last = { ok: false, failure: { reason: 'notFound', code: 3 } } as const;
  return { message: of, firstCheckedAt: 0, lastCheckedAt: 0, checks: 1, last };
}

/** The tabs of message panels with this title. */
function tabs(label: string): Tab[] {
  return window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof TabInputWebview && tab.label === label);
}

/** Waits for changes of tabs until things are as wanted. */
async function untilTabs(wanted: () => boolean): Promise<void> {
  while (!wanted()) {
    await new Promise<void>((resolve) => {
      const listener = window.tabGroups.onDidChangeTabs(() => {
        listener.dispose();
        resolve();
      });
    });
  }
}

describe('message panels', () => {
  const changes = new EventEmitter<Change>();
  let kept: Message[];
  let drawn: EventEmitter<Message>;
  let panels: MessagePanels;

  beforeEach(() => {
    kept = [message, other];
    drawn = new EventEmitter();
    const source: MessageSource = {
      history: {
        summary: (of) => (kept.some(({ id }) => id === of.id) ? summaryOf(of) : undefined),
        // Asked for only when a page is there to be drawn on.
        checks: (of) => {
          drawn.fire(of);
          return [];
        },
        exchange: () => undefined,
        messages: ({ text = '' }) => kept.filter(({ id }) => id.includes(text)).map(summaryOf),
      },
      accounts: { label: () => 'Demo' },
      tracker: { state: () => ({ kind: 'idle' }) },
      watches: { find: () => undefined },
      watcher: {
        start: () => assert.fail('nobody asked to watch'),
        stop: () => assert.fail('nobody asked to stop'),
      },
      onDidChange: changes.event,
      recheck: () => assert.fail('nobody asked for a check'),
    };
    const extension = extensions.getExtension(extensionId);
    assert.ok(extension);
    panels = new MessagePanels(extension.extensionUri, source);
  });

  afterEach(async () => {
    panels.dispose();
    await untilTabs(() => tabs(title).length === 0);
  });

  /** Resolves when a page has asked for its view, or has been sent a new one. */
  function nextDrawing(): Promise<Message> {
    return new Promise((resolve) => {
      const listener = drawn.event((of) => {
        listener.dispose();
        resolve(of);
      });
    });
  }

  it('open once for a message, and come to the front when opened again', async () => {
    const ready = nextDrawing();
    panels.open(message);
    assert.deepEqual(await ready, message);
    panels.open(other);
    await untilTabs(() => tabs('79991234567 · panel-2').length === 1);
    panels.open(message);
    await untilTabs(() => tabs(title).length === 1);
    await untilTabs(() => window.tabGroups.activeTabGroup.activeTab?.label === title);
    assert.equal(tabs(title).length, 1);
  });

  it('are drawn anew when something changes for their message, and only then', async () => {
    const ready = nextDrawing();
    panels.open(message);
    await ready;
    const drawings: Message[] = [];
    const listener = drawn.event((of) => drawings.push(of));
    changes.fire({ kind: 'message', message: other });
    assert.deepEqual(drawings, []);
    changes.fire({ kind: 'message', message });
    changes.fire({ kind: 'everything' });
    assert.deepEqual(drawings, [message, message]);
    listener.dispose();
  });

  it('close when their message is removed from the history', async () => {
    const ready = nextDrawing();
    panels.open(message);
    await ready;
    kept = [];
    changes.fire({ kind: 'message', message });
    await untilTabs(() => tabs(title).length === 0);
  });

  it('mask their title and are drawn anew when privacy begins, and show it again when it ends', async () => {
    const ready = nextDrawing();
    panels.open(message);
    await ready;
    for (const [on, wanted] of [
      [true, '7999*****67 · panel-1'],
      [false, title],
    ] as const) {
      await setPrivate(on);
      changes.fire({ kind: 'everything' });
      await untilTabs(() => tabs(wanted).length === 1);
    }
  });

  describe('after a reload', () => {
    const restored = (): WebviewPanel =>
      window.createWebviewPanel(panelIds.message, 'before', ViewColumn.Active);

    it('show their message again', async () => {
      const ready = nextDrawing();
      await panels.deserializeWebviewPanel(restored(), { ...mementoOf(message), more: 1 });
      assert.deepEqual(await ready, message);
      await untilTabs(() => tabs(title).length === 1);
    });

    const states: [string, unknown][] = [
      ['nothing', undefined],
      ['text', 'message'],
      ['no fingerprint', { id: 'panel-1' }],
      ['parts that are not text', { ...mementoOf(message), id: 7 }],
      ['the fingerprint of another message', { ...mementoOf(message), fingerprint: 'x' }],
      ['a message that is not kept any more', mementoOf({ ...message, id: 'gone' })],
    ];
    for (const [what, state] of states) {
      it(`are closed where the state is ${what}`, async () => {
        const panel = restored();
        const closed = new Promise<void>((resolve) => void panel.onDidDispose(() => resolve()));
        await panels.deserializeWebviewPanel(panel, state);
        await closed;
      });
    }

    it('are closed where the message is open already', async () => {
      panels.open(message);
      await untilTabs(() => tabs(title).length === 1);
      const panel = restored();
      const closed = new Promise<void>((resolve) => void panel.onDidDispose(() => resolve()));
      await panels.deserializeWebviewPanel(panel, mementoOf(message));
      await closed;
      assert.equal(tabs(title).length, 1);
    });
  });
});
