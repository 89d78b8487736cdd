import { commands as vscodeCommands, env, l10n } from 'vscode';
import { confirm, mention } from '../host/notifications.ts';
import { shownFilter, shownMessage, shownName } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { askPick, askText, runSteps, type Choice, type Step } from '../host/steps.ts';
import { standingName, summaryText } from '../host/words/state.ts';
import { ago } from '../host/words/time.ts';
import { reportJson } from '../history/exports.ts';
import type { MessageState, MessageSummary } from '../history/types.ts';
import { contexts } from '../ids.ts';
import type { Message } from '../smsc/message.ts';
import { linkTo } from './deepLink.ts';
import type { Filter } from './historyItems.ts';
import type { HistoryView } from './historyView.ts';

const states: readonly MessageState[] = ['delivered', 'failed', 'pending', 'problem', 'unknown'];

/** Asks which messages the view shows. */
export async function filterHistory(view: HistoryView): Promise<void> {
  const draft: { text: string; states: readonly MessageState[] } = {
    text: view.filter().text ?? '',
    states: view.filter().states ?? [],
  };
  const title = l10n.t('Filter History');
  const askState: Step<typeof draft> = async (state, place) => {
    const items: Choice<readonly MessageState[]>[] = [
      { label: `$(list-flat) ${l10n.t('Any state')}`, value: [] },
      ...states.map((value) => ({ label: standingName(value), value: [value] })),
    ];
    const result = await askPick({ ...place, title, items, placeholder: l10n.t('Which messages?') });
    if (result.kind === 'value') state.states = result.value;
    return result;
  };
  const askWords: Step<typeof draft> = async (state, place) => {
    const prompt = l10n.t('Part of a phone number, ID, status or account; empty for all');
    const value = shownFilter(state.text);
    const result = await askText({ ...place, title, prompt, value });
    // What is masked and left as it is means what it meant before.
    if (result.kind === 'value' && result.value !== value) state.text = result.value.trim();
    return result;
  };
  if (await runSteps(draft, [askState, askWords])) setFilter(view, draft);
}

export function setFilter(view: HistoryView, { text = '', states: wanted = [] }: Filter): void {
  // A list of states lets through what it names: an empty one would let nothing through.
  const filter: Filter = { ...(text !== '' && { text }), ...(wanted.length > 0 && { states: wanted }) };
  view.setFilter(filter);
  void vscodeCommands.executeCommand('setContext', contexts.filtered, Object.keys(filter).length > 0);
}

export async function clearHistory({ store, watcher }: Services): Promise<void> {
  const count = store.history.count({});
  if (count === 0) {
    mention(l10n.t('The history is empty already'));
    return;
  }
  const detail = l10n.t(
    'Messages in the history: {0}. This cannot be undone; nothing changes at SMSC.',
    count,
  );
  if (!(await confirm(l10n.t('Clear the whole history?'), detail, l10n.t('Clear')))) return;
  await watcher.stop(store.watches.all().map(({ message }) => message));
  await store.history.clear();
}

/** Asks, and then removes every trace of a message. */
export async function forgetMessage({ store, watcher }: Services, message: Message): Promise<void> {
  const { phone, id } = shownMessage(message);
  const detail = l10n.t(
    'Its checks, its watch and its rows in lists are removed for good. Nothing changes at SMSC.',
  );
  const question = l10n.t('Forget the message {0} with ID {1}?', phone, id);
  if (!(await confirm(question, detail, l10n.t('Forget')))) return;
  await watcher.stop([message]);
  await store.history.forget(message);
  mention(l10n.t('The message is forgotten'));
}

/** Asks for one of the messages that were checked. */
export async function chooseMessage({ store }: Services, title: string): Promise<MessageSummary | undefined> {
  const now = Date.now();
  const items = store.history.messages({ limit: 200 }).map((summary): Choice<MessageSummary> => ({
    label: shownName(summary.message),
    description: `${summaryText(summary)}, ${ago(summary.lastCheckedAt, now)}`,
    value: summary,
  }));
  if (items.length === 0) {
    mention(l10n.t('No message was checked yet'));
    return undefined;
  }
  const result = await askPick({ step: 1, totalSteps: 1, title, items });
  return result.kind === 'value' ? result.value : undefined;
}

export type Copyable = 'phone' | 'id' | 'phoneAndId' | 'link' | 'report';

export async function copy({ message, lastReport }: MessageSummary, what: Copyable): Promise<void> {
  switch (what) {
    case 'phone':
      await put(message.phone, l10n.t('Phone number'));
      break;
    case 'id':
      await put(message.id, l10n.t('Message ID'));
      break;
    case 'phoneAndId':
      await put(`${message.phone} ${message.id}`, l10n.t('Phone number and ID'));
      break;
    case 'link':
      await put(linkTo(message), l10n.t('Link'));
      break;
    case 'report':
      if (lastReport === undefined) mention(l10n.t('No check of this message brought a report yet'));
      else await put(reportJson(lastReport), l10n.t('Report'));
  }
}

async function put(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  mention(l10n.t('{0} copied', what));
}
