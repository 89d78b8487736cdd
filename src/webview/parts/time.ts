import type { Moment } from '../../protocol.ts';
import { h, type Wanted } from './tree.ts';

const units: readonly (readonly [unit: 'day' | 'hour' | 'minute' | 'second', ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/**
 * A point in time in the reader's own zone; its title has UTC and the service's text. Beside another moment of the
 * same day the date is left out.
 */
export function localTime(moment: Moment, language: string, beside?: Moment): Wanted {
  const date = dateText(moment, language);
  const time = timeText(moment, language);
  const sameDay = beside !== undefined && dateText(beside, language) === date;
  return timeElement(moment, sameDay ? time : `${date}, ${time}`);
}

/** "3 min ago", "in 20 sec". Below a minute only what lies ahead is counted: seconds gone by would only flicker. */
export function relativeTime(moment: Moment, now: number, language: string): Wanted {
  return timeElement(moment, relativeText(Date.parse(moment.iso) - now, language));
}

function timeElement({ iso, original }: Moment, text: string): Wanted {
  const title = original === undefined ? iso : `${iso}\nSMSC: ${original}`;
  return h('time', { datetime: iso, title }, text);
}

function relativeText(ms: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (ms > -60_000 && ms < 1000) return format.format(0, 'second');
  const [unit, size] = units.find((entry) => Math.abs(ms) >= entry[1]) ?? ['second', 1000];
  return format.format(Math.trunc(ms / size), unit);
}

function dateText({ iso }: Moment, language: string): string {
  return formats(language).date.format(new Date(iso));
}

function timeText({ iso }: Moment, language: string): string {
  return formats(language).time.format(new Date(iso));
}

interface Formats {
  date: Intl.DateTimeFormat;
  time: Intl.DateTimeFormat;
}

/** Making a format takes far longer than using it, and a long timeline uses it a thousand times. */
const made = new Map<string, Formats>();

function formats(language: string): Formats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' });
  made.set(language, { date, time });
  return { date, time };
}

/** A span of time by its two largest units: "3 min 20 sec". */
export function spanText(ms: number, language: string): string {
  const first = units.findIndex(([, size]) => ms >= size);
  if (first < 0) return unitText(Math.round(ms), 'millisecond', language);
  let rest = ms;
  const parts: string[] = [];
  for (const [unit, size] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(unitText(count, unit, language));
  }
  return parts.join(' ');
}

function unitText(count: number, unit: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}
