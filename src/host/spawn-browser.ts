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

/** Starts a web worker of the extension's own script, which the page may run only as a blob of its own. */
export async function spawnWorker(extensionUri: vscode.Uri): Promise<EngineWorker> {
  const script = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', 'worker.web.js'));
  const url = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
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
