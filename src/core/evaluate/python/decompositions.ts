import * as L from '../../linalg/index';
import { type DType, isComplexType } from '../../values/dtype';
import { asType, generate, type NDArray, ndarray, sizeOf, toFloat64, transpose } from '../../values/ndarray';
import { arrayValue, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fromMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { elementsOf, toArray, unwrap } from './coerce';
import { isTrue } from './reductions';
import {
  assemble,
  complexType,
  epsilonOf,
  finite,
  notConverged,
  parted,
  realType,
  type Stack,
  spender,
  stackOf,
} from './stacks';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

type Factors = Extract<L.SVD, { kind: 'ok' }>;

const filled = (rows: number, columns: number, im: boolean): L.Matrix =>
  L.matrix(
    rows,
    columns,
    new Float64Array(rows * columns).fill(Number.NaN),
    im ? new Float64Array(rows * columns).fill(Number.NaN) : undefined,
  );

const hasNaN = (m: L.Matrix): boolean => m.re.some(Number.isNaN) || (m.im?.some(Number.isNaN) ?? false);

/** The singular value decomposition of one matrix. NaN stops as in NumPy, infinite entries give NaN. */
export function svdOf(m: L.Matrix, full: boolean, c: Context): Factors {
  if (hasNaN(m)) return notConverged('SVD');
  if (!L.allFinite(m)) {
    const k = Math.min(m.rows, m.columns);
    const im = m.im !== undefined;
    return {
      kind: 'ok',
      u: filled(m.rows, full ? m.rows : k, im),
      s: new Float64Array(k).fill(Number.NaN),
      vh: filled(full ? m.columns : k, m.columns, im),
    };
  }
  const f = L.svd(m, full, spender(c));
  return f.kind === 'ok' ? f : notConverged('SVD');
}

function singularValuesOf(m: L.Matrix, c: Context): Float64Array {
  if (hasNaN(m)) return notConverged('SVD');
  if (!L.allFinite(m)) return new Float64Array(Math.min(m.rows, m.columns)).fill(Number.NaN);
  return L.singularValues(m, spender(c)) ?? notConverged('SVD');
}

/** The singular values of a stack, descending along the last axis. */
export function singularStack(v: Value, c: Context, hermitian = false): NDArray {
  const a = stackOf(v, hermitian);
  const k = Math.min(...a.array.shape.slice(-2));
  const parts = a.matrices.map(m => ({
    re: hermitian
      ? hermitianOf(m, 'L', c)
          .values.map(Math.abs)
          .sort((x, y) => y - x)
      : singularValuesOf(m, c),
  }));
  return assemble(parts, a.lead, [k], realType(a.dtype));
}

/** Singular factors of a Hermitian matrix by its eigenvalues, as NumPy's `hermitian=True`. */
function hermitianSvd(m: L.Matrix, c: Context): Factors {
  const { values, vectors } = hermitianOf(m, 'L', c);
  const n = m.rows;
  const order = Array.from(values, (_, k) => k).sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]) || j - i);
  const columns = (x: Float64Array, factor: (k: number) => number): Float64Array =>
    x.map((_, i) => x[i - (i % n) + order[i % n]] * factor(order[i % n]));
  const plain = (): number => 1;
  const sign = (k: number): number => Math.sign(values[k]);
  const u = L.matrix(n, n, columns(vectors.re, plain), vectors.im && columns(vectors.im, plain));
  const v = L.matrix(n, n, columns(vectors.re, sign), vectors.im && columns(vectors.im, sign));
  return { kind: 'ok', u, s: Float64Array.from(order, k => Math.abs(values[k])), vh: L.adjoint(v) };
}

export function factorsOf(a: Stack, full: boolean, hermitian: boolean, c: Context): Factors[] {
  return a.matrices.map(m => (hermitian ? hermitianSvd(m, c) : svdOf(m, full, c)));
}

function svd(x: Bound, c: Context): Value {
  const v = need(x.a);
  const hermitian = isTrue(x.hermitian);
  if (x.compute_uv !== undefined && !isTrue(x.compute_uv)) return arrayValue(singularStack(v, c, hermitian));
  const a = stackOf(v, hermitian, isTrue(x.single));
  const full = x.full_matrices === undefined || isTrue(x.full_matrices);
  const [m, n] = a.array.shape.slice(-2);
  const k = Math.min(m, n);
  const f = factorsOf(a, full, hermitian, c);
  return parted(
    'SVDResult',
    ['U', 'S', 'Vh'],
    [
      arrayValue(
        assemble(
          f.map(e => e.u),
          a.lead,
          [m, full ? m : k],
          a.dtype,
        ),
      ),
      arrayValue(
        assemble(
          f.map(e => ({ re: e.s })),
          a.lead,
          [k],
          realType(a.dtype),
        ),
      ),
      arrayValue(
        assemble(
          f.map(e => e.vh),
          a.lead,
          [full ? n : k, n],
          a.dtype,
        ),
      ),
    ],
  );
}

/** Whether the diagonal and what is below it is finite. */
const isFiniteBelow = ({ re, im, columns }: L.Matrix): boolean =>
  [re, im].every(part => !part || part.every((v, k) => k % columns > Math.floor(k / columns) || Number.isFinite(v)));

const withoutUpper = (m: L.Matrix): L.Matrix => {
  const below = (part: Float64Array): Float64Array =>
    part.map((v, k) => (k % m.columns > Math.floor(k / m.columns) ? 0 : v));
  return { ...m, re: below(m.re), ...(m.im ? { im: below(m.im) } : {}) };
};

/** Eigenvalues of a Hermitian matrix of which one triangle is read. */
export function hermitianOf(
  m: L.Matrix,
  triangle: 'L' | 'U',
  c: Context,
): { readonly values: Float64Array; readonly vectors: L.Matrix } {
  const n = m.rows;
  const lower = triangle === 'L' ? m : { ...L.adjoint(m), single: m.single };
  if (!isFiniteBelow(lower) && n > 1)
    return unknown('what LAPACK makes of entries that are not finite differs by version');
  // What is above the diagonal is not read.
  const e = L.symmetricEigen(L.allFinite(lower) ? lower : withoutUpper(lower), spender(c));
  return e.kind === 'ok' ? e : notConverged('Eigenvalues');
}

function triangleOf(v: Value | undefined): 'L' | 'U' {
  const name = v === undefined ? 'L' : v.kind === 'string' ? v.value.toUpperCase() : '';
  return name === 'L' || name === 'U' ? name : fail("ValueError: UPLO argument must be 'L' or 'U'");
}

function eigh(x: Bound, c: Context, vectors: boolean): Value {
  const triangle = triangleOf(x.UPLO);
  const a = stackOf(need(x.a), true, isTrue(x.single));
  const n = a.array.shape[a.lead.length];
  const e = a.matrices.map(m => hermitianOf(m, triangle, c));
  const values = arrayValue(
    assemble(
      e.map(f => ({ re: f.values })),
      a.lead,
      [n],
      realType(a.dtype),
    ),
  );
  if (!vectors) return values;
  return parted(
    'EighResult',
    ['eigenvalues', 'eigenvectors'],
    [
      values,
      arrayValue(
        assemble(
          e.map(f => f.vectors),
          a.lead,
          [n, n],
          a.dtype,
        ),
      ),
    ],
  );
}

type Solved = Extract<L.Eigen, { kind: 'ok' }>;

/** Whether two solutions have the same eigenvalues in the same order, and vectors of the same signs where those count. */
function alike(f: Solved, g: Solved, vectors: boolean): boolean {
  const near = (p: ArrayLike<number> = [], q: ArrayLike<number> = []): boolean => {
    const top = Array.from(p).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    return p.length === q.length && Array.from(p).every((x, k) => Math.abs(x - q[k]) <= 1e-3 * top);
  };
  if (!near(f.values.re, g.values.re) || !near(f.values.im, g.values.im)) return false;
  return !vectors || (near(f.vectors.re, g.vectors.re) && near(f.vectors.im, g.vectors.im));
}

export function eig(v: Value, c: Context, vectors: boolean, single = false): Value {
  const a = stackOf(v, true, single);
  finite(a);
  const n = a.array.shape[a.lead.length];
  const solved = (m: L.Matrix): Solved => {
    const f = L.generalEigen(m, spender(c));
    return f.kind === 'ok' ? f : notConverged('Eigenvalues');
  };
  const e = a.matrices.map(m => {
    const f = solved(m);
    if (single && !alike(f, solved({ ...m, single: undefined }), vectors))
      unknown('the order and the signs of eigenvectors in single precision are known only when the code runs');
    return f;
  });
  const complex = isComplexType(a.dtype) || e.some(f => f.values.im.some(y => y !== 0));
  const dtype: DType = complex ? complexType(a.dtype) : a.dtype;
  const values = arrayValue(
    assemble(
      e.map(f => f.values),
      a.lead,
      [n],
      dtype,
    ),
  );
  if (!vectors) return values;
  return parted(
    'EigResult',
    ['eigenvalues', 'eigenvectors'],
    [
      values,
      arrayValue(
        assemble(
          e.map(f => f.vectors),
          a.lead,
          [n, n],
          dtype,
        ),
      ),
    ],
  );
}

const QR_MODES = ['reduced', 'complete', 'r', 'raw', 'full', 'f', 'economic', 'e'];

function qr(x: Bound, c: Context): Value {
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'reduced';
  if (!QR_MODES.includes(mode)) fail(`ValueError: Unrecognized mode '${mode}'`);
  const a = stackOf(need(x.a), false);
  const [m, n] = a.array.shape.slice(-2);
  const k = Math.min(m, n);
  if (mode === 'raw') {
    if (a.lead.length > 0) return unknown('the raw factors of a stack are not covered yet');
    const f = L.rawQR(a.matrices[0], spender(c));
    return tuple([arrayValue(transpose(fromMatrix(f.h, a.dtype))), arrayValue(assemble([f.tau], [], [k], a.dtype))]);
  }
  if (mode === 'economic' || mode === 'e') return unknown(`the mode '${mode}' is deprecated and not covered`);
  const whole = mode === 'complete' ? m : k;
  const f = a.matrices.map(e => L.qr(e, mode === 'complete' ? 'complete' : 'reduced', spender(c)));
  const r = arrayValue(
    assemble(
      f.map(e => e.r),
      a.lead,
      [whole, n],
      a.dtype,
    ),
  );
  if (mode === 'r') return r;
  return parted(
    'QRResult',
    ['Q', 'R'],
    [
      arrayValue(
        assemble(
          f.map(e => e.q),
          a.lead,
          [m, whole],
          a.dtype,
        ),
      ),
      r,
    ],
  );
}

function cholesky(v: Value, c: Context): Value {
  const a = stackOf(v, true);
  const n = a.array.shape[a.lead.length];
  const parts = a.matrices.map(m => {
    const f = L.cholesky(m, spender(c));
    return f.kind === 'ok' ? f.l : fail('LinAlgError: Matrix is not positive definite');
  });
  return arrayValue(assemble(parts, a.lead, [n, n], a.dtype));
}

function matrixRank(x: Bound, c: Context): Value {
  const v = need(x.A);
  const { tol } = x;
  const a = toArray(v);
  if (a.shape.length < 2) {
    const any = elementsOf(a).some(e => (typeof e === 'object' ? e.re !== 0 || e.im !== 0 : Number(e) !== 0));
    return scalar('int64', any ? 1 : 0, true);
  }
  const s = singularStack(v, c, isTrue(x.hermitian));
  const k = s.shape[s.shape.length - 1];
  const given = tol === undefined || tol.kind === 'none' ? undefined : toArray(tol);
  const lead = s.shape.slice(0, -1);
  if (given && given.shape.length > 0 && given.shape.join() !== lead.join())
    return unknown('a tolerance of this shape is not covered yet');
  const values = toFloat64(s);
  const limits = given && toFloat64(asType(given, 'float64'));
  const round = s.dtype === 'float32' ? Math.fround : (x: number): number => x;
  const counts = generate(sizeOf(lead), i => {
    const row = values.subarray(i * k, (i + 1) * k);
    if (k === 0) return 0;
    const top = row.some(Number.isNaN) ? Number.NaN : Math.max(...row);
    const side = Math.max(...a.shape.slice(-2));
    const limit = limits ? limits[limits.length === 1 ? 0 : i] : round(top * side * epsilonOf(s.dtype));
    return row.reduce((n, e) => n + (e > limit ? 1 : 0), 0);
  });
  return unwrap(ndarray('int64', lead, counts));
}

export const DECOMPOSITIONS: readonly LibraryFunction[] = [
  { path: 'numpy.linalg.svd', signature: 'a, full_matrices=True, compute_uv=True, hermitian=False', evaluate: svd },
  { path: 'numpy.linalg.eig', signature: 'a', evaluate: (x, c) => eig(need(x.a), c, true, isTrue(x.single)) },
  { path: 'numpy.linalg.eigvals', signature: 'a', evaluate: (x, c) => eig(need(x.a), c, false, isTrue(x.single)) },
  { path: 'numpy.linalg.eigh', signature: 'a, UPLO=L', evaluate: (x, c) => eigh(x, c, true) },
  { path: 'numpy.linalg.eigvalsh', signature: 'a, UPLO=L', evaluate: (x, c) => eigh(x, c, false) },
  { path: 'numpy.linalg.qr', signature: 'a, mode=reduced', evaluate: qr },
  { path: 'numpy.linalg.cholesky', signature: 'a', evaluate: (x, c) => cholesky(need(x.a), c) },
  { path: 'numpy.linalg.matrix_rank', signature: 'A, tol=None, hermitian=False', evaluate: matrixRank },
];
