import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Matrix, matrix } from '../../../src/core/linalg/matrix';
import { svd } from '../../../src/core/linalg/svd';

interface Case {
  readonly a: readonly (readonly number[])[];
  readonly u: readonly (readonly number[])[];
  readonly s: readonly number[];
  readonly vh: readonly (readonly number[])[];
}

const cases: Case[] = JSON.parse(readFileSync(new URL('../../golden/svd.json', import.meta.url), 'utf8'));

const distance = (m: Matrix, rows: Case['u']): number =>
  Math.max(0, ...rows.flatMap((row, i) => row.map((x, j) => Math.abs(x - m.re[i * m.columns + j]))));

test('matrices of deficient rank have the vectors that LAPACK gives them', () => {
  const others = cases.filter(({ a, u, s, vh }) => {
    const found = svd(matrix(a.length, a[0].length, Float64Array.from(a.flat())), true);
    if (found.kind !== 'ok') return true;
    return (
      distance(found.u, u) > 1e-6 || distance(found.vh, vh) > 1e-6 || s.some((x, k) => Math.abs(x - found.s[k]) > 1e-6)
    );
  });
  expect(cases.length).toBeGreaterThanOrEqual(200);
  expect(others.map(c => c.a)).toEqual([]);
});
