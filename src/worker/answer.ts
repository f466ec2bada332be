import { inspect, readDocument, type SourceDocument, whatIf } from '../core/index';
import type { WorkerRequest, WorkerResponse } from '../protocol/worker';

/** The document that was asked about last: while a handle is dragged, it is asked about again and again. */
let last: SourceDocument | undefined;

function documentOf({ text, languageId, role }: WorkerRequest): SourceDocument {
  if (last?.text !== text || last.languageId !== languageId || last.role !== role)
    last = readDocument(text, languageId, role);
  return last;
}

/** Answers one question with the large budget. */
export function answer(request: WorkerRequest): WorkerResponse {
  const { id, range, languageId, pass } = request;
  try {
    const document = documentOf(request);
    switch (request.kind) {
      case 'inspect':
        return {
          id,
          inspection: inspect(document, languageId, range, { limits: 'large', orStatement: request.orStatement, pass }),
        };
      case 'what-if':
        return { id, ...whatIf(document, range, request.changes, { limits: 'large', pass }) };
    }
  } catch (e) {
    return { id, failure: e instanceof Error ? (e.stack ?? e.message) : String(e) };
  }
}
