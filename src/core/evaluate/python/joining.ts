import { type DType, isIntegerType, promoteAll } from '../../values/dtype';
import { gather } from '../../values/elementwise';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  positions,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { tightShape } from './apply';
import {
  axisOf,
  elementsOf,
  int,
  integersOf,
  join,
  needInteger,
  real,
  toArray,
  typeName,
  unwrap,
  withAttribute,
} from './coerce';
import { dtypeOf } from './dtypes';
import { indexArrayOf } from './index-arrays';
import { sliceIndices } from './indexing';
import { canCast } from './types';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** The items of a list or tuple, or the sub-arrays along the first axis. */
export function partsOf(v: Value): readonly Value[] {
  if (v.kind === 'list' || v.kind === 'tuple') return v.items;
  const a = toArray(v);
  if (a.shape.length === 0)
    return fail(
      v.kind === 'array'
        ? 'TypeError: iteration over a 0-d array'
        : `TypeError: '${typeName(v)}' object is not iterable`,
    );
  return Array.from({ length: a.shape[0] }, (_, i) =>
    unwrap({ ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] }),
  );
}

/** numpy.concatenate along an axis. */
export function concatenate(arrays: readonly NDArray[], axis: number, dtype: DType): NDArray {
  const [first] = arrays;
  const moved = arrays.map(a =>
    contiguous(transpose(asType(a, dtype), [axis, ...a.shape.map((_, i) => i).filter(i => i !== axis)])),
  );
  const rest = first.shape.filter((_, i) => i !== axis);
  const total = arrays.reduce((n, a) => n + a.shape[axis], 0);
  const out = join(moved, dtype, [total, ...rest]);
  const back = first.shape.map((_, i) => (i === axis ? 0 : i < axis ? i + 1 : i));
  return contiguous(transpose(out, back));
}

export function concatenated(
  list: readonly Value[],
  axisValue: Value | undefined,
  c: Context,
  dtype?: DType,
  sameKind = false,
): Value {
  if (list.length === 0) fail('ValueError: need at least one array to concatenate');
  const flat = axisValue?.kind === 'none';
  const arrays = list.map(toArray).map(a => (flat ? reshape(a, [sizeOf(a.shape)]) : a));
  if (arrays[0].shape.length === 0) fail('ValueError: zero-dimensional arrays cannot be concatenated');
  c.budget.claim(arrays.reduce((n, a) => n + sizeOf(a.shape), 0));
  const ndim = arrays[0].shape.length;
  const axis = axisValue && axisValue.kind !== 'none' ? axisOf(axisValue, ndim) : 0;
  arrays.forEach((a, k) => {
    if (a.shape.length !== ndim)
      fail(
        `ValueError: all the input arrays must have same number of dimensions, but the array at index 0 has ${ndim} dimension(s) and the array at index ${k} has ${a.shape.length} dimension(s)`,
      );
    a.shape.forEach((n, i) => {
      if (i !== axis && n !== arrays[0].shape[i])
        fail(
          `ValueError: all the input array dimensions except for the concatenation axis must match exactly, but along dimension ${i}, the array at index 0 has size ${arrays[0].shape[i]} and the array at index ${k} has size ${n}`,
        );
    });
  });
  for (const { dtype: from } of arrays)
    if (dtype && sameKind && !canCast(from, dtype, 'same_kind'))
      return fail(
        `TypeError: Cannot cast array data from dtype('${from}') to dtype('${dtype}') according to the rule 'same_kind'`,
      );
  return arrayValue(concatenate(arrays, axis, dtype ?? promoteAll(arrays.map(a => a.dtype))));
}

/** At least `ndim` dimensions: 1-D arrays become rows, and in three dimensions (1, n, 1). */
export function atLeast(a: NDArray, ndim: 1 | 2 | 3): NDArray {
  if (a.shape.length >= ndim) return a;
  if (a.shape.length === 0) return reshape(a, new Array<number>(ndim).fill(1));
  // New axes have no step.
  const [before, after] = [a.shape.length === 1, ndim === 3].map(b => (b ? 1 : 0));
  const around = (list: readonly number[], fill: 0 | 1): number[] => [
    ...new Array<number>(before).fill(fill),
    ...list,
    ...new Array<number>(after).fill(fill),
  ];
  return { ...a, shape: around(a.shape, 1), strides: around(a.strides, 0) };
}

function stacked(list: readonly Value[], axisValue: Value | undefined, c: Context): Value {
  const arrays = list.map(toArray);
  if (arrays.length === 0) fail('ValueError: need at least one array to stack');
  if (arrays.some(a => a.shape.length !== arrays[0].shape.length || a.shape.some((n, i) => n !== arrays[0].shape[i])))
    fail('ValueError: all input arrays must have the same shape');
  c.budget.claim(arrays.length * sizeOf(arrays[0].shape));
  const axis = axisValue ? axisOf(axisValue, arrays[0].shape.length + 1) : 0;
  const expanded = arrays.map(a => reshape(a, [...a.shape.slice(0, axis), 1, ...a.shape.slice(axis)]));
  return arrayValue(concatenate(expanded, axis, promoteAll(arrays.map(a => a.dtype))));
}

/** The array laid behind itself `reps` times along every axis. */
export function tiled(a: NDArray, reps: readonly number[]): NDArray {
  const ndim = Math.max(a.shape.length, reps.length);
  const shape = [...new Array<number>(ndim - a.shape.length).fill(1), ...a.shape];
  const times = [...new Array<number>(ndim - reps.length).fill(1), ...reps];
  let out = contiguous(reshape(a, shape));
  for (let axis = 0; axis < ndim; axis++) {
    if (times[axis] === 1) continue;
    out =
      times[axis] <= 0
        ? ndarray(
            out.dtype,
            out.shape.map((n, i) => (i === axis ? 0 : n)),
            allocate(out.dtype, 0),
          )
        : concatenate(new Array<NDArray>(times[axis]).fill(out), axis, out.dtype);
  }
  return out;
}

/** The sub-arrays at the given places of an axis, in that order. */
export function takeAlong(a: NDArray, places: readonly number[], axis: number): NDArray {
  const shape = a.shape.map((n, i) => (i === axis ? places.length : n));
  const from = positions({ ...a, shape, strides: a.strides.map((s, i) => (i === axis ? 0 : s)) });
  const inner = sizeOf(a.shape.slice(axis + 1));
  const at = from.map((p, k) => p + places[Math.floor(k / inner) % Math.max(places.length, 1)] * a.strides[axis]);
  return gather(a, at, shape);
}

/** The array and its axis: without an axis it is flattened, and a single number stands for an array of one (NumPy's PyArray_CheckAxis). */
export function alongAxis(v: Value, axis: Value | undefined): readonly [NDArray, number] {
  const given = toArray(v);
  const none = axis === undefined || axis.kind === 'none';
  const a = none || given.shape.length === 0 ? reshape(given, [sizeOf(given.shape)]) : given;
  return [a, none ? 0 : axisOf(axis, a.shape.length)];
}

function repeated(x: Bound, c: Context): Value {
  const [a, axis] = alongAxis(need(x.a), x.axis);
  const n = a.shape[axis];
  const reps = elementsOf(indexArrayOf(need(x.repeats))).map(Number);
  if (toArray(need(x.repeats)).shape.length > 1) fail('ValueError: object too deep for desired array');
  if (reps.length !== 1 && reps.length !== n)
    fail(`ValueError: operands could not be broadcast together with shape (${n},) (${reps.length},)`);
  if (reps.some(r => r < 0))
    fail(
      `ValueError: ${reps.length === 1 ? 'negative dimensions are not allowed' : 'repeats may not contain negative values.'}`,
    );
  const total = reps.length === 1 ? n * reps[0] : reps.reduce((s, r) => s + r, 0);
  c.budget.claim((sizeOf(a.shape) / Math.max(n, 1)) * total);
  const places = Array.from({ length: n }, (_, i) => new Array<number>(reps[reps.length === 1 ? 0 : i]).fill(i)).flat();
  return arrayValue(takeAlong(a, places, axis));
}

const cut = (a: NDArray, axis: number, from: number, to: number): NDArray => {
  const n = a.shape[axis];
  const clamp = (k: number): number => Math.min(Math.max(k < 0 ? k + n : k, 0), n);
  const [start, stop] = [clamp(from), clamp(to)];
  return {
    ...a,
    shape: a.shape.map((m, i) => (i === axis ? Math.max(stop - start, 0) : m)),
    offset: stop > start ? a.offset + start * a.strides[axis] : a.offset,
  };
};

function splitted(a: NDArray, sections: Value, axis: number, equal: boolean): Value {
  const n = a.shape[axis];
  let edges: number[];
  if (sections.kind === 'scalar' || (sections.kind === 'array' && sections.array.shape.length === 0)) {
    const parts = equal ? needInteger(sections) : Math.trunc(real(sections, 0));
    if (equal && parts === 0) fail('ZeroDivisionError: integer modulo by zero');
    if (parts <= 0) fail('ValueError: number sections must be larger than 0.');
    if (equal && n % parts !== 0) fail('ValueError: array split does not result in an equal division');
    const [size, more] = [Math.floor(n / parts), n % parts];
    edges = Array.from({ length: parts + 1 }, (_, k) => k * size + Math.min(k, more));
  } else edges = [0, ...integersOf(sections), n];
  return {
    kind: 'list',
    items: edges.slice(1).map((end, k) => arrayValue(cut(a, axis, edges[k], end))),
  };
}

const split = (name: string, equal: boolean): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: 'ary, indices_or_sections, axis=0',
  evaluate: x => {
    // Into equal parts NumPy asks for the shape before it makes an array.
    if (equal && x.indices_or_sections?.kind === 'scalar' && need(x.ary).kind !== 'strings')
      withAttribute(need(x.ary), 'shape');
    const a = toArray(need(x.ary));
    if (a.shape.length === 0) return fail('IndexError: tuple index out of range');
    return splitted(a, need(x.indices_or_sections), axisOf(x.axis ?? int(0), a.shape.length), equal);
  },
});

const splitAlong = (name: string, axis: (ndim: number) => number, least: number): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: 'ary, indices_or_sections',
  evaluate: x => {
    const a = toArray(need(x.ary));
    if (a.shape.length < least) fail(`ValueError: ${name} only works on arrays of ${least} or more dimensions`);
    if (least === 1) withAttribute(need(x.ary), 'ndim');
    else if (x.indices_or_sections?.kind === 'scalar') withAttribute(need(x.ary), 'shape');
    return splitted(a, need(x.indices_or_sections), axis(a.shape.length), true);
  },
});

/** numpy.block: lists at the deepest level are joined along the last axis, those around it along the axis before. */
function block(v: Value, c: Context): Value {
  const depthOf = (w: Value): number => (w.kind === 'list' ? 1 + Math.max(0, ...w.items.map(depthOf)) : 0);
  const depth = depthOf(v);
  const ndimOf = (w: Value): number =>
    w.kind === 'list' ? Math.max(0, ...w.items.map(ndimOf)) : toArray(w).shape.length;
  const ndim = Math.max(depth, ndimOf(v));
  const build = (w: Value, level: number): NDArray => {
    if (w.kind !== 'list') {
      if (w.kind === 'tuple')
        fail(
          'TypeError: arrays is a tuple. Only lists can be used to arrange blocks, and np.block does not allow implicit conversion from tuple to ndarray.',
        );
      if (level !== depth)
        fail('ValueError: List depths are mismatched. First element was at depth different from another element.');
      const a = toArray(w);
      return reshape(a, [...new Array<number>(ndim - a.shape.length).fill(1), ...a.shape]);
    }
    if (w.items.length === 0) fail('ValueError: List at arrays cannot be empty');
    const parts = w.items.map(item => arrayValue(build(item, level + 1)));
    return toArray(concatenated(parts, int(ndim - depth + level), c));
  };
  return arrayValue(depth === 0 ? toArray(v) : build(v, 0));
}

/** The place that values go before. */
function placeWithin(asked: number, n: number, single: boolean, axis: number): number {
  const place = asked < 0 ? asked + n : asked;
  return place < 0 || place > n
    ? fail(`IndexError: index ${single ? asked : `[${asked}]`} is out of bounds for axis ${axis} with size ${n}`)
    : place;
}

/** Several places as they stand in the result of `np.insert`, where NumPy counts negative ones from its end. */
function placesInResult(asked: readonly number[], n: number): number[] {
  const places = asked.map(k => (k < 0 ? k + n : k));
  const total = n + places.length;
  const order = places.map((_, k) => k).sort((p, q) => places[p] - places[q] || p - q);
  const final = new Array<number>(places.length);
  for (const [later, k] of order.entries()) final[k] = places[k] + later;
  const beyond = final.find(k => k < -total || k >= total);
  if (beyond !== undefined) fail(`IndexError: index ${beyond} is out of bounds for axis 0 with size ${total}`);
  const wrapped = final.map(k => (k < 0 ? k + total : k));
  if (new Set(wrapped).size < wrapped.length) unknown('inserting twice at one place is not followed');
  return wrapped;
}

function inserted(x: Bound): Value {
  let a = toArray(need(x.arr));
  const values = toArray(need(x.values));
  if (!given(x.axis)) a = reshape(a, [sizeOf(a.shape)]);
  const axis = given(x.axis) ? axisOf(x.axis, a.shape.length) : 0;
  const n = a.shape[axis];
  const obj = need(x.obj);
  const single = obj.kind === 'scalar';
  const places =
    obj.kind === 'slice'
      ? ((s): number[] => Array.from({ length: s.count }, (_, k) => s.first + k * s.step))(
          sliceIndices(obj.start, obj.stop, obj.step, n),
        )
      : integersOf(obj);
  if (places.length === 1 || single) {
    // One place takes all the values, as many as they are along the axis.
    const at = placeWithin(places[0], n, single, axis);
    let v = asType(values, a.dtype);
    if (v.shape.length < a.shape.length)
      v = reshape(v, [...new Array<number>(a.shape.length - v.shape.length).fill(1), ...v.shape]);
    if (single && values.shape.length > 0) v = transpose(v, moved(v.shape.length, 0, axis));
    const count = v.shape[axis];
    const full = v.shape.map((m, i) => (i === axis ? count : m === 1 ? a.shape[i] : m));
    if (full.some((m, i) => i !== axis && m !== a.shape[i]))
      return fail('ValueError: could not broadcast input array from shape into shape');
    const wide: NDArray = {
      ...v,
      shape: full,
      strides: v.strides.map((s, i) => (v.shape[i] === 1 && full[i] !== 1 ? 0 : s)),
    };
    return arrayValue(concatenate([cut(a, axis, 0, at), wide, cut(a, axis, at, n)], axis, a.dtype));
  }
  const shape = a.shape.map((m, i) => (i === axis ? places.length : m));
  const common = broadcastShapes(values.shape, shape);
  if (common?.length !== shape.length || common.some((m, i) => m !== shape[i]))
    return fail(
      `ValueError: shape mismatch: value array of shape ${tightShape(values.shape)} could not be broadcast to indexing result of shape ${tightShape(shape)}`,
    );
  const source = new Map(placesInResult(places, n).map((place, k) => [place, n + k]));
  let next = 0;
  const order = Array.from({ length: n + places.length }, (_, k) => source.get(k) ?? next++);
  const all = concatenate([a, broadcastTo(asType(values, a.dtype), shape)], axis, a.dtype);
  return arrayValue(takeAlong(all, order, axis));
}

/** The order of axes that moves axis `from` to place `to`. */
export function moved(ndim: number, from: number, to: number): number[] {
  const rest = Array.from({ length: ndim }, (_, i) => i).filter(i => i !== from);
  rest.splice(to, 0, from);
  return rest;
}

function deleted(x: Bound): Value {
  let a = toArray(need(x.arr));
  if (!given(x.axis)) a = reshape(a, [sizeOf(a.shape)]);
  const axis = given(x.axis) ? axisOf(x.axis, a.shape.length) : 0;
  const n = a.shape[axis];
  const obj = need(x.obj);
  let gone: number[];
  if (obj.kind === 'slice') {
    const s = sliceIndices(obj.start, obj.stop, obj.step, n);
    gone = Array.from({ length: s.count }, (_, k) => s.first + k * s.step);
  } else {
    const list = toArray(obj);
    const single = obj.kind === 'scalar' || (sizeOf(list.shape) === 1 && isIntegerType(list.dtype));
    if (list.dtype === 'bool') {
      if (list.shape.length !== 1 || list.shape[0] !== n)
        fail(
          `ValueError: boolean array argument obj to delete must be one dimensional and match the axis length of ${n}`,
        );
      gone = elementsOf(list).flatMap((e, i) => (e ? [i] : []));
    } else {
      if (!isIntegerType(list.dtype) && (obj.kind === 'array' || sizeOf(list.shape) > 0))
        fail('IndexError: arrays used as indices must be of integer (or boolean) type');
      // Several places are an index of a mask along the axis.
      gone = Array.from(toFloat64(list), k => {
        if (k < -n || k >= n)
          fail(`IndexError: index ${k} is out of bounds for axis ${single ? axis : 0} with size ${n}`);
        return k < 0 ? k + n : k;
      });
    }
  }
  const left = new Set(gone);
  return arrayValue(
    takeAlong(
      a,
      Array.from({ length: n }, (_, i) => i).filter(i => !left.has(i)),
      axis,
    ),
  );
}

/** The operands in one argument, which NumPy looks through before the function sees them. */
export const operandsIn = (v: Value): readonly Value[] =>
  v.kind === 'list' || v.kind === 'tuple' || toArray(v).shape.length > 0
    ? partsOf(v)
    : fail('TypeError: dispatcher for __array_function__ did not return an iterable');

export const JOINING: readonly LibraryFunction[] = [
  {
    path: 'numpy.concatenate',
    signature: "arrays, /, axis=0, out=None, *, dtype=None, casting='same_kind'",
    evaluate: (x, c) => {
      const dtype = dtypeOf(x.dtype);
      return concatenated(operandsIn(need(x.arrays)), x.axis, c, dtype, x.casting === undefined);
    },
  },
  {
    path: 'numpy.stack',
    signature: 'arrays, axis=0, out=None',
    evaluate: (x, c) => stacked(operandsIn(need(x.arrays)), x.axis, c),
  },
  {
    path: 'numpy.hstack',
    signature: 'tup',
    evaluate: (x, c) => {
      const list = operandsIn(need(x.tup)).map(v => arrayValue(atLeast(toArray(v), 1)));
      return concatenated(list, int(list[0]?.array.shape.length === 1 ? 0 : 1), c);
    },
  },
  ...['vstack', 'row_stack'].map(
    (name): LibraryFunction => ({
      path: `numpy.${name}`,
      signature: 'tup',
      evaluate: (x, c) =>
        concatenated(
          operandsIn(need(x.tup)).map(v => arrayValue(atLeast(toArray(v), 2))),
          undefined,
          c,
        ),
    }),
  ),
  {
    path: 'numpy.dstack',
    signature: 'tup',
    evaluate: (x, c) =>
      concatenated(
        operandsIn(need(x.tup)).map(v => arrayValue(atLeast(toArray(v), 3))),
        int(2),
        c,
      ),
  },
  {
    path: 'numpy.column_stack',
    signature: 'tup',
    evaluate: (x, c) =>
      concatenated(
        operandsIn(need(x.tup)).map(v => {
          const a = toArray(v);
          return arrayValue(a.shape.length < 2 ? reshape(a, [sizeOf(a.shape), 1]) : a);
        }),
        int(1),
        c,
      ),
  },
  { path: 'numpy.block', signature: 'arrays', evaluate: (x, c) => block(need(x.arrays), c) },
  {
    path: 'numpy.append',
    signature: 'arr, values, axis=None',
    evaluate: (x, c) => {
      const flat = (v: Value): Value => {
        const a = toArray(v);
        return arrayValue(reshape(a, [sizeOf(a.shape)]));
      };
      return given(x.axis)
        ? concatenated([need(x.arr), need(x.values)], x.axis, c)
        : concatenated([flat(need(x.arr)), flat(need(x.values))], int(0), c);
    },
  },
  { path: 'numpy.insert', signature: 'arr, obj, values, axis=None', evaluate: inserted },
  { path: 'numpy.delete', signature: 'arr, obj, axis=None', evaluate: deleted },
  {
    path: 'numpy.tile',
    signature: 'A, reps',
    evaluate: (x, c) => {
      const a = toArray(need(x.A));
      const reps = integersOf(need(x.reps));
      if (reps.some(n => n < 0)) fail('ValueError: negative dimensions are not allowed');
      c.budget.claim(sizeOf(a.shape) * reps.reduce((p, n) => p * n, 1));
      return arrayValue(tiled(a, reps));
    },
  },
  { path: 'numpy.repeat', signature: 'a, repeats, axis=None', evaluate: repeated },
  {
    path: 'numpy.resize',
    signature: 'a, new_shape',
    evaluate: (x, c) => {
      const a = toArray(need(x.a));
      const asked = need(x.new_shape);
      if (asked.kind === 'array' && asked.array.shape.length === 0) fail('TypeError: iteration over a 0-d array');
      const shape = integersOf(asked);
      if (shape.some(n => n < 0)) fail('ValueError: all elements of `new_shape` must be non-negative');
      c.budget.claim(sizeOf(shape));
      const from = positions(a);
      if (from.length === 0) return unwrap(ndarray(a.dtype, shape, allocate(a.dtype, sizeOf(shape))));
      return unwrap(
        gather(
          a,
          Array.from({ length: sizeOf(shape) }, (_, k) => from[k % from.length]),
          shape,
        ),
      );
    },
  },
  split('split', true),
  split('array_split', false),
  splitAlong('hsplit', ndim => (ndim === 1 ? 0 : 1), 1),
  splitAlong('vsplit', () => 0, 2),
  splitAlong('dsplit', () => 2, 3),
  ...([1, 2, 3] as const).map(
    (ndim): LibraryFunction => ({
      path: `numpy.atleast_${ndim}d`,
      signature: '*arys',
      evaluate: x => {
        const list = (x.arys?.kind === 'tuple' ? x.arys.items : []).map(v => arrayValue(atLeast(toArray(v), ndim)));
        return list.length === 1 ? list[0] : { kind: 'list', items: list };
      },
    }),
  ),
];
