import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F, need } from './define';

/** Normalisation of each feature over a batch, whose sums torch takes in double precision. */

/** What each feature is brought to: its mean, and one over its deviation. */
interface Spread {
  readonly mean: number;
  readonly scale: number;
  /** The squared distances from the mean, of which there are as many as `count`. */
  readonly squares: number;
  readonly count: number;
}

/** The places of a feature's numbers: those of its rows and of what lies behind it. */
function placesOf(a: NDArray, feature: number): number[] {
  const [rows, features] = a.shape;
  const behind = sizeOf(a.shape.slice(2));
  return Array.from(
    { length: rows * behind },
    (_, k) => (Math.floor(k / behind) * features + feature) * behind + (k % behind),
  );
}

const rounded = (a: NDArray): ((e: number) => number) => (a.dtype === 'float32' ? Math.fround : e => e);

/** The spread of a feature within a batch, or the one that a layer has kept of earlier batches. */
function spreadOf(x: Bound, feature: number): Spread {
  const a = arrayOf(x.input);
  const round = rounded(a);
  const eps = real(x.eps, 1e-5);
  const v = toFloat64(a);
  const places = placesOf(a, feature);
  if (!isTrue(x.training)) {
    const [mean, spread] = [x.running_mean, x.running_var].map(e => toFloat64(arrayOf(e))[feature]);
    return { mean, scale: round(1 / round(Math.sqrt(round(spread + eps)))), squares: 0, count: places.length };
  }
  const mean = places.reduce((s, p) => s + v[p], 0) / places.length;
  const squares = places.reduce((s, p) => s + (v[p] - mean) ** 2, 0);
  return {
    mean: round(mean),
    scale: round(1 / Math.sqrt(squares / places.length + eps)),
    squares,
    count: places.length,
  };
}

const parameter = (v: Value | undefined, feature: number, otherwise: number): number =>
  given(v) ? toFloat64(arrayOf(v))[feature] : otherwise;

/** One number for every feature, as a tensor of the input's type. */
const perFeature = (a: NDArray, of: (feature: number) => number): Value =>
  tensor(
    asType(
      ndarray(
        'float64',
        [a.shape[1]],
        Float64Array.from({ length: a.shape[1] }, (_, k) => of(k)),
      ),
      a.dtype,
    ),
    'torch',
  );

function normalised(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.shape.length < 2 || !['float32', 'float64'].includes(a.dtype)) return unknown('this batch_norm is not covered');
  const features = toArray(need(x.running_mean)).shape[0];
  if (a.shape[1] !== features)
    return fail(`RuntimeError: running_mean should contain ${a.shape[1]} elements not ${features}`);
  if (isTrue(x.training) && sizeOf(a.shape) === a.shape[1])
    return fail(
      `ValueError: Expected more than 1 value per channel when training, got input size torch.Size([${a.shape.join(', ')}])`,
    );
  const round = rounded(a);
  const v = toFloat64(a);
  const out = new Float64Array(v.length);
  for (let f = 0; f < features; f++) {
    const { mean, scale } = spreadOf(x, f);
    const alpha = round(scale * parameter(x.weight, f, 1));
    const beta = round(parameter(x.bias, f, 0) - round(mean * alpha));
    for (const p of placesOf(a, f)) out[p] = round(v[p] * alpha + beta);
  }
  return tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch');
}

/** What is left where the terms of a gradient cancel so far that its digits are those of rounding. */
const CANCELLED = 2e-2;
const ROUNDING = 'the gradient through this batch is little more than rounding, which differs between machines';
const largest = (list: readonly number[]): number => list.reduce((m, e) => Math.max(m, Math.abs(e)), 0);

/** The gradients of a batch that is normalised, of the weight and of the bias. */
export function batchNormGradients(
  g: Value,
  x: Bound,
): { readonly input: Value; readonly weight: Value; readonly bias: Value } {
  const a = arrayOf(x.input);
  const [v, incoming] = [toFloat64(a), toFloat64(toArray(g))];
  const out = new Float64Array(v.length);
  const sums: number[] = [];
  const products: number[] = [];
  for (let f = 0; f < a.shape[1]; f++) {
    const { mean, scale } = spreadOf(x, f);
    const places = placesOf(a, f);
    const sum = places.reduce((s, p) => s + incoming[p], 0);
    const product = places.reduce((s, p) => s + (v[p] - mean) * incoming[p], 0);
    sums.push(sum);
    products.push(product * scale);
    const weight = parameter(x.weight, f, 1);
    const k = isTrue(x.training) ? (product * scale * scale) / places.length : 0;
    const shift = isTrue(x.training) ? sum / places.length : 0;
    const rest = places.map(p => incoming[p] - shift - (v[p] - mean) * k);
    const cancelled = largest(rest) < CANCELLED * largest(places.map(p => incoming[p]));
    if (isTrue(x.training) && cancelled) return unknown(ROUNDING);
    places.forEach((p, i) => {
      out[p] = rest[i] * scale * weight;
    });
  }
  return {
    input: tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch'),
    weight: perFeature(a, f => products[f]),
    bias: perFeature(a, f => sums[f]),
  };
}

/** What a layer keeps of the batches that it has seen, behind another one. */
export function keptBehind(x: Bound): { readonly mean: Value; readonly spread: Value } {
  const a = arrayOf(x.input);
  const share = real(x.momentum, 0.1);
  const [mean, spread] = [x.running_mean, x.running_var].map(e => toFloat64(arrayOf(e)));
  return {
    mean: perFeature(a, f => share * spreadOf(x, f).mean + (1 - share) * mean[f]),
    spread: perFeature(a, f => {
      const { squares, count } = spreadOf(x, f);
      return share * (squares / (count - 1)) + (1 - share) * spread[f];
    }),
  };
}

export const TORCH_BATCH_NORM: readonly LibraryFunction[] = [
  F(
    'batch_norm',
    'input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05',
    x => normalised(x),
  ),
];
