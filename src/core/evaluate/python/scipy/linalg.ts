import * as L from '../../../linalg/index';
import { type DType, isComplexType } from '../../../values/dtype';
import { asType, generate, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../values/ndarray';
import { arrayValue, scalar, tuple, type Value } from '../../../values/value';
import type { Bound, LibraryFunction } from '../../catalogue';
import type { Context } from '../../dialect';
import { fromMatrix, toMatrix } from '../../matrices';
import { fail, Stop, unknown } from '../../stop';
import { toArray, unwrap } from '../coerce';
import { isTrue } from '../reductions';
import { complexType, epsilonOf, linalgType, spender } from '../stacks';
import { runNumpy } from '../tensors/numpy-entries';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** A 2-D argument; scipy refuses what is not finite. */
function matrixOf(
  v: Value | undefined,
  square: boolean,
): { readonly m: L.Matrix; readonly a: NDArray; readonly dtype: DType } {
  const a = toArray(need(v));
  if (a.shape.length !== 2) return unknown('scipy.linalg takes a matrix here');
  if (square && a.shape[0] !== a.shape[1]) return fail('ValueError: expected square matrix');
  if (sizeOf(a.shape) === 0) return unknown('empty matrices are not covered here');
  const m = toMatrix(a);
  if (!L.allFinite(m)) return fail('ValueError: array must not contain infs or NaNs');
  return { m, a, dtype: linalgType(a) };
}

const arrayOfMatrix = (m: L.Matrix, dtype: DType): Value =>
  arrayValue(fromMatrix(m, m.im && !isComplexType(dtype) ? complexType(dtype) : dtype));

/** NumPy's function of the same meaning, with scipy's words for a singular matrix. */
function numpys(path: string, x: Bound, c: Context, words: string): Value {
  try {
    return runNumpy(path, x, c);
  } catch (stop) {
    if (stop instanceof Stop && stop.message === 'LinAlgError: Singular matrix') return fail(`LinAlgError: ${words}`);
    if (stop instanceof Stop && stop.status === 'error') return unknown('this call fails, or is not covered yet');
    throw stop;
  }
}

/** P, L and U with A = P L U. */
function lu(x: Bound, c: Context): Value {
  const { m, dtype } = matrixOf(x.a, false);
  const f = L.lu(m, spender(c));
  const [rows, columns] = [m.rows, m.columns];
  const k = Math.min(rows, columns);
  const part = (r: number, n: number, keep: (i: number, j: number) => number | undefined): L.Matrix => {
    const pick = (source: Float64Array, unit: number): Float64Array =>
      generate(r * n, p => {
        const [i, j] = [Math.floor(p / n), p % n];
        const fixed = keep(i, j);
        return fixed === undefined ? source[i * columns + j] : fixed * unit;
      });
    return L.matrix(r, n, pick(f.lu.re, 1), f.lu.im && pick(f.lu.im, 0));
  };
  const lower = part(rows, k, (i, j) => (i > j ? undefined : i === j ? 1 : 0));
  const upper = part(k, columns, (i, j) => (i <= j ? undefined : 0));
  const P = new Float64Array(rows * rows);
  f.pivots.forEach((from, i) => {
    P[from * rows + i] = 1;
  });
  const real = dtype === 'float32' || dtype === 'complex64' ? 'float32' : 'float64';
  if (isTrue(x.permute_l)) {
    const permuted = L.multiply(L.matrix(rows, rows, P), lower);
    return tuple([arrayOfMatrix(permuted, dtype), arrayOfMatrix(upper, dtype)]);
  }
  return tuple([
    arrayValue(asType(ndarray('float64', [rows, rows], P), real)),
    arrayOfMatrix(lower, dtype),
    arrayOfMatrix(upper, dtype),
  ]);
}

/** The factors in one matrix, and the row that each row was exchanged with. */
function luFactor(x: Bound, c: Context): Value {
  const { m, dtype } = matrixOf(x.a, true);
  const f = L.lu(m, spender(c));
  const order = Array.from({ length: m.rows }, (_, i) => i);
  const swaps = Array.from(f.pivots, (wanted, i) => {
    const at = order.indexOf(wanted);
    [order[i], order[at]] = [order[at], order[i]];
    return at;
  });
  return tuple([
    arrayOfMatrix(f.lu, dtype),
    arrayValue(asType(ndarray('float64', [m.rows], Float64Array.from(swaps)), 'int32')),
  ]);
}

/** The product of the pivots, with the sign of the exchanges. */
function det(x: Bound, c: Context): Value {
  const { m, dtype } = matrixOf(x.a, true);
  const d = L.determinant(m, spender(c));
  c.record('determinant', [need(x.a)]);
  return isComplexType(dtype) ? scalar('complex128', d, true) : scalar('float64', d.re, true);
}

function qr(x: Bound, c: Context): Value {
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'full';
  if (isTrue(x.pivoting)) return unknown('qr with pivoting is not covered yet');
  if (mode !== 'full' && mode !== 'economic' && mode !== 'r')
    return unknown(`qr with mode='${mode}' is not covered yet`);
  const { m, dtype } = matrixOf(x.a, false);
  const f = L.qr(m, mode === 'economic' ? 'reduced' : 'complete', spender(c));
  if (mode === 'r') return tuple([arrayOfMatrix(f.r, dtype)]);
  return tuple([arrayOfMatrix(f.q, dtype), arrayOfMatrix(f.r, dtype)]);
}

/** Uᴴ U = A, or L Lᴴ = A with `lower=True`. Only that triangle is read. */
function cholesky(x: Bound, c: Context): Value {
  const { m, dtype } = matrixOf(x.a, true);
  const f = L.cholesky(isTrue(x.lower) ? m : L.adjoint(m), spender(c));
  if (f.kind !== 'ok') return unknown('the matrix is not positive definite');
  return arrayOfMatrix(isTrue(x.lower) ? f.l : L.adjoint(f.l), dtype);
}

/** Eigenvalues are complex whatever the matrix. */
function eig(x: Bound, c: Context, vectors: boolean): Value {
  for (const name of ['b', 'left', 'homogeneous_eigvals'])
    if (given(x[name]) && x[name].kind !== 'scalar') return unknown(`eig with ${name}= is not covered yet`);
  if (isTrue(x.left) || isTrue(x.homogeneous_eigvals)) return unknown('left eigenvectors are not covered yet');
  const { a } = matrixOf(x.a, true);
  const v = numpys('linalg.eig', { a: arrayValue(a) }, c, '');
  const [w, right] = v.kind === 'tuple' ? v.items : [];
  const wide = toArray(w);
  const values = arrayValue(
    asType(wide, wide.dtype === 'float32' || wide.dtype === 'complex64' ? 'complex64' : 'complex128'),
  );
  if (!vectors || (x.right !== undefined && !isTrue(x.right))) return values;
  return tuple([values, right]);
}

function eigh(x: Bound, c: Context, only: boolean): Value {
  if (!only && !isTrue(x.eigvals_only))
    return unknown('the signs of eigenvectors from eigh depend on the routine of LAPACK');
  if (given(x.b) || given(x.subset_by_index)) return unknown('this eigh is not covered yet');
  const { a } = matrixOf(x.a, true);
  const lower = x.lower === undefined || isTrue(x.lower);
  return numpys('linalg.eigvalsh', { a: arrayValue(a), UPLO: { kind: 'string', value: lower ? 'L' : 'U' } }, c, '');
}

/** A function of a matrix; a result whose imaginary part is rounding alone is real. */
const matrixFunction = (name: string, f: (m: L.Matrix, spend: L.Spend) => L.Matrix | undefined): LibraryFunction => ({
  path: `scipy.linalg.${name}`,
  signature: name === 'expm' ? 'A' : 'A, disp=True',
  evaluate: (x, c) => {
    const { m, dtype } = matrixOf(x.A, true);
    if (given(x.disp) && !isTrue(x.disp)) return unknown(`${name} with disp=False is not covered yet`);
    const out = f(m, spender(c)) ?? unknown(`${name} of this matrix is not covered`);
    if (!out.im || isComplexType(dtype)) return arrayOfMatrix(out, dtype);
    const size = out.re.reduce((s, e) => Math.max(s, Math.abs(e)), 1);
    const none = out.im.every(e => Math.abs(e) <= 1e3 * epsilonOf(dtype) * size);
    return arrayOfMatrix(none ? L.matrix(out.rows, out.columns, out.re) : out, dtype);
  },
});

/** Orthonormal columns of a null space or range. Undefined columns differ between routines where singular values repeat. */
const subspace = (name: 'null_space' | 'orth'): LibraryFunction => ({
  path: `scipy.linalg.${name}`,
  signature: 'A, rcond=None',
  evaluate: (x, c) => {
    const { m, dtype } = matrixOf(x.A, false);
    if (given(x.rcond)) return unknown(`${name} with rcond= is not covered yet`);
    const eps = epsilonOf(dtype) * Math.max(m.rows, m.columns);
    const out = name === 'orth' ? L.rangeSpace(m, eps, spender(c)) : L.nullSpace(m, eps, spender(c));
    return out ? arrayOfMatrix(out, dtype) : unknown('the singular values do not converge');
  },
});

/** Substitution in a triangle; the other half is not read. */
function solveTriangular(x: Bound, c: Context): Value {
  const { m, a } = matrixOf(x.a, true);
  const b = toArray(need(x.b));
  const trans = x.trans;
  const turned =
    trans?.kind === 'scalar' ? Number(trans.value) : trans?.kind === 'string' ? 'NTC'.indexOf(trans.value) : 0;
  if (m.im || isComplexType(b.dtype) || b.shape.length > 2 || b.shape[0] !== m.rows)
    return unknown('this triangular system is not covered yet');
  const n = m.rows;
  const columns = b.shape.length === 2 ? b.shape[1] : 1;
  const lower = isTrue(x.lower);
  const unit = isTrue(x.unit_diagonal);
  const out = toFloat64(b).slice();
  const entry = (i: number, j: number): number => (turned === 0 ? m.re[i * n + j] : m.re[j * n + i]);
  const down = lower === (turned === 0);
  c.budget.spend(2 * n * n * columns);
  for (let step = 0; step < n; step++) {
    const i = down ? step : n - 1 - step;
    if (!unit && entry(i, i) === 0) return fail(`LinAlgError: singular matrix: resolution failed at diagonal ${i}`);
  }
  // Column by column, as the reference BLAS does.
  for (let k = 0; k < columns; k++)
    for (let step = 0; step < n; step++) {
      const j = down ? step : n - 1 - step;
      if (!unit) out[j * columns + k] /= entry(j, j);
      for (let other = step + 1; other < n; other++) {
        const i = down ? other : n - 1 - other;
        out[i * columns + k] -= out[j * columns + k] * entry(i, j);
      }
    }
  return arrayValue(asType(ndarray('float64', b.shape, out), linalgType(a, b)));
}

function lstsq(x: Bound, c: Context): Value {
  const { a } = matrixOf(x.a, false);
  if (given(x.cond) || given(x.lapack_driver)) return unknown('this lstsq is not covered yet');
  const b = toArray(need(x.b));
  const eps: Value = { kind: 'scalar', dtype: 'float64', value: epsilonOf(linalgType(a, b)) };
  const v = numpys('linalg.lstsq', { a: arrayValue(a), b: need(x.b), rcond: eps }, c, '');
  const [solution, residuals, rank, s] = v.kind === 'tuple' ? v.items : [];
  const r = toArray(residuals);
  const one = b.shape.length === 1 && sizeOf(r.shape) === 1;
  return tuple([solution, one ? unwrap({ ...r, shape: [], strides: [] }) : residuals, rank, s]);
}

function pinv(x: Bound, c: Context): Value {
  const { a, dtype } = matrixOf(x.a, false);
  if (isTrue(x.return_rank) || given(x.atol) || given(x.rtol)) return unknown('this pinv is not covered yet');
  const rcond: Value = { kind: 'scalar', dtype: 'float64', value: epsilonOf(dtype) * Math.max(...a.shape) };
  return numpys('linalg.pinv', { a: arrayValue(a), rcond }, c, '');
}

function polar(x: Bound, c: Context): Value {
  const { m, dtype } = matrixOf(x.a, false);
  if (x.side?.kind === 'string' && x.side.value !== 'right')
    return unknown('the left polar factors are not covered yet');
  const f = L.svd(m, false, spender(c));
  if (f.kind !== 'ok' || m.im) return unknown('this polar decomposition is not covered');
  const scaled = L.matrix(
    f.s.length,
    m.columns,
    f.vh.re.map((e, k) => e * f.s[Math.floor(k / m.columns)]),
  );
  return tuple([
    arrayOfMatrix(L.multiply(f.u, f.vh), dtype),
    arrayOfMatrix(L.multiply(L.adjoint(f.vh), scaled), dtype),
  ]);
}

/** A function that NumPy has under the same name. */
const shared = (name: string, signature: string): LibraryFunction => ({
  path: `scipy.linalg.${name}`,
  signature,
  evaluate: (x, c) => numpys(name, x, c, ''),
});

const OPTIONS = 'overwrite_a=False, check_finite=True';

export const SCIPY_LINALG: readonly LibraryFunction[] = [
  { path: 'scipy.linalg.det', signature: `a, ${OPTIONS}`, evaluate: det },
  {
    path: 'scipy.linalg.inv',
    signature: `a, ${OPTIONS}`,
    evaluate: (x, c) => numpys('linalg.inv', { a: arrayValue(matrixOf(x.a, true).a) }, c, 'singular matrix'),
  },
  {
    path: 'scipy.linalg.solve',
    signature: `a, b, lower=False, overwrite_a=False, overwrite_b=False, check_finite=True, assume_a=gen, transposed=False`,
    evaluate: (x, c) => {
      if (isTrue(x.lower) || isTrue(x.transposed) || (x.assume_a?.kind === 'string' && x.assume_a.value !== 'gen'))
        return unknown('solve for matrices of a special kind is not covered yet');
      const { a } = matrixOf(x.a, true);
      return numpys('linalg.solve', { a: arrayValue(a), b: need(x.b) }, c, 'Matrix is singular.');
    },
  },
  {
    path: 'scipy.linalg.solve_triangular',
    signature: 'a, b, trans=0, lower=False, unit_diagonal=False, overwrite_b=False, check_finite=True',
    evaluate: solveTriangular,
  },
  { path: 'scipy.linalg.lu', signature: `a, permute_l=False, ${OPTIONS}`, evaluate: lu },
  { path: 'scipy.linalg.lu_factor', signature: `a, ${OPTIONS}`, evaluate: luFactor },
  {
    path: 'scipy.linalg.qr',
    signature: 'a, overwrite_a=False, lwork=None, mode=full, pivoting=False, check_finite=True',
    evaluate: qr,
  },
  { path: 'scipy.linalg.cholesky', signature: `a, lower=False, ${OPTIONS}`, evaluate: cholesky },
  {
    path: 'scipy.linalg.svd',
    signature: `a, full_matrices=True, compute_uv=True, ${OPTIONS}, lapack_driver=gesdd`,
    evaluate: (x, c) =>
      numpys(
        'linalg.svd',
        { a: arrayValue(matrixOf(x.a, false).a), full_matrices: x.full_matrices, compute_uv: x.compute_uv },
        c,
        '',
      ),
  },
  {
    path: 'scipy.linalg.svdvals',
    signature: `a, ${OPTIONS}`,
    evaluate: (x, c) =>
      numpys('linalg.svd', { a: arrayValue(matrixOf(x.a, false).a), compute_uv: scalar('bool', false, true) }, c, ''),
  },
  {
    path: 'scipy.linalg.eig',
    signature:
      'a, b=None, left=False, right=True, overwrite_a=False, overwrite_b=False, check_finite=True, homogeneous_eigvals=False',
    evaluate: (x, c) => eig(x, c, true),
  },
  {
    path: 'scipy.linalg.eigvals',
    signature: 'a, b=None, overwrite_a=False, check_finite=True, homogeneous_eigvals=False',
    evaluate: (x, c) => eig(x, c, false),
  },
  {
    path: 'scipy.linalg.eigh',
    signature: 'a, b=None, lower=True, eigvals_only=False, subset_by_index=None',
    evaluate: (x, c) => eigh(x, c, false),
  },
  { path: 'scipy.linalg.eigvalsh', signature: 'a, b=None, lower=True', evaluate: (x, c) => eigh(x, c, true) },
  matrixFunction('expm', L.exponential),
  matrixFunction('logm', L.logarithm),
  matrixFunction('sqrtm', L.squareRoot),
  subspace('null_space'),
  subspace('orth'),
  {
    path: 'scipy.linalg.lstsq',
    signature: 'a, b, cond=None, overwrite_a=False, overwrite_b=False, check_finite=True, lapack_driver=None',
    evaluate: lstsq,
  },
  {
    path: 'scipy.linalg.pinv',
    signature: 'a, atol=None, rtol=None, return_rank=False, check_finite=True',
    evaluate: pinv,
  },
  { path: 'scipy.linalg.polar', signature: 'a, side=right', evaluate: polar },
  {
    path: 'scipy.linalg.norm',
    signature: 'a, ord=None, axis=None, keepdims=False, check_finite=True',
    evaluate: (x, c) => {
      const { shape } = toArray(need(x.a));
      if (sizeOf(shape) === 0) return unknown('the norm of an empty array is not covered');
      return numpys('linalg.norm', { x: x.a, ord: x.ord, axis: x.axis, keepdims: x.keepdims }, c, '');
    },
  },
  shared('kron', 'a, b'),
  shared('tril', 'm, k=0'),
  shared('triu', 'm, k=0'),
  shared('tri', 'N, M=None, k=0'),
];
