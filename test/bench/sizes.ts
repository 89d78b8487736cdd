import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { packExtension } from '../workbench/extension.ts';
import { root } from '../workbench/paths.ts';
import type { Figure } from './figure.ts';

/** How large what ships is, in kB of 1,000 bytes: the bundles as they are built, and the package. */
export async function measureSizes(folder: string): Promise<Figure[]> {
  const dist = path.join(root, 'dist');
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => name.replaceAll('\\', '/'));
  const size = (...files: string[]): number =>
    files.reduce((sum, name) => sum + statSync(path.join(dist, name)).size, 0);
  const chunk = (name: string): string => {
    const [found, ...others] = names.filter((file) => file.startsWith(`chunks/${name}-`));
    if (found === undefined || others.length > 0) throw new Error(`No chunk of its own: ${name}`);
    return found;
  };
  const main = withImports(dist, 'extension.js');
  const more = (name: string): number =>
    size(...withImports(dist, chunk(name)).filter((file) => !main.includes(file)));
  const figure = (key: string, what: string, value: number, aim?: string): Figure => ({
    key: `size_${key}_kb`,
    what,
    value: value / 1000,
    unit: 'kB',
    ...(aim !== undefined && { aim }),
  });
  return [
    figure('main', 'main bundle, all that activation loads', size(...main), '≤ 80'),
    figure('soap', 'with the first check: node-soap and the client', more('client')),
    figure('services', 'with the first view or command: history, limiter, accounts', more('services')),
    figure('simulator', 'with the demo account: the simulator', more('demo')),
    ...names
      .filter((name) => name.startsWith('webview/'))
      .map((name) => {
        const panel = path.basename(name, '.js');
        return figure(`panel_${panel}`, `page of the ${panel} panel`, size(name));
      }),
    figure('dist', 'all bundles together', size(...names)),
    figure('vsix', 'the `.vsix`', statSync(await packExtension(folder)).size, '≤ 250'),
  ];
}

/** A file and all that it imports when it is loaded. */
function withImports(dist: string, file: string): string[] {
  const found = new Set([file]);
  // A set goes on to what is added while it is walked through.
  for (const name of found) {
    const text = readFileSync(path.join(dist, name), 'utf8');
    for (const [, imported = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+\.js)"/g))
      found.add(path.posix.join(path.posix.dirname(name), imported));
  }
  return [...found];
}
