import { SmscError } from '../smsc/errors.ts';

/**
 * Reads what another extension or a tool handed over, each property once. A getter or a proxy that throws is refused
 * like anything else that is not what it should be, so that nobody's own errors come out of our commands.
 * @throws SmscError `input` for what is no object
 */
export function given<K extends string>(value: unknown, ...names: readonly K[]): Record<K, unknown> {
  if (typeof value !== 'object' || value === null) throw new SmscError('input');
  return read(
    () =>
      Object.fromEntries(names.map((name) => [name, Reflect.get(value, name) as unknown])) as Record<
        K,
        unknown
      >,
  );
}

/** Whether something is meant as arguments: an object with one of these properties, right or wrong. */
export function holds(value: unknown, ...names: readonly string[]): value is object {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return names.some((name) => name in value);
  } catch {
    // It is nothing of ours; who reads it refuses it.
    return true;
  }
}

/**
 * The items of a list, those that are missing too.
 * @throws SmscError `input` for what is no list
 */
export function givenList(value: unknown): unknown[] {
  return read(() => {
    if (!Array.isArray(value)) throw new SmscError('input');
    return Array.from(value as unknown[]);
  });
}

function read<T>(reading: () => T): T {
  try {
    return reading();
  } catch {
    throw new SmscError('input');
  }
}
