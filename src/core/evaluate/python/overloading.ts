import type { BinaryOperator, UnaryOperator } from '../../expression/expression';
import type { ComparisonKind } from '../../values/elementwise';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';
import { bool } from './coerce';
import { compare, truth } from './operators';

/** Operators of objects of the document's own classes: the methods that Python looks for. */

const BINARY: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'truediv',
  'floor-divide': 'floordiv',
  modulo: 'mod',
  power: 'pow',
  matmul: 'matmul',
  'bit-and': 'and',
  'bit-or': 'or',
  'bit-xor': 'xor',
  'shift-left': 'lshift',
  'shift-right': 'rshift',
};

/** `a + b` by `__add__` or `__radd__`; undefined where neither side is an object. */
export function overloaded(op: BinaryOperator, left: Value, right: Value, c: Context): Value | undefined {
  if (left.kind !== 'object' && right.kind !== 'object') return undefined;
  const name = BINARY[op];
  if (
    left.kind === 'object' &&
    right.kind === 'object' &&
    left.class !== right.class &&
    c.isInstance?.(right, left.class)
  )
    return unknown('an operator between a class and one derived from it is not followed');
  const method = left.kind === 'object' ? c.method?.(left, `__${name}__`) : undefined;
  if (method) return c.call(method, [right]);
  // NumPy makes an object array of what stands beside an array.
  if (left.kind === 'array' || (left.kind === 'scalar' && !left.weak))
    return unknown('an array beside an object is not followed');
  const reflected = right.kind === 'object' && left.kind !== 'object' ? c.method?.(right, `__r${name}__`) : undefined;
  return reflected ? c.call(reflected, [left]) : unknown(`no __${name}__ is found for this operator`);
}

export function overloadedUnary(op: UnaryOperator, operand: Value, c: Context): Value {
  const name = op === 'negate' ? '__neg__' : op === 'plus' ? '__pos__' : '__invert__';
  const method = c.method?.(operand, name);
  return method ? c.call(method, []) : unknown(`no ${name} is found for this operator`);
}

const COMPARISONS: Readonly<Record<ComparisonKind, readonly [string, string]>> = {
  equal: ['__eq__', '__eq__'],
  'not-equal': ['__ne__', '__ne__'],
  less: ['__lt__', '__gt__'],
  'less-equal': ['__le__', '__ge__'],
  greater: ['__gt__', '__lt__'],
  'greater-equal': ['__ge__', '__le__'],
};

/** `a < b` by the methods of an object; dataclasses compare their fields. */
export function overloadedCompare(op: ComparisonKind, left: Value, right: Value, c: Context): Value | undefined {
  if (left.kind !== 'object' && right.kind !== 'object') return undefined;
  if (left.kind === 'object') {
    const method = c.method?.(left, COMPARISONS[op][0]);
    if (method) return c.call(method, [right]);
    const equal = op === 'not-equal' ? c.method?.(left, '__eq__') : undefined;
    if (equal) return bool(!truth(c.call(equal, [right])));
    if (
      (op === 'equal' || op === 'not-equal') &&
      right.kind === 'object' &&
      left.fields &&
      left.class === right.class
    ) {
      const same = left.fields.every(f => {
        const [p, q] = [left, right].map(v => v.attributes.find(([n]) => n === f)?.[1]);
        return p !== undefined && q !== undefined && truth(compare('equal', p, q, c));
      });
      return bool(same === (op === 'equal'));
    }
    if (left === right) return bool(op === 'equal' || op === 'less-equal' || op === 'greater-equal');
  }
  // Without a method of their own objects are equal to themselves only.
  const plain = [left, right].every(v => v.kind !== 'object' || (!v.fields && !c.method?.(v, '__eq__')));
  if (c.program && plain && (op === 'equal' || op === 'not-equal') && left.kind !== 'array' && right.kind !== 'array')
    return bool(op === 'not-equal');
  return unknown('how these objects compare is not followed');
}
