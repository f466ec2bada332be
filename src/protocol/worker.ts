import type { Inspection } from '../core/inspect/inspection';
import type { Span } from '../core/text/span';

/** Host → worker: one question at a time. */
export interface WorkerRequest {
  readonly id: number;
  readonly text: string;
  readonly languageId: string;
  readonly range: Span;
  /** Where nothing is meant at the range itself, take the statement around it. */
  readonly orStatement: boolean;
}

/** Worker → host. */
export interface WorkerResponse {
  readonly id: number;
  readonly inspection?: Inspection;
  /** A bug in the engine, for the log. */
  readonly failure?: string;
}
