import fc from 'fast-check';

/** How often a property is tried: `npm run test:fuzz` says 100,000. */
const wanted = process.env.SMSC_TEST_RUNS;
const runs = Number(wanted ?? 3000);

/** The same one each time, so that nobody's change fails by chance, unless `--runs` looks for something new. */
const seed = Number(
  process.env.SMSC_TEST_SEED ?? (wanted === undefined ? 20_100 : Math.floor(Math.random() * 2 ** 31)),
);

/** How long a property may take in milliseconds, looking for the smallest example included. */
const longest = 60_000 + runs * 20;

/**
 * Declares what holds whatever comes. The title tells how often it is tried and with which seed:
 * `SMSC_TEST_SEED=… node out/run.js unit --grep … --runs …` tries the same again.
 * @param each one of so many runs is made of what takes long
 */
export function always<T>(
  title: string,
  values: fc.Arbitrary<T>,
  check: (value: T) => void | Promise<void>,
  { each = 1 }: { each?: number } = {},
): void {
  const numRuns = Math.ceil(runs / each);
  it(`${title} (${numRuns} times, seed ${seed})`, () =>
    fc.assert(
      fc.asyncProperty(values, async (value) => {
        const pending = check(value);
        // Waiting costs more than most checks.
        if (pending !== undefined) await pending;
      }),
      { seed, numRuns, interruptAfterTimeLimit: longest, markInterruptAsFailure: true },
    )).timeout(2 * longest);
}
