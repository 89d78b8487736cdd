import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** So many damaged files are kept, the newest ones: a disk that keeps failing should not fill up with them. */
const keptAside = 5;

/** Somebody who puts the file aside needs a millisecond; one who takes this long, in milliseconds, was killed. */
const staleMs = 5000;

/** What SQLite keeps beside a database belongs to it: without its `-wal`, the last checks would be missing. */
const suffixes = ['-wal', '-shm', ''] as const;

/** What became of the file: it has a new name, another window has moved it already, or is about to. */
export type PutAside = { name: string } | 'gone' | 'busy';

/**
 * Gives a damaged file a new name, together with what SQLite keeps beside it, so that a new one can be begun in its
 * place. Several windows may find the damage at once: `inode` tells which file is meant, and one of them moves it.
 * Throws what the file system says.
 */
export function putAside(file: string, inode: number): PutAside {
  const lock = `${file}.aside`;
  // Synchronous while the lock is held: nothing but a crash can leave it behind.
  if (!lockFolder(lock)) return 'busy';
  try {
    if (!existsSync(file) || statSync(file).ino !== inode) return 'gone';
    const name = newName(file);
    for (const suffix of suffixes) {
      if (existsSync(file + suffix)) renameSync(file + suffix, name + suffix);
    }
    forgetOldest(file);
    return { name: path.basename(name) };
  } finally {
    rmdirSync(lock);
  }
}

/** Removes all files that were put aside. */
export function removeAside(file: string): void {
  for (const name of asideNames(file)) remove(path.join(path.dirname(file), name));
}

function lockFolder(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (!existsSync(lock)) throw error;
    if (Date.now() - statSync(lock).mtimeMs > staleMs) rmdirSync(lock);
    return false;
  }
}

function newName(file: string): string {
  const name = `${file}.damaged-${new Date().toISOString().replaceAll(/[-:]|\..*/g, '')}`;
  return existsSync(name) ? `${name}-${randomUUID().slice(0, 8)}` : name;
}

function forgetOldest(file: string): void {
  const names = asideNames(file).sort();
  for (const name of names.slice(0, -keptAside)) remove(path.join(path.dirname(file), name));
}

function asideNames(file: string): string[] {
  const prefix = `${path.basename(file)}.damaged-`;
  const names = readdirSync(path.dirname(file)).filter((name) => name.startsWith(prefix));
  return [...new Set(names.map((name) => name.replace(/-(wal|shm)$/, '')))];
}

function remove(file: string): void {
  for (const suffix of suffixes) rmSync(file + suffix, { force: true });
}
