import { EventEmitter, type Event, type ExtensionContext } from 'vscode';
import { openStore } from '../history/store.ts';
import type { Change, Check, History, Store } from '../history/types.ts';
import { createTracker } from '../tracking/tracker.ts';
import { createWatcher, type Watcher } from '../tracking/watcher.ts';
import { demoPolicy, servicePolicy } from '../tracking/limits.ts';
import type { Tracker } from '../tracking/types.ts';
import { createAccountBook, type AccountBook } from './accounts.ts';
import { createClients, demoHost } from './clients.ts';
import type { Log } from './log.ts';
import { onDidChangePrivacy } from './privacy.ts';
import { createPresence } from './presence.ts';
import { createSecrets } from './secrets.ts';
import { tellingOfUnkept, tellOfDamage, tellOfOpening } from './storeNotices.ts';
import { retention, timeoutMs, watchPlan } from './settings.ts';
import { rememberWatches } from './watchMemory.ts';

/** What every view and command works with. */
export interface Services {
  dispose(): void;
  store: Store;
  book: AccountBook;
  tracker: Tracker;
  watcher: Watcher;
  log: Log;
  /** Something that a view shows changed, in this window or in another. */
  onDidChange: Event<Change>;
  /** A check of this window is in the history. */
  onDidCheck: Event<Check>;
}

/** How long after opening, and then how often, the history is pruned. */
const firstPruneMs = 20_000;
const pruneEveryMs = 3_600_000;

/** Opens the store and builds the way of a check on it. Called once, when something is first needed. */
export async function openServices(context: ExtensionContext, log: Log): Promise<Services> {
  const store = await openStore(context.globalStorageUri.fsPath, {
    onDamaged: () => tellOfDamage(log),
  });
  tellOfOpening(store, context.globalStorageUri.fsPath, log);
  const book = createAccountBook(
    store.accounts,
    createSecrets(context.secrets),
    context.workspaceState,
    Date.now,
  );
  const clients = createClients(book, log);
  const checked = new EventEmitter<Check>();
  const record: History['record'] = async (check, exchange) => {
    await store.history.record(check, exchange);
    checked.fire(check);
  };
  const tracker = createTracker({
    ...tellingOfUnkept({ record }, log),
    isKnown: (message) => store.history.summary(message) !== undefined,
    ledger: store.ledger,
    watches: store.watches,
    clientOf: (account) => clients.of(account),
    timeoutMs,
    policyOf: (host) => (host === demoHost ? demoPolicy : servicePolicy),
  });
  const closing = new AbortController();
  const watcher = createWatcher({
    watches: store.watches,
    history: store.history,
    tracker,
    onDidChange: (listener) => store.onDidChange(listener),
    isSeen: createPresence(closing.signal),
    plan: watchPlan,
  });
  const changes = new EventEmitter<Change>();
  // The keyring tells of changes in every window.
  const secretsListener = context.secrets.onDidChange(() => clients.forget());
  const stops = [
    store.onDidChange((change) => changes.fire(change)),
    tracker.onDidChangeState((message) => changes.fire({ kind: 'message', message })),
    rememberWatches(context.globalState, store),
  ];
  // What is masked now, or is not any more, is drawn anew.
  const privacyListener = onDidChangePrivacy(() => changes.fire({ kind: 'everything' }));
  const stopPruning = repeatedly(async () => {
    const removed = await store.history.prune(retention(), Date.now());
    if (removed > 0) log.info(`History: ${removed} checks were older than is kept.`);
  });
  return {
    store,
    book,
    tracker,
    watcher,
    log,
    onDidChange: changes.event,
    onDidCheck: checked.event,
    dispose: () => {
      closing.abort();
      stopPruning();
      secretsListener.dispose();
      privacyListener.dispose();
      for (const stop of stops) stop();
      watcher.dispose();
      tracker.dispose();
      void clients.dispose();
      changes.dispose();
      checked.dispose();
      book.dispose();
      store.close();
    },
  };
}

/** Runs a task now and then until stopped. What it cannot do now it does the next time. */
function repeatedly(task: () => Promise<void>): () => void {
  let timer: NodeJS.Timeout;
  let stopped = false;
  const schedule = (ms: number): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      void task()
        .catch(() => undefined)
        .then(() => schedule(pruneEveryMs));
    }, ms);
  };
  schedule(firstPruneMs);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
