import { isIntegerType } from '../../values/dtype';
import { gather, scatter } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  positions,
  reshape,
  sizeOf,
} from '../../values/ndarray';
import { arrayValue, NONE, type Value } from '../../values/value';
import { type Bound, bind, type LibraryFunction } from '../catalogue';
import type { CallArgument, Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { tightShape, ufuncArrays } from './apply';
import { axisOf, elementsOf, int, resultType, toArray, typeName, withAttribute } from './coerce';
import { clipModeOf, indexArrayOf } from './index-arrays';
import { assign, index } from './indexing';
import { isTrue } from './reductions';
import { canCast } from './types';
import { isWhole, ufuncOf } from './ufuncs';

/** Library functions that change their first argument, by path, with their signatures. */
const SIGNATURES: Readonly<Record<string, string>> = {
  'numpy.fill_diagonal': 'a, val, wrap=False',
  'numpy.copyto': "dst, src, casting='same_kind', where=True",
  'numpy.put': 'a, ind, v, mode=raise',
  'numpy.place': 'arr, mask, vals',
  'numpy.putmask': 'a, mask, values',
  'numpy.put_along_axis': 'arr, indices, values, axis',
};

/** The functions as the catalogue knows them: their value is None, where they do not fail. */
export const IN_PLACE: readonly LibraryFunction[] = Object.entries(SIGNATURES).map(([path, signature]) => ({
  path,
  signature,
  evaluate: (x, c) => {
    changed(path, x, c);
    return NONE;
  },
}));

/** NumPy's error where the first argument is no array. */
function needArray(path: string, v: Value): NDArray {
  if (v.kind === 'array') return v.array;
  if (path === 'numpy.put' && v.kind === 'scalar' && !v.weak) return toArray(v);
  if (path === 'numpy.fill_diagonal' || path === 'numpy.put_along_axis') return withAttribute(v, 'ndim');
  const said = path === 'numpy.putmask' || path === 'numpy.copyto' ? `${path.slice('numpy.'.length)}() ` : '';
  return fail(`TypeError: ${said}argument 1 must be numpy.ndarray, not ${typeName(v)}`);
}

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The elements at places of the flattened array replaced, values repeated as often as needed. */
function withPlaces(a: NDArray, places: readonly number[], values: NDArray): Value {
  const own = contiguous(a);
  if (places.length === 0) return arrayValue(own);
  const v = contiguous(reshape(asType(values, a.dtype), [sizeOf(values.shape)]));
  if (v.shape[0] === 0) return fail('ValueError: Cannot insert from an empty array!');
  const at = positions(own);
  const wrap = Float64Array.from(places, (_, k) => k % v.shape[0]);
  const repeated = gather(v, wrap, [places.length]);
  return arrayValue(
    scatter(
      own,
      places.map(p => at[p]),
      repeated,
    ),
  );
}

/** A mask of as many entries, in whatever shape. */
function maskLike(a: NDArray, v: Value, name: string): Value {
  const mask = toArray(v);
  return sizeOf(mask.shape) === sizeOf(a.shape)
    ? arrayValue(reshape(mask, a.shape))
    : fail(`ValueError: ${name}: mask and data must be the same size`);
}

const flags = (v: Value, shape: readonly number[]): number[] =>
  elementsOf(asType(contiguous(broadcastTo(toArray(v), shape)), 'bool')).flatMap((e, k) => (e ? [k] : []));

/** The first argument after the call; undefined when the function changes nothing that is followed. */
export function changedArgument(path: string, args: readonly CallArgument[], context: Context): Value | undefined {
  const at = /^(numpy\.\w+)\.at$/.exec(path);
  if (at) return ufuncAt(at[1], args, context);
  const signature = SIGNATURES[path];
  if (!signature) return undefined;
  return changed(path, bind({ path, signature, evaluate: () => int(0) }, args), context);
}

function changed(path: string, x: Bound, context: Context): Value | undefined {
  const target = need(x.a ?? x.dst ?? x.arr);
  const a = needArray(path, target);
  context.budget.claim(sizeOf(a.shape));
  switch (path) {
    case 'numpy.fill_diagonal': {
      if (a.shape.length < 2) return fail('ValueError: array must be at least 2-d');
      const n = sizeOf(a.shape);
      if (a.shape.length > 2 && a.shape.some(m => m !== a.shape[0]))
        return fail('ValueError: All dimensions of input must be of equal length');
      let step = 1;
      let end = n;
      if (a.shape.length === 2) {
        step = a.shape[1] + 1;
        if (!isTrue(x.wrap)) end = Math.min(n, a.shape[1] * a.shape[1]);
      } else for (let k = 1, p = 1; k < a.shape.length; k++, step += p) p *= a.shape[a.shape.length - k];
      const places: number[] = [];
      for (let p = 0; p < end; p += step) places.push(p);
      if (sizeOf(toArray(need(x.val)).shape) === 0) return target;
      return withPlaces(a, places, toArray(need(x.val)));
    }
    case 'numpy.copyto': {
      const all: SubscriptValue[] = [{ kind: 'at', value: { kind: 'ellipsis' } }];
      const src = toArray(need(x.src));
      const casting = x.casting?.kind === 'string' ? x.casting.value : 'same_kind';
      const python = x.src?.kind === 'scalar' && x.src.weak && x.src.dtype === 'int64' && isIntegerType(a.dtype);
      if (casting === 'same_kind' && !python && !canCast(src.dtype, a.dtype, 'same_kind'))
        return fail(
          `TypeError: Cannot cast ${src.shape.length === 0 ? 'scalar' : 'array data'} from dtype('${src.dtype}') to dtype('${a.dtype}') according to the rule 'same_kind'`,
        );
      if (x.where === undefined || (x.where.kind === 'scalar' && x.where.value === true))
        return assign(target, all, need(x.src), context);
      const source = contiguous(broadcastTo(asType(toArray(need(x.src)), a.dtype), a.shape));
      const mask = toArray(x.where);
      if (broadcastShapes(mask.shape, a.shape)?.join() !== a.shape.join())
        return fail(
          `ValueError: could not broadcast where mask from shape ${tightShape(mask.shape)} into shape ${tightShape(a.shape)}`,
        );
      const places = flags(x.where, a.shape);
      const items = elementsOf(source);
      const values = elementsOf(a);
      for (const p of places) values[p] = items[p];
      return assign(target, all, arrayValue(fromList(values, a)), context);
    }
    case 'numpy.put': {
      const n = sizeOf(a.shape);
      const mode = clipModeOf(x.mode);
      if (sizeOf(toArray(need(x.v)).shape) === 0) return target;
      const places = elementsOf(indexArrayOf(need(x.ind))).map(e => {
        const k = Number(e as number);
        if (mode === 'wrap') return ((k % n) + n) % n;
        if (mode === 'clip') return Math.min(Math.max(k, 0), n - 1);
        if (k < -n || k >= n) fail(`IndexError: index ${k} is out of bounds for axis 0 with size ${n}`);
        return k < 0 ? k + n : k;
      });
      return withPlaces(a, places, toArray(need(x.v)));
    }
    case 'numpy.place':
      if (x.vals?.kind === 'array' && !canCast(x.vals.array.dtype, a.dtype, 'safe'))
        return fail(
          `TypeError: Cannot cast array data from dtype('${x.vals.array.dtype}') to dtype('${a.dtype}') according to the rule 'safe'`,
        );
      return withPlaces(a, flags(maskLike(a, need(x.mask), 'place'), a.shape), toArray(need(x.vals)));
    case 'numpy.putmask': {
      const places = flags(maskLike(a, need(x.mask), 'putmask'), a.shape);
      const v = elementsOf(asType(toArray(need(x.values)), a.dtype));
      if (v.length === 0) return target;
      const values = elementsOf(a);
      for (const p of places) values[p] = v[p % v.length];
      return assign(target, [{ kind: 'at', value: { kind: 'ellipsis' } }], arrayValue(fromList(values, a)), context);
    }
    case 'numpy.put_along_axis': {
      if (need(x.axis).kind === 'none') return unknown('put_along_axis without an axis is not covered yet');
      const axis = axisOf(need(x.axis), a.shape.length);
      const indices = withAttribute(need(x.indices), 'dtype');
      if (!isWhole(indices.dtype)) return fail('IndexError: `indices` must be an integer array');
      if (indices.shape.length !== a.shape.length)
        return fail('ValueError: `indices` and `arr` must have the same number of dimensions');
      const picks: SubscriptValue[] = a.shape.map((n, i): SubscriptValue => {
        if (i === axis) return { kind: 'at', value: arrayValue(indices) };
        const line = ndarray(
          'int64',
          [n],
          generate(n, k => k),
        );
        return {
          kind: 'at',
          value: arrayValue(
            reshape(
              line,
              a.shape.map((_, j) => (j === i ? n : 1)),
            ),
          ),
        };
      });
      return assign(target, picks, need(x.values), context);
    }
    default:
      return undefined;
  }
}

const fromList = (values: ReturnType<typeof elementsOf>, like: NDArray): NDArray => {
  const list = values.map((value): Value => ({ kind: 'scalar', dtype: like.dtype, value }));
  return asType(reshape(toArray({ kind: 'list', items: list }), like.shape), like.dtype);
};

/** `np.add.at(a, indices, b)`: one index after the other, so that a repeated one counts each time. */
function ufuncAt(path: string, args: readonly CallArgument[], context: Context): Value | undefined {
  const u = ufuncOf(path);
  if (!u) return undefined;
  const x = bind({ path, signature: 'a, indices, b=None, /', evaluate: () => int(0) }, args);
  const target = need(x.a);
  if (target.kind !== 'array') return unknown('what this function changes is not followed');
  const a = contiguous(target.array);
  const n = sizeOf(a.shape);
  // What an index picks of the places tells where it leads.
  const all = reshape(
    ndarray(
      'int64',
      [n],
      generate(n, k => k),
    ),
    a.shape,
  );
  const picked = toArray(index(arrayValue(all), [{ kind: 'at', value: need(x.indices) }], context));
  const given = u.operands === 2 ? toArray(need(x.b)) : undefined;
  const { shape } = picked;
  const fits = given && broadcastShapes(given.shape, shape);
  if (given && (!fits || fits.some((m, k) => m !== shape[k])))
    return fail('ValueError: array is not broadcastable to correct shape');
  const b = given && elementsOf(broadcastTo(given, shape));
  const values = elementsOf(a);
  const dtype = given ? resultType([target, need(x.b)]) : a.dtype;
  context.budget.spend(20 * (values.length + sizeOf(shape)));
  const one = (v: (typeof values)[number], d: NDArray): NDArray =>
    toArray({ kind: 'scalar', dtype: d.dtype, value: v });
  elementsOf(picked).forEach((e, k) => {
    const p = Number(e as number);
    const operands = [one(values[p], a), ...(b && given ? [one(b[k], given)] : [])];
    const [out] = ufuncArrays(u, operands, dtype);
    values[p] = elementsOf(asType(out, a.dtype))[0];
  });
  return arrayValue(fromList(values, target.array));
}
