/**
 * The one test command: `node out/run.js [unit|history|host|ui|desktop|pictures|bench …] [--grep text] [--kills count]
 * [--runs count] [--json] [--markdown] [--vscode version] [--oldest]`.
 */
import type { SpawnOptions } from 'node:child_process';
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { SuiteResult } from './mocha.ts';
import { leaksIn } from './support/leaks.ts';
import { fetchBrowser } from './workbench/browser.ts';
import { installPacked } from './workbench/extension.ts';
import { fetchCode, fetchNode, fetchOldestNode, oldestNodeVersion } from './workbench/fetch.ts';
import { runHostSuite } from './workbench/host.ts';
import { root, temporaryFolder } from './workbench/paths.ts';
import { removeAtEnd, startGroup } from './workbench/processes.ts';

type Environment = Record<string, string>;
/** Runs tests. @param printed a file that takes what they print */
type Run = (environment: Environment, printed: string | undefined) => Promise<void>;
type Part = (typeof parts)[number];

const parts = ['unit', 'history', 'host', 'ui', 'desktop', 'pictures', 'bench'] as const;
/** What is run, one after the other, when nothing else is asked for. The parts of a step run side by side. */
const usualSteps: readonly (readonly Part[])[] = [['unit'], ['host', 'history'], ['ui']];
const out = path.join(root, 'out');
const totals = { passes: 0, failures: 0, pending: 0 };
/** What went wrong outside of any test; each counts as one failure. */
const problems: string[] = [];
let grep: string | undefined;
/** How many processes the crash tests kill; a few unless told otherwise. */
let kills: string | undefined;
/** How often the fuzz tests try each property; less often, and with a seed that stays the same, unless told otherwise. */
let runs: string | undefined;
const output = { json: false, markdown: false };
/** Which desktop VS Code is downloaded: `stable`, `insiders` or a version. */
let desktopVersion = 'stable';

try {
  await main();
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
}
for (const problem of problems) {
  process.stdout.write(`\n${problem}\n`);
}
const failed = totals.failures + problems.length;
const skipped = totals.pending > 0 ? `, ${totals.pending} skipped` : '';
// What was measured as JSON stands on the last line.
if (!output.json || failed > 0)
  process.stdout.write(`\n${totals.passes} passed, ${failed} failed${skipped}\n`);
process.exit(failed > 0 ? 1 : 0);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      grep: { type: 'string' },
      kills: { type: 'string' },
      runs: { type: 'string' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      vscode: { type: 'string', default: 'stable' },
      oldest: { type: 'boolean', default: false },
    },
  });
  grep = values.grep;
  kills = values.kills;
  runs = values.runs;
  output.json = values.json;
  output.markdown = values.markdown;
  desktopVersion = values.vscode;
  // For this process and for all that it starts.
  if (values.oldest) process.env.SMSC_TEST_CODE = 'oldest';
  const unknown = positionals.find((name) => !parts.includes(name as Part));
  if (unknown !== undefined) {
    throw new Error(`There is no part "${unknown}". The parts are: ${parts.join(', ')}.`);
  }
  const folder = await temporaryFolder('test');
  removeAtEnd(folder);
  const steps = positionals.length > 0 ? positionals.map((name) => [name as Part]) : usualSteps;
  for (const step of steps) {
    await Promise.all(step.map((part) => runPart(part, folder)));
  }
  if (grep !== undefined && totals.passes + totals.failures + problems.length === 0) {
    problems.push(`No test has "${grep}" in its title.`);
  }
}

async function runPart(part: Part, folder: string): Promise<void> {
  const node = await fetchNode();
  switch (part) {
    case 'unit':
      await suite('unit', folder, async (env) => mocha(node, await testsIn('unit'), env));
      break;
    case 'history':
      await runOldest(folder);
      break;
    case 'host':
      await fetchCode();
      await fetchBrowser();
      await suite('host', folder, (env) => runHostSuite({ folder, environment: env }));
      break;
    case 'desktop':
      await suite('desktop', folder, (env) =>
        runHostSuite({ folder, environment: env, desktop: desktopVersion }),
      );
      break;
    case 'ui':
      await fetchCode();
      await fetchBrowser();
      await runWorkbench(node, folder);
      break;
    case 'pictures':
    case 'bench':
      await script(node, part, folder);
      break;
  }
}

/** Tests of the workbench wait for it more than they work, so as many files as there are processors run side by side. */
async function runWorkbench(node: string, folder: string): Promise<void> {
  const more = { SMSC_TEST_TIMEOUT: '60000', SMSC_TEST_EXTENSIONS: await installPacked(folder) };
  const sized = (await testsIn('ui')).map((file) => ({ file, size: statSync(file).size }));
  // What takes longest comes first, or the others would wait for it in the end.
  const files = sized.toSorted((a, b) => b.size - a.size).map(({ file }) => file);
  const lane = async (): Promise<void> => {
    for (let file = files.shift(); file !== undefined; file = files.shift()) {
      const tests = [file];
      const run: Run = (env, printed) => mocha(node, tests, { ...env, ...more }, printed);
      await suite(`ui ${path.basename(file, '.test.js')}`, folder, run, true);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, lane));
  // The package as it was installed, and what the suites printed.
  for (const leak of await leaksIn(folder)) problems.push(`A secret was found: ${leak}`);
}

/** The history has to work with the Node of the oldest VS Code that we support. */
async function runOldest(folder: string): Promise<void> {
  const tests = (await testsIn('unit')).filter((file) => file.includes(`${path.sep}history${path.sep}`));
  const node = tests.length > 0 ? await fetchOldestNode() : undefined;
  if (node === undefined) return;
  const run: Run = (env, printed) => mocha(node, tests, env, printed);
  await suite(`history on Node ${oldestNodeVersion}`, folder, run, true);
}

/**
 * Runs one suite and adds up what it reports. No report, or a report of no test, is a failure.
 * @param isBeside others run meanwhile: what it prints is shown when it is done
 */
async function suite(name: string, folder: string, run: Run, isBeside = false): Promise<void> {
  const started = performance.now();
  const file = path.join(folder, name.replaceAll(' ', '-'));
  const resultFile = `${file}.json`;
  const printed = isBeside ? `${file}.txt` : undefined;
  if (!isBeside) process.stdout.write(`\n── ${name}\n`);
  const environment: Environment = { SMSC_TEST_RESULT: resultFile };
  if (grep !== undefined) {
    environment.SMSC_TEST_GREP = grep;
  }
  if (kills !== undefined) {
    environment.SMSC_TEST_KILLS = kills;
  }
  if (runs !== undefined) {
    environment.SMSC_TEST_RUNS = runs;
  }
  let reason = '';
  try {
    await run(environment, printed);
  } catch (error) {
    reason = ` (${error instanceof Error ? error.message : String(error)})`;
  }
  const result = await readFile(resultFile, 'utf8').then(
    (text) => JSON.parse(text) as SuiteResult,
    () => undefined,
  );
  // Of many files, most have no test that was asked for by its title.
  const isSilent = grep !== undefined && result !== undefined && result.passes + result.failures === 0;
  if (printed !== undefined && !isSilent) {
    process.stdout.write(`\n── ${name}\n${await readFile(printed, 'utf8').catch(() => '')}`);
  }
  if (!isSilent) {
    process.stdout.write(`── ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  }
  if (!result) {
    problems.push(`${name}: ended without a result${reason}.`);
    return;
  }
  totals.passes += result.passes;
  totals.failures += result.failures;
  totals.pending += result.pending;
  if (result.passes + result.failures === 0 && grep === undefined) {
    problems.push(`${name}: no test was run.`);
  } else if (reason !== '' && result.failures === 0) {
    problems.push(`${name}: ended with an error although its tests passed${reason}.`);
  }
}

async function testsIn(kind: string): Promise<string[]> {
  const names = JSON.parse(await readFile(path.join(out, 'tests.json'), 'utf8')) as string[];
  return names.filter((name) => name.startsWith(`${kind}/`)).map((name) => path.join(out, `${name}.js`));
}

/** @param printed a file that takes what is printed */
async function mocha(
  node: string,
  files: readonly string[],
  environment: Environment,
  printed?: string,
): Promise<void> {
  await runNode(node, [path.join(out, 'workbench/suite.js'), ...files], environment, printed);
}

/** Makes the README's pictures, or measures: a program of its own, on the built extension. */
async function script(node: string, part: 'pictures' | 'bench', folder: string): Promise<void> {
  const file = path.join(out, part === 'pictures' ? 'ui/pictures.js' : 'bench/main.js');
  if (!existsSync(file)) {
    throw new Error(`There is no ${part} program yet.`);
  }
  const environment: Environment = {};
  const missing = await fetchWorkbench();
  if (missing === undefined) {
    environment.SMSC_TEST_EXTENSIONS = await installPacked(folder);
  } else if (part === 'bench') {
    environment.SMSC_BENCH_NO_BROWSER = missing;
  } else {
    throw new Error(missing);
  }
  const wanted = Object.entries(output).flatMap(([name, isWanted]) => (isWanted ? [`--${name}`] : []));
  const args = part === 'bench' ? ['--expose-gc', file, ...wanted] : [file];
  await runNode(node, args, environment);
  totals.passes++;
}

/** @returns why there is no browser or no VS Code; `undefined` when both are there */
async function fetchWorkbench(): Promise<string | undefined> {
  try {
    await fetchBrowser();
    await fetchCode();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function runNode(
  node: string,
  args: readonly string[],
  environment: Environment,
  printed?: string,
): Promise<void> {
  const output = printed === undefined ? 'inherit' : openSync(printed, 'w');
  const stdio: SpawnOptions['stdio'] = ['inherit', output, output];
  const options: SpawnOptions = { cwd: root, env: { ...process.env, ...environment }, stdio };
  const all = ['--enable-source-maps', '--no-warnings=ExperimentalWarning', ...args];
  const group = startGroup(node, all, options, 'SIGTERM');
  const code = await group.ended;
  await group.stop();
  if (typeof output === 'number') closeSync(output);
  if (code !== 0) {
    throw new Error(`exit code ${code ?? 'none'}`);
  }
}
