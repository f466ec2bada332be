import { isComplexType } from '../../../../values/dtype';
import { gather } from '../../../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  positions,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import { tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { integersOf, needInteger } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, dimOf, given, namedResult, tensor } from '../tensor';
import type { Composed } from './composed';
import { rolls } from './composed-algebra';
import { both, collected, functions, need } from './define';

/** Picking, turning round and sorting the elements of tensors. */

const T = (a: NDArray): Value => tensor(a, 'torch');

/** One element out of `input` for every index along a dimension. */
function gathered(x: Bound): Value {
  const a = arrayOf(x.input);
  const index = arrayOf(x.index);
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  if (index.dtype !== 'int64' || index.shape.length !== a.shape.length) return unknown('this index is not covered');
  if (index.shape.some((n, k) => k !== axis && n > a.shape[k])) return unknown('this index is larger than the tensor');
  const places = toFloat64(index);
  const at = new Array<number>(a.shape.length).fill(0);
  const from = Int32Array.from(places, p => {
    if (p < 0 || p >= a.shape[axis])
      fail(`RuntimeError: index ${p} is out of bounds for dimension ${axis} with size ${a.shape[axis]}`);
    let where = a.offset;
    for (let k = 0; k < at.length; k++) where += (k === axis ? p : at[k]) * a.strides[k];
    for (let k = at.length - 1; k >= 0 && ++at[k] === index.shape[k]; k--) at[k] = 0;
    return where;
  });
  return T(gather(a, from, index.shape));
}

function selected(x: Bound): Value {
  const a = arrayOf(x.input);
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  const index = toFloat64(arrayOf(x.index));
  if (index.some(k => k < 0 || k >= a.shape[axis])) return fail('IndexError: index out of range in self');
  const order = [axis, ...a.shape.map((_, k) => k).filter(k => k !== axis)];
  const moved = contiguous(transpose(a, order));
  const step = sizeOf(moved.shape.slice(1));
  const from = generate(index.length * step, k => index[Math.floor(k / step)] * step + (k % step));
  const out = gather(moved, from, [index.length, ...moved.shape.slice(1)]);
  return T(
    contiguous(
      transpose(
        out,
        a.shape.map((_, k) => order.indexOf(k)),
      ),
    ),
  );
}

/** Sorting along a dimension by places; equal numbers keep their order where that was asked for. */
function order(
  a: NDArray,
  axis: number,
  descending: boolean,
): { readonly places: Float64Array; readonly tied: boolean } {
  if (isComplexType(a.dtype)) return unknown('complex numbers have no order');
  const rest = a.shape.map((_, k) => k).filter(k => k !== axis);
  const v = toFloat64(transpose(a, [...rest, axis]));
  const n = a.shape[axis];
  let tied = false;
  const compare = (p: number, q: number): number => {
    if (Number.isNaN(p) || Number.isNaN(q)) return Number.isNaN(p) === Number.isNaN(q) ? 0 : Number.isNaN(p) ? 1 : -1;
    return p - q;
  };
  const places = new Float64Array(v.length);
  for (let k = 0; k < v.length; k += n) {
    const lane = Array.from({ length: n }, (_, i) => i).sort((p, q) => {
      const d = compare(v[k + p], v[k + q]);
      if (d === 0 && p !== q) tied = true;
      return descending ? -d : d;
    });
    places.set(lane, k);
  }
  return { places, tied };
}

/** Picks along a dimension by places that stand last, `count` of each lane. */
function picked(a: NDArray, axis: number, places: Float64Array, count: number): readonly [Value, Value] {
  const n = a.shape[axis];
  const rest = a.shape.map((_, k) => k).filter(k => k !== axis);
  const moved = contiguous(transpose(a, [...rest, axis]));
  const lanes = places.length / Math.max(n, 1);
  const shape = [...rest.map(k => a.shape[k]), count];
  const at = generate(lanes * count, k => places[Math.floor(k / count) * n + (k % count)]);
  const from = at.map((p, k) => Math.floor(k / count) * n + p);
  const back = a.shape.map((_, k) => (k === axis ? rest.length : rest.indexOf(k)));
  const out = (b: NDArray): Value => T(contiguous(transpose(b, back)));
  return [out(gather(moved, from, shape)), out(ndarray('int64', shape, at))];
}

/** So few numbers torch sorts by inserting them, which keeps the order of equal ones. */
const STABLE = 16;

function sorted(x: Bound): readonly [Value, Value] {
  const a = arrayOf(x.input);
  if (a.shape.length === 0) return [T(a), T(ndarray('int64', [], new Float64Array(1)))];
  const axis = dimOf(x.dim ? needInteger(x.dim) : -1, a.shape.length);
  const { places, tied } = order(a, axis, isTrue(x.descending));
  if (tied && a.shape[axis] > STABLE && !isTrue(x.stable))
    return unknown('the order of equal numbers in a long sort depends on the version of torch');
  return picked(a, axis, places, a.shape[axis]);
}

function topk(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.dtype === 'bool') return unknown('topk of truth values is refused');
  const axis = dimOf(x.dim ? needInteger(x.dim) : -1, a.shape.length);
  const k = needInteger(need(x.k));
  if (a.shape.length === 0) return unknown('topk of a number is not covered');
  if (k > a.shape[axis] || k < 0) return fail('RuntimeError: selected index k out of range');
  const { places, tied } = order(a, axis, x.largest === undefined || isTrue(x.largest));
  if (tied) return unknown('which of several equal numbers topk takes is not certain');
  return namedResult('topk', ['values', 'indices'], picked(a, axis, places, k));
}

/** Parts along a dimension, each once, in the order of their numbers. */
function uniqueParts(a: NDArray, x: Bound): Value {
  if (a.shape.length === 0) return unknown('unique along a dimension of a number is refused');
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  const order = [axis, ...a.shape.map((_, k) => k).filter(k => k !== axis)];
  const moved = contiguous(transpose(a, order));
  const n = a.shape[axis];
  const step = sizeOf(moved.shape.slice(1));
  const v = toFloat64(moved);
  if (v.some(Number.isNaN)) return unknown('unique of NaN is not covered');
  const compare = (p: number, q: number): number => {
    for (let i = 0; i < step; i++) if (v[p * step + i] !== v[q * step + i]) return v[p * step + i] - v[q * step + i];
    return 0;
  };
  const sorted = Array.from({ length: n }, (_, k) => k).sort((p, q) => compare(p, q) || p - q);
  const firsts: number[] = [];
  const counts: number[] = [];
  const inverse = new Float64Array(n);
  for (const k of sorted) {
    if (firsts.length > 0 && compare(firsts[firsts.length - 1], k) === 0) counts[counts.length - 1]++;
    else {
      firsts.push(k);
      counts.push(1);
    }
    inverse[k] = firsts.length - 1;
  }
  const from = generate(firsts.length * step, k => firsts[Math.floor(k / step)] * step + (k % step));
  const rows = gather(moved, from, [firsts.length, ...moved.shape.slice(1)]);
  const back = a.shape.map((_, k) => order.indexOf(k));
  const out: Value[] = [T(contiguous(transpose(rows, back)))];
  if (isTrue(x.return_inverse)) out.push(T(ndarray('int64', [n], inverse)));
  if (isTrue(x.return_counts)) out.push(T(ndarray('int64', [counts.length], Float64Array.from(counts))));
  return out.length === 1 ? out[0] : tuple(out);
}

function unique(x: Bound): Value {
  const a = arrayOf(x.input);
  if (isComplexType(a.dtype)) return unknown('complex numbers have no order');
  if (given(x.dim)) return uniqueParts(a, x);
  const v = toFloat64(a);
  if (v.some(Number.isNaN)) return unknown('unique of NaN is not covered');
  const values = [...new Set(v)].sort((p, q) => p - q);
  const out: Value[] = [T(asType(ndarray('float64', [values.length], Float64Array.from(values)), a.dtype))];
  if (isTrue(x.return_inverse))
    out.push(
      T(
        ndarray(
          'int64',
          a.shape,
          v.map(e => values.indexOf(e)),
        ),
      ),
    );
  if (isTrue(x.return_counts))
    out.push(
      T(
        ndarray(
          'int64',
          [values.length],
          Float64Array.from(values, e => v.filter(o => o === e).length),
        ),
      ),
    );
  return out.length === 1 ? out[0] : tuple(out);
}

export function nonzero(x: Bound): Value {
  const given = arrayOf(x.input);
  // As a tuple a number counts as a vector.
  const a = isTrue(x.as_tuple) && given.shape.length === 0 ? { ...given, shape: [1], strides: [1] } : given;
  const flags = contiguous(asType(contiguous(a), 'bool')).data;
  const hits: number[] = [];
  flags.forEach((e: number | bigint, k: number) => {
    if (e) hits.push(k);
  });
  const column = (axis: number): Float64Array => {
    const step = sizeOf(a.shape.slice(axis + 1));
    return Float64Array.from(hits, h => Math.floor(h / step) % a.shape[axis]);
  };
  const n = a.shape.length;
  if (isTrue(x.as_tuple)) return tuple(a.shape.map((_, k) => T(ndarray('int64', [hits.length], column(k)))));
  const columns = a.shape.map((_, k) => column(k));
  return T(
    ndarray(
      'int64',
      [hits.length, n],
      generate(hits.length * n, k => columns[k % n][Math.floor(k / n)]),
    ),
  );
}

export const TORCH_SELECTING: readonly (LibraryFunction | Composed)[] = [
  ...both('index_select', 'input, dim, index', selected),
  ...both('gather', 'input, dim, index', gathered),
  ...both('take', 'input, index', x => {
    const a = arrayOf(x.input);
    const at = positions(a);
    const index = arrayOf(x.index);
    const from = Int32Array.from(
      toFloat64(index),
      k => at[k < 0 ? k + at.length : k] ?? unknown('an index is out of range'),
    );
    return T(gather(a, from, index.shape));
  }),
  ...both('masked_select', 'input, mask', x => {
    const [a, mask] = [arrayOf(x.input), arrayOf(x.mask)];
    const shape = broadcastShapes(a.shape, mask.shape) ?? unknown('these shapes do not broadcast');
    const flags = contiguous(broadcastTo(mask, shape)).data;
    const from = positions(broadcastTo(a, shape)).filter((_, k) => flags[k]);
    return T(gather(broadcastTo(a, shape), from, [from.length]));
  }),
  ...both('flip', 'input, *dims', x => {
    const a = arrayOf(x.input);
    const axes = collected(x.dims).map(k => dimOf(k, a.shape.length));
    const at = Array.from(positions(a));
    const own: NDArray = { ...ndarray('float64', a.shape, Float64Array.from(at)) };
    let offset = 0;
    const strides = own.strides.map((s, k) => {
      if (!axes.includes(k)) return s;
      offset += s * Math.max(a.shape[k] - 1, 0);
      return -s;
    });
    return T(gather(a, toFloat64({ ...own, strides, offset }), a.shape));
  }),
  ...['fliplr', 'flipud'].flatMap((name, dim) =>
    both(name, 'input', x => {
      const a = arrayOf(x.input);
      if (a.shape.length < 2) return unknown(`${name} of a vector is not covered`);
      const from = positions(a);
      const [n] = [a.shape[1 - dim]];
      const step = dim === 0 ? 1 : sizeOf(a.shape.slice(1));
      const inner = sizeOf(a.shape.slice(2 - dim));
      const width = dim === 0 ? inner : step;
      const flipped = from.map((_, k) => {
        const i = Math.floor(k / width) % n;
        return from[k + (n - 1 - 2 * i) * width];
      });
      return T(gather(a, flipped, a.shape));
    }),
  ),
  ...both('roll', 'input, shifts, dims=None', x => {
    const a = arrayOf(x.input);
    if (need(x.shifts).kind !== 'scalar') return unknown('rolls along several dimensions are not covered yet');
    const s = needInteger(need(x.shifts));
    const from = positions(a);
    const axis = given(x.dims) ? dimOf(integersOf(x.dims)[0], a.shape.length) : undefined;
    const n = axis === undefined ? from.length : a.shape[axis];
    const width = axis === undefined ? 1 : sizeOf(a.shape.slice(axis + 1));
    const out = from.map((_, k) => {
      const i = Math.floor(k / width) % n;
      const j = (((i - s) % n) + n) % n;
      return from[k + (j - i) * width];
    });
    return T(gather(a, out, a.shape));
  }).map(e => ({ ...e, compose: rolls })),
  ...both('sort', 'input, dim=-1, descending=False, stable=False', x =>
    namedResult('sort', ['values', 'indices'], sorted(x)),
  ),
  ...both('argsort', 'input, dim=-1, descending=False, stable=False', x => sorted(x)[1]),
  ...both('topk', 'input, k, dim=-1, largest=True, sorted=True', topk),
  ...both('unique', 'input, sorted=True, return_inverse=False, return_counts=False, dim=None', unique),
  ...both('nonzero', 'input, *, as_tuple=False', nonzero),
  ...functions('argwhere', 'input', nonzero),
];
