import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../expression/expression';
import { type FunctionValue, tuple, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { CallArgument, Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { items } from './builtins';
import { bool } from './coerce';
import { binary, compare, truth, unary } from './operators';

/** Python's module operator: operators as functions, and functions that fetch an item or an attribute. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: 'add',
  sub: 'subtract',
  mul: 'multiply',
  truediv: 'divide',
  floordiv: 'floor-divide',
  mod: 'modulo',
  pow: 'power',
  matmul: 'matmul',
  and_: 'bit-and',
  or_: 'bit-or',
  xor: 'bit-xor',
  lshift: 'shift-left',
  rshift: 'shift-right',
};

const COMPARISONS: Readonly<Record<string, ComparisonOperator>> = {
  lt: 'less',
  le: 'less-equal',
  eq: 'equal',
  ne: 'not-equal',
  gt: 'greater',
  ge: 'greater-equal',
};

const UNARY: Readonly<Record<string, UnaryOperator>> = { neg: 'negate', pos: 'plus', invert: 'invert' };

/** Objects of the document's own have operators of their own. */
const plain = (v: Value | undefined): Value =>
  v?.kind === 'object' ? unknown('an operator of an object is not followed here') : need(v);

type Index = (object: Value, subscripts: readonly SubscriptValue[], context: Context) => Value;

const GETTER = 'operator.getter.';

const getter = (name: string): LibraryFunction => ({
  path: `operator.${name}`,
  signature: 'item, /, *items',
  evaluate: x => ({ kind: 'function', path: GETTER + name, self: tuple([need(x.item), ...items(x.items)]) }),
});

/** The functions, which take subscripts as the language does. */
export const operatorFunctions = (index: Index): readonly LibraryFunction[] => [
  ...Object.entries(BINARY).map(
    ([name, op]): LibraryFunction => ({
      path: `operator.${name}`,
      signature: 'a, b, /',
      evaluate: (x, c) => binary(op, plain(x.a), plain(x.b), c),
    }),
  ),
  ...Object.entries(COMPARISONS).map(
    ([name, op]): LibraryFunction => ({
      path: `operator.${name}`,
      signature: 'a, b, /',
      evaluate: (x, c) => compare(op, plain(x.a), plain(x.b), c),
    }),
  ),
  ...Object.entries(UNARY).map(
    ([name, op]): LibraryFunction => ({
      path: `operator.${name}`,
      signature: 'a, /',
      evaluate: (x, c) => unary(op, plain(x.a), c),
    }),
  ),
  { path: 'operator.not_', signature: 'a, /', evaluate: x => bool(!truth(plain(x.a))) },
  { path: 'operator.truth', signature: 'a, /', evaluate: x => bool(truth(plain(x.a))) },
  {
    path: 'operator.getitem',
    signature: 'a, b, /',
    evaluate: (x, c) => index(need(x.a), [{ kind: 'at', value: need(x.b) }], c),
  },
  getter('itemgetter'),
  getter('attrgetter'),
];

export const isGetter = (f: FunctionValue): boolean => f.path.startsWith(GETTER);

/** Calls what `itemgetter` and `attrgetter` made: one item, or a tuple of several. */
export function callGetter(f: FunctionValue, args: readonly CallArgument[], context: Context, index: Index): Value {
  const [object] = args;
  if (args.length !== 1 || object.name !== undefined || f.self?.kind !== 'tuple')
    return unknown('this call is not covered yet');
  const one = (key: Value): Value => {
    if (f.path.endsWith('itemgetter')) return index(object.value, [{ kind: 'at', value: key }], context);
    if (key.kind !== 'string') return fail('TypeError: attribute name must be a string');
    return key.value
      .split('.')
      .reduce<Value>((v, name) => context.member?.(v, name) ?? unknown('this attribute is not followed'), object.value);
  };
  const found = f.self.items.map(one);
  return found.length === 1 ? found[0] : tuple(found);
}
