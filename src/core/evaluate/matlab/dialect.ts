import { ndarray } from '../../values/ndarray';
import { scalar, type Value } from '../../values/value';
import type { Dialect } from '../dialect';
import { fail, unknown } from '../stop';
import { assign } from './assignment';
import { CONSTANTS, callFunction, functionNamed } from './catalogue';
import { matrix } from './concatenate';
import { endOf, index } from './indexing';
import { fromNumbers, logical, real, realParts, stored } from './numbers';
import { binary, compare, truth, unary } from './operators';
import { range } from './ranges';

/** MATLAB's language as Octave 7.3 runs it: 1-based, column-major, `*` is the matrix product, everything is a matrix. */
export const matlabDialect: Dialect = {
  id: 'matlab',
  number: node =>
    node.imaginary && node.value !== 0 ? scalar('complex128', { re: 0, im: node.value }) : real(node.value),
  dense: node => fromNumbers(ndarray('float64', node.shape, node.data)),
  sequence: () => unknown('cell arrays are not covered'),
  matrix: (rows, _, context) => matrix(rows, context),
  range: (start, step, stop, context) =>
    start && stop ? range(start, step, stop, context) : { kind: 'string', value: ':' },
  unary,
  binary,
  compare: (operator, left, right, context) => {
    const result = compare(operator, left, right);
    context.budget.spend(stored(result).shape.reduce((n, m) => n * m, 1));
    return result;
  },
  truth,
  logical: (operator, left, right) => {
    const first = decided(operator, left);
    if ((operator === 'or') === first) return logical(first);
    return logical(decided(operator, right()));
  },
  index,
  end: (object, position, count) => real(endOf(object, position, count)),
  assign,
  member: object =>
    object.kind === 'string' || object.kind === 'scalar'
      ? fail('scalar cannot be indexed with .')
      : unknown('structures are not covered'),
  call: callFunction,
  builtin: name => CONSTANTS.get(name) ?? functionNamed(name),
  module: () => undefined,
  attribute: (_, name) => unknown(`${name}: not covered`),
  undefinedName: name => `'${name}' undefined`,
};

/** `&&` and `||` take each side as a whole; Octave refuses an empty one. */
function decided(operator: 'and' | 'or', v: Value): boolean {
  const a = stored(v);
  if (a.shape.includes(0)) fail(`invalid conversion from empty value to real scalar`);
  if (realParts(a).some(Number.isNaN)) unknown(`${operator} of NaN is not covered`);
  return truth(v);
}
