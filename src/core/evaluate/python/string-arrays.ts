import { elementText } from '../../format/numpy-arrays';
import { type DType, isFloatType } from '../../values/dtype';
import { type ComparisonKind, compare as compareArrays } from '../../values/elementwise';
import { asType, elementAt, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import { lengthOf, onOneTable, strings, textsOf } from '../../values/strings';
import {
  arrayValue,
  type StringsValue,
  type StringTypeValue,
  scalar,
  stringValue,
  type Value,
} from '../../values/value';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { commonShape } from './apply';
import { elementsOf, shapeText, unwrap } from './coerce';

/** Arrays of texts: what makes them, their types, and what they are compared with. */

/** Characters that numbers of a type may take as texts. */
const NUMBER_WIDTH: Readonly<Record<DType, number>> = {
  bool: 5,
  int8: 4,
  int16: 6,
  int32: 11,
  int64: 21,
  uint8: 3,
  uint16: 5,
  uint32: 10,
  uint64: 20,
  float16: 32,
  bfloat16: 32,
  float32: 32,
  float64: 32,
  complex64: 64,
  complex128: 64,
};

/** The type of texts that an argument names: `str`, `'U5'`, `np.str_`; undefined for other types. */
export function stringTypeOf(v: Value | undefined): StringTypeValue | undefined {
  if (v?.kind === 'string-type') return v;
  if (v?.kind === 'function' && v.path === 'builtins.str') return { kind: 'string-type', width: 0 };
  if (v?.kind !== 'string') return undefined;
  const [, letter, width] = /^[<=|]?(?:(U)(\d*)|str)$/.exec(v.value) ?? [undefined, undefined, undefined];
  if (letter === undefined) return v.value === 'str' ? { kind: 'string-type', width: 0 } : undefined;
  return { kind: 'string-type', width: Number(width ?? 0) };
}

/** Whether a type of texts is the one that another value names. */
export function sameStringType(left: Value, right: Value): boolean {
  const [p, q] = [stringTypeOf(left), stringTypeOf(right)];
  return p !== undefined && q !== undefined && p.width === q.width;
}

/** Whether there is a text in a value, lists looked into. */
export function holdsText(v: Value | undefined): boolean {
  if (v === undefined) return false;
  if (v.kind === 'strings' || v.kind === 'string') return true;
  if (v.kind !== 'list' && v.kind !== 'tuple') return false;
  return v.dense === undefined && v.lazy === undefined && v.items.some(holdsText);
}

/** Texts in row-major order under a shape, and the width that their types ask for. */
interface Texts {
  readonly shape: readonly number[];
  readonly texts: readonly string[];
  readonly width: number;
}

/** Numbers as texts. */
const numbers = (a: NDArray): Texts => ({
  shape: a.shape,
  texts: elementsOf(a).map(e => elementText(e, a.dtype)),
  width: NUMBER_WIDTH[a.dtype],
});

/** The texts of a value; with `exact` Python's own numbers are as wide as they are written. */
function read(v: Value, exact: boolean): Texts {
  switch (v.kind) {
    case 'strings':
      return { shape: v.array.shape, texts: textsOf(v), width: v.width };
    case 'string': {
      const { value } = v;
      if (value.includes('\0')) return unknown('a text with a null character is not followed');
      return { shape: [], texts: [value], width: lengthOf(value) };
    }
    case 'scalar': {
      if (typeof v.value === 'bigint') return unknown('a number this large among texts is not covered');
      const text = elementText(v.value, v.dtype);
      return { shape: [], texts: [text], width: exact && v.weak ? text.length : NUMBER_WIDTH[v.dtype] };
    }
    case 'array':
      return v.library ? unknown('a tensor among texts is not covered') : numbers(v.array);
    case 'list':
    case 'tuple': {
      if (v.lazy !== undefined) return unknown('an array of an iterator is not covered');
      const parts = v.items.map(item => read(item, exact));
      const first = parts[0]?.shape ?? [];
      const shape = [parts.length, ...first];
      if (parts.some(p => p.shape.length !== first.length || p.shape.some((n, i) => n !== first[i]))) {
        const common = [parts.length];
        for (let i = 0; i < first.length && parts.every(p => p.shape[i] === first[i]); i++) common.push(first[i]);
        return fail(
          `ValueError: setting an array element with a sequence. The requested array has an inhomogeneous shape after ${common.length} dimensions. The detected shape was ${shapeText(common)} + inhomogeneous part.`,
        );
      }
      return { shape, texts: parts.flatMap(p => p.texts), width: parts.reduce((w, p) => Math.max(w, p.width), 1) };
    }
    default:
      return unknown('an array of objects is not read');
  }
}

/** A value as an array of texts, as `np.array` makes it; of a type of texts where one is given. */
export function toStrings(v: Value, type: StringTypeValue | undefined, context: Context): StringsValue {
  if (v.kind === 'strings' && (type === undefined || type.width === 0 || type.width === v.width)) return v;
  const { shape, texts, width } = read(v, type !== undefined);
  context.budget.claim(texts.length);
  return strings(shape, texts, type && type.width > 0 ? type.width : Math.max(width, 1));
}

/** An array of numbers as texts, `a.astype(str)`. */
export const numbersAsStrings = (a: NDArray, type: StringTypeValue): StringsValue => {
  const { shape, texts, width } = numbers(a);
  return strings(shape, texts, type.width > 0 ? type.width : width);
};

const NUMBER = /^\s*[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;
const WORD = /^\s*([-+]?)(inf|infinity|nan)\s*$/i;

/** Texts as numbers of a type, `a.astype(float)`. */
export function stringsAsNumbers(v: StringsValue, dtype: DType): NDArray {
  const texts = textsOf(v);
  const whole = dtype.startsWith('int') || dtype.startsWith('uint');
  if (!whole && !isFloatType(dtype)) return unknown(`texts as ${dtype} are not covered`);
  const data = Float64Array.from(texts, t => {
    if (whole) {
      if (!/^\s*[-+]?\d+\s*$/.test(t)) return fail(`ValueError: invalid literal for int() with base 10: '${t}'`);
      const n = Number(t);
      return Math.abs(n) < 2 ** 31 || dtype === 'int64' ? n : unknown('a text as so large a number is not covered');
    }
    const [, sign, word] = WORD.exec(t) ?? [];
    if (word !== undefined)
      return (sign === '-' ? -1 : 1) * (word.toLowerCase() === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY);
    return NUMBER.test(t) ? Number(t.replace(/_/g, '')) : fail(`ValueError: could not convert string to float: '${t}'`);
  });
  if (data.some(x => Math.abs(x) > 2 ** 53 && whole)) return unknown('a text as so large a number is not covered');
  return asType(ndarray(whole ? 'int64' : 'float64', v.array.shape, data), dtype);
}

/** What NumPy gives for places in a table: arrays of texts, and single texts. */
export const textOf = (v: StringsValue, array: NDArray): Value =>
  array.shape.length === 0
    ? { kind: 'string', value: v.table[Number(elementAt(array, array.offset))], numpy: true }
    : { ...v, array };

/** The items that iterating over an array of texts gives. */
export function stringItems(v: StringsValue, context: Context): readonly Value[] {
  const a = v.array;
  if (a.shape.length === 0) return fail('TypeError: iteration over a 0-d array');
  context.budget.claim(a.shape[0]);
  return Array.from({ length: a.shape[0] }, (_, i) =>
    textOf(v, { ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] }),
  );
}

/** The texts as lists within lists, `a.tolist()`. */
export function stringLists(v: StringsValue): Value {
  const texts = textsOf(v);
  const build = (axis: number, from: number, count: number): Value => {
    if (axis === v.array.shape.length) return stringValue(texts[from]);
    const step = count / Math.max(v.array.shape[axis], 1);
    return {
      kind: 'list',
      items: Array.from({ length: v.array.shape[axis] }, (_, i) => build(axis + 1, from + i * step, step)),
    };
  };
  return build(0, 0, sizeOf(v.array.shape));
}

/** `labels == 'a'`. */
export function compareStrings(op: ComparisonKind, left: Value, right: Value, context: Context): Value {
  const sides = [left, right].map(v =>
    v.kind === 'strings' || holdsOnlyText(v)
      ? toStrings(v, undefined, context)
      : unknown('comparing texts with something else differs between versions of NumPy'),
  );
  const [p, q] = onOneTable(sides);
  // A list leaves the comparison to the array, which names itself first.
  commonShape(...(left.kind === 'strings' ? [p, q] : [q, p]).map(v => v.array));
  context.budget.claim(Math.max(sizeOf(p.array.shape), sizeOf(q.array.shape)));
  return unwrap(compareArrays(op, p.array, q.array) ?? fail('ValueError'));
}

/** A text, or a list with nothing but texts in it. */
export const holdsOnlyText = (v: Value): boolean =>
  v.kind === 'strings' ||
  v.kind === 'string' ||
  ((v.kind === 'list' || v.kind === 'tuple') &&
    v.dense === undefined &&
    v.lazy === undefined &&
    v.items.length > 0 &&
    v.items.every(holdsOnlyText));

/** The places in the table as NumPy's functions take them: an array of whole numbers. */
export const placesOf = (v: StringsValue): Value =>
  v.array.shape.length === 0 ? scalar('int64', elementAt(v.array, v.array.offset)) : arrayValue(v.array);
