import type { DType } from '../../values/dtype';
import { promote } from '../../values/dtype';
import { gather } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  positions,
  reshape,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { axisOf, elementsOf, integersOf, join, needInteger, resultType, shapeText, toArray, unwrap } from './coerce';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** numpy.reshape with one side possibly -1. */
export function reshaped(a: NDArray, shape: readonly number[], order: 'C' | 'F' = 'C'): NDArray {
  const count = sizeOf(a.shape);
  const known = shape.filter(n => n !== -1).reduce((p, n) => p * n, 1);
  const open = shape.filter(n => n === -1).length;
  if (open > 1) fail('ValueError: can only specify one unknown dimension');
  const full = open === 1 ? shape.map(n => (n === -1 ? count / known : n)) : shape;
  if (full.some(n => !Number.isInteger(n) || n < 0) || sizeOf(full) !== count)
    fail(`ValueError: cannot reshape array of size ${count} into shape ${shapeText(shape).replace(/ /g, '')}`);
  return reshape(a, full, order);
}

export function orderOf(v: Value | undefined): 'C' | 'F' {
  if (v === undefined || v.kind === 'none') return 'C';
  return v.kind === 'string' && v.value === 'F'
    ? 'F'
    : v.kind === 'string' && v.value === 'C'
      ? 'C'
      : unknown('this order is not covered yet');
}

const listOf = (v: Value): readonly Value[] => {
  if (v.kind === 'list' || v.kind === 'tuple') return v.items;
  const a = toArray(v);
  if (a.shape.length === 0) return fail('TypeError: The first input argument needs to be a sequence');
  return Array.from({ length: a.shape[0] }, (_, i) =>
    unwrap({ ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] }),
  );
};

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

function concatenated(list: readonly Value[], axisValue: Value | undefined): Value {
  if (list.length === 0) fail('ValueError: need at least one array to concatenate');
  let arrays = list.map(toArray);
  if (axisValue?.kind === 'none') arrays = arrays.map(a => reshape(a, [sizeOf(a.shape)]));
  if (arrays.some(a => a.shape.length === 0)) fail('ValueError: zero-dimensional arrays cannot be concatenated');
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
          `ValueError: all the input array dimensions for the concatenation axis must match exactly, but along dimension ${i}, the array at index 0 has size ${arrays[0].shape[i]} and the array at index ${k} has size ${n}`,
        );
    });
  });
  return arrayValue(concatenate(arrays, axis, arrays.map(a => a.dtype).reduce(promote)));
}

const atLeast = (a: NDArray, ndim: 1 | 2): NDArray =>
  a.shape.length >= ndim ? a : reshape(a, ndim === 1 ? [1] : a.shape.length === 0 ? [1, 1] : [1, a.shape[0]]);

function stacked(list: readonly Value[], axisValue: Value | undefined): Value {
  const arrays = list.map(toArray);
  if (arrays.length === 0) fail('ValueError: need at least one array to stack');
  if (arrays.some(a => a.shape.length !== arrays[0].shape.length || a.shape.some((n, i) => n !== arrays[0].shape[i])))
    fail('ValueError: all input arrays must have the same shape');
  const axis = axisValue ? axisOf(axisValue, arrays[0].shape.length + 1) : 0;
  const expanded = arrays.map(a => reshape(a, [...a.shape.slice(0, axis), 1, ...a.shape.slice(axis)]));
  return arrayValue(concatenate(expanded, axis, arrays.map(a => a.dtype).reduce(promote)));
}

function flipped(a: NDArray, axes: readonly number[]): NDArray {
  let offset = a.offset;
  const strides = a.strides.map((s, i) => {
    if (!axes.includes(i)) return s;
    offset += s * Math.max(a.shape[i] - 1, 0);
    return -s;
  });
  return { ...a, strides, offset };
}

const axesOf = (v: Value | undefined, ndim: number): number[] =>
  v === undefined || v.kind === 'none'
    ? Array.from({ length: ndim }, (_, i) => i)
    : integersOf(v).map(k => axisOf({ kind: 'scalar', dtype: 'int64', value: k }, ndim));

export function transposed(a: NDArray, axes: Value | undefined): NDArray {
  if (axes === undefined || axes.kind === 'none') return transpose(a);
  const list = integersOf(axes);
  if (list.length !== a.shape.length) fail("ValueError: axes don't match array");
  const order = axesOf(axes, a.shape.length);
  if (new Set(order).size !== order.length) fail('ValueError: repeated axis in transpose');
  return transpose(a, order);
}

export function squeezed(a: NDArray, axis: Value | undefined): NDArray {
  const axes =
    axis === undefined || axis.kind === 'none'
      ? a.shape.flatMap((n, i) => (n === 1 ? [i] : []))
      : axesOf(axis, a.shape.length);
  if (axes.some(i => a.shape[i] !== 1))
    fail('ValueError: cannot select an axis to squeeze out which has size not equal to one');
  return {
    ...a,
    shape: a.shape.filter((_, i) => !axes.includes(i)),
    strides: a.strides.filter((_, i) => !axes.includes(i)),
  };
}

function where(x: { readonly [name: string]: Value | undefined }): Value {
  const condition = toArray(need(x.condition));
  if (x.x === undefined || x.y === undefined) {
    const c = asType(contiguous(condition), 'bool');
    const hits: number[] = [];
    for (let k = 0; k < c.data.length; k++) if (c.data[k]) hits.push(k);
    let step = 1;
    const out: Value[] = [];
    for (let axis = c.shape.length - 1; axis >= 0; axis--) {
      const at = step;
      const n = c.shape[axis];
      out.unshift(
        arrayValue(
          ndarray(
            'int64',
            [hits.length],
            Float64Array.from(hits, h => Math.floor(h / at) % n),
          ),
        ),
      );
      step *= n;
    }
    return tuple(out);
  }
  const dtype = resultType([x.x, x.y]);
  const a = asType(toArray(x.x), dtype);
  const b = asType(toArray(x.y), dtype);
  const shape = broadcastShapes(condition.shape, a.shape, b.shape);
  if (!shape)
    return fail(
      `ValueError: operands could not be broadcast together with shapes ${[condition, a, b].map(v => shapeText(v.shape).replace(/ /g, '')).join(' ')} `,
    );
  const mask = asType(contiguous(broadcastTo(condition, shape)), 'bool').data;
  const p = elementsOf(broadcastTo(a, shape));
  const q = elementsOf(broadcastTo(b, shape));
  return unwrap(
    fromElements(
      dtype,
      shape,
      p.map((e, k) => (mask[k] ? e : q[k])),
    ),
  );
}

function repeated(a: NDArray, reps: readonly number[]): NDArray {
  const ndim = Math.max(a.shape.length, reps.length);
  const shape = [...new Array<number>(ndim - a.shape.length).fill(1), ...a.shape];
  const times = [...new Array<number>(ndim - reps.length).fill(1), ...reps];
  let out = contiguous(reshape(a, shape));
  for (let axis = 0; axis < ndim; axis++)
    if (times[axis] !== 1)
      out =
        times[axis] === 0
          ? ndarray(
              out.dtype,
              out.shape.map((n, i) => (i === axis ? 0 : n)),
              out.data.slice(0, 0),
            )
          : concatenate(new Array<NDArray>(times[axis]).fill(out), axis, out.dtype);
  return out;
}

function rolled(a: NDArray, shift: number, axis: number | undefined): NDArray {
  if (axis === undefined) return reshape(rolled(reshape(a, [sizeOf(a.shape)]), shift, 0), a.shape);
  const n = a.shape[axis];
  const from = positions(a);
  const inner = sizeOf(a.shape.slice(axis + 1));
  const picked = from.map((_, k) => {
    const i = Math.floor(k / inner) % n;
    const source = (((i - shift) % n) + n) % n;
    return from[k + (source - i) * inner];
  });
  return gather(a, picked, a.shape);
}

export const SHAPE: readonly LibraryFunction[] = [
  {
    path: 'numpy.reshape',
    signature: 'a, newshape, order=C',
    evaluate: x => arrayValue(reshaped(toArray(need(x.a)), integersOf(need(x.newshape)), orderOf(x.order))),
  },
  {
    path: 'numpy.ravel',
    signature: 'a, order=C',
    evaluate: x => arrayValue(reshaped(toArray(need(x.a)), [-1], orderOf(x.order))),
  },
  {
    path: 'numpy.transpose',
    signature: 'a, axes=None',
    evaluate: (x, c) => {
      c.record('transpose', [need(x.a)]);
      return unwrap(transposed(toArray(need(x.a)), x.axes));
    },
  },
  { path: 'numpy.squeeze', signature: 'a, axis=None', evaluate: x => unwrap(squeezed(toArray(need(x.a)), x.axis)) },
  {
    path: 'numpy.expand_dims',
    signature: 'a, axis',
    evaluate: x => {
      const a = toArray(need(x.a));
      const axis = axisOf(need(x.axis), a.shape.length + 1);
      return arrayValue(reshape(a, [...a.shape.slice(0, axis), 1, ...a.shape.slice(axis)]));
    },
  },
  {
    path: 'numpy.concatenate',
    signature: 'arrays, /, axis=0',
    evaluate: x => concatenated(listOf(need(x.arrays)), x.axis),
  },
  { path: 'numpy.stack', signature: 'arrays, axis=0', evaluate: x => stacked(listOf(need(x.arrays)), x.axis) },
  {
    path: 'numpy.hstack',
    signature: 'tup',
    evaluate: x => {
      const list = listOf(need(x.tup)).map(v => arrayValue(atLeast(toArray(v), 1)));
      return concatenated(list, { kind: 'scalar', dtype: 'int64', value: list[0]?.array.shape.length === 1 ? 0 : 1 });
    },
  },
  {
    path: 'numpy.vstack',
    signature: 'tup',
    evaluate: x =>
      concatenated(
        listOf(need(x.tup)).map(v => arrayValue(atLeast(toArray(v), 2))),
        undefined,
      ),
  },
  {
    path: 'numpy.column_stack',
    signature: 'tup',
    evaluate: x =>
      concatenated(
        listOf(need(x.tup)).map(v => {
          const a = toArray(v);
          return arrayValue(a.shape.length < 2 ? reshape(a, [sizeOf(a.shape), 1]) : a);
        }),
        { kind: 'scalar', dtype: 'int64', value: 1 },
      ),
  },
  { path: 'numpy.where', signature: 'condition, x=None, y=None', evaluate: where },
  {
    path: 'numpy.tile',
    signature: 'A, reps',
    evaluate: (x, c) => {
      const a = toArray(need(x.A));
      const reps = integersOf(need(x.reps));
      c.budget.claim(sizeOf(a.shape) * reps.reduce((p, n) => p * n, 1));
      return arrayValue(repeated(a, reps));
    },
  },
  {
    path: 'numpy.flip',
    signature: 'm, axis=None',
    evaluate: x => arrayValue(flipped(toArray(need(x.m)), axesOf(x.axis, toArray(need(x.m)).shape.length))),
  },
  { path: 'numpy.flipud', signature: 'm', evaluate: x => arrayValue(flipped(toArray(need(x.m)), [0])) },
  { path: 'numpy.fliplr', signature: 'm', evaluate: x => arrayValue(flipped(toArray(need(x.m)), [1])) },
  {
    path: 'numpy.roll',
    signature: 'a, shift, axis=None',
    evaluate: x => {
      const a = toArray(need(x.a));
      return arrayValue(
        rolled(
          a,
          needInteger(need(x.shift)),
          x.axis && x.axis.kind !== 'none' ? axisOf(x.axis, a.shape.length) : undefined,
        ),
      );
    },
  },
  { path: 'numpy.atleast_1d', signature: 'arys', evaluate: x => arrayValue(atLeast(toArray(need(x.arys)), 1)) },
  { path: 'numpy.atleast_2d', signature: 'arys', evaluate: x => arrayValue(atLeast(toArray(need(x.arys)), 2)) },
  {
    path: 'numpy.swapaxes',
    signature: 'a, axis1, axis2',
    evaluate: x => {
      const a = toArray(need(x.a));
      const [i, j] = [axisOf(need(x.axis1), a.shape.length), axisOf(need(x.axis2), a.shape.length)];
      return arrayValue(
        transpose(
          a,
          a.shape.map((_, k) => (k === i ? j : k === j ? i : k)),
        ),
      );
    },
  },
  {
    path: 'numpy.broadcast_to',
    signature: 'array, shape',
    evaluate: (x, c) => {
      const a = toArray(need(x.array));
      const shape = integersOf(need(x.shape));
      const fits = broadcastShapes(a.shape, shape);
      if (!fits || fits.some((n, i) => n !== shape[i]) || fits.length !== shape.length)
        fail(
          `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape).replace(/ /g, '')}  and requested shape ${shapeText(shape).replace(/ /g, '')}`,
        );
      c.budget.claim(sizeOf(shape));
      return arrayValue(broadcastTo(a, shape));
    },
  },
];
