/** The service writes dates without a zone; recorded answers fit Moscow, which is three hours ahead of UTC. */
const moscowOffsetMs = 3 * 60 * 60 * 1000;

/** The end of the year 9999: what lies beyond has no ISO form of the usual length. */
const lastSecond = 253_402_300_799;

/** `DD.MM.YYYY hh:mm:ss`, also with the spaces around the colons that the service's pages print. */
const datePattern = /^(\d{2})\.(\d{2})\.(\d{4})\s+(\d{2})\s*:\s*(\d{2})\s*:\s*(\d{2})$/;

/**
 * Reads a moment that the service gives twice, as Unix seconds and as a date in Moscow. The seconds come first: they
 * leave no doubt about the zone.
 * @returns ISO 8601 in UTC with milliseconds, or `undefined` where neither text is a moment
 */
export function momentOf(timestamp: string | undefined, date: string | undefined): string | undefined {
  return fromTimestamp(timestamp ?? '') ?? fromMoscowDate(date ?? '');
}

/** Reads Unix seconds; 0 is the service's way to leave the moment out. */
export function fromTimestamp(text: string): string | undefined {
  const digits = text.trim();
  const seconds = /^\d{1,12}$/.test(digits) ? Number(digits) : 0;
  return seconds > 0 && seconds <= lastSecond ? new Date(seconds * 1000).toISOString() : undefined;
}

/** Reads a date as the service writes it, in Moscow time. An impossible one, such as 31.02.2024, is none. */
export function fromMoscowDate(text: string): string | undefined {
  const parts = datePattern.exec(text.trim());
  if (!parts) return undefined;
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  // Date turns 31 February into 2 March, and the years before 100 into those after 1900.
  const exists =
    local.getUTCFullYear() === year &&
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === hour &&
    local.getUTCMinutes() === minute &&
    local.getUTCSeconds() === second;
  return exists ? new Date(local.getTime() - moscowOffsetMs).toISOString() : undefined;
}
