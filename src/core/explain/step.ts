import type { Span } from '../text/span';
import type { Provenance } from './provenance';

/**
 * One worked step: a sentence, its formula, the place in the source that it explains, and finer steps below it.
 *
 * The steps of an expression that is made of parts are its outline, then a step for every part (whose children are that
 * part's own steps), then the outermost operation. The last step of a list therefore ends in the value.
 */
export interface Step {
  readonly sentence: string;
  readonly latex: string;
  readonly span?: Span;
  /** Places of the operands. */
  readonly operands?: readonly Span[];
  /** Only shows how the expression is made up, with shapes; nothing is worked out in it. */
  readonly outline?: true;
  /** A short name of the way it is done ("Cofactors"), where there are several. */
  readonly method?: string;
  /** What is worked, by its name ("det"), where there are several ways. */
  readonly operation?: string;
  /** Other ways to the same result. Each may stand in this step's place. */
  readonly alternatives?: readonly Step[];
  /** Which entries made each entry of the result. */
  readonly provenance?: Provenance;
  readonly children?: readonly Step[];
}
