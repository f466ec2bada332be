import { type NDArray, ndarray, sizeOf } from '../../../values/ndarray';
import { arrayValue, type Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { needInteger } from '../coerce';
import { compensatedSum } from './choosing';
import { type Basics, gamma } from './continuous';
import { binomial } from './counts';
import { type Drawing, isNone, numbersOf, PROBABILITY, type RandomMethod, shapeOf } from './drawing';

/** Distributions whose every draw is a vector. */

const missing = (name: string): never => fail(`TypeError: missing argument ${name}`);

/** The shape of a result whose last axis is one draw, and how many draws that is. */
function drawsOf(drawing: Drawing, size: Value | undefined, length: number) {
  const lead = shapeOf(size) ?? [];
  const count = sizeOf(lead);
  drawing.claim(count * Math.max(length, 1));
  return { shape: [...lead, length], count };
}

/** How many of n trials fall to each of several outcomes, one binomial number after another. */
export const multinomial: RandomMethod = {
  name: 'multinomial',
  signature: 'n, pvals, size=None',
  run: (drawing, { n, pvals, size }) => {
    const chances = numbersOf({ argument: pvals ?? missing('pvals') });
    if (chances.shape.length !== 1 || n?.kind !== 'scalar') return unknown('multinomial of arrays is not covered');
    const p = chances.data as Float64Array;
    if (p.length === 0) return unknown('multinomial of no outcome is not covered');
    if (!p.every(PROBABILITY.fulfilled)) fail(`ValueError: ${PROBABILITY.several.replaceAll('#', 'pvals')}`);
    if (compensatedSum(p.subarray(0, p.length - 1)) > 1 + 1e-12) fail('ValueError: sum(pvals[:-1]) > 1.0');
    const trials = needInteger(n);
    if (trials < 0) fail('ValueError: n < 0');
    const { shape, count } = drawsOf(drawing, size, p.length);
    const out = new Float64Array(count * p.length);
    for (let k = 0; k < count; k++) spreadTrials(drawing, trials, p, out.subarray(k * p.length, (k + 1) * p.length));
    return arrayValue(ndarray('int64', shape, out));
  },
};

function spreadTrials({ source }: Drawing, trials: number, p: Float64Array, out: Float64Array): void {
  let left = trials;
  let remaining = 1;
  for (let k = 0; k < p.length - 1; k++) {
    out[k] = binomial(source, left, p[k] / remaining);
    left -= out[k];
    if (left <= 0) return;
    remaining -= p[k];
  }
  out[p.length - 1] = left;
}

/** Gamma numbers over their sum; the Generator draws small parameters another way, from `least` on in this one. */
export const dirichlet = (basicsOf: (drawing: Drawing) => Basics, least: number): RandomMethod => ({
  name: 'dirichlet',
  signature: 'alpha, size=None',
  run: (drawing, { alpha, size }) => {
    const { shape: own, data } = numbersOf({ argument: alpha ?? missing('alpha') });
    const parameters = data as Float64Array;
    if (own.length !== 1 || parameters.length === 0) return unknown('dirichlet of this is not covered');
    if (parameters.some(a => a <= 0)) fail('ValueError: alpha <= 0');
    if (parameters.every(a => a < least)) return unknown('dirichlet of parameters this small is not covered');
    const basics = basicsOf(drawing);
    const { shape, count } = drawsOf(drawing, size, parameters.length);
    const out = new Float64Array(count * parameters.length);
    for (let start = 0; start < out.length; start += parameters.length) {
      let sum = 0;
      parameters.forEach((a, k) => {
        out[start + k] = gamma(basics, a);
        sum += out[start + k];
      });
      const inverse = 1 / sum;
      for (let k = 0; k < parameters.length; k++) out[start + k] *= inverse;
    }
    return arrayValue(ndarray('float64', shape, out));
  },
});

/** How many rows LAPACK sorts as below; beyond that it divides the matrix. */
const MOST_ROWS = 25;

/**
 * Where each singular value of a diagonal matrix stands in it, in the order in which LAPACK leaves them: sorted down (dbdsqr),
 * up (dlasdq) and down again (dbdsdc), which decides about equal ones.
 */
function sorted(diagonal: readonly number[]): number[] {
  const order = diagonal.map((_, k) => k);
  const at = (k: number): number => diagonal[order[k]];
  const exchange = (j: number, k: number): void => {
    [order[j], order[k]] = [order[k], order[j]];
  };
  const bestFrom = (first: number, better: (x: number, best: number) => boolean, end = order.length): number => {
    let best = first;
    for (let k = first + 1; k < end; k++) if (better(at(k), at(best))) best = k;
    return best;
  };
  for (let last = order.length - 1; last > 0; last--)
    exchange(
      bestFrom(0, (x, least) => x <= least, last + 1),
      last,
    );
  for (let first = 0; first < order.length; first++)
    exchange(
      bestFrom(first, (x, least) => x < least),
      first,
    );
  for (let first = 0; first < order.length; first++)
    exchange(
      bestFrom(first, (x, most) => x > most),
      first,
    );
  return order;
}

/** The diagonal of a covariance that has nothing else; others depend on the rounding of singular vectors, which no rule tells. */
function variancesOf(cov: NDArray): readonly number[] {
  const n = cov.shape[0];
  if (n > MOST_ROWS) unknown(`multivariate_normal of more than ${MOST_ROWS} numbers is not covered`);
  const entries = Array.from(cov.data as Float64Array);
  if (entries.some((x, k) => (k % (n + 1) === 0 ? !(x >= 0) : x !== 0)))
    unknown(
      'multivariate_normal: of a covariance that is not diagonal, the last digits are known only when the code runs',
    );
  return Array.from({ length: n }, (_, k) => entries[k * (n + 1)]);
}

/** Normal vectors of a diagonal covariance. */
export const multivariateNormal = (signature: string, normal: (drawing: Drawing) => number): RandomMethod => ({
  name: 'multivariate_normal',
  signature,
  run: (drawing, { mean, cov, size, method }: Bound) => {
    const center = numbersOf({ argument: mean ?? missing('mean') });
    const matrix = numbersOf({ argument: cov ?? missing('cov') });
    if (center.shape.length !== 1) fail('ValueError: mean must be 1 dimensional');
    if (matrix.shape.length !== 2 || matrix.shape[0] !== matrix.shape[1])
      fail('ValueError: cov must be 2 dimensional and square');
    if (center.shape[0] !== matrix.shape[0]) fail('ValueError: mean and cov must have same length');
    const by = isNone(method) ? 'svd' : method.kind === 'string' ? method.value : '';
    if (by !== 'svd' && by !== 'cholesky') return unknown('multivariate_normal: this method is not covered');
    const variances = variancesOf(matrix);
    const n = variances.length;
    const order = by === 'svd' ? sorted(variances) : variances.map((_, k) => k);
    const { shape, count } = drawsOf(drawing, size, n);
    const out = new Float64Array(count * n);
    for (let start = 0; start < out.length; start += n) {
      for (const place of order) out[start + place] = normal(drawing) * Math.sqrt(variances[place]);
      for (let k = 0; k < n; k++) out[start + k] += Number(center.data[k]);
    }
    return arrayValue(ndarray('float64', shape, out));
  },
});
