import type { BinaryOperator, ComparisonOperator, UnaryOperator } from '../../expression/expression';
import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { REAL } from '../../values/elementwise';
import {
  type Atom,
  type Atomic,
  shapeOf,
  toValue,
  type Uncertain,
  type Vector,
  type VectorType,
  vectorOf,
  widest,
} from '../../values/r-vector';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';
import { reject } from './errors';
import { residual } from './extended';
import { joint, largest, NOISE, noisy, through } from './uncertainty';
import { atomic, coerced } from './vectors';

type Real = (x: number, y: number) => number;

const EPSILON = 2 ** -52;

/** R's `%/%`. */
function quotient(x: number, y: number): number {
  const q = x / y;
  if (y === 0 || Math.abs(q) * EPSILON > 1 || !Number.isFinite(q)) return q;
  if (Math.abs(q) < 1) return q < 0 || (x < 0 && y > 0) || (x > 0 && y < 0) ? -1 : 0;
  const whole = Math.floor(q);
  return whole + Math.floor(residual(x, whole, y) / y);
}

/** R's `%%`, with the sign of the divisor. */
function remainder(x: number, y: number): number {
  if (y === 0) return Number.NaN;
  if (Math.abs(y) * EPSILON > 1 && Number.isFinite(x) && Math.abs(x) <= Math.abs(y)) {
    if (Math.abs(x) === Math.abs(y)) return 0;
    return (x < 0 && y > 0) || (y < 0 && x > 0) ? x + y : x;
  }
  const q = x / y;
  if (!Number.isFinite(q))
    return Number.isFinite(x) && !Number.isFinite(y) ? (x < 0 === y < 0 || x === 0 ? x : y) : Number.NaN;
  const rest = residual(x, Math.floor(q), y);
  return rest - Math.floor(rest / y) * y;
}

/** R_pow: what is not finite is told apart before the C library is asked. */
const power: Real = (x, y) => {
  if (x === 1 || y === 0) return 1;
  if (y === 2) return x * x;
  if (x === 0) return y > 0 ? 0 : y < 0 ? Number.POSITIVE_INFINITY : y;
  if (Number.isFinite(x) && Number.isFinite(y)) return REAL.power(x, y);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (!Number.isFinite(x)) {
    if (x > 0) return y < 0 ? 0 : Number.POSITIVE_INFINITY;
    if (Number.isInteger(y)) return y < 0 ? 0 : y % 2 === 0 ? -x : x;
    return Number.NaN;
  }
  if (x < 0) return Number.NaN;
  return y > 0 === x >= 1 ? Number.POSITIVE_INFINITY : 0;
};

const REALS: Readonly<Partial<Record<BinaryOperator, Real>>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  power,
  'floor-divide': quotient,
  modulo: remainder,
};

const COMPLEX: Readonly<Partial<Record<BinaryOperator, (x: Complex, y: Complex) => Complex>>> = {
  add: c.add,
  subtract: c.subtract,
  multiply: c.multiply,
  divide: c.divide,
  power: (x, y) =>
    x.re === 0 && x.im === 0 && y.re < 0
      ? y.im === 0 && Number.isInteger(y.re)
        ? { re: Number.POSITIVE_INFINITY, im: 0 }
        : unknown('this power of zero is not followed')
      : c.pow(x, y),
};

/** Operations of integers that stay integers. */
const WHOLE: Readonly<Partial<Record<BinaryOperator, Real>>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  'floor-divide': (x, y) => (y === 0 ? Number.NaN : Math.floor(x / y)),
  modulo: (x, y) => (y === 0 ? Number.NaN : x - Math.floor(x / y) * y),
};

const LOGICAL_ONLY = 'operations are possible only for numeric, logical or complex types';

const OPERATIONS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  power: 'power',
};

/** How long the result of an operation is: the shorter operand is gone through again. */
export function recycledLength(a: Atomic, b: Atomic): number {
  const [m, n] = [a.values.length, b.values.length];
  return m === 0 || n === 0 ? 0 : Math.max(m, n);
}

/** The attributes of a result: sizes must agree; what the first operand has goes before. */
export function resultShape(a: Atomic, b: Atomic, n: number, yields = false): Parameters<typeof vectorOf>[2] {
  const [p, q] = [a.values.length, b.values.length];
  if (a.dim && b.dim && (a.dim.length !== b.dim.length || a.dim.some((s, i) => s !== b.dim?.[i])))
    reject('non-conformable arrays');
  // In arithmetic a single element's sizes give way to a longer vector.
  if (yields && a.dim && p === 1 && q > 1 && !b.dim)
    return resultShape({ ...a, dim: undefined, dimnames: undefined }, { ...b, names: undefined }, n);
  if (yields && b.dim && q === 1 && p > 1 && !a.dim)
    return resultShape({ ...a, names: undefined }, { ...b, dim: undefined, dimnames: undefined }, n);
  if (n === 0) return zeroShape(a, b);
  if ((a.dim && q > p) || (b.dim && p > q)) {
    if (n > 0) reject(`dims [product ${a.dim && q > p ? p : q}] do not match the length of object [${n}]`);
    return {};
  }
  const [first, second] = [p === n ? shapeOf(a) : {}, q === n ? shapeOf(b) : {}];
  const dim = first.dim ?? second.dim;
  const others = [...(first.others ?? [])];
  for (const o of second.others ?? []) if (!others.some(([name]) => name === o[0])) others.push(o);
  const { doubt } = joint([a.doubt, b.doubt]);
  return {
    ...(dim ? { dim } : {}),
    ...(dim ? withDimnames(first, second) : { names: first.names ?? second.names }),
    ...(others.length > 0 ? { others } : {}),
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Of nothing the sizes of an array that holds nothing are kept. */
function zeroShape(a: Atomic, b: Atomic): Parameters<typeof vectorOf>[2] {
  const { dim, dimnames } =
    a.dim && a.values.length === 0 ? a : b.dim && b.values.length === 0 ? b : ({} as Partial<Atomic>);
  return dim ? { dim, ...(dimnames ? { dimnames } : {}) } : {};
}

const withDimnames = (a: ReturnType<typeof shapeOf>, b: ReturnType<typeof shapeOf>): object => {
  const from = a.dimnames ? a : b;
  return { ...(from.dimnames ? { dimnames: from.dimnames } : {}), ...(from.axes ? { axes: from.axes } : {}) };
};

/** What classes an object has that change what operators mean. */
export function plain(v: Atomic): Atomic {
  for (const [name] of v.others ?? [])
    if (name === 'class') unknown('operators on objects with classes are not followed');
  return v;
}

/** Whether one operand is a single number: the picture of scaling. */
const isSingle = (v: Atomic): boolean => v.values.length === 1 && !v.dim;

function recordOf(operator: BinaryOperator, left: Value, right: Value, a: Atomic, b: Atomic, context: Context): void {
  const operation = OPERATIONS[operator];
  if (!operation) return;
  if (operator === 'multiply' && isSingle(a) !== isSingle(b))
    context.record('scale', isSingle(a) ? [left, right] : [right, left]);
  else context.record(operation, [left, right]);
}

/** `a + b` and all other operators but products of matrices, element by element. */
export function arithmetic(operator: BinaryOperator, left: Value, right: Value, context: Context): Value {
  const logical = operator === 'bit-and' || operator === 'bit-or';
  if (left.kind === 'list' || right.kind === 'list' || left.kind === 'function' || right.kind === 'function')
    reject(logical ? LOGICAL_ONLY : 'non-numeric argument to binary operator');
  const [a, b] = [plain(atomic(left)), plain(atomic(right))];
  if (operator === 'bit-and' || operator === 'bit-or') return logicalOf(operator, a, b, context);
  if (a.type === 'character' || b.type === 'character') reject('non-numeric argument to binary operator');
  const n = recycledLength(a, b);
  context.budget.claim(n);
  const shape = resultShape(a, b, n, true);
  recordOf(operator, left, right, a, b, context);
  const type = widest([a.type, b.type]);
  if (type === 'complex') return toValue(vectorOf('complex', mapComplex(operator, a, b, n), shape));
  const f = REALS[operator] ?? unknown('this operator is not followed');
  const integer = type !== 'double' && WHOLE[operator];
  const [x, y] = [a.values as readonly (number | boolean | null)[], b.values as readonly (number | boolean | null)[]];
  const [p, q] = [x.length, y.length];
  const out = new Array<number | null>(n);
  for (let k = 0; k < n; k++) {
    const [s, t] = [x[k % p], y[k % q]];
    if (s === null || t === null) {
      out[k] = missing(operator, s, t);
      continue;
    }
    if (integer) {
      const z = integer(Number(s), Number(t));
      out[k] = Number.isNaN(z) || Math.abs(z) > 2147483647 ? null : z + 0;
    } else out[k] = f(Number(s), Number(t));
  }
  return toValue(vectorOf(integer ? 'integer' : 'double', out, { ...shape, ...doubtAfter(operator, a, b, out) }));
}

/** How far the results of an operation may be off. */
function doubtAfter(
  operator: BinaryOperator,
  a: Atomic,
  b: Atomic,
  out: readonly (number | null)[],
): { readonly doubt?: Uncertain } {
  const both = joint([a.doubt, b.doubt]);
  if (both.doubt?.noise === undefined) return both;
  const [p, q] = [a.doubt?.noise ?? 0, b.doubt?.noise ?? 0];
  const least = b.values.reduce<number>((m, x) => Math.min(m, Math.abs(Number(x))), Number.POSITIVE_INFINITY);
  switch (operator) {
    case 'add':
    case 'subtract':
      return { doubt: noisy(p + q, both.doubt.zeros && !out.includes(0)) };
    case 'multiply':
      return { doubt: noisy(p * largest(b.values) + q * largest(a.values), both.doubt.zeros) };
    case 'divide':
      return least > 2 * q
        ? { doubt: noisy((p + q * largest(out)) / least, both.doubt.zeros) }
        : { doubt: { reason: NOISE } };
    case 'power':
      return b.values.length === 1 && !q
        ? through(a, x => power(x, Number(b.values[0])))
        : { doubt: { reason: NOISE } };
    default:
      return { doubt: { reason: NOISE } };
  }
}

/** What an operation with NA gives: 1 to any power and any number to the power 0 are 1. */
function missing(operator: BinaryOperator, s: number | boolean | null, t: number | boolean | null): number | null {
  if (operator !== 'power') return typeof s === 'number' && Number.isNaN(s) ? Number.NaN : null;
  return Number(s ?? Number.NaN) === 1 || (t !== null && Number(t) === 0) ? 1 : null;
}

function mapComplex(operator: BinaryOperator, a: Atomic, b: Atomic, n: number): (Complex | null)[] {
  const f = COMPLEX[operator] ?? reject('unimplemented complex operation');
  const [x, y] = [
    coerced(a, 'complex').values as (Complex | null)[],
    coerced(b, 'complex').values as (Complex | null)[],
  ];
  return Array.from({ length: n }, (_, k) => {
    const [s, t] = [x[k % x.length], y[k % y.length]];
    return s === null || t === null ? null : f(s, t);
  });
}

function logicalOf(operator: 'bit-and' | 'bit-or', a: Atomic, b: Atomic, context: Context): Value {
  if (a.type === 'character' || b.type === 'character') reject(LOGICAL_ONLY);
  const n = recycledLength(a, b);
  context.budget.claim(n);
  const { others: _, ...shape } = resultShape(a, b, n) ?? {};
  const [x, y] = [coerced(a, 'logical').values, coerced(b, 'logical').values];
  const both = operator === 'bit-and';
  const out = Array.from({ length: n }, (_, k) => {
    const [s, t] = [x[k % x.length], y[k % y.length]];
    if (s === !both || t === !both) return !both;
    return s === null || t === null ? null : both;
  });
  return toValue(vectorOf('logical', out, shape));
}

const ORDERED: Readonly<Partial<Record<ComparisonOperator, (order: number) => boolean>>> = {
  equal: o => o === 0,
  'not-equal': o => o !== 0,
  less: o => o < 0,
  'less-equal': o => o <= 0,
  greater: o => o > 0,
  'greater-equal': o => o >= 0,
};

/** Comparisons element by element; texts go by their code points, as in R's C locale. */
export function comparison(operator: ComparisonOperator, left: Value, right: Value, context: Context): Value {
  if (left.kind === 'function' || right.kind === 'function')
    reject('comparison (==) is possible only for atomic and list types');
  const [a, b] = [plain(atomic(left)), plain(atomic(right))];
  const n = recycledLength(a, b);
  context.budget.claim(n);
  const { doubt: open } = joint([a.doubt, b.doubt], 4);
  if (open && open.noise === undefined) unknown(open.reason);
  const { others: _, doubt: __, ...shape } = resultShape(a, b, n) ?? {};
  const type: VectorType = widest([a.type, b.type]);
  const test = ORDERED[operator] ?? unknown('this comparison is not followed');
  const exact = operator === 'equal' || operator === 'not-equal';
  if (type === 'complex' && !exact) reject('invalid comparison with complex values');
  const [x, y] = [coerced(a, type).values as readonly Atom[], coerced(b, type).values as readonly Atom[]];
  const out = Array.from({ length: n }, (_, k) => {
    const [s, t] = [x[k % x.length], y[k % y.length]];
    if (s === null || t === null) return null;
    if (open && !open.zeros && Math.abs(Number(s) - Number(t)) <= (open.noise ?? 0)) unknown(open.reason);
    const order = compareAtoms(s, t, exact);
    return order === undefined ? null : test(order);
  });
  return toValue(vectorOf('logical', out, shape));
}

/** How two elements of one type stand to each other; undefined where one is no number. */
export function compareAtoms(s: Exclude<Atom, null>, t: Exclude<Atom, null>, exact = false): number | undefined {
  if (typeof s === 'object' && typeof t === 'object') {
    if (Number.isNaN(s.re) || Number.isNaN(s.im) || Number.isNaN(t.re) || Number.isNaN(t.im)) return undefined;
    return s.re === t.re && s.im === t.im ? 0 : 1;
  }
  if (typeof s === 'string' && typeof t === 'string') return s === t ? 0 : exact ? 1 : collated(s, t);
  const [p, q] = [Number(s), Number(t)];
  if (Number.isNaN(p) || Number.isNaN(q)) return undefined;
  return p < q ? -1 : p > q ? 1 : 0;
}

/** The order of texts depends on the reader's language, but for texts of lower-case letters and digits alone. */
export function collated(s: string, t: string): number {
  const simple = /^(?:[a-z]*|[A-Z]*|[0-9]*|[a-z]+[0-9]+)$/;
  if (s === t) return 0;
  const sameKind =
    [/^[a-z]*$/, /^[A-Z]*$/, /^\d*$/].some(p => p.test(s) && p.test(t)) ||
    (simple.test(s) &&
      simple.test(t) &&
      s.toLowerCase() !== t.toLowerCase() &&
      /^[a-z]+\d*$/.test(s) &&
      /^[a-z]+\d*$/.test(t));
  if (!sameKind) unknown('the order of these texts depends on the language that R runs in');
  return s < t ? -1 : 1;
}

export function unary(operator: UnaryOperator, operand: Value, context: Context): Value {
  if (operand.kind === 'function' || operand.kind === 'list')
    reject(operator === 'not' ? 'invalid argument type' : 'invalid argument to unary operator');
  const v = plain(atomic(operand));
  context.budget.claim(v.values.length);
  const { dim, dimnames, names, axes, others } = v;
  const shape = { dim, dimnames, names, axes, others, doubt: v.doubt };
  if (operator === 'not') {
    if (v.type === 'character') reject('invalid argument type');
    const x = coerced(v, 'logical').values as readonly (boolean | null)[];
    return toValue(
      vectorOf(
        'logical',
        x.map(b => (b === null ? null : !b)),
        shape,
      ),
    );
  }
  if (v.type === 'character') reject('invalid argument to unary operator');
  if (operator === 'plus') return v.type === 'logical' ? toValue(coerced(v, 'integer')) : operand;
  if (operator !== 'negate') return unknown('this operator is not followed');
  context.record('negate', [operand]);
  if (v.type === 'complex')
    return toValue(
      vectorOf(
        'complex',
        v.values.map(z => z && { re: -z.re, im: -z.im }),
        shape,
      ),
    );
  const type = v.type === 'double' ? 'double' : 'integer';
  const out = (v.values as readonly (number | boolean | null)[]).map(x =>
    x === null ? null : type === 'integer' ? 0 - Number(x) : -Number(x),
  );
  return toValue(vectorOf(type, out, shape));
}

/** `from:to`, whole numbers where the first one is and all fit. */
export function colon(from: number, to: number, context: Context): Vector {
  if (Number.isNaN(from) || Number.isNaN(to)) reject('NA/NaN argument');
  const n = Math.floor(Math.abs(from - to) + 1e-10) + 1;
  context.budget.claim(n);
  const step = from <= to ? 1 : -1;
  const last = from + step * (n - 1);
  const whole = Number.isInteger(from) && Math.abs(from) <= 2147483647 && Math.abs(last) <= 2147483647;
  return vectorOf(
    whole ? 'integer' : 'double',
    Array.from({ length: n }, (_, k) => from + step * k),
  );
}
