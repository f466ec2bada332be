import type { BinaryOperator } from '../../expression/expression';
import { kindOf } from '../../values/dtype';
import type { ComparisonKind } from '../../values/elementwise';
import { sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import { fail, unknown } from '../stop';
import { integerOf, toArray, typeName } from './coerce';
import { OPERATORS } from './ufuncs';

/** What NumPy says of its arrays and numbers beside None, a dict, a set, a type or a text, which it takes for arrays of one object. */

export const SIGNS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  divide: '/',
  power: '** or pow()',
  'floor-divide': '//',
  modulo: '%',
  matmul: '@',
  'bit-and': '&',
  'bit-or': '|',
  'bit-xor': '^',
  'shift-left': '<<',
  'shift-right': '>>',
};

export const SIGN: Readonly<Record<ComparisonKind, string>> = {
  equal: '==',
  'not-equal': '!=',
  less: '<',
  'less-equal': '<=',
  greater: '>',
  'greater-equal': '>=',
};

const REFLECTED: Readonly<Partial<Record<ComparisonKind, ComparisonKind>>> = {
  less: 'greater',
  'less-equal': 'greater-equal',
  greater: 'less',
  'greater-equal': 'less-equal',
};

export const isOfNumPy = (v: Value): boolean => v.kind === 'array' || (v.kind === 'scalar' && !v.weak);

const ELEMENT = { bool: 'bool', signed: 'int', unsigned: 'int', float: 'float', complex: 'complex' } as const;

/** The name of what stands on a side when Python operates on single objects: elements are Python's own numbers. */
const elementName = (v: Value): string => (isOfNumPy(v) ? ELEMENT[kindOf(toArray(v).dtype)] : typeName(v));

const isCovered = (v: Value): boolean =>
  isOfNumPy(v) ||
  v.kind === 'none' ||
  v.kind === 'dict' ||
  v.kind === 'set' ||
  (v.kind === 'dtype' && v.form === undefined);

/** An arithmetic or bitwise operator, which fails at the first element, or which has no loop for texts. */
export function besideObject(op: BinaryOperator, left: Value, right: Value): never {
  if (left.kind === 'string' || right.kind === 'string') return besideText(op, left, right);
  if (!isCovered(left) || !isCovered(right)) return unknown('this operation is not evaluated');
  const sides = [left, right];
  if (op === 'matmul') {
    if (!sides.some(v => v.kind === 'array'))
      return fail(`TypeError: unsupported operand type(s) for @: '${typeName(left)}' and '${typeName(right)}'`);
    const without = sides.findIndex(v => v.kind !== 'array' || v.array.shape.length === 0);
    return fail(
      `ValueError: matmul: Input operand ${without} does not have enough dimensions (has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)`,
    );
  }
  // Integers times a type are types; of no element nothing fails.
  const counted =
    op === 'multiply' &&
    sides.some(v => v.kind === 'dtype') &&
    sides.some(v => integerOf(v) !== undefined || v.kind === 'array');
  if (counted || sides.some(v => v.kind === 'array' && sizeOf(v.array.shape) === 0))
    return unknown('this operation is not evaluated');
  return fail(
    `TypeError: unsupported operand type(s) for ${SIGNS[op] ?? op}: '${elementName(left)}' and '${elementName(right)}'`,
  );
}

function besideText(op: BinaryOperator, left: Value, right: Value): never {
  const name = OPERATORS[op] ?? op;
  if (!(isOfNumPy(left) || isOfNumPy(right)) || op === 'multiply') return unknown('this operation is not evaluated');
  if (op === 'add' || op === 'subtract' || op === 'matmul') {
    const type = (v: Value): string =>
      v.kind === 'string' ? `<U${Math.max(Array.from(v.value).length, 1)}` : toArray(v).dtype;
    return fail(
      `UFuncTypeError: ufunc '${name}' did not contain a loop with signature matching types (dtype('${type(left)}'), dtype('${type(right)}')) -> None`,
    );
  }
  return fail(
    `TypeError: ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );
}

/** A comparison by order; where the array is on the right, Python asks it the other way round. */
export function orderBesideObject(op: ComparisonKind, left: Value, right: Value): never {
  const sides = [left, right];
  if (sides.some(v => v.kind === 'string')) {
    const shown = (v: Value): string => (isOfNumPy(v) ? 'numpy.ndarray' : typeName(v));
    return fail(`TypeError: '${SIGN[op]}' not supported between instances of '${shown(left)}' and '${shown(right)}'`);
  }
  if (!sides.every(isCovered) || sides.some(v => v.kind === 'array' && sizeOf(v.array.shape) === 0))
    return unknown('this comparison is not evaluated');
  const [first, second] = isOfNumPy(left) ? [left, right] : [right, left];
  const asked = first === left ? op : (REFLECTED[op] ?? op);
  return fail(
    `TypeError: '${SIGN[asked]}' not supported between instances of '${elementName(first)}' and '${elementName(second)}'`,
  );
}
