import type { EngineWorker } from './spawn-node';

/** In the browser's extension host the small budget is all there is. */
export function spawnWorker(_extensionPath: string): EngineWorker | undefined {
  return undefined;
}
