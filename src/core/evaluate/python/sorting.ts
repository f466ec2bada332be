import { pythonRepr } from '../../format/numpy';
import { type Element, integerRange, isComplex, isComplexType, promote } from '../../values/dtype';
import {
  asType,
  contiguous,
  fromElements,
  isBig,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, NONE, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { axisOf, elementsOf, int, integerOf, integersOf, needInteger, resultType, toArray, unwrap } from './coerce';
import { concatenate } from './joining';
import { isTrue } from './reductions';
import { isWhole } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** NumPy's order: NaN behind everything; complex by real, then imaginary part. */
export function before(p: Element, q: Element): number {
  if (isComplex(p) || isComplex(q)) {
    const [a, b] = [p, q].map(e => (isComplex(e) ? e : { re: Number(e), im: 0 }));
    const nan = (z: { re: number; im: number }): number => Number(Number.isNaN(z.re)) * 2 + Number(Number.isNaN(z.im));
    if (nan(a) !== nan(b)) return nan(a) - nan(b);
    return a.re < b.re ? -1 : a.re > b.re ? 1 : a.im < b.im ? -1 : a.im > b.im ? 1 : 0;
  }
  if (Number.isNaN(p)) return Number.isNaN(q) ? 0 : 1;
  if (Number.isNaN(q)) return -1;
  return p < q ? -1 : p > q ? 1 : 0;
}

/** The order that sorts `items[start … start + n)`, ties in their first order. */
const ranks = (items: readonly Element[], start: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => i).sort((i, j) => before(items[start + i], items[start + j]) || i - j);

/** Sorts, or ranks, along an axis; the flattened array for None. */
export function sorted(v: Value, axis: Value | undefined, indices: boolean): NDArray {
  const a = toArray(v);
  const flat = axis?.kind === 'none';
  const source = flat ? reshape(a, [sizeOf(a.shape)]) : a;
  if (source.shape.length === 0 && indices) return ndarray('int64', [1], new Float64Array(1));
  if (source.shape.length === 0)
    fail(`AxisError: axis ${axis ? integersOf(axis) : -1} is out of bounds for array of dimension 0`);
  const at = axis && !flat ? axisOf(axis, source.shape.length) : source.shape.length - 1;
  const order = [...source.shape.map((_, i) => i).filter(i => i !== at), at];
  const moved = contiguous(transpose(source, order));
  const n = source.shape[at];
  const back = source.shape.map((_, i) => order.indexOf(i));
  const finish = (out: NDArray): NDArray => contiguous(transpose(out, back));
  if (!indices && !isComplexType(a.dtype) && !isBig(moved.data)) {
    const x = Float64Array.from(toFloat64(moved));
    for (let k = 0; k + n <= x.length && n > 0; k += n) x.subarray(k, k + n).sort();
    return finish(asType(ndarray('float64', moved.shape, x), a.dtype));
  }
  const items = elementsOf(moved);
  const out: Element[] = [];
  for (let k = 0; k < items.length; k += n) for (const i of ranks(items, k, n)) out.push(indices ? i : items[k + i]);
  return finish(fromElements(indices ? 'int64' : a.dtype, moved.shape, out));
}

/** Up to so many items NumPy's default sorts by insertion, which keeps the order of equal ones. */
const INSERTED = 16;
const TIES =
  "the order of equal elements is NumPy's choice, which differs between versions: kind='stable' keeps theirs";

/** Whether every version of NumPy ranks the elements so: equal ones of long axes stay in order only where that is asked for. */
function settledOrder(a: NDArray, order: NDArray, x: Bound): boolean {
  const kind = x.kind?.kind === 'string' ? x.kind.value : 'quicksort';
  if (kind === 'stable' || kind === 'mergesort' || isTrue(x.stable)) return true;
  const flat = x.axis?.kind === 'none' || a.shape.length < 2;
  const at = flat ? 0 : x.axis ? axisOf(x.axis, a.shape.length) : a.shape.length - 1;
  const n = flat ? sizeOf(a.shape) : a.shape[at];
  if (n <= INSERTED && kind !== 'heapsort') return true;
  const axes = [...a.shape.keys()].filter(i => i !== at);
  const along = (v: NDArray): Element[] => elementsOf(flat ? reshape(v, [n]) : transpose(v, [...axes, at]));
  const [items, ranks] = [along(a), along(order).map(Number as (e: Element) => number)];
  for (let start = 0; start < items.length; start += n)
    for (let k = 1; k < n; k++)
      if (before(items[start + ranks[start + k - 1]], items[start + ranks[start + k]]) === 0) return false;
  return true;
}

const isNan = (e: Element): boolean => (isComplex(e) ? Number.isNaN(e.re) || Number.isNaN(e.im) : Number.isNaN(e));

/** Whether two neighbours in order are one element; NaNs are all alike or none are. */
const same = (p: Element, q: Element, equalNan = true): boolean =>
  isNan(p) && isNan(q) ? equalNan : before(p, q) === 0;

interface Distinct {
  readonly values: NDArray;
  readonly first: number[];
  readonly inverse: number[];
  readonly counts: number[];
}

/** Sorted distinct elements of a 1-D array, with where each first stands, which one every element is, and how often. */
function distinct(a: NDArray, equalNan = true): Distinct {
  const items = elementsOf(a);
  const order = ranks(items, 0, items.length);
  const first: number[] = [];
  const counts: number[] = [];
  const inverse = new Array<number>(items.length);
  order.forEach((at, k) => {
    if (k === 0 || !same(items[order[k - 1]], items[at], equalNan)) {
      first.push(at);
      counts.push(0);
    }
    counts[counts.length - 1]++;
    inverse[at] = first.length - 1;
  });
  return {
    values: fromElements(
      a.dtype,
      [first.length],
      first.map(i => items[i]),
    ),
    first,
    inverse,
    counts,
  };
}

const indexArray = (list: ArrayLike<number>, shape: readonly number[] = [list.length]): Value =>
  arrayValue(ndarray('int64', shape, Float64Array.from(list)));

function unique(x: Bound): Value {
  const a = toArray(need(x.ar));
  const extras = (d: Distinct, values: Value): Value => {
    const out = [values];
    if (isTrue(x.return_index)) out.push(indexArray(d.first));
    if (isTrue(x.return_inverse)) out.push(indexArray(d.inverse));
    if (isTrue(x.return_counts)) out.push(indexArray(d.counts));
    return out.length === 1 ? values : tuple(out);
  };
  if (x.axis === undefined || x.axis.kind === 'none') {
    const d = distinct(reshape(a, [sizeOf(a.shape)]), x.equal_nan === undefined || isTrue(x.equal_nan));
    return extras(d, arrayValue(d.values));
  }
  const axis = axisOf(x.axis, a.shape.length);
  const order = [axis, ...a.shape.map((_, i) => i).filter(i => i !== axis)];
  const moved = contiguous(transpose(a, order));
  const n = a.shape[axis];
  const width = sizeOf(moved.shape.slice(1));
  const items = elementsOf(moved);
  const row = (i: number): Element[] => items.slice(i * width, (i + 1) * width);
  const rows = Array.from({ length: n }, (_, i) => row(i));
  const compareRows = (i: number, j: number): number => {
    for (let k = 0; k < width; k++) {
      const d = before(rows[i][k], rows[j][k]);
      if (d !== 0) return d;
    }
    return 0;
  };
  const ranked = rows.map((_, i) => i).sort((i, j) => compareRows(i, j) || i - j);
  const first: number[] = [];
  const counts: number[] = [];
  const inverse = new Array<number>(n);
  ranked.forEach((at, k) => {
    // Rows are compared as wholes: one with a NaN in it equals no other.
    if (k === 0 || compareRows(ranked[k - 1], at) !== 0 || rows[at].some(isNan)) {
      first.push(at);
      counts.push(0);
    }
    counts[counts.length - 1]++;
    inverse[at] = first.length - 1;
  });
  const kept = fromElements(a.dtype, [first.length, ...moved.shape.slice(1)], first.flatMap(row));
  const back = contiguous(
    transpose(
      kept,
      a.shape.map((_, i) => order.indexOf(i)),
    ),
  );
  return extras({ values: back, first, inverse, counts }, arrayValue(back));
}

/** Binary search: how many elements of the sorted `items` lie before `x` (left), or before and at it (right). */
export function searchSorted(items: readonly Element[], x: Element, right: boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const d = before(items[middle], x);
    if (d < 0 || (right && d === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function searched(x: Bound): Value {
  const a = toArray(need(x.a));
  const v = toArray(need(x.v));
  const side = x.side?.kind === 'string' ? x.side.value : 'left';
  if (side !== 'left' && side !== 'right')
    return fail(`ValueError: search side must be 'left' or 'right' (got '${side}')`);
  if (a.shape.length !== 1)
    return fail(`ValueError: object ${a.shape.length > 1 ? 'too deep' : 'of too small depth'} for desired array`);
  let items = elementsOf(a);
  if (x.sorter !== undefined && x.sorter.kind !== 'none') {
    const all = items;
    items = elementsOf(toArray(x.sorter)).map(i => all[Number(i as number)]);
  }
  // NumPy's search goes on from where the last one ended, which shows where the array is not sorted.
  const keys = elementsOf(v);
  let [low, high] = [0, items.length];
  const out = keys.map((key, k) => {
    if (k > 0 && before(keys[k - 1], key) < 0) high = items.length;
    else if (k > 0) [low, high] = [0, Math.min(high + 1, items.length)];
    while (low < high) {
      const middle = (low + high) >> 1;
      const d = before(items[middle], key);
      if (d < 0 || (side === 'right' && d === 0)) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return unwrap(ndarray('int64', v.shape, Float64Array.from(out)));
}

/** 1-D values of both arguments in one type. */
function pairOf(p: Value, q: Value, dtype = promote(toArray(p).dtype, toArray(q).dtype)): readonly [NDArray, NDArray] {
  const flat = (v: Value): NDArray => reshape(asType(toArray(v), dtype), [sizeOf(toArray(v).shape)]);
  return [flat(p), flat(q)];
}

const contains = (a: NDArray): ((e: Element) => boolean) => {
  const items = elementsOf(sorted(arrayValue(reshape(a, [sizeOf(a.shape)])), undefined, false));
  return e => {
    const k = searchSorted(items, e, false);
    return k < items.length && same(items[k], e, false);
  };
};

/** How members are looked for: a table of all numbers between the least and the most is for whole numbers. */
function needKind(kind: Value | undefined, a: NDArray, test: NDArray): void {
  if (kind === undefined || kind.kind === 'none') return;
  const name = kind.kind === 'string' ? kind.value : pythonRepr(kind);
  if (name !== 'sort' && name !== 'table')
    fail(`ValueError: Invalid kind: '${name}'. Please use None, 'sort' or 'table'.`);
  if (name === 'sort') return;
  if (!isWhole(a.dtype) || !isWhole(test.dtype))
    fail(
      "ValueError: The 'table' method is only supported for boolean or integer arrays. Please select 'sort' or None for kind.",
    );
  if (test.dtype === 'bool' || sizeOf(test.shape) === 0) return;
  const items = elementsOf(sorted(arrayValue(test), NONE, false)).map(e => BigInt(e as number | bigint));
  const range = (items.at(-1) ?? 0n) - items[0];
  if (range > BigInt(integerRange(test.dtype)[1]))
    fail(
      "RuntimeError: You have specified kind='table', but the range of values in `ar2` or `ar1` exceed the maximum integer of the datatype. Please set `kind` to None or 'sort'.",
    );
}

function membership(element: Value, test: Value, x: Bound, flat: boolean): Value {
  const a = toArray(element);
  needKind(x.kind, a, toArray(test));
  const invert = isTrue(x.invert);
  const found = contains(toArray(test));
  return arrayValue(
    fromElements(
      'bool',
      flat ? [sizeOf(a.shape)] : a.shape,
      elementsOf(a).map(e => found(e) !== invert),
    ),
  );
}

function sets(x: Bound, keep: 'both' | 'first' | 'one'): Value {
  const [p, q] = pairOf(need(x.ar1), need(x.ar2));
  const ordered = (a: NDArray): NDArray => (isTrue(x.assume_unique) ? a : distinct(a).values);
  const [a, b] = [ordered(p), ordered(q)];
  const [inA, inB] = [contains(a), contains(b)];
  if (keep === 'first') {
    const left = elementsOf(a).filter(e => !inB(e));
    return arrayValue(asType(fromElements(p.dtype, [left.length], left), resultType([need(x.ar1)])));
  }
  const chosen =
    keep === 'both'
      ? elementsOf(a).filter(inB)
      : [...elementsOf(a).filter(e => !inB(e)), ...elementsOf(b).filter(e => !inA(e))];
  chosen.sort(before);
  const values = arrayValue(fromElements(p.dtype, [chosen.length], chosen));
  if (!isTrue(x.return_indices)) return values;
  const place = (of: NDArray): Value => {
    const items = elementsOf(of);
    return indexArray(chosen.map(e => items.findIndex(i => same(i, e))));
  };
  return tuple([values, place(p), place(q)]);
}

function lexsort(x: Bound): Value {
  const given = need(x.keys);
  const parts = (given.kind === 'list' || given.kind === 'tuple' ? [...given.items] : rowsOf(toArray(given))).map(
    toArray,
  );
  if (parts.length === 0) return fail('TypeError: need sequence of keys with len > 0 in lexsort');
  const { shape } = parts[0];
  if (parts.some(p => p.shape.length !== shape.length || p.shape.some((n, i) => n !== shape[i])))
    return fail('ValueError: all keys need to be the same shape');
  const last = x.axis === undefined || integerOf(x.axis) === -1;
  if (shape.length === 0) return last || integerOf(x.axis) === 0 ? int(0) : int(axisOf(need(x.axis), 0));
  const axis = last ? shape.length - 1 : axisOf(need(x.axis), shape.length);
  if (shape.length > 1) return lexsortLanes(parts, axis);
  return indexArray(lexOrder(parts.map(elementsOf)));
}

/** Keys of more dimensions: every lane along the axis by itself. */
function lexsortLanes(parts: readonly NDArray[], axis: number): Value {
  const { shape } = parts[0];
  const order = [...shape.map((_, i) => i).filter(i => i !== axis), axis];
  const lanes = parts.map(p => elementsOf(transpose(p, order)));
  const n = shape[axis];
  const out: number[] = [];
  for (let from = 0; from < lanes[0].length; from += n) out.push(...lexOrder(lanes.map(l => l.slice(from, from + n))));
  const made = ndarray(
    'int64',
    order.map(i => shape[i]),
    Float64Array.from(out),
  );
  return arrayValue(
    contiguous(
      transpose(
        made,
        order.map((_, i) => order.indexOf(i)),
      ),
    ),
  );
}

/** The order of places by the last key, then the one before. */
function lexOrder(keys: readonly (readonly Element[])[]): number[] {
  return Array.from({ length: keys[0].length }, (_, i) => i).sort((i, j) => {
    for (let k = keys.length - 1; k >= 0; k--) {
      const d = before(keys[k][i], keys[k][j]);
      if (d !== 0) return d;
    }
    return i - j;
  });
}

const rowsOf = (a: NDArray): Value[] =>
  Array.from({ length: a.shape[0] }, (_, i) =>
    unwrap({ ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] }),
  );

/** Indices of true elements, one list for every axis. */
export function nonzero(a: NDArray): Value[] {
  const c = asType(contiguous(a.shape.length === 0 ? reshape(a, [1]) : a), 'bool');
  const hits: number[] = [];
  for (let k = 0; k < c.data.length; k++) if (c.data[k]) hits.push(k);
  let step = 1;
  const out: Value[] = [];
  for (let axis = c.shape.length - 1; axis >= 0; axis--) {
    const at = step;
    const n = c.shape[axis];
    out.unshift(indexArray(hits.map(h => Math.floor(h / at) % n)));
    step *= n;
  }
  return out;
}

/** np.trim_zeros after NumPy 2.2: the smallest box around all that is not zero, cut on the sides and along the axes that are named. */
function trimZeros(x: Bound): Value {
  const filt = need(x.filt);
  const trim = (x.trim?.kind === 'string' ? x.trim.value : 'fb').toLowerCase();
  const a = toArray(filt);
  const { shape } = a;
  const axes =
    x.axis === undefined || x.axis.kind === 'none'
      ? shape.map((_, i) => i)
      : integersOf(x.axis).map(k => axisOf(int(k), shape.length));
  if (axes.length === 0) return filt;
  const filled = elementsOf(a).flatMap((e, k) =>
    (isComplex(e) ? e.re !== 0 || e.im !== 0 : Number(e) !== 0) ? [k] : [],
  );
  const range = (axis: number): readonly [number, number] => {
    if (!axes.includes(axis)) return [0, shape[axis]];
    if (filled.length === 0) return [0, 0];
    const step = sizeOf(shape.slice(axis + 1));
    const places = filled.map(k => Math.floor(k / step) % shape[axis]);
    const [least, most] = [places.reduce((p, q) => Math.min(p, q)), places.reduce((p, q) => Math.max(p, q))];
    return [trim.includes('f') ? least : 0, trim.includes('b') ? most + 1 : shape[axis]];
  };
  const ranges = shape.map((_, axis) => range(axis));
  if (filt.kind === 'list' || filt.kind === 'tuple')
    return shape.length === 1
      ? { kind: filt.kind, items: filt.items.slice(...ranges[0]) }
      : fail(`TypeError: ${filt.kind} indices must be integers or slices, not tuple`);
  return arrayValue({
    ...a,
    shape: ranges.map(([from, to]) => to - from),
    offset: ranges.reduce((p, [from], axis) => p + from * a.strides[axis], a.offset),
  });
}

export const SORTING: readonly LibraryFunction[] = [
  {
    path: 'numpy.sort',
    signature: 'a, axis=-1, kind=None, order=None, *, stable=None',
    evaluate: x => unwrap(sorted(need(x.a), x.axis, false)),
  },
  { path: 'numpy.msort', signature: 'a', evaluate: x => unwrap(sorted(need(x.a), int(0), false)) },
  {
    path: 'numpy.argsort',
    signature: 'a, axis=-1, kind=None, order=None, *, stable=None',
    evaluate: x => {
      const order = sorted(need(x.a), x.axis, true);
      return settledOrder(toArray(need(x.a)), order, x) ? unwrap(order) : unknown(TIES);
    },
  },
  {
    path: 'numpy.sort_complex',
    signature: 'a',
    evaluate: x => {
      const a = sorted(need(x.a), undefined, false);
      const short = ['int8', 'uint8', 'int16', 'uint16'].includes(a.dtype);
      return arrayValue(isComplexType(a.dtype) ? a : asType(a, short ? 'complex64' : 'complex128'));
    },
  },
  { path: 'numpy.lexsort', signature: 'keys, axis=-1', evaluate: lexsort },
  {
    path: 'numpy.unique',
    signature: 'ar, return_index=False, return_inverse=False, return_counts=False, axis=None, *, equal_nan=True',
    evaluate: unique,
  },
  { path: 'numpy.searchsorted', signature: 'a, v, side=left, sorter=None', evaluate: searched },
  {
    path: 'numpy.intersect1d',
    signature: 'ar1, ar2, assume_unique=False, return_indices=False',
    evaluate: x => sets(x, 'both'),
  },
  { path: 'numpy.setdiff1d', signature: 'ar1, ar2, assume_unique=False', evaluate: x => sets(x, 'first') },
  { path: 'numpy.setxor1d', signature: 'ar1, ar2, assume_unique=False', evaluate: x => sets(x, 'one') },
  {
    path: 'numpy.union1d',
    signature: 'ar1, ar2',
    evaluate: x => {
      const [p, q] = pairOf(need(x.ar1), need(x.ar2), resultType([need(x.ar1), need(x.ar2)]));
      return arrayValue(distinct(concatenate([p, q], 0, p.dtype)).values);
    },
  },
  {
    path: 'numpy.in1d',
    signature: 'ar1, ar2, assume_unique=False, invert=False, *, kind=None',
    evaluate: x => membership(need(x.ar1), need(x.ar2), x, true),
  },
  {
    path: 'numpy.isin',
    signature: 'element, test_elements, assume_unique=False, invert=False, *, kind=None',
    evaluate: x =>
      // NumPy takes a set for one object, which no number equals.
      need(x.test_elements).kind === 'set'
        ? membership(need(x.element), { kind: 'list', items: [] }, x, false)
        : membership(need(x.element), need(x.test_elements), x, false),
  },
  { path: 'numpy.nonzero', signature: 'a', evaluate: x => tuple(nonzero(toArray(need(x.a)))) },
  {
    path: 'numpy.flatnonzero',
    signature: 'a',
    evaluate: x => {
      const a = toArray(need(x.a));
      return nonzero(reshape(a, [sizeOf(a.shape)]))[0];
    },
  },
  {
    path: 'numpy.argwhere',
    signature: 'a',
    evaluate: x => {
      const given = toArray(need(x.a));
      if (given.shape.length === 0) {
        const n = nonzero(given)[0];
        return indexArray([], [n.kind === 'array' ? n.array.shape[0] : 0, 0]);
      }
      const lists = nonzero(given).map(v => elementsOf(toArray(v)));
      const n = lists[0]?.length ?? 0;
      return indexArray(Array.from({ length: n }, (_, i) => lists.map(l => Number(l[i] as number))).flat(), [
        n,
        lists.length,
      ]);
    },
  },
  { path: 'numpy.trim_zeros', signature: 'filt, trim=fb, axis=None', evaluate: trimZeros },
  {
    path: 'numpy.digitize',
    signature: 'x, bins, right=False',
    evaluate: x => {
      const v = toArray(need(x.x));
      if (isComplexType(v.dtype)) return fail('TypeError: x may not be complex');
      const edges = toArray(need(x.bins));
      if (isComplexType(edges.dtype))
        return fail(
          `TypeError: Cannot cast array data from dtype('${edges.dtype}') to dtype('float64') according to the rule 'safe'`,
        );
      if (edges.shape.length !== 1)
        return fail(
          `ValueError: object ${edges.shape.length > 1 ? 'too deep' : 'of too small depth'} for desired array`,
        );
      const bins = elementsOf(edges);
      const right = isTrue(x.right);
      const rising = bins.every((b, k) => k === 0 || before(bins[k - 1], b) <= 0);
      const falling = bins.every((b, k) => k === 0 || before(bins[k - 1], b) >= 0);
      if (!rising && !falling) return fail('ValueError: bins must be monotonically increasing or decreasing');
      const list = rising ? bins : bins.toReversed();
      const out = elementsOf(v).map(e => {
        const k = searchSorted(list, e, !right);
        return rising ? k : bins.length - k;
      });
      return unwrap(ndarray('int64', v.shape, Float64Array.from(out)));
    },
  },
  {
    path: 'numpy.bincount',
    signature: 'x, /, weights=None, minlength=0',
    evaluate: (x, c) => {
      const { kind } = need(x.x);
      // A list is made an array of whole numbers, whatever is in it.
      const given = kind === 'list' || kind === 'tuple' ? asType(toArray(need(x.x)), 'int64') : toArray(need(x.x));
      if (kind !== 'array' && isComplexType(toArray(need(x.x)).dtype))
        return fail("TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'");
      if (given.shape.length !== 1)
        return fail(
          `ValueError: object ${given.shape.length > 1 ? 'too deep' : 'of too small depth'} for desired array`,
        );
      if (!isWhole(given.dtype))
        return fail(
          `TypeError: Cannot cast array data from dtype('${given.dtype}') to dtype('int64') according to the rule 'safe'`,
        );
      const least = x.minlength && x.minlength.kind !== 'none' ? needInteger(x.minlength) : 0;
      if (least < 0) return fail("ValueError: 'minlength' must not be negative");
      const v = toFloat64(given);
      if (v.some(e => e < 0)) return fail("ValueError: 'list' argument must have no negative elements");
      const n = Math.max(
        least,
        v.reduce((m, e) => Math.max(m, e + 1), 0),
      );
      c.budget.claim(n);
      const out = new Float64Array(n);
      const weighted = x.weights !== undefined && x.weights.kind !== 'none';
      const weights = weighted ? toArray(x.weights as Value) : undefined;
      if (weights && weights.shape.join() !== given.shape.join())
        return fail("ValueError: The weights and list don't have the same length.");
      if (weights && isComplexType(weights.dtype))
        return fail("TypeError: float() argument must be a string or a real number, not 'complex'");
      const w = weights && toFloat64(weights);
      for (let k = 0; k < v.length; k++) out[v[k]] += w ? w[k] : 1;
      return arrayValue(ndarray(weighted ? 'float64' : 'int64', [n], out));
    },
  },
];
