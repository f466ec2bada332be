import { isComplexType, kindOf } from '../../values/dtype';
import {
  asType,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { matrixProduct } from '../../values/product';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { integerOf, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import { concatenate } from './joining';
import { isTrue, pairwiseSum, partOf } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** A real or complex array out of the parts of its entries in row-major order. */
const fromParts = (parts: readonly Float64Array[], shape: readonly number[]): NDArray =>
  parts.length === 1
    ? ndarray('float64', shape, parts[0])
    : fromElements(
        'complex128',
        shape,
        Array.from(parts[0], (re, k) => ({ re, im: parts[1][k] })),
      );

const partsOf = (a: NDArray): Float64Array[] =>
  isComplexType(a.dtype) ? [toFloat64(partOf(a, 0)), toFloat64(partOf(a, 1))] : [toFloat64(contiguous(a))];

/** Weights of the observations, one for each: numbers of times (`fweights`) or importances (`aweights`). */
function weightsOf(v: Value | undefined, name: 'fweights' | 'aweights', n: number): Float64Array | undefined {
  if (!given(v)) return undefined;
  const a = toArray(v);
  const w = toFloat64(a);
  if (name === 'fweights' && w.some(e => !Number.isInteger(e))) fail('TypeError: fweights must be integer');
  if (a.shape.length > 1) fail(`RuntimeError: cannot handle multidimensional ${name}`);
  if (w.length !== n) fail(`RuntimeError: incompatible numbers of samples and ${name}`);
  return w.some(e => e < 0) ? fail(`ValueError: ${name} cannot be negative`) : w;
}

/** np.cov: the products of the centred rows with their conjugates, over n - ddof. */
function covariance(x: Bound, c: Context): NDArray {
  const rows = (v: Value): NDArray => {
    const a = toArray(v);
    const m = a.shape.length < 2 ? reshape(a, [1, sizeOf(a.shape)]) : a;
    return x.rowvar !== undefined && !isTrue(x.rowvar) && m.shape[0] !== 1 ? transpose(m) : m;
  };
  const matrices = [rows(need(x.m))];
  if (matrices[0].shape.length !== 2) fail('ValueError: m has more than 2 dimensions');
  if (given(x.y)) {
    const other = rows(x.y);
    const [n, m] = [matrices[0].shape[1], other.shape[1]];
    if (other.shape.length !== 2) fail('ValueError: y has more than 2 dimensions');
    if (m !== n)
      fail(
        `ValueError: all the input array dimensions except for the concatenation axis must match exactly, but along dimension 1, the array at index 0 has size ${n} and the array at index 1 has size ${m}`,
      );
    matrices.push(other);
  }
  const asked = dtypeOf(x.dtype);
  if (asked === 'float16' || (asked && kindOf(asked) !== 'float')) unknown(`np.cov in ${asked} is not covered yet`);
  const dtype = matrices.some(m => isComplexType(m.dtype)) ? 'complex128' : 'float64';
  const m = concatenate(matrices, 0, dtype);
  const [p, n] = m.shape;
  c.budget.spend(2 * p * p * n);
  const ddof = given(x.ddof) ? (integerOf(x.ddof) ?? fail('ValueError: ddof must be integer')) : isTrue(x.bias) ? 0 : 1;
  const often = weightsOf(x.fweights, 'fweights', n);
  const important = weightsOf(x.aweights, 'aweights', n);
  const w = often && important ? often.map((v, k) => v * important[k]) : (often ?? important);
  const total = w ? pairwiseSum(w, 0, n) : n;
  const centred = partsOf(asType(m, dtype)).map(data => {
    const weighed = w ? data.map((v, k) => v * w[k % n]) : data;
    const means = generate(p, i => pairwiseSum(weighed, i * n, n) / total);
    return data.map((v, k) => v - means[Math.floor(k / n)]);
  });
  const right = [centred[0], ...centred.slice(1).map(im => im.map(v => -v))].map(part =>
    w ? part.map((v, k) => v * w[k % n]) : part,
  );
  const product = matrixProduct(fromParts(centred, [p, n]), transpose(fromParts(right, [p, n])), dtype);
  // Reliability weights take away as many degrees as they are uneven.
  const lost =
    w && important && ddof !== 0
      ? (ddof *
          pairwiseSum(
            w.map((v, k) => v * important[k]),
            0,
            n,
          )) /
        total
      : ddof;
  const factor = Math.max(total - lost, 0);
  return fromParts(
    partsOf(product).map(part => part.map(v => v * (1 / factor))),
    [p, p],
  );
}

/** The result in the type that was asked for; NumPy squeezes a covariance of one variable to a 0-d array. */
const squeezed = (m: NDArray, x: Bound): Value => {
  const typed = asType(m, dtypeOf(x.dtype) ?? m.dtype);
  return arrayValue(m.shape[0] === 1 ? reshape(typed, []) : typed);
};

/** np.corrcoef: covariances over both deviations, each part held to [-1, 1]. */
function correlation(x: Bound, c: Context): Value {
  const m = covariance({ ...x, m: x.x, bias: undefined, ddof: undefined }, c);
  const n = m.shape[0];
  const parts = partsOf(m);
  const deviations = generate(n, i => Math.sqrt(parts[0][i * n + i]));
  if (n === 1) return unwrap(fromParts([Float64Array.of(parts[0][0] / parts[0][0]), ...parts.slice(1)], []));
  const held = parts.map(part =>
    part.map((v, k) => Math.min(Math.max(v / deviations[Math.floor(k / n)] / deviations[k % n], -1), 1)),
  );
  return arrayValue(asType(fromParts(held, [n, n]), dtypeOf(x.dtype) ?? m.dtype));
}

export const COVARIANCE: readonly LibraryFunction[] = [
  {
    path: 'numpy.cov',
    signature: 'm, y=None, rowvar=True, bias=False, ddof=None, fweights=None, aweights=None, *, dtype=None',
    evaluate: (x, c) => squeezed(covariance(x, c), x),
  },
  {
    path: 'numpy.corrcoef',
    signature: 'x, y=None, rowvar=True, bias=None, ddof=None, *, dtype=None',
    evaluate: correlation,
  },
];
