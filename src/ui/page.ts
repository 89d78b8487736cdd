import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';
import { language } from '../host/words/language.ts';

/** A panel's page: `media/<name>.css`, `dist/webview/<name>.js` and an empty `<main>` with this id. */
export type PageName = 'message' | 'batch';

/** Gives a webview its page. It has no content of its own: its script draws what it is sent. */
export function setPage(webview: Webview, extensionUri: Uri, name: PageName): void {
  webview.options = {
    enableScripts: true,
    localResourceRoots: ['dist/webview', 'media'].map((folder) => Uri.joinPath(extensionUri, folder)),
  };
  const nonce = randomBytes(18).toString('base64url');
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  webview.html = `<!DOCTYPE html>
<html lang="${language()}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <link rel="stylesheet" href="${uri('media', `${name}.css`)}">
  <title>SMSC</title>
</head>
<body>
  <main id="${name}"></main>
  <div id="announcer" class="unseen" role="status"></div>
  <script nonce="${nonce}" src="${uri('dist', 'webview', `${name}.js`)}"></script>
</body>
</html>`;
}
