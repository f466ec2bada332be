import type { WorkerRequest } from '../protocol/worker';
import { answer } from './answer';

const scope = globalThis as unknown as {
  onmessage: ((event: { readonly data: WorkerRequest }) => void) | null;
  postMessage(message: unknown): void;
};

scope.onmessage = event => scope.postMessage(answer(event.data));
