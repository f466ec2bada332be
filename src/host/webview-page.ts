import * as vscode from 'vscode';

function nonce(): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, b => letters[b % letters.length]).join('');
}

/** Where the page's files lie. */
export const webviewRoot = (extensionUri: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extensionUri, 'dist', 'webview');

/** The inspector's page: nothing from outside, scripts by nonce, styles and fonts from the extension only. */
export function panelPage(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const at = (name: string): vscode.Uri => webview.asWebviewUri(vscode.Uri.joinPath(webviewRoot(extensionUri), name));
  const key = nonce();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${key}' ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Matrix Inspector</title>
<link rel="stylesheet" href="${at('panel.css')}">
</head>
<body>
<div id="root"></div>
<script type="module" nonce="${key}" src="${at('panel.js')}"></script>
</body>
</html>`;
}
