/** A program of its own: loads and activates the built extension with a stub of `vscode`, prints the milliseconds. */
import { createRequire, registerHooks } from 'node:module';
// What is loaded in every extension host.
import 'node:crypto';
import 'node:http';
import 'node:https';

/** Is called, made and looked into, whatever for. */
const any: object = new Proxy(
  function () {
    return undefined;
  },
  {
    get: (_, key) => (key === Symbol.toPrimitive ? () => '' : any),
    apply: () => any,
    construct: () => any,
  },
);
Object.assign(globalThis, { any });
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode' ? { url: 'stub:vscode', shortCircuit: true } : next(specifier, context),
  load: (url, context, next) =>
    url === 'stub:vscode'
      ? { format: 'commonjs', source: 'module.exports = any;', shortCircuit: true }
      : next(url, context),
});

interface Extension {
  activate: (context: object) => object;
}

const started = performance.now();
const { activate } = createRequire(import.meta.url)('../../dist/extension.cjs') as Extension;
activate({ subscriptions: [], globalState: { get: () => undefined, update: () => any }, extensionUri: any });
process.stdout.write(String(performance.now() - started));
process.exit();
