import { isComplexType } from '../../values/dtype';
import {
  broadcastShapes,
  broadcastTo,
  fromElements,
  isRowMajor,
  type NDArray,
  positions,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { ownOrder } from '../heap';
import { fail, unknown } from '../stop';
import { bool, elementsOf, int, integersOf, toArray, unwrap } from './coerce';
import { memoryStrides } from './memory-order';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Every index of a shape in row-major order. */
function indicesOf(shape: readonly number[], context: Context): Value[] {
  const count = sizeOf(shape);
  context.budget.claim(count * Math.max(shape.length, 1));
  return Array.from({ length: count }, (_, k) => {
    let rest = k;
    const index = new Array<number>(shape.length);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return tuple(index.map(int));
  });
}

const iterator = (items: readonly Value[]): Value => ({ kind: 'list', items, lazy: '' });

/** The places of an array's numbers in its storage, both of a complex one. */
const numbersOf = (a: NDArray): readonly number[] =>
  isComplexType(a.dtype) ? Array.from(positions(a)).flatMap(k => [2 * k, 2 * k + 1]) : Array.from(positions(a));

/** Whether two arrays have an element in common, or with `bounds` lie in one stretch of memory. */
function share(a: Value, b: Value, bounds: boolean, context: Context): boolean {
  const [p, q] = [toArray(a), toArray(b)];
  if (p.data !== q.data || sizeOf(p.shape) === 0 || sizeOf(q.shape) === 0) return false;
  context.budget.claim(sizeOf(p.shape) + sizeOf(q.shape));
  const [s, t] = [p, q].map(numbersOf);
  if (bounds) return s.reduce(max) >= t.reduce(min) && t.reduce(max) >= s.reduce(min);
  const places = new Set(s);
  return t.some(k => places.has(k));
}
const max = (x: number, y: number): number => Math.max(x, y);
const min = (x: number, y: number): number => Math.min(x, y);

/** What np.nditer gives. */
const views = (items: readonly Value[]): Value => ({ kind: 'list', items, lazy: '', named: { path: 'nditer' } });

/** Axes by the order in memory of an array that nothing but its strides orders, or as `order=` says. */
function walkOrder(arrays: readonly NDArray[], ndim: number, order: Value | undefined): number[] {
  const [a] = arrays;
  const axes = Array.from({ length: ndim }, (_, i) => i);
  const name = order?.kind === 'string' ? order.value.toUpperCase() : 'K';
  if (name === 'C') return axes;
  if (name === 'F') return axes.reverse();
  if (arrays.length > 1)
    return arrays.every(b => isRowMajor(b) && !ownOrder.has(b.data))
      ? axes
      : unknown('the order in which nditer goes through these arrays is not covered');
  const strides = memoryStrides(a);
  return axes.sort((i, j) => strides[j] - strides[i] || i - j);
}

/** `for x in np.nditer(a)`: views of the elements, in the order of memory; tuples of them for several arrays. */
function walk(x: Bound, context: Context): Value {
  const ops = need(x.op);
  const list =
    (ops.kind === 'list' || ops.kind === 'tuple') && ops.items.some(v => v.kind === 'array') ? ops.items : [ops];
  const arrays = list.map(v => toArray(v));
  const many = list.length > 1;
  const flags = textsIn(x.flags);
  const rights = textsIn(x.op_flags);
  if (x.op_dtypes || flags.some(f => !FOLLOWED.has(f)) || rights.some(f => f !== 'readonly' && f !== 'readwrite'))
    return unknown('these flags of np.nditer are not covered');
  if (many && rights.includes('readwrite')) return unknown('writing to several arrays by np.nditer is not covered');
  const shape = broadcastShapes(...arrays.map(a => a.shape)) ?? unknown('these arrays do not broadcast');
  if (sizeOf(shape) === 0) return unknown('np.nditer of nothing is an error unless it is asked for');
  const full = arrays.map(a => (many ? broadcastTo(a, shape) : a));
  const axes = walkOrder(arrays, shape.length, x.order);
  context.budget.claim(sizeOf(shape) * full.length);
  const turned = full.map(a => transpose(a, axes));
  const readOnly = rights.includes('readwrite') ? {} : { readOnly: true as const };
  if (flags.includes('external_loop')) {
    const [a] = turned;
    if (many || !isRowMajor(a)) return unknown('these chunks of np.nditer are not covered');
    return views([arrayValue({ ...a, shape: [sizeOf(shape)], strides: [1], ...readOnly })]);
  }
  const places = turned.map(a => positions(a));
  const at = (k: number, i: number): Value =>
    arrayValue({ ...turned[k], shape: [], strides: [], offset: places[k][i], ...readOnly });
  return views(
    Array.from({ length: sizeOf(shape) }, (_, i) => (many ? tuple(full.map((_a, k) => at(k, i))) : at(0, i))),
  );
}

const FOLLOWED = new Set(['external_loop', 'refs_ok', 'zerosize_ok']);

/** The words in a list of flags, or in lists of them. */
const textsIn = (v: Value | undefined): string[] =>
  v?.kind === 'string' ? [v.value] : v?.kind === 'list' || v?.kind === 'tuple' ? v.items.flatMap(textsIn) : [];

export const WALKS: readonly LibraryFunction[] = [
  {
    path: 'numpy.shares_memory',
    signature: 'a, b, /, max_work=None',
    evaluate: (x, c) => bool(share(need(x.a), need(x.b), false, c)),
  },
  {
    path: 'numpy.may_share_memory',
    signature: 'a, b, /, max_work=None',
    evaluate: (x, c) => bool(share(need(x.a), need(x.b), true, c)),
  },
  {
    path: 'numpy.nditer',
    signature: 'op, flags=None, op_flags=None, op_dtypes=None, order=K',
    evaluate: walk,
  },
  {
    path: 'numpy.ndindex',
    signature: '*shape',
    evaluate: (x, c) => {
      const items = x.shape?.kind === 'tuple' ? x.shape.items : [];
      const shape = items.length === 1 && items[0].kind !== 'scalar' ? integersOf(items[0]) : items.flatMap(integersOf);
      if (shape.some(n => n < 0)) return fail('ValueError: negative dimensions are not allowed');
      return iterator(indicesOf(shape, c));
    },
  },
  {
    path: 'numpy.ndenumerate',
    signature: 'arr',
    evaluate: (x, c) => {
      const a = toArray(need(x.arr));
      const indices = indicesOf(a.shape, c);
      return iterator(elementsOf(a).map((e, k) => tuple([indices[k], unwrap(fromElements(a.dtype, [], [e]))])));
    },
  },
];
