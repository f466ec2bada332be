import { gather } from '../../values/elementwise';
import { type NDArray, sizeOf } from '../../values/ndarray';
import { stringValue, type Value } from '../../values/value';
import type { Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { fromNumbers, layoutOf, realParts, stored, withLayout } from './numbers';
import { largest, outOfBound, type Places, places } from './subscripts';

/** `a(i, j)` and `a(k)`, 1-based, column-major for a single subscript. */
export function index(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value {
  if (subscripts.length === 0) return object;
  const a = stored(object);
  const found = subscripts.length === 1 ? linear(a, subscripts[0], context) : grid(object, a, subscripts, context);
  context.record('index', [object, ...subscripts.flatMap(s => (s.kind === 'at' ? [s.value] : []))]);
  if (object.kind !== 'string') return found;
  const picked = stored(found);
  if (picked.shape[0] > 1) unknown('character matrices are not covered');
  return stringValue(String.fromCharCode(...realParts(picked)));
}

function linear(a: NDArray, subscript: SubscriptValue, context: Context): Value {
  const [rows, columns] = a.shape;
  const size = rows * columns;
  const p = places(subscript, size, 0, 1);
  context.budget.claim(p.at.length);
  const top = largest(p);
  if (top >= size) outOfBound(top + 1, size, 0, 1, a.shape);
  const shape = resultShape(a, p);
  // Both the subscript and the result are column-major; storage is row-major.
  const from = new Int32Array(p.at.length);
  const [m, n] = shape;
  for (let k = 0; k < from.length; k++) {
    const place = p.at[k];
    from[(k % m) * n + Math.floor(k / m)] = (place % rows) * columns + Math.floor(place / rows);
  }
  return fromNumbers(gather(a, from, shape));
}

/** A vector indexed by a vector keeps its own direction; anything else takes the shape of the subscript. */
function resultShape(a: NDArray, p: Places): readonly [number, number] {
  const [rows, columns] = a.shape;
  const vector = (r: number, c: number): boolean => (r === 1) !== (c === 1);
  if (p.colon) return [p.at.length, 1];
  if (vector(rows, columns) && (vector(p.shape[0], p.shape[1]) || p.at.length === 1)) {
    return rows === 1 ? [1, p.at.length] : [p.at.length, 1];
  }
  return p.shape;
}

function grid(object: Value, a: NDArray, subscripts: readonly SubscriptValue[], context: Context): Value {
  const count = subscripts.length;
  const all = subscripts.map((s, i) => places(s, a.shape[i] ?? 1, i, count));
  all.forEach((p, i) => {
    const top = largest(p);
    const extent = a.shape[i] ?? 1;
    if (top >= extent) outOfBound(top + 1, extent, i, count, a.shape);
    if (i >= 2 && p.at.length !== 1) unknown('more than two dimensions are not covered');
  });
  const [r, c] = all;
  const [m, n] = [r.at.length, c.at.length];
  context.budget.claim(m * n);
  const from = new Int32Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) from[i * n + j] = r.at[i] * a.shape[1] + c.at[j];
  return withLayout(fromNumbers(gather(a, from, [m, n])), keptLayout(object, a, r, c));
}

const isLeading = (p: Places): boolean => p.plain && p.at.every((x, k) => x === k);
const isPermutation = (p: Places, n: number): boolean => p.at.length === n && new Set(p.at).size === n;

/** The leading block of a diagonal matrix is diagonal; permuted rows or columns of the identity are a permutation. */
function keptLayout(object: Value, a: NDArray, r: Places, c: Places): 'diagonal' | 'permutation' | undefined {
  const layout = layoutOf(object);
  if (layout === 'permutation') return r.colon && c.colon ? layout : undefined;
  if (layout !== 'diagonal') return undefined;
  const [n] = a.shape;
  if (n !== a.shape[1]) return undefined;
  if (isLeading(r) && isLeading(c)) return 'diagonal';
  const identity = realParts(a).every((x, k) => x === (k % (n + 1) === 0 ? 1 : 0)) && a.dtype !== 'complex128';
  const permuted = (r.colon && isPermutation(c, n)) || (c.colon && isPermutation(r, n));
  return identity && permuted ? 'permutation' : undefined;
}

/** The value of `end` in subscript `position` of `count`: the last subscript counts all remaining places. */
export function endOf(object: Value, position: number, count: number): number {
  if (object.kind === 'cell' || object.kind === 'struct')
    return count === 1 ? object.shape[0] * object.shape[1] : (object.shape[position] ?? 1);
  if (object.kind === 'function') fail(`'end': nonconformant arguments`);
  const a = stored(object);
  if (count === 1) return sizeOf(a.shape);
  return a.shape[position] ?? 1;
}
