import type { BinaryOperator } from '../../expression/expression';
import { isComplexType } from '../../values/dtype';
import { asType, elementAt, elements, type NDArray, ndarray, reshape, toFloat64 } from '../../values/ndarray';
import {
  arrayValue,
  type FunctionValue,
  type PolynomialValue,
  scalar,
  stringValue,
  tuple,
  type Value,
} from '../../values/value';
import { type Bound, bind, type LibraryFunction } from '../catalogue';
import { type CallArgument, type Context, type SubscriptValue, unrecorded } from '../dialect';
import { fail, unknown } from '../stop';
import { bool, int, needInteger, toArray } from './coerce';
import { binary } from './operators';
import { like, seriesBinary, seriesCall, seriesMember, seriesMethod } from './polynomial-series';
import { POLYNOMIALS, trimmed } from './polynomials';

/** numpy.poly1d: polynomials as objects, after numpy/lib/polynomial.py. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** One of NumPy's functions on coefficients. */
function run(name: string, x: Bound, c: Context): NDArray {
  const entry = POLYNOMIALS.find(f => f.path === `numpy.${name}`) ?? unknown(`np.${name} is not covered`);
  return toArray(entry.evaluate(x, unrecorded(c)));
}

/** A poly1d of coefficients, zeros in front left out. */
function poly1d(a: NDArray, variable = 'x'): PolynomialValue {
  if (a.shape.length > 1) return fail('ValueError: Polynomial must be 1d only.');
  const all = a.shape.length === 0 ? reshape(a, [1]) : a;
  const none = asType(ndarray('float64', [1], new Float64Array(1)), all.dtype);
  const coefficients = all.shape[0] === 0 ? none : trimmed(all);
  return { kind: 'polynomial', form: 'poly1d', coefficients, variable };
}

const of = (v: Value): NDArray => (v.kind === 'polynomial' ? v.coefficients : toArray(v));

function made(x: Bound, c: Context): Value {
  const v = need(x.c_or_r);
  const variable = x.variable?.kind === 'string' ? x.variable.value : 'x';
  if (v.kind === 'polynomial') return v;
  const fromRoots = x.r?.kind === 'scalar' && x.r.value === true;
  return poly1d(fromRoots ? run('poly', { seq_of_zeros: v }, c) : toArray(v), variable);
}

/** `p + q`, `2 * p`; undefined where neither side is a polynomial. */
export function polynomialBinary(op: BinaryOperator, left: Value, right: Value, c: Context): Value | undefined {
  const p = left.kind === 'polynomial' ? left : right.kind === 'polynomial' ? right : undefined;
  if (!p) return undefined;
  if (p.form === 'Polynomial') return seriesBinary(op, left, right, unrecorded(c));
  const other = p === left ? right : left;
  // NumPy's own numbers and arrays on the left make an array of the polynomial.
  if (p !== left && !(left.kind === 'scalar' && left.weak))
    return unknown('an array beside a polynomial is not covered');
  if (other.kind === 'polynomial' && other.form !== 'poly1d') return unknown('these polynomials do not go together');
  const [a, b] = [of(left), of(right)];
  const quiet = unrecorded(c);
  const scaled = (by: 'multiply' | 'divide'): Value =>
    poly1d(toArray(binary(by, arrayValue(p.coefficients), other, quiet)));
  switch (op) {
    case 'add':
      return poly1d(run('polyadd', { a1: arrayValue(a), a2: arrayValue(b) }, c));
    case 'subtract':
      return poly1d(run('polysub', { a1: arrayValue(a), a2: arrayValue(b) }, c));
    case 'multiply':
      return other.kind === 'scalar'
        ? scaled('multiply')
        : poly1d(run('polymul', { a1: arrayValue(a), a2: arrayValue(b) }, c));
    case 'divide':
      return p === left && other.kind === 'scalar' ? scaled('divide') : quotient(a, b, c);
    case 'power': {
      if (p !== left) return unknown('a power by a polynomial is not covered');
      const n = needInteger(right);
      if (n < 0) return fail('ValueError: Power to non-negative integers only.');
      let out: NDArray = ndarray('int64', [1], Float64Array.of(1));
      for (let k = 0; k < n; k++) out = run('polymul', { a1: arrayValue(a), a2: arrayValue(out) }, c);
      return poly1d(out);
    }
    default:
      return unknown('this operator is not covered for polynomials');
  }
}

function quotient(a: NDArray, b: NDArray, c: Context): Value {
  const entry = POLYNOMIALS.find(f => f.path === 'numpy.polydiv') ?? unknown('np.polydiv is not covered');
  const found = entry.evaluate({ u: arrayValue(a), v: arrayValue(b) }, unrecorded(c));
  return found.kind === 'tuple' ? tuple(found.items.map(v => poly1d(toArray(v)))) : found;
}

export function polynomialNegative(p: PolynomialValue, c: Context): Value {
  const coefficients = toArray(binary('multiply', int(-1), arrayValue(p.coefficients), unrecorded(c)));
  return p.form === 'Polynomial' ? like(p, toFloat64(coefficients)) : { ...p, coefficients };
}

/** Whether two polynomials are equal, coefficient by coefficient. */
export function samePolynomial(p: Value, q: Value): boolean {
  if (p.kind !== 'polynomial' || q.kind !== 'polynomial' || p.form !== q.form)
    return p.kind === q.kind ? false : unknown('comparing a polynomial with this is not covered');
  if (p.form === 'Polynomial' || isComplexType(p.coefficients.dtype) || isComplexType(q.coefficients.dtype))
    return unknown('comparing these polynomials is not covered');
  const [a, b] = [toFloat64(p.coefficients), toFloat64(q.coefficients)];
  return a.length === b.length && a.every((x, k) => x === b[k]);
}

/** `p(3)`, `p(q)`. */
function called(p: PolynomialValue, x: Value, c: Context): Value {
  const quiet = unrecorded(c);
  if (p.form === 'Polynomial') return seriesCall(p, x, quiet);
  if (x.kind !== 'polynomial') {
    const entry = POLYNOMIALS.find(f => f.path === 'numpy.polyval') ?? unknown('np.polyval is not covered');
    return entry.evaluate({ p: arrayValue(p.coefficients), x }, quiet);
  }
  // Composition: Horner's scheme with a polynomial.
  let y: Value = int(0);
  for (const e of elements(p.coefficients))
    y = binary('add', binary('multiply', y, x, quiet), scalar(p.coefficients.dtype, e, true), quiet);
  return y;
}

/** `p.coeffs`, `p.order`, `p.roots`, and methods bound to the polynomial. */
export function polynomialMember(p: PolynomialValue, name: string, c: Context): Value {
  if (p.form === 'Polynomial') return seriesMember(p, name);
  switch (name) {
    case 'c':
    case 'coef':
    case 'coeffs':
    case 'coefficients':
      return arrayValue(p.coefficients);
    case 'o':
    case 'order':
      return int(p.coefficients.shape[0] - 1);
    case 'r':
    case 'roots':
      return arrayValue(run('roots', { p: arrayValue(p.coefficients) }, c));
    case 'variable':
      return stringValue(p.variable);
    case 'deriv':
    case 'integ':
      return { kind: 'function', path: `poly1d.${name}`, self: p };
    default:
      return unknown(`the attribute ${name} of a polynomial is not covered yet`);
  }
}

/** `p[2]`: the coefficient of a power. */
export function polynomialIndex(p: PolynomialValue, subscripts: readonly SubscriptValue[]): Value {
  const [s] = subscripts;
  if (p.form === 'Polynomial' || subscripts.length !== 1 || s.kind !== 'at')
    return unknown('this subscript of a polynomial is not covered');
  const k = needInteger(s.value);
  const a = p.coefficients;
  const order = a.shape[0] - 1;
  if (k < 0 || k > order) return scalar(a.dtype, isComplexType(a.dtype) ? { re: 0, im: 0 } : 0);
  return scalar(a.dtype, elementAt(a, a.offset + (order - k) * a.strides[0]));
}

const ON_POLYNOMIALS = new Set(
  'polyadd polysub polymul polydiv polyder polyint polyval roots array asarray'.split(' '),
);

/** Calls of polynomials, of their methods, and of NumPy's functions with them; undefined for other calls. */
export function callWithPolynomials(
  f: FunctionValue,
  args: readonly CallArgument[],
  c: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value | undefined {
  if (f.self?.kind === 'polynomial') {
    const p = f.self;
    if (f.path === 'call') {
      const x = bind({ path: 'polynomial', signature: 'x', evaluate: () => p }, args);
      return called(p, need(x.x), c);
    }
    if (p.form === 'Polynomial') return seriesMethod(p, f.path.slice('polynomial.'.length), args, unrecorded(c));
    const name = f.path === 'poly1d.deriv' ? 'polyder' : 'polyint';
    const x = bind({ path: f.path, signature: name === 'polyder' ? 'm=1' : 'm=1, k=0', evaluate: () => p }, args);
    return poly1d(run(name, { p: arrayValue(p.coefficients), m: x.m, k: x.k }, c));
  }
  if (!args.some(a => a.value.kind === 'polynomial') || !f.path.startsWith('numpy.')) return undefined;
  const name = f.path.slice('numpy.'.length);
  const entry = library.get(f.path);
  if (name === 'poly1d' || !entry) return undefined;
  if (args.some(a => a.value.kind === 'polynomial' && a.value.form !== 'poly1d') || !ON_POLYNOMIALS.has(name))
    return unknown(`np.${name} of a polynomial is not covered yet`);
  const [first, second] = args.map(a => a.value);
  if (name === 'polyval' && second?.kind === 'polynomial') return called(poly1d(of(first)), second, c);
  const lowered = args.map(a =>
    a.value.kind === 'polynomial' ? { ...a, value: arrayValue(a.value.coefficients) } : a,
  );
  const result = entry.evaluate(bind(entry, lowered), unrecorded(c));
  const gives = name.startsWith('poly') && name !== 'polyval';
  if (result.kind === 'tuple') return tuple(result.items.map(v => poly1d(toArray(v))));
  return gives && result.kind === 'array' ? poly1d(result.array) : result;
}

export const POLYNOMIAL_OBJECTS: readonly LibraryFunction[] = [
  { path: 'numpy.poly1d', signature: 'c_or_r, r=False, variable=None', evaluate: made },
];

export const equalPolynomials = (op: 'equal' | 'not-equal', p: Value, q: Value): Value =>
  bool(samePolynomial(p, q) === (op === 'equal'));
