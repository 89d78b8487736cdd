import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../workbench/paths.ts';

/**
 * The suite that runs inside the extension host, in a desktop VS Code as well as in the one that our launcher starts.
 * VS Code calls this and ends with the outcome.
 */
export async function run(): Promise<void> {
  // Not before VS Code asks for it: this module is also loaded where no test is meant to run.
  const { runMocha } = await import('../mocha.ts');
  const out = path.join(root, 'out');
  const tests = JSON.parse(readFileSync(path.join(out, 'tests.json'), 'utf8')) as string[];
  const output = process.env.SMSC_TEST_OUTPUT;
  const { failures } = await runMocha({
    files: tests.filter((name) => name.startsWith('host/')).map((name) => path.join(out, `${name}.js`)),
    timeout: 20_000,
    grep: process.env.SMSC_TEST_GREP,
    color: process.env.SMSC_TEST_COLOR === '1',
    // The console of an extension host reaches the terminal late or never; a file can be followed.
    print: output ? (line) => appendFileSync(output, `${line}\n`) : undefined,
    resultFile: process.env.SMSC_TEST_RESULT,
  });
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
}
