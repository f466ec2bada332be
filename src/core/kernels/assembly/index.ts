export { eliminate, solveUnitLower, solveUpper } from './elimination';
export { addProduct } from './product';
export { reflectColumnTriples, reflectTriples, turnColumns } from './rotations';
export { reflectRows, updateAndMultiply, updateTriangle } from './updates';
export { dot, multiplyRows } from './vectors';

/** Where the memory begins that callers may use. */
export function heap(): usize {
  return (__heap_base + 63) & ~63;
}
