import { ndarray } from '../../values/ndarray';
import { scalar, type Value } from '../../values/value';
import type { Dialect } from '../dialect';
import { fail, unknown } from '../stop';
import { assign } from './assignment';
import { CONSTANTS, callFunction, functionNamed } from './catalogue';
import { assignContainer, braces, cellLiteral, field, indexContainer, joinContainers } from './cells';
import { matrix } from './concatenate';
import { endOf, index } from './indexing';
import { fromNumbers, inDoubt, logical, real, realParts, stored, withDoubt } from './numbers';
import { binary, compare, truth, unary } from './operators';
import { range } from './ranges';

/** MATLAB's language as Octave 7.3 runs it: 1-based, column-major, `*` is the matrix product, everything is a matrix. */
export const matlabDialect: Dialect = {
  id: 'matlab',
  number: node =>
    node.imaginary && node.value !== 0 ? scalar('complex128', { re: 0, im: node.value }) : real(node.value),
  dense: node => fromNumbers(ndarray('float64', node.shape, node.data)),
  sequence: () => unknown('cell arrays are not covered'),
  matrix: (rows, node, context) => {
    if (node.cell) return cellLiteral(rows);
    const holds = rows.some(row => row.some(v => v.kind === 'cell' || v.kind === 'struct'));
    return holds ? joinContainers(rows) : matrix(rows, context);
  },
  braces,
  range: (start, step, stop, context) =>
    start && stop ? range(start, step, stop, context) : { kind: 'string', value: ':' },
  unary: (operator, operand, context) => carried(unary(operator, operand, context), operand),
  binary: (operator, left, right, context) => {
    const result = carried(binary(operator, left, right, context), left, right);
    return operator === 'subtract' || operator === 'add' ? leftOver(result, left, right) : result;
  },
  compare: (operator, left, right, context) => {
    const result = compare(operator, left, right);
    context.budget.spend(stored(result).shape.reduce((n, m) => n * m, 1));
    return result;
  },
  truth,
  logical: (operator, left, right) => {
    const first = decided(left);
    if ((operator === 'or') === first) return logical(first);
    return logical(decided(right()));
  },
  index: (object, subscripts, context) =>
    object.kind === 'cell' || object.kind === 'struct'
      ? indexContainer(object, subscripts)
      : index(object, subscripts, context),
  end: (object, position, count) => real(endOf(object, position, count)),
  assign: (object, subscripts, value, context) =>
    [object, value].some(v => v.kind === 'cell' || v.kind === 'struct')
      ? assignContainer(object, subscripts, value)
      : assign(object, subscripts, value, context),
  member: field,
  call: callFunction,
  builtin: name => CONSTANTS.get(name) ?? functionNamed(name),
  module: () => undefined,
  attribute: (_, name) => unknown(`${name}: not covered`),
  undefinedName: name => `'${name}' undefined`,
};

/** What is in doubt of an operand is in doubt of the result. */
const carried = (result: Value, ...operands: readonly Value[]): Value =>
  withDoubt(result, ...operands.map(v => (v.kind === 'array' || v.kind === 'scalar' ? v.doubt : undefined)));

/** Where numbers in doubt cancel, what is left is their rounding. */
function leftOver(result: Value, left: Value, right: Value): Value {
  if ((result.kind !== 'array' && result.kind !== 'scalar') || result.doubt === undefined) return result;
  const size = (v: Value): number => realParts(stored(v)).reduce((m, x) => Math.max(m, Math.abs(x)), 0);
  return size(result) < 1e-9 * Math.max(size(left), size(right))
    ? { ...result, doubt: inDoubt('what is left of numbers that cancel is rounding, whose digits are not known') }
    : result;
}

/** `&&` and `||` take each side as a whole; Octave refuses an empty one. */
function decided(v: Value): boolean {
  const a = stored(v);
  if (a.shape.includes(0)) fail(`invalid conversion from empty value to real scalar`);
  return truth(v);
}
