import { asType, generate, type NDArray, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import { tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { needInteger, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { arrayOf, given, tensor } from '../tensor';
import { functional as F, need } from './define';
import { floats } from './nn';
import { indices, perAxis, placesOf, views, windowOf } from './windows';

/** Pooling in one to three dimensions: the largest of what a window sees, or its mean, with their gradients. */

/** What each place of the result is made of in a plane, and by what a mean of it is divided. */
interface Pool {
  readonly a: NDArray;
  readonly planes: readonly number[];
  readonly lengths: readonly number[];
  readonly places: readonly number[];
  readonly seen: readonly (readonly number[])[];
  readonly counts: readonly number[];
}

function planesOf(x: Bound, dimensions: number, name: string): Pick<Pool, 'a' | 'planes' | 'lengths'> {
  const a = floats(x.input, name);
  if (a.shape.length !== dimensions + 1 && a.shape.length !== dimensions + 2)
    return unknown(`${name} of a tensor of ${a.shape.length} dimensions is not covered`);
  if (a.dtype !== 'float32' && a.dtype !== 'float64') return unknown(`${name} of ${a.dtype} is not covered`);
  return { a, planes: a.shape.slice(0, -dimensions), lengths: a.shape.slice(-dimensions) };
}

const flag = (v: Value | undefined, otherwise: boolean): boolean => (given(v) ? isTrue(v) : otherwise);

function windowed(x: Bound, dimensions: number, name: string): Pool {
  const parts = planesOf(x, dimensions, name);
  const { lengths } = parts;
  const sides = perAxis(x.kernel_size, dimensions, []);
  const w = windowOf(sides, x, undefined);
  if (w.around.some((n, k) => 2 * n > sides[k])) return unknown('padding of more than half a window is refused');
  const places = placesOf(lengths, w, flag(x.ceil_mode, false));
  const all = views(lengths, places, w).map(at => Array.from(at).filter(e => e >= 0));
  const padded = flag(x.count_include_pad, true);
  const divisor = given(x.divisor_override) ? needInteger(x.divisor_override) : undefined;
  // What lies around the input counts, what a last window sees beyond that does not.
  const counts = indices(places).map((place, k) => {
    if (divisor !== undefined) return divisor;
    if (!padded) return all[k].length;
    return place.reduce((n, p, i) => {
      const from = p * w.steps[i] - w.around[i];
      return n * (Math.min(from + sides[i], lengths[i] + w.around[i]) - from);
    }, 1);
  });
  return { ...parts, places, seen: all, counts };
}

/** Windows that part each axis into as many pieces as are asked for. */
function adaptive(x: Bound, dimensions: number, name: string): Pool {
  const parts = planesOf(x, dimensions, name);
  const { lengths } = parts;
  const asked = need(x.output_size);
  const items = asked.kind === 'tuple' || asked.kind === 'list' ? asked.items : lengths.map(() => asked);
  if (items.length !== dimensions) return unknown(`${name} of these sizes is not covered`);
  const places = items.map((v, k) => (v.kind === 'none' ? lengths[k] : needInteger(v)));
  if (places.some(n => n < 1)) return unknown(`${name} of these sizes is not covered`);
  const strides = lengths.map((_, k) => sizeOf(lengths.slice(k + 1)));
  const seen = indices(places).map(place => {
    const from = place.map((p, k) => Math.floor((p * lengths[k]) / places[k]));
    const to = place.map((p, k) => Math.ceil(((p + 1) * lengths[k]) / places[k]));
    return indices(from.map((f, k) => to[k] - f)).map(at =>
      at.reduce((sum, i, k) => sum + (from[k] + i) * strides[k], 0),
    );
  });
  return { ...parts, places, seen, counts: seen.map(s => s.length) };
}

type Kind = 'max' | 'avg';
const poolOf = (name: string, x: Bound): Pool =>
  (name.startsWith('adaptive') ? adaptive : windowed)(x, Number(name.at(-2)), name);

function paid(pool: Pool, c: Context): Pool {
  const count = sizeOf(pool.planes) * pool.seen.length;
  c.budget.claim(count);
  c.budget.spend(2 * sizeOf(pool.planes) * pool.seen.reduce((n, s) => n + s.length, 0));
  return pool;
}

/** The place in its plane of the largest that each window sees: the first of equals, the last NaN. */
function largest({ a, planes, lengths, seen }: Pool): Float64Array {
  const data = toFloat64(a);
  const plane = sizeOf(lengths);
  return generate(sizeOf(planes) * seen.length, k => {
    const from = Math.floor(k / seen.length) * plane;
    const [first, ...rest] = seen[k % seen.length];
    if (first === undefined) return unknown('a window that sees nothing is not covered');
    return rest.reduce((best, at) => {
      const [e, most] = [data[from + at], data[from + best]];
      return e > most || Number.isNaN(e) ? at : best;
    }, first);
  });
}

const pooling =
  (kind: Kind, name: string) =>
  (x: Bound, c: Context): Value => {
    const pool = paid(poolOf(name, x), c);
    const { a, planes, lengths, places, seen, counts } = pool;
    const data = toFloat64(a);
    const [plane, count] = [sizeOf(lengths), seen.length];
    const shape = [...planes, ...places];
    const start = (k: number): number => Math.floor(k / count) * plane;
    if (kind === 'avg') {
      const means = generate(
        sizeOf(planes) * count,
        k => seen[k % count].reduce((s, at) => s + data[start(k) + at], 0) / counts[k % count],
      );
      return tensor(asType(ndarray('float64', shape, means), a.dtype), 'torch');
    }
    const best = largest(pool);
    const values = tensor(
      asType(
        ndarray(
          'float64',
          shape,
          best.map((at, k) => data[start(k) + at]),
        ),
        a.dtype,
      ),
      'torch',
    );
    return flag(x.return_indices, false) ? tuple([values, tensor(ndarray('int64', shape, best), 'torch')]) : values;
  };

/** The gradient of what is pooled: to the largest alone, or shared among all that a mean is of. */
export function poolingGradient(name: string, g: Value, x: Bound, c: Context): Value {
  const pool = paid(poolOf(name, x), c);
  const { a, lengths, seen, counts } = pool;
  const incoming = toFloat64(toArray(g));
  const out = new Float64Array(sizeOf(a.shape));
  const [plane, count] = [sizeOf(lengths), seen.length];
  const best = name.includes('max') ? largest(pool) : undefined;
  incoming.forEach((e, k) => {
    const from = Math.floor(k / count) * plane;
    if (best) out[from + best[k]] += e;
    else for (const at of seen[k % count]) out[from + at] += e / counts[k % count];
  });
  return tensor(asType(ndarray('float64', a.shape, out), arrayOf(x.input).dtype), 'torch');
}

const MAX = 'input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False';
const MEAN =
  'input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None';

export const POOLS: readonly string[] = [1, 2, 3].flatMap(d =>
  ['max_pool', 'avg_pool', 'adaptive_max_pool', 'adaptive_avg_pool'].map(name => `${name}${d}d`),
);

export const TORCH_POOLING: readonly LibraryFunction[] = POOLS.flatMap(name => {
  const kind: Kind = name.includes('max') ? 'max' : 'avg';
  const signature = name.startsWith('adaptive')
    ? `input, output_size${kind === 'max' ? ', return_indices=False' : ''}`
    : kind === 'max'
      ? MAX
      : MEAN;
  const entry = F(name, signature, pooling(kind, name));
  return name.endsWith('1d') ? [entry, { ...entry, path: `torch.${name}` }] : [entry];
});
