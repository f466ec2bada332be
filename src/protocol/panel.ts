import type { Inspection } from '../core/inspect/inspection';
import type { Span } from '../core/text/span';

/** Number formats of the value table and the typeset value. */
export type NumberFormat = 'rounded' | 'shortest' | 'fixed2' | 'fixed4' | 'scientific';

/** One line of the history: enough to list it and to ask for it again. */
export interface HistoryEntry {
  readonly id: number;
  readonly source: string;
  readonly summary: string;
  readonly status: Inspection['status'];
}

/** Where the panel's content comes from. `uri` and `version` go back with an edit, so that a stale one is refused. */
export interface Subject {
  readonly uri: string;
  readonly version: number;
  /** File name for the heading, with the 1-based line. */
  readonly label: string;
}

/** Host → panel. */
export type ToPanel =
  | {
      readonly type: 'inspection';
      readonly inspection: Inspection;
      readonly subject: Subject;
      readonly focus?: 'steps';
    }
  /** Nothing to show: the cursor is on ordinary text, or no file is open. */
  | { readonly type: 'empty' }
  /** A long evaluation has begun or ended; while busy the panel shows progress and a Cancel button. */
  | { readonly type: 'busy'; readonly busy: boolean; readonly source?: string }
  | { readonly type: 'history'; readonly entries: readonly HistoryEntry[] }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  /** The answer to a write-back. */
  | { readonly type: 'written'; readonly ok: boolean; readonly message: string }
  | { readonly type: 'copied'; readonly what: string };

/** Panel → host. Validated by `readFromPanel` before use. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  | { readonly type: 'reveal'; readonly span: Span }
  | { readonly type: 'highlight'; readonly spans: readonly Span[] }
  | { readonly type: 'history'; readonly id: number }
  /** Replace the numbers of the literal at `span` (row-major `values`). */
  | {
      readonly type: 'write-back';
      readonly uri: string;
      readonly version: number;
      readonly span: Span;
      readonly shape: readonly number[];
      readonly values: readonly number[];
      /** Further literals to change in the same undoable edit. */
      readonly also?: readonly {
        readonly span: Span;
        readonly shape: readonly number[];
        readonly values: readonly number[];
      }[];
    };
