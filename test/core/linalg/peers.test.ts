import { describe, expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';
import * as L from '../../../src/core/linalg/index';
import { hilbert, random } from './gallery';

/** Cases that other JavaScript libraries were seen to get wrong. */

const of = (rows: readonly (readonly number[])[]): L.Matrix =>
  L.matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));

function shown(expression: string): string {
  const [answer] = evaluateSource(`import numpy as np\n${expression}`, 'python');
  return answer.status === 'ok' ? (answer.text ?? '') : (answer.message ?? '');
}

const eigenvalues = (m: L.Matrix): string[] => {
  const e = L.generalEigen(m);
  if (e.kind !== 'ok') return [e.kind];
  return Array.from(
    e.values.re,
    (x, k) => `${Math.round(x * 1e9) / 1e9 + 0},${Math.round(e.values.im[k] * 1e9) / 1e9 + 0}`,
  ).sort();
};

describe('eigenvalues', () => {
  test('a defective matrix has one direction twice', () => {
    const e = L.generalEigen(
      of([
        [1, 1],
        [0, 1],
      ]),
    );
    if (e.kind !== 'ok') throw new Error(e.kind);
    expect(Array.from(e.values.re)).toEqual([1, 1]);
    const [a, b, c, d] = e.vectors.re;
    expect(Math.abs(a * d - b * c)).toBeLessThan(1e-15);
    expect(
      L.eigenResidual(
        of([
          [1, 1],
          [0, 1],
        ]),
        e,
      ),
    ).toBeLessThan(1e-15);
  });

  test('a quarter turn and a cycle of four have the roots of unity', () => {
    expect(
      eigenvalues(
        of([
          [0, -1],
          [1, 0],
        ]),
      ),
    ).toEqual(['0,-1', '0,1']);
    const cycle = of([
      [0, 1, 0, 0],
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [1, 0, 0, 0],
    ]);
    expect(eigenvalues(cycle)).toEqual(['-1,0', '0,-1', '0,1', '1,0']);
  });

  test('NaN and Inf are refused in the words of NumPy', () => {
    for (const bad of ['np.nan', 'np.inf'])
      expect(shown(`np.linalg.eig([[1, ${bad}], [0, 1]])`)).toBe('LinAlgError: Array must not contain infs or NaNs');
  });
});

describe('singular matrices', () => {
  test('an exactly singular one has no inverse', () => {
    expect(
      L.inverse(
        of([
          [1, 2],
          [2, 4],
        ]),
      ).kind,
    ).toBe('singular');
    expect(shown('np.linalg.inv([[1, 2], [2, 4]])')).toBe('LinAlgError: Singular matrix');
  });

  test('elimination finds it as NumPy does, and so does the rank', () => {
    const m = of([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect(L.rankOf(L.singularValues(m) as Float64Array, 3, 3)).toBe(2);
    expect(shown('np.linalg.matrix_rank([[1, 2, 3], [4, 5, 6], [7, 8, 9]])')).toBe('2');
    expect(shown('np.linalg.inv([[1, 2, 3], [4, 5, 6], [7, 8, 9]])')).toBe('LinAlgError: Singular matrix');
    expect(shown('np.linalg.det([[1, 2, 3], [4, 5, 6], [7, 8, 9]])')).toBe('0.0');
  });

  test('the null space of a wide matrix and the pseudo-inverse of a rank-deficient one', () => {
    const wide = of([
      [1, 2, 3],
      [2, 4, 6],
    ]);
    const kernel = L.nullSpace(wide) as L.Matrix;
    expect(kernel.columns).toBe(2);
    expect(L.frobenius(L.multiply(wide, kernel))).toBeLessThan(1e-14);
    const p = L.pseudoInverse(
      of([
        [1, 1],
        [1, 1],
      ]),
    ) as L.Matrix;
    p.re.forEach(x => {
      expect(x).toBeCloseTo(0.25, 14);
    });
  });
});

describe('Hilbert 10', () => {
  test('determinant, solution and least singular value', () => {
    const h = hilbert(10);
    const exact = 2.164179226431492e-53;
    expect(Math.abs(L.determinant(h).re / exact - 1)).toBeLessThan(1e-3);
    const ones = L.matrix(10, 1, new Float64Array(10).fill(1));
    const s = L.solve(h, L.multiply(h, ones));
    if (s.kind !== 'ok') throw new Error(s.kind);
    expect(L.frobenius(L.subtract(s.x, ones))).toBeLessThan(1e-2);
    const least = (L.singularValues(h) as Float64Array)[9];
    expect(Math.abs(least / 1.0931538193797e-13 - 1)).toBeLessThan(1e-3);
  });
});

describe('extreme scales', () => {
  const a = random(5, 4, 41);
  const plain = L.singularValues(a) as Float64Array;
  test.each([1e-150, 1e160, 1e-290, 1e290])('singular values of A times %d', scale => {
    const f = L.svd(
      L.matrix(
        5,
        4,
        a.re.map(x => x * scale),
      ),
    );
    if (f.kind !== 'ok') throw new Error(f.kind);
    f.s.forEach((x, k) => {
      expect(Math.abs(x / scale / plain[k] - 1)).toBeLessThan(1e-13);
    });
  });

  test('the solution of A·1e-200', () => {
    const s = L.solve(
      of([
        [2e-200, 1e-200],
        [1e-200, 3e-200],
      ]),
      of([[3e-200], [4e-200]]),
    );
    if (s.kind !== 'ok') throw new Error(s.kind);
    expect(s.x.re[0]).toBeCloseTo(1, 14);
    expect(s.x.re[1]).toBeCloseTo(1, 14);
  });

  test('a norm that overflows in NumPy overflows here, and not in the facts', () => {
    expect(shown('np.linalg.norm([1e200, 1e200])')).toBe('inf');
    expect(L.frobenius(of([[1e200, 1e200]]))).toBeCloseTo(Math.SQRT2 * 1e200, -186);
  });
});

describe('norms of matrices and complex matrices', () => {
  test('order 1 is the largest column sum, order 2 the largest singular value', () => {
    expect(shown('np.linalg.norm([[1, 2], [3, 4]], 1)')).toBe('6.0');
    expect(shown('np.linalg.norm([[1, 2], [3, 4]], 2)')).toBe('5.464985704219043');
  });

  test('imaginary parts count', () => {
    const m = random(6, 6, 42, true);
    const f = L.svd(m);
    if (f.kind !== 'ok') throw new Error(f.kind);
    expect(L.svdResidual(m, f)).toBeLessThan(1e-14);
    const dropped = L.singularValues(L.matrix(6, 6, m.re)) as Float64Array;
    expect(Math.abs(dropped[0] - f.s[0])).toBeGreaterThan(0.1);
    expect(shown('np.linalg.eigvals([[1j, 0], [0, 2]])')).toBe('array([0.+1.j, 2.+0.j])');
    expect(shown('np.linalg.cond([[1j, 0], [0, 2]])')).toBe('2.0');
    expect(shown('np.linalg.cholesky([[2, 1j], [-1j, 2]])')).toContain('j');
    expect(shown('np.linalg.pinv([[1j, 0], [0, 2]])')).toContain('-1.j');
  });
});
