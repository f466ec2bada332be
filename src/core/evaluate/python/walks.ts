import { fromElements, positions, sizeOf } from '../../values/ndarray';
import { tuple, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail } from '../stop';
import { bool, elementsOf, int, integersOf, toArray, unwrap } from './coerce';

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

/** Whether two arrays have an element in common, or with `bounds` lie in one stretch of memory. */
function share(a: Value, b: Value, bounds: boolean, context: Context): boolean {
  const [p, q] = [toArray(a), toArray(b)];
  if (p.data !== q.data || sizeOf(p.shape) === 0 || sizeOf(q.shape) === 0) return false;
  context.budget.claim(sizeOf(p.shape) + sizeOf(q.shape));
  const [s, t] = [positions(p), positions(q)];
  if (bounds) return s.reduce(max) >= t.reduce(min) && t.reduce(max) >= s.reduce(min);
  const places = new Set(s);
  return t.some(k => places.has(k));
}
const max = (x: number, y: number): number => Math.max(x, y);
const min = (x: number, y: number): number => Math.min(x, y);

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
    path: 'numpy.ndindex',
    signature: '*shape',
    evaluate: (x, c) => {
      const items = x.shape?.kind === 'tuple' ? x.shape.items : [];
      const shape = items.length === 1 && items[0].kind !== 'scalar' ? integersOf(items[0]) : items.flatMap(integersOf);
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
