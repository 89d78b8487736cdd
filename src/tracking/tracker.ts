import type { Ledger } from '../history/ledger.ts';
import type { Check, FilePlace, History, Outcome } from '../history/types.ts';
import type { Watches } from '../history/watches.ts';
import { type Failure, failureOf, SmscError, typed } from '../smsc/errors.ts';
import { fingerprint } from '../smsc/mask.ts';
import { type Message, messageKey, type MessageName } from '../smsc/message.ts';
import type { Report } from '../smsc/report.ts';
import type { Exchange, StatusRequest } from '../smsc/service.ts';
import { systemClock } from './clock.ts';
import { createLimiter, type LimitedRequest, type Turn } from './limiter.ts';
import { aboutBalance, type Ending, type Policy, servicePolicy } from './limits.ts';
import { createSharedCall, type SharedCall } from './sharedCall.ts';
import type { AccountClient, Activity, CheckOptions, Clock, Tracker } from './types.ts';

export interface TrackerParts {
  history: Pick<History, 'record'>;
  /**
   * Whether anything is kept of a message. One that was known when its check began and is not known at its end was
   * forgotten meanwhile, in this window or in another: then nothing is kept of the check either.
   */
  isKnown?: (message: Message) => boolean;
  ledger: Ledger;
  /** Those that the state of a message tells of. */
  watches?: Pick<Watches, 'find'>;
  /** The client of an account, with its present credentials. Rejects with `SmscError`. */
  clientOf: (account: string) => Promise<AccountClient>;
  clock?: Clock;
  /** How long one request may take at most, in milliseconds, all of its exchanges together. */
  timeoutMs?: () => number;
  policyOf?: (host: string) => Policy;
  /** Told when a check could not be kept. Its report is returned all the same. */
  onRecordFailed?: (error: unknown) => void;
}

/** Equal checks under way: one request and one row, whoever asked. */
interface Flight {
  message: Message;
  options: CheckOptions;
  /** Somebody who joins later may insist. */
  insist: boolean;
  /** So may somebody who joins know a place. */
  place?: FilePlace;
  activity: Activity;
  call: SharedCall<Report>;
  turn?: Turn;
}

/** Failures that the client finds out by itself, before it sends anything. */
const neverSent: readonly Failure['reason'][] = ['input', 'noAccount'];

/** Failures of the network that leave no doubt that the service has not seen the request. */
const neverArrived: readonly Failure['detail'][] = ['dns', 'refused', 'unreachable', 'certificate', 'proxy'];

const idle: Activity = { kind: 'idle' };

/** See `Tracker`. */
export function createTracker(parts: TrackerParts): Tracker {
  const {
    history,
    isKnown = () => false,
    ledger,
    watches,
    clientOf,
    clock = systemClock,
    timeoutMs = () => 15_000,
    policyOf = () => servicePolicy,
    onRecordFailed = () => undefined,
  } = parts;
  const limiter = createLimiter({ ledger, clock, timeoutMs, policyOf });
  const flights = new Map<string, Flight>();
  const byMessage = new Map<string, Set<Flight>>();
  const listeners = new Set<{ listener: (message: Message) => void }>();
  const disposal = new AbortController();

  /** Aborts when the caller leaves, and when the tracker goes. */
  function disposing(signal: AbortSignal | undefined): AbortSignal {
    return signal ? AbortSignal.any([signal, disposal.signal]) : disposal.signal;
  }

  function setActivity(flight: Flight, activity: Activity): void {
    if (flight.activity.kind === 'idle' && activity.kind === 'idle') return;
    flight.activity = activity;
    const key = messageKey(flight.message);
    const others = byMessage.get(key) ?? new Set();
    if (activity.kind === 'idle') others.delete(flight);
    else others.add(flight);
    if (others.size > 0) byMessage.set(key, others);
    else byMessage.delete(key);
    for (const { listener } of [...listeners]) listener(flight.message);
  }

  function begin(key: string, message: Message, options: CheckOptions): Flight {
    // Who asks from the moment on in which it has ended, or nobody wants it any more, begins anew.
    const forget = (): void => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    const call = createSharedCall<Report>(forget);
    const flight: Flight = { message, options, insist: false, activity: idle, call };
    flights.set(key, flight);
    call.settleWith(run(flight), () => {
      forget();
      setActivity(flight, idle);
    });
    return flight;
  }

  function turnAwayImpatient({ activity, call }: Flight): void {
    if (activity.kind !== 'waiting') return;
    const retryAfter = Math.max(1, Math.ceil((activity.until - clock.now()) / 1000));
    call.turnAwayImpatient(new SmscError('tooMany', { retryAfter }));
  }

  async function run(flight: Flight): Promise<Report> {
    const { options } = flight;
    const { account, phone, id } = flight.message;
    const { signal } = flight.call;
    const wasKnown = isKnown(flight.message);
    const { client, host, login } = await clientOf(account);
    const request = {
      host,
      login,
      // Not the number itself: the ledger outlasts what the user has forgotten.
      about: fingerprint(`${phone}/${id}`),
      get insist() {
        return flight.insist;
      },
    };
    const turn = await takeTurn(request, signal, (until) => {
      setActivity(flight, { kind: 'waiting', until });
      turnAwayImpatient(flight);
    });
    flight.turn = turn;
    setActivity(flight, { kind: 'checking', since: turn.startedAt });

    let exchange: Exchange | undefined;
    const onExchange = (latest: Exchange) => {
      exchange = latest;
    };
    const answer = await send(turn, () =>
      client.getStatus(statusRequest({ phone, id }, options), { signal, onExchange }),
    );
    const endedAt = clock.now();
    const checkedAt = new Date(endedAt).toISOString();
    const outcome: Outcome = answer.ok
      ? { ok: true, report: { account, phone, id, checkedAt, ...answer.value } }
      : answer;
    const isForgotten = wasKnown && !isKnown(flight.message);
    if (isKept(outcome, options) && !isForgotten) {
      const { startedAt } = turn;
      const { detail = 0, origin } = options;
      const durationMs = endedAt - startedAt;
      const place = flight.place !== undefined && { place: flight.place };
      await keep(
        { message: { account, phone, id }, startedAt, durationMs, detail, origin, ...place, outcome },
        exchange,
      );
    }
    if (outcome.ok) return outcome.report;
    throw new SmscError(outcome.failure.reason, outcome.failure);
  }

  async function takeTurn(
    request: LimitedRequest,
    signal: AbortSignal,
    onWait: (until: number) => void,
  ): Promise<Turn> {
    const turn = await limiter.enter(request, signal, onWait);
    if (!signal.aborted) return turn;
    await turn.leave({ kind: 'unsent' });
    throw new SmscError('cancelled');
  }

  /** Makes a request whose turn it is, and gives the turn back. */
  async function send<T>(turn: Turn, call: () => Promise<T>): Promise<Sent<T>> {
    let sent: Sent<T>;
    try {
      sent = { ok: true, value: await call() };
    } catch (error) {
      sent = { ok: false, failure: failureOf(error) };
    }
    await turn.leave(endingOf(sent));
    return sent;
  }

  async function keep(check: Check, exchange: Exchange | undefined): Promise<void> {
    if (disposal.signal.aborted) return;
    try {
      await history.record(check, exchange);
    } catch (error) {
      onRecordFailed(error);
    }
  }

  function watched(message: Message): Activity {
    const watch = watches?.find(message);
    if (!watch) return idle;
    const { nextAt, failure } = watch.progress;
    const now = clock.now();
    return watch.lease !== undefined && nextAt > now
      ? { kind: 'checking', since: now }
      : { kind: 'watched', nextAt, ...(failure && { failure }) };
  }

  return {
    check(message, options, signal) {
      if (disposal.signal.aborted || signal?.aborted) return Promise.reject(new SmscError('cancelled'));
      const key = JSON.stringify([messageKey(message), options.detail ?? 0, options.query ?? null]);
      const flight = flights.get(key) ?? begin(key, message, options);
      if (options.insist) flight.insist = true;
      if (options.place !== undefined) flight.place ??= options.place;
      const joined = flight.call.join(options.wait ?? true, signal);
      turnAwayImpatient(flight);
      return joined;
    },
    async balance(account, { insist = false } = {}, signal) {
      const either = disposing(signal);
      try {
        const { client, host, login } = await clientOf(account);
        const request = { host, login, about: aboutBalance, insist };
        const turn = await takeTurn(request, either, () => undefined);
        const sent = await send(turn, () => client.getBalance({ signal: either }));
        if (sent.ok) return sent.value;
        throw new SmscError(sent.failure.reason, sent.failure);
      } catch (error) {
        throw typed(error);
      }
    },
    async compareContract(account, signal) {
      try {
        const { client } = await clientOf(account);
        return await client.compareContract(disposing(signal));
      } catch (error) {
        throw typed(error);
      }
    },
    state(message) {
      let waiting: Activity = idle;
      for (const { activity } of byMessage.get(messageKey(message)) ?? []) {
        if (activity.kind === 'checking') return activity;
        if (waiting.kind !== 'waiting' || (activity.kind === 'waiting' && activity.until < waiting.until)) {
          waiting = activity;
        }
      }
      return waiting.kind === 'idle' ? watched(message) : waiting;
    },
    async credentialsChanged(account) {
      const { host, login } = await clientOf(account);
      await ledger.forgive(host, login, clock.now());
      limiter.wake();
    },
    abandon(account) {
      for (const flight of [...flights.values()]) {
        if (flight.message.account === account) flight.call.end(new SmscError('cancelled'));
      }
    },
    onDidChangeState(listener) {
      const entry = { listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    dispose() {
      disposal.abort();
      listeners.clear();
      // At once, while the store is still open: otherwise their places would be held until they run out.
      for (const { turn } of [...byMessage.values()].flatMap((others) => [...others])) {
        void turn?.leave({ kind: 'hungUp' });
      }
      for (const { call } of [...flights.values()]) call.end(new SmscError('cancelled'));
    },
  };
}

/** A watch that is stopped, or that another window has taken over, leaves no check that was given up. */
function isKept(outcome: Outcome, { origin }: CheckOptions): boolean {
  if (outcome.ok) return true;
  const { reason } = outcome.failure;
  return !neverSent.includes(reason) && !(reason === 'cancelled' && origin === 'watch');
}

type Sent<T> = { ok: true; value: T } | { ok: false; failure: Failure };

function statusRequest(name: MessageName, { detail, query }: CheckOptions): StatusRequest {
  return { ...name, ...(detail !== undefined && { detail }), ...(query !== undefined && { query }) };
}

/** What the service knows of a request that ended like that. */
function endingOf(sent: Sent<unknown>): Ending {
  if (sent.ok) return { kind: 'answered', code: 0 };
  const { reason, code, detail } = sent.failure;
  if (code !== undefined) return { kind: 'answered', code };
  if (neverSent.includes(reason) || neverArrived.includes(detail)) return { kind: 'unsent' };
  return { kind: reason === 'cancelled' ? 'hungUp' : 'lost' };
}
