import assert from 'node:assert/strict';
import { addExtension } from '../workbench/extension.ts';
import { Workbench, type WindowOptions, type WorkbenchOptions } from './support.ts';
import type { WorkbenchWindow } from './window.ts';

/** A file system that is in no machine's folders, with one log in it. */
const virtualFiles = `
const { workspace, EventEmitter, FileType, FileSystemError } = require('vscode');
const log = Buffer.from('OK - 1 SMS, ID - err-6, phone: 79990001006\\n');
const stat = (uri) => {
  if (uri.path === '/') return { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  if (uri.path === '/sms.log') return { type: FileType.File, ctime: 0, mtime: 0, size: log.length };
  throw FileSystemError.FileNotFound(uri);
};
const refuse = (uri) => { throw FileSystemError.NoPermissions(uri); };
exports.activate = () => workspace.registerFileSystemProvider('smscfs', {
  onDidChangeFile: new EventEmitter().event, watch: () => ({ dispose() {} }), stat,
  readDirectory: () => [['sms.log', FileType.File]],
  readFile: (uri) => { stat(uri); return log; },
  createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
});`;

/** Nobody is asked at the start, so that nothing lies over the window. */
const untrusted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** `sign` is shown there and nowhere else. */
const places: { where: string; workbench: WorkbenchOptions; window: WindowOptions; sign?: string }[] = [
  { where: 'a window without a folder', workbench: {}, window: { folder: '' } },
  {
    where: 'a folder that is not trusted',
    workbench: { isUntrusted: true, settings: untrusted },
    window: {},
    sign: 'Restricted Mode',
  },
  {
    where: 'a virtual workspace',
    workbench: {
      beside: (extensions) => addExtension(extensions, 'smsc-files', virtualFiles, ['onFileSystem:smscfs']),
    },
    window: { folder: 'smscfs:/' },
  },
];

describe('anywhere', () => {
  for (const { where, workbench: options, window: how, sign } of places) {
    describe(where, () => {
      let workbench: Workbench;
      let window: WorkbenchWindow;

      before(async () => {
        workbench = await Workbench.open(options);
        window = await workbench.openWindow(how);
      });
      after(() => workbench.close());

      it('checks a message and keeps it', async () => {
        if (sign !== undefined) await window.page.getByText(sign).first().waitFor();
        await window.run('SMSC: Use Demo Account');
        await window.run('SMSC: Check Delivery Status…');
        await window.quickInput.step(/^Phone number/);
        await window.quickInput.type('79990001006 err-6');
        await window.quickInput.accept();
        const panel = await window.webview('h1:has-text("offline")');
        assert.ok((await panel.locator('h1').innerText()).startsWith('Not delivered'));
        await window.openView();
        await window.row('79990001006 · err-6');
      });
    });
  }
});
