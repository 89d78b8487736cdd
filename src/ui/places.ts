import { commands, Range, Uri, workspace, type TextDocumentShowOptions } from 'vscode';
import { notify } from '../host/notifications.ts';
import { placeGone } from '../host/words/places.ts';
import type { FilePlace } from '../history/types.ts';

/** Shows the file and line that a check came from; says so when the file is gone. */
export async function openPlace(place: FilePlace): Promise<void> {
  const uri = Uri.parse(place.uri);
  // Not `showTextDocument`, which refuses what is too large for extensions. A file that has become shorter is shown
  // at its end.
  const selection = new Range(place.line, 0, place.line, 0);
  const options: TextDocumentShowOptions = { selection };
  try {
    if (await isThere(uri)) {
      await commands.executeCommand('vscode.open', uri, options);
      return;
    }
  } catch {
    // As good as gone.
  }
  void notify('warning', placeGone(place));
}

/** What was never saved is there as long as it is open. */
async function isThere(uri: Uri): Promise<boolean> {
  if (workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return true;
  if (uri.scheme === 'untitled') return false;
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
