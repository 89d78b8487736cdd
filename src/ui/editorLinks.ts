import {
  DocumentLink,
  Hover,
  MarkdownString,
  Range,
  Uri,
  type CancellationToken,
  type DocumentLinkProvider,
  type HoverProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { Services } from '../host/services.ts';
import { linkTooltip } from '../host/words/found.ts';
import { standingName, stateOf, summaryText } from '../host/words/state.ts';
import { ago } from '../host/words/time.ts';
import { commands, extensionId } from '../ids.ts';
import { scanDocument, type FoundInDocument } from './documentScan.ts';
import { phoneOf } from './foundMessage.ts';
import type { LinkTarget } from './linkTarget.ts';

/** A link that knows its message; the command's address is made when it is followed. */
class MessageLink extends DocumentLink {
  readonly link: LinkTarget;

  constructor(range: Range, link: LinkTarget) {
    super(range);
    this.link = link;
    this.tooltip = linkTooltip(link.id, link.phone);
  }
}

/** Links on the messages of a document, and their last known status as a hover. */
export function createEditorLinks(services: () => Promise<Services>): DocumentLinkProvider & HoverProvider {
  // A closed document is let go with what was found in it.
  const scanned = new WeakMap<TextDocument, { version: number; found: FoundInDocument[] }>();

  const scan = async (document: TextDocument, token: CancellationToken): Promise<FoundInDocument[]> => {
    const { version } = document;
    const known = scanned.get(document);
    if (known?.version === version) return known.found;
    const isStale = (): boolean =>
      token.isCancellationRequested || document.version !== version || document.isClosed;
    const found = await scanDocument(document, isStale);
    if (found === undefined) return [];
    scanned.set(document, { version, found });
    return found;
  };

  return {
    provideDocumentLinks: async (document, token) => {
      if (isOurLog(document)) return [];
      const uri = document.uri.toString();
      return (await scan(document, token)).map(({ line, start, end, ...found }) => {
        return new MessageLink(new Range(line, start, line, end), { ...found, place: { uri, line } });
      });
    },
    resolveDocumentLink: (link) => {
      if (link instanceof MessageLink) link.target = commandUri(link.link);
      return link;
    },
    // What was scanned is looked at, nothing is scanned for a hover.
    provideHover: async (document, position) => {
      const known = scanned.get(document);
      const found =
        known?.version === document.version ? known.found.find((one) => holds(one, position)) : undefined;
      if (found === undefined) return undefined;
      const { store, book } = await services();
      const account = book.active()?.id;
      const phone = account === undefined ? undefined : phoneOf(store.history, account, found);
      if (account === undefined || phone === undefined) return undefined;
      const summary = store.history.summary({ account, phone, id: found.id });
      if (summary === undefined) return undefined;
      const when = ago(summary.lastCheckedAt, Date.now());
      const text = new MarkdownString();
      text.appendText(`${standingName(stateOf(summary))} · ${summaryText(summary)} · ${when}`);
      return new Hover(text, new Range(found.line, found.start, found.line, found.end));
    },
  };
}

function commandUri(target: LinkTarget): Uri {
  return Uri.from({ scheme: 'command', path: commands.checkAtCursor, query: JSON.stringify([target]) });
}

function holds({ line, start, end }: FoundInDocument, position: Position): boolean {
  return line === position.line && start <= position.character && position.character <= end;
}

/** Our own log names messages only as counts: a link there would be a mistake. */
function isOurLog({ uri }: TextDocument): boolean {
  return uri.scheme === 'output' && uri.path.includes(extensionId);
}
