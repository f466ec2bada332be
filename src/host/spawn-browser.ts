import * as vscode from 'vscode';
import type { WorkerResponse } from '../protocol/worker';
import { type EngineWorker, exchange } from './engine-worker';

/** What is used of a web worker; the host's code is typed without a browser's globals. */
interface WebWorker {
  onmessage: ((event: { readonly data: WorkerResponse }) => void) | null;
  onerror: ((event: { readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

const { Worker } = globalThis as unknown as { readonly Worker: new (url: string) => WebWorker };

/**
 * Starts a web worker of the extension's own scripts, which the page may run only as a blob of its own. A worker loads no
 * module there, so the engine stands before the script that asks for it.
 */
export async function spawnWorker(extensionUri: vscode.Uri): Promise<EngineWorker> {
  const [core, script] = await Promise.all(
    ['core.js', 'worker.web.js'].map(async name => {
      const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', name));
      return new Uint8Array(bytes);
    }),
  );
  const engine = ['const core = { exports: {} };\n((module, exports) => {\n', core, '\n})(core, core.exports);\n'];
  const parts = [...engine, '((require) => {\n', script, '\n})(() => core.exports);\n'];
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/javascript' }));
  const worker = new Worker(url);
  return exchange({
    post: request => worker.postMessage(request),
    listen(onResponse, onFailure) {
      worker.onmessage = event => onResponse(event.data);
      worker.onerror = event => onFailure(new Error(event.message || 'the worker stopped'));
    },
    stop() {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  });
}
