import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerRequest, WorkerResponse } from '../protocol/worker';

/** A running worker: one question goes in, one answer comes out. */
export interface EngineWorker {
  ask(request: WorkerRequest): Promise<WorkerResponse>;
  stop(): void;
}

/** Starts a worker thread with a memory limit of its own. Undefined where threads are not to be had. */
export function spawnWorker(extensionPath: string): EngineWorker | undefined {
  const worker = new Worker(join(extensionPath, 'dist', 'worker.js'), {
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  worker.unref();
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        const done = (): void => {
          worker.off('message', onMessage);
          worker.off('error', onError);
          worker.off('exit', onExit);
        };
        const onMessage = (response: WorkerResponse): void => {
          if (response.id !== request.id) return;
          done();
          resolve(response);
        };
        const onError = (error: unknown): void => {
          done();
          reject(error instanceof Error ? error : new Error(String(error)));
        };
        const onExit = (): void => {
          done();
          reject(new Error('the worker stopped'));
        };
        worker.on('message', onMessage);
        worker.on('error', onError);
        worker.on('exit', onExit);
        worker.postMessage(request);
      }),
    stop: () => void worker.terminate(),
  };
}
