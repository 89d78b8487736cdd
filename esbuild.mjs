/**
 * Builds everything: `dist/` (what ships) and `out/` (tests, the workbench for `npm start`, the simulator).
 *
 *   node esbuild.mjs [--production] [--quiet]
 *
 * Files are replaced one by one, each in a single step, and left alone when they did not change. So a build never
 * pulls a file away from an extension or a test run that is using it.
 */
import * as esbuild from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';

const root = import.meta.dirname;
const production = process.argv.includes('--production');
const quiet = process.argv.includes('--quiet');
const started = performance.now();

/** CommonJS packages in an ESM bundle ask for node's own modules by `require`. */
const banner = {
  js: "import { createRequire as bundleRequire } from 'node:module'; const require = bundleRequire(import.meta.url);",
};

/** What node-soap would bring along and we never use: our own HTTP client stands in for its transport. */
const unused = ['axios', 'axios-ntlm', 'formidable', 'xml-crypto', 'follow-redirects', 'whatwg-mimetype'];

/** @type {esbuild.Plugin} */
const slimSoap = {
  name: 'slim-soap',
  setup(build) {
    const names = new RegExp(`^(${[...unused, 'debug'].join('|')})(/.*)?$`);
    build.onResolve({ filter: names }, ({ path: name, importer }) =>
      importer.includes(`${path.sep}node_modules${path.sep}`)
        ? { path: name, namespace: 'unused' }
        : undefined,
    );
    // The names are those that node-soap takes from these packages; they may be fetched, but not called.
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path: name }) => ({
      contents:
        name === 'debug'
          ? // node-soap would print whole requests, passwords included, with DEBUG=node-soap.
            'module.exports = () => () => undefined;'
          : `const use = () => { throw new Error('${name} is not part of this bundle'); };
             for (const key of ['create', 'NtlmClient', 'MIMEType', 'SignedXml', 'formidable', 'http', 'https'])
               exports[key] = function () { use(); };
             exports.__esModule = true;`,
      loader: 'js',
    }));
    build.onLoad({ filter: /[\\/]node_modules[\\/]soap[\\/]package\.json$/ }, async (args) => {
      const { version } = JSON.parse(await readFile(args.path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** In `out/`, packages stay where they are, except node-soap: tests run the same trimmed one that ships. */
const keepPackages = {
  name: 'keep-packages',
  /** @param {esbuild.PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path: name, importer, kind }) => {
      const ours = !importer.includes(`${path.sep}node_modules${path.sep}`);
      const external = isBuiltin(name) || (ours && name !== 'soap' && !path.isAbsolute(name));
      return kind !== 'entry-point' && external ? { path: name, external: true } : undefined;
    });
  },
};

/** @returns the files below a folder of the project that match, as paths from its root with "/" */
function filesIn(folder, pattern, recursive = true) {
  const absolute = path.join(root, folder);
  if (!existsSync(absolute)) {
    return [];
  }
  return readdirSync(absolute, { recursive })
    .map((name) => path.posix.join(folder, String(name).replaceAll('\\', '/')))
    .filter((name) => pattern.test(name))
    .sort();
}

/** @returns entry points `{ name in out/: source }`, for sources that exist */
function outEntries() {
  const sources = [
    ...filesIn('test', /^test\/[^/]+\.ts$/, false),
    ...filesIn('test/workbench', /\.ts$/, false),
    ...filesIn('test/bench', /^test\/bench\/[^/]+\.ts$/, false),
    'test/host/index.ts',
    'test/ui/pictures.ts',
    ...filesIn('test', /\.test\.ts$/),
  ].filter((source) => existsSync(path.join(root, source)));
  const entries = Object.fromEntries(sources.map((source) => [source.slice('test/'.length, -3), source]));
  if (existsSync(path.join(root, 'src/simulator/main.ts'))) {
    entries['simulator'] = 'src/simulator/main.ts';
  }
  return entries;
}

const shared = {
  absWorkingDir: root,
  bundle: true,
  write: false,
  metafile: true,
  logLevel: 'warning',
  charset: 'utf8',
};
const node = {
  ...shared,
  platform: 'node',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  loader: { '.wsdl': 'text' },
};

/**
 * Makes CommonJS of what esbuild has split, which it does for ESM only. VS Code takes each ESM file of an extension
 * through a loader in another thread: that made a start several times as long.
 */
async function asCommonJs(files) {
  return Promise.all(
    files.map(async (file) => {
      const { code } = await esbuild.transform(file.text, {
        format: 'cjs',
        platform: 'node',
        target: 'node22',
        supported: { 'dynamic-import': false },
        charset: 'utf8',
        minify: production,
        sourcemap: production ? false : 'inline',
      });
      return { path: file.path, contents: Buffer.from(code) };
    }),
  );
}

/** Writes what changed, each file in one step. */
async function write(files) {
  for (const file of files) {
    const before = await readFile(file.path).catch(() => undefined);
    if (before?.equals(file.contents)) {
      continue;
    }
    await mkdir(path.dirname(file.path), { recursive: true });
    const temporary = `${file.path}.${process.pid}.tmp`;
    await writeFile(temporary, file.contents);
    await rename(temporary, file.path);
  }
}

/** Removes from a folder what no longer belongs there, after the new files are in place. */
async function removeOthers(folder, files) {
  const keep = new Set(files.map((file) => file.path));
  for (const name of existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []) {
    const absolute = path.join(name.parentPath, name.name);
    if (name.isFile() && !keep.has(absolute)) {
      await rm(absolute, { force: true });
      await rmdir(name.parentPath).catch(() => undefined); // only goes when it is empty
    }
  }
}

function asJson(name, value) {
  return { path: path.join(root, name), contents: Buffer.from(JSON.stringify(value, null, 1)) };
}

/** @returns for each file of the extension what it loads at once, and which packages are in it */
function bundlesIn({ outputs }) {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith('.cjs'))
      .map(([file, { imports, inputs }]) => {
        const loads = imports.filter(({ kind, external }) => kind === 'import-statement' && !external);
        return [file, { loads: loads.map((one) => one.path), packages: packagesOf(Object.keys(inputs)) }];
      }),
  );
}

/** @returns the names of the packages that files come from */
function packagesOf(inputs) {
  const names = inputs.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  return [...new Set(names.filter(Boolean))].sort();
}

/** The licences of the packages that ended up in the bundles: they ask to be kept with the code. */
async function notices(inputs) {
  const parts = ['SMSC Delivery Status contains the following packages.\n'];
  for (const name of packagesOf(inputs)) {
    const folder = path.join(root, 'node_modules', name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? await readFile(path.join(folder, file), 'utf8') : `License: ${license}\n`;
    parts.push(`${'='.repeat(80)}\n${name} ${version}\n\n${text.trim()}\n`);
  }
  return { path: path.join(root, 'dist/ThirdPartyNotices.txt'), contents: Buffer.from(parts.join('\n')) };
}

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

/** Prints each file of `dist/` with its size and, for chunks, what is mostly in it. */
function printSizes(metafiles) {
  for (const metafile of metafiles) {
    for (const [file, output] of Object.entries(metafile.outputs)) {
      if (/\.c?js$/.test(file)) {
        const [largest] = Object.entries(output.inputs).sort(
          (a, b) => b[1].bytesInOutput - a[1].bytesInOutput,
        );
        const note = output.entryPoint ? '' : `  (mostly ${largest?.[0] ?? 'nothing'})`;
        process.stdout.write(`${kilobytes(output.bytes)}  ${file}${note}\n`);
      }
    }
  }
}

const webviews = filesIn('src/webview', /^src\/webview\/[^/]+(?<!\.d)\.ts$/, false);
// esbuild has already said what is wrong, and where.
const stop = () => process.exit(1);
const [extension, webview, out] = await Promise.all([
  esbuild.build({
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    target: 'node22',
    external: ['vscode'],
    plugins: [slimSoap],
    minify: production,
    sourcemap: production ? false : 'inline',
  }),
  esbuild.build({
    ...shared,
    entryPoints: webviews,
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    tsconfig: 'src/webview/tsconfig.json',
    minify: production,
    sourcemap: production ? false : 'linked',
  }),
  esbuild.build({
    ...node,
    entryPoints: outEntries(),
    outdir: 'out',
    target: 'node20',
    banner,
    plugins: [slimSoap, keepPackages],
    sourcemap: 'linked',
  }),
]).catch(stop);

const shipped = [...(await asCommonJs(extension.outputFiles)), ...webview.outputFiles];
shipped.push(await notices(Object.keys(extension.metafile.inputs)));
// Tests are run from this list, so that the output of a deleted test is not run again.
const tests = Object.keys(outEntries()).filter((name) => name.endsWith('.test'));
await write([
  ...shipped,
  ...out.outputFiles,
  asJson('out/tests.json', tests),
  asJson('out/bundles.json', bundlesIn(extension.metafile)),
]);
if (production) {
  await removeOthers(path.join(root, 'dist'), shipped);
  if (!quiet) {
    printSizes([extension.metafile, webview.metafile]);
  }
}
if (!quiet) {
  process.stdout.write(`Built in ${Math.round(performance.now() - started)} ms\n`);
}
