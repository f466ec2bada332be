import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { integersOf } from '../../coerce';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F } from './define';
import { floats } from './nn';

/** Convolutions and pooling in one and two dimensions: what a window that moves over the last axes makes of what it sees. */

/** A window: its sides, how far it moves at once, and how many places around the input it may stand on. */
interface Window {
  readonly sides: readonly number[];
  readonly steps: readonly number[];
  readonly around: readonly number[];
}

function numbers(v: Value | undefined, dimensions: number, otherwise: readonly number[]): readonly number[] {
  if (!given(v)) return otherwise;
  if (v.kind === 'string') return unknown('padding by a word is not covered');
  const found = integersOf(v);
  if (found.length === 1) return Array<number>(dimensions).fill(found[0]);
  return found.length === dimensions ? found : unknown('a window of these sides is not covered');
}

const windowOf = (sides: readonly number[], { stride, padding }: Bound, otherwise: number | undefined): Window => ({
  sides,
  steps: numbers(stride, sides.length, otherwise === undefined ? sides : sides.map(() => otherwise)),
  around: numbers(
    padding,
    sides.length,
    sides.map(() => 0),
  ),
});

/** How often the window stands along each axis. */
function placesOf(lengths: readonly number[], { sides, steps, around }: Window): readonly number[] {
  if (steps.some(n => n < 1) || around.some(n => n < 0) || sides.some(n => n < 1))
    return unknown('a window of these sides is not covered');
  const places = lengths.map((n, k) => Math.floor((n + 2 * around[k] - sides[k]) / steps[k]) + 1);
  return places.every(n => n > 0) ? places : unknown('a window larger than what it moves over is refused');
}

/** The input with a batch: lengths of the last axes, and how many of the others there are. */
function input(
  x: Bound,
  dimensions: number,
  name: string,
): { a: NDArray; data: Float64Array; lengths: readonly number[] } {
  const a = floats(x.input, name);
  if (a.shape.length !== dimensions + 1 && a.shape.length !== dimensions + 2)
    return unknown(`${name} of a tensor of ${a.shape.length} dimensions is not covered`);
  if (a.dtype !== 'float32' && a.dtype !== 'float64') return unknown(`${name} of ${a.dtype} is not covered`);
  return { a, data: toFloat64(a), lengths: a.shape.slice(-dimensions) };
}

/** The offsets of a window's places in one plane, for each place that it stands at; −1 outside of the plane. */
function views(lengths: readonly number[], places: readonly number[], w: Window): readonly Int32Array[] {
  const [height, width] = lengths.length === 1 ? [1, lengths[0]] : lengths;
  const two = (list: readonly number[], otherwise: number): readonly number[] =>
    list.length === 1 ? [otherwise, list[0]] : list;
  const [rows, columns] = two(places, 1);
  const [sides, steps, around] = [two(w.sides, 1), two(w.steps, 1), two(w.around, 0)];
  return Array.from({ length: rows * columns }, (_, k) => {
    const [top, left] = [Math.floor(k / columns) * steps[0] - around[0], (k % columns) * steps[1] - around[1]];
    return Int32Array.from({ length: sides[0] * sides[1] }, (_, i) => {
      const [r, c] = [top + Math.floor(i / sides[1]), left + (i % sides[1])];
      return r < 0 || r >= height || c < 0 || c >= width ? -1 : r * width + c;
    });
  });
}

const convolution =
  (dimensions: number, name: string) =>
  (x: Bound, c: Context): Value => {
    const { a, data, lengths } = input(x, dimensions, name);
    const weight = arrayOf(x.weight);
    if (weight.dtype !== a.dtype || weight.shape.length !== dimensions + 2)
      return unknown(`${name} with these weights is not covered`);
    if ([x.dilation, x.groups].some(v => given(v) && integersOf(v).some(n => n !== 1)))
      return unknown(`${name} with dilation or groups is not covered`);
    const [outputs, inputs, ...sides] = weight.shape;
    if (a.shape[a.shape.length - dimensions - 1] !== inputs) return unknown(`${name} of so many channels is refused`);
    const w = windowOf(sides, x, 1);
    const places = placesOf(lengths, w);
    const plane = sizeOf(lengths);
    const batch = a.shape.length === dimensions + 2 ? a.shape[0] : 1;
    const [count, field] = [sizeOf(places), sizeOf(sides)];
    c.budget.claim(batch * outputs * count);
    c.budget.spend(2 * batch * outputs * count * inputs * field);
    const seen = views(lengths, places, w);
    const kernel = toFloat64(weight);
    const bias = given(x.bias) ? toFloat64(arrayOf(x.bias)) : undefined;
    const out = new Float64Array(batch * outputs * count);
    for (let n = 0; n < batch; n++)
      for (let o = 0; o < outputs; o++)
        for (let p = 0; p < count; p++) {
          let sum = bias?.[o] ?? 0;
          for (let i = 0; i < inputs; i++) {
            const [from, at] = [(n * inputs + i) * plane, (o * inputs + i) * field];
            for (let k = 0; k < field; k++) if (seen[p][k] >= 0) sum += data[from + seen[p][k]] * kernel[at + k];
          }
          out[(n * outputs + o) * count + p] = sum;
        }
    const shape = [...(a.shape.length === dimensions + 2 ? [batch] : []), outputs, ...places];
    return tensor(asType(ndarray('float64', shape, out), a.dtype), 'torch');
  };

const pooling =
  (dimensions: number, name: string, gather: (values: readonly number[], field: number) => number) =>
  (x: Bound, c: Context): Value => {
    const { a, data, lengths } = input(x, dimensions, name);
    const sides = numbers(x.kernel_size, dimensions, []);
    const w = windowOf(sides, x, undefined);
    if (w.around.some((n, k) => 2 * n > sides[k])) return unknown('padding of more than half a window is refused');
    const places = placesOf(lengths, w);
    const [plane, count] = [sizeOf(lengths), sizeOf(places)];
    const planes = a.shape.slice(0, -dimensions);
    c.budget.claim(sizeOf(planes) * count);
    c.budget.spend(2 * sizeOf(planes) * count * sizeOf(sides));
    const seen = views(lengths, places, w);
    const out = Float64Array.from({ length: sizeOf(planes) * count }, (_, k) => {
      const from = Math.floor(k / count) * plane;
      const values = Array.from(seen[k % count], at => (at < 0 ? Number.NaN : data[from + at]));
      return gather(
        values.filter((_, i) => seen[k % count][i] >= 0),
        values.length,
      );
    });
    return tensor(asType(ndarray('float64', [...planes, ...places], out), a.dtype), 'torch');
  };

const largest = (values: readonly number[]): number =>
  values.reduce((m, e) => (Number.isNaN(m) || Number.isNaN(e) ? Number.NaN : Math.max(m, e)), Number.NEGATIVE_INFINITY);
/** What lies around the input counts as zeros. */
const average = (values: readonly number[], field: number): number => values.reduce((s, e) => s + e, 0) / field;

const CONVOLUTION = 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1';
const POOLING = 'input, kernel_size, stride=None, padding=0';

export const TORCH_CONVOLUTION: readonly LibraryFunction[] = [
  F('conv1d', CONVOLUTION, convolution(1, 'conv1d')),
  F('conv2d', CONVOLUTION, convolution(2, 'conv2d')),
  F('max_pool1d', POOLING, pooling(1, 'max_pool1d', largest)),
  F('max_pool2d', POOLING, pooling(2, 'max_pool2d', largest)),
  F('avg_pool1d', POOLING, pooling(1, 'avg_pool1d', average)),
  F('avg_pool2d', POOLING, pooling(2, 'avg_pool2d', average)),
];
