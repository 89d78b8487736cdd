import { commands, type Terminal, TerminalLink, type TerminalLinkProvider } from 'vscode';
import { linkTooltip } from '../host/words/found.ts';
import { commands as ids } from '../ids.ts';
import { findMessages, isLink, type FoundMessage } from '../recognise/find.ts';
import { phoneMarks } from '../recognise/phones.ts';
import { secretsOf } from '../recognise/secrets.ts';
import type { LinkTarget } from './linkTarget.ts';

class MessageLink extends TerminalLink {
  readonly target: LinkTarget;

  constructor({ start, end }: FoundMessage, target: LinkTarget) {
    super(start, end - start, linkTooltip(target.id, target.phone));
    this.target = target;
  }
}

/** Phones of a terminal that are remembered, and characters of a line that are read. */
const most = { phones: 10, line: 20_000 };

/** Links on the messages in a terminal's lines. VS Code hands over one line, when the pointer is on it. */
export function createTerminalLinks(): TerminalLinkProvider {
  const seen = new WeakMap<Terminal, readonly string[]>();
  return {
    provideTerminalLinks: ({ line, terminal }) => {
      const text = line.slice(0, most.line);
      const before = seen.get(terminal) ?? [];
      const here = phoneMarks(text, secretsOf(text)).map(({ phone }) => phone);
      seen.set(terminal, [...new Set([...here, ...before])].slice(0, most.phones));
      return findMessages(text)
        .filter(isLink)
        .map((one) => {
          const { id, phone, phones } = one;
          const target = { id, phones, seen: [...before] };
          return new MessageLink(one, { ...target, ...(phone !== undefined && { phone }) });
        });
    },
    // As a command, so that what goes wrong is told as everywhere.
    handleTerminalLink: async (link) => {
      if (link instanceof MessageLink) await commands.executeCommand(ids.checkAtCursor, link.target);
    },
  };
}
