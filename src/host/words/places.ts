import { l10n, Uri } from 'vscode';
import type { FilePlace } from '../../history/types.ts';
import { visible } from '../../smsc/text.ts';

/** A file's name and the line, counted from 1 as in the editor: `send.log:12`. */
export function placeText({ uri, line }: FilePlace): string {
  return `${fileName(uri)}:${line + 1}`;
}

/** Why a place cannot be opened. */
export function placeGone({ uri }: FilePlace): string {
  return l10n.t('The file {0} is not there any more.', fileName(uri));
}

function fileName(uri: string): string {
  const { path } = Uri.parse(uri);
  return visible(path.slice(path.lastIndexOf('/') + 1));
}
