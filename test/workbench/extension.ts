import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './paths.ts';
import { installExtension } from './server.ts';

const run = promisify(execFile);

/** What our own manifest says about who we are. */
interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
}

async function manifest(): Promise<Manifest> {
  return JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as Manifest;
}

/** @returns the identifier of our extension */
export async function extensionId(): Promise<string> {
  const { name, publisher } = await manifest();
  return `${publisher}.${name}`;
}

/** Packs what is built into a .vsix, the same files as `npm run package`. @returns its path */
export async function packExtension(folder: string): Promise<string> {
  const file = path.join(folder, 'smsc-status.vsix');
  const vsce = createRequire(path.join(root, 'package.json')).resolve('@vscode/vsce/vsce');
  const options = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await run(process.execPath, [vsce, 'package', ...options, '--out', file], { cwd: root }).catch(
    (error: unknown) => {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string };
      throw new Error(`The extension could not be packed:\n${stdout ?? ''}${stderr ?? String(error)}`);
    },
  );
  return file;
}

/** Packs and installs the extension into a new extensions folder below `folder`. @returns that folder */
export async function installPacked(folder: string): Promise<string> {
  const extensions = path.join(folder, 'extensions');
  const data = path.join(folder, 'install');
  await Promise.all([mkdir(extensions, { recursive: true }), mkdir(data, { recursive: true })]);
  await installExtension(await packExtension(folder), data, extensions);
  return extensions;
}

/**
 * Puts a second, tiny extension beside ours. It must be there before the first extension is installed: VS Code takes up
 * the folders that it finds only while it has no list of its own.
 * @param main its program, as CommonJS
 */
export async function addExtension(
  extensions: string,
  name: string,
  main: string,
  activationEvents: readonly string[] = ['*'],
): Promise<void> {
  const folder = path.join(extensions, `sms-delivery.${name}-1.0.0`);
  await mkdir(folder, { recursive: true });
  const manifest = {
    ...{ name, publisher: 'sms-delivery', version: '1.0.0', engines: { vscode: '^1.101.0' } },
    ...{ extensionKind: ['workspace'], activationEvents, main: './main.cjs' },
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.cjs'), main);
}

/** An extension that turns the demo account on and opens its view, so that the product itself need not do so. */
export async function addDemoExtension(extensions: string): Promise<void> {
  await addExtension(
    extensions,
    'smsc-demo',
    `const { commands } = require('vscode');
     exports.activate = () => {
       // Neither waits for the other: one of them may be showing a notification.
       void commands.executeCommand('smsc.useDemoAccount').then(undefined, () => undefined);
       void commands.executeCommand('smsc.history.focus').then(undefined, () => undefined);
     };\n`,
  );
}
