import { commands, lm, window, type ExtensionContext, type WebviewPanelSerializer } from 'vscode';
import type { SmscExports } from './api.ts';
import { createLog } from './host/log.ts';
import { createOwner, lazy } from './host/ownership.ts';
import { goOnWatching } from './host/watchMemory.ts';
import { commands as commandIds, extensionId, panels, tools } from './ids.ts';
import { createHistoryView } from './ui/historyView.ts';
import { registerLinks } from './ui/links.ts';
import type { Parts } from './ui/parts.ts';

/** Registers and returns. All that stands behind is loaded when the first of it is needed. */
export function activate(context: ExtensionContext): SmscExports {
  const owner = createOwner();
  context.subscriptions.push(owner);
  const log = owner.own(createLog());

  const parts: () => Promise<Parts> = lazy(async () => {
    const { createParts } = await import('./ui/parts.ts');
    return createParts(context, log, owner, view);
  });
  const services = async () => (await parts()).services();
  const view = owner.own(createHistoryView(services, async () => (await parts()).rows));

  for (const id of Object.values(commandIds)) {
    const run = async (...values: unknown[]): Promise<unknown> => (await parts()).handlers[id](...values);
    owner.own(commands.registerCommand(id, run));
  }
  for (const id of Object.values(panels)) {
    const deserializeWebviewPanel: WebviewPanelSerializer['deserializeWebviewPanel'] = async (panel, state) =>
      (await (await parts()).panels[id]()).deserializeWebviewPanel(panel, state);
    owner.own(window.registerWebviewPanelSerializer(id, { deserializeWebviewPanel }));
  }
  owner.own(registerLinks(services));
  owner.own(
    lm.registerTool(tools.checkDeliveryStatus, {
      prepareInvocation: async (options, token) => (await parts()).tool.prepareInvocation?.(options, token),
      invoke: async (options, token) => (await parts()).tool.invoke(options, token),
    }),
  );
  owner.own(window.registerUriHandler({ handleUri: async (uri) => (await parts()).openLink(uri) }));
  owner.own(goOnWatching(context.globalState, services));

  return {
    getApi: async (version: number) => {
      if (version !== 1) throw new Error(`${extensionId} has version 1 of its API, not ${version}`);
      return (await parts()).api();
    },
  };
}
