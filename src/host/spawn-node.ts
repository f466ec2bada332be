import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import { type EngineWorker, exchange } from './engine-worker';

/** Starts a worker thread with a memory limit of its own. */
export async function spawnWorker(extensionUri: vscode.Uri): Promise<EngineWorker> {
  const worker = new Worker(vscode.Uri.joinPath(extensionUri, 'dist', 'worker.js').fsPath, {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  worker.unref();
  return exchange({
    post: request => worker.postMessage(request),
    listen(onResponse, onFailure) {
      worker.on('message', onResponse);
      worker.on('error', error => onFailure(error instanceof Error ? error : new Error(String(error))));
      worker.on('exit', () => onFailure(new Error('the worker stopped')));
    },
    stop: () => void worker.terminate(),
  });
}
