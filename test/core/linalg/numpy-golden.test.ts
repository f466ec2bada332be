import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generalEigen, type Matrix, matrix, qr, svd, symmetricEigen } from '../../../src/core/linalg/index';
import { compareWithNumpy, programs } from '../../support/numpy-goldens';

test('every function of numpy.linalg shows what NumPy shows', () => {
  const { wrong, close, unknowns } = compareWithNumpy(programs('linalg.json'));
  expect(wrong).toEqual([]);
  expect(unknowns).toEqual([]);
  expect(close).toBeLessThanOrEqual(20);
});

interface Numbers {
  readonly shape: readonly [number, number?];
  readonly re: readonly number[];
  readonly im?: readonly number[];
}
type Case = Readonly<Record<'square' | 'tall' | 'w' | 'v' | 'd' | 'q' | 'u' | 's' | 'vh' | 'Q' | 'R', Numbers>>;

const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../../golden/linalg-factors.json', import.meta.url), 'utf8'),
);

const read = ({ shape: [rows, columns = 1], re, im }: Numbers): Matrix =>
  matrix(rows, columns, Float64Array.from(re), im && Float64Array.from(im));

function distance(a: Matrix, b: Numbers): number {
  expect(a.re.length).toBe(b.re.length);
  return b.re.reduce((d, re, k) => Math.max(d, Math.hypot(a.re[k] - re, (a.im?.[k] ?? 0) - (b.im?.[k] ?? 0))), 0);
}

const column = (re: Float64Array, im?: Float64Array): Matrix => matrix(re.length, 1, re, im);

/** Names of the factors that differ: signs, phases and order count. */
function differences(c: Case): string[] {
  const found: [string, number][] = [];
  const e = generalEigen(read(c.square));
  if (e.kind !== 'ok') return [e.kind];
  found.push(['w', distance(column(e.values.re, e.values.im), c.w)], ['v', distance(e.vectors, c.v)]);
  const a = read(c.square);
  const sum = (x: Float64Array, sign: number): Float64Array =>
    x.map((y, k) => y + sign * x[(k % a.rows) * a.rows + Math.floor(k / a.rows)]);
  const h = symmetricEigen(matrix(a.rows, a.rows, sum(a.re, 1), a.im && sum(a.im, -1)));
  if (h.kind !== 'ok') return [h.kind];
  found.push(['d', distance(column(h.values), c.d)], ['q', distance(h.vectors, c.q)]);
  const f = svd(read(c.tall), true);
  if (f.kind !== 'ok') return [f.kind];
  found.push(['u', distance(f.u, c.u)], ['s', distance(column(f.s), c.s)], ['vh', distance(f.vh, c.vh)]);
  const { q, r } = qr(read(c.tall), 'complete');
  found.push(['Q', distance(q, c.Q)], ['R', distance(r, c.R)]);
  return found.filter(([, d]) => !(d < 1e-5)).map(([name]) => name);
}

test.each([
  ['real', cases.filter(c => !c.square.im)],
  ['complex', cases.filter(c => c.square.im)],
] as const)('factors of %s matrices have the signs, phases and order of LAPACK', (_, list) => {
  expect(list.length).toBe(32);
  expect(list.map(differences).filter(names => names.length > 0)).toEqual([]);
});
