/** Holds the package to its sizes, and node-soap out of what is loaded at the start. Run after `npm run package`. */

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const problems = [];
const print = (line) => process.stdout.write(`${line}\n`);
const atMost = (file, limit) => {
  const size = existsSync(file) ? statSync(file).size : Infinity;
  print(`${(size / 1000).toFixed(1)} kB of at most ${limit / 1000} kB: ${file}`);
  if (size > limit) problems.push(`${file} is too large, or not there`);
};
atMost(`${name}-${version}.vsix`, 250_000);
atMost('dist/extension.js', 80_000);
// What the main bundle imports at once, chunk by chunk, is loaded with it.
const seen = new Set();
let total = 0;
const visit = (file) => {
  if (seen.has(file)) return;
  seen.add(file);
  const text = readFileSync(file, 'utf8');
  total += Buffer.byteLength(text);
  if (text.includes('schemas.xmlsoap.org/soap/encoding') || text.includes('createClientAsync'))
    problems.push(`node-soap is loaded with the main bundle, in ${file}`);
  for (const [, from] of text.matchAll(
    /(?:^|[;}\n])(?:import|export)(?:[^"'()]*?from)?\s*["'](\.[^"']+)["']/g,
  ))
    visit(new URL(from, `file:///${file}`).pathname.slice(1));
};
if (existsSync('dist/extension.js')) visit('dist/extension.js');
print(`${(total / 1000).toFixed(1)} kB of at most 80 kB: the main bundle with what it imports at once`);
if (total > 80_000) problems.push('the main bundle with its chunks is too large');
if (!readdirSync('dist/chunks').length) problems.push('there are no lazy chunks');
for (const problem of problems) print(problem);
process.exitCode = problems.length ? 1 : 0;
