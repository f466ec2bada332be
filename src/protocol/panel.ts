import type { Inspection } from '../core/inspect/inspection';
import type { Effect, LiteralChange } from '../core/inspect/what-if';
import type { DataAnswer, DataQuestion } from '../core/scene/tiles';
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

/** Where an expression was when it was shown, and the beginning of its text, by which it is found again. */
export interface Place {
  readonly uri: string;
  readonly label: string;
  readonly span: Span;
  readonly source: string;
}

/** Host → panel. */
export type ToPanel =
  | {
      readonly type: 'inspection';
      readonly inspection: Inspection;
      readonly subject: Subject;
      /** Where the page scrolls to. */
      readonly focus?: 'steps' | 'top';
      /** The expression that was shown before, in its own place after an edit of the document. */
      readonly again?: boolean;
    }
  /** The answer to a `try`: what is shown as it would be, and the other statements that change. */
  | {
      readonly type: 'tried';
      readonly serial: number;
      readonly inspection?: Inspection;
      readonly effects: readonly Effect[];
    }
  /** Nothing to show: the cursor is on ordinary text, or no file is open. */
  | { readonly type: 'empty' }
  /** A long evaluation has begun or ended; while busy the panel shows progress and a Cancel button. */
  | { readonly type: 'busy'; readonly busy: boolean; readonly source?: string }
  | { readonly type: 'history'; readonly entries: readonly HistoryEntry[] }
  | { readonly type: 'pinned'; readonly pinned: boolean }
  /** The answer to a write-back. */
  | { readonly type: 'written'; readonly ok: boolean; readonly message: string }
  | { readonly type: 'copied'; readonly what: string }
  /** The answer to a save; none comes where the reader has chosen no file. */
  | { readonly type: 'saved'; readonly ok: boolean; readonly message: string }
  /** The answer to the question `id`; absent where there is none. */
  | { readonly type: 'data'; readonly id: number; readonly answer?: DataAnswer };

/** Panel → host. Validated by `readFromPanel` before use. */
export type FromPanel =
  | { readonly type: 'ready' }
  | { readonly type: 'pin'; readonly pinned: boolean }
  | { readonly type: 'cancel' }
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  /** Asks for a file and writes the picture into it. */
  | ({ readonly type: 'save' } & PictureFile)
  | { readonly type: 'reveal'; readonly span: Span }
  /** Marks places in the editor: `spans` quietly, `focus` strongly. None takes the marks away. */
  | { readonly type: 'highlight'; readonly spans: readonly Span[]; readonly focus: readonly Span[] }
  | { readonly type: 'history'; readonly id: number }
  /** Shows another of the times that the expression's function or loop runs, from 1. */
  | { readonly type: 'pass'; readonly number: number }
  /** Shows an expression again that numbers were changed of. */
  | { readonly type: 'return'; readonly place: Place }
  /** Asks about the array of the picture at this place of the inspection. */
  | { readonly type: 'data'; readonly id: number; readonly picture: number; readonly question: DataQuestion }
  /** What would be shown if the literals held these numbers? Only the newest question is answered. */
  | ({ readonly type: 'try'; readonly serial: number } & ChangedLiterals)
  /** Replace the numbers of the literals, in one undoable edit. */
  | ({ readonly type: 'write-back' } & ChangedLiterals);

/** A picture as the content of a file. */
export interface PictureFile {
  readonly format: 'png' | 'svg' | 'tex';
  /** The name that is proposed, without an ending. */
  readonly name: string;
  /** The text, or of a PNG the bytes in base 64. */
  readonly data: string;
}

/** New numbers for literals of one version of a document. */
export interface ChangedLiterals {
  readonly uri: string;
  readonly version: number;
  readonly changes: readonly LiteralChange[];
}
