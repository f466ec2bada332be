import type { Expression } from '../expression/expression';
import type { Value } from '../values/value';

/**
 * What was computed, for the steps: one node per evaluated operator, call, index and name, in the shape of the
 * expression. `operation` is the canonical operation, shared by all languages, where there is one ('matmul', 'norm',
 * 'add'); otherwise the library path. `operands` are the values the operation received, in its own order.
 */
export interface Trace {
  readonly operation: string;
  readonly expression: Expression;
  readonly operands: readonly Value[];
  readonly result: Value;
  readonly children: readonly Trace[];
}

/** What a call receives: the object whose method it is, and its arguments. */
export const received = (self: Value | undefined, args: readonly { readonly value: Value }[]): readonly Value[] => [
  ...(self ? [self] : []),
  ...args.map(a => a.value),
];

/** Operations that have worked steps; dialects and catalogues name them in `operation`. */
export type Operation =
  | 'literal'
  | 'name'
  | 'add'
  | 'subtract'
  | 'negate'
  | 'scale'
  | 'multiply'
  | 'divide'
  | 'matmul'
  | 'dot'
  | 'cross'
  | 'outer'
  | 'norm'
  | 'transpose'
  | 'determinant'
  | 'inverse'
  | 'solve'
  | 'sqrt'
  | 'power'
  | 'index'
  | 'print';

/** Parts that a trace keeps, of one expression and in all: a function of the file may take very many. */
export const MAX_SIBLINGS = 200;
export const MAX_TRACED = 20_000;
