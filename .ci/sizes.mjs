/** Holds the package to its sizes, and node-soap out of what is loaded at the start. Run after `npm run package`. */

import { existsSync, readFileSync, statSync } from 'node:fs';

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
const { name, version, main } = json('package.json');
const bundles = json('out/bundles.json');
const problems = [];
const print = (line) => process.stdout.write(`${line}\n`);

const atMost = (limit, what, ...files) => {
  const size = files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : Infinity), 0);
  print(`${(size / 1000).toFixed(1)} kB of at most ${limit / 1000} kB: ${what}`);
  if (size > limit) problems.push(`too large, or not there: ${what}`);
};

// A set goes on to what is added while it is walked through.
const atStart = new Set([main.replace('./', '')]);
for (const file of atStart) {
  const { loads = [], packages = ['what is not there'] } = bundles[file] ?? {};
  for (const loaded of loads) atStart.add(loaded);
  if (packages.length > 0)
    problems.push(`${file} is loaded at the start, and has ${packages.join(', ')} in it`);
}
atMost(80_000, `the main bundle, in ${atStart.size} files`, ...atStart);
atMost(250_000, 'the package', `${name}-${version}.vsix`);

for (const problem of problems) print(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
