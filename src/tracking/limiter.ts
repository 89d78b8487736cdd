import type { Ledger, Pass, Subject, Wait } from '../history/ledger.ts';
import { SmscError } from '../smsc/errors.ts';
import { decide, type Ending, judge, limits, type Policy } from './limits.ts';
import type { Clock } from './types.ts';

export interface LimiterParts {
  ledger: Ledger;
  clock: Clock;
  /** How long one request may take, in milliseconds. */
  timeoutMs: () => number;
  policyOf: (host: string) => Policy;
}

export interface LimitedRequest extends Subject {
  /** Read when the request's turn comes, so it may change while it waits. */
  insist: boolean;
}

/** The right to send one request now. */
export interface Turn {
  startedAt: number;
  /** To be called when the request is over; what is done before the first pause is done at once. */
  leave(ending: Ending): Promise<void>;
}

/** Keeps the service's limits for this window, and through the ledger for all of them. */
export interface Limiter {
  /**
   * Resolves when the request may be sent; first come, first served, except that a message that has used up its
   * minute lets others pass. `onWait` is told when it has to wait, and until when at least. Rejects with `SmscError`
   * when the limits forbid the request or the signal aborts.
   */
  enter(request: LimitedRequest, signal: AbortSignal, onWait: (until: number) => void): Promise<Turn>;
  /** Something changed that the ledger knows of: those who wait are looked at again. */
  wake(): void;
}

interface Queued {
  request: LimitedRequest;
  /** What it was last told about waiting. */
  until?: number;
  tell(until: number): void;
  admit(turn: Turn): void;
  reject(error: unknown): void;
}

/** The requests of one login at one host. */
interface Lane {
  host: string;
  queue: Set<Queued>;
  inFlight: number;
  /** What must not be asked about before a certain time. */
  notBefore: Map<string, number>;
  /** Since when it waits for a place among those in flight. */
  waitingSince?: number;
  asking: boolean;
  /** Something changed while it was asking. */
  again: boolean;
  /** Aborted, it no longer wakes the lane. */
  alarm: AbortController;
}

export function createLimiter({ ledger, clock, timeoutMs, policyOf }: LimiterParts): Limiter {
  const lanes = new Map<string, Lane>();

  function laneOf({ host, login }: Subject): Lane {
    const key = `${host} ${login}`;
    const lane = lanes.get(key) ?? {
      host,
      queue: new Set(),
      inFlight: 0,
      notBefore: new Map(),
      asking: false,
      again: false,
      alarm: new AbortController(),
    };
    lanes.set(key, lane);
    return lane;
  }

  /** Asks the ledger for those who wait, in order, until one has to wait for the others of its login. */
  async function askLedger(lane: Lane): Promise<void> {
    if (lane.asking) {
      lane.again = true;
      return;
    }
    lane.asking = true;
    lane.alarm.abort();
    let nextAt: number;
    try {
      nextAt = await round(lane);
    } finally {
      lane.asking = false;
    }
    if (lane.again) {
      lane.again = false;
      return askLedger(lane);
    }
    if (lane.queue.size === 0) delete lane.waitingSince;
    if (nextAt < Infinity && lane.queue.size > 0) setAlarm(lane, nextAt);
  }

  function setAlarm(lane: Lane, at: number): void {
    lane.alarm = new AbortController();
    clock.wait(at - clock.now(), lane.alarm.signal).then(
      () => askLedger(lane),
      () => undefined,
    );
  }

  /** @returns when to ask again if nothing happens before */
  async function round(lane: Lane): Promise<number> {
    let nextAt = Infinity;
    for (const queued of lane.queue) {
      if (lane.inFlight >= limits.inFlight) break;
      const { about } = queued.request;
      const wait = knownWait(lane, about) ?? (await ask(lane, queued));
      if (!wait) continue;
      nextAt = Math.min(nextAt, wait.until);
      if (wait.whom === 'login') break;
      lane.notBefore.set(about, wait.until);
      tell(queued, wait.until);
    }
    for (const queued of lane.queue) {
      if (queued.until === undefined) tell(queued, clock.now() + limits.askAgainMs);
    }
    return nextAt;
  }

  /** What is known without asking: the others about the same were told to wait. */
  function knownWait(lane: Lane, about: string): Wait | undefined {
    const until = lane.notBefore.get(about) ?? 0;
    const left = until - clock.now();
    // A longer one than there can be was noted before the clock was set back.
    return left > 0 && left <= limits.longestWaitMs ? { kind: 'wait', until, whom: 'subject' } : undefined;
  }

  /** Asks for one request and acts on the answer. @returns how long it has to wait, if it has to */
  async function ask(lane: Lane, queued: Queued): Promise<Wait | undefined> {
    const { request } = queued;
    try {
      const claim = await ledger.claim(request, (usage) => {
        const { waitingSince } = lane;
        const asking = { ...request, now: clock.now(), timeoutMs: timeoutMs() };
        return decide(
          usage,
          waitingSince === undefined ? asking : { ...asking, waitingSince },
          policyOf(request.host),
        );
      });
      if ('pass' in claim) {
        delete lane.waitingSince;
        lane.inFlight++;
        const turn = turnOf(lane, request, claim.decision.startedAt, claim.pass);
        // It may have gone away while the ledger was asked.
        if (lane.queue.delete(queued)) queued.admit(turn);
        else void turn.leave({ kind: 'unsent' });
      } else if (claim.decision.kind === 'wait') {
        if (claim.decision.turn) lane.waitingSince = claim.decision.turn.since;
        return claim.decision;
      } else {
        lane.queue.delete(queued);
        queued.reject(new SmscError(claim.decision.failure.reason, claim.decision.failure));
      }
    } catch (error) {
      lane.queue.delete(queued);
      queued.reject(error);
    }
    return undefined;
  }

  function turnOf(lane: Lane, request: LimitedRequest, startedAt: number, pass: Pass): Turn {
    let left = false;
    return {
      startedAt,
      async leave(ending) {
        if (left) return;
        left = true;
        const times = { startedAt, now: clock.now() };
        try {
          await pass.settle((before) => judge(ending, times, before, policyOf(request.host)));
        } catch {
          // The ledger could not be written: the entry runs out by itself.
        }
        lane.inFlight--;
        lane.notBefore.delete(request.about);
        wakeHost(lane.host);
      },
    };
  }

  function wakeHost(host: string): void {
    for (const [key, lane] of lanes) {
      if (lane.queue.size > 0) {
        if (lane.host === host) void askLedger(lane);
      } else if (lane.inFlight === 0 && !lane.asking) {
        lane.alarm.abort();
        lanes.delete(key);
      }
    }
  }

  return {
    enter(request, signal, onWait) {
      if (signal.aborted) return Promise.reject(new SmscError('cancelled'));
      const lane = laneOf(request);
      return new Promise<Turn>((resolve, reject) => {
        const leave = () => {
          lane.queue.delete(queued);
          if (lane.queue.size === 0) lane.alarm.abort();
          reject(new SmscError('cancelled'));
        };
        const queued: Queued = {
          request,
          tell: onWait,
          admit(turn) {
            signal.removeEventListener('abort', leave);
            resolve(turn);
          },
          reject(error) {
            signal.removeEventListener('abort', leave);
            reject(error instanceof Error ? error : new SmscError('protocol'));
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        lane.queue.add(queued);
        void askLedger(lane);
      });
    },
    wake() {
      for (const host of new Set([...lanes.values()].map((lane) => lane.host))) wakeHost(host);
    },
  };
}

function tell(queued: Queued, until: number): void {
  if (queued.until === until) return;
  queued.until = until;
  queued.tell(until);
}
