import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const OUT = `${ROOT}dist/harness`;

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  ttf: 'font/ttf',
  woff: 'font/woff',
  woff2: 'font/woff2',
};

/** Bundles the panel's page with the harness that stands in for VS Code. */
export async function buildPanelPage(): Promise<void> {
  await build({
    entryPoints: { panel: `${ROOT}webview/main.tsx`, harness: `${ROOT}test/webview/harness.ts` },
    outdir: OUT,
    bundle: true,
    format: 'esm',
    splitting: true,
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: {
      '.ttf': 'file',
      '.woff': 'file',
      '.woff2': 'file',
      '.wasm': 'binary',
      '.py': 'text',
      '.m': 'text',
      '.md': 'text',
      '.tex': 'text',
    },
    logLevel: 'error',
  });
}

/** Serves the page under the content security policy of the real one. `close` ends the server. */
export async function servePanelPage(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const page = await readFile(`${ROOT}test/webview/harness.html`, 'utf8');
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (path === '/') {
      const policy =
        "default-src 'none'; script-src 'nonce-4d61747269780' 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'";
      response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': policy });
      response.end(page.replaceAll('NONCE', '4d61747269780'));
      return;
    }
    readFile(`${OUT}/${path.replaceAll('..', '')}`).then(
      body => {
        response.writeHead(200, { 'content-type': TYPES[path.split('.').pop() ?? ''] ?? 'application/octet-stream' });
        response.end(body);
      },
      () => {
        response.writeHead(204);
        response.end();
      },
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise(resolve => server.close(() => resolve())),
  };
}
