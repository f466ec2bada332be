import { parentPort } from 'node:worker_threads';
import type { WorkerRequest } from '../protocol/worker';
import { answer } from './answer';

parentPort?.on('message', (request: WorkerRequest) => parentPort?.postMessage(answer(request)));
