import type { Span } from '../text/span';

/** One worked step: a sentence, its formula, the place in the source that it explains, and finer steps below it. */
export interface Step {
  readonly sentence: string;
  readonly latex: string;
  readonly span?: Span;
  /** Places of the operands. */
  readonly operands?: readonly Span[];
  readonly children?: readonly Step[];
}
