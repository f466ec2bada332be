import { type DType, integerRange, isComplexType, isFloatType, isIntegerType } from '../../../values/dtype';
import { fused, fusedSingle } from '../../../values/fused';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromReal,
  isRowMajor,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { int, integerOf, integersOf, needInteger, real } from '../coerce';
import { arrayOf, given, isTensor, TORCH_NAMES, tensor, typeArgument } from '../tensors/tensor';
import { collected } from '../tensors/torch/define';
import { log } from './c-library';
import { cos, sin } from './c-library-angles';
import { type Drawing, methodTable, type RandomMethod } from './drawing';
import { seedMersenne } from './mt19937';
import type { MersenneState, Source } from './source';
import { normalPair } from './torch-normal';

/**
 * Numbers of torch's generator on the processor, as its kernels for x86-64 make them. What depends on the build of torch
 * (`bernoulli` of one number, `dropout`, `exponential_`, which may come from another library) is left out.
 */

/** The state after `torch.manual_seed(seed)`: its lower 32 bits count. */
export const seedTorch = (seed: bigint): MersenneState => seedMersenne(Number(BigInt.asUintN(32, seed)));

type Floating = 'float16' | 'bfloat16' | 'float32' | 'float64';

const round = Math.fround;
/** The bits of a uniform number of a type. */
const DIGITS: Readonly<Record<Exclude<Floating, 'float64'>, number>> = { float32: 24, float16: 11, bfloat16: 8 };

/** A uniform number in [0, 1) of a type. */
function unit(source: Source, dtype: Floating): number {
  if (dtype === 'float64') return Number(source.uint64() & 0x1fffffffffffffn) / 2 ** 53;
  const scale = 2 ** DIGITS[dtype];
  return (source.uint32() & (scale - 1)) / scale;
}

/** Uniform numbers between bounds. */
function uniforms({ source, claim }: Drawing, count: number, dtype: Floating, from: number, to: number): Float64Array {
  claim(count);
  const out = new Float64Array(count);
  if (dtype === 'float64') for (let k = 0; k < count; k++) out[k] = fused(unit(source, dtype), to - from, from);
  else {
    if (dtype !== 'float32' && (from !== 0 || to !== 1)) unknown(`uniform_ of ${dtype} is not covered`);
    const [low, width] = [round(from), round(round(to) - round(from))];
    for (let k = 0; k < count; k++) out[k] = fusedSingle(unit(source, dtype), width, low);
  }
  return out;
}

/** A normal number by Box and Muller's method, which makes them in pairs and keeps the second. */
function normal(drawing: Drawing): number {
  const kept = drawing.gauss;
  if (kept !== undefined) {
    drawing.gauss = undefined;
    return kept;
  }
  const u = unit(drawing.source, 'float64');
  const v = unit(drawing.source, 'float64');
  const radius = Math.sqrt(-2 * log(1 - v));
  const angle = 2 * Math.PI * u;
  drawing.gauss = radius * sin(angle);
  return radius * cos(angle);
}

/** Numbers that are made sixteen at a time. */
const BLOCK = 16;

/** Eight pairs in place of the uniform numbers from a place on. */
function turnBlock(data: Float64Array, at: number, dtype: 'float32' | 'float64', mean: number, std: number): void {
  const scaled = dtype === 'float64' ? fused : fusedSingle;
  for (let k = at; k < at + BLOCK / 2; k++) {
    const [u, v] = [data[k], data[k + BLOCK / 2]];
    const [first, second] = dtype === 'float64' ? doublePair(u, v) : normalPair(u, v);
    data[k] = scaled(first, std, mean);
    data[k + BLOCK / 2] = scaled(second, std, mean);
  }
}

function doublePair(u: number, v: number): readonly [number, number] {
  const radius = Math.sqrt(-2 * log(1 - u));
  const angle = 2 * Math.PI * v;
  return [radius * cos(angle), radius * sin(angle)];
}

/** Normal numbers: up to 15 one by one, more in blocks, of which the last one is drawn anew where it is not full. */
function normals(drawing: Drawing, count: number, dtype: Floating, mean: number, std: number): Float64Array {
  drawing.claim(count);
  if (std < 0) fail(`RuntimeError: normal expects std >= 0.0, but found std ${std}`);
  if (count < BLOCK) {
    const out = new Float64Array(count);
    for (let k = 0; k < count; k++) out[k] = fused(normal(drawing), std, mean);
    return out;
  }
  if (dtype !== 'float32' && dtype !== 'float64') return unknown(`normal numbers of ${dtype} are not covered`);
  const data = uniforms(drawing, count, dtype, 0, 1);
  const [center, scale] = dtype === 'float32' ? [round(mean), round(std)] : [mean, std];
  for (let at = 0; at + BLOCK <= count; at += BLOCK) turnBlock(data, at, dtype, center, scale);
  if (count % BLOCK !== 0) {
    data.set(uniforms(drawing, BLOCK, dtype, 0, 1), count - BLOCK);
    turnBlock(data, count - BLOCK, dtype, center, scale);
  }
  return data;
}

function floating(dtype: DType, what: string): Floating {
  if (isFloatType(dtype)) return dtype;
  const name = TORCH_NAMES[dtype] ?? unknown(`${what} of ${dtype} is not covered`);
  return fail(`RuntimeError: "${what}" not implemented for '${name}'`);
}

/** A size that may be; torch's error where a side is negative. */
function sides(shape: readonly number[]): readonly number[] {
  const negative = shape.find(n => n < 0);
  return negative === undefined
    ? shape
    : fail(`RuntimeError: Trying to create tensor with negative dimension ${negative}: [${shape.join(', ')}]`);
}

const made = (dtype: Floating, shape: readonly number[], data: Float64Array): Value =>
  tensor(fromReal(dtype, shape, data), 'torch');

/** Draws that fill a tensor of a shape and type. */
type Filling = (drawing: Drawing, count: number, dtype: Floating) => Float64Array;

/** `parts` draws the real and imaginary parts of complex numbers in turn. */
const creating = (name: string, what: string, filling: Filling, parts: Filling): readonly RandomMethod[] => {
  const create = (drawing: Drawing, shape: readonly number[], type: DType): Value => {
    if (isComplexType(type)) {
      const drawn = parts(drawing, 2 * sizeOf(shape), type === 'complex64' ? 'float32' : 'float64');
      return tensor(asType(ndarray('complex128', shape, drawn), type), 'torch');
    }
    const dtype = floating(type, what);
    return made(dtype, shape, filling(drawing, sizeOf(shape), dtype));
  };
  return [
    {
      name,
      signature: '*size, dtype=None',
      run: (drawing, { size, dtype }) => create(drawing, sides(collected(size)), typeArgument(dtype) ?? 'float32'),
    },
    {
      name: `${name}_like`,
      signature: 'input, *, dtype=None',
      run: (drawing, { input, dtype }) => {
        const like = inOrder(arrayOf(input), name);
        return create(drawing, like.shape, typeArgument(dtype) ?? like.dtype);
      },
    },
  ];
};

/** A tensor whose entries lie in row-major order, in which kernels fill them. */
const inOrder = (a: NDArray, name: string): NDArray =>
  isRowMajor(a) ? a : unknown(`${name}: a tensor that is a view of another one is filled in another order`);

/** A method that fills a tensor: what it holds then. */
const filling = (name: string, signature: string, what: string, values: (args: Bound) => Filling): RandomMethod => ({
  name,
  signature,
  run: (drawing, args) => {
    const self = inOrder(arrayOf(args.self), name);
    const dtype = floating(self.dtype, what);
    return made(dtype, self.shape, values(args)(drawing, sizeOf(self.shape), dtype));
  },
});

function uniformBetween({ from, to }: Bound): Filling {
  const [low, high] = [real(from, 0), real(to, 1)];
  if (low > high)
    fail(`RuntimeError: uniform_ expects to return a [from, to) range, but found from=${low} > to=${high}`);
  return (drawing, count, dtype) => uniforms(drawing, count, dtype, low, high);
}

/** From this width on torch 2.7 draws whole numbers another way than versions before it. */
const WIDEST = 2 ** 28;

/** Whole numbers from `low` to below `high` of a type. */
function wholeNumbers(
  { source, claim }: Drawing,
  shape: readonly number[],
  dtype: DType,
  low: number,
  high: number,
): Value {
  if (low >= high) fail(`RuntimeError: random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`);
  if (isIntegerType(dtype) || dtype === 'bool') {
    const [least, most] = dtype === 'bool' ? [0n, 1n] : integerRange(dtype);
    const type = {
      uint8: 'unsigned char',
      int8: 'signed char',
      int16: 'short',
      int32: 'int',
      int64: 'long int',
      bool: 'bool',
    };
    if (low < least) fail(`RuntimeError: from is out of bounds for ${type[dtype as 'int64']}`);
    if (high - 1 > most) fail(`RuntimeError: to - 1 is out of bounds for ${type[dtype as 'int64']}`);
  } else if (dtype !== 'float64' && (dtype !== 'float32' || Math.max(-low, high) > 2 ** 24))
    return unknown(`random whole numbers of ${dtype} are not covered`);
  const count = sizeOf(shape);
  claim(count);
  const width = high - low;
  if (width >= WIDEST) return unknown('whole numbers of so wide a range differ between versions of torch');
  const data = new Float64Array(count);
  for (let k = 0; k < count; k++) data[k] = low + (source.uint32() % width);
  const stored = dtype === 'bool' ? Uint8Array.from(data) : dtype === 'float32' ? Float32Array.from(data) : data;
  return tensor(ndarray(dtype, shape, stored), 'torch');
}

const ZERO = int(0);
/** A bound as a whole number; torch cuts others in ways that depend on its version. */
const wholeOf = (v: Value | undefined): number =>
  v?.kind === 'scalar' && integerOf(v) !== undefined
    ? needInteger(v)
    : unknown('bounds of random whole numbers that are not whole are not covered');

/** Places in each row of weights, drawn with replacement, as their running sums tell. */
function multinomial(drawing: Drawing, { input, num_samples, replacement }: Bound): Value {
  const weights = inOrder(arrayOf(input), 'multinomial');
  const count = wholeOf(num_samples);
  const { dtype, shape } = weights;
  if ((dtype !== 'float32' && dtype !== 'float64') || shape.length < 1 || shape.length > 2 || sizeOf(shape) === 0)
    return unknown('multinomial of these weights is not covered');
  // One sample, or samples that differ, are found by exponential numbers, which depend on the build of torch.
  if (count < 2 || replacement?.kind !== 'scalar' || replacement.value !== true)
    return unknown('multinomial without replacement, or of one sample, depends on the build of torch');
  const to = dtype === 'float32' ? round : Number;
  const all = toFloat64(weights);
  const length = shape[shape.length - 1];
  const rows = all.length / length;
  drawing.claim(all.length + rows * count * Math.ceil(Math.log2(length + 1)));
  if (!all.every(x => x >= 0 && x < Number.POSITIVE_INFINITY))
    return unknown('multinomial of weights that are no probabilities is not covered');
  const places = new Float64Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const rising = all.slice(row * length, (row + 1) * length);
    let sum = 0;
    for (let k = 0; k < length; k++) {
      sum = to(sum + rising[k]);
      rising[k] = sum;
    }
    if (!(sum > 0)) return unknown('multinomial of weights whose sum is 0 is not covered');
    for (let k = 0; k < length; k++) rising[k] = to(rising[k] / sum);
    rising[length - 1] = 1;
    for (let k = 0; k < count; k++) {
      const u = unit(drawing.source, 'float64');
      let [left, right] = [0, length];
      while (right > left) {
        const middle = left + ((right - left) >> 1);
        if (rising[middle] < u) left = middle + 1;
        else right = middle;
      }
      places[row * count + k] = left;
    }
  }
  return tensor(ndarray('int64', [...shape.slice(0, -1), count], places), 'torch');
}

/** `torch.normal` of a mean and a deviation of which one or both are tensors: standard numbers, multiplied, then moved. */
function normalOf(drawing: Drawing, mean: Value | undefined, std: Value | undefined): Value {
  const tensors = [mean, std].filter(v => v !== undefined).filter(isTensor);
  const dtype = floating(tensors[0].array.dtype, 'normal_kernel_cpu');
  if (dtype !== 'float32' && dtype !== 'float64') return unknown(`normal numbers of ${dtype} are not covered`);
  const shape =
    broadcastShapes(...tensors.map(t => t.array.shape)) ?? unknown('normal: tensors of these sizes do not broadcast');
  const spread = (v: Value | undefined): Float64Array | undefined =>
    v !== undefined && isTensor(v) ? toFloat64(contiguous(broadcastTo(v.array, shape))) : undefined;
  const [centers, scales] = [spread(mean), spread(std)];
  if (scales?.some(x => x < 0)) fail('RuntimeError: normal expects all elements of std >= 0.0');
  const data = normals(drawing, sizeOf(shape), dtype, 0, scales ? 1 : real(std, 1));
  const to = dtype === 'float32' ? round : Number;
  const center = real(centers ? undefined : mean, 0);
  return made(
    dtype,
    shape,
    data.map((x, k) => to(to(to(x) * (scales?.[k] ?? 1)) + to(centers?.[k] ?? center))),
  );
}

/**
 * The methods by name: functions of `torch`, and of tensors those that end in `_`, which give what the tensor holds then, for the
 * caller to put in its place.
 */
export const TORCH = methodTable([
  ...creating(
    'rand',
    'check_uniform_bounds',
    (drawing, count, dtype) => uniforms(drawing, count, dtype, 0, 1),
    (drawing, count, dtype) => uniforms(drawing, count, dtype, 0, 1),
  ),
  // The parts of complex numbers have half of the variance each.
  ...creating(
    'randn',
    'normal_kernel_cpu',
    (drawing, count, dtype) => normals(drawing, count, dtype, 0, 1),
    (drawing, count, dtype) => normals(drawing, count, dtype, 0, 1 / Math.sqrt(2)),
  ),
  {
    name: 'randint',
    signature: 'low=0, high=None, size=None, *, dtype=None',
    run: (drawing, args) => {
      // One bound and a size, or two bounds and a size.
      const short = given(args.high) && (args.high.kind === 'tuple' || args.high.kind === 'list');
      const [low, high, size] = short ? [undefined, args.low, args.high] : [args.low, args.high, args.size];
      const [from, to] = given(high) ? [low, high] : [undefined, low];
      if (!given(to) || !given(size)) return fail('TypeError: randint() received an invalid combination of arguments');
      return wholeNumbers(
        drawing,
        sides(integersOf(size)),
        typeArgument(args.dtype) ?? 'int64',
        wholeOf(from ?? ZERO),
        wholeOf(to),
      );
    },
  },
  {
    name: 'randint_like',
    signature: 'input, low=None, high=None, *, dtype=None',
    run: (drawing, { input, low, high, dtype }) => {
      const like = inOrder(arrayOf(input), 'randint_like');
      const [from, to] = given(high) ? [low, high] : [undefined, low];
      return wholeNumbers(drawing, like.shape, typeArgument(dtype) ?? like.dtype, wholeOf(from ?? ZERO), wholeOf(to));
    },
  },
  {
    name: 'randperm',
    signature: 'n, *, dtype=None',
    run: ({ source, claim }, { n, dtype }) => {
      const count = needInteger(n ?? fail('TypeError: randperm() missing 1 required positional argument: "n"'));
      sides([count]);
      const type = typeArgument(dtype) ?? 'int64';
      if (type !== 'int64' && type !== 'int32') return unknown(`randperm of ${type} is not covered`);
      claim(count);
      const order = Float64Array.from({ length: count }, (_, k) => k);
      for (let k = 0; k < count - 1; k++) {
        const at = k + (source.uint32() % (count - k));
        const kept = order[k];
        order[k] = order[at];
        order[at] = kept;
      }
      return tensor(ndarray(type, [count], order), 'torch');
    },
  },
  {
    name: 'normal',
    signature: 'mean, std=1.0, size=None, *, dtype=None',
    run: (drawing, { mean, std, size, dtype }) => {
      if ([mean, std].some(v => v !== undefined && isTensor(v))) return normalOf(drawing, mean, std);
      if (!given(size)) return fail('TypeError: normal() received an invalid combination of arguments');
      const shape = sides(integersOf(size));
      const type = floating(typeArgument(dtype) ?? 'float32', 'normal_kernel_cpu');
      return made(type, shape, normals(drawing, sizeOf(shape), type, real(mean, 0), real(std, 1)));
    },
  },
  {
    name: 'bernoulli',
    signature: 'input, p=None',
    run: (drawing, { input, p }) => {
      if (given(p)) return unknown('bernoulli of one probability depends on the build of torch');
      const chances = inOrder(arrayOf(input), 'bernoulli');
      const dtype = floating(chances.dtype, 'bernoulli_tensor_cpu_p_');
      if (dtype !== 'float32' && dtype !== 'float64') return unknown(`bernoulli of ${dtype} is not covered`);
      const data = toFloat64(chances);
      if (!data.every(x => x >= 0 && x <= 1))
        fail('RuntimeError: Expected p_in >= 0 && p_in <= 1 to be true, but got false.');
      drawing.claim(data.length);
      return made(
        dtype,
        chances.shape,
        data.map(x => (unit(drawing.source, dtype) < x ? 1 : 0)),
      );
    },
  },
  { name: 'multinomial', signature: 'input, num_samples, replacement=False', run: multinomial },
  {
    name: 'random_',
    signature: 'self, from=0, to=None',
    run: (drawing, args) => {
      const self = inOrder(arrayOf(args.self), 'random_');
      // One bound is the upper one; without bounds the type tells the range.
      const [from, to] = given(args.to) ? [args.from, args.to] : [undefined, args.from];
      if (!given(to)) return unknown('random_ without bounds is not covered');
      return wholeNumbers(drawing, self.shape, self.dtype, wholeOf(from ?? ZERO), wholeOf(to));
    },
  },
  filling('uniform_', 'self, from=0, to=1', 'check_uniform_bounds', uniformBetween),
  filling(
    'normal_',
    'self, mean=0, std=1',
    'normal_kernel_cpu',
    ({ mean, std }) =>
      (drawing, count, dtype) =>
        normals(drawing, count, dtype, real(mean, 0), real(std, 1)),
  ),
]);

/**
 * The first weights and biases of `nn.Linear` (`shape` [out, in]) and of convolutions (`shape` [out, in, …]) in float32: uniform
 * numbers of a width that the number of inputs of one output tells.
 */
export function firstWeights(
  drawing: Drawing,
  shape: readonly number[],
  bias: boolean,
  outputs = shape[0],
): { readonly weight: NDArray; readonly bias: NDArray | undefined } {
  const inputs = sizeOf(shape.slice(1));
  const between = (sides: readonly number[], limit: number): NDArray => uniformWeights(drawing, sides, limit);
  // kaiming_uniform_ with a slope of √5, step by step as it is computed.
  const weight = between(shape, Math.sqrt(3) * (Math.sqrt(2 / (1 + 5.000000000000001)) / Math.sqrt(inputs)));
  return { weight, bias: bias ? between([outputs], 1 / Math.sqrt(inputs)) : undefined };
}

/** Uniform numbers between a limit on either side of 0. */
export const uniformWeights = (drawing: Drawing, shape: readonly number[], limit: number): NDArray =>
  fromReal('float32', shape, uniforms(drawing, sizeOf(shape), 'float32', -limit, limit));

/** The first weights of `nn.Embedding`: standard normal numbers. */
export const firstNormal = (drawing: Drawing, shape: readonly number[]): NDArray =>
  fromReal('float32', shape, normals(drawing, sizeOf(shape), 'float32', 0, 1));
