import type { DType } from '../../../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  isRowMajor,
  type NDArray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
  viewStrides,
} from '../../../../values/ndarray';
import { tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { ownOrder } from '../../../heap';
import { fail, unknown } from '../../../stop';
import { int, integersOf, needInteger, unwrap } from '../../coerce';
import { concatenate } from '../../joining';
import { laidOver } from '../layout';
import { arrayOf, dimOf, given, promoted, sizeTuple, tensor } from '../tensor';
import { repeatedEach } from './counting';
import { both, collected, dimsOf, functions, methods, need } from './define';

const T = (a: NDArray): Value => tensor(a, 'torch');
const list = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** A wished shape with one side possibly open. */
function wanted(shape: readonly number[], count: number): number[] {
  const open = shape.filter(n => n === -1).length;
  if (open > 1) return fail('RuntimeError: only one dimension can be inferred');
  const known = shape.filter(n => n !== -1).reduce((p, n) => p * n, 1);
  const full = shape.map(n => (n === -1 ? count / known : n));
  if (full.some(n => !Number.isInteger(n) || n < 0) || sizeOf(full) !== count)
    return fail(`RuntimeError: shape '${list(shape)}' is invalid for input of size ${count}`);
  return full;
}

const reshaped = (a: NDArray, shape: readonly number[]): NDArray => reshape(a, wanted(shape, sizeOf(a.shape)));

function permuted(a: NDArray, order: readonly number[]): NDArray {
  if (order.length !== a.shape.length) return unknown('this permutation does not name every dimension once');
  const dims = order.map(k => dimOf(k, a.shape.length));
  if (new Set(dims).size !== dims.length) return unknown('this permutation does not name every dimension once');
  return transpose(a, dims);
}

function swapped(x: Bound): NDArray {
  const a = arrayOf(x.input);
  const [i, j] = [x.dim0, x.dim1].map(v => dimOf(needInteger(need(v)), a.shape.length));
  if (a.shape.length === 0) return a;
  return transpose(
    a,
    a.shape.map((_, k) => (k === i ? j : k === j ? i : k)),
  );
}

function squeezed(x: Bound): NDArray {
  const a = arrayOf(x.input);
  const dims = given(x.dim) ? dimsOf(x.dim, a.shape.length) : a.shape.map((_, k) => k);
  const kept = a.shape.map((_, k) => k).filter(k => a.shape[k] !== 1 || !dims.includes(k));
  return { ...a, shape: kept.map(k => a.shape[k]), strides: kept.map(k => a.strides[k]) };
}

function unsqueezed(a: NDArray, at: number): NDArray {
  const k = dimOf(at, a.shape.length + 1);
  return { ...a, shape: a.shape.toSpliced(k, 0, 1), strides: a.strides.toSpliced(k, 0, 0) };
}

export function flattened(x: Bound): NDArray {
  const a = arrayOf(x.input);
  const n = a.shape.length;
  if (n === 0) return reshape(a, [1]);
  const from = dimOf(x.start_dim ? needInteger(x.start_dim) : 0, n);
  const to = dimOf(x.end_dim ? needInteger(x.end_dim) : -1, n);
  if (to < from) return fail('RuntimeError: flatten() has invalid args: start_dim cannot come after end_dim');
  return reshape(a, [...a.shape.slice(0, from), sizeOf(a.shape.slice(from, to + 1)), ...a.shape.slice(to + 1)]);
}

/** A view of a tensor along sides of 1, to sides that are given or kept by -1. */
function expanded(a: NDArray, shape: readonly number[]): NDArray {
  const lead = shape.length - a.shape.length;
  if (lead < 0)
    return fail(
      `RuntimeError: expand(torch.FloatTensor{${list(a.shape)}}, size=${list(shape)}): the number of sizes provided (${shape.length}) must be greater or equal to the number of dimensions in the tensor (${a.shape.length})`,
    );
  const full = shape.map((n, k) => (n === -1 ? (a.shape[k - lead] ?? -1) : n));
  full.forEach((n, k) => {
    const own = a.shape[k - lead] ?? 1;
    if (own !== 1 && own !== n)
      fail(
        `RuntimeError: The expanded size of the tensor (${n}) must match the existing size (${own}) at non-singleton dimension ${k}.  Target sizes: ${list(shape)}.  Tensor sizes: ${list(a.shape)}`,
      );
    if (n < 0) unknown('a new dimension has no size to keep');
  });
  return broadcastTo(a, full);
}

function repeated(a: NDArray, times: readonly number[], c: Context): NDArray {
  if (times.length < a.shape.length || times.some(n => n < 0)) return unknown('this repetition is not covered');
  const shape = [...new Array<number>(times.length - a.shape.length).fill(1), ...a.shape];
  const strides = [...new Array<number>(times.length - a.shape.length).fill(0), ...a.strides];
  const out = shape.map((n, k) => n * times[k]);
  c.budget.claim(sizeOf(out));
  const wide: NDArray = {
    ...a,
    shape: shape.flatMap((n, k) => [times[k], n]),
    strides: strides.flatMap(s => [0, s]),
  };
  return reshape(wide, out);
}

export const tensorsOf = (v: Value | undefined): readonly NDArray[] => {
  if (v?.kind !== 'list' && v?.kind !== 'tuple') return unknown('torch takes a list of tensors here');
  return v.items.map(item => arrayOf(item));
};

function joined(x: Bound, c: Context): Value {
  const all = tensorsOf(x.tensors);
  if (all.length === 0) return fail('RuntimeError: torch.cat(): expected a non-empty list of Tensors');
  // An empty vector fits everywhere, by old custom.
  const parts = all.filter(a => !(a.shape.length === 1 && a.shape[0] === 0));
  const dtype = all.map(a => a.dtype).reduce(promoted);
  if (parts.length === 0) return T(asType(all[0], dtype));
  const ndim = parts[0].shape.length;
  if (parts.some(a => a.shape.length === 0))
    return fail(
      `RuntimeError: zero-dimensional tensor (at position ${all.findIndex(a => a.shape.length === 0)}) cannot be concatenated`,
    );
  const axis = dimOf(x.dim ? needInteger(x.dim) : 0, ndim);
  parts.forEach((a, k) => {
    if (a.shape.length !== ndim)
      fail(`RuntimeError: Tensors must have same number of dimensions: got ${ndim} and ${a.shape.length}`);
    if (a.shape.some((n, i) => i !== axis && n !== parts[0].shape[i])) {
      const i = a.shape.findIndex((n, d) => d !== axis && n !== parts[0].shape[d]);
      fail(
        `RuntimeError: Sizes of tensors must match except in dimension ${axis}. Expected size ${parts[0].shape[i]} but got size ${a.shape[i]} for tensor number ${k} in the list.`,
      );
    }
  });
  c.budget.claim(parts.reduce((n, a) => n + sizeOf(a.shape), 0));
  return T(
    concatenate(
      parts.map(a => asType(a, dtype)),
      axis,
      dtype,
    ),
  );
}

function stacked(x: Bound, c: Context): Value {
  const parts = tensorsOf(x.tensors);
  if (parts.length === 0) return fail('RuntimeError: stack expects a non-empty TensorList');
  parts.forEach((a, k) => {
    if (a.shape.join() !== parts[0].shape.join())
      fail(
        `RuntimeError: stack expects each tensor to be equal size, but got ${list(parts[0].shape)} at entry 0 and ${list(a.shape)} at entry ${k}`,
      );
  });
  const at = dimOf(x.dim ? needInteger(x.dim) : 0, parts[0].shape.length + 1);
  const dtype = parts.map(a => a.dtype).reduce(promoted);
  c.budget.claim(parts.reduce((n, a) => n + sizeOf(a.shape), 0));
  return T(
    concatenate(
      parts.map(a => asType(unsqueezed(a, at), dtype)),
      at,
      dtype,
    ),
  );
}

const atLeast = (a: NDArray, n: number): NDArray => (a.shape.length >= n ? a : atLeast(unsqueezed(a, 0), n));

const narrowed = (a: NDArray, axis: number, start: number, length: number): NDArray => ({
  ...a,
  shape: a.shape.map((n, k) => (k === axis ? length : n)),
  offset: a.offset + (length > 0 ? start * a.strides[axis] : 0),
});

/** Pieces along a dimension, of given lengths. */
function pieces(a: NDArray, axis: number, lengths: readonly number[]): Value {
  let start = 0;
  return tuple(
    lengths.map(n => {
      start += n;
      return T(narrowed(a, axis, start - n, n));
    }),
  );
}

function split(x: Bound): Value {
  const a = arrayOf(x.tensor);
  const axis = dimOf(x.dim ? needInteger(x.dim) : 0, a.shape.length);
  const n = a.shape[axis];
  const by = need(x.split_size_or_sections);
  if (by.kind === 'scalar') {
    const size = needInteger(by);
    if (size <= 0) return unknown('a split of no size');
    return pieces(
      a,
      axis,
      Array.from({ length: Math.max(1, Math.ceil(n / size)) }, (_, k) => Math.min(size, n - k * size)),
    );
  }
  const lengths = integersOf(by);
  if (lengths.reduce((p, q) => p + q, 0) !== n)
    return fail(
      `RuntimeError: split_with_sizes expects split_sizes to sum exactly to ${n} (input tensor's size at dimension ${axis}), but got split_sizes=${list(lengths)}`,
    );
  return pieces(a, axis, lengths);
}

function chunk(x: Bound): Value {
  const a = arrayOf(x.input);
  const axis = dimOf(x.dim ? needInteger(x.dim) : 0, a.shape.length);
  const size = Math.ceil(a.shape[axis] / needInteger(need(x.chunks)));
  if (size < 1) return unknown('chunks of an empty dimension are not covered');
  return split({ tensor: x.input, split_size_or_sections: int(size), dim: int(axis) });
}

const converted = (a: NDArray, d: DType): Value => T(a.dtype === d ? a : laidOver(asType(contiguous(a), d), [a]));

/** A tensor whose steps in memory are torch's own. */
function needOrder(a: NDArray): NDArray {
  if (a.shape.length > 1 && ownOrder.has(a.data))
    return unknown('how torch lays out this tensor in memory is not known');
  return a;
}

export const TORCH_SHAPE: readonly LibraryFunction[] = [
  ...functions('reshape', 'input, shape', x => T(reshaped(arrayOf(x.input), integersOf(need(x.shape))))),
  ...methods('reshape', 'input, *shape', x => T(reshaped(arrayOf(x.input), collected(x.shape)))),
  ...methods('view', 'input, *shape', x => {
    const a = arrayOf(x.input);
    if (x.shape?.kind === 'tuple' && x.shape.items[0]?.kind === 'dtype')
      return unknown('the bits of a tensor as another type are not covered');
    const shape = wanted(collected(x.shape), sizeOf(a.shape));
    if (shape.join() !== a.shape.join()) needOrder(a);
    const strides = viewStrides(a, shape);
    return strides
      ? T({ ...a, shape, strides })
      : fail(
          "RuntimeError: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
        );
  }),
  ...methods('reshape_as view_as', 'input, other', x => T(reshaped(arrayOf(x.input), arrayOf(x.other).shape))),
  ...functions('permute', 'input, dims', x => T(permuted(arrayOf(x.input), integersOf(need(x.dims))))),
  ...methods('permute', 'input, *dims', x => T(permuted(arrayOf(x.input), collected(x.dims)))),
  ...both('transpose swapaxes swapdims', 'input, dim0, dim1', (x, c) => {
    c.record('transpose', [need(x.input)]);
    return T(swapped(x));
  }),
  ...both('t', 'input', (x, c) => {
    const a = arrayOf(x.input);
    if (a.shape.length > 2)
      return fail(`RuntimeError: t() expects a tensor with <= 2 dimensions, but self is ${a.shape.length}D`);
    c.record('transpose', [need(x.input)]);
    return T(transpose(a));
  }),
  ...both('adjoint', 'input', x => {
    const a = arrayOf(x.input);
    const n = a.shape.length;
    if (n < 2 || a.dtype.startsWith('complex')) return unknown('this adjoint is not covered yet');
    return T(swapped({ input: x.input, dim0: int(-1), dim1: int(-2) }));
  }),
  ...both('squeeze', 'input, dim=None', x => T(squeezed(x))),
  ...both('unsqueeze', 'input, dim', x => T(unsqueezed(arrayOf(x.input), needInteger(need(x.dim))))),
  ...both('flatten', 'input, start_dim=0, end_dim=-1', x => T(flattened(x))),
  ...both('ravel', 'input', x => T(reshape(arrayOf(x.input), [sizeOf(arrayOf(x.input).shape)]))),
  ...both('movedim moveaxis', 'input, source, destination', x => {
    const a = arrayOf(x.input);
    const [from, to] = [x.source, x.destination].map(v => integersOf(need(v)).map(k => dimOf(k, a.shape.length)));
    const rest = a.shape.map((_, k) => k).filter(k => !from.includes(k));
    const axes = a.shape.map((_, k) => (to.includes(k) ? from[to.indexOf(k)] : -1));
    return T(
      transpose(
        a,
        axes.map(k => (k === -1 ? (rest.shift() ?? 0) : k)),
      ),
    );
  }),
  ...methods('expand', 'input, *size', x => T(expanded(arrayOf(x.input), collected(x.size)))),
  ...methods('expand_as', 'input, other', x => T(expanded(arrayOf(x.input), arrayOf(x.other).shape))),
  ...functions('broadcast_to', 'input, size', x => T(expanded(arrayOf(x.input), integersOf(need(x.size))))),
  ...functions('broadcast_tensors', '*tensors', x => {
    const all = (x.tensors?.kind === 'tuple' ? x.tensors.items : []).map(v => arrayOf(v));
    const shape = broadcastShapes(...all.map(a => a.shape));
    return shape ? tuple(all.map(a => T(broadcastTo(a, shape)))) : unknown('these shapes do not broadcast');
  }),
  ...methods('repeat', 'input, *sizes', (x, c) => T(repeated(arrayOf(x.input), collected(x.sizes), c))),
  ...functions('tile', 'input, dims', (x, c) => {
    const a = arrayOf(x.input);
    const times = integersOf(need(x.dims));
    return T(repeated(a, [...new Array<number>(Math.max(0, a.shape.length - times.length)).fill(1), ...times], c));
  }),
  ...both('repeat_interleave', 'input, repeats=, dim=None, *, output_size=None', (x, c) => {
    const a = arrayOf(x.input);
    const flat = given(x.dim) ? a : reshape(a, [sizeOf(a.shape)]);
    const axis = given(x.dim) ? dimOf(needInteger(x.dim), a.shape.length) : 0;
    const repeats = x.repeats ?? unknown('repeats of the counts alone are not covered');
    if (repeats.kind === 'array' && sizeOf(repeats.array.shape) !== 1) {
      const counts = toFloat64(repeats.array);
      if (counts.length !== flat.shape[axis])
        return fail('RuntimeError: repeats must have the same size as input along dim');
      c.budget.claim(sizeOf(flat.shape) * Math.max(1, ...counts));
      return T(repeatedEach(flat, counts, axis));
    }
    const n = needInteger(repeats.kind === 'array' ? unwrap({ ...repeats.array, shape: [], strides: [] }) : repeats);
    const wide = unsqueezed(flat, axis + 1);
    c.budget.claim(sizeOf(flat.shape) * n);
    const full = broadcastTo(wide, wide.shape.toSpliced(axis + 1, 1, n));
    return T(reshape(full, flat.shape.toSpliced(axis, 1, flat.shape[axis] * n)));
  }),
  ...functions('cat concat concatenate', 'tensors, dim=0', joined),
  ...functions('stack', 'tensors, dim=0', stacked),
  ...functions('vstack row_stack', 'tensors', (x, c) =>
    joined({ tensors: tuple(tensorsOf(x.tensors).map(a => T(atLeast(a, 2)))), dim: int(0) }, c),
  ),
  ...functions('hstack', 'tensors', (x, c) => {
    const parts = tensorsOf(x.tensors).map(a => atLeast(a, 1));
    return joined({ tensors: tuple(parts.map(T)), dim: int(parts[0]?.shape.length === 1 ? 0 : 1) }, c);
  }),
  ...functions('column_stack', 'tensors', (x, c) => {
    const parts = tensorsOf(x.tensors).map(a => (a.shape.length > 1 ? a : reshape(a, [sizeOf(a.shape), 1])));
    return joined({ tensors: tuple(parts.map(T)), dim: int(1) }, c);
  }),
  ...both('split', 'tensor, split_size_or_sections, dim=0', split),
  ...both('chunk', 'input, chunks, dim=0', chunk),
  ...both('unbind', 'input, dim=0', x => {
    const a = arrayOf(x.input);
    const axis = dimOf(x.dim ? needInteger(x.dim) : 0, a.shape.length);
    return tuple(
      Array.from({ length: a.shape[axis] }, (_, k) =>
        T(squeezed({ input: T(narrowed(a, axis, k, 1)), dim: int(axis) })),
      ),
    );
  }),
  ...both('narrow', 'input, dim, start, length', x => {
    const a = arrayOf(x.input);
    if (a.shape.length === 0) return fail('RuntimeError: narrow() cannot be applied to a 0-dim tensor.');
    const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
    const [start, length] = [needInteger(need(x.start)), needInteger(need(x.length))];
    const from = start < 0 ? start + a.shape[axis] : start;
    if (from < 0 || from + length > a.shape[axis]) return unknown('this range is beyond the dimension');
    return T(narrowed(a, axis, from, length));
  }),
  ...both('select', 'input, dim, index', x => {
    const a = arrayOf(x.input);
    const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
    const k = needInteger(need(x.index));
    const at = k < 0 ? k + a.shape[axis] : k;
    if (at < 0 || at >= a.shape[axis]) return unknown('this index is beyond the dimension');
    return T(squeezed({ input: T(narrowed(a, axis, at, 1)), dim: int(axis) }));
  }),
  ...methods('size', 'input, dim=None', x => {
    const { shape } = arrayOf(x.input);
    return given(x.dim) ? int(shape[dimOf(needInteger(x.dim), shape.length)]) : sizeTuple(shape);
  }),
  ...methods('dim ndimension', 'input', x => int(arrayOf(x.input).shape.length)),
  ...methods('nelement', 'input', x => int(sizeOf(arrayOf(x.input).shape))),
  ...methods('contiguous', 'input', x => {
    const a = arrayOf(x.input);
    return T(isRowMajor(a) ? a : contiguous(a));
  }),
  ...both('clone', 'input', x => T(laidOver(contiguous(arrayOf(x.input)), [arrayOf(x.input)]))),
  ...methods('is_contiguous', 'input', x => ({
    kind: 'scalar',
    dtype: 'bool',
    weak: true,
    value: isRowMajor(needOrder(arrayOf(x.input))),
  })),
  ...Object.entries({
    float: 'float32',
    double: 'float64',
    half: 'float16',
    bfloat16: 'bfloat16',
    int: 'int32',
    long: 'int64',
    short: 'int16',
    char: 'int8',
    byte: 'uint8',
    bool: 'bool',
    cfloat: 'complex64',
    cdouble: 'complex128',
  } as const).flatMap(([name, d]) => methods(name, 'input', x => converted(arrayOf(x.input), d))),
  ...methods('type_as', 'input, other', x => converted(arrayOf(x.input), arrayOf(x.other).dtype)),
  ...methods('is_same_size', 'input, other', x => ({
    kind: 'scalar',
    dtype: 'bool',
    weak: true,
    value: arrayOf(x.input).shape.join() === arrayOf(x.other).shape.join(),
  })),
];
