import { env, l10n, QuickPickItemKind, Uri, window, workspace, type TextEditor } from 'vscode';
import type { Services } from '../host/services.ts';
import { askPick, type Choice } from '../host/steps.ts';
import { batchTexts, number } from '../host/words/batch.ts';
import { ago } from '../host/words/time.ts';
import { fileText } from '../recognise/fileText.ts';

/** A text in which messages are looked for, and what to call it. */
export interface SourceText {
  kind: 'text';
  name: string;
  text: string;
}

/** Where a list comes from: a text, a file that is too large or cannot be read, or a batch that was started earlier. */
export type Source =
  | SourceText
  | { kind: 'tooLarge'; name: string }
  | { kind: 'unreadable'; name: string }
  | { kind: 'batch'; id: string };

type Chosen = 'file' | 'clipboard' | (() => Source | Promise<Source>);

/** So many earlier batches are offered. */
const offered = 5;
const mostBytes = 50 * 1024 * 1024;
const extensions = ['csv', 'tsv', 'json', 'jsonl', 'ndjson', 'txt', 'log'];

/** Asks where the messages are. Only what is there is offered. */
export async function chooseSource(services: Services): Promise<Source | undefined> {
  const items = [...editorItems(), ...otherItems(), ...earlierItems(services)];
  const title = l10n.t('Check Many Messages');
  const placeholder = l10n.t('Where are the phone numbers and message IDs?');
  const result = await askPick<Chosen>({ step: 1, totalSteps: 1, title, placeholder, items });
  if (result.kind !== 'value') return undefined;
  switch (result.value) {
    case 'file':
      return chooseFile();
    case 'clipboard':
      return { kind: 'text', name: batchTexts.clipboard(), text: await env.clipboard.readText() };
    default:
      return result.value();
  }
}

/** Reads a file wherever VS Code has it: on this machine, on a remote one, or in a virtual folder. */
export async function readFile(file: Uri): Promise<Source> {
  const name = nameOf(file);
  try {
    const { size } = await workspace.fs.stat(file);
    if (size > mostBytes) return { kind: 'tooLarge', name };
    return { kind: 'text', name, text: fileText(await workspace.fs.readFile(file)) };
  } catch {
    return { kind: 'unreadable', name };
  }
}

async function chooseFile(): Promise<Source | undefined> {
  const filters = { [l10n.t('Lists of messages')]: extensions, [l10n.t('All files')]: ['*'] };
  const [file] = (await window.showOpenDialog({ filters, openLabel: l10n.t('Read List') })) ?? [];
  return file && readFile(file);
}

function editorItems(): Choice<Chosen>[] {
  const editor = window.activeTextEditor;
  if (editor === undefined) return tabItems();
  const selected = selectionOf(editor);
  const name = nameOf(editor.document.uri);
  const whole = (): Source => ({ kind: 'text', name, text: editor.document.getText() });
  return [
    ...(selected === '' ? [] : [selectionItem(name, selected)]),
    { label: `$(file) ${l10n.t('Open file')}`, description: name, value: whole },
  ];
}

function selectionItem(name: string, text: string): Choice<Chosen> {
  const source: Source = { kind: 'text', name: l10n.t('Selection in {0}', name), text };
  return { label: `$(selection) ${l10n.t('Selection')}`, description: name, value: () => source };
}

/** A file that is open in something else than a text editor, such as a table. */
function tabItems(): Choice<Chosen>[] {
  const input: unknown = window.tabGroups.activeTabGroup.activeTab?.input;
  if (typeof input !== 'object' || input === null || !('uri' in input)) return [];
  const { uri } = input;
  if (!(uri instanceof Uri)) return [];
  return [{ label: `$(file) ${l10n.t('Open file')}`, description: nameOf(uri), value: () => readFile(uri) }];
}

function otherItems(): Choice<Chosen>[] {
  return [
    {
      label: `$(folder-opened) ${l10n.t('Choose file…')}`,
      description: l10n.t('CSV, TSV, JSON or text'),
      value: 'file',
    },
    { label: `$(clippy) ${batchTexts.clipboard()}`, value: 'clipboard' },
  ];
}

function earlierItems({ store }: Services): Choice<Chosen>[] {
  const now = Date.now();
  const earlier = store.batches.latest().slice(0, offered);
  if (earlier.length === 0) return [];
  return [
    { label: l10n.t('Earlier lists'), kind: QuickPickItemKind.Separator },
    ...earlier.map(({ id, source, count, createdAt }): Choice<Chosen> => ({
      label: `$(history) ${source}`,
      description: `${batchTexts.messages()}: ${number(count)}, ${ago(createdAt, now)}`,
      value: () => ({ kind: 'batch', id }),
    })),
  ];
}

function selectionOf({ document, selections }: TextEditor): string {
  return selections
    .map((selection) => document.getText(selection))
    .filter((text) => text.trim() !== '')
    .join('\n');
}

function nameOf(file: Uri): string {
  return file.path.split('/').at(-1) ?? file.path;
}
