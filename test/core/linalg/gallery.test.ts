import { describe, expect, test } from 'vitest';
import * as L from '../../../src/core/linalg/index';
import { all, random, square } from './gallery';

const EPS = 2 ** -52;
/** 100·n·ε, and never less than for n = 1. */
const bound = (...sides: number[]): number => 100 * EPS * Math.max(1, ...sides);

const size = (m: L.Matrix): number => L.frobenius(m);
const distance = (a: L.Matrix, b: L.Matrix): number => size(L.subtract(a, b));
/** How far columns are from orthonormal. */
const skewness = (q: L.Matrix): number => distance(L.multiply(L.adjoint(q), q), L.identity(q.columns));
/** ‖A − B‖ relative to A, where A itself is not 0. */
const relative = (a: L.Matrix, b: L.Matrix): number => (size(a) === 0 ? size(b) : distance(a, b) / size(a));
const descending = (s: Float64Array): boolean => s.every((x, k) => k === 0 || x <= s[k - 1]);

function ok<T extends { readonly kind: string }>(f: T): Extract<T, { kind: 'ok' }> {
  expect(f.kind).toBe('ok');
  return f as Extract<T, { kind: 'ok' }>;
}

const upper = (m: L.Matrix): boolean =>
  m.re.every((x, k) => k % m.columns >= Math.floor(k / m.columns) || (x === 0 && (m.im?.[k] ?? 0) === 0));

describe('matrices of any shape', () => {
  test.each(all)('QR of %s', (_, a) => {
    for (const mode of ['reduced', 'complete'] as const) {
      const { q, r } = L.qr(a, mode);
      expect(L.productResidual(a, q, r)).toBeLessThanOrEqual(bound(a.rows, a.columns));
      expect(skewness(q)).toBeLessThanOrEqual(bound(a.rows));
      expect(upper(r)).toBe(true);
    }
  });

  test.each(all)('pivoted QR of %s', (_, a) => {
    const { q, r, order } = L.pivotedQR(a);
    const pick = (x: Float64Array): Float64Array => x.map((_, k) => x[k - (k % a.columns) + order[k % a.columns]]);
    const permuted = L.matrix(a.rows, a.columns, pick(a.re), a.im && pick(a.im));
    expect(L.productResidual(permuted, q, r)).toBeLessThanOrEqual(bound(a.rows, a.columns));
    const d = Float64Array.from({ length: Math.min(r.rows, r.columns) }, (_, k) => Math.abs(r.re[k * (r.columns + 1)]));
    expect(d.every((x, k) => k === 0 || x <= d[k - 1] * (1 + 1e-10) + d[0] * 1e-14)).toBe(true);
  });

  test.each(all)('singular values of %s', (_, a) => {
    const full = ok(L.svd(a, true));
    const reduced = ok(L.svd(a));
    expect(L.svdResidual(a, full)).toBeLessThanOrEqual(bound(a.rows, a.columns));
    expect(L.svdResidual(a, reduced)).toBeLessThanOrEqual(bound(a.rows, a.columns));
    for (const q of [full.u, L.adjoint(full.vh), reduced.u, L.adjoint(reduced.vh)])
      expect(skewness(q)).toBeLessThanOrEqual(bound(q.rows));
    expect([full.u.columns, full.vh.rows]).toEqual([a.rows, a.columns]);
    expect(descending(full.s) && full.s.every(x => x >= 0)).toBe(true);
    const alone = L.singularValues(a) as Float64Array;
    expect(alone.every((x, k) => Math.abs(x - full.s[k]) <= bound(a.rows, a.columns) * full.s[0])).toBe(true);
  });

  test.each(all)('pseudo-inverse of %s', (_, a) => {
    const p = L.pseudoInverse(a) as L.Matrix;
    const condition = L.pseudoInverse(a) ? size(a) * size(p) : 1;
    if (condition > 1e8) return;
    expect([p.rows, p.columns]).toEqual([a.columns, a.rows]);
    expect(relative(a, L.multiply(L.multiply(a, p), a))).toBeLessThanOrEqual(
      bound(a.rows, a.columns) * Math.max(1, condition),
    );
    const projector = L.multiply(a, p);
    expect(distance(projector, L.adjoint(projector))).toBeLessThanOrEqual(bound(a.rows) * Math.max(1, condition));
  });

  test.each(all)('null space and range of %s', (_, a) => {
    const kernel = L.nullSpace(a) as L.Matrix;
    const range = L.rangeSpace(a) as L.Matrix;
    expect(kernel.columns + range.columns).toBe(a.columns);
    expect(skewness(kernel)).toBeLessThanOrEqual(bound(a.columns));
    expect(skewness(range)).toBeLessThanOrEqual(bound(a.rows));
    expect(size(L.multiply(a, kernel))).toBeLessThanOrEqual(bound(a.rows, a.columns) * size(a));
  });

  test.each(all)('LU of %s', (_, a) => {
    const f = L.lu(a);
    const k = Math.min(a.rows, a.columns);
    const part = (columns: number, rows: number, at: (i: number, j: number) => number): L.Matrix => {
      const build = (x: Float64Array | undefined): Float64Array =>
        Float64Array.from({ length: rows * columns }, (_, p) => {
          const [i, j] = [Math.floor(p / columns), p % columns];
          return at(i, j) === 1 ? (x?.[i * a.columns + j] ?? 0) : at(i, j) === 2 && x === f.lu.re ? 1 : 0;
        });
      return L.matrix(rows, columns, build(f.lu.re), f.lu.im && build(f.lu.im));
    };
    const l = part(k, a.rows, (i, j) => (i > j ? 1 : i === j ? 2 : 0));
    const u = part(a.columns, k, (i, j) => (i <= j ? 1 : 0));
    const rows = (x: Float64Array): Float64Array =>
      x.map((_, p) => x[f.pivots[Math.floor(p / a.columns)] * a.columns + (p % a.columns)]);
    const permuted = L.matrix(a.rows, a.columns, rows(a.re), a.im && rows(a.im));
    expect(L.productResidual(permuted, l, u)).toBeLessThanOrEqual(bound(a.rows, a.columns));
    expect(l.re.every((x, p) => Math.hypot(x, l.im?.[p] ?? 0) <= Math.SQRT2)).toBe(true);
  });
});

describe('square matrices', () => {
  test.each(square)('eigenvalues of %s', (_, a) => {
    const e = ok(L.generalEigen(a));
    expect(L.eigenResidual(a, e)).toBeLessThanOrEqual(bound(a.rows));
    for (let j = 0; j < a.rows; j++) {
      let norm = 0;
      for (let i = 0; i < a.rows; i++)
        norm = Math.hypot(norm, e.vectors.re[i * a.rows + j], e.vectors.im?.[i * a.rows + j] ?? 0);
      expect(Math.abs(norm - 1)).toBeLessThanOrEqual(bound(a.rows));
    }
    if (a.im) return;
    // Complex values of a real matrix are conjugate pairs, the one above the axis first.
    e.values.im.forEach((y, k) => {
      if (y > 0) expect([e.values.re[k + 1], e.values.im[k + 1]]).toEqual([e.values.re[k], -y]);
    });
    const trace = e.values.re.reduce((s, x) => s + x, 0);
    let own = 0;
    for (let i = 0; i < a.rows; i++) own += a.re[i * (a.rows + 1)];
    expect(Math.abs(trace - own)).toBeLessThanOrEqual(bound(a.rows) * size(a));
  });

  test.each(square)('Hermitian eigenvalues of A + Aᴴ for %s', (_, a) => {
    const h = L.subtract(
      a,
      L.matrix(
        a.rows,
        a.rows,
        L.adjoint(a).re.map(x => -x),
        L.adjoint(a).im?.map(x => -x),
      ),
    );
    const { values, vectors } = ok(L.symmetricEigen(h));
    const im = new Float64Array(a.rows);
    expect(L.eigenResidual(h, { kind: 'ok', values: { re: values, im }, vectors })).toBeLessThanOrEqual(bound(a.rows));
    expect(skewness(vectors)).toBeLessThanOrEqual(bound(a.rows));
    expect(descending(values.slice().reverse())).toBe(true);
  });

  test.each(square)('Schur form of %s', (_, a) => {
    for (const complex of [false, true]) {
      if (a.im && !complex) continue;
      const { t, q } = ok(L.schur(a, complex));
      expect(L.productResidual(a, L.multiply(q, t), L.adjoint(q))).toBeLessThanOrEqual(bound(a.rows));
      expect(skewness(q)).toBeLessThanOrEqual(bound(a.rows));
      if (complex) expect(upper(t)).toBe(true);
    }
  });

  test.each(square)('solution of A x = b for %s', (_, a) => {
    const b = random(a.rows, 3, 99);
    const s = L.solve(a, b);
    if (s.kind === 'singular') {
      expect(L.rankOf(L.singularValues(a) as Float64Array, a.rows, a.columns)).toBeLessThan(a.rows);
      return;
    }
    // Backward stable: the residual is small against ‖A‖·‖x‖, however ill conditioned A is.
    const r = distance(L.multiply(a, s.x), b);
    expect(r).toBeLessThanOrEqual(bound(a.rows) * (size(a) * size(s.x) + size(b)));
  });

  test.each(square)('Cholesky of Aᴴ A + ‖A‖² I for %s', (_, a) => {
    const top = size(a);
    if (top === 0 || top > 1e100 || top < 1e-100) return;
    const h = L.multiply(L.adjoint(a), a);
    for (let i = 0; i < a.rows; i++) h.re[i * (a.rows + 1)] += top * top;
    const { l } = ok(L.cholesky(h));
    expect(L.productResidual(h, l, L.adjoint(l))).toBeLessThanOrEqual(bound(a.rows));
  });

  test.each(square)('determinant of %s agrees with the pivots and the singular values', (_, a) => {
    const { sign, logabs } = L.slogdet(a);
    const s = L.singularValues(a) as Float64Array;
    const log = s.reduce((t, x) => t + Math.log(x), 0);
    const condition = s.length === 0 ? 1 : s[0] / s[s.length - 1];
    if (!(condition < 1e6)) return;
    expect(Math.abs(Math.hypot(sign.re, sign.im) - 1)).toBeLessThanOrEqual(bound(a.rows));
    expect(Math.abs(logabs - log)).toBeLessThanOrEqual(bound(a.rows) * condition);
  });
});

describe('matrix functions', () => {
  test.each(square)('the square root of %s', (_, a) => {
    const r = L.squareRoot(a);
    if (!r) {
      // Only singular matrices may lack one.
      expect(L.rankOf(L.singularValues(a) as Float64Array, a.rows, a.columns)).toBeLessThan(a.rows);
      return;
    }
    const growth = size(r) ** 2 / Math.max(size(a), Number.MIN_VALUE);
    if (size(a) > 0) expect(relative(a, L.multiply(r, r))).toBeLessThanOrEqual(bound(a.rows) * Math.max(1, growth));
  });

  test.each([3, 8, 20])('exp of log of a positive definite matrix of side %d', n => {
    const a = random(n, n, n);
    const h = L.multiply(L.adjoint(a), a);
    for (let i = 0; i < n; i++) h.re[i * (n + 1)] += 0.5;
    const l = L.logarithm(h) as L.Matrix;
    expect(l.im).toBeUndefined();
    expect(relative(h, L.exponential(l) as L.Matrix)).toBeLessThanOrEqual(100 * bound(n));
    const half = L.realPower(h, 0.5) as L.Matrix;
    expect(relative(L.squareRoot(h) as L.Matrix, half)).toBeLessThanOrEqual(100 * bound(n));
  });

  test('known values', () => {
    const turn = L.exponential(L.matrix(2, 2, Float64Array.of(0, -1, 1, 0))) as L.Matrix;
    expect(
      relative(L.matrix(2, 2, Float64Array.of(Math.cos(1), -Math.sin(1), Math.sin(1), Math.cos(1))), turn),
    ).toBeLessThan(1e-15);
    const nilpotent = L.exponential(L.matrix(2, 2, Float64Array.of(0, 1, 0, 0))) as L.Matrix;
    expect(relative(L.matrix(2, 2, Float64Array.of(1, 1, 0, 1)), nilpotent)).toBeLessThan(1e-15);
    expect(L.squareRoot(L.matrix(2, 2, Float64Array.of(0, 1, 0, 0)))).toBeUndefined();
    expect(L.logarithm(L.matrix(2, 2, Float64Array.of(1, 1, 1, 1)))).toBeUndefined();
    const root = L.squareRoot(L.matrix(1, 1, Float64Array.of(-4))) as L.Matrix;
    expect(root.im?.[0]).toBe(2);
    expect(Array.from((L.realPower(L.matrix(2, 2, Float64Array.of(1, 1, 0, 1)), -3) as L.Matrix).re)).toEqual([
      1, -3, 0, 1,
    ]);
  });
});
