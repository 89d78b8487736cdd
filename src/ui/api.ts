import type { CheckEvent, SmscApi } from '../api.ts';
import type { Services } from '../host/services.ts';
import type { Check, MessageSummary, Outcome } from '../history/types.ts';
import type { Watch } from '../history/watches.ts';
import { SmscError } from '../smsc/errors.ts';
import { messageKey, type Message } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import { givesUpOn } from '../tracking/watchPlan.ts';
import { readCheckArguments, type CheckArguments } from './checkArguments.ts';
import { given } from './given.ts';
import { checkManyFromArguments } from './manyArguments.ts';

/** What other extensions get; see `SmscApi`. Their arguments are checked like any command's. */
export function createApi(services: Services): SmscApi {
  const { book, tracker, watcher } = services;
  const read = (request: unknown): CheckArguments => readCheckArguments(request, book.all(), book.active());
  return {
    version: 1,
    check: async (request, signal) => {
      const { message, ...options } = read(request);
      return tracker.check(message, { ...options, origin: 'arguments' }, signal);
    },
    checkMany: async (messages, options = {}) =>
      checkManyFromArguments({ messages, ...given(options, 'account') }, book.all(), book.active(), tracker),
    watch: async (request, signal) => {
      const { message } = read(request);
      await watcher.start([message], 'arguments');
      return endOfWatch(services, message, signal);
    },
    stopWatching: async (request) => watcher.stop([read(request).message]),
    onDidCheck: (listener) => services.onDidCheck((check) => listener(eventOf(check))),
  };
}

/** Waits until the watch is gone, whichever window ended it, and says with what. */
function endOfWatch(
  { store, onDidChange }: Services,
  message: Message,
  signal: AbortSignal | undefined,
): Promise<Report> {
  return new Promise((resolve, reject) => {
    const key = messageKey(message);
    let watch: Watch | undefined;
    const look = (): void => {
      const present = store.watches.find(message);
      if (present !== undefined) {
        watch = present;
        return;
      }
      leave();
      const { last } = sinceStart(store.history.summary(message), watch) ?? {};
      if (last?.ok && last.report.status.final) resolve(last.report);
      else reject(whyNoReport(last, watch));
    };
    const listener = onDidChange((change) => {
      if (change.kind !== 'message' || messageKey(change.message) === key) look();
    });
    const cancel = (): void => {
      leave();
      reject(new SmscError('cancelled'));
    };
    const leave = (): void => {
      listener.dispose();
      signal?.removeEventListener('abort', cancel);
    };
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted) cancel();
    else look();
  });
}

/** What was learned before the watch began is not its answer. */
function sinceStart(
  summary: MessageSummary | undefined,
  watch: Watch | undefined,
): MessageSummary | undefined {
  return summary !== undefined && summary.lastCheckedAt >= (watch?.startedAt ?? 0) ? summary : undefined;
}

/** A watch that is gone does not say why: its last check tells whether it was given up, its time whether it was over. */
function whyNoReport(last: Outcome | undefined, watch: Watch | undefined): SmscError {
  if (last?.ok === false && givesUpOn(last.failure)) return new SmscError(last.failure.reason, last.failure);
  return new SmscError(watch !== undefined && Date.now() >= watch.endsAt ? 'timeout' : 'cancelled');
}

function eventOf({ message, outcome }: Check): CheckEvent {
  return outcome.ok
    ? { ok: true, report: outcome.report }
    : { ok: false, ...message, reason: outcome.failure.reason };
}
