import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { demoMessages } from '../../src/simulator/demo.ts';
import { openDesktop } from './desktop.ts';
import { addDemoExtension, installPacked } from './extension.ts';
import { fetchCode } from './fetch.ts';
import { temporaryFolder } from './paths.ts';
import { cleanEnvironment, removeAtEnd, startGroup, type ProcessGroup } from './processes.ts';
import { portOf, writeSettings } from './server.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8590' }, desktop: { type: 'boolean', default: false } },
});

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  const firstPort = Number(values.port);
  if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 65_535) {
    throw new Error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  }
  const folder = await temporaryFolder('demo');
  removeAtEnd(folder);
  const workspace = await makeWorkspace(folder);
  if (values.desktop) {
    await openDesktop(folder, workspace);
    process.exit(0);
  }
  await fetchCode();
  const extensions = path.join(folder, 'extensions');
  await addDemoExtension(extensions);
  await installPacked(folder);
  const { group, port } = await startOnFreePort(firstPort, folder, extensions, workspace);
  const address = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace).replaceAll('%2F', '/')}`;
  process.stdout.write(`\nSMSC Delivery Status is ready: ${address}\n\nCtrl+C ends it.\n`);
  await group.ended;
  throw new Error('VS Code has ended.');
}

/** Starts code-server on the first port from the given one on that nobody has. */
async function startOnFreePort(
  first: number,
  folder: string,
  extensions: string,
  workspace: string,
): Promise<{ group: ProcessGroup; port: string }> {
  for (let port = first; port < Math.min(first + 100, 65_536); port++) {
    if (!(await isFree(port))) {
      continue;
    }
    const group = await startLauncher(port, folder, extensions, workspace);
    try {
      return { group, port: await portOf(group, /HTTP server listening on http:\/\/127\.0\.0\.1:(\d+)/) };
    } catch (error) {
      // Between the question and the start another process may have taken the port.
      if (await isFree(port)) {
        throw error;
      }
    }
  }
  throw new Error(`No free port from ${first} on. Please choose one: npm start -- --port 9000`);
}

async function startLauncher(
  port: number,
  folder: string,
  extensions: string,
  workspace: string,
): Promise<ProcessGroup> {
  const code = await fetchCode();
  const data = path.join(folder, 'data');
  await writeSettings(path.join(data, 'User'));
  const config = path.join(folder, 'config.yaml');
  await writeFile(config, 'auth: none\n');
  const args = [
    ...[code.launcher, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', config],
    ...['--user-data-dir', data, '--extensions-dir', extensions, '--disable-telemetry'],
    ...['--disable-update-check', '--disable-workspace-trust', workspace],
  ];
  return startGroup(code.node, args, {
    // code-server would otherwise keep a few files in the user's own folders.
    env: cleanEnvironment({ XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A folder to look at: a few lines in which messages can be found. */
async function makeWorkspace(folder: string): Promise<string> {
  const workspace = path.join(folder, 'sms-demo');
  await mkdir(workspace, { recursive: true });
  await writeFile(
    path.join(workspace, 'README.md'),
    `# Did the SMS arrive?

The demo account is on; it needs no network and sends nothing.

1. Press F1 and run **SMSC: Check Delivery Status…**
2. Type the phone number 79999999999, then the message ID 999.
3. The message is now in the list on the left. Select it for all that is known about it.

To check many messages at once, open \`messages.csv\` and run **SMSC: Check Many Messages…**

\`sending.log\` shows lines as a program that sends messages writes them.
`,
  );
  await writeFile(
    path.join(workspace, 'sending.log'),
    `2025-11-24 09:14:02 INFO  sms: 79999999999 OK - 1 SMS, ID - 999
2025-11-24 09:14:05 INFO  sms: 79990000001 OK - 2 SMS, ID - 1000
2025-11-24 09:15:31 WARN  sms: 79990000002 no report yet, ID - 1001
`,
  );
  await writeFile(path.join(workspace, 'messages.csv'), demoList(Date.now()));
  return workspace;
}

/** A list as a program that sends messages would write it: of every kind, and some that are on their way just now. */
function demoList(now: number): string {
  const rows = demoMessages(now)
    .filter(({ error }) => error === undefined)
    .map(({ phone, id, title }) => `${phone},${id},"${title.en}"`);
  const more = Array.from(
    { length: 400 },
    (_, index) => `79991110001,live-${1_738_573_200 + index},"One of many"`,
  );
  return ['phone,message_id,about', ...rows, ...more, '79991234567,,"A row without an ID"', ''].join('\n');
}
