import { allocate, type NDArray, ndarray, reshape, sizeOf } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { axisOf, elementsOf, float, int, toArray } from './coerce';
import { concatenate, takeAlong } from './joining';
import { linearRamp, paddingMedian } from './padding-values';
import { extreme, mean } from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** `(before, after)` for every axis, from a number, a pair or a list of pairs. */
function pairs(v: Value, ndim: number): (readonly [Value, Value])[] {
  const single = (p: Value): readonly [Value, Value] => {
    if (p.kind === 'list' || p.kind === 'tuple') {
      const [a, b] = p.items;
      return p.items.length === 1 ? [a, a] : p.items.length === 2 ? [a, b] : unknown('this padding is not covered yet');
    }
    return [p, p];
  };
  if (v.kind === 'array') return pairs(listOf(v.array), ndim);
  if ((v.kind === 'list' || v.kind === 'tuple') && v.items.some(p => p.kind === 'list' || p.kind === 'tuple')) {
    if (v.items.length === 1) return new Array(ndim).fill(single(v.items[0]));
    if (v.items.length !== ndim)
      return fail(
        `ValueError: operands could not be broadcast together with remapped shapes [original->remapped]: (${v.items.length},2)  and requested shape (${ndim},2)`,
      );
    return v.items.map(single);
  }
  return new Array(ndim).fill(single(v));
}

const listOf = (a: NDArray): Value => {
  const items = elementsOf(a).map(e => int(Number(e as number)));
  if (a.shape.length < 2) return a.shape.length === 0 ? items[0] : { kind: 'list', items };
  const [m, n] = a.shape;
  return {
    kind: 'list',
    items: Array.from({ length: m }, (_, i): Value => ({ kind: 'list', items: items.slice(i * n, (i + 1) * n) })),
  };
};

/** Widths by axis, `{-1: (1, 2)}`, as NumPy 2 has them; all other axes stay. */
function byAxis(entries: readonly (readonly [Value, Value])[], ndim: number): (readonly [Value, Value])[] {
  const widths = Array.from({ length: ndim }, (): readonly [Value, Value] => [int(0), int(0)]);
  for (const [key, width] of entries) {
    const axis = axisOf(key, ndim);
    widths[axis] = pairs(width, 1)[0];
  }
  return widths;
}

const count = (v: Value): number => {
  const n = v.kind === 'scalar' ? Number(v.value) : Number.NaN;
  if (!Number.isInteger(n)) fail('TypeError: `pad_width` must be of integral type.');
  if (n < 0) fail("ValueError: index can't contain negative values");
  return n;
};

/** Where in 0 … n-1 the place k of the padded axis comes from. */
const SOURCES: Readonly<Record<string, (k: number, n: number) => number>> = {
  edge: (k, n) => Math.min(Math.max(k, 0), n - 1),
  wrap: (k, n) => ((k % n) + n) % n,
  symmetric: (k, n) => {
    const m = ((k % (2 * n)) + 2 * n) % (2 * n);
    return m < n ? m : 2 * n - 1 - m;
  },
  reflect: (k, n) => {
    if (n === 1) return 0;
    const m = ((k % (2 * n - 2)) + (2 * n - 2)) % (2 * n - 2);
    return m < n ? m : 2 * n - 2 - m;
  },
};

/** The part of an axis at one end that a statistic is taken over. */
const end = (a: NDArray, axis: number, length: number, first: boolean): NDArray => {
  const n = a.shape[axis];
  const k = Math.min(length, n);
  return takeAlong(
    a,
    Array.from({ length: k }, (_, i) => (first ? i : n - k + i)),
    axis,
  );
};

function pad(x: Bound, c: Context): Value {
  let a = toArray(need(x.array));
  const given = need(x.pad_width);
  const wanted = given.kind === 'dict' ? byAxis(given.entries, a.shape.length) : pairs(given, a.shape.length);
  const widths = wanted.map(([p, q]) => [count(p), count(q)] as const);
  if (x.mode?.kind === 'function') return unknown('padding by a function is not covered yet');
  const mode = x.mode?.kind === 'string' ? x.mode.value : 'constant';
  c.budget.claim(sizeOf(a.shape.map((n, i) => n + widths[i][0] + widths[i][1])));
  if (sizeOf(a.shape) === 0 && mode !== 'constant' && mode !== 'empty') {
    const axis = a.shape.findIndex((n, i) => n === 0 && (widths[i][0] > 0 || widths[i][1] > 0));
    if (axis >= 0)
      return fail(`ValueError: can't extend empty axis ${axis} using modes other than 'constant' or 'empty'`);
    const shape = a.shape.map((n, i) => n + widths[i][0] + widths[i][1]);
    return arrayValue(ndarray(a.dtype, shape, allocate(a.dtype, 0)));
  }
  const constants = pairs(x.constant_values ?? int(0), a.shape.length);
  const ends = pairs(x.end_values ?? int(0), a.shape.length);
  const lengths = x.stat_length && x.stat_length.kind !== 'none' ? pairs(x.stat_length, a.shape.length) : undefined;
  if (
    mode !== 'symmetric' && mode !== 'reflect'
      ? false
      : x.reflect_type?.kind === 'string' && x.reflect_type.value === 'odd'
  )
    return oddReflection(a, widths, mode);
  for (let axis = 0; axis < a.shape.length; axis++) {
    const [before, after] = widths[axis];
    const n = a.shape[axis];
    const source = SOURCES[mode];
    if (source) {
      if (before === 0 && after === 0) continue;
      const places = Array.from({ length: before + n + after }, (_, k) => source(k - before, n));
      a = takeAlong(a, places, axis);
      continue;
    }
    const block = (v: NDArray, width: number): NDArray => ({
      ...v,
      shape: a.shape.map((m, i) => (i === axis ? width : m)),
      strides: v.shape.length === 0 ? a.shape.map(() => 0) : v.strides.map((s, i) => (i === axis ? 0 : s)),
    });
    const edges: NDArray[] = [];
    for (const side of [0, 1] as const) {
      const width = [before, after][side];
      if (mode === 'constant') edges.push(block(toArray(constants[axis][side]), width));
      else if (mode === 'linear_ramp')
        edges.push(linearRamp(end(a, axis, 1, side === 0), toArray(ends[axis][side]), axis, width, side === 0));
      else {
        const part = end(a, axis, lengths ? count(lengths[axis][side]) : n, side === 0);
        edges.push(block(statistic(part, mode, axis), width));
      }
    }
    a = concatenate(
      [edges[0], a, edges[1]].filter((p, i) => i === 1 || p.shape[axis] > 0),
      axis,
      a.dtype,
    );
  }
  return arrayValue(a);
}

function statistic(a: NDArray, mode: string, axis: number): NDArray {
  const v = arrayValue(a);
  const keep: Value = { kind: 'scalar', dtype: 'bool', value: true, weak: true };
  switch (mode) {
    case 'maximum':
      return toArray(extreme(v, 'max', int(axis), keep));
    case 'minimum':
      return toArray(extreme(v, 'min', int(axis), keep));
    case 'mean':
      return paddingMedian(toArray(mean(v, int(axis), keep)), a.dtype);
    case 'median':
      return paddingMedian(toArray(medianAlong(a, axis)), a.dtype);
    case 'empty':
      return unknown('np.pad with mode empty: uninitialised memory, known only when the code runs');
    default:
      return fail(`ValueError: mode '${mode}' is not supported`);
  }
}

function medianAlong(a: NDArray, axis: number): Value {
  const n = a.shape[axis];
  const order = takeAlong(
    a,
    Array.from({ length: n }, (_, i) => i),
    axis,
  );
  if (order.shape.length !== 1) return unknown('np.pad with the median of a matrix is not covered yet');
  const items = elementsOf(order)
    .map(e => Number(e as number))
    .sort((p, q) => p - q);
  const m = n % 2 === 1 ? items[(n - 1) / 2] : (items[n / 2 - 1] + items[n / 2]) / 2;
  return arrayValue(reshape(toArray(float(m)), [1]));
}

/** Reflection about the end value itself: 2·edge − reflected. Chunks at most n − 1 (reflect) or n (symmetric) wide. */
function oddReflection(given: NDArray, widths: readonly (readonly [number, number])[], mode: string): Value {
  const [only] = widths;
  if (given.shape.length !== 1 || given.dtype === 'bool') return unknown('this padding is not covered yet');
  let items = elementsOf(given).map(e => Number(e as number));
  const edge = mode === 'symmetric' ? 0 : 1;
  let [before, after] = only;
  while (before > 0 || after > 0) {
    const n = items.length;
    const k = Math.min(before, n - edge);
    const front = items
      .slice(edge, edge + k)
      .reverse()
      .map(v => 2 * items[0] - v);
    before -= k;
    items = [...front, ...items];
    const m = items.length;
    const j = Math.min(after, m - edge);
    const back = items
      .slice(m - edge - j, m - edge)
      .reverse()
      .map(v => 2 * items[m - 1] - v);
    after -= j;
    items = [...items, ...back];
    if (k === 0 && j === 0) return unknown('this padding is not covered yet');
  }
  return arrayValue(
    toArray({ kind: 'list', items: items.map(v => (given.dtype.startsWith('f') ? float(v) : int(v))) }),
  );
}

export const PADDING: readonly LibraryFunction[] = [
  {
    path: 'numpy.pad',
    signature:
      'array, pad_width, mode=constant, *, constant_values=0, end_values=0, stat_length=None, reflect_type=even',
    evaluate: pad,
  },
];
