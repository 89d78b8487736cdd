import { commands, lm, window, type ExtensionContext } from 'vscode';
import { createLog } from './host/log.ts';
import { createOwner, lazy } from './host/ownership.ts';
import { goOnWatching } from './host/watchMemory.ts';
import { commands as commandIds, panels as panelIds, tools } from './ids.ts';
import { createHistoryView } from './ui/historyView.ts';

/** Registers and returns. What a view or a command needs is opened when it first needs it. */
export function activate(context: ExtensionContext): void {
  const owner = createOwner();
  context.subscriptions.push(owner);
  const log = owner.own(createLog());

  const services = lazy(async () => {
    const { openServices } = await import('./host/services.ts');
    const { showAccountStatus } = await import('./ui/accountStatus.ts');
    const { showWatches } = await import('./ui/watches.ts');
    const opened = owner.own(await openServices(context, log));
    owner.own(showAccountStatus(opened));
    owner.own(showWatches(opened, async (message) => (await panels()).open(message)));
    return opened;
  });
  const panels = lazy(async () => {
    const { store, tracker, watcher, onDidChange } = await services();
    const { MessagePanels } = await import('./ui/messagePanel.ts');
    const { history, accounts, watches } = store;
    const recheck: ConstructorParameters<typeof MessagePanels>[1]['recheck'] = async (message) =>
      (await checks()).check(message, { detail: 2, origin: 'panel' });
    return owner.own(
      new MessagePanels(context.extensionUri, {
        history,
        accounts,
        watches,
        tracker,
        watcher,
        onDidChange,
        recheck,
      }),
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

  const statistics = lazy(async () => {
    const { store, onDidChange } = await services();
    const { StatisticsPanel } = await import('./ui/statisticsPanel.ts');
    return owner.own(new StatisticsPanel(context.extensionUri, { history: store.history, onDidChange }));
  });
  owner.own(goOnWatching(context.globalState, services));

  const view = owner.own(createHistoryView(services));
  const handlers = lazy(async () => {
    const { createHandlers } = await import('./ui/commands.ts');
    return createHandlers({ services, panels, batches, statistics, checks, view, log });
  });
  for (const id of Object.values(commandIds)) {
    owner.own(
      commands.registerCommand(id, async (...values: unknown[]) => (await handlers())[id](...values)),
    );
  }
  const tool = lazy(async () => (await import('./ui/agentTool.ts')).createAgentTool(services));
  owner.own(
    lm.registerTool(tools.checkDeliveryStatus, {
      prepareInvocation: async (options, token) => (await tool()).prepareInvocation?.(options, token),
      invoke: async (options, token) => (await tool()).invoke(options, token),
    }),
  );
  owner.own(
    window.registerUriHandler({
      handleUri: async (uri) =>
        (await import('./ui/deepLink.ts')).openLink(uri, await services(), await checks()),
    }),
  );
  owner.own(
    window.registerWebviewPanelSerializer(panelIds.message, {
      deserializeWebviewPanel: async (panel, state) => (await panels()).deserializeWebviewPanel(panel, state),
    }),
  );
  owner.own(
    window.registerWebviewPanelSerializer(panelIds.statistics, {
      deserializeWebviewPanel: async (panel, state) =>
        (await statistics()).deserializeWebviewPanel(panel, state),
    }),
  );
  owner.own(
    window.registerWebviewPanelSerializer(panelIds.batch, {
      deserializeWebviewPanel: async (panel, state) =>
        (await batches()).deserializeWebviewPanel(panel, state),
    }),
  );
}
