import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, broadcastError, dimOf, given, isTensor, tensor } from '../tensor';
import { both, need } from './define';

/** Numbers put or added to the places that an index names. */

const rounding = (a: NDArray): ((e: number) => number) => (a.dtype === 'float32' ? Math.fround : e => e);

const made = (a: NDArray, out: Float64Array): Value =>
  tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch');

const real64 = (a: NDArray): Float64Array =>
  a.dtype.startsWith('complex') ? unknown('complex tensors are not covered here') : toFloat64(a);

const sides = (shape: readonly number[]): number[] => shape.map((_, k) => sizeOf(shape.slice(k + 1)));

/** Calls `visit` with the place in `a` that each entry of an index names along a dimension, in order. */
function eachPlace(a: NDArray, index: NDArray, axis: number, visit: (place: number, k: number) => void): void {
  if (index.dtype !== 'int64' || index.shape.length !== a.shape.length) unknown('this index is not covered');
  if (index.shape.some((n, k) => k !== axis && n > a.shape[k])) unknown('this index is larger than the tensor');
  const steps = sides(a.shape);
  const at = new Array<number>(a.shape.length).fill(0);
  toFloat64(index).forEach((p, k) => {
    if (p < 0 || p >= a.shape[axis])
      fail(`RuntimeError: index ${p} is out of bounds for dimension ${axis} with size ${a.shape[axis]}`);
    visit(
      at.reduce((sum, i, d) => sum + (d === axis ? p : i) * steps[d], 0),
      k,
    );
    for (let d = at.length - 1; d >= 0 && ++at[d] === index.shape[d]; d--) at[d] = 0;
  });
}

const along = (x: Bound): readonly [NDArray, NDArray, number] => {
  const a = arrayOf(x.input);
  return [a, arrayOf(x.index), dimOf(needInteger(need(x.dim)), a.shape.length)];
};

/** The numbers that a scatter takes, one for each entry of the index. */
function sourceOf(given: Value, a: NDArray, index: NDArray): Float64Array {
  if (isTensor(given) && (given.array.dtype !== a.dtype || given.array.shape.some((n, k) => n < index.shape[k])))
    return unknown('a source of another type or size is refused');
  const source = isTensor(given)
    ? { ...given.array, shape: index.shape }
    : broadcastTo(asType(toArray(given), a.dtype), index.shape);
  return toFloat64(contiguous(source));
}

function scattered(x: Bound, how: 'set' | 'add' | 'multiply'): Value {
  const [a, index, axis] = along(x);
  const values = sourceOf(need(x.src ?? x.value), a, index);
  const out = real64(a).slice();
  const round = rounding(a);
  eachPlace(a, index, axis, (place, k) => {
    out[place] = how === 'set' ? values[k] : round(how === 'add' ? out[place] + values[k] : out[place] * values[k]);
  });
  return made(a, out);
}

/** Sums, products, means or extremes of what goes to each place. */
function reduced(x: Bound): Value {
  const [a, index, axis] = along(x);
  const values = sourceOf(need(x.src), a, index);
  const how = x.reduce?.kind === 'string' ? x.reduce.value : '';
  const combine: Readonly<Record<string, (p: number, q: number) => number>> = {
    sum: (p, q) => p + q,
    mean: (p, q) => p + q,
    prod: (p, q) => p * q,
    amax: (p, q) => Math.max(p, q),
    amin: (p, q) => Math.min(p, q),
  };
  const f = combine[how] ?? unknown(`a reduction by ${how} is refused`);
  const out = real64(a).slice();
  const counts = new Float64Array(out.length);
  const own = !given(x.include_self) || isTrue(x.include_self);
  if (own) counts.fill(1);
  const round = rounding(a);
  eachPlace(a, index, axis, (place, k) => {
    out[place] = counts[place]++ === 0 ? values[k] : round(f(out[place], values[k]));
  });
  if (how !== 'mean') return made(a, out);
  const whole = !a.dtype.startsWith('float');
  return made(
    a,
    out.map((e, k) => (counts[k] > 0 ? (whole ? Math.floor(e / counts[k]) : e / counts[k]) : e)),
  );
}

/** Rows along a dimension by their numbers: the places of each entry of row `k` of a source in `a`. */
function eachRow(a: NDArray, axis: number, index: NDArray, visit: (place: number, source: number) => void): void {
  if (!['int64', 'int32'].includes(index.dtype) || index.shape.length > 1 || a.shape.length === 0)
    unknown('this index is not covered');
  const rows = toFloat64(index);
  const [inner, outer, n] = [sizeOf(a.shape.slice(axis + 1)), sizeOf(a.shape.slice(0, axis)), a.shape[axis]];
  for (let o = 0; o < outer; o++)
    rows.forEach((row, r) => {
      const p = row < 0 ? row + n : row;
      if (p < 0 || p >= n) fail('IndexError: index out of range in self');
      for (let i = 0; i < inner; i++) visit((o * n + p) * inner + i, (o * rows.length + r) * inner + i);
    });
}

function indexed(x: Bound, how: 'set' | 'add'): Value {
  const [a, index, axis] = along(x);
  const source = arrayOf(x.source);
  const wanted = a.shape.map((n, k) => (k === axis ? sizeOf(index.shape) : n));
  if (source.dtype !== a.dtype || source.shape.join() !== wanted.join())
    return unknown('a source of another type or size is refused');
  const [values, out, round] = [real64(contiguous(source)), real64(a).slice(), rounding(a)];
  const alpha = given(x.alpha) ? real(x.alpha, 1) : 1;
  eachRow(a, axis, index, (place, k) => {
    out[place] = how === 'set' ? values[k] : round(out[place] + round(alpha * values[k]));
  });
  return made(a, out);
}

function filled(x: Bound): Value {
  const [a, index, axis] = along(x);
  const value = toFloat64(asType(toArray(need(x.value)), a.dtype))[0];
  const out = real64(a).slice();
  eachRow(a, axis, index, place => {
    out[place] = value;
  });
  return made(a, out);
}

/** `x[i, j] = values` for tensors of indices. */
function put(x: Bound): Value {
  const a = arrayOf(x.input);
  const items = x.indices?.kind === 'tuple' || x.indices?.kind === 'list' ? x.indices.items : [];
  const parts = items.map(v => arrayOf(v));
  if (parts.length === 0 || parts.length > a.shape.length || parts.some(p => p.dtype !== 'int64'))
    return unknown('these indices are not covered');
  const lead = broadcastShapes(...parts.map(p => p.shape)) ?? unknown('these indices do not broadcast');
  const rest = a.shape.slice(parts.length);
  const values = arrayOf(x.values);
  if (values.dtype !== a.dtype) return unknown('values of another type are refused');
  const wanted = [...lead, ...rest];
  if (broadcastShapes(values.shape, wanted)?.join() !== wanted.join())
    return unknown('values of this shape are refused');
  const v = real64(contiguous(broadcastTo(values, wanted)));
  const places = parts.map(p => toFloat64(contiguous(broadcastTo(p, lead))));
  const [steps, inner, out, round] = [sides(a.shape), sizeOf(rest), real64(a).slice(), rounding(a)];
  const adds = given(x.accumulate) && isTrue(x.accumulate);
  for (let k = 0; k < sizeOf(lead); k++) {
    const at = places.reduce((sum, p, d) => {
      const i = p[k] < 0 ? p[k] + a.shape[d] : p[k];
      if (i < 0 || i >= a.shape[d])
        fail(`IndexError: index ${p[k]} is out of bounds for dimension ${d} with size ${a.shape[d]}`);
      return sum + i * steps[d];
    }, 0);
    for (let i = 0; i < inner; i++) out[at + i] = adds ? round(out[at + i] + v[k * inner + i]) : v[k * inner + i];
  }
  return made(a, out);
}

/** The numbers of a source one after another where a mask holds. */
function maskScattered(x: Bound): Value {
  const [a, mask, source] = [arrayOf(x.input), arrayOf(x.mask), arrayOf(x.source)];
  if (mask.dtype !== 'bool' || source.dtype !== a.dtype) return unknown('a mask or source of this type is refused');
  const shape = broadcastShapes(a.shape, mask.shape);
  if (!shape) return broadcastError(a.shape, mask.shape);
  const flags = contiguous(broadcastTo(mask, shape)).data;
  const [from, to] = [real64(contiguous(source)), real64(contiguous(broadcastTo(a, shape)))];
  let next = 0;
  const out = to.map((e, k) => (flags[k] ? (from[next++] ?? unknown('a source with too few numbers is refused')) : e));
  return tensor(asType(ndarray('float64', shape, out), a.dtype), 'torch');
}

function diagonalFilled(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.shape.length !== 2) return unknown('the diagonal of other than a matrix is not covered');
  const value = toFloat64(asType(toArray(need(x.fill_value)), a.dtype))[0];
  const out = real64(a).slice();
  const [rows, columns] = a.shape;
  const wraps = given(x.wrap) && isTrue(x.wrap);
  const last = wraps ? out.length : Math.min(rows, columns) * (columns + 1);
  for (let k = 0; k < Math.min(last, out.length); k += columns + 1) out[k] = value;
  return made(a, out);
}

const how = (x: Bound): 'set' | 'add' | 'multiply' => {
  const name = x.reduce?.kind === 'string' ? x.reduce.value : 'set';
  return name === 'set' || name === 'add' || name === 'multiply' ? name : unknown(`scatter by ${name} is refused`);
};

export const TORCH_SCATTERING: readonly LibraryFunction[] = [
  ...both('scatter', 'input, dim, index, src=, *, value=, reduce=', x => scattered(x, how(x))),
  ...both('scatter_add', 'input, dim, index, src', x => scattered(x, 'add')),
  ...both('scatter_reduce', 'input, dim, index, src, reduce, *, include_self=True', reduced),
  ...both('index_add', 'input, dim, index, source, *, alpha=1', x => indexed(x, 'add')),
  ...both('index_copy', 'input, dim, index, source', x => indexed(x, 'set')),
  ...both('index_fill', 'input, dim, index, value', filled),
  ...both('index_put', 'input, indices, values, accumulate=False', put),
  ...both('masked_scatter', 'input, mask, source', maskScattered),
];

/** Changes that have no form which leaves the tensor as it is. */
export const TORCH_CHANGES: ReadonlyMap<string, LibraryFunction> = new Map([
  [
    'fill_diagonal',
    { path: 'torch.Tensor.fill_diagonal_', signature: 'input, fill_value, wrap=False', evaluate: diagonalFilled },
  ],
]);
