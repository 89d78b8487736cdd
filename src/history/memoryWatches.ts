import { type Message, messageKey } from '../smsc/message.ts';
import type { Announcer } from './changes.ts';
import { changeOf, isHold, type Watch, type Watches } from './watches.ts';

/** The watches of one window alone; and how removing from the history ends them. */
export interface MemoryWatches extends Watches {
  /** Forgets those of a message, of an account, or all, without telling. */
  forget(ending: (message: Message) => boolean): void;
}

export function createMemoryWatches(announcer: Announcer): MemoryWatches {
  const kept = new Map<string, Watch>();
  let claims = 0;
  const inOrder = () => [...kept.values()].sort((a, b) => a.progress.nextAt - b.progress.nextAt);
  const ofAccount = (account: string) => inOrder().filter(({ message }) => message.account === account);
  const isOurs = ({ message, lease }: Watch) => kept.get(messageKey(message))?.lease === lease;
  const set = (watch: Watch) => kept.set(messageKey(watch.message), watch);
  const tell = (message: Message) => announcer.tell({ kind: 'message', message });
  /** What the functions below do is done at once; that they promise is for the other store's sake. */
  const done = <T>(value: T): Promise<T> => Promise.resolve(value);

  return {
    all: inOrder,
    find: (message) => kept.get(messageKey(message)),
    count: () => kept.size,
    due: () =>
      new Map(
        inOrder()
          .reverse()
          .map(({ message, progress }) => [message.account, progress.nextAt]),
      ),
    start(watches) {
      let started = 0;
      for (const { nextAt, ...watch } of watches) {
        if (kept.has(messageKey(watch.message))) continue;
        set({ ...watch, progress: { nextAt, attempts: 0, failures: 0 } });
        started++;
      }
      announcer.tell(changeOf(watches.map(({ message }) => message)));
      return done(started);
    },
    claim(account, now, leaseUntil) {
      const watch = ofAccount(account).find(({ progress }) => progress.nextAt <= now);
      if (!watch) return done(undefined);
      const lease = String(++claims);
      const claimed = { ...watch, lease, progress: { ...watch.progress, nextAt: leaseUntil } };
      set(claimed);
      return done(claimed);
    },
    renew(claimed, leaseUntil) {
      if (!isOurs(claimed)) return done(false);
      set({ ...claimed, progress: { ...claimed.progress, nextAt: leaseUntil } });
      return done(true);
    },
    settle(claimed, progress) {
      if (!isOurs(claimed)) return done(false);
      const { message, origin, startedAt, endsAt } = claimed;
      set({ message, origin, startedAt, endsAt, progress });
      tell(message);
      return done(true);
    },
    end(watch) {
      if (!kept.has(messageKey(watch.message)) || !isOurs(watch)) return done(false);
      kept.delete(messageKey(watch.message));
      tell(watch.message);
      return done(true);
    },
    stop(messages) {
      for (const message of messages) kept.delete(messageKey(message));
      announcer.tell(changeOf(messages));
      return done(undefined);
    },
    hold(account, until, failure) {
      for (const watch of ofAccount(account)) {
        const { lease, progress } = watch;
        if (lease !== undefined || progress.nextAt >= until) continue;
        set({ ...watch, progress: { ...progress, nextAt: until, failure } });
      }
      announcer.tell({ kind: 'everything' });
      return done(undefined);
    },
    resume(account, now) {
      for (const watch of ofAccount(account)) {
        if (watch.lease !== undefined || !isHold(watch.progress.failure)) continue;
        set({ ...watch, progress: { ...watch.progress, nextAt: now } });
      }
      announcer.tell({ kind: 'everything' });
      return done(undefined);
    },
    forget(ending) {
      for (const [key, { message }] of [...kept]) if (ending(message)) kept.delete(key);
    },
  };
}
