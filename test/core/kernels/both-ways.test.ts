import { describe, expect, test } from 'vitest';
import { plainly } from '../../../src/core/kernels/wasm';
import * as L from '../../../src/core/linalg/index';
import { random } from '../linalg/gallery';

const WORKS: Readonly<Record<string, (a: L.Matrix, b: L.Matrix) => unknown>> = {
  LU: a => L.lu(a),
  solve: (a, b) => [L.solve(a, b), L.solve(a, L.matrix(a.rows, 1, b.re.slice(0, a.rows)))],
  inverse: a => L.inverse(a),
  Cholesky: a => L.cholesky(L.multiply(a, L.adjoint(a))),
  'complex product': (a, b) => L.multiply(L.matrix(a.rows, a.rows, a.re, L.adjoint(a).re), b),
  QR: (a, b) => [L.qr(a), L.qr(b, 'complete'), L.qr(L.adjoint(b))],
  'symmetric eigenvalues': a =>
    L.symmetricEigen(
      L.subtract(
        a,
        L.matrix(
          a.rows,
          a.rows,
          L.adjoint(a).re.map(x => -x),
        ),
      ),
    ),
  'general eigenvalues': a => L.generalEigen(a),
  SVD: (a, b) => [L.svd(a), L.svd(b, true), L.svd(L.adjoint(b)), L.singularValues(b)],
};

describe.each(Object.entries(WORKS))('%s', (_, work) => {
  test.each([1, 7, 32, 33, 50, 71, 128, 131])('of side %d: the same bits with compiled kernels and without', n => {
    const [a, b] = [random(n, n, n), random(n, n === 1 ? 3 : Math.floor(n / 2), n + 1)];
    expect(work(a, b)).toEqual(plainly(() => work(a, b)));
  });
});
