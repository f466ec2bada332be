import { type DType, isComplex, promote } from '../../values/dtype';
import {
  asType,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
} from '../../values/ndarray';
import { strings, textsOf } from '../../values/strings';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { elementsOf, int, isArrayLike, real, resultType, toArray } from './coerce';
import { concatenated } from './joining';
import { holdsOnlyText, toStrings } from './string-arrays';

/** numpy's objects that are built by subscripts, by path: `np.r_[1:4, 0]`. */
const GRIDS: ReadonlySet<string> = new Set(['r_', 'c_', 'mgrid', 'ogrid', 's_', 'index_exp'].map(n => `numpy.${n}`));

export const isGrid = (path: string): boolean => GRIDS.has(path);

const flat = (subscripts: readonly SubscriptValue[]): SubscriptValue[] =>
  subscripts.flatMap((s): SubscriptValue[] =>
    s.kind === 'at' && s.value.kind === 'tuple'
      ? s.value.items.map(value => (value.kind === 'slice' ? { ...value, kind: 'slice' } : { kind: 'at', value }))
      : [s],
  );

type Slice = Extract<SubscriptValue, { kind: 'slice' }>;

const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** The numbers that a slice is written with; of an imaginary step its size. */
const numbersOf = ({ start, stop, step }: Slice): Value[] =>
  [start, stop, step]
    .filter(given)
    .map(v =>
      v.kind === 'scalar' && isComplex(v.value)
        ? { ...v, dtype: v.dtype === 'complex64' ? 'float32' : 'float64', value: Math.abs(v.value.im) }
        : v,
    );

/**
 * The numbers of a slice: steps, or with an imaginary step that many points with both ends. The slices of a grid have one type;
 * a slice on its own is as np.arange makes it.
 */
function line(s: Slice, context: Context, common?: DType): NDArray {
  const start = real(given(s.start) ? s.start : int(0), 0);
  if (!given(s.stop)) return unknown('a slice without an end here is not covered yet');
  const stop = real(s.stop, 0);
  const step = s.step;
  if (step?.kind === 'scalar' && typeof step.value === 'object') {
    const n = Math.trunc(Math.abs(step.value.im));
    context.budget.claim(n);
    const by = n > 1 ? (stop - start) / (n - 1) : 0;
    const points = ndarray(
      'float64',
      [n],
      generate(n, k => (k === n - 1 && n > 1 ? stop : start + k * by)),
    );
    return asType(points, common ?? resultType(numbersOf(s)));
  }
  const by = given(step) ? real(step, 1) : 1;
  const n = Math.max(0, Math.ceil((stop - start) / by));
  context.budget.claim(n);
  const dtype =
    common ??
    numbersOf(s)
      .map(v => toArray(v).dtype)
      .reduce(promote, 'int64');
  return asType(
    ndarray(
      'float64',
      [n],
      generate(n, k => start + k * by),
    ),
    dtype,
  );
}

export function gridIndex(path: string, subscripts: readonly SubscriptValue[], context: Context): Value {
  const parts = flat(subscripts);
  switch (path) {
    case 'numpy.r_':
    case 'numpy.c_':
      if (path === 'numpy.r_' && parts.length > 0 && parts.every(isText)) return joinedTexts(parts, context);
      return joined(parts, path === 'numpy.c_', context);
    case 'numpy.mgrid':
    case 'numpy.ogrid':
      return grid(parts, path === 'numpy.mgrid', subscripts.length === 1 && subscripts[0].kind === 'slice', context);
    default: {
      const values = parts.map((s): Value => (s.kind === 'slice' ? { ...s, kind: 'slice' } : s.value));
      const one = subscripts.length === 1 && !(subscripts[0].kind === 'at' && subscripts[0].value.kind === 'tuple');
      return one && path === 'numpy.s_' ? values[0] : tuple(values);
    }
  }
}

/** Texts that stand in a row. */
const isText = (s: SubscriptValue, k: number): boolean =>
  s.kind === 'at' && holdsOnlyText(s.value) && (k > 0 || s.value.kind !== 'string');

function joinedTexts(parts: readonly SubscriptValue[], context: Context): Value {
  const all = parts.map(s => toStrings(s.kind === 'at' ? s.value : tuple([]), undefined, context));
  if (all.some(v => v.array.shape.length > 1)) return unknown('texts in several dimensions are not covered here');
  const texts = all.flatMap(textsOf);
  return strings(
    [texts.length],
    texts,
    all.reduce((w, v) => Math.max(w, v.width), 1),
  );
}

function joined(parts: readonly SubscriptValue[], columns: boolean, context: Context): Value {
  let axis = columns ? -1 : 0;
  let ndmin = columns ? 2 : 1;
  let place = columns ? 0 : -1;
  const values: { readonly array: NDArray; readonly number: boolean; readonly value: Value }[] = [];
  parts.forEach((s, k) => {
    if (s.kind === 'slice') {
      const array = line(s, context);
      values.push({ array, number: false, value: arrayValue(array) });
      return;
    }
    if (k === 0 && s.value.kind === 'string') {
      const [a, n, t] = s.value.value.split(',').map(v => Number(v));
      if ([a, n, t].some(v => v !== undefined && !Number.isInteger(v))) unknown('this directive is not covered yet');
      axis = a;
      ndmin = n ?? 1;
      place = t ?? -1;
      return;
    }
    if (!isArrayLike(s.value)) unknown('this part is not covered yet');
    values.push({ array: toArray(s.value), number: s.value.kind === 'scalar', value: s.value });
  });
  const strong = values.filter(v => !v.number).map(v => arrayValue(v.array));
  const dtype = resultType([...strong, ...values.filter(v => v.number).map(v => v.value)]);
  const arrays = values.map(({ array }) => {
    if (array.shape.length >= ndmin) return array;
    const extra = ndmin - array.shape.length;
    const at = place < 0 ? ndmin + place : place;
    // The given axes go to the end by default, or behind `place` new ones.
    const before = Math.min(extra, place < 0 ? Math.max(at - array.shape.length + 1, 0) : at);
    return reshape(array, [
      ...new Array<number>(before).fill(1),
      ...array.shape,
      ...new Array<number>(extra - before).fill(1),
    ]);
  });
  if (arrays.length === 0) return fail('ValueError: need at least one array to concatenate');
  return concatenated(arrays.map(arrayValue), int(axis), context, dtype);
}

function grid(parts: readonly SubscriptValue[], dense: boolean, one: boolean, context: Context): Value {
  const slices = parts.map(s => (s.kind === 'slice' ? s : unknown('this grid is not covered yet')));
  if (one) return arrayValue(line(slices[0], context));
  const dtype = resultType([int(0), ...slices.flatMap(numbersOf)]);
  const lines = slices.map(s => line(s, context, dtype));
  const shape = lines.map(a => a.shape[0]);
  context.budget.claim(sizeOf(shape) * lines.length);
  context.budget.spend(4 * sizeOf(shape) * lines.length);
  const open = lines.map((a, k) =>
    reshape(
      asType(a, dtype),
      shape.map((_, i) => (i === k ? a.shape[0] : 1)),
    ),
  );
  if (!dense) return { kind: 'list', items: open.map(arrayValue) };
  const all = open.flatMap(a => {
    const strides = a.strides.map((s, i) => (a.shape[i] === 1 && shape[i] !== 1 ? 0 : s));
    return elementsOf(contiguous({ ...a, shape, strides }));
  });
  return arrayValue(fromElements(dtype, [lines.length, ...shape], all));
}
