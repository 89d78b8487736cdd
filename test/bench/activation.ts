import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../ui/until.ts';
import { launchBrowser } from '../workbench/browser.ts';
import { addExtension, extensionId, installPacked } from '../workbench/extension.ts';
import { removeAtEnd } from '../workbench/processes.ts';
import { startServer } from '../workbench/server.ts';
import { median, type Figure } from './figure.ts';

const windows = 9;
const builtIn = ['references-view', 'merge-conflict', 'github-authentication', 'git'];
/** As small as ours, and activated together with it. */
const sameEvent = 'merge-conflict';
const afterStartMs = 2000;

/**
 * What activating costs in the real VS Code, by VS Code's own account (_Developer: Startup Performance_), next to
 * extensions that it brings along. It counts from the beginning of an activation to its end, with all else that the
 * extension host does meanwhile: so most is told by merge-conflict, a small one that the same event activates.
 * @param folder for VS Code's data and the extensions
 */
export async function measureActivation(folder: string): Promise<Figure[]> {
  removeAtEnd(folder);
  const file = path.join(folder, 'account.md');
  const ours = await extensionId();
  const ids = [ours, ...builtIn.map((name) => `vscode.${name}`)];
  const opened = path.join(folder, 'folder');
  await mkdir(opened, { recursive: true });
  await addExtension(path.join(folder, 'extensions'), 'smsc-bench', keepAccount(ids, file));
  const extensionsDir = await installPacked(folder);
  const server = await startServer({ dataDir: path.join(folder, 'server'), extensionsDir });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    const times: ReadonlyMap<string, number>[] = [];
    for (let window = 0; window < windows; window += 1) {
      await rm(file, { force: true });
      await page.goto('about:blank');
      await page.goto(`${server.url}/?folder=${encodeURIComponent(opened)}`);
      times.push(
        await until(
          'the account of a window',
          async () => {
            const found = timesIn(await readFile(file, 'utf8').catch(() => ''));
            return ids.every((id) => found.has(id)) ? found : undefined;
          },
          60_000,
        ),
      );
    }
    return ids.map((id) => {
      const name = id === ours ? 'smsc' : id.replace('vscode.', '');
      const all = times.map((time) => time.get(id) ?? NaN);
      return {
        key: `activation_in_vscode_${name.replaceAll('-', '_')}_ms`,
        what:
          id === ours
            ? 'in VS Code, as it counts itself (median)'
            : `the same, its own ${name}${name === sameEvent ? ', at the same event' : ''}`,
        value: median(all),
        unit: 'ms',
      };
    });
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** Milliseconds of each extension, from the table `| Extension | Eager | Load Code | Call Activate | …`. */
function timesIn(account: string): ReadonlyMap<string, number> {
  const rows = account.matchAll(/^\| ([\w.-]+) +\| (?:true|false) +\| (\d+) +\| (\d+) +\|/gm);
  return new Map(Array.from(rows, ([, id = '', load, call]) => [id, Number(load) + Number(call)]));
}

/** Has those activated that nothing has asked for, and puts what VS Code tells about all of them into a file. */
function keepAccount(ids: readonly string[], file: string): string {
  return `
    const { commands, extensions, workspace } = require('vscode');
    const { renameSync, writeFileSync } = require('node:fs');
    const [ids, file] = ${JSON.stringify([ids, file])};
    const keep = (document) => {
      if (document.uri.scheme !== 'perf') return;
      writeFileSync(file + '.new', document.getText());
      renameSync(file + '.new', file);
    };
    workspace.onDidOpenTextDocument(keep);
    workspace.onDidChangeTextDocument(({ document }) => keep(document));
    exports.activate = () => {
      // After the start, when there is less else to do.
      setTimeout(async () => {
        for (const id of ids) void extensions.getExtension(id).activate();
        await commands.executeCommand('perfview.show');
      }, ${afterStartMs});
    };`;
}
