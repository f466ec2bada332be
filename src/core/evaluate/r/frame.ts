import type { Call, Expression } from '../../expression/expression';
import type { Value } from '../../values/value';
import { Frame } from '../frame';

/** An argument that is evaluated when it is first asked for, where the call stands. */
export interface Pending {
  readonly name?: string;
  readonly expression?: Expression;
  readonly frame?: Frame;
  value?: Value;
  /** Whether it is being evaluated. */
  open?: boolean;
}

/** The names of a call under way of a function of the document. */
export class CallFrame extends Frame {
  /** Arguments and defaults that have not been asked for. */
  readonly promises = new Map<string, Pending>();
  /** Parameters that the call leaves out. */
  readonly missing = new Set<string>();
  /** What `...` holds. */
  dots: readonly Pending[] | undefined;
  /** The function and the names that functions within it assign by `<<-`. */
  closure = -1;
  shared: ReadonlySet<string> = new Set();
  /** How the arguments are written, and how many there are. */
  readonly written = new Map<string, Expression>();
  given = 0;

  constructor(
    outer: Frame | undefined,
    readonly call: Call | undefined,
    /** The walk in which the call was made. */
    readonly walk: object,
  ) {
    super('function', [], new Set(), outer);
  }
}

/** What R says of `break` and `next` outside of loops. */
export const NO_LOOP = 'no loop for break/next, jump to top level';

/** What ends a function, a loop or a pass of a loop early. */
export class Jump {
  constructor(
    readonly kind: 'return' | 'break' | 'continue',
    readonly frame?: Frame,
    readonly value?: Value,
  ) {}
}
