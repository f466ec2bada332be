export { eliminate, solveUnitLower, solveUpper } from './elimination';
export { exponentials } from './exponential';
export { addProduct } from './product';
export { reflectColumnTriples, reflectTriples, turnColumns } from './rotations';
export { reflectRows, updateAndMultiply, updateTriangle } from './updates';
export { addSquares, dot, multiplyRows } from './vectors';

/** Where the memory begins that callers may use. */
export function heap(): usize {
  return (__heap_base + 63) & ~63;
}
