import { writeFileSync } from 'node:fs';
import { format } from 'node:util';
import Mocha from 'mocha';

/** What became of one suite, as it is handed to the runner. */
export interface SuiteResult {
  readonly passes: number;
  readonly failures: number;
  readonly pending: number;
}

/** How a suite is run. */
export interface SuiteOptions {
  readonly files: readonly string[];
  readonly timeout: number;
  readonly grep?: string | undefined;
  readonly color?: boolean;
  /** Takes each line of the report; by default it goes to the console. */
  readonly print?: ((line: string) => void) | undefined;
  /** Where the result is written as JSON. */
  readonly resultFile?: string | undefined;
}

/** Runs test files with Mocha, in plain Node or in an extension host. @returns how many passed and failed */
export async function runMocha(options: SuiteOptions): Promise<SuiteResult> {
  const { print } = options;
  if (print) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => print(format(...args));
  }
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: options.timeout,
    color: options.color ?? false,
    ...(options.grep ? { grep: options.grep } : {}),
  });
  for (const file of options.files) {
    mocha.addFile(file);
  }
  await mocha.loadFilesAsync();
  const result = await new Promise<SuiteResult>((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passes, failures, pending });
    });
  });
  if (options.resultFile) {
    writeFileSync(options.resultFile, JSON.stringify(result));
  }
  return result;
}
