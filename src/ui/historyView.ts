import { EventEmitter, l10n, window, type Disposable, type TreeDataProvider } from 'vscode';
import { isPrivate } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import type { MessageSummary } from '../history/types.ts';
import { views } from '../ids.ts';
import type * as items from './historyItems.ts';
import type { Filter, MessageNode, Node, Surroundings } from './historyItems.ts';

/** The words and icons of the rows, with SMSC's tables behind them: not needed to activate. */
type Rows = Pick<typeof items, 'filterText' | 'groupByDay' | 'tooltip' | 'treeItem'>;

export interface HistoryView {
  dispose(): void;
  filter(): Filter;
  setFilter(filter: Filter): void;
  showMore(): void;
  /** The message that is selected in the tree, if one is. */
  selected(): MessageSummary | undefined;
}

const more: Node = { kind: 'more' };
const pageSize = 200;
/** "3 min ago" is kept true this often, while the view can be seen. */
const tickMs = 30_000;
/** The time to a next check is counted down this often: a row that is drawn loses its tooltip, which takes time to read. */
const countdownMs = 5000;

/** The history view: messages newest first, grouped by day. Draws from the history and the tracker alone. */
export function createHistoryView(services: () => Promise<Services>, rows: () => Promise<Rows>): HistoryView {
  let filter: Filter = {};
  let limit = pageSize;
  let opened: Services | undefined;
  let subscription: Disposable | undefined;
  /** The messages that the tree has asked for since it was last drawn. */
  let drawn: MessageNode[] = [];
  const changed = new EventEmitter<Node[] | undefined>();
  const refresh = once(() => changed.fire(undefined));

  const open = async (): Promise<Services> => {
    opened ??= await services();
    subscription ??= opened.onDidChange(refresh);
    return opened;
  };

  const surroundings = (): Surroundings => ({
    now: Date.now(),
    label: (account) => opened?.store.accounts.label(account),
    activity: ({ message }) => opened?.tracker.state(message) ?? { kind: 'idle' },
    watched: ({ message }) => opened?.store.watches.find(message) !== undefined,
  });

  const provider: TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node?.kind === 'day') {
        const nodes = node.summaries.map((summary): MessageNode => ({ kind: 'message', summary }));
        drawn.push(...nodes);
        return nodes;
      }
      if (node !== undefined) return [];
      const { store } = await open();
      const { filterText, groupByDay } = await rows();
      // One more than is shown tells whether there are more.
      drawn = [];
      const summaries = store.history.messages({ ...filter, limit: limit + 1 });
      const days = groupByDay(summaries, limit);
      describe(summaries.length === 0 ? '' : filterText(filter), store.memory !== undefined);
      return summaries.length > limit ? [...days, more] : days;
    },
    getTreeItem: async (node) => (await rows()).treeItem(node, surroundings()),
    resolveTreeItem: async (item, node) => {
      if (node.kind === 'message') item.tooltip = (await rows()).tooltip(node.summary, surroundings());
      return item;
    },
  };

  const view = window.createTreeView(views.history, { treeDataProvider: provider, showCollapseAll: true });

  const describe = (filtered: string, inMemory: boolean): void => {
    view.description = opened?.book.active()?.label ?? '';
    const hidden = isPrivate() ? l10n.t('Phone numbers and texts are masked.') : '';
    const memory = inMemory ? l10n.t('The history is kept in memory only and ends with this window.') : '';
    view.message = [hidden, filtered, memory].filter((note) => note !== '').join(' ');
  };

  const timer = setInterval(() => {
    if (view.visible) changed.fire(undefined);
  }, tickMs);

  /** While messages are watched, the time to a next check is counted down, in their rows alone. */
  const countDown = (): void => {
    if (!view.visible || opened === undefined || opened.store.watches.count() === 0) return;
    const { tracker } = opened;
    const now = Date.now();
    const counting = drawn.filter(({ summary }) => {
      const activity = tracker.state(summary.message);
      const at =
        activity.kind === 'watched' ? activity.nextAt : activity.kind === 'waiting' ? activity.until : 0;
      return at >= now - countdownMs && at < now + 60_000;
    });
    if (counting.length > 0) changed.fire(counting);
  };
  const countdown = setInterval(countDown, countdownMs);

  return {
    filter: () => filter,
    setFilter: (next) => {
      filter = next;
      limit = pageSize;
      changed.fire(undefined);
    },
    showMore: () => {
      limit += pageSize * 5;
      changed.fire(undefined);
    },
    selected: () => {
      const [node] = view.selection;
      return node?.kind === 'message' ? node.summary : undefined;
    },
    dispose: () => {
      clearInterval(timer);
      clearInterval(countdown);
      subscription?.dispose();
      view.dispose();
      changed.dispose();
    },
  };
}

/** Several changes in one turn of the event loop are drawn once. */
function once(task: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setImmediate(() => {
      waiting = false;
      task();
    });
  };
}
