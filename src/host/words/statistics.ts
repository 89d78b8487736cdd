import { env, l10n } from 'vscode';
import {
  type DeliveryTimes,
  type OperatorStatistics,
  type Quantiles,
  spanLimits,
  spanOf,
  type Statistics,
} from '../../history/statistics.ts';
import { visible } from '../../smsc/text.ts';
import type { Counted, CountHeadings, OperatorsView, StatesView, TimesView } from '../../statisticsView.ts';
import { standingName } from './state.ts';

/** The states of messages as a picture's view. */
export function statesView({ messages, states }: Pick<Statistics, 'messages' | 'states'>): StatesView {
  return {
    title: l10n.t('States'),
    headings: headings(l10n.t('State')),
    states: states.map(({ standing, count }) => ({
      pattern: standing,
      ...counted(standingName(standing), count, messages),
    })),
  };
}

/** The times from sent to delivered as a picture's view; none where no message was delivered. */
export function timesView(delivery: DeliveryTimes): TimesView | undefined {
  const { delivered, known, counts } = delivery;
  if (delivered === 0) return undefined;
  const facts = quantileFacts(delivery);
  const notes = new Map<number, string[]>();
  for (const { label, ms } of facts) {
    const span = spanOf(ms);
    notes.set(span, [...(notes.get(span) ?? []), label]);
  }
  const last = counts.findLastIndex((count) => count > 0);
  return {
    title: l10n.t('From sent to delivered'),
    facts: facts.map(({ label, ms }) => ({ label, text: durationText(ms) })),
    headings: headings(l10n.t('Time')),
    // Spans beyond the slowest would only be empty lines.
    spans: counts.slice(0, last + 1).map((count, span) => {
      const note = notes.get(span)?.join(', ');
      return { ...counted(spanName(span), count, known), ...(note !== undefined && { note }) };
    }),
    note: timesNote(known, delivered),
  };
}

function timesNote(known: number, delivered: number): string {
  if (known === 0) {
    return l10n.t(
      'None of the delivered messages tells when it was sent and delivered. Checks with all details ask for it.',
    );
  }
  return known === delivered
    ? l10n.t('Delivered messages: {0}. All tell how long it took.', numberText(delivered))
    : l10n.t(
        'Delivered messages: {0}, of which {1} tell how long it took. The others do not say when they were sent, or were read since.',
        numberText(delivered),
        numberText(known),
      );
}

function quantileFacts({ median, p90, slowest }: Quantiles): { label: string; ms: number }[] {
  return [
    { label: l10n.t('Median'), ms: median },
    { label: l10n.t('90% within'), ms: p90 },
    { label: l10n.t('Slowest'), ms: slowest },
  ].filter((fact): fact is { label: string; ms: number } => fact.ms !== undefined);
}

/** More operators than this are counted together: there are few, unless somebody makes them up. */
const operatorRows = 30;
const longestName = 60;

/** The numbers by operator; none where no report names one. */
export function operatorsView({
  operators,
  withoutOperator,
}: Pick<Statistics, 'operators' | 'withoutOperator'>): OperatorsView | undefined {
  if (operators.length === 0) return undefined;
  const shown = operators.slice(0, operatorRows);
  const hidden = operators.slice(operatorRows).reduce((sum, { messages }) => sum + messages, 0);
  const notes = [
    ...(hidden > 0 ? [l10n.t('Messages of other operators: {0}.', numberText(hidden))] : []),
    ...(withoutOperator > 0
      ? [l10n.t('Messages whose operator is not known: {0}.', numberText(withoutOperator))]
      : []),
  ];
  return {
    title: l10n.t('By operator'),
    headings: [
      l10n.t('Operator'),
      l10n.t('Messages'),
      standingName('delivered'),
      standingName('failed'),
      l10n.t('Median'),
      l10n.t('90% within'),
    ],
    rows: shown.map(operatorRow),
    ...(notes.length > 0 && { note: notes.join(' ') }),
  };
}

function operatorRow(group: OperatorStatistics): string[] {
  const { operator, messages, delivered, failed, median, p90 } = group;
  const withShare = (count: number): string =>
    count === 0 ? numberText(0) : `${numberText(count)} (${percentText(count / messages)})`;
  const name = visible(operator);
  return [
    name.length > longestName ? `${name.slice(0, longestName)}…` : name,
    numberText(messages),
    withShare(delivered),
    withShare(failed),
    median === undefined ? '–' : durationText(median),
    p90 === undefined ? '–' : durationText(p90),
  ];
}

function headings(label: string): CountHeadings {
  return { label, count: l10n.t('Messages'), percent: l10n.t('Share') };
}

function counted(label: string, count: number, all: number): Counted {
  const share = all === 0 ? 0 : count / all;
  return { label, count: numberText(count), percent: percentText(share), share };
}

/** A count as people write it, such as "12,345". */
export function numberText(count: number): string {
  return new Intl.NumberFormat(env.language).format(count);
}

/** A share of 0 to 1 in percent. What is not nothing is never "0 %", and what is not all never "100 %". */
export function percentText(share: number): string {
  const text = (value: number): string =>
    new Intl.NumberFormat(env.language, { style: 'percent', maximumFractionDigits: 1 }).format(value);
  if (share > 0 && share < 0.001) return `< ${text(0.001)}`;
  if (share < 1 && share > 0.999) return `> ${text(0.999)}`;
  return text(share);
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A span of time by its two largest units, such as "3 min 20 sec". The service tells seconds, no less. */
export function durationText(ms: number): string {
  const parts: string[] = [];
  let rest = Math.max(0, Math.round(ms / 1000) * 1000);
  for (const [unit, size] of units) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count > 0) parts.push(unitText(count, unit));
    // The second unit is the one right below the first, or none.
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || unitText(0, 'second');
}

function unitText(count: number, unit: string): string {
  return new Intl.NumberFormat(env.language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

function spanName(span: number): string {
  const limit = spanLimits[span];
  return limit === undefined
    ? l10n.t('longer than {0}', durationText(spanLimits.at(-1) ?? 0))
    : l10n.t('up to {0}', durationText(limit));
}
