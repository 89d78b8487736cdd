import { commands, lm, window, type ExtensionContext, type Uri, type WebviewPanelSerializer } from 'vscode';
import type { SmscExports } from './api.ts';
import { createLog } from './host/log.ts';
import { createOwner, lazy } from './host/ownership.ts';
import { goOnWatching } from './host/watchMemory.ts';
import { commands as commandIds, extensionId, panels as panelIds, tools } from './ids.ts';
import type { Message } from './smsc/message.ts';
import { createHistoryView } from './ui/historyView.ts';
import { registerLinks } from './ui/links.ts';

/** Registers and returns. What a view or a command needs is opened when it first needs it. */
export function activate(context: ExtensionContext): SmscExports {
  const owner = createOwner();
  context.subscriptions.push(owner);
  const log = owner.own(createLog());

  const services = lazy(async () => {
    const { openServices } = await import('./host/services.ts');
    const { showAccountStatus } = await import('./ui/accountStatus.ts');
    const { showPrivacy } = await import('./ui/privacy.ts');
    const { showWatches } = await import('./ui/watches.ts');
    const opened = owner.own(await openServices(context, log));
    owner.own(showAccountStatus(opened));
    owner.own(showPrivacy());
    owner.own(showWatches(opened, openMessage));
    return opened;
  });
  const checks = lazy(async () => {
    const { createByHandChecks } = await import('./ui/checking.ts');
    return createByHandChecks(await services(), openMessage);
  });

  const panels = lazy(async () => {
    const { MessagePanels } = await import('./ui/messagePanel.ts');
    const { store, ...opened } = await services();
    const recheck = async (message: Message): Promise<unknown> =>
      (await checks()).check(message, { detail: 2, origin: 'panel' });
    return owner.own(new MessagePanels(context.extensionUri, { ...store, ...opened, recheck }));
  });
  const batches = lazy(async () => {
    const { createBatchPanels } = await import('./ui/batches.ts');
    return owner.own(createBatchPanels(context.extensionUri, await services(), openMessage));
  });
  const statistics = lazy(async () => {
    const { StatisticsPanel } = await import('./ui/statisticsPanel.ts');
    const { store, onDidChange } = await services();
    return owner.own(new StatisticsPanel(context.extensionUri, { history: store.history, onDidChange }));
  });
  const openMessage = async (message: Message): Promise<void> => (await panels()).open(message);
  const restored = {
    [panelIds.message]: panels,
    [panelIds.batch]: batches,
    [panelIds.statistics]: statistics,
  } satisfies Record<string, () => Promise<WebviewPanelSerializer>>;
  for (const [id, restore] of Object.entries(restored)) {
    const deserializeWebviewPanel: WebviewPanelSerializer['deserializeWebviewPanel'] = async (panel, state) =>
      (await restore()).deserializeWebviewPanel(panel, state);
    owner.own(window.registerWebviewPanelSerializer(id, { deserializeWebviewPanel }));
  }

  const view = owner.own(createHistoryView(services));
  const handlers = lazy(async () => {
    const { createHandlers } = await import('./ui/commands.ts');
    return createHandlers({ services, panels, batches, statistics, checks, view, log });
  });
  for (const id of Object.values(commandIds)) {
    const run = async (...values: unknown[]): Promise<unknown> => (await handlers())[id](...values);
    owner.own(commands.registerCommand(id, run));
  }

  owner.own(registerLinks(services));
  const tool = lazy(async () => (await import('./ui/agentTool.ts')).createAgentTool(services));
  owner.own(
    lm.registerTool(tools.checkDeliveryStatus, {
      prepareInvocation: async (options, token) => (await tool()).prepareInvocation?.(options, token),
      invoke: async (options, token) => (await tool()).invoke(options, token),
    }),
  );
  const handleUri = async (uri: Uri): Promise<void> =>
    (await import('./ui/deepLink.ts')).openLink(uri, await services(), await checks());
  owner.own(window.registerUriHandler({ handleUri }));
  owner.own(goOnWatching(context.globalState, services));

  const api = lazy(async () => (await import('./ui/api.ts')).createApi(await services()));
  return {
    getApi: async (version: number) => {
      if (version !== 1) throw new Error(`${extensionId} has version 1 of its API, not ${version}`);
      return api();
    },
  };
}
