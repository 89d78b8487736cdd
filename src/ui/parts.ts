import type { ExtensionContext, LanguageModelTool, Uri, WebviewPanelSerializer } from 'vscode';
import type { SmscApi } from '../api.ts';
import type { Log } from '../host/log.ts';
import { lazy, type Owner } from '../host/ownership.ts';
import { openServices, type Services } from '../host/services.ts';
import { panels as panelIds, type PanelId } from '../ids.ts';
import type { Message } from '../smsc/message.ts';
import { showAccountStatus } from './accountStatus.ts';
import { createAgentTool } from './agentTool.ts';
import { createApi } from './api.ts';
import { createBatchPanels } from './batches.ts';
import { createByHandChecks } from './checking.ts';
import { createHandlers, type Handlers } from './commands.ts';
import { openLink } from './deepLink.ts';
import * as rows from './historyItems.ts';
import type { HistoryView } from './historyView.ts';
import { MessagePanels } from './messagePanel.ts';
import { showPrivacy } from './privacy.ts';
import { StatisticsPanel } from './statisticsPanel.ts';
import { showWatches } from './watches.ts';

/** What stands behind the registrations. */
export interface Parts {
  services: () => Promise<Services>;
  /** The words and icons of the tree's rows. */
  rows: typeof rows;
  handlers: Handlers;
  panels: Record<PanelId, () => Promise<WebviewPanelSerializer>>;
  tool: LanguageModelTool<unknown>;
  openLink: (uri: Uri) => Promise<void>;
  api: () => Promise<SmscApi>;
}

/**
 * Wires all that the extension is made of. Loaded when the first of it is needed, and then each part is made when it is
 * needed itself.
 */
export function createParts(context: ExtensionContext, log: Log, owner: Owner, view: HistoryView): Parts {
  const { extensionUri } = context;
  const services = lazy(async () => {
    const opened = owner.own(await openServices(context, log));
    owner.own(showAccountStatus(opened));
    owner.own(showPrivacy());
    owner.own(showWatches(opened, openMessage));
    return opened;
  });
  const checks = lazy(async () => createByHandChecks(await services(), openMessage));
  const panels = lazy(async () => {
    const { store, ...opened } = await services();
    const recheck = async (message: Message): Promise<unknown> =>
      (await checks()).check(message, { detail: 2, origin: 'panel' });
    return owner.own(new MessagePanels(extensionUri, { ...store, ...opened, recheck }));
  });
  const batches = lazy(async () => owner.own(createBatchPanels(extensionUri, await services(), openMessage)));
  const statistics = lazy(async () => {
    const { store, onDidChange } = await services();
    return owner.own(new StatisticsPanel(extensionUri, { history: store.history, onDidChange }));
  });
  const openMessage = async (message: Message): Promise<void> => (await panels()).open(message);

  return {
    services,
    rows,
    handlers: createHandlers({ services, panels, batches, statistics, checks, view, log }),
    panels: {
      [panelIds.message]: panels,
      [panelIds.batch]: batches,
      [panelIds.statistics]: statistics,
    },
    tool: createAgentTool(services),
    openLink: async (uri) => openLink(uri, await services(), await checks()),
    api: lazy(async () => createApi(await services())),
  };
}
