import { inspect } from '../core/index';
import type { WorkerRequest, WorkerResponse } from '../protocol/worker';

/** Answers one question with the large budget. */
export function answer(request: WorkerRequest): WorkerResponse {
  try {
    return {
      id: request.id,
      inspection: inspect(request.text, request.languageId, request.range, {
        limits: 'large',
        orStatement: request.orStatement,
      }),
    };
  } catch (e) {
    return { id: request.id, failure: e instanceof Error ? (e.stack ?? e.message) : String(e) };
  }
}
