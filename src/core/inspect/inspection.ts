import type { Step } from '../explain/step';
import type { DialectId } from '../expression/program';
import type { Picture } from '../scene/picture';
import type { Span } from '../text/span';
import type { Value } from '../values/value';
import type { Fact } from './facts';
import type { Note } from './notes';

/** Everything the surfaces show about one expression. Plain data: it crosses to workers and webviews as it is. */
export interface Inspection {
  readonly languageId: string;
  /** What gave the expression its meaning: a block of Python within Markdown is Python. */
  readonly dialect: DialectId;
  /** Where the expression stands, and its text. */
  readonly span: Span;
  readonly source: string;
  /** The name that holds the value, where the expression is a name or the target of an assignment. */
  readonly name?: string;
  /** The assignment that the name has its value from. */
  readonly definition?: Definition;
  /** Of what stands in a function or a loop: which time that it runs is shown. */
  readonly pass?: Passing;
  readonly status: 'ok' | 'error' | 'unknown';
  /** Why there is no value, and where. */
  readonly message?: string;
  readonly messageSpan?: Span;
  /** An error of shapes in plain words. */
  readonly hint?: string;
  /** Whether a larger budget (a worker) may find the value. */
  readonly needsMore: boolean;
  readonly value?: Value;
  /** What the language's own prompt would print; long output is cut with a mark. */
  readonly text?: string;
  /** The same on one line, for the place behind the code. */
  readonly inline?: string;
  /** Names of a tuple's items: those that the statement gives them, or those of the function's results. */
  readonly itemNames?: readonly string[];
  /** The value typeset, elided beyond 12×12. */
  readonly latex?: string;
  /** The expression typeset. */
  readonly sourceLatex?: string;
  /** `2×2 int64 · rank 2 · det -2 · κ 14.9`, in parts. */
  readonly summary: readonly string[];
  readonly facts: readonly Fact[];
  /** What runs without an error and is rarely meant. */
  readonly notes: readonly Note[];
  readonly steps: readonly Step[];
  /** Pictures that fit, the most telling first. */
  readonly pictures: readonly Picture[];
  /** For a stated equality: its links in order. */
  readonly links: readonly EqualityLink[];
  /** Literals that the picture's handles may change, by the picture's handle group. */
  readonly editable: readonly Editable[];
}

/** One of the times that the program comes by a place; `number` counts from 1. `text` says it in words. */
export interface Passing {
  readonly number: number;
  readonly count: number;
  readonly text: string;
}

/** An assignment: where it stands, its text, and `name = expression` typeset where it assigns one name. */
export interface Definition {
  readonly span: Span;
  readonly source: string;
  readonly latex?: string;
}

/** `holds` is undefined where a side is unknown; `reason` says what differs or why it is unknown. */
export interface EqualityLink {
  readonly source: string;
  readonly span: Span;
  readonly holds?: boolean;
  readonly reason?: string;
}

/** A literal in the source that a changed value can be written back to. `operand` is which operand of the picture it feeds. */
export interface Editable {
  readonly operand: string;
  readonly span: Span;
  readonly shape: readonly number[];
  /** Whether the literal has the numbers column by column, as R writes matrices. */
  readonly byColumns?: true;
}
