import { divide, log, sqrt } from '../values/complex';
import type { Complex } from '../values/dtype';
import { schur } from './general-eigen';
import { inverse, solve } from './lu';
import { adjoint, identity, type Matrix, matrix, multiply, type Spend, subtract } from './matrix';

const scaled = (a: Matrix, f: number): Matrix =>
  matrix(
    a.rows,
    a.columns,
    a.re.map(x => x * f),
    a.im?.map(x => x * f),
  );

function add(a: Matrix, b: Matrix, f = 1): Matrix {
  return subtract(a, scaled(b, -f));
}

/** The largest sum of magnitudes of a column. */
function norm1(a: Matrix): number {
  const sums = new Float64Array(a.columns);
  a.re.forEach((x, k) => {
    sums[k % a.columns] += a.im ? Math.hypot(x, a.im[k]) : Math.abs(x);
  });
  return sums.reduce((m, s) => (s > m || Number.isNaN(s) ? s : m), 0);
}

const PADE_13 = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
] as const;
const THETA_13 = 5.371920351148152;

/** e^A by scaling and squaring with the [13/13] Padé approximant (Higham, 2005). Undefined for entries that are not finite. */
export function exponential(a: Matrix, spend?: Spend): Matrix | undefined {
  const size = norm1(a);
  if (!Number.isFinite(size)) return undefined;
  const n = a.rows;
  const squarings = size > THETA_13 ? Math.ceil(Math.log2(size / THETA_13)) : 0;
  spend?.((20 + 2 * squarings) * (a.im ? 4 : 1) * n ** 3);
  const x = scaled(a, 2 ** -squarings);
  const b = PADE_13;
  const x2 = multiply(x, x);
  const x4 = multiply(x2, x2);
  const x6 = multiply(x4, x2);
  const poly = (c6: number, c4: number, c2: number, c0: number): Matrix =>
    add(add(add(scaled(x6, c6), x4, c4), x2, c2), identity(n), c0);
  const inner = (c6: number, c4: number, c2: number): Matrix => multiply(x6, add(add(scaled(x6, c6), x4, c4), x2, c2));
  const u = multiply(x, add(inner(b[13], b[11], b[9]), poly(b[7], b[5], b[3], b[1])));
  const v = add(inner(b[12], b[10], b[8]), poly(b[6], b[4], b[2], b[0]));
  const s = solve(subtract(v, u), add(v, u));
  if (s.kind === 'singular') return undefined;
  let e = s.x;
  for (let k = 0; k < squarings; k++) e = multiply(e, e);
  return e;
}

const at = (m: Matrix, i: number, j: number): Complex => ({
  re: m.re[i * m.columns + j],
  im: m.im?.[i * m.columns + j] ?? 0,
});
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });

/** The principal root of an upper triangular matrix (Björck and Hammarling, 1983). Undefined when it has none. */
function triangularRoot(t: Matrix): Matrix | undefined {
  const n = t.rows;
  const re = new Float64Array(n * n);
  const im = new Float64Array(n * n);
  const r = matrix(n, n, re, im);
  for (let j = 0; j < n; j++) {
    const root = sqrt(at(t, j, j));
    re[j * n + j] = root.re;
    im[j * n + j] = root.im;
    for (let i = j - 1; i >= 0; i--) {
      let sum = at(t, i, j);
      for (let k = i + 1; k < j; k++) {
        const p = times(at(r, i, k), at(r, k, j));
        sum = { re: sum.re - p.re, im: sum.im - p.im };
      }
      const d = { re: re[i * n + i] + re[j * n + j], im: im[i * n + i] + im[j * n + j] };
      if (d.re === 0 && d.im === 0) {
        if (sum.re !== 0 || sum.im !== 0) return undefined;
        continue;
      }
      const x = divide(sum, d);
      re[i * n + j] = x.re;
      im[i * n + j] = x.im;
    }
  }
  return r;
}

/** The matrix as a real one where its imaginary part is rounding. */
function realWhere(m: Matrix, wasReal: boolean): Matrix {
  if (!m.im || !wasReal) return m;
  const top = m.re.reduce((s, x) => Math.max(s, Math.abs(x)), 0);
  const rest = m.im.reduce((s, x) => Math.max(s, Math.abs(x)), 0);
  return rest <= 1e3 * 2 ** -52 * m.rows * top ? matrix(m.rows, m.columns, m.re) : m;
}

const similar = (q: Matrix, t: Matrix): Matrix => multiply(multiply(q, t), adjoint(q));

/** The principal square root by the complex Schur form. Undefined when there is none. Real where a real matrix's root is real. */
export function squareRoot(a: Matrix, spend?: Spend): Matrix | undefined {
  const f = schur(a, true, spend);
  if (f.kind !== 'ok') return undefined;
  spend?.(32 * a.rows ** 3);
  const r = triangularRoot(f.t);
  return r && realWhere(similar(f.q, r), !a.im);
}

/** Nodes and weights of Gauss–Legendre quadrature with 8 points on [0, 1]: the [8/8] Padé approximant of log(1 + x) at 0. */
const NODES = [
  [0.019855071751231884, 0.05061426814518813],
  [0.10166676129318664, 0.11119051722668724],
  [0.2372337950418355, 0.15685332293894363],
  [0.4082826787521751, 0.181341891689181],
  [0.5917173212478249, 0.181341891689181],
  [0.7627662049581645, 0.15685332293894363],
  [0.8983332387068134, 0.11119051722668724],
  [0.9801449282487681, 0.05061426814518813],
] as const;

function triangularLog(t: Matrix, spend?: Spend): Matrix | undefined {
  const n = t.rows;
  for (let i = 0; i < n; i++) if (t.re[i * n + i] === 0 && (t.im?.[i * n + i] ?? 0) === 0) return undefined;
  let r = t;
  let roots = 0;
  while (norm1(subtract(r, identity(n))) > 0.1) {
    spend?.(4 * n ** 3);
    const next = triangularRoot(r);
    if (!next || ++roots > 100) return undefined;
    r = next;
  }
  const x = subtract(r, identity(n));
  let sum: Matrix = matrix(n, n, new Float64Array(n * n), new Float64Array(n * n));
  for (const [node, weight] of NODES) {
    spend?.(16 * n ** 3);
    const part = solve(add(scaled(x, node), identity(n)), x);
    if (part.kind === 'singular') return undefined;
    sum = add(sum, part.x, weight);
  }
  const out = scaled(sum, 2 ** roots);
  const im = out.im ?? new Float64Array(n * n);
  // The diagonal is known better directly.
  for (let i = 0; i < n; i++) {
    const d = log(at(t, i, i));
    out.re[i * n + i] = d.re;
    im[i * n + i] = d.im;
  }
  return matrix(n, n, out.re, im);
}

/** The principal logarithm by inverse scaling and squaring of the Schur form (Kenney and Laub, 1989). Undefined for a singular matrix. */
export function logarithm(a: Matrix, spend?: Spend): Matrix | undefined {
  const f = schur(a, true, spend);
  if (f.kind !== 'ok') return undefined;
  const l = triangularLog(f.t, spend);
  return l && realWhere(similar(f.q, l), !a.im);
}

/** A^p for real p: whole powers by products, the rest as e^(p log A). Undefined when A is singular and p is not a whole number ≥ 0. */
export function realPower(a: Matrix, p: number, spend?: Spend): Matrix | undefined {
  const whole = Math.trunc(p);
  let result = identity(a.rows);
  let base = a;
  if (whole < 0) {
    const s = inverse(a, spend);
    if (s.kind === 'singular') return undefined;
    base = s.x;
  }
  for (let k = Math.abs(whole); k > 0; k = Math.floor(k / 2)) {
    spend?.(4 * a.rows ** 3);
    if (k % 2 === 1) result = multiply(result, base);
    base = multiply(base, base);
  }
  if (whole === p) return result;
  const l = logarithm(a, spend);
  const e = l && exponential(scaled(l, p - whole), spend);
  return e && realWhere(multiply(result, e), !a.im);
}
