import { randomBytes } from 'node:crypto';
import { Uri, type Webview, type WebviewOptions } from 'vscode';
import { language } from '../host/words/language.ts';

/** What a panel's page is made of. */
export interface WebviewPage {
  /** The script in `dist/webview`; the page's `<main>` has the same name as its id. */
  script: string;
  /** The styles in `media`, in order; `panel` comes before them. */
  styles: readonly string[];
}

/** What a panel's page may do: run scripts, and load what ships with the extension for panels. */
export function webviewOptions(extensionUri: Uri): WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: ['dist/webview', 'media'].map((folder) => Uri.joinPath(extensionUri, folder)),
  };
}

/**
 * The page has no content of its own: its script draws what it is sent. Nothing is let in but the extension's own
 * styles and the one script; `#announcer` tells screen readers what changes by itself.
 */
export function webviewPage(webview: Webview, extensionUri: Uri, { script, styles }: WebviewPage): string {
  const nonce = randomBytes(18).toString('base64url');
  const uri = (...path: string[]): string =>
    webview.asWebviewUri(Uri.joinPath(extensionUri, ...path)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  const links = ['panel', ...styles].map(
    (name) => `  <link rel="stylesheet" href="${uri('media', `${name}.css`)}">`,
  );
  return `<!DOCTYPE html>
<html lang="${language()}">
<head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="${policy}">
  <meta name="viewport" content="width=device-width, initial-scale=1">
${links.join('\n')}
  <title>SMSC</title>
</head>
<body>
  <main id="${script}"></main>
  <div id="announcer" class="unseen" role="status"></div>
  <script nonce="${nonce}" src="${uri('dist', 'webview', `${script}.js`)}"></script>
</body>
</html>`;
}
