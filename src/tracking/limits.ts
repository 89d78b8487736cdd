/**
 * The service's limits as pure functions of what the ledger remembers. SMSC counts by its own clock, when a request
 * arrives; we know only that this was between its start and its end. So the next request starts no sooner than if
 * every earlier one had arrived at its very end.
 */
import type {
  Block,
  Decision,
  Entry,
  Judged,
  OpenEntry,
  Refuse,
  AccountStanding,
  Usage,
  Verdict,
  Wait,
} from '../history/ledger.ts';
import type { FailureFacts, Reason } from '../smsc/errors.ts';

const minuteMs = 60_000;
const halfHourMs = 30 * minuteMs;
const dayMs = 24 * 60 * minuteMs;

export const limits = {
  /** Status requests in any minute for one message of one login. */
  statusPerMinute: 5,
  /** Balance requests in any minute for one login. */
  balancePerMinute: 10,
  /** Requests at once for one login. */
  inFlight: 4,
  /** Errors 2 in half an hour from one address; the next one would block it. */
  refusals: 4,
  /** Added to every period, since the service's clock and ours do not tick alike. */
  marginMs: 1000,
  /** How long the service may go on with a request that we have given up. */
  lostMs: 1000,
  /** The longest that a request can have to wait for its minute. */
  longestWaitMs: minuteMs + 1000,
  /** How much longer than its time-out a request counts as under way when nobody says that it ended. */
  expiryMs: 5000,
  /** How soon to ask again when another window's request is in the way. */
  askAgainMs: 250,
  /** How long a window counts as waiting after it last asked. */
  waitingMs: 1000,
} as const;

/** How long a host is left alone after error 4: doubled on each repeat, up to the longest. */
export interface Policy {
  firstBlockMs: number;
  longestBlockMs: number;
}

export const servicePolicy: Policy = { firstBlockMs: 5 * minuteMs, longestBlockMs: halfHourMs };

/** For the demo account: nobody should wait five minutes for a rehearsal. */
export const demoPolicy: Policy = { firstBlockMs: minuteMs, longestBlockMs: minuteMs };

/** What a balance request is about; a status request is about the fingerprint of `phone/id`. */
export const aboutBalance = 'balance';

/** A request that wants to be sent. */
export interface Asking {
  login: string;
  about: string;
  /** The user wants it sent although the service refused the login. */
  insist: boolean;
  now: number;
  /** How long the request may take. */
  timeoutMs: number;
  /** Since when this window waits for a place among those in flight; absent when it does not. */
  waitingSince?: number;
}

/** Whether a request may be sent now. */
export function decide(usage: Usage, asking: Asking, policy: Policy): Decision {
  const { now } = asking;
  const seen: Usage = {
    ...usage,
    about: fromThePast(usage.about, now),
    open: fromThePast(usage.open, now),
    refusals: fromThePast(usage.refusals, now),
  };
  const expiresAt = now + asking.timeoutMs + limits.expiryMs;
  return (
    blocked(seen.block, now, policy) ??
    refused(seen, asking) ??
    overRefusals(seen, asking) ??
    overMinute(seen.about, asking) ??
    overInFlight(seen, asking) ?? {
      kind: 'go',
      startedAt: now,
      expiresAt,
      keepUntil: expiresAt + halfHourMs + limits.marginMs,
    }
  );
}

function blocked(block: Block | undefined, now: number, policy: Policy): Refuse | undefined {
  const left = (block?.until ?? 0) - now;
  // A longer one than there can be was made before the clock was set back.
  return left > 0 && left <= policy.longestBlockMs + limits.marginMs
    ? refuse('blocked', { code: 4, retryAfter: seconds(left) })
    : undefined;
}

function refused({ standing }: Usage, { insist }: Asking): Refuse | undefined {
  return standing.state === 'refused' && !insist ? refuse('credentials', { code: 2 }) : undefined;
}

function overMinute(about: Entry[], asking: Asking): Wait | undefined {
  const { now } = asking;
  const most = asking.about === aboutBalance ? limits.balancePerMinute : limits.statusPerMinute;
  const ends = about.map((entry) => lastMoment(entry, now)).sort((a, b) => b - a);
  const complaints = about.filter((entry) => entry.code === 9).map((entry) => lastMoment(entry, now));
  const until = Math.max(ends[most - 1] ?? 0, ...complaints) + minuteMs + limits.marginMs;
  return until > now ? { kind: 'wait', until, whom: 'subject' } : undefined;
}

/**
 * A login that the service knows to be right may go on; any other may be about to bring one more error 2, as may the
 * requests of such logins that are under way, and those whose answer nobody waited for.
 */
function overRefusals({ standing, refusals, open }: Usage, { now }: Asking): Refuse | Wait | undefined {
  if (isProven(standing, now)) return undefined;
  const unheard = open.filter((entry) => isUnheard(entry, now) && entry.standing.state !== 'proven');
  const counted = [...refusals, ...unheard]
    .map((entry) => lastMoment(entry, now) + halfHourMs + limits.marginMs)
    .filter((until) => until > now)
    .sort((a, b) => b - a);
  const until = counted[limits.refusals - 1];
  if (until !== undefined) return refuse('credentials', { code: 2, retryAfter: seconds(until - now) });
  const flying = open.filter((entry) => !isOver(entry, now) && !isProven(entry.standing, now));
  return counted.length + flying.length >= limits.refusals
    ? { kind: 'wait', until: now + limits.askAgainMs, whom: 'login' }
    : undefined;
}

/**
 * A free place goes to the window that has the fewest requests in flight, and among equals to the one that has waited
 * longest. So a batch in one window never starves a single check in another.
 */
function overInFlight(usage: Usage, asking: Asking): Wait | undefined {
  const { login, now, waitingSince = now } = asking;
  const flying = usage.open.filter((entry) => entry.login === login && isInFlight(entry, now));
  const placesOf = (window: string) => flying.filter((entry) => entry.window === window).length;
  const ours = placesOf(usage.window);
  const ahead = usage.waiting.filter(({ window, since, seenAt }) => {
    if (seenAt + limits.waitingMs < now || seenAt > now + limits.marginMs) return false;
    const theirs = placesOf(window);
    if (theirs !== ours) return theirs < ours;
    return since !== waitingSince ? since < waitingSince : window < usage.window;
  });
  return limits.inFlight - flying.length > ahead.length
    ? undefined
    : {
        kind: 'wait',
        until: now + limits.askAgainMs,
        whom: 'login',
        turn: { since: waitingSince, seenAt: now },
      };
}

/**
 * How a request ended: it never reached the service, we did not wait for the answer, no answer came that says
 * anything, or the service answered with this `error` (0 when there was none).
 */
export type Ending =
  { kind: 'unsent' } | { kind: 'hungUp' } | { kind: 'lost' } | { kind: 'answered'; code: number };

/** What the ledger should remember of a request that ended, and of its login and host. */
export function judge(
  ending: Ending,
  { startedAt, now }: { startedAt: number; now: number },
  before: Judged,
  policy: Policy,
): Verdict {
  if (ending.kind === 'unsent') return { kind: 'unsent' };
  const code = ending.kind === 'answered' ? ending.code : undefined;
  const standing = standingAfter(before.standing, code, startedAt, now);
  const block = blockAfter(before.block, code, startedAt, now, policy);
  const hungUp = ending.kind === 'hungUp';
  const doubtful = code === 2 || (hungUp && standing.state !== 'proven');
  return {
    kind: 'ended',
    endedAt: now,
    ...(code !== undefined && { code }),
    ...(hungUp && { hungUp }),
    keepUntil: now + (doubtful ? halfHourMs : minuteMs) + limits.marginMs,
    standing,
    ...(block && { block }),
  };
}

function standingAfter(
  before: AccountStanding,
  code: number | undefined,
  startedAt: number,
  now: number,
): AccountStanding {
  if (startedAt < before.since) return before;
  switch (code) {
    case 2:
      return { ...before, state: 'refused', at: now };
    case 0:
    case 3:
    case 9:
      return { ...before, state: 'proven', at: now };
    default:
      return before;
  }
}

function blockAfter(
  before: Block | undefined,
  code: number | undefined,
  startedAt: number,
  now: number,
  policy: Policy,
): Block | undefined {
  if (code === undefined || (before && startedAt < before.until)) {
    // An answer to what was sent before the block began or ended tells nothing new.
    return before;
  }
  if (code !== 4) return undefined;
  if (!before || now - before.until > policy.longestBlockMs) return firstBlock(now, policy);
  const ms = Math.min(policy.longestBlockMs, policy.firstBlockMs * 2 ** before.strikes);
  return { until: now + ms, strikes: before.strikes + 1 };
}

function firstBlock(now: number, policy: Policy): Block {
  return { until: now + policy.firstBlockMs, strikes: 1 };
}

/** Whether the service has lately accepted the login. In time, its password may be changed elsewhere. */
function isProven({ state, at }: AccountStanding, now: number): boolean {
  return state === 'proven' && Math.abs(now - at) < dayMs;
}

function isOver(entry: Entry, now: number): boolean {
  return entry.endedAt !== undefined || entry.expiresAt <= now;
}

/** Whether the service may have answered and nobody was there to hear it. */
function isUnheard(entry: OpenEntry, now: number): boolean {
  return entry.endedAt === undefined ? entry.expiresAt <= now : entry.hungUp === true;
}

function isInFlight(entry: OpenEntry, now: number): boolean {
  return entry.endedAt === undefined ? entry.expiresAt > now : entry.endedAt + limits.lostMs > now;
}

/** The latest time at which the service can have counted a request, as far as is known now. */
function lastMoment(entry: Entry, now: number): number {
  return Math.min(now, entry.endedAt ?? entry.expiresAt);
}

/** What was entered later than now was entered before the clock was set back. */
function fromThePast<T extends Entry>(entries: T[], now: number): T[] {
  return entries.filter((entry) => entry.startedAt <= now + limits.marginMs);
}

function refuse(reason: Reason, facts: FailureFacts): Refuse {
  return { kind: 'refuse', failure: { reason, detail: 'held', ...facts } };
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
