import { homedir } from 'node:os';
import { commands, env, l10n, Uri, window, workspace } from 'vscode';
import { withProgress } from '../host/cancellation.ts';
import { mention, notify } from '../host/notifications.ts';
import { isPrivate, shownPhone } from '../host/privacy.ts';
import type { Services } from '../host/services.ts';
import { askPick, runSteps, type Choice, type Step } from '../host/steps.ts';
import { accountLabel } from '../host/words/accounts.ts';
import { supportWords, tableWords } from '../host/words/exports.ts';
import { numberText } from '../host/words/statistics.ts';
import { supportText } from '../history/support.ts';
import { gatherTable, maskedRow, type ExportRow, type TableFormat } from '../history/tables.ts';
import type { MessageSummary } from '../history/types.ts';
import { walk } from '../history/walk.ts';
import { maskPhone } from '../smsc/mask.ts';
import { SmscError } from '../smsc/errors.ts';
import { filterText, isEmpty, type Filter } from './historyItems.ts';

/** Messages that can be exported: the history, a filter of it, or a batch. */
export interface ExportSource {
  /** Which messages these are, in words. */
  label: string;
  count: number;
  /** The messages, page by page. Ends with `cancelled` when the signal says so. */
  pages(signal: AbortSignal): AsyncIterable<readonly ExportRow[]>;
}

type Place = 'file' | 'clipboard';
type FormatName = 'semicolons' | 'commas' | 'programs' | 'json' | 'markdown';

interface Draft {
  source: ExportSource;
  masked?: boolean;
  format?: FormatName;
  place?: Place;
}

/** More than this would block the clipboard's other users; nobody pastes it either. */
const clipboardLimit = 20_000;

/** Asks which messages of the history, how and where to, and exports them. */
export async function exportHistory({ store }: Services, filter: Filter): Promise<void> {
  const sourceOf = (query: Filter, label: string): ExportSource => ({
    label,
    count: store.history.count(query),
    pages: (signal) => labelled(walk(store.history, query, signal), (id) => store.accounts.label(id)),
  });
  const everything = sourceOf({}, l10n.t('All messages'));
  const sources = isEmpty(filter) ? [everything] : [sourceOf(filter, filterText(filter)), everything];
  await exportMessages(sources, l10n.t('Export History'));
}

async function* labelled(
  pages: AsyncIterable<readonly MessageSummary[]>,
  labelOf: (account: string) => string | undefined,
): AsyncGenerator<ExportRow[], void> {
  for await (const page of pages) {
    yield page.map((summary) => ({
      ...summary,
      accountLabel: accountLabel(labelOf(summary.message.account)),
    }));
  }
}

/** Asks what is open of: which of the sources, how, and where to. Then exports the messages, and says so. */
export async function exportMessages(sources: readonly ExportSource[], title: string): Promise<void> {
  const present = sources.filter(({ count }) => count > 0);
  const [first] = present;
  if (first === undefined) {
    mention(l10n.t('There is no message to export'));
    return;
  }
  const draft: Draft = { source: first };
  if (!(await runSteps(draft, questions(present, title)))) return;
  const { format, place } = draft;
  const source = draft.masked === true ? maskedSource(draft.source) : draft.source;
  if (format === undefined || place === undefined) return;
  const target = place === 'file' ? await chooseFile(format) : undefined;
  if (place === 'file' && target === undefined) return;
  try {
    await write(source, format, target);
  } catch (error) {
    if (!(error instanceof SmscError && error.reason === 'cancelled')) throw error;
  }
}

/** Only while numbers are masked on the screen it is a question whether they are in the table. */
function askMasked(title: string): Step<Draft> {
  return async (draft, place) => {
    const items: Choice<boolean>[] = [
      {
        label: `$(workspace-trusted) ${l10n.t('Masked')}`,
        description: l10n.t('phone numbers masked, without texts and senders'),
        value: true,
      },
      {
        label: `$(unlock) ${l10n.t('Full')}`,
        description: l10n.t('with phone numbers, texts and senders'),
        value: false,
      },
    ];
    const placeholder = l10n.t('Privacy is on. What should be exported?');
    const result = await askPick({ ...place, title, placeholder, items });
    if (result.kind === 'value') draft.masked = result.value;
    return result;
  };
}

function maskedSource(source: ExportSource): ExportSource {
  return {
    ...source,
    async *pages(signal) {
      for await (const page of source.pages(signal)) yield page.map(maskedRow);
    },
  };
}

function questions(sources: readonly ExportSource[], title: string): Step<Draft>[] {
  const askSource: Step<Draft> = async (draft, place) => {
    const items = sources.map((source): Choice<ExportSource> => ({
      label: source.label,
      description: l10n.t('messages: {0}', numberText(source.count)),
      value: source,
    }));
    const placeholder = l10n.t('Which messages?');
    const result = await askPick({ ...place, title, placeholder, items, active: draft.source });
    if (result.kind === 'value') draft.source = result.value;
    return result;
  };
  const askFormat: Step<Draft> = async (draft, place) => {
    const placeholder = l10n.t('In which format?');
    const active = draft.format === undefined ? {} : { active: draft.format };
    const result = await askPick({ ...place, title, placeholder, items: formatItems(), ...active });
    if (result.kind === 'value') draft.format = result.value;
    return result;
  };
  const askPlace: Step<Draft> = async (draft, place) => {
    const fits = draft.source.count <= clipboardLimit;
    const items: Choice<Place>[] = [
      { label: `$(save) ${l10n.t('Save to a file…')}`, value: 'file' },
      {
        label: `$(copy) ${l10n.t('Copy to the clipboard')}`,
        ...(fits
          ? { value: 'clipboard' }
          : { description: l10n.t('up to {0} messages', numberText(clipboardLimit)) }),
      },
    ];
    const result = await askPick({ ...place, title, placeholder: l10n.t('Where to?'), items });
    if (result.kind === 'value') draft.place = result.value;
    return result;
  };
  return [
    ...(sources.length > 1 ? [askSource] : []),
    ...(isPrivate() ? [askMasked(title)] : []),
    askFormat,
    askPlace,
  ];
}

function formatItems(): Choice<FormatName>[] {
  const semicolons: Choice<FormatName> = {
    label: `$(table) ${l10n.t('CSV for Excel, with semicolons')}`,
    description: l10n.t('where one and a half is 1,5'),
    value: 'semicolons',
  };
  const commas: Choice<FormatName> = {
    label: `$(table) ${l10n.t('CSV for Excel, with commas')}`,
    description: l10n.t('where one and a half is 1.5'),
    value: 'commas',
  };
  return [
    ...(hasDecimalComma() ? [semicolons, commas] : [commas, semicolons]),
    {
      label: `$(file-code) ${l10n.t('CSV for programs')}`,
      description: l10n.t('commas, values as they are'),
      value: 'programs',
    },
    { label: '$(json) JSON', description: l10n.t('reports with all fields'), value: 'json' },
    {
      label: `$(markdown) ${l10n.t('Markdown table')}`,
      description: l10n.t('for an issue or a chat'),
      value: 'markdown',
    },
  ];
}

/** Excel separates by semicolons where the comma is taken: as the system has it, else as VS Code's language has it. */
function hasDecimalComma(): boolean {
  return [undefined, env.language].some((locale) =>
    new Intl.NumberFormat(locale)
      .formatToParts(1.5)
      .some(({ type, value }) => type === 'decimal' && value === ','),
  );
}

function formatOf(name: FormatName): TableFormat {
  switch (name) {
    case 'semicolons':
      return { kind: 'csv', dialect: { kind: 'spreadsheet', separator: ';' } };
    case 'commas':
      return { kind: 'csv', dialect: { kind: 'spreadsheet', separator: ',' } };
    case 'programs':
      return { kind: 'csv', dialect: { kind: 'plain' } };
    case 'json':
      return { kind: 'json' };
    case 'markdown':
      return { kind: 'markdown', words: tableWords() };
  }
}

async function chooseFile(format: FormatName): Promise<Uri | undefined> {
  const kind = formatOf(format).kind;
  const ending = kind === 'markdown' ? 'md' : kind;
  const day = new Date().toLocaleDateString('sv'); // the day here, as 2026-11-23
  const folder = workspace.workspaceFolders?.[0]?.uri ?? Uri.file(homedir());
  return window.showSaveDialog({
    title: l10n.t('Export'),
    saveLabel: l10n.t('Export'),
    defaultUri: Uri.joinPath(folder, `smsc-${day}.${ending}`),
    filters: { [ending.toUpperCase()]: [ending] },
  });
}

/** Exports to a file, or without one to the clipboard. */
async function write(source: ExportSource, format: FormatName, target: Uri | undefined): Promise<void> {
  const { rows, content } = await withProgress(l10n.t('Exporting messages'), (signal, report) =>
    gatherTable(source.pages(signal), formatOf(format), signal, (count) =>
      report(l10n.t('{0} of {1}', numberText(count), numberText(source.count))),
    ),
  );
  if (target === undefined) {
    // Decoding takes the byte order mark away: it has no place in the clipboard.
    await env.clipboard.writeText(new TextDecoder().decode(content));
    mention(l10n.t('Messages copied: {0}', numberText(rows)));
    return;
  }
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  try {
    await workspace.fs.writeFile(target, content);
  } catch {
    const elsewhere = {
      title: l10n.t('Save Elsewhere…'),
      run: async () => {
        const other = await chooseFile(format);
        if (other !== undefined) await write(source, format, other);
      },
    };
    const text = l10n.t('{0} could not be written: check the disk and the folder’s rights.', name);
    void notify('error', text, [elsewhere]);
    return;
  }
  const open = { title: l10n.t('Open File'), run: () => commands.executeCommand('vscode.open', target) };
  void notify('information', l10n.t('Messages exported: {0}. File: {1}', numberText(rows), name), [open]);
}

/** The newest checks that the text for support tells of. */
const supportChecks = 200;

/** Copies what the service's support needs to know of a message, with the phone masked unless the user wants it. */
export async function copyForSupport({ store, book }: Services, summary: MessageSummary): Promise<void> {
  const { message } = summary;
  const items: Choice<'masked' | 'full'>[] = [
    {
      label: `$(eye-closed) ${l10n.t('Mask the phone number')}`,
      description: maskPhone(message.phone),
      value: 'masked',
    },
    {
      label: `$(eye) ${l10n.t('Leave the phone number in')}`,
      description: shownPhone(message.phone),
      value: 'full',
    },
  ];
  const title = l10n.t('Copy for Support');
  const placeholder = l10n.t('With the phone number?');
  const result = await askPick({ step: 1, totalSteps: 1, title, placeholder, items });
  if (result.kind !== 'value') return;
  const endpoint = book.get(message.account)?.endpoint ?? '';
  const host = URL.canParse(endpoint) ? new URL(endpoint).host : undefined;
  const checks = store.history.checks(message, supportChecks);
  const text = supportText(summary, checks, supportWords(summary, host), result.value === 'masked');
  await env.clipboard.writeText(text);
  mention(l10n.t('{0} copied', l10n.t('Text for support')));
}
