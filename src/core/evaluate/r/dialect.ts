import { toValue, vectorOf } from '../../values/r-vector';
import type { Dialect, SubscriptValue } from '../dialect';
import { unknown } from '../stop';
import { arithmetic, colon, comparison, unary } from './arithmetic';
import { assign } from './assignment';
import { builtinNamed, CONSTANTS, isData } from './catalogue';
import { reject, sentence } from './errors';
import { field, index, type Places } from './indexing';
import { logical, truth } from './operators';
import { kronecker, product } from './products';
import { atomic, numbers } from './vectors';

const places = (subscripts: readonly SubscriptValue[]): Places => ({
  at: subscripts.map(s => (s.kind === 'at' ? s.value : undefined)),
});

/** R's language as R 4.2 runs it: vectors that are gone through again, column-major arrays, names, NA. */
export const rDialect: Dialect = {
  id: 'r',
  number: node =>
    toValue(
      node.imaginary
        ? vectorOf('complex', [{ re: 0, im: node.value }])
        : vectorOf(node.suffix === 'L' ? 'integer' : 'double', [node.value]),
    ),
  dense: node => toValue(vectorOf('double', Array.from(node.data))),
  sequence: () => unknown('this is not written in R'),
  matrix: () => unknown('this is not written in R'),
  range: (start, _, stop, context) => {
    if (!start || !stop) return unknown('a range without ends');
    const [from, to] = [numbers(atomic(start), 'NA/NaN argument'), numbers(atomic(stop), 'NA/NaN argument')];
    if (from.length === 0 || to.length === 0) reject('argument of length 0');
    if (from.length > 1 || to.length > 1) unknown('a range from or to several numbers is not followed');
    if (from[0] === null || to[0] === null) return reject('NA/NaN argument');
    return toValue(colon(from[0], to[0], context));
  },
  unary,
  binary: (operator, left, right, context) => {
    if (operator === 'matmul') return product(left, right, context);
    if (operator === 'kronecker') return kronecker(left, right, context);
    return arithmetic(operator, left, right, context);
  },
  compare: comparison,
  truth,
  logical: (operator, left, right) => logical(operator, left, right),
  index: (object, subscripts, context) => index(object, places(subscripts), context),
  assign: (object, subscripts, value, context) => assign(object, places(subscripts), value, context),
  member: field,
  call: callee => unknown(`${callee.path.slice(2)}: not covered yet`),
  builtin: name =>
    isData(name) ? unknown(`${name}: data that come with R are not kept`) : (CONSTANTS.get(name) ?? builtinNamed(name)),
  module: () => undefined,
  attribute: (_, name) => unknown(`${name}: not covered`),
  undefinedName: name => sentence(`object '${name}' not found`, undefined),
};
