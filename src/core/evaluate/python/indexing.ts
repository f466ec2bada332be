import { isComplexType, isIntegerType } from '../../values/dtype';
import { gather, place, scatter } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  elementAt,
  isBig,
  type NDArray,
  ndarray,
  positions,
  reshape,
  sizeOf,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { elementsOf, integerOf, isArrayLike, shapeText, toArray, truthOf, typeName, unwrap } from './coerce';
import { dictItem, keyOf, withItem } from './dicts';
import { flag } from './memory-order';

/** Subscripts resolved against a shape: the positions they pick, and whether the result is a single element. */
interface Selection {
  readonly array: NDArray;
  /** Storage positions in `array`, row-major in `shape`. Undefined for a view. */
  readonly picked?: Int32Array;
  readonly shape: readonly number[];
}

/** Python's slice arithmetic (slice.indices). */
export function sliceIndices(
  start: Value | undefined,
  stop: Value | undefined,
  step: Value | undefined,
  n: number,
): { first: number; count: number; step: number } {
  const part = (v: Value | undefined): number | undefined => {
    if (v === undefined || v.kind === 'none') return undefined;
    const k = integerOf(v);
    if (k === undefined && v.kind === 'array')
      return fail('TypeError: only integer scalar arrays can be converted to a scalar index');
    return k === undefined ? fail('TypeError: slice indices must be integers or None or have an __index__ method') : k;
  };
  const s = part(step) ?? 1;
  if (s === 0) fail('ValueError: slice step cannot be zero');
  const clamp = (k: number, low: number, high: number): number => Math.min(Math.max(k < 0 ? k + n : k, low), high);
  const a = part(start);
  const b = part(stop);
  const first = a === undefined ? (s > 0 ? 0 : n - 1) : clamp(a, s > 0 ? 0 : -1, s > 0 ? n : n - 1);
  const last = b === undefined ? (s > 0 ? n : -1) : clamp(b, s > 0 ? 0 : -1, s > 0 ? n : n - 1);
  return { first, step: s, count: Math.max(0, Math.ceil((last - first) / s)) };
}

type Item =
  | { kind: 'integer'; value: number }
  | { kind: 'slice'; value: Extract<SubscriptValue, { kind: 'slice' }> }
  | { kind: 'new' }
  /** `free`: a truth, which picks all or nothing along an axis of its own. */
  | { kind: 'index'; array: NDArray; free?: true };

function select(a: NDArray, subscripts: readonly SubscriptValue[], context: Context): Selection {
  // A tuple that stands alone is the subscripts; among others it is a sequence of indices.
  const alone = subscripts.length === 1 && subscripts[0].kind === 'at' ? subscripts[0].value : undefined;
  const given: readonly SubscriptValue[] =
    alone?.kind === 'tuple' ? alone.items.map(value => ({ kind: 'at', value })) : subscripts;
  const flat = given.map(
    (s): SubscriptValue => (s.kind === 'at' && s.value.kind === 'slice' ? { ...s.value, kind: 'slice' } : s),
  );
  // Every index and every entry of a mask is looked at, whatever they pick.
  for (const s of flat)
    if (s.kind === 'at' && s.value.kind === 'array') context.budget.spend(4 * sizeOf(s.value.array.shape));
  const used = flat.reduce((n, s) => n + consumed(s), 0);
  if (used > a.shape.length)
    fail(`IndexError: too many indices for array: array is ${a.shape.length}-dimensional, but ${used} were indexed`);
  const items: Item[] = [];
  const whole: Item = { kind: 'slice', value: { kind: 'slice' } };
  let dots = false;
  for (const s of flat) {
    if (s.kind === 'at' && s.value.kind === 'ellipsis') {
      if (dots) fail("IndexError: an index can only have a single ellipsis ('...')");
      dots = true;
      for (let k = used; k < a.shape.length; k++) items.push(whole);
    } else items.push(...itemOf(s, a, items));
  }
  if (!dots) for (let k = used; k < a.shape.length; k++) items.push(whole);
  return items.some(i => i.kind === 'index') ? advanced(a, items, context) : basic(a, items);
}

function consumed(s: SubscriptValue): number {
  if (s.kind === 'slice') return 1;
  const v = s.value;
  if (v.kind === 'none' || v.kind === 'ellipsis') return 0;
  if (isMask(v)) return toArray(v).shape.length;
  return 1;
}

const isMask = (v: Value): boolean =>
  (v.kind === 'array' && v.array.dtype === 'bool') ||
  ((v.kind === 'list' || v.kind === 'tuple') && v.items.length > 0 && toArray(v).dtype === 'bool') ||
  (v.kind === 'scalar' && v.dtype === 'bool');

const truthItem = (all: boolean): Item => ({
  kind: 'index',
  array: ndarray('int64', [all ? 1 : 0], new Float64Array(all ? 1 : 0)),
  free: true,
});

function itemOf(s: SubscriptValue, a: NDArray, before: readonly Item[]): Item[] {
  if (s.kind === 'slice') return [{ kind: 'slice', value: s }];
  const v = s.value;
  if (v.kind === 'none') return [{ kind: 'new' }];
  if (v.kind === 'scalar' && v.dtype === 'bool') return [truthItem(truthOf(v))];
  if (v.kind === 'scalar') {
    const k = integerOf(v);
    return k === undefined
      ? fail(
          'IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
        )
      : [{ kind: 'integer', value: k }];
  }
  if (v.kind === 'object') return unknown('an object as an index is not followed');
  if (v.kind !== 'array' && v.kind !== 'list' && v.kind !== 'tuple')
    return fail(
      'IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
    );
  const index = v.kind !== 'array' && v.items.length === 0 ? asType(toArray(v), 'int64') : toArray(v);
  if (index.dtype === 'bool') {
    if (index.shape.length === 0) return [truthItem(Boolean(elementAt(index, index.offset)))];
    const axis = before.filter(i => i.kind !== 'new' && !(i.kind === 'index' && i.free)).length;
    const mask = contiguous(index);
    index.shape.forEach((n, k) => {
      if (a.shape[axis + k] !== n)
        fail(
          `IndexError: boolean index did not match indexed array along dimension ${axis + k}; dimension is ${a.shape[axis + k]} but corresponding boolean dimension is ${n}`,
        );
    });
    const hits: number[] = [];
    for (let k = 0; k < mask.data.length; k++) if (mask.data[k]) hits.push(k);
    let step = 1;
    const axes: NDArray[] = [];
    for (let k = index.shape.length - 1; k >= 0; k--) {
      const n = index.shape[k];
      const at = step;
      axes.unshift({
        dtype: 'int64',
        shape: [hits.length],
        strides: [1],
        offset: 0,
        data: Float64Array.from(hits, h => Math.floor(h / at) % n),
      });
      step *= n;
    }
    return axes.map(array => ({ kind: 'index', array }));
  }
  if (!isIntegerType(index.dtype))
    return fail(
      v.kind === 'array'
        ? 'IndexError: arrays used as indices must be of integer (or boolean) type'
        : 'IndexError: only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices',
    );
  return [{ kind: 'index', array: index }];
}

const bounded = (k: number, axis: number, n: number): number =>
  k < -n || k >= n
    ? fail(`IndexError: index ${k} is out of bounds for axis ${axis} with size ${n}`)
    : k < 0
      ? k + n
      : k;

function basic(a: NDArray, items: readonly Item[]): Selection {
  const shape: number[] = [];
  const strides: number[] = [];
  let offset = a.offset;
  let axis = 0;
  for (const item of items) {
    if (item.kind === 'new') {
      shape.push(1);
      strides.push(0);
    } else if (item.kind === 'integer') {
      offset += bounded(item.value, axis, a.shape[axis]) * a.strides[axis];
      axis++;
    } else if (item.kind === 'slice') {
      const { first, count, step } = sliceIndices(item.value.start, item.value.stop, item.value.step, a.shape[axis]);
      if (count > 0) offset += first * a.strides[axis];
      shape.push(count);
      strides.push(a.strides[axis] * step);
      axis++;
    }
  }
  return { array: { ...a, shape, strides, offset }, shape };
}

/** Integer-array indexing (NumPy user guide, "Advanced indexing"): index arrays broadcast; their axes stand together in place or, when parted, in front. */
function advanced(a: NDArray, items: readonly Item[], context: Context): Selection {
  const indices = items.flatMap(i =>
    i.kind === 'index'
      ? [i.array]
      : i.kind === 'integer'
        ? [toArray({ kind: 'scalar', dtype: 'int64', value: i.value })]
        : [],
  );
  const common = broadcastShapes(...indices.map(i => i.shape));
  if (!common)
    return fail(
      `IndexError: shape mismatch: indexing arrays could not be broadcast together with shapes ${indices.map(i => shapeText(i.shape).replace(/ /g, '')).join(' ')} `,
    );
  const isIndex = items.map(i => i.kind === 'index' || i.kind === 'integer');
  const firstIndex = isIndex.indexOf(true);
  const lastIndex = isIndex.lastIndexOf(true);
  const together = isIndex.slice(firstIndex, lastIndex + 1).every(Boolean);
  const kept: { count: number; start: number; stride: number }[] = [];
  const picks: { values: ArrayLike<number | bigint>; axis: number; single: boolean }[] = [];
  let axis = 0;
  let leadCount = 0;
  items.forEach((item, k) => {
    if (item.kind === 'new') kept.push({ count: 1, start: 0, stride: 0 });
    else if (item.kind === 'slice') {
      const s = sliceIndices(item.value.start, item.value.stop, item.value.step, a.shape[axis]);
      kept.push({ count: s.count, start: s.first * a.strides[axis], stride: s.step * a.strides[axis] });
      axis++;
    } else if (item.kind === 'integer' || !item.free) {
      const index = item.kind === 'index' ? item.array : toArray({ kind: 'scalar', dtype: 'int64', value: item.value });
      picks.push({ values: contiguous(broadcastTo(index, common)).data, axis, single: item.kind === 'integer' });
      axis++;
    }
    if (k < firstIndex) leadCount = kept.length;
  });
  const at = together ? leadCount : 0;
  const front = kept.slice(0, at);
  const back = kept.slice(at);
  const shape = [...front.map(f => f.count), ...common, ...back.map(f => f.count)];
  const count = sizeOf(shape);
  context.budget.claim(count);
  const inner = sizeOf(common);
  const bases = new Float64Array(inner).fill(a.offset);
  // Integers, then array by array, so that the axis that NumPy finds first is named; it does not look at indices that pick nothing.
  picks.sort((p, q) => Number(q.single) - Number(p.single));
  for (const pick of count > 0 ? picks : [])
    for (let k = 0; k < inner; k++)
      bases[k] += bounded(Number(pick.values[k]), pick.axis, a.shape[pick.axis]) * a.strides[pick.axis];
  const offsets = (list: readonly { count: number; start: number; stride: number }[]): number[] =>
    list.reduce(
      (acc: number[], f) => acc.flatMap(o => Array.from({ length: f.count }, (_, i) => o + f.start + i * f.stride)),
      [0],
    );
  const before = offsets(front);
  const after = offsets(back);
  const picked = new Int32Array(count);
  let k = 0;
  for (const f of before) for (const base of bases) for (const b of after) picked[k++] = f + base + b;
  return { array: a, picked, shape };
}

/** `object[subscripts]`. */
export function index(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value {
  if (object.kind === 'array') {
    const s = select(object.array, subscripts, context);
    if (s.picked) return unwrap(gather(s.array, s.picked, s.shape));
    context.record('index', [object]);
    // With an ellipsis the result stays an array, of no dimension if need be.
    const dots = subscripts.some(
      p =>
        p.kind === 'at' &&
        (p.value.kind === 'ellipsis' || (p.value.kind === 'tuple' && p.value.items.some(i => i.kind === 'ellipsis'))),
    );
    return dots ? arrayValue(s.array) : unwrap(s.array);
  }
  if (object.kind === 'list' || object.kind === 'tuple' || object.kind === 'string') {
    const items: readonly Value[] =
      object.kind === 'string' ? Array.from(object.value, value => ({ kind: 'string', value })) : object.items;
    const name = object.kind === 'string' ? 'string' : object.kind;
    const [given] = subscripts;
    const s: SubscriptValue =
      given?.kind === 'at' && given.value.kind === 'slice' ? { ...given.value, kind: 'slice' } : given;
    const wrong = (type: string): never =>
      fail(
        name === 'string'
          ? `TypeError: string indices must be integers, not '${type}'`
          : `TypeError: ${name} indices must be integers or slices, not ${type}`,
      );
    if (subscripts.length !== 1) return wrong('tuple');
    const rebuilt = (list: readonly Value[]): Value =>
      object.kind === 'string'
        ? { kind: 'string', value: list.map(v => (v.kind === 'string' ? v.value : '')).join('') }
        : object.kind === 'tuple' && object.named && !object.named.fields
          ? { kind: 'tuple', items: list, named: object.named }
          : { kind: object.kind, items: list };
    if (s.kind === 'slice') {
      const { first, count, step } = sliceIndices(s.start, s.stop, s.step, items.length);
      return rebuilt(Array.from({ length: count }, (_, k) => items[first + k * step]));
    }
    const k = integerOf(s.value);
    if (k === undefined) return wrong(typeName(s.value));
    if (k < -items.length || k >= items.length) return fail(`IndexError: ${name} index out of range`);
    return items[k < 0 ? k + items.length : k];
  }
  if (object.kind === 'dict') return dictItem(object, keyOf(subscripts), context);
  if (object.kind === 'scalar' && !object.weak && subscripts.length > 1) {
    const are = (kind: Value['kind']): number =>
      subscripts.filter(p => p.kind === 'at' && p.value.kind === kind).length;
    if (are('none') + are('ellipsis') === subscripts.length && are('ellipsis') < 2)
      return index(arrayValue(toArray(object)), subscripts, context);
  }
  if (object.kind === 'scalar' && !object.weak && subscripts.length === 1) {
    const [s] = subscripts;
    if (s.kind === 'at' && s.value.kind === 'tuple' && s.value.items.length === 0) return object;
    if (s.kind === 'at' && s.value.kind === 'scalar' && s.value.dtype === 'bool') {
      const a = toArray(object);
      const one = { ...a, shape: [1], strides: [0] };
      return arrayValue(contiguous(s.value.value === true ? one : { ...one, shape: [0] }));
    }
    if (s.kind === 'at' && s.value.kind === 'none') return arrayValue({ ...toArray(object), shape: [1], strides: [0] });
    if (s.kind === 'at' && s.value.kind === 'ellipsis') return { kind: 'array', array: toArray(object) };
  }
  if (object.kind === 'scalar')
    return fail(
      object.weak
        ? `TypeError: '${typeName(object)}' object is not subscriptable`
        : 'IndexError: invalid index to scalar variable.',
    );
  if (object.kind === 'function' && object.path === 'ndarray.flat' && object.self) {
    const a = toArray(object.self);
    return index(arrayValue(reshape(a, [sizeOf(a.shape)])), flatSubscripts(subscripts, sizeOf(a.shape)), context);
  }
  if (object.kind === 'function' && object.path === 'ndarray.flags' && object.self) {
    const [s] = subscripts;
    return s.kind === 'at' && s.value.kind === 'string'
      ? flag(toArray(object.self), s.value.value)
      : fail('KeyError: Unknown flag');
  }
  if (object.kind === 'dtype' && object.form === undefined)
    return fail(`KeyError: 'There are no fields in dtype ${object.dtype}.'`);
  if (object.kind === 'function' || object.kind === 'module' || object.kind === 'dtype')
    return unknown('subscripts of this are not read');
  return fail(`TypeError: '${typeName(object)}' object is not subscriptable`);
}

/** The object after `object[subscripts] = value`. */
export function assign(object: Value, subscripts: readonly SubscriptValue[], value: Value, context: Context): Value {
  if (object.kind === 'dict') return withItem(object, keyOf(subscripts), value, context);
  if (object.kind === 'object') return unknown('an item of an object is set by its own method, which is not followed');
  if (object.kind === 'function' && object.path === 'ndarray.flat' && object.self)
    return assignFlat(toArray(object.self), subscripts, toArray(value), context);
  if (object.kind === 'function') return unknown('this assignment is not followed');
  if (object.kind !== 'array') return fail(`TypeError: '${typeName(object)}' object does not support item assignment`);
  context.budget.spend(sizeOf(object.array.shape));
  const a = contiguous(object.array);
  const { places, values } = assignment(a, subscripts, value, context);
  return arrayValue(scatter(a, places, values));
}

/** `a.flat[subscripts] = values`, which are repeated as often as needed. */
function assignFlat(array: NDArray, subscripts: readonly SubscriptValue[], values: NDArray, c: Context): Value {
  const size = sizeOf(array.shape);
  const a = contiguous(reshape(array, [size]));
  c.budget.spend(size);
  const s = select(a, flatSubscripts(subscripts, size), c);
  const [n, m] = [sizeOf(s.shape), sizeOf(values.shape)];
  if (s.shape.length === 0 && m !== 1) unknown('several values for one place are not followed');
  if (m === 0) return arrayValue(array);
  const own = asType(values, a.dtype);
  const from = positions(own);
  const repeated = gather(
    own,
    Float64Array.from({ length: n }, (_, k) => from[k % m]),
    s.shape,
  );
  return arrayValue(reshape(scatter(a, s.picked ?? positions(s.array), repeated), array.shape));
}

/** `object[subscripts] = value` into the array's own buffer, which nothing else may see; false where it cannot be done so. */
export function write(object: Value, subscripts: readonly SubscriptValue[], value: Value, context: Context): boolean {
  if (object.kind !== 'array') return false;
  const a = object.array;
  if (isBig(a.data) || a.shape.some((n, axis) => n > 1 && a.strides[axis] === 0)) return false;
  const { places, values } = assignment(a, subscripts, value, context);
  const v = contiguous(asType(values, a.dtype));
  if (isBig(v.data)) return false;
  context.budget.spend(places.length);
  // A part of the array that is assigned to another part is read as it was.
  const from = v.data === a.data ? v.data.slice() : v.data;
  place(a, places, from);
  return true;
}

/** Subscripts of `a.flat`, which takes fewer kinds, and whose errors name no axis. */
export function flatSubscripts(subscripts: readonly SubscriptValue[], size: number): readonly SubscriptValue[] {
  const [s, ...others] = subscripts;
  if (others.length > 0 || !s) unknown('these subscripts of flat differ between versions of NumPy');
  if (s.kind === 'slice' || s.value.kind === 'slice' || s.value.kind === 'ellipsis') return subscripts;
  if (!isArrayLike(s.value)) unknown('this subscript of flat differs between versions of NumPy');
  const at = toArray(s.value);
  if (at.dtype === 'bool' && s.value.kind !== 'array')
    unknown('this subscript of flat differs between versions of NumPy');
  if (!isIntegerType(at.dtype) && at.dtype !== 'bool' && sizeOf(at.shape) > 0)
    unknown('this subscript of flat differs between versions of NumPy');
  const beyond = at.dtype === 'bool' ? undefined : elementsOf(at).find(k => Number(k) < -size || Number(k) >= size);
  if (beyond !== undefined) fail(`IndexError: index ${beyond} is out of bounds for size ${size}`);
  return subscripts;
}

/** A mask of the array's own shape as the only subscript, which NumPy assigns to in a way of its own. */
const isWholeMask = (a: NDArray, [s, ...others]: readonly SubscriptValue[]): boolean =>
  others.length === 0 &&
  s?.kind === 'at' &&
  (s.value.kind === 'array' || s.value.kind === 'list') &&
  isMask(s.value) &&
  a.shape.length > 0 &&
  toArray(s.value).shape.length === a.shape.length;

function needMasked(v: NDArray, count: number): void {
  if (v.shape.length > 1)
    fail(
      `ValueError: NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has ${v.shape.length} dimensions`,
    );
  const n = v.shape[0] ?? 1;
  if (n !== 1 && n !== count)
    fail(
      `ValueError: NumPy boolean array indexing assignment cannot assign ${n} input values to the ${count} output values where the mask is true`,
    );
}

/** Where an assignment goes, as positions in the storage of `a`, and the values under the shape that it asks for. */
function assignment(
  a: NDArray,
  subscripts: readonly SubscriptValue[],
  value: Value,
  context: Context,
): { readonly places: Int32Array; readonly values: NDArray } {
  const s = select(a, subscripts, context);
  let v = toArray(value);
  if (isComplexType(v.dtype) && !isComplexType(a.dtype)) fail("TypeError: can't convert complex to float");
  if (isWholeMask(a, subscripts)) needMasked(v, s.shape[0]);
  while (v.shape.length > s.shape.length && v.shape[0] === 1)
    v = { ...v, shape: v.shape.slice(1), strides: v.strides.slice(1) };
  const fits = broadcastShapes(v.shape, s.shape);
  if (!fits || fits.length !== s.shape.length || fits.some((n, i) => n !== s.shape[i])) {
    return fail(
      s.picked
        ? `ValueError: shape mismatch: value array of shape ${shapeText(v.shape).replace(/ /g, '')} could not be broadcast to indexing result of shape ${shapeText(s.shape).replace(/ /g, '')}`
        : `ValueError: could not broadcast input array from shape ${shapeText(v.shape).replace(/ /g, '')} into shape ${shapeText(s.shape).replace(/ /g, '')}`,
    );
  }
  return { places: s.picked ?? positions(s.array), values: broadcastTo(v, s.shape) };
}
