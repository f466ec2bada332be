import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F, need } from './define';
import { floats } from './nn';

/** Normalisation over groups of channels of each sample, and over each channel alone. */

interface Groups {
  readonly a: NDArray;
  readonly v: Float64Array;
  /** How many numbers are normalised together, which lie behind one another. */
  readonly size: number;
  /** How many numbers a channel has. */
  readonly plane: number;
  readonly channels: number;
  readonly weight?: Float64Array;
  readonly bias?: Float64Array;
}

function groupsOf(x: Bound, name: string): Groups {
  const a = floats(x.input, name);
  if (a.dtype !== 'float32' && a.dtype !== 'float64') return unknown(`${name} of ${a.dtype} is not covered`);
  const instance = name === 'instance_norm';
  if (a.shape.length < 2) return unknown(`${name} of a vector is refused`);
  if (instance) {
    if (given(x.running_mean) || given(x.running_var) || (given(x.use_input_stats) && !isTrue(x.use_input_stats)))
      return unknown('running statistics of an instance norm are not covered yet');
    if (a.shape.length < 3) return unknown('instance_norm of a matrix is not covered');
  }
  const channels = a.shape[1];
  const groups = instance ? channels : needInteger(need(x.num_groups));
  if (channels % groups !== 0)
    return fail(
      `RuntimeError: Expected number of channels in input to be divisible by num_groups, but got input of shape [${a.shape.join(', ')}] and num_groups=${groups}`,
    );
  const plane = sizeOf(a.shape.slice(2));
  const size = (channels / groups) * plane;
  if (instance && size === 1)
    return fail(
      `ValueError: Expected more than 1 spatial element when training, got input size torch.Size([${a.shape.join(', ')}])`,
    );
  const learnt = (v: Value | undefined): Float64Array | undefined => {
    if (!given(v)) return undefined;
    const w = toFloat64(arrayOf(v));
    return w.length === channels ? w : unknown('a weight of another size than there are channels');
  };
  return { a, v: toFloat64(a), size, plane, channels, weight: learnt(x.weight), bias: learnt(x.bias) };
}

function spreadOf(lane: Float64Array, eps: number): { readonly mean: number; readonly scale: number } {
  const mean = lane.reduce((s, e) => s + e, 0) / lane.length;
  const spread = lane.reduce((s, e) => s + (e - mean) ** 2, 0) / lane.length;
  return { mean, scale: 1 / Math.sqrt(spread + eps) };
}

const normalised =
  (name: string) =>
  (x: Bound, c: Context): Value => {
    const { a, v, size, plane, channels, weight, bias } = groupsOf(x, name);
    const eps = real(x.eps, 1e-5);
    c.budget.spend(10 * v.length);
    const out = new Float64Array(v.length);
    for (let k = 0; k < v.length; k += size) {
      const { mean, scale } = spreadOf(v.subarray(k, k + size), eps);
      for (let i = k; i < k + size; i++) {
        const channel = Math.floor(i / plane) % channels;
        out[i] = (v[i] - mean) * scale * (weight?.[channel] ?? 1) + (bias?.[channel] ?? 0);
      }
    }
    return tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch');
  };

/** What is left where the terms of a gradient cancel so far that its digits are those of rounding. */
const CANCELLED = 1e-3;
const largest = (list: Float64Array): number => list.reduce((m, e) => Math.max(m, Math.abs(e)), 0);

/** The gradients of what is normalised, of the weight and of the bias. */
export function groupNormGradient(name: string, g: Value, x: Bound, of: 'input' | 'weight' | 'bias'): Value {
  const { a, v, size, plane, channels, weight } = groupsOf(x, name);
  const eps = real(x.eps, 1e-5);
  const incoming = toFloat64(toArray(g));
  const out = new Float64Array(of === 'input' ? v.length : channels);
  const channel = (i: number): number => Math.floor(i / plane) % channels;
  for (let k = 0; k < v.length; k += size) {
    const { mean, scale } = spreadOf(v.subarray(k, k + size), eps);
    const hat = v.slice(k, k + size).map(e => (e - mean) * scale);
    if (of !== 'input') {
      for (let i = 0; i < size; i++) out[channel(k + i)] += incoming[k + i] * (of === 'weight' ? hat[i] : 1);
      continue;
    }
    const h = incoming.slice(k, k + size).map((e, i) => e * (weight?.[channel(k + i)] ?? 1));
    const sum = h.reduce((s, e) => s + e, 0) / size;
    const product = h.reduce((s, e, i) => s + e * hat[i], 0) / size;
    const rest = h.map((e, i) => e - sum - hat[i] * product);
    if (largest(rest) < CANCELLED * largest(h))
      return unknown('the gradient through this normalisation is little more than rounding');
    out.set(
      rest.map(e => e * scale),
      k,
    );
  }
  return tensor(asType(ndarray('float64', of === 'input' ? a.shape : [channels], out), a.dtype), 'torch');
}

export const GROUP_NORMS: readonly string[] = ['group_norm', 'instance_norm'];

export const TORCH_GROUP_NORM: readonly LibraryFunction[] = [
  F('group_norm', 'input, num_groups, weight=None, bias=None, eps=1e-05', normalised('group_norm')),
  F(
    'instance_norm',
    'input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05',
    normalised('instance_norm'),
  ),
];
