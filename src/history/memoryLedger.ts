import {
  type Block,
  type Entry,
  type Ledger,
  type AccountStanding,
  type Subject,
  unproven,
  type Usage,
} from './ledger.ts';

interface Kept extends Entry, Subject {
  keepUntil: number;
}

/** The ledger of one window alone, where no file can be shared. */
export function createMemoryLedger(window: string): Ledger {
  let entries: Kept[] = [];
  const standings = new Map<string, AccountStanding>();
  const blocks = new Map<string, Block>();
  const keyOf = (host: string, login: string) => `${host} ${login}`;
  const standingOf = (host: string, login: string) => standings.get(keyOf(host, login)) ?? unproven;

  function usageOf({ host, login, about }: Subject): Usage {
    const ofHost = entries.filter((entry) => entry.host === host);
    const block = blocks.get(host);
    return {
      window,
      about: ofHost.filter((entry) => entry.login === login && entry.about === about),
      open: ofHost
        .filter((entry) => entry.code === undefined)
        .map((entry) => ({ ...entry, standing: standingOf(host, entry.login) })),
      refusals: ofHost.filter((entry) => entry.code === 2),
      standing: standingOf(host, login),
      ...(block && { block }),
      waiting: [],
    };
  }

  return {
    claim(request, decide) {
      const decision = decide(usageOf(request));
      if (decision.kind !== 'go') return Promise.resolve({ decision });
      const { startedAt, expiresAt, keepUntil } = decision;
      const { host, login, about } = request;
      const entry: Kept = { window, host, login, about, startedAt, expiresAt, keepUntil };
      entries = entries.filter((old) => old.keepUntil > startedAt);
      entries.push(entry);
      let settled = false;
      return Promise.resolve({
        decision,
        pass: {
          settle(judge) {
            if (settled) return Promise.resolve();
            settled = true;
            const block = blocks.get(host);
            const verdict = judge({ standing: standingOf(host, login), ...(block && { block }) });
            if (verdict.kind === 'unsent') {
              entries = entries.filter((other) => other !== entry);
              return Promise.resolve();
            }
            entry.endedAt = verdict.endedAt;
            entry.keepUntil = verdict.keepUntil;
            if (verdict.code !== undefined) entry.code = verdict.code;
            if (verdict.hungUp) entry.hungUp = true;
            standings.set(keyOf(host, login), verdict.standing);
            if (verdict.block) blocks.set(host, verdict.block);
            else blocks.delete(host);
            return Promise.resolve();
          },
        },
      });
    },
    forgive(host, login, now) {
      standings.set(keyOf(host, login), { state: 'unproven', at: now, since: now });
      return Promise.resolve();
    },
  };
}
