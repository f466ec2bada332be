import type { WorkerRequest, WorkerResponse } from '../protocol/worker';

/** A running worker: one question goes in, one answer comes out. */
export interface EngineWorker {
  ask(request: WorkerRequest): Promise<WorkerResponse>;
  stop(): void;
}

/** What differs between a thread and a web worker. */
interface Wire {
  post(request: WorkerRequest): void;
  listen(onResponse: (response: WorkerResponse) => void, onFailure: (error: Error) => void): void;
  stop(): void;
}

/** Pairs answers with questions. A worker that fails or is stopped rejects what is open. */
export function exchange(wire: Wire): EngineWorker {
  const open = new Map<number, { resolve(response: WorkerResponse): void; reject(error: Error): void }>();
  const fail = (error: Error): void => {
    for (const question of open.values()) question.reject(error);
    open.clear();
  };
  wire.listen(response => {
    open.get(response.id)?.resolve(response);
    open.delete(response.id);
  }, fail);
  return {
    ask: request =>
      new Promise((resolve, reject) => {
        open.set(request.id, { resolve, reject });
        wire.post(request);
      }),
    stop() {
      wire.stop();
      fail(new Error('the worker stopped'));
    },
  };
}
