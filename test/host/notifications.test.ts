import assert from 'node:assert/strict';
import { window } from 'vscode';
import { confirm, notify } from '../../src/host/notifications.ts';

describe('notifications', () => {
  const { showWarningMessage } = window;
  let shown: string[];

  /** VS Code's own place for notifications, which nobody can look into. */
  beforeEach(() => {
    shown = [];
    const show = (text: string): Promise<undefined> => {
      shown.push(text);
      return Promise.resolve(undefined);
    };
    assert.ok(Reflect.set(window, 'showWarningMessage', show));
  });
  afterEach(() => Reflect.set(window, 'showWarningMessage', showWarningMessage));

  it('and questions have no links and no hidden characters, whatever an account or a file is called', async () => {
    const label = '[Work](command:workbench.action.terminal.new)\u202e';
    await notify('warning', label);
    await confirm(label, '', 'Yes');
    const harmless = '[Work] (command:workbench.action.terminal.new)⟨U+202E⟩';
    assert.deepEqual(shown, [harmless, harmless]);
  });
});
