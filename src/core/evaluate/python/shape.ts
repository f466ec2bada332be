import { broadcastShapes, broadcastTo, type NDArray, reshape, sizeOf, transpose } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail } from '../stop';
import { axisOf, int, integersOf, likeInput, needInteger, shapeText, toArray, unwrap } from './coerce';
import { moved, takeAlong } from './joining';
import { orderOf, ravelledIn } from './memory-order';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** A wished shape as NumPy's error writes it: an open side in front is not written, another one is `newaxis`. */
function wantedShape(shape: readonly number[]): string {
  const first = shape.findIndex(n => n >= 0);
  const parts = first < 0 ? [] : shape.slice(first).map(n => (n < 0 ? 'newaxis' : String(n)));
  return `(${parts.join(',')}${shape.length === 1 ? ',' : ''})`;
}

const isTruth = (v: Value): boolean => v.kind === 'scalar' && v.dtype === 'bool';

/** numpy.reshape with one side possibly -1. */
export function reshaped(a: NDArray, shape: readonly number[], order: 'C' | 'F' = 'C'): NDArray {
  const count = sizeOf(a.shape);
  const known = shape.filter(n => n !== -1).reduce((p, n) => p * n, 1);
  const open = shape.filter(n => n === -1).length;
  if (open > 1) fail('ValueError: can only specify one unknown dimension');
  const full = open === 1 ? shape.map(n => (n === -1 ? count / known : n)) : shape;
  if (full.some(n => !Number.isInteger(n) || n < 0) || sizeOf(full) !== count)
    fail(`ValueError: cannot reshape array of size ${count} into shape ${wantedShape(shape)}`);
  return reshape(a, full, order);
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

/** The array with its last two axes swapped, as a view. */
export function matrixTranspose(a: NDArray, attribute = false): NDArray {
  const n = a.shape.length;
  if (n < 2)
    return fail(
      attribute
        ? 'ValueError: matrix transpose with ndim < 2 is undefined'
        : `ValueError: Input array must be at least 2-dimensional, but it is ${n}`,
    );
  return transpose(a, [...Array.from({ length: n - 2 }, (_, i) => i), n - 1, n - 2]);
}

export function squeezed(a: NDArray, axis: Value | undefined): NDArray {
  const axes =
    axis === undefined || axis.kind === 'none'
      ? a.shape.flatMap((n, i) => (n === 1 ? [i] : []))
      : a.shape.length === 0 && /^(0|-1)$/.test(String(integersOf(axis)))
        ? []
        : axesOf(axis, a.shape.length);
  if (axes.some(i => a.shape[i] !== 1))
    fail('ValueError: cannot select an axis to squeeze out which has size not equal to one');
  return {
    ...a,
    shape: a.shape.filter((_, i) => !axes.includes(i)),
    strides: a.strides.filter((_, i) => !axes.includes(i)),
  };
}

/** The array, which must have so many dimensions. */
function atLeastDims(v: Value | undefined, ndim: number): NDArray {
  const a = toArray(need(v));
  return a.shape.length < ndim ? fail(`ValueError: Input must be >= ${ndim}-d.`) : a;
}

/** numpy.roll: elements move along axes and re-enter at the other end; over the flattened array without an axis. */
function rolled(x: Bound): Value {
  const a = toArray(need(x.a));
  const shifts = integersOf(need(x.shift));
  if (shifts.length === 0) return arrayValue(a);
  if (x.axis === undefined || x.axis.kind === 'none') {
    const n = sizeOf(a.shape);
    const by = shifts.reduce((s, k) => s + k, 0);
    const turned = takeAlong(
      reshape(a, [n]),
      Array.from({ length: n }, (_, i) => (((i - by) % n) + n) % n),
      0,
    );
    return arrayValue(reshape(turned, a.shape));
  }
  const axes = integersOf(x.axis).map(k => axisOf(int(k), a.shape.length));
  const count = Math.max(shifts.length, axes.length);
  let out = a;
  for (let k = 0; k < count; k++) {
    const axis = axes[axes.length === 1 ? 0 : k];
    const by = shifts[shifts.length === 1 ? 0 : k];
    const n = a.shape[axis];
    out = takeAlong(
      out,
      Array.from({ length: n }, (_, i) => (((i - by) % n) + n) % n),
      axis,
    );
  }
  return arrayValue(out);
}

export const SHAPE: readonly LibraryFunction[] = [
  {
    path: 'numpy.reshape',
    signature: 'a, newshape=None, order=C, *, shape=None',
    evaluate: x => {
      const a = toArray(need(x.a));
      const sides = need(x.newshape ?? x.shape);
      if ((sides.kind === 'tuple' || sides.kind === 'list') && sides.items.some(isTruth))
        return fail('TypeError: an integer is required');
      const out = reshaped(a, integersOf(sides), orderOf(x.order, a));
      // A number of NumPy's own gives a number.
      return need(x.a).kind === 'scalar' && !(need(x.a) as { weak?: boolean }).weak ? unwrap(out) : arrayValue(out);
    },
  },
  {
    path: 'numpy.ravel',
    signature: 'a, order=C',
    evaluate: x => arrayValue(ravelledIn(toArray(need(x.a)), x.order)),
  },
  {
    path: 'numpy.transpose',
    signature: 'a, axes=None',
    evaluate: (x, c) => {
      c.record('transpose', [need(x.a)]);
      return likeInput(need(x.a), transposed(toArray(need(x.a)), x.axes));
    },
  },
  {
    path: 'numpy.squeeze',
    signature: 'a, axis=None',
    evaluate: x => likeInput(need(x.a), squeezed(toArray(need(x.a)), x.axis)),
  },
  {
    path: 'numpy.expand_dims',
    signature: 'a, axis',
    evaluate: x => {
      const a = toArray(need(x.a));
      const given = integersOf(need(x.axis));
      const ndim = a.shape.length + given.length;
      const axes = given.map(k => axisOf(int(k), ndim));
      if (new Set(axes).size !== axes.length) fail('ValueError: repeated axis');
      const rest = [...a.shape];
      return arrayValue(
        reshape(
          a,
          Array.from({ length: ndim }, (_, i) => (axes.includes(i) ? 1 : (rest.shift() ?? 1))),
        ),
      );
    },
  },
  {
    path: 'numpy.flip',
    signature: 'm, axis=None',
    evaluate: x => {
      const m = toArray(need(x.m));
      return unwrap(flipped(m, axesOf(x.axis, m.shape.length)));
    },
  },
  { path: 'numpy.flipud', signature: 'm', evaluate: x => arrayValue(flipped(atLeastDims(x.m, 1), [0])) },
  { path: 'numpy.fliplr', signature: 'm', evaluate: x => arrayValue(flipped(atLeastDims(x.m, 2), [1])) },
  {
    path: 'numpy.rot90',
    signature: 'm, k=1, axes=(0, 1)',
    evaluate: x => {
      const m = toArray(need(x.m));
      const given = x.axes ? integersOf(x.axes) : [0, 1];
      if (given.length !== 2) fail('ValueError: len(axes) must be 2.');
      if (given[0] === given[1] || Math.abs(given[0] - given[1]) === m.shape.length)
        fail('ValueError: Axes must be different.');
      if (given.some(k => k >= m.shape.length || k < -m.shape.length))
        fail(`ValueError: Axes=(${given.join(', ')}) out of range for array of ndim=${m.shape.length}.`);
      const [p, q] = given.map(k => axisOf(int(k), m.shape.length));
      const turns = (((x.k ? needInteger(x.k) : 1) % 4) + 4) % 4;
      const order = m.shape.map((_, i) => (i === p ? q : i === q ? p : i));
      if (turns === 0) return arrayValue(m);
      if (turns === 2) return arrayValue(flipped(m, [p, q]));
      return arrayValue(turns === 1 ? transpose(flipped(m, [q]), order) : flipped(transpose(m, order), [q]));
    },
  },
  { path: 'numpy.roll', signature: 'a, shift, axis=None', evaluate: rolled },
  {
    path: 'numpy.moveaxis',
    signature: 'a, source, destination',
    evaluate: x => {
      const a = toArray(need(x.a));
      const places = (v: Value | undefined, name: string): number[] =>
        integersOf(need(v)).map(k => {
          const n = a.shape.length;
          if (k < -n || k >= n) fail(`AxisError: ${name}: axis ${k} is out of bounds for array of dimension ${n}`);
          return k < 0 ? k + n : k;
        });
      const [from, to] = [places(x.source, 'source'), places(x.destination, 'destination')];
      for (const [list, name] of [
        [from, 'source'],
        [to, 'destination'],
      ] as const)
        if (new Set(list).size !== list.length) fail(`ValueError: repeated axis in \`${name}\` argument`);
      if (from.length !== to.length)
        fail('ValueError: `source` and `destination` arguments must have the same number of elements');
      const order = a.shape.map((_, i) => i).filter(i => !from.includes(i));
      for (const [k] of [...to.entries()].sort((p, q) => p[1] - q[1])) order.splice(to[k], 0, from[k]);
      return arrayValue(transpose(a, order));
    },
  },
  {
    path: 'numpy.rollaxis',
    signature: 'a, axis, start=0',
    evaluate: x => {
      const a = toArray(need(x.a));
      const axis = axisOf(need(x.axis), a.shape.length);
      let start = x.start ? needInteger(x.start) : 0;
      const n = a.shape.length;
      if (start < 0) start += n;
      if (start < 0 || start > n)
        fail(`AxisError: 'start' arg requires ${-n} <= start < ${n + 1}, but ${start} was passed in`);
      return arrayValue(transpose(a, moved(a.shape.length, axis, axis < start ? start - 1 : start)));
    },
  },
  {
    path: 'numpy.swapaxes',
    signature: 'a, axis1, axis2',
    evaluate: x => {
      const a = toArray(need(x.a));
      const named = (v: Value | undefined, name: string): number => {
        const k = needInteger(need(v));
        if (k < -a.shape.length || k >= a.shape.length)
          fail(`AxisError: ${name}: axis ${k} is out of bounds for array of dimension ${a.shape.length}`);
        return k < 0 ? k + a.shape.length : k;
      };
      const [i, j] = [named(x.axis1, 'axis1'), named(x.axis2, 'axis2')];
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
      if (shape.length === 0 && a.shape.length > 0) fail('ValueError: cannot broadcast a non-scalar to a scalar array');
      const fits = broadcastShapes(a.shape, shape);
      if (shape.some(n => n < 0)) fail('ValueError: all elements of broadcast shape must be non-negative');
      if (a.shape.length > shape.length)
        fail('ValueError: input operand has more dimensions than allowed by the axis remapping');
      if (!fits || fits.some((n, i) => n !== shape[i]) || fits.length !== shape.length)
        fail(
          `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: ${shapeText(a.shape).replace(/ /g, '')}  and requested shape ${shapeText(shape).replace(/ /g, '')}`,
        );
      c.budget.claim(sizeOf(shape));
      return arrayValue(broadcastTo(a, shape));
    },
  },
];
