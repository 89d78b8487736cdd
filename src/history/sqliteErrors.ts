import type { WriteCause } from './types.ts';

/** The file can be opened, but something in it is wrong. */
export class DamagedError extends Error {}

/** SQLite's primary result code of an error, https://sqlite.org/rescode.html; nothing for other errors. */
export function primaryCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}

/** What a write meets while another process holds the file. */
export const sqliteBusy = 5;
const busyCodes: readonly (number | undefined)[] = [sqliteBusy, 6]; // SQLITE_LOCKED
const damageCodes: readonly (number | undefined)[] = [11, 26]; // SQLITE_CORRUPT, SQLITE_NOTADB

/** Whether an error says that another process holds the file. */
export function isBusy(error: unknown): boolean {
  return busyCodes.includes(primaryCode(error));
}

/** Whether an error says that the file is not a sound database. */
export function isDamage(error: unknown): boolean {
  return error instanceof DamagedError || damageCodes.includes(primaryCode(error));
}

/** Why SQLite could not do something; `undefined` for an error that is not SQLite's. */
export function writeCause(error: unknown): WriteCause | undefined {
  if (isBusy(error)) return 'locked';
  if (isDamage(error)) return 'damaged';
  const code = primaryCode(error);
  if (code === undefined) return undefined;
  return code === 13 ? 'full' : 'folder'; // SQLITE_FULL
}
