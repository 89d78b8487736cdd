import { setImmediate as breathe } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { type Message, messageKey } from '../smsc/message.ts';
import type { Exchange } from '../smsc/service.ts';
import { type Announcer, createAnnouncer } from './changes.ts';
import { deliveryErrorNamed, fold, statusNamed, type Word, wordsOf } from './filter.ts';
import { createMemoryBatches, type MemoryBatches } from './memoryBatches.ts';
import { createMemoryLedger } from './memoryLedger.ts';
import { createMemoryWatches, type MemoryWatches } from './memoryWatches.ts';
import { byLabel, checkedAt, stateOf } from './outcome.ts';
import type {
  Account,
  Accounts,
  Check,
  History,
  MemoryCause,
  MessageQuery,
  MessageSummary,
  Store,
} from './types.ts';

/** A store for this session alone. It behaves like the one on disk, so that nothing else has to know the difference. */
export function createMemoryStore(cause: MemoryCause): Store {
  const announcer = createAnnouncer();
  const kept: KeptMessages = new Map();
  const watches = createMemoryWatches(announcer);
  const batches = createMemoryBatches();
  const accounts = createMemoryAccounts(announcer, watches, (id) =>
    [...kept.values()].some(({ message }) => message.account === id),
  );
  return {
    history: createMemoryHistory(announcer, kept, accounts, watches, batches),
    accounts,
    ledger: createMemoryLedger(randomUUID()),
    watches,
    batches,
    measure: () =>
      Promise.resolve({
        messages: kept.size,
        checks: [...kept.values()].reduce((sum, { checks }) => sum + checks.length, 0),
      }),
    memory: cause,
    onDidChange: announcer.listen,
    close: () => undefined,
  };
}

/** What is kept of one message; there is always a check. */
interface Kept {
  message: Message;
  checks: Check[];
  exchange?: Exchange;
}

type KeptMessages = Map<string, Kept>;

function createMemoryHistory(
  announcer: Announcer,
  kept: KeptMessages,
  accounts: Accounts,
  watches: MemoryWatches,
  batches: MemoryBatches,
): History {
  const found = (query: Omit<MessageQuery, 'limit'>) =>
    [...kept.values()]
      .map(summaryOf)
      .filter((summary) => matches(summary, query, (id) => accounts.label(id)))
      .sort(newestFirst);

  /** Removes the checks that `unwanted` names, and what is left without any. */
  async function removeChecks(unwanted: (check: Check, message: Kept) => boolean): Promise<number> {
    let removed = 0;
    for (const [key, message] of [...kept]) {
      const left = message.checks.filter((check) => !unwanted(check, message));
      removed += message.checks.length - left.length;
      if (left.length > 0) message.checks = left;
      else kept.delete(key);
    }
    await breathe();
    if (removed > 0) announcer.tell({ kind: 'everything' });
    return removed;
  }

  return {
    record(check, exchange) {
      const key = messageKey(check.message);
      const message = kept.get(key) ?? { message: check.message, checks: [] };
      message.checks.push(check);
      if (exchange) message.exchange = exchange;
      kept.set(key, message);
      announcer.tell({ kind: 'message', message: check.message });
      return Promise.resolve();
    },
    messages: (query) => found(query).slice(0, query.limit),
    count: (query) => found(query).length,
    summary(message) {
      const found = kept.get(messageKey(message));
      return found && summaryOf(found);
    },
    checks: (message, limit) => kept.get(messageKey(message))?.checks.slice(-limit) ?? [],
    exchange: (message) => kept.get(messageKey(message))?.exchange,
    forget(message) {
      kept.delete(messageKey(message));
      watches.forget((other) => messageKey(other) === messageKey(message));
      batches.forgetMessage(message);
      announcer.tell({ kind: 'message', message });
      return Promise.resolve();
    },
    clear(account) {
      const isMeant = (message: Message) => account === undefined || message.account === account;
      batches.forget(account);
      for (const [key, { message }] of [...kept]) {
        if (isMeant(message)) kept.delete(key);
      }
      watches.forget(isMeant);
      announcer.tell({ kind: 'everything' });
      return Promise.resolve();
    },
    async prune({ days, messages }, now) {
      const cutoff = days > 0 ? now - days * 86_400_000 : -Infinity;
      const aged = await removeChecks((check) => check.startedAt < cutoff);
      if (messages <= 0) return aged;
      const surplus = new Set(
        found({})
          .slice(messages)
          .map(({ message }) => messageKey(message)),
      );
      return aged + (await removeChecks((_, { message }) => surplus.has(messageKey(message))));
    },
  };
}

function summaryOf({ message, checks }: Kept): MessageSummary {
  const [first] = checks;
  const last = checks.at(-1);
  if (!first || !last) throw new Error('A message is kept without a check');
  const outcome = checks.findLast((check) => check.outcome.ok)?.outcome;
  const place = checks.findLast((check) => check.place !== undefined)?.place;
  return {
    message,
    firstCheckedAt: Math.min(...checks.map(checkedAt)),
    lastCheckedAt: checkedAt(last),
    checks: checks.length,
    last: last.outcome,
    ...(outcome?.ok && { lastReport: outcome.report }),
    ...(place !== undefined && { place }),
  };
}

function newestFirst(a: Pick<MessageSummary, 'lastCheckedAt' | 'message'>, b: typeof a): number {
  const texts = (message: Message) => [message.account, message.phone, message.id] as const;
  const [theirs, ours] = [texts(b.message), texts(a.message)];
  const difference = theirs.findIndex((text, index) => text !== ours[index]);
  return (
    b.lastCheckedAt - a.lastCheckedAt ||
    (difference < 0 ? 0 : (theirs[difference] ?? '') < (ours[difference] ?? '') ? -1 : 1)
  );
}

function matches(
  summary: MessageSummary,
  query: Omit<MessageQuery, 'limit'>,
  labelOf: (account: string) => string | undefined,
): boolean {
  const { message, lastReport } = summary;
  const label = fold(labelOf(message.account) ?? '');
  const holds = (word: Word) =>
    message.phone.includes(word.digits) ||
    message.id.toLowerCase().includes(word.text) ||
    label.includes(word.text) ||
    (lastReport !== undefined && statusNamed(lastReport.status.code, word)) ||
    (lastReport?.deliveryError !== undefined && deliveryErrorNamed(lastReport.deliveryError.code, word));
  return (
    (query.after === undefined || newestFirst(query.after, summary) < 0) &&
    (query.account === undefined || query.account === message.account) &&
    (query.states === undefined || query.states.includes(stateOf(lastReport))) &&
    wordsOf(query.text).every(holds)
  );
}

/** `isNamed` tells whether messages of an account are kept. */
function createMemoryAccounts(
  announcer: Announcer,
  watches: MemoryWatches,
  isNamed: (id: string) => boolean,
): Accounts {
  const accounts = new Map<string, Account>();
  const removed = new Map<string, string>();
  return {
    all: () => [...accounts.values()].sort(byLabel),
    save(account) {
      accounts.set(account.id, account);
      announcer.tell({ kind: 'accounts' });
      return Promise.resolve();
    },
    remove(id) {
      const label = accounts.get(id)?.label;
      accounts.delete(id);
      if (label !== undefined) removed.set(id, label);
      watches.forget(({ account }) => account === id);
      announcer.tell({ kind: 'accounts' });
      return Promise.resolve();
    },
    label: (id) => accounts.get(id)?.label ?? (isNamed(id) ? removed.get(id) : undefined),
  };
}
