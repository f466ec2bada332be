import { type Matrix, matrix, symmetricEigen } from '../../linalg/index';
import type { Context } from '../dialect';
import { unknown } from '../stop';

/** Eigenvalues and eigenvectors (columns) as R gives them; `doubt` where the signs or the basis of the vectors cannot be told. */
export interface Decomposed {
  readonly values: readonly number[];
  readonly vectors: Matrix;
  readonly doubt?: string;
}

/**
 * LAPACK begins a vector with a positive entry where a number that is nothing but rounding is least: at the largest entry, or at one
 * not much smaller. An entry of the other sign that is smaller than this part of the largest one is never chosen.
 */
const OPEN = 0.13;
const TOLD = 'the signs of these eigenvectors depend on rounding';

/**
 * LAPACK's dsyevr in decreasing order. The eigenvectors of the tridiagonal matrix that it makes first (dsytrd, lower triangle)
 * have a positive entry where they are largest; going back by the reflections tells the signs.
 */
export function symmetric(a: Matrix, context: Context): Decomposed {
  const n = a.rows;
  if (n === 1) return { values: [a.re[0]], vectors: matrix(1, 1, Float64Array.of(1)) };
  if (n === 2) return twoByTwo(a.re[0], a.re[2], a.re[3]);
  const e = symmetricEigen(a, k => context.budget.spend(k));
  if (e.kind !== 'ok') return unknown('the eigenvalues do not converge');
  const order = Array.from({ length: n }, (_, k) => n - 1 - k);
  const values = order.map(k => e.values[k]);
  const columns = order.map(k => Float64Array.from({ length: n }, (_, i) => e.vectors.re[i * n + k]));
  const size = Math.max(...values.map(Math.abs), Number.MIN_VALUE);
  if (isDiagonal(a)) return diagonal(a);
  const close = values.some((x, k) => k > 0 && Math.abs(x - values[k - 1]) < 1e-10 * size);
  const { reflections, off } = tridiagonal(a);
  const split = off.some(x => Math.abs(x) < 1e-10 * size);
  let doubt: string | undefined = close
    ? 'the eigenvectors of equal eigenvalues are not told by the matrix alone'
    : undefined;
  for (const v of columns) {
    const z = v.slice();
    for (const { from, tau, u } of reflections) reflect(z, from, tau, u);
    let most = 0;
    for (let i = 1; i < n; i++) if (Math.abs(z[i]) > Math.abs(z[most])) most = i;
    const tied = split || z.some(x => Math.abs(x) > OPEN * Math.abs(z[most]) && x < 0 !== z[most] < 0);
    if (tied) doubt ??= TOLD;
    if (z[most] < 0) for (let i = 0; i < n; i++) v[i] = 0 - v[i];
  }
  const vectors = matrix(
    n,
    n,
    Float64Array.from({ length: n * n }, (_, k) => columns[k % n][Math.floor(k / n)]),
  );
  return { values, vectors, ...(doubt === undefined ? {} : { doubt }) };
}

function isDiagonal(a: Matrix): boolean {
  const n = a.rows;
  return a.re.every((x, k) => x === 0 || Math.floor(k / n) === k % n);
}

/** Each entry of a diagonal matrix is an eigenvalue; equal ones keep LAPACK's order before it is turned round. */
function diagonal(a: Matrix): Decomposed {
  const n = a.rows;
  const order = Array.from({ length: n }, (_, k) => k);
  // Selection sort, as dstemr ends with.
  for (let j = 0; j < n - 1; j++) {
    let least = j;
    for (let i = j + 1; i < n; i++) if (a.re[order[i] * (n + 1)] < a.re[order[least] * (n + 1)]) least = i;
    [order[j], order[least]] = [order[least], order[j]];
  }
  order.reverse();
  const vectors = matrix(n, n);
  order.forEach((p, k) => {
    vectors.re[p * n + k] = 1;
  });
  return { values: order.map(p => a.re[p * (n + 1)]), vectors };
}

/** dlaev2. */
function twoByTwo(a: number, b: number, c: number): Decomposed {
  const [sum, difference] = [a + c, a - c];
  const adf = Math.abs(difference);
  const twice = b + b;
  const ab = Math.abs(twice);
  const [acmx, acmn] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a];
  const rt =
    adf > ab ? adf * Math.sqrt(1 + (ab / adf) ** 2) : adf < ab ? ab * Math.sqrt(1 + (adf / ab) ** 2) : ab * Math.SQRT2;
  let [rt1, rt2, sign1] = [0.5 * rt, -0.5 * rt, 1];
  if (sum < 0) {
    rt1 = 0.5 * (sum - rt);
    sign1 = -1;
    rt2 = (acmx / rt1) * acmn - (b / rt1) * b;
  } else if (sum > 0) {
    rt1 = 0.5 * (sum + rt);
    rt2 = (acmx / rt1) * acmn - (b / rt1) * b;
  }
  const [cs, sign2] = difference >= 0 ? [difference + rt, 1] : [difference - rt, -1];
  let [cs1, sn1] = [1, 0];
  if (Math.abs(cs) > ab) {
    const ct = -twice / cs;
    sn1 = 1 / Math.sqrt(1 + ct * ct);
    cs1 = ct * sn1;
  } else if (ab !== 0) {
    const tn = -cs / twice;
    cs1 = 1 / Math.sqrt(1 + tn * tn);
    sn1 = tn * cs1;
  }
  if (sign1 === sign2) [cs1, sn1] = [-sn1, cs1];
  // rt1 has the larger magnitude with (cs1, sn1); in increasing order rt2 comes first.
  const pairs = [
    { value: rt2, vector: [-sn1, cs1] },
    { value: rt1, vector: [cs1, sn1] },
  ].sort((p, q) => p.value - q.value);
  const [low, high] = pairs;
  return {
    values: [high.value, low.value],
    vectors: matrix(
      2,
      2,
      Float64Array.of(high.vector[0] + 0, low.vector[0] + 0, high.vector[1] + 0, low.vector[1] + 0),
    ),
  };
}

interface Reflection {
  readonly from: number;
  readonly tau: number;
  readonly u: Float64Array;
}

/** dsytd2 of the lower triangle: the reflections that make a symmetric matrix tridiagonal. */
function tridiagonal(a: Matrix): { readonly reflections: readonly Reflection[]; readonly off: readonly number[] } {
  const n = a.rows;
  const x = a.re.slice();
  const at = (i: number, j: number): number => (i >= j ? i * n + j : j * n + i);
  const out: Reflection[] = [];
  const off: number[] = [];
  for (let k = 0; k < n - 1; k++) {
    const size = n - k - 1;
    const u = Float64Array.from({ length: size }, (_, i) => x[at(k + 1 + i, k)]);
    const alpha = u[0];
    const below = Math.hypot(...u.slice(1));
    const beta = below === 0 ? alpha : -Math.sign(alpha || 1) * Math.hypot(alpha, below);
    off.push(beta);
    if (below === 0) continue;
    const tau = (beta - alpha) / beta;
    for (let i = 1; i < size; i++) u[i] /= alpha - beta;
    u[0] = 1;
    // A := H A H of what is left.
    const w = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      let s = 0;
      for (let j = 0; j < size; j++) s += x[at(k + 1 + i, k + 1 + j)] * u[j];
      w[i] = tau * s;
    }
    let dot = 0;
    for (let i = 0; i < size; i++) dot += w[i] * u[i];
    for (let i = 0; i < size; i++) w[i] -= 0.5 * tau * dot * u[i];
    for (let i = 0; i < size; i++)
      for (let j = 0; j <= i; j++) x[at(k + 1 + i, k + 1 + j)] -= u[i] * w[j] + w[i] * u[j];
    out.push({ from: k + 1, tau, u });
  }
  return { reflections: out, off };
}

function reflect(z: Float64Array, from: number, tau: number, u: Float64Array): void {
  let s = 0;
  for (let i = 0; i < u.length; i++) s += u[i] * z[from + i];
  for (let i = 0; i < u.length; i++) z[from + i] -= tau * s * u[i];
}
