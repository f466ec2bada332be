import * as L from '../../linalg/index';
import { type Element, isComplex, isComplexType, isIntegerType } from '../../values/dtype';
import { exp } from '../../values/exponential';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { tightShape } from './apply';
import { elementsOf, integerOf, integersOf, real, toArray, unwrap } from './coerce';
import { DECOMPOSITIONS, factorsOf, singularStack, svdOf } from './decompositions';
import { norm } from './norms';
import { matmul } from './products';
import { isTrue } from './reductions';
import {
  asColumn,
  assemble,
  checkStack,
  epsilonOf,
  linalgType,
  matricesOf,
  notConverged,
  parted,
  realType,
  singular,
  spender,
  stackOf,
} from './stacks';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The determinant as NumPy finds it: sign times exp of the sum of logarithms of the pivots. */
function det(v: Value, c: Context): Value {
  const a = stackOf(v, true);
  if (a.lead.length === 0) c.record('determinant', [v]);
  const parts = a.matrices.map(m => {
    const { sign, logabs } = L.slogdet(m, spender(c));
    const size = exp(logabs);
    return { re: Float64Array.of(sign.re * size), im: Float64Array.of(sign.im * size) };
  });
  return unwrap(assemble(parts, a.lead, [], a.dtype));
}

function slogdet(v: Value, c: Context): Value {
  const a = stackOf(v, true);
  const parts = a.matrices.map(m => L.slogdet(m, spender(c)));
  const signs = parts.map(p => ({ re: Float64Array.of(p.sign.re), im: Float64Array.of(p.sign.im) }));
  const logs = parts.map(p => ({ re: Float64Array.of(p.logabs) }));
  return parted(
    'SlogdetResult',
    ['sign', 'logabsdet'],
    [unwrap(assemble(signs, a.lead, [], a.dtype)), unwrap(assemble(logs, a.lead, [], realType(a.dtype)))],
  );
}

/** Solves a stack of systems; the right-hand side is one vector less deep than `a`, or a stack of matrices. */
function solve(left: Value, right: Value, c: Context): Value {
  const a = toArray(left);
  checkStack(a, true);
  const b = toArray(right);
  // NumPy 2 takes for vectors only what has one dimension.
  const one = b.shape.length === 1;
  const name = one ? 'solve1' : 'solve';
  const core = one ? '(m,m),(m)->(m)' : '(m,m),(m,n)->(m,n)';
  if (b.shape.length < (one ? 1 : 2))
    fail(
      `ValueError: ${name}: Input operand 1 does not have enough dimensions (has ${b.shape.length}, gufunc core with signature ${core} requires ${one ? 1 : 2})`,
    );
  const n = a.shape[a.shape.length - 1];
  const rows = b.shape[b.shape.length - (one ? 1 : 2)];
  if (rows !== n)
    fail(
      `ValueError: ${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${core} (size ${rows} is different from ${n})`,
    );
  const dtype = linalgType(a, b);
  const y = one ? reshape(b, [...b.shape, 1]) : b;
  const columns = y.shape[y.shape.length - 1];
  const lead = broadcastShapes(a.shape.slice(0, -2), y.shape.slice(0, -2));
  if (!lead)
    return fail(
      `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${tightShape(a.shape)}->(${a.shape.slice(0, -2).join(',')},newaxis,newaxis) ${tightShape(b.shape)}->(${y.shape.slice(0, -2).join(',')},newaxis,newaxis)  and requested shape (${n}${one ? '' : `,${columns}`})`,
    );
  if (lead.length === 0) c.record('solve', [left, right]);
  const systems = matricesOf(broadcastTo(a, [...lead, n, n]));
  if (isComplexType(dtype) && !systems.every(L.allFinite))
    return unknown('what LAPACK makes of complex systems that are not finite differs by processor');
  const parts = matricesOf(broadcastTo(y, [...lead, n, columns])).map((m, k) => {
    const s = L.solve(systems[k], m, spender(c));
    return s.kind === 'singular' ? singular() : s.x;
  });
  return arrayValue(assemble(parts, lead, one ? [n] : [n, columns], dtype));
}

export function inverse(v: Value, c: Context): Value {
  const a = stackOf(v, true);
  if (a.lead.length === 0) c.record('inverse', [v]);
  const n = a.array.shape[a.lead.length];
  const parts = a.matrices.map(m => {
    const s = L.inverse(m, spender(c));
    return s.kind === 'singular' ? singular() : s.x;
  });
  return arrayValue(assemble(parts, a.lead, [n, n], a.dtype));
}

function wholeExponent(v: Value): bigint {
  const e = v.kind === 'array' && v.array.shape.length === 0 ? unwrap(v.array) : v;
  return e.kind === 'scalar' && (isIntegerType(e.dtype) || e.dtype === 'bool')
    ? BigInt(e.value as number | bigint | boolean)
    : fail('TypeError: exponent must be an integer');
}

function matrixPower(v: Value, exponent: Value, c: Context): Value {
  const a = toArray(v);
  checkStack(a, true);
  let n = wholeExponent(exponent);
  const size = a.shape[a.shape.length - 1];
  if (n === 0n) {
    const one = asType(ndarray('float64', [size, size], L.identity(size).re), a.dtype);
    return arrayValue(broadcastTo(one, a.shape));
  }
  let base: Value = arrayValue(a);
  if (n < 0n) {
    base = inverse(v, c);
    n = -n;
  }
  if (n === 3n) return matmul(matmul(base, base, c), base, c);
  let result: Value | undefined;
  for (let power = base; ; power = matmul(power, power, c)) {
    if (n % 2n === 1n) result = result === undefined ? power : matmul(result, power, c);
    n /= 2n;
    if (n === 0n) return result ?? power;
  }
}

const isZero = (e: Element): boolean => (isComplex(e) ? e.re === 0 && e.im === 0 : Number(e) === 0);

function cond(x: Bound, c: Context): Value {
  const v = need(x.x);
  const a = toArray(v);
  if (a.shape.length >= 2 && sizeOf(a.shape.slice(-2)) === 0) fail('LinAlgError: cond is not defined on empty arrays');
  const order = x.p === undefined || x.p.kind === 'none' ? undefined : x.p;
  const p = order?.kind === 'scalar' ? Number(order.value) : Number.NaN;
  const spotless = (k: number, step: number): boolean =>
    !toFloat64(reshape(a, [sizeOf(a.shape)]))
      .subarray(k * step, (k + 1) * step)
      .some(Number.isNaN);
  const step = a.shape.length >= 2 ? sizeOf(a.shape.slice(-2)) : 1;
  // A quotient without a value is infinite unless the matrix itself has NaN.
  const mended = (r: NDArray): Value =>
    unwrap(
      asType(
        ndarray(
          'float64',
          r.shape,
          toFloat64(r).map((e, k) => (Number.isNaN(e) && spotless(k, step) ? Number.POSITIVE_INFINITY : e)),
        ),
        r.dtype,
      ),
    );
  if (order === undefined || Math.abs(p) === 2) {
    const s = singularStack(v, c);
    const k = s.shape[s.shape.length - 1];
    const values = toFloat64(s);
    const lead = s.shape.slice(0, -1);
    /** One entry in a row and a column: nothing is added, so nothing is rounded. */
    const entries = elementsOf(a);
    const isScaledPermutation = (i: number): boolean => {
      const columns = a.shape[a.shape.length - 1];
      const filled = entries.slice(i * step, (i + 1) * step).flatMap((e, at) => (isZero(e) ? [] : [at]));
      return [filled.map(at => Math.floor(at / columns)), filled.map(at => at % columns)].every(
        places => new Set(places).size === places.length,
      );
    };
    const ratios = Float64Array.from({ length: sizeOf(lead) }, (_, i) => {
      const [top, low] = [values[i * k], values[i * k + k - 1]];
      // What is left of a zero is known of small matrices, whose sums have one order on every machine.
      const [rows, columns] = a.shape.slice(-2);
      const large = Math.max(rows, columns);
      if (large > L.LONGEST && top > 0 && low <= large * Number.EPSILON * top && !isScaledPermutation(i))
        unknown('the smallest singular value of this matrix consists of roundings, which depend on the machine');
      return p === -2 ? low / top : top / low;
    });
    return mended(asType(ndarray('float64', lead, ratios), s.dtype));
  }
  const m = stackOf(v, true);
  const n = m.array.shape[m.lead.length];
  // Where the inverse does not exist its entries count as NaN.
  const parts = m.matrices.map(e => {
    const s = L.inverse(e, spender(c));
    return s.kind === 'singular' ? L.matrix(n, n, new Float64Array(n * n).fill(Number.NaN)) : s.x;
  });
  const axes: Value = { kind: 'tuple', items: [scalar('int64', -2, true), scalar('int64', -1, true)] };
  const own = toArray(norm({ x: v, ord: order, axis: axes }, c));
  const other = toArray(norm({ x: arrayValue(assemble(parts, m.lead, [n, n], m.dtype)), ord: order, axis: axes }, c));
  const right = toFloat64(other);
  const product = toFloat64(own).map((e, k) => e * right[k]);
  return mended(asType(ndarray('float64', own.shape, product), own.dtype));
}

export function lstsq(x: Bound, c: Context): Value {
  const a = toArray(need(x.a));
  const b = toArray(need(x.b));
  const one = b.shape.length === 1;
  const y = one ? asColumn(b) : b;
  for (const m of [a, y])
    if (m.shape.length !== 2)
      fail(`LinAlgError: ${m.shape.length}-dimensional array given. Array must be two-dimensional`);
  const [m, n] = a.shape;
  if (m !== y.shape[0]) fail('LinAlgError: Incompatible dimensions');
  const dtype = linalgType(a, b);
  const epsilon = epsilonOf(dtype);
  const given = x.rcond === undefined || x.rcond.kind === 'string' ? -1 : real(x.rcond, epsilon * Math.max(m, n));
  // LAPACK's gelsd takes its own unit roundoff for a ratio that is none.
  const rcond = given <= 0 || given >= 1 ? epsilon / 2 : given;
  const [A] = matricesOf(a);
  const [B] = matricesOf(y);
  if (!L.allFinite(A)) return fail('LinAlgError: SVD did not converge in Linear Least Squares');
  if (!L.allFinite(B)) return unknown('what LAPACK makes of right sides that are not finite differs by version');
  const f = L.leastSquares(A, B, rcond, spender(c)) ?? notConverged('SVD');
  return tuple([
    arrayValue(assemble([f.x], [], one ? [n] : [n, y.shape[1]], dtype)),
    arrayValue(asType(ndarray('float64', [f.residuals.length], f.residuals), realType(dtype))),
    scalar('int32', f.rank),
    arrayValue(asType(ndarray('float64', [f.s.length], f.s), realType(dtype))),
  ]);
}

const infinite = ({ re, im }: L.Matrix): boolean =>
  [re, im].some(part => part?.some(v => Math.abs(v) === Number.POSITIVE_INFINITY) && !part.some(Number.isNaN));

function pinv(x: Bound, c: Context): Value {
  const a = stackOf(need(x.a), isTrue(x.hermitian));
  const [m, n] = a.array.shape.slice(-2);
  // Of nothing the result has the type that was given.
  const whole = toArray(need(x.a));
  if (sizeOf(whole.shape) === 0) return arrayValue(ndarray(whole.dtype, [...a.lead, n, m], allocate(whole.dtype, 0)));
  const given = x.rcond === undefined ? undefined : toArray(x.rcond);
  if (given && given.shape.length > 0 && given.shape.join() !== a.lead.join())
    return unknown('a cutoff of this shape is not covered yet');
  const limits = given && toFloat64(asType(given, 'float64'));
  const parts = a.matrices.map((e, k) => {
    const cutoff = limits ? limits[limits.length === 1 ? 0 : k] : 1e-15;
    if (isTrue(x.hermitian)) return L.inverseOfFactors(factorsOf({ ...a, matrices: [e] }, false, true, c)[0], cutoff);
    if (infinite(e)) return unknown('what LAPACK makes of infinite entries differs by version');
    return L.inverseOfFactors(svdOf(e, false, c), cutoff);
  });
  return arrayValue(assemble(parts, a.lead, [n, m], a.dtype));
}

/** The axes of `a` reordered so that those of the unknown stand last. */
function tensorsolve(x: Bound, c: Context): Value {
  let a = toArray(need(x.a));
  const b = toArray(need(x.b));
  const ndim = a.shape.length;
  if (x.axes !== undefined && x.axes.kind !== 'none') {
    const order = a.shape.map((_, k) => k);
    for (const k of integersOf(x.axes)) {
      const at = order.indexOf(k);
      if (at < 0) fail('ValueError: list.remove(x): x not in list');
      order.splice(at, 1);
      order.splice(ndim, 0, k);
    }
    a = transpose(a, order);
  }
  const shape = ndim === b.shape.length ? a.shape : a.shape.slice(ndim - (ndim - b.shape.length));
  const n = sizeOf(shape);
  if (sizeOf(a.shape) !== n * n)
    fail(
      'LinAlgError: Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])',
    );
  const solution = toArray(solve(arrayValue(reshape(a, [n, n])), arrayValue(reshape(b, [sizeOf(b.shape)])), c));
  return arrayValue(reshape(solution, shape));
}

function tensorinv(x: Bound, c: Context): Value {
  const a = toArray(need(x.a));
  const ind = x.ind === undefined ? 2 : (integerOf(x.ind) ?? 0);
  if (ind <= 0) fail('ValueError: Invalid ind argument.');
  const shape = [...a.shape.slice(ind), ...a.shape.slice(0, ind)];
  const n = sizeOf(a.shape.slice(ind));
  if (n === 0 || sizeOf(a.shape) % n !== 0) unknown('this array is not covered by tensorinv');
  const inverted = toArray(inverse(arrayValue(reshape(a, [sizeOf(a.shape) / n, n])), c));
  return arrayValue(reshape(inverted, shape));
}

export const LINALG: readonly LibraryFunction[] = [
  { path: 'numpy.linalg.norm', signature: 'x, ord=None, axis=None, keepdims=False', evaluate: norm },
  { path: 'numpy.linalg.det', signature: 'a', evaluate: (x, c) => det(need(x.a), c) },
  { path: 'numpy.linalg.slogdet', signature: 'a', evaluate: (x, c) => slogdet(need(x.a), c) },
  { path: 'numpy.linalg.inv', signature: 'a', evaluate: (x, c) => inverse(need(x.a), c) },
  { path: 'numpy.linalg.solve', signature: 'a, b', evaluate: (x, c) => solve(need(x.a), need(x.b), c) },
  { path: 'numpy.linalg.pinv', signature: 'a, rcond=1e-15, hermitian=False', evaluate: pinv },
  { path: 'numpy.linalg.cond', signature: 'x, p=None', evaluate: cond },
  { path: 'numpy.linalg.lstsq', signature: 'a, b, rcond=warn', evaluate: lstsq },
  {
    path: 'numpy.linalg.matrix_power',
    signature: 'a, n',
    evaluate: (x, c) => {
      const result = matrixPower(need(x.a), need(x.n), c);
      c.record('power', [need(x.a), need(x.n)]);
      return result;
    },
  },
  { path: 'numpy.linalg.tensorsolve', signature: 'a, b, axes=None', evaluate: tensorsolve },
  { path: 'numpy.linalg.tensorinv', signature: 'a, ind=2', evaluate: tensorinv },
  ...DECOMPOSITIONS,
];
