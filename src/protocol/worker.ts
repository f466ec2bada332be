import type { DocumentRole } from '../core/inspect/document';
import type { Inspection } from '../core/inspect/inspection';
import type { LiteralChange, WhatIf } from '../core/inspect/what-if';
import type { Span } from '../core/text/span';

/** What the worker is asked: what is meant at a range, or what it would be if literals held other numbers. */
export type WorkerQuestion = {
  readonly text: string;
  readonly languageId: string;
  readonly role: DocumentRole;
  readonly range: Span;
  /** Which time that a function or a loop runs is meant, from 1; otherwise the last. */
  readonly pass?: number;
} & (
  | {
      readonly kind: 'inspect';
      /** Where nothing is meant at the range itself, take the statement around it. */
      readonly orStatement: boolean;
    }
  | { readonly kind: 'what-if'; readonly changes: readonly LiteralChange[] }
);

/** Host → worker: one question at a time. */
export type WorkerRequest = WorkerQuestion & { readonly id: number };

/** Worker → host. */
export interface WorkerResponse {
  readonly id: number;
  readonly inspection?: Inspection;
  readonly effects?: WhatIf['effects'];
  /** A bug in the engine, for the log. */
  readonly failure?: string;
}
