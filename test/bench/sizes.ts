import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { packExtension } from '../workbench/extension.ts';
import { root } from '../workbench/paths.ts';
import type { Figure } from './figure.ts';

/** What the build says of each file of the extension. */
type Bundles = Partial<Record<string, { loads: string[] }>>;

/** How large what ships is, in kB of 1,000 bytes: the bundles as they are built, and the package. */
export async function measureSizes(folder: string): Promise<Figure[]> {
  const dist = path.join(root, 'dist');
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => name.replaceAll('\\', '/'));
  const size = (...files: string[]): number =>
    files.reduce((sum, name) => sum + statSync(path.join(dist, name)).size, 0);
  const chunk = (name: string): string => {
    const [found, ...others] = names.filter((file) => file.startsWith(`chunks/${name}-`));
    if (found === undefined || others.length > 0) throw new Error(`No chunk of its own: ${name}`);
    return found;
  };
  const main = withImports(dist, 'extension.cjs');
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
    figure('parts', 'with the first view or command: history, limiter, views', more('parts')),
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

/** A file and all that it loads at once, as the build tells. */
function withImports(dist: string, file: string): string[] {
  const bundles = JSON.parse(readFileSync(path.join(root, 'out/bundles.json'), 'utf8')) as Bundles;
  const found = new Set([`dist/${file}`]);
  // A set goes on to what is added while it is walked through.
  for (const name of found) for (const loaded of bundles[name]?.loads ?? []) found.add(loaded);
  return [...found].map((name) => path.relative(dist, path.join(root, name)).replaceAll('\\', '/'));
}
