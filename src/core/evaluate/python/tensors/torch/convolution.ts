import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, toArray } from '../../coerce';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F } from './define';
import { floats } from './nn';
import { perAxis, placesOf, views, type Window, windowOf } from './windows';

/** Convolutions and transposed ones in one to three dimensions, with their gradients; summed in double precision. */

/** A convolution of planes by kernels. In each group an output sees the inputs of the group alone. */
interface Convolution {
  readonly batch: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  /** The sides of the planes that the window moves over, and how often it stands there. */
  readonly lengths: readonly number[];
  readonly places: readonly number[];
  readonly seen: readonly Int32Array[];
  readonly field: number;
}

/** Calls `visit` with the offset of each output's place, of the input that it sees there, and of the weight between them. */
function walk(k: Convolution, visit: (out: number, input: number, weight: number) => void): void {
  const [perOutput, perInput] = [k.outputs / k.groups, k.inputs / k.groups];
  const [plane, count] = [sizeOf(k.lengths), k.seen.length];
  for (let n = 0; n < k.batch; n++)
    for (let o = 0; o < k.outputs; o++) {
      const first = Math.floor(o / perOutput) * perInput;
      for (let p = 0; p < count; p++) {
        const at = k.seen[p];
        const out = (n * k.outputs + o) * count + p;
        for (let i = 0; i < perInput; i++) {
          const [from, weight] = [(n * k.inputs + first + i) * plane, (o * perInput + i) * k.field];
          for (let f = 0; f < k.field; f++) if (at[f] >= 0) visit(out, from + at[f], weight + f);
        }
      }
    }
}

const cost = (k: Convolution): number => (2 * k.batch * k.outputs * k.seen.length * k.inputs * k.field) / k.groups;

const made = (shape: readonly number[], data: Float64Array, like: NDArray): Value =>
  tensor(asType(ndarray('float64', shape, data), like.dtype), 'torch');

/** The input with a batch: whether it has one of its own, and the sides of its planes. */
function inputOf(
  x: Bound,
  dimensions: number,
  name: string,
): { a: NDArray; batched: boolean; lengths: readonly number[] } {
  const a = floats(x.input, name);
  if (a.shape.length !== dimensions + 1 && a.shape.length !== dimensions + 2)
    return unknown(`${name} of a tensor of ${a.shape.length} dimensions is not covered`);
  if (a.dtype !== 'float32' && a.dtype !== 'float64') return unknown(`${name} of ${a.dtype} is not covered`);
  return { a, batched: a.shape.length === dimensions + 2, lengths: a.shape.slice(-dimensions) };
}

function weightOf(x: Bound, a: NDArray, dimensions: number, name: string): NDArray {
  const weight = arrayOf(x.weight);
  if (weight.dtype !== a.dtype || weight.shape.length !== dimensions + 2)
    return unknown(`${name} with these weights is not covered`);
  return weight;
}

const groupsOf = (x: Bound): number => (given(x.groups) ? needInteger(x.groups) : 1);

function forward(x: Bound, dimensions: number, name: string, c: Context): Convolution {
  const { a, batched, lengths } = inputOf(x, dimensions, name);
  const weight = weightOf(x, a, dimensions, name);
  const groups = groupsOf(x);
  const [outputs, inputs, ...sides] = weight.shape;
  const own = a.shape[a.shape.length - dimensions - 1];
  if (own !== inputs * groups || outputs % groups !== 0)
    return groups === 1 && batched
      ? fail(
          `RuntimeError: Given groups=1, weight of size [${weight.shape.join(', ')}], expected input[${a.shape.join(', ')}] to have ${inputs} channels, but got ${own} channels instead`,
        )
      : unknown(`${name} of so many channels is refused`);
  const w = windowOf(sides, x, 1);
  const places = placesOf(lengths, w);
  const batch = batched ? a.shape[0] : 1;
  c.budget.claim(batch * outputs * sizeOf(places));
  c.budget.spend((2 * batch * outputs * sizeOf(places) * own * sizeOf(sides)) / groups);
  return {
    batch,
    inputs: own,
    outputs,
    groups,
    lengths,
    places,
    seen: views(lengths, places, w),
    field: sizeOf(sides),
  };
}

const convolution =
  (dimensions: number, name: string) =>
  (x: Bound, c: Context): Value => {
    const k = forward(x, dimensions, name, c);
    const a = arrayOf(x.input);
    const [data, kernel] = [toFloat64(a), toFloat64(arrayOf(x.weight))];
    const bias = given(x.bias) ? toFloat64(arrayOf(x.bias)) : undefined;
    const count = k.seen.length;
    const out = Float64Array.from({ length: k.batch * k.outputs * count }, (_, i) =>
      bias ? bias[Math.floor(i / count) % k.outputs] : 0,
    );
    walk(k, (to, from, weight) => {
      out[to] += data[from] * kernel[weight];
    });
    const lead = a.shape.length === dimensions + 2 ? [k.batch] : [];
    return made([...lead, k.outputs, ...k.places], out, a);
  };

/** A transposed convolution is the way back of a convolution from its result to its input. */
function backward(x: Bound, dimensions: number, name: string, c: Context): Convolution {
  const { a, batched, lengths } = inputOf(x, dimensions, name);
  const weight = weightOf(x, a, dimensions, name);
  const groups = groupsOf(x);
  const [outputs, perGroup, ...sides] = weight.shape;
  if (a.shape[a.shape.length - dimensions - 1] !== outputs || outputs % groups !== 0)
    return unknown(`${name} of so many channels is refused`);
  const w: Window = windowOf(sides, x, 1);
  const more = perAxis(
    x.output_padding,
    dimensions,
    sides.map(() => 0),
  );
  if (more.some((m, i) => m >= Math.max(w.steps[i], w.apart[i]))) return unknown('so much output_padding is refused');
  const whole = lengths.map(
    (n, i) => (n - 1) * w.steps[i] - 2 * w.around[i] + w.apart[i] * (sides[i] - 1) + more[i] + 1,
  );
  if (whole.some(n => n < 1)) return unknown(`${name} of so small a tensor is refused`);
  const batch = batched ? a.shape[0] : 1;
  c.budget.claim(batch * perGroup * groups * sizeOf(whole));
  const k: Convolution = {
    batch,
    inputs: perGroup * groups,
    outputs,
    groups,
    lengths: whole,
    places: lengths,
    seen: views(whole, lengths, w),
    field: sizeOf(sides),
  };
  c.budget.spend(cost(k));
  return k;
}

const transposed =
  (dimensions: number, name: string) =>
  (x: Bound, c: Context): Value => {
    const k = backward(x, dimensions, name, c);
    const a = arrayOf(x.input);
    const [data, kernel] = [toFloat64(a), toFloat64(arrayOf(x.weight))];
    const bias = given(x.bias) ? toFloat64(arrayOf(x.bias)) : undefined;
    const plane = sizeOf(k.lengths);
    const out = Float64Array.from({ length: k.batch * k.inputs * plane }, (_, i) =>
      bias ? bias[Math.floor(i / plane) % k.inputs] : 0,
    );
    walk(k, (from, to, weight) => {
      out[to] += data[from] * kernel[weight];
    });
    const lead = a.shape.length === dimensions + 2 ? [k.batch] : [];
    return made([...lead, k.inputs, ...k.lengths], out, a);
  };

/** The gradients of a convolution, or of a transposed one, by the names of its arguments. */
export function convolutionGradient(
  name: string,
  g: Value,
  x: Bound,
  of: 'input' | 'weight' | 'bias',
  c: Context,
): Value {
  const turned = name.startsWith('conv_transpose');
  const dimensions = Number(name.at(-2));
  const k = (turned ? backward : forward)(x, dimensions, name, c);
  const [a, weight] = [arrayOf(x.input), arrayOf(x.weight)];
  const incoming = toFloat64(toArray(g));
  if (of === 'bias') {
    const channels = turned ? k.inputs : k.outputs;
    const plane = turned ? sizeOf(k.lengths) : k.seen.length;
    const out = new Float64Array(channels);
    incoming.forEach((e, i) => {
      out[Math.floor(i / plane) % channels] += e;
    });
    return made([channels], out, a);
  }
  const other = toFloat64(of === 'input' ? weight : a);
  const out = new Float64Array(sizeOf(of === 'input' ? a.shape : weight.shape));
  walk(k, (result, input, place) => {
    const [from, own] = turned ? [input, result] : [result, input];
    if (of === 'input') out[own] += incoming[from] * other[place];
    else out[place] += incoming[from] * other[own];
  });
  return made(of === 'input' ? a.shape : weight.shape, out, a);
}

const CONVOLUTION = 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1';
const TRANSPOSED = 'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1';

export const CONVOLUTIONS: readonly string[] = [1, 2, 3].flatMap(d => [`conv${d}d`, `conv_transpose${d}d`]);

export const TORCH_CONVOLUTION: readonly LibraryFunction[] = [1, 2, 3].flatMap(d => {
  const [straight, turned] = [`conv${d}d`, `conv_transpose${d}d`];
  const both = [F(straight, CONVOLUTION, convolution(d, straight)), F(turned, TRANSPOSED, transposed(d, turned))];
  return [...both, ...both.map(e => ({ ...e, path: e.path.replace('nn.functional.', '') }))];
});
