/**
 * Takes VS Code's command line and runs an extension's tests in a VS Code server and a headless browser, so that
 * `runTests` of `@vscode/test-electron` can use it as its VS Code. Ends with the outcome of the suite.
 */
import path from 'node:path';
import type { ConsoleMessage, Page } from 'playwright-core';
import { leaksIn, leaksInProcesses } from '../support/leaks.ts';
import { launchBrowser } from './browser.ts';
import { temporaryFolder } from './paths.ts';
import { removeAtEnd } from './processes.ts';
import { startServer } from './server.ts';

/** Longer than any suite should take. */
const longest = 5 * 60_000;

try {
  process.exit(await main(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(args: readonly string[]): Promise<number> {
  const development = valuesOf(args, 'extensionDevelopmentPath');
  const [tests] = valuesOf(args, 'extensionTestsPath');
  const folder = args.find((arg) => !arg.startsWith('-'));
  if (!tests || development.length === 0) {
    throw new Error('The launcher needs --extensionDevelopmentPath= and --extensionTestsPath=.');
  }
  const dataDir = await temporaryFolder('host');
  const removeData = removeAtEnd(dataDir);
  const server = await startServer({ dataDir, testDriver: true });
  const browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const last = keepLast(page);
  const done = await waitForCode(page, server.ended);
  await page.goto(addressOf(server.url, folder, development, tests));
  const { code, why } = await done();
  if (why) {
    process.stderr.write(`${why}\n${last.join('\n')}\n`);
  }
  const leaks = leaksInProcesses();
  await browser.close();
  await server.stop();
  leaks.push(...(await leaksIn(dataDir)));
  removeData();
  for (const leak of leaks) process.stderr.write(`A secret was found: ${leak}\n`);
  return leaks.length > 0 ? 1 : code;
}

function valuesOf(args: readonly string[], name: string): string[] {
  const start = `--${name}=`;
  return args.filter((arg) => arg.startsWith(start)).map((arg) => path.resolve(arg.slice(start.length)));
}

function addressOf(
  server: string,
  folder: string | undefined,
  development: readonly string[],
  tests: string,
): string {
  const remote = (file: string): string =>
    `vscode-remote://${new URL(server).host}${file.startsWith('/') ? '' : '/'}${file.replaceAll('\\', '/')}`;
  const address = new URL(server);
  if (folder) {
    address.searchParams.set('folder', path.resolve(folder).replaceAll('\\', '/'));
  }
  const payload = [
    ...development.map((file) => ['extensionDevelopmentPath', remote(file)]),
    ['extensionTestsPath', remote(tests)],
  ];
  address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}

/** The last lines of the browser's console: shown only when no result comes. */
function keepLast(page: Page): string[] {
  const lines: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    lines.push(message.text());
    lines.splice(0, Math.max(0, lines.length - 40));
  });
  return lines;
}

interface Outcome {
  readonly code: number;
  /** Why there is no result of the suite's own. */
  readonly why?: string;
}

/** Listens for the end before the page is opened. @returns waits for it */
async function waitForCode(page: Page, serverEnded: Promise<unknown>): Promise<() => Promise<Outcome>> {
  let resolve: (outcome: Outcome) => void = () => undefined;
  const outcome = new Promise<Outcome>((settle) => (resolve = settle));
  await page.exposeFunction('codeAutomationLog', () => undefined);
  await page.exposeFunction('codeAutomationExit', (code: number) => resolve({ code }));
  page.on('crash', () => resolve({ code: 1, why: 'The page with VS Code crashed.' }));
  page.on('close', () => resolve({ code: 1, why: 'The page with VS Code was closed.' }));
  void serverEnded.then(() => resolve({ code: 1, why: 'The VS Code server ended.' }));
  setTimeout(
    () => resolve({ code: 1, why: `The suite did not end in ${longest / 1000} s.` }),
    longest,
  ).unref();
  return () => outcome;
}
