import { window, type ExtensionContext } from 'vscode';
import { createLog } from './host/log.ts';
import { createOwner, lazy } from './host/ownership.ts';
import { panels as panelIds } from './ids.ts';
import { registerCommands } from './ui/commands.ts';
import { createHistoryView } from './ui/historyView.ts';

/** Registers and returns. What a view or a command needs is opened when it first needs it. */
export function activate(context: ExtensionContext): void {
  const owner = createOwner();
  context.subscriptions.push(owner);
  const log = owner.own(createLog());

  const services = lazy(async () => {
    const { openServices } = await import('./host/services.ts');
    const { showAccountStatus } = await import('./ui/accountStatus.ts');
    const opened = owner.own(await openServices(context, log));
    owner.own(showAccountStatus(opened));
    return opened;
  });
  const panels = lazy(async () => {
    const { store, tracker, onDidChange } = await services();
    const { MessagePanels } = await import('./ui/messagePanel.ts');
    const { history, accounts } = store;
    const recheck: ConstructorParameters<typeof MessagePanels>[1]['recheck'] = async (message) =>
      (await checks()).check(message, { detail: 2, origin: 'panel' });
    return owner.own(
      new MessagePanels(context.extensionUri, { history, accounts, tracker, onDidChange, recheck }),
    );
  });
  const batches = lazy(async () => {
    const { createBatchPanels } = await import('./ui/batches.ts');
    return owner.own(
      createBatchPanels(context.extensionUri, await services(), async (message) =>
        (await panels()).open(message),
      ),
    );
  });
  const checks = lazy(async () => {
    const { createByHandChecks } = await import('./ui/checking.ts');
    return createByHandChecks(await services(), async (message) => (await panels()).open(message));
  });

  const view = owner.own(createHistoryView(services));
  for (const command of registerCommands({ services, panels, batches, checks, view, log }))
    owner.own(command);
  owner.own(
    window.registerWebviewPanelSerializer(panelIds.message, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
  owner.own(
    window.registerWebviewPanelSerializer(panelIds.batch, {
      deserializeWebviewPanel: async (panel, state) =>
        (await batches()).deserializeWebviewPanel(panel, state),
    }),
  );
}
