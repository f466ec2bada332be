import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { integersOf, needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F, need } from './define';
import { indices, perAxis, placesOf, views, windowOf } from './windows';

/**
 * Functions whose every result is a weighted sum of a few entries: padding, resizing, unfolding and rearranging of pixels.
 * The weights give the gradients too.
 */

type Taps = readonly (readonly [at: number, weight: number])[];

/** What the last axes of a tensor become. */
interface Plan {
  /** How many of the last axes are changed. */
  readonly axes: number;
  readonly shape: readonly number[];
  /** For each place of the result what it is made of; none is filled. */
  readonly taps: readonly Taps[];
  readonly fill?: number;
}

const once = (places: ArrayLike<number>): Taps[] => Array.from(places, at => (at < 0 ? [] : [[at, 1] as const]));
const strides = (shape: readonly number[]): number[] => shape.map((_, k) => sizeOf(shape.slice(k + 1)));

/** How `F.pad` gives the sides: the last axis first, before and behind it. */
function padding(x: Bound): Plan {
  const a = arrayOf(x.input);
  const pad = integersOf(need(x.pad ?? x.padding));
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'constant';
  const axes = pad.length / 2;
  if (!Number.isInteger(axes) || axes > a.shape.length) return unknown('a padding of these sides is refused');
  const lengths = a.shape.slice(a.shape.length - axes);
  const [before, behind] = [0, 1].map(side => lengths.map((_, k) => pad[2 * (axes - 1 - k) + side]));
  const shape = lengths.map((n, k) => n + before[k] + behind[k]);
  if (shape.some(n => n < 0)) return unknown('a padding that takes away more than there is is refused');
  if (mode !== 'constant' && (a.shape.length < axes + 1 || a.shape.length > axes + 2))
    return unknown(`padding by ${mode} of a tensor of ${a.shape.length} dimensions is refused`);
  const most = Math.max(...pad);
  if (mode === 'reflect' && lengths.some((n, k) => before[k] >= n || behind[k] >= n))
    return unknown('a reflection wider than the tensor is refused');
  if (mode === 'circular' && most > Math.min(...lengths)) return unknown('a padding wider than the tensor is refused');
  const from = (i: number, n: number): number => {
    if (i >= 0 && i < n) return i;
    switch (mode) {
      case 'constant':
        return -1;
      case 'reflect':
        return i < 0 ? -i : 2 * (n - 1) - i;
      case 'replicate':
        return i < 0 ? 0 : n - 1;
      case 'circular':
        return (i + n) % n;
      default:
        return fail(`NotImplementedError: Unrecognised padding mode ${mode}`);
    }
  };
  const steps = strides(lengths);
  const places = indices(shape).map(place => {
    const own = place.map((p, k) => from(p - before[k], lengths[k]));
    return own.includes(-1) ? -1 : own.reduce((s, p, k) => s + p * steps[k], 0);
  });
  return { axes, shape, taps: once(places), fill: given(x.value) ? real(x.value, 0) : 0 };
}

/** What a line of `n` numbers is made of when it is resized to `m`. */
function line(n: number, m: number, mode: string, aligned: boolean, factor: number | undefined): Taps[] {
  const round = Math.fround;
  const scale = factor === undefined ? n / m : 1 / factor;
  return Array.from({ length: m }, (_, k): Taps => {
    if (mode === 'nearest') return [[Math.min(Math.floor(round(k * round(scale))), n - 1), 1]];
    if (mode === 'nearest-exact') return [[Math.min(Math.floor(round((k + 0.5) * round(scale))), n - 1), 1]];
    const at = aligned ? (m > 1 ? (k * (n - 1)) / (m - 1) : 0) : Math.max((k + 0.5) * scale - 0.5, 0);
    const low = Math.min(Math.floor(at), n - 1);
    const high = Math.min(low + 1, n - 1);
    const share = Math.min(at - low, 1);
    return [
      [low, 1 - share],
      [high, share],
    ];
  });
}

const LINEAR: Readonly<Record<string, number>> = { linear: 1, bilinear: 2, trilinear: 3 };

/** Resizing of the last axes, all but a batch and channels. */
function resizing(x: Bound): Plan {
  const a = arrayOf(x.input);
  const axes = a.shape.length - 2;
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'nearest';
  if (axes < 1 || axes > 3) return unknown('resizing takes a batch of channels');
  if (LINEAR[mode] !== axes && !mode.startsWith('nearest'))
    return unknown(`resizing by ${mode} is not covered for this tensor`);
  if (given(x.recompute_scale_factor) || given(x.antialias)) return unknown('this resizing is not covered');
  const lengths = a.shape.slice(2);
  const factors = given(x.scale_factor)
    ? (x.scale_factor.kind === 'scalar'
        ? lengths.map(() => x.scale_factor)
        : (x.scale_factor as { items: readonly Value[] }).items
      ).map(v => real(v, 1))
    : undefined;
  if ((factors === undefined) === !given(x.size)) return unknown('resizing takes a size or a factor');
  if (factors && factors.length !== axes) return unknown('factors of another number than there are axes');
  const shape = factors ? lengths.map((n, k) => Math.floor(n * factors[k])) : perAxis(x.size, axes, []);
  if (shape.some(n => n < 1)) return unknown('resizing to nothing is refused');
  const aligned = given(x.align_corners) && isTrue(x.align_corners);
  const lines = lengths.map((n, k) => line(n, shape[k], mode, aligned, factors?.[k]));
  const steps = strides(lengths);
  const taps = indices(shape).map(place =>
    place.reduce<Taps>(
      (all, p, k) => all.flatMap(([at, w]) => lines[k][p].map(([i, share]) => [at + i * steps[k], w * share] as const)),
      [[0, 1]],
    ),
  );
  return { axes, shape, taps };
}

/** Columns of what a window sees in an image of channels. */
function columns(image: readonly number[], x: Bound): Plan {
  const [channels, ...lengths] = image;
  const w = windowOf(perAxis(x.kernel_size, 2, []), x, 1);
  const seen = views(lengths, placesOf(lengths, w), w);
  const [field, plane] = [sizeOf(w.sides), sizeOf(lengths)];
  const places = Array.from({ length: channels * field * seen.length }, (_, k) => {
    const [row, place] = [Math.floor(k / seen.length), k % seen.length];
    const at = seen[place][row % field];
    return at < 0 ? -1 : Math.floor(row / field) * plane + at;
  });
  return { axes: 3, shape: [channels * field, seen.length], taps: once(places) };
}

function unfolding(x: Bound): Plan {
  const a = arrayOf(x.input);
  if (a.shape.length < 3 || a.shape.length > 4) return unknown('unfold takes images of channels');
  return columns(a.shape.slice(-3), x);
}

/** The way back of unfolding: what windows saw is added up. */
function folding(x: Bound): Plan {
  const a = arrayOf(x.input);
  if (a.shape.length < 2 || a.shape.length > 3) return unknown('fold takes columns');
  const size = perAxis(x.output_size, 2, []);
  const field = sizeOf(perAxis(x.kernel_size, 2, []));
  const [rows, places] = a.shape.slice(-2);
  const image = [rows / field, ...size];
  if (!Number.isInteger(image[0])) return unknown('columns of this height are refused');
  const there = columns(image, x);
  if (there.shape[1] !== places) return unknown('this many columns are refused');
  const taps = Array.from({ length: sizeOf(image) }, (): (readonly [number, number])[] => []);
  there.taps.forEach((list, k) => {
    for (const [at] of list) taps[at].push([k, 1]);
  });
  return { axes: 2, shape: image, taps };
}

/** Channels as pixels, or pixels as channels where `back`. */
const shuffling =
  (back: boolean) =>
  (x: Bound): Plan => {
    const a = arrayOf(x.input);
    const r = needInteger(need(back ? x.downscale_factor : x.upscale_factor));
    if (a.shape.length < 3 || r < 1) return unknown('pixels of this are not shuffled');
    const [c, h, w] = a.shape.slice(-3);
    const fits = back ? h % r === 0 && w % r === 0 : c % (r * r) === 0;
    if (!fits) return unknown('pixels of these sides are not shuffled');
    const shape = back ? [c * r * r, h / r, w / r] : [c / (r * r), h * r, w * r];
    const places = indices(shape).map(([o, i, j]) => {
      const [channel, row, column] = back
        ? [Math.floor(o / (r * r)), i * r + (Math.floor(o / r) % r), j * r + (o % r)]
        : [o * r * r + (i % r) * r + (j % r), Math.floor(i / r), Math.floor(j / r)];
      return (channel * h + row) * w + column;
    });
    return { axes: 3, shape, taps: once(places) };
  };

/** Channels of groups one after another in turn. */
function mixing(x: Bound): Plan {
  const a = arrayOf(x.input);
  const groups = needInteger(need(x.groups));
  if (a.shape.length < 3 || a.shape[1] % groups !== 0) return unknown('these channels are not shuffled');
  const [channels, ...sides] = a.shape.slice(1);
  const plane = sizeOf(sides);
  const places = Array.from({ length: channels * plane }, (_, k) => {
    const o = Math.floor(k / plane);
    return ((o % groups) * (channels / groups) + Math.floor(o / groups)) * plane + (k % plane);
  });
  return { axes: a.shape.length - 1, shape: a.shape.slice(1), taps: once(places) };
}

interface Resampling {
  readonly signature: string;
  readonly plan: (x: Bound) => Plan;
}

export const RESAMPLINGS: Readonly<Record<string, Resampling>> = {
  pad: { signature: 'input, pad=, mode=constant, value=None, padding=', plan: padding },
  interpolate: {
    signature:
      'input, size=None, scale_factor=None, mode=nearest, align_corners=None, recompute_scale_factor=None, antialias=False',
    plan: resizing,
  },
  unfold: { signature: 'input, kernel_size, dilation=1, padding=0, stride=1', plan: unfolding },
  fold: { signature: 'input, output_size, kernel_size, dilation=1, padding=0, stride=1', plan: folding },
  pixel_shuffle: { signature: 'input, upscale_factor', plan: shuffling(false) },
  pixel_unshuffle: { signature: 'input, downscale_factor', plan: shuffling(true) },
  channel_shuffle: { signature: 'input, groups', plan: mixing },
};

function planned(name: string, x: Bound, c: Context): { a: NDArray; plan: Plan; lead: readonly number[] } {
  const a = arrayOf(x.input);
  c.budget.spend(4 * sizeOf(a.shape));
  const plan = RESAMPLINGS[name].plan(x);
  const lead = a.shape.slice(0, a.shape.length - plan.axes);
  c.budget.claim(sizeOf(lead) * plan.taps.length);
  return { a, plan, lead };
}

/** What is left where the terms of an entry cancel. */
const CANCELLED = 2e-6;

const resampled =
  (name: string) =>
  (x: Bound, c: Context): Value => {
    const { a, plan, lead } = planned(name, x, c);
    if (a.dtype.startsWith('complex')) return unknown(`${name} of complex tensors is not covered`);
    const mode = x.mode?.kind === 'string' ? x.mode.value : 'constant';
    const moves = /shuffle/.test(name) || (name === 'pad' && (mode === 'constant' || mode === 'circular'));
    if (!moves && a.dtype !== 'float32' && a.dtype !== 'float64') return unknown(`${name} of ${a.dtype} is refused`);
    const data = toFloat64(a);
    const [inner, outer] = [sizeOf(a.shape.slice(lead.length)), plan.taps.length];
    const out = Float64Array.from({ length: sizeOf(lead) * outer }, (_, k) => {
      const taps = plan.taps[k % outer];
      if (taps.length === 0) return plan.fill ?? 0;
      const from = Math.floor(k / outer) * inner;
      const sum = taps.reduce((s, [at, w]) => s + data[from + at] * w, 0);
      const size = taps.reduce((s, [at, w]) => s + Math.abs(data[from + at] * w), 0);
      return taps.length > 1 && !(Math.abs(sum) >= CANCELLED * size && size < Number.POSITIVE_INFINITY) && size !== 0
        ? unknown('an entry of this is nothing but rounding, which differs between versions')
        : sum;
    });
    return tensor(asType(ndarray('float64', [...lead, ...plan.shape], out), a.dtype), 'torch');
  };

/** The gradient: every entry of the result gives its own to what it was made of. */
export function resamplingGradient(name: string, g: Value, x: Bound, c: Context): Value {
  const { a, plan } = planned(name, x, c);
  const incoming = toFloat64(toArray(g));
  const [inner, outer] = [sizeOf(a.shape.slice(a.shape.length - plan.axes)), plan.taps.length];
  const out = new Float64Array(sizeOf(a.shape));
  incoming.forEach((e, k) => {
    const from = Math.floor(k / outer) * inner;
    for (const [at, w] of plan.taps[k % outer]) out[from + at] += e * w;
  });
  return tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch');
}

export const TORCH_RESAMPLING: readonly LibraryFunction[] = Object.entries(RESAMPLINGS).flatMap(([name, r]) => {
  const entry = F(name, r.signature, resampled(name));
  return /shuffle/.test(name) ? [entry, { ...entry, path: `torch.${name}` }] : [entry];
});
