import type { Report } from '../smsc/report.ts';
import { type Known, type MessageStanding, messageStandingOf, messageStandings } from './standing.ts';

/** What messages say together. Times are milliseconds. */
export interface Statistics {
  messages: number;
  /** Every standing that occurs, in the order of `messageStandings`. */
  states: { standing: MessageStanding; count: number }[];
  delivery: DeliveryTimes;
  /** Most messages first. Empty where no report names an operator. */
  operators: OperatorStatistics[];
  /** Messages whose reports name no operator, or that have none. */
  withoutOperator: number;
}

/** How long delivery took, from sent to delivered, of the messages that tell. */
export interface DeliveryTimes extends Quantiles {
  /** Messages that were delivered, whether they tell their times or not. */
  delivered: number;
  /** How many messages took up to each limit of `spanLimits`; the last count is of those beyond. */
  counts: number[];
}

/** Nearest-rank quantiles: each is a time that a message really took. Absent where nothing is known. */
export interface Quantiles {
  /** How many messages they are of. */
  known: number;
  median?: number;
  p90?: number;
  slowest?: number;
}

export interface OperatorStatistics extends Quantiles {
  /** As the service writes it: text of others. */
  operator: string;
  messages: number;
  delivered: number;
  failed: number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Where the spans of a picture end, in milliseconds. Fine where SMS usually are, coarse where they are late. */
export const spanLimits: readonly number[] = [
  ...[5 * second, 15 * second, minute],
  ...[5 * minute, 30 * minute, 2 * hour, 24 * hour],
];

/** Counts messages one by one, so that many can be counted between other things. */
export interface Tally {
  add(message: Pick<Known, 'last' | 'lastReport'>): void;
  result(): Statistics;
}

interface Group {
  messages: number;
  delivered: number;
  failed: number;
  times: number[];
}

export function createTally(): Tally {
  const states = new Map<MessageStanding, number>();
  const operators = new Map<string, Group>();
  const all: Group = emptyGroup();
  let withoutOperator = 0;

  function put(group: Group, standing: MessageStanding, time: number | undefined): void {
    group.messages += 1;
    if (standing === 'delivered') group.delivered += 1;
    if (standing === 'failed') group.failed += 1;
    if (time !== undefined) group.times.push(time);
  }

  return {
    add(message) {
      const standing = messageStandingOf(message);
      const time = message.lastReport && deliveryTime(message.lastReport);
      const operator = message.lastReport && operatorOf(message.lastReport);
      states.set(standing, (states.get(standing) ?? 0) + 1);
      put(all, standing, time);
      if (operator === undefined) {
        withoutOperator += 1;
        return;
      }
      const group = operators.get(operator) ?? emptyGroup();
      operators.set(operator, group);
      put(group, standing, time);
    },
    result() {
      const times = sorted(all.times);
      return {
        messages: all.messages,
        states: messageStandings
          .map((standing) => ({ standing, count: states.get(standing) ?? 0 }))
          .filter(({ count }) => count > 0),
        delivery: { delivered: all.delivered, ...quantiles(times), counts: countsOf(times) },
        operators: Array.from(operators, ([operator, group]) => operatorStatistics(operator, group)).sort(
          (a, b) => b.messages - a.messages || (a.operator < b.operator ? -1 : 1),
        ),
        withoutOperator,
      };
    },
  };
}

/** The statistics of messages that are at hand. */
export function statisticsOf(messages: Iterable<Pick<Known, 'last' | 'lastReport'>>): Statistics {
  const tally = createTally();
  for (const message of messages) tally.add(message);
  return tally.result();
}

function emptyGroup(): Group {
  return { messages: 0, delivered: 0, failed: 0, times: [] };
}

function operatorStatistics(operator: string, group: Group): OperatorStatistics {
  const { messages, delivered, failed, times } = group;
  return { operator, messages, delivered, failed, ...quantiles(sorted(times)) };
}

/** SMSC's status of a message that has reached the subscriber, and that is not known to be read or clicked yet. */
const deliveredStatus = 1;

/**
 * Milliseconds from sent to delivered, where a report tells. One that says "read" or "link clicked" does not: its time
 * is that of the reading. Nor does one with a delivery error, such as a virtual sending, or with times in a wrong order.
 */
export function deliveryTime(report: Report): number | undefined {
  const { status, deliveryError, sentAt, changedAt } = report;
  if (status.code !== deliveredStatus || deliveryError !== undefined) return undefined;
  if (sentAt === undefined || changedAt === undefined) return undefined;
  const time = Date.parse(changedAt) - Date.parse(sentAt);
  return time >= 0 ? time : undefined;
}

function operatorOf({ fields }: Report): string | undefined {
  const text = Object.hasOwn(fields, 'operator') ? fields.operator?.replace(/\s+/g, ' ').trim() : undefined;
  return text === '' ? undefined : text;
}

function sorted(times: readonly number[]): Float64Array {
  return Float64Array.from(times).sort();
}

/** @param times in ascending order */
function quantiles(times: Float64Array): Quantiles {
  const known = times.length;
  const rank = (share: number): number | undefined => times[Math.ceil(known * share) - 1];
  const [median, p90, slowest] = [rank(0.5), rank(0.9), rank(1)];
  return {
    known,
    ...(median !== undefined && { median }),
    ...(p90 !== undefined && { p90 }),
    ...(slowest !== undefined && { slowest }),
  };
}

function countsOf(times: Float64Array): number[] {
  const counts = Array.from({ length: spanLimits.length + 1 }, () => 0);
  for (const time of times) {
    const span = spanOf(time);
    counts[span] = (counts[span] ?? 0) + 1;
  }
  return counts;
}

/** The index of the span that a time falls into. */
export function spanOf(time: number): number {
  const span = spanLimits.findIndex((limit) => time <= limit);
  return span < 0 ? spanLimits.length : span;
}
