import * as L from '../../linalg/index';
import type { DType } from '../../values/dtype';
import { asType, contiguous, type NDArray, ndarray, reshape, sizeOf, toFloat64 } from '../../values/ndarray';
import { matrixProduct } from '../../values/product';
import { arrayValue, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fromMatrix, interleave, toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { integerOf, integersOf, needInteger, real, toArray, truthOf, unwrap } from './coerce';
import { absolute } from './elementwise';
import { extreme, pairwiseSum, sum } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** float32 stays, integers become float64. */
const working = (a: NDArray): DType =>
  a.dtype === 'complex128' ? 'complex128' : a.dtype === 'float32' ? 'float32' : 'float64';

function matrixArgument(v: Value, square: boolean): NDArray {
  const a = toArray(v);
  if (a.shape.length < 2)
    fail(`LinAlgError: ${a.shape.length}-dimensional array given. Array must be at least two-dimensional`);
  if (a.shape.length > 2) unknown('stacks of matrices are not covered yet');
  if (square && a.shape[0] !== a.shape[1]) fail('LinAlgError: Last 2 dimensions of the array must be square');
  return a;
}

const onlyReal = (a: NDArray, what: string): void => {
  if (a.dtype === 'complex128') unknown(`${what} of complex matrices is not covered yet`);
};

const spender =
  (c: Context): L.Spend =>
  n =>
    c.budget.spend(n);

const singular = (): never => fail('LinAlgError: Singular matrix');
const notConverged = (what: string): never => fail(`LinAlgError: ${what} did not converge`);

function finite(m: L.Matrix): void {
  if (!L.allFinite(m)) fail('LinAlgError: Array must not contain infs or NaNs');
}

function svdOf(m: L.Matrix, full: boolean, c: Context): Extract<L.SVD, { kind: 'ok' }> {
  if (!L.allFinite(m)) return notConverged('SVD');
  const f = L.svd(m, full, spender(c));
  return f.kind === 'ok' ? f : notConverged('SVD');
}

/** The determinant as NumPy finds it: sign times exp of the sum of logarithms of the pivots. */
function det(v: Value, c: Context): Value {
  const a = matrixArgument(v, true);
  c.record('determinant', [v]);
  const m = toMatrix(a);
  if (a.dtype === 'complex128') return scalar('complex128', L.determinant(m, spender(c)));
  const { sign, logabs } = L.slogdet(m, spender(c));
  return unwrap(asType(ndarray('float64', [], Float64Array.of(sign.re * Math.exp(logabs))), working(a)));
}

function solve(x: Bound, c: Context): Value {
  const a = matrixArgument(need(x.a), true);
  const b = toArray(need(x.b));
  if (b.shape.length > 2 || b.shape.length === 0) unknown('this right-hand side is not covered yet');
  if (b.shape[0] !== a.shape[0]) {
    fail(
      b.shape.length === 1
        ? `ValueError: solve1: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m)->(m) (size ${b.shape[0]} is different from ${a.shape[0]})`
        : `ValueError: solve: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (m,m),(m,n)->(m,n) (size ${b.shape[0]} is different from ${a.shape[0]})`,
    );
  }
  c.record('solve', [need(x.a), need(x.b)]);
  const dtype =
    working(a) === 'complex128' || b.dtype === 'complex128'
      ? 'complex128'
      : working(a) === 'float32' && b.dtype === 'float32'
        ? 'float32'
        : 'float64';
  const s = L.solve(toMatrix(a), toMatrix(b.shape.length === 1 ? reshape(b, [b.shape[0], 1]) : b), spender(c));
  return s.kind === 'singular' ? singular() : arrayValue(reshape(fromMatrix(s.x, dtype), b.shape));
}

function norm(x: Bound, c: Context): Value {
  const v = need(x.x);
  const a = toArray(v);
  const keep = x.keepdims?.kind === 'scalar' && truthOf(x.keepdims);
  const ord = x.ord === undefined || x.ord.kind === 'none' ? undefined : x.ord;
  c.record('norm', ord ? [v, ord] : [v]);
  const result = (value: number): Value => {
    const s = unwrap(
      asType(ndarray('float64', [], Float64Array.of(value)), a.dtype === 'float32' ? 'float32' : 'float64'),
    );
    return keep
      ? arrayValue(
          reshape(
            toArray(s),
            a.shape.map(() => 1),
          ),
        )
      : s;
  };
  const axisGiven = x.axis !== undefined && x.axis.kind !== 'none';
  if (axisGiven) {
    if (integersOf(need(x.axis)).length !== 1 || (ord && integerOf(ord) !== 2 && integerOf(ord) !== 1))
      unknown('this norm along axes is not covered yet');
    const magnitudes = toArray(absolute(v));
    const one = ord && integerOf(ord) === 1;
    const terms = one
      ? magnitudes
      : ndarray(
          'float64',
          magnitudes.shape,
          toFloat64(magnitudes).map(e => e * e),
        );
    const total = toArray(sum(arrayValue(terms), x.axis, x.keepdims));
    const roots = one ? toFloat64(total) : toFloat64(total).map(Math.sqrt);
    return unwrap(asType(ndarray('float64', total.shape, roots), a.dtype === 'float32' ? 'float32' : 'float64'));
  }
  const plain = (): number => {
    const d = a.dtype === 'complex128' ? (contiguous(a).data as Float64Array) : toFloat64(a);
    let s = 0;
    for (const e of d) s += e * e;
    return Math.sqrt(s);
  };
  if (ord === undefined) return result(plain());
  const name = ord.kind === 'string' ? ord.value : undefined;
  const p = name === undefined ? real(ord, 2) : Number.NaN;
  const magnitudes = toFloat64(toArray(absolute(v)));
  if (a.shape.length === 1) {
    if (name !== undefined) fail(`ValueError: Invalid norm order '${name}' for vectors`);
    if (p === Number.POSITIVE_INFINITY) return result(Math.max(...magnitudes));
    if (p === Number.NEGATIVE_INFINITY) return result(Math.min(...magnitudes));
    if (p === 0) return result(magnitudes.filter(e => e !== 0).length);
    if (p === 1) return result(pairwiseSum(magnitudes, 0, magnitudes.length));
    if (p === 2) return result(plain());
    return result(
      pairwiseSum(
        magnitudes.map(e => e ** p),
        0,
        magnitudes.length,
      ) **
        (1 / p),
    );
  }
  if (a.shape.length !== 2) return fail('ValueError: Improper number of dimensions to norm.');
  if (name === 'fro') return result(plain());
  const absValue = absolute(v);
  const sums = (axis: number): Value => sum(absValue, { kind: 'scalar', dtype: 'int64', value: axis });
  if (Math.abs(p) === 1) return result(real(extreme(sums(0), p > 0 ? 'max' : 'min'), 0));
  if (Math.abs(p) === Number.POSITIVE_INFINITY) return result(real(extreme(sums(1), p > 0 ? 'max' : 'min'), 0));
  if (Math.abs(p) === 2 || name === 'nuc') {
    onlyReal(a, 'this norm');
    const s = svdOf(toMatrix(a), false, c).s;
    return result(name === 'nuc' ? s.reduce((t, e) => t + e, 0) : p > 0 ? (s[0] ?? 0) : s[s.length - 1]);
  }
  return fail('ValueError: Invalid norm order for matrices.');
}

function eig(v: Value, c: Context, vectors: boolean): Value {
  const a = matrixArgument(v, true);
  onlyReal(a, 'the eigendecomposition');
  const m = toMatrix(a);
  finite(m);
  const e = L.generalEigen(m, spender(c));
  if (e.kind !== 'ok') return notConverged('Eigenvalues');
  const complexValues = e.values.im.some(y => y !== 0);
  const values = complexValues
    ? ndarray('complex128', [a.shape[0]], interleave(e.values.re, e.values.im))
    : asType(ndarray('float64', [a.shape[0]], e.values.re), working(a));
  if (!vectors) return arrayValue(values);
  return tuple([
    arrayValue(values),
    arrayValue(complexValues ? fromMatrix(e.vectors) : fromMatrix(e.vectors, working(a))),
  ]);
}

function eigh(v: Value, c: Context, vectors: boolean): Value {
  const a = matrixArgument(v, true);
  onlyReal(a, 'the symmetric eigendecomposition');
  const e = L.symmetricEigen(toMatrix(a), spender(c));
  if (e.kind !== 'ok') return notConverged('Eigenvalues');
  const values = arrayValue(asType(ndarray('float64', [a.shape[0]], e.values), working(a)));
  return vectors ? tuple([values, arrayValue(fromMatrix(e.vectors, working(a)))]) : values;
}

function matrixPower(v: Value, nValue: Value, c: Context): Value {
  let a = matrixArgument(v, true);
  let n = needInteger(nValue);
  if (n < 0) {
    const inverse = L.inverse(toMatrix(a), spender(c));
    if (inverse.kind === 'singular') return singular();
    a = fromMatrix(inverse.x, working(a));
    n = -n;
  }
  const size = a.shape[0];
  const dtype: DType = a.dtype === 'bool' ? 'int64' : a.dtype;
  let result = asType(fromMatrix(L.identity(size)), dtype);
  let base = asType(a, dtype);
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    c.budget.spend(4 * size ** 3);
    if (k % 2 === 1) result = matrixProduct(result, base, dtype);
    if (k > 1) base = matrixProduct(base, base, dtype);
  }
  return arrayValue(result);
}

function cond(x: Bound, c: Context): Value {
  const a = matrixArgument(need(x.x), false);
  onlyReal(a, 'the condition number');
  if (x.p && x.p.kind !== 'none' && !(x.p.kind === 'scalar' && Math.abs(Number(x.p.value)) === 2)) {
    const m = L.inverse(toMatrix(matrixArgument(need(x.x), true)), spender(c));
    if (m.kind === 'singular') return scalar('float64', Number.POSITIVE_INFINITY);
    return scalar(
      'float64',
      real(norm({ x: need(x.x), ord: x.p }, c), 0) * real(norm({ x: arrayValue(fromMatrix(m.x)), ord: x.p }, c), 0),
    );
  }
  const s = svdOf(toMatrix(a), false, c).s;
  const ratio = x.p?.kind === 'scalar' && Number(x.p.value) === -2 ? s[s.length - 1] / s[0] : s[0] / s[s.length - 1];
  return scalar('float64', Number.isNaN(ratio) ? Number.POSITIVE_INFINITY : ratio);
}

function lstsq(x: Bound, c: Context): Value {
  const a = matrixArgument(need(x.a), false);
  const b = toArray(need(x.b));
  onlyReal(a, 'least squares');
  if (b.dtype === 'complex128' || b.shape.length > 2 || b.shape.length === 0)
    unknown('this right-hand side is not covered yet');
  if (b.shape[0] !== a.shape[0]) fail('LinAlgError: Incompatible dimensions');
  const rcond = x.rcond === undefined || x.rcond.kind === 'none' || real(x.rcond, 0) < 0 ? undefined : real(x.rcond, 0);
  const f = L.leastSquares(
    toMatrix(a),
    toMatrix(b.shape.length === 1 ? reshape(b, [b.shape[0], 1]) : b),
    rcond,
    spender(c),
  );
  if (!f) return notConverged('SVD');
  const solution = fromMatrix(f.x);
  return tuple([
    arrayValue(b.shape.length === 1 ? reshape(solution, [a.shape[1]]) : solution),
    arrayValue(ndarray('float64', [f.residuals.length], f.residuals)),
    scalar('int64', f.rank, true),
    arrayValue(ndarray('float64', [f.s.length], f.s)),
  ]);
}

export const LINALG: readonly LibraryFunction[] = [
  { path: 'numpy.linalg.norm', signature: 'x, ord=None, axis=None, keepdims=False', evaluate: norm },
  { path: 'numpy.linalg.det', signature: 'a', evaluate: (x, c) => det(need(x.a), c) },
  {
    path: 'numpy.linalg.slogdet',
    signature: 'a',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), true);
      onlyReal(a, 'slogdet');
      const { sign, logabs } = L.slogdet(toMatrix(a), spender(c));
      return tuple([scalar('float64', sign.re), scalar('float64', logabs)]);
    },
  },
  {
    path: 'numpy.linalg.inv',
    signature: 'a',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), true);
      c.record('inverse', [need(x.a)]);
      const s = L.inverse(toMatrix(a), spender(c));
      return s.kind === 'singular' ? singular() : arrayValue(fromMatrix(s.x, working(a)));
    },
  },
  { path: 'numpy.linalg.solve', signature: 'a, b', evaluate: solve },
  {
    path: 'numpy.linalg.matrix_rank',
    signature: 'A, tol=None, hermitian=False',
    evaluate: (x, c) => {
      const a = toArray(need(x.A));
      if (a.shape.length < 2)
        return scalar('int64', sizeOf(a.shape) > 0 && toFloat64(a).some(e => e !== 0) ? 1 : 0, true);
      onlyReal(a, 'the rank');
      const [m, n] = matrixArgument(need(x.A), false).shape;
      const s = svdOf(toMatrix(a), false, c).s;
      return scalar(
        'int64',
        x.tol && x.tol.kind !== 'none' ? s.filter(e => e > real(x.tol, 0)).length : L.rankOf(s, m, n),
      );
    },
  },
  { path: 'numpy.linalg.eig', signature: 'a', evaluate: (x, c) => eig(need(x.a), c, true) },
  { path: 'numpy.linalg.eigvals', signature: 'a', evaluate: (x, c) => eig(need(x.a), c, false) },
  { path: 'numpy.linalg.eigh', signature: 'a, UPLO=L', evaluate: (x, c) => eigh(need(x.a), c, true) },
  { path: 'numpy.linalg.eigvalsh', signature: 'a, UPLO=L', evaluate: (x, c) => eigh(need(x.a), c, false) },
  {
    path: 'numpy.linalg.svd',
    signature: 'a, full_matrices=True, compute_uv=True, hermitian=False',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), false);
      onlyReal(a, 'the singular value decomposition');
      const full = x.full_matrices === undefined || (x.full_matrices.kind === 'scalar' && truthOf(x.full_matrices));
      const both = x.compute_uv === undefined || (x.compute_uv.kind === 'scalar' && truthOf(x.compute_uv));
      const f = svdOf(toMatrix(a), full && both, c);
      const s = arrayValue(asType(ndarray('float64', [f.s.length], f.s), working(a)));
      return both ? tuple([arrayValue(fromMatrix(f.u, working(a))), s, arrayValue(fromMatrix(f.vh, working(a)))]) : s;
    },
  },
  {
    path: 'numpy.linalg.qr',
    signature: 'a, mode=reduced',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), false);
      onlyReal(a, 'the QR decomposition');
      const mode = x.mode?.kind === 'string' ? x.mode.value : 'reduced';
      if (mode !== 'reduced' && mode !== 'complete' && mode !== 'r')
        return unknown(`the mode ${mode} is not covered yet`);
      const f = L.qr(toMatrix(a), mode === 'complete' ? 'complete' : 'reduced', spender(c));
      const r = arrayValue(fromMatrix(f.r, working(a)));
      return mode === 'r' ? r : tuple([arrayValue(fromMatrix(f.q, working(a))), r]);
    },
  },
  {
    path: 'numpy.linalg.cholesky',
    signature: 'a',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), true);
      const f = L.cholesky(toMatrix(a), spender(c));
      return f.kind === 'ok'
        ? arrayValue(fromMatrix(f.l, working(a)))
        : fail('LinAlgError: Matrix is not positive definite');
    },
  },
  {
    path: 'numpy.linalg.pinv',
    signature: 'a, rcond=1e-15, hermitian=False',
    evaluate: (x, c) => {
      const a = matrixArgument(need(x.a), false);
      onlyReal(a, 'the pseudo-inverse');
      const p = L.pseudoInverse(toMatrix(a), real(x.rcond, 1e-15), spender(c));
      return p ? arrayValue(fromMatrix(p, working(a))) : notConverged('SVD');
    },
  },
  { path: 'numpy.linalg.cond', signature: 'x, p=None', evaluate: cond },
  { path: 'numpy.linalg.lstsq', signature: 'a, b, rcond=warn', evaluate: lstsq },
  { path: 'numpy.linalg.matrix_power', signature: 'a, n', evaluate: (x, c) => matrixPower(need(x.a), need(x.n), c) },
];
