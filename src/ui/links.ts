import { languages, window, type DocumentSelector } from 'vscode';
import { createOwner, lazy, type Releasable } from '../host/ownership.ts';
import type { Services } from '../host/services.ts';
import { whileOn } from '../host/settings.ts';
import { settings } from '../ids.ts';

/** Where messages are looked for, in files of every kind of place. */
const documents: DocumentSelector = [
  ...['log', 'json', 'jsonc', 'jsonl', 'http', 'rest', 'plaintext', 'csv', 'tsv'].map((language) => ({
    language,
  })),
  { pattern: '**/*.{log,jsonl,ndjson,http,rest,csv,tsv,txt}' },
];

/** Makes message IDs links, in terminals and editors, as the settings say. What finds them loads at first use. */
export function registerLinks(services: () => Promise<Services>): Releasable {
  const owner = createOwner();
  const terminal = lazy(async () => (await import('./terminalLinks.ts')).createTerminalLinks());
  const editor = lazy(async () => (await import('./editorLinks.ts')).createEditorLinks(services));
  owner.own(
    whileOn(settings.terminalLinks, () =>
      window.registerTerminalLinkProvider({
        provideTerminalLinks: async (...line) => (await terminal()).provideTerminalLinks(...line),
        handleTerminalLink: async (link) => (await terminal()).handleTerminalLink(link),
      }),
    ),
  );
  owner.own(
    whileOn(settings.editorLinks, () => {
      const both = createOwner();
      both.own(
        languages.registerDocumentLinkProvider(documents, {
          provideDocumentLinks: async (...document) => (await editor()).provideDocumentLinks(...document),
          resolveDocumentLink: async (...link) => (await editor()).resolveDocumentLink?.(...link),
        }),
      );
      both.own(
        languages.registerHoverProvider(documents, {
          provideHover: async (...place) => (await editor()).provideHover(...place),
        }),
      );
      return both;
    }),
  );
  return owner;
}
