/**
 * Breaks the program in the many small ways of `mutations.json`, one at a time and in a copy of the project, and runs the
 * tests that must notice: those whose titles match. A mutation that no test notices is a failure, and so is a piece of
 * code that does not stand in its file once: the list has to follow the code.
 *
 *   npm run test:mutations [-- text of the mutations that are wanted]
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import table from './mutations.json' with { type: 'json' };
import { root, temporaryFolder } from './workbench/paths.ts';
import { removeAtEnd } from './workbench/processes.ts';

/** What is fetched or installed once is shared with the copy, what is built is not. */
const shared = ['node_modules', '.vscode-test'];
const left = new Set([...shared, '.git', 'dist', 'out']);

const wanted = process.argv[2] ?? '';
const chosen = table.flatMap(({ broken, ...where }) =>
  broken
    .map((mutation) => ({ ...where, ...mutation }))
    .filter(({ file, what }) => `${file}: ${what}`.includes(wanted)),
);
type Mutation = (typeof chosen)[number];
const copy = await copyProject();

let failed = 0;
for (const part of new Set(chosen.map((mutation) => mutation.part))) {
  const tests = chosen.filter((mutation) => mutation.part === part).map((mutation) => mutation.tests);
  const outcome = run(part, [...new Set(tests)].join('|'));
  if (outcome === 'green') continue;
  print(`✘ ${part}: the tests that must notice are not green without any mutation (${outcome})`);
  failed++;
}
let noticed = 0;
for (const mutation of failed > 0 ? [] : chosen) {
  const outcome = await tryOut(mutation);
  const isNoticed = outcome === 'red';
  print(`${isNoticed ? '✔' : `✘ (${outcome})`} ${mutation.file}: ${mutation.what}`);
  if (isNoticed) noticed++;
  else failed++;
}
print(`\n${noticed} passed, ${failed} failed`);
process.exit(failed > 0 || noticed === 0 ? 1 : 0);

async function tryOut({ file, from, to, tests, part }: Mutation): Promise<string> {
  const text = await readFile(path.join(root, file), 'utf8');
  if (text.split(from).length !== 2) return 'the piece does not stand there once';
  const broken = text.replace(from, () => to);
  await writeFile(path.join(copy, file), broken);
  const outcome = run(part, tests);
  await writeFile(path.join(copy, file), text);
  return outcome;
}

/** Builds the copy and runs tests in it. Neither a build that fails nor a crash is a test that notices. */
function run(part: string, tests: string): string {
  const steps = [
    ['esbuild.mjs', '--quiet'],
    ['out/run.js', part, '--grep', tests],
  ];
  let last = '';
  for (const step of steps) {
    const { status, stdout } = spawnSync(process.execPath, step, { cwd: copy, encoding: 'utf8' });
    if (step[0] === 'esbuild.mjs' && status !== 0) return 'it does not build';
    last = stdout.trimEnd().split('\n').at(-1) ?? '';
  }
  const failures = /^\d+ passed, (\d+) failed/.exec(last)?.[1];
  if (failures === undefined) return 'no result';
  return failures === '0' ? 'green' : 'red';
}

async function copyProject(): Promise<string> {
  const folder = await temporaryFolder('mutations');
  removeAtEnd(folder);
  const filter = (source: string): boolean => !left.has(path.relative(root, source));
  await cp(root, folder, { recursive: true, filter });
  for (const name of shared) {
    await mkdir(path.join(root, name), { recursive: true });
    await symlink(path.join(root, name), path.join(folder, name), 'dir');
  }
  return folder;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
