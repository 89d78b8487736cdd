/** A program of its own: loads and activates the built extension with a stub of `vscode`, prints the milliseconds. */
import { readdirSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
// What is loaded in every extension host.
import 'node:crypto';
import 'node:http';
import 'node:https';

const dist = path.join(import.meta.dirname, '../../dist');
const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.js'));
const names = new Set(
  files.flatMap((name) =>
    [
      ...readFileSync(path.join(dist, name), 'utf8').matchAll(/import\s*\{([^}]*)\}\s*from\s*"vscode"/g),
    ].flatMap(([, list = '']) => list.split(',').map((one) => one.split(' as ')[0]?.trim() ?? '')),
  ),
);
const source = `
  const any = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => '' : any),
    apply: () => any, construct: () => any });
  ${[...names].map((name) => `export const ${name} = any;`).join('\n')}
  export { any };`;
const stub = `data:text/javascript,${encodeURIComponent(source)}`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: stub, format: 'module', shortCircuit: true } : next(specifier, context),
});
const { any } = (await import(stub)) as { any: object };

interface Extension {
  activate: (context: object) => object;
}

const started = performance.now();
const { activate } = (await import(pathToFileURL(path.join(dist, 'extension.js')).href)) as Extension;
activate({ subscriptions: [], globalState: { get: () => undefined, update: () => any }, extensionUri: any });
process.stdout.write(String(performance.now() - started));
process.exit();
