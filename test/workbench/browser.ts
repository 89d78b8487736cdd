import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { fetchChromium, type FetchedBrowser } from './fetch.ts';
import { watchForEnd } from './processes.ts';

/**
 * `--no-zygote` and no shared memory: a container has neither. Chromium's own lists of arguments for such places also
 * turn web security off, which would spoil the tests of the Content-Security-Policy.
 */
const fetchedArguments = ['--no-sandbox', '--disable-gpu', '--no-zygote', '--disable-dev-shm-usage'];

/** Opens a headless browser: the one that is installed, else a fetched one. `SMSC_TEST_BROWSER` names another. */
export async function launchBrowser(): Promise<Browser> {
  watchForEnd();
  const installed = findBrowser();
  const { executable, environment }: FetchedBrowser = installed
    ? { executable: installed, environment: {} }
    : await fetchChromium();
  return chromium.launch({
    executablePath: executable,
    headless: true,
    args: installed ? ['--disable-dev-shm-usage'] : fetchedArguments,
    env: definedEnvironment(environment),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Makes sure that there is a browser, so that fetching it does not fall into the time of a test. */
export async function fetchBrowser(): Promise<void> {
  if (!findBrowser()) {
    await fetchChromium();
  }
}

function definedEnvironment(extra: Readonly<Record<string, string>>): Record<string, string> {
  const all = Object.entries({ ...process.env, ...extra });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function findBrowser(): string | undefined {
  const chosen = process.env.SMSC_TEST_BROWSER;
  return chosen ?? candidates().find((file) => existsSync(file));
}

function candidates(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32': {
      const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
      const programs = [
        'Google\\Chrome\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ];
      return roots.flatMap((root) => (root ? programs.map((program) => path.join(root, program)) : []));
    }
    default: {
      // On Ubuntu /usr/bin/chromium-browser is a script that only advertises a snap; it is not among these.
      const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'microsoft-edge'];
      const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
      return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
    }
  }
}
