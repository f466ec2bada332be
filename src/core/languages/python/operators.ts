import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../expression/expression';

/** Python's operators (Python Language Reference, section 6.17); binary ones with how tightly they bind. */

export const BINARY: Readonly<Record<string, readonly [number, BinaryOperator]>> = {
  '|': [6, 'bit-or'],
  '^': [7, 'bit-xor'],
  '&': [8, 'bit-and'],
  '<<': [9, 'shift-left'],
  '>>': [9, 'shift-right'],
  '+': [10, 'add'],
  '-': [10, 'subtract'],
  '*': [11, 'multiply'],
  '/': [11, 'divide'],
  '//': [11, 'floor-divide'],
  '%': [11, 'modulo'],
  '@': [11, 'matmul'],
};
export const UNARY: Readonly<Record<string, UnaryOperator>> = { '+': 'plus', '-': 'negate', '~': 'invert' };
export const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  '==': 'equal',
  '!=': 'not-equal',
  '<': 'less',
  '<=': 'less-equal',
  '>': 'greater',
  '>=': 'greater-equal',
};
export const COMPARISON_LEVEL = 5;
