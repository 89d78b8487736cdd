import { env } from 'vscode';

const steps: readonly [limit: number, unit: Intl.RelativeTimeFormatUnit, size: number][] = [
  [60, 'second', 1],
  [3600, 'minute', 60],
  [86_400, 'hour', 3600],
  [2_592_000, 'day', 86_400],
  [31_536_000, 'month', 2_592_000],
  [Infinity, 'year', 31_536_000],
];

/** How long ago (or how far ahead), such as "3 min. ago". Times are Unix milliseconds. */
export function ago(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  const format = new Intl.RelativeTimeFormat(env.language, { numeric: 'auto', style: 'short' });
  const [, unit, size] = steps.find(([limit]) => Math.abs(seconds) < limit) ?? ['', 'second', 1];
  // Below ten seconds counting would only flicker.
  return Math.abs(seconds) < 10
    ? format.format(0, 'second')
    : format.format(Math.round(seconds / size), unit);
}

/** How far ahead, to the second within a minute, such as "in 12 sec."; what is due is "now". Unix milliseconds. */
export function ahead(time: number, now: number): string {
  const seconds = Math.ceil((time - now) / 1000);
  const format = new Intl.RelativeTimeFormat(env.language, { numeric: 'auto', style: 'short' });
  return seconds > 0 && seconds < 60 ? format.format(seconds, 'second') : ago(Math.max(time, now), now);
}

/** A length of time by its two largest units, such as "2 min 5 sec". */
export function span(ms: number): string {
  let seconds = Math.max(1, Math.round(ms / 1000));
  const sizes = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const;
  const first = sizes.findIndex(([, size]) => seconds >= size);
  return sizes
    .slice(first, first + 2)
    .map(([unit, size]) => {
      const count = Math.floor(seconds / size);
      seconds -= count * size;
      return { unit, count };
    })
    .filter(({ count }) => count > 0)
    .map(({ unit, count }) =>
      new Intl.NumberFormat(env.language, { style: 'unit', unit, unitDisplay: 'short' }).format(count),
    )
    .join(' ');
}

/** A day as a heading: today, yesterday, else its date. */
export function dayHeading(time: number, now: number): string {
  const days = Math.round((startOfDay(time) - startOfDay(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    const word = new Intl.RelativeTimeFormat(env.language, { numeric: 'auto' }).format(days, 'day');
    return word.charAt(0).toLocaleUpperCase(env.language) + word.slice(1);
  }
  return new Intl.DateTimeFormat(env.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(time);
}

/** Local midnight before a time, in Unix milliseconds. */
export function startOfDay(time: number): number {
  const day = new Date(time);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}

/** Date and time to the second, in the user's zone. */
export function dateTime(time: number): string {
  return new Intl.DateTimeFormat(env.language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(time);
}
