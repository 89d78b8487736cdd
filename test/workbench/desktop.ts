import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { addDemoExtension } from './extension.ts';
import { root } from './paths.ts';
import { cleanEnvironment, startGroup } from './processes.ts';
import { writeSettings } from './server.ts';

/** Opens the desktop VS Code that `@vscode/test-electron` downloads, with our extension, and waits until it is closed. */
export async function openDesktop(folder: string, workspace: string): Promise<void> {
  process.stdout.write('Fetching the desktop VS Code (once)…\n');
  const program = await downloadAndUnzipVSCode().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The desktop VS Code could not be downloaded (${reason}). "npm start" needs only npm.`);
  });
  const extensions = path.join(folder, 'extensions');
  await addDemoExtension(extensions);
  await writeSettings(path.join(folder, 'data/User'));
  const args = [
    ...['--no-sandbox', '--disable-updates', '--skip-welcome', '--skip-release-notes'],
    ...['--disable-workspace-trust', '--user-data-dir', path.join(folder, 'data')],
    ...['--extensions-dir', extensions, `--extensionDevelopmentPath=${root}`, workspace],
  ];
  const group = startGroup(program, args, { env: cleanEnvironment(), stdio: 'ignore' });
  process.stdout.write('\nSMSC Delivery Status is ready in its own VS Code window.\n\nCtrl+C ends it.\n');
  await group.ended;
  await group.stop();
}
