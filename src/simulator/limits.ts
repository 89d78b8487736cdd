/** A request that the service would not have stood. */
export interface Violation {
  rule: 'status' | 'balance' | 'atOnce' | 'credentials' | 'blocked';
  login: string;
  phone?: string;
  id?: string;
  /** Unix milliseconds. */
  at: number;
}

const minute = 60_000;
const halfHour = 30 * minute;

/** At most so many in the window; the next one is one too many. */
const statusRequestsPerMinute = 5;
const balanceRequestsPerMinute = 10;
const wrongCredentialsPerHalfHour = 5;
const atOnce = 4;

/** What the service counts, by its own clock (Unix milliseconds). */
export interface Limits {
  /** A request arrives: the error that it draws, if any. `left` is to be called once it is answered. */
  arrived(login: string): 4 | 9 | undefined;
  left(login: string): void;
  wrongCredentials(login: string): void;
  statusRequested(login: string, phone: string, id: string): 9 | undefined;
  balanceRequested(login: string): 9 | undefined;
  /** Everything that went over a limit, also where it was let through. */
  violations: readonly Violation[];
  /** The most requests of each login that were under way together. */
  maxInFlight: ReadonlyMap<string, number>;
}

/** @param enforce `false`: everything is counted and recorded, nothing is refused. */
export function createLimits(now: () => number, enforce: boolean): Limits {
  const violations: Violation[] = [];
  const inFlight = new Map<string, number>();
  const maxInFlight = new Map<string, number>();
  const statusRequests = slidingCount(minute, now);
  const balanceRequests = slidingCount(minute, now);
  let wrong: number[] = [];
  let blockedUntil = -Infinity;

  function broken<Code extends number>(code: Code, violation: Omit<Violation, 'at'>): Code | undefined {
    violations.push({ ...violation, at: now() });
    return enforce ? code : undefined;
  }

  return {
    violations,
    maxInFlight,
    arrived(login) {
      const count = (inFlight.get(login) ?? 0) + 1;
      inFlight.set(login, count);
      maxInFlight.set(login, Math.max(count, maxInFlight.get(login) ?? 0));
      if (now() < blockedUntil) return broken(4, { rule: 'blocked', login });
      return count > atOnce ? broken(9, { rule: 'atOnce', login }) : undefined;
    },
    left(login) {
      const count = (inFlight.get(login) ?? 0) - 1;
      if (count > 0) inFlight.set(login, count);
      else inFlight.delete(login);
    },
    wrongCredentials(login) {
      const time = now();
      wrong = [...wrong.filter((earlier) => earlier > time - halfHour), time];
      if (wrong.length < wrongCredentialsPerHalfHour) return;
      wrong = [];
      if (broken(4, { rule: 'credentials', login }) !== undefined) blockedUntil = time + halfHour;
    },
    statusRequested(login, phone, id) {
      const count = statusRequests(`${login}\n${phone}\n${id}`);
      return count > statusRequestsPerMinute ? broken(9, { rule: 'status', login, phone, id }) : undefined;
    },
    balanceRequested(login) {
      const count = balanceRequests(login);
      return count > balanceRequestsPerMinute ? broken(9, { rule: 'balance', login }) : undefined;
    },
  };
}

/** Counts what happened under a key within the window before now, this time included. */
function slidingCount(window: number, now: () => number): (key: string) => number {
  // A key moves to the end when it is used, so those that are over stand in front.
  const times = new Map<string, number[]>();
  return (key) => {
    const time = now();
    const recent = (times.get(key) ?? []).filter((earlier) => earlier > time - window);
    recent.push(time);
    times.delete(key);
    times.set(key, recent);
    for (const [other, others] of times) {
      if ((others.at(-1) ?? 0) > time - window) break;
      times.delete(other);
    }
    return recent.length;
  };
}
