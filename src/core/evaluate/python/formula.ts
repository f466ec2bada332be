import type { Value } from '../../values/value';
import type { Dialect } from '../dialect';
import { isArrayLike, toArray } from './coerce';
import { pythonDialect } from './dialect';

/** Lists of numbers as arrays; other values as they are. */
const arrayed = (v: Value): Value => (v.kind === 'list' && isArrayLike(v) ? { kind: 'array', array: toArray(v) } : v);

/**
 * A formula in no file of Python's: `[[1, 2], [3, 4]] @ [5, 6]` is a product of arrays, and `[1, 2] + [3, 4]` is [4, 6],
 * where Python itself refuses the first and joins the second.
 */
export const pythonFormula: Dialect = {
  ...pythonDialect,
  unary: (operator, operand, context) => pythonDialect.unary(operator, arrayed(operand), context),
  binary: (operator, left, right, context) => pythonDialect.binary(operator, arrayed(left), arrayed(right), context),
  compare: (operator, left, right, context) => pythonDialect.compare(operator, arrayed(left), arrayed(right), context),
};
