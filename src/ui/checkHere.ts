import { commands, env, type TextEditor } from 'vscode';
import { surroundingsOf } from './documentText.ts';
import type { LinkTarget } from './linkTarget.ts';
import { pointedAt } from './pointedAt.ts';

/** Characters of a terminal's selection that are looked at. */
const longest = 20_000;

/** The message at the cursor, or in the beginning of the selection, of a text editor. */
export function targetAtCursor({ document, selection }: TextEditor): LinkTarget | undefined {
  const { start } = selection;
  const { text, offset } = surroundingsOf(document, start);
  const target = pointedAt(text, offset, offset + document.getText(selection).length);
  return target && { ...target, place: { uri: document.uri.toString(), line: start.line } };
}

/** The message in the selection of the active terminal. */
export async function targetInTerminal(): Promise<LinkTarget | undefined> {
  const text = await selectionOfTerminal();
  return pointedAt(text, 0, text.length);
}

/** No interface gives a terminal's selection: it goes through the clipboard, which then has its text again. */
async function selectionOfTerminal(): Promise<string> {
  const before = await env.clipboard.readText();
  try {
    await env.clipboard.writeText('');
    await commands.executeCommand('workbench.action.terminal.copySelection');
    return (await env.clipboard.readText()).slice(0, longest);
  } finally {
    await env.clipboard.writeText(before);
  }
}
