import { type DType, isComplexType, isFloatType, isIntegerType, kindOf } from '../../values/dtype';
import {
  asType,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { arrayValue, type FunctionValue, type ListValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { axisOf, bool, elementsOf, int, toArray, unwrap } from './coerce';
import { singularStack } from './decompositions';
import { dtypeOf, namedDtype } from './dtypes';
import { concatenate } from './joining';
import { norm } from './norms';
import { matmul } from './products';
import { cumulative, isTrue } from './reductions';
import { SELECTING } from './selecting';
import { matrixTranspose } from './shape';
import { SORTING } from './sorting';

/** What NumPy 2 has of the array API standard (https://data-apis.org/array-api) beside its own names. */

/** Functions under the standard's names, and under `numpy.linalg` too. */
const RENAMED: ReadonlyMap<string, string> = new Map(
  `concat concatenate; pow power; acos arccos; acosh arccosh; asin arcsin; asinh arcsinh; atan arctan; atanh arctanh; atan2 arctan2;
   bitwise_left_shift left_shift; bitwise_right_shift right_shift; bitwise_invert invert; permute_dims transpose; trapezoid trapz;
   linalg.outer outer; linalg.cross cross; linalg.matmul matmul; linalg.tensordot tensordot; linalg.vecdot vecdot;
   linalg.matrix_transpose matrix_transpose`
    .split(';')
    .map(pair => pair.trim().split(' '))
    .map(([name, of]) => [`numpy.${name}`, `numpy.${of}`] as const),
);

/** The functions of `numpy.strings` that `numpy.char` has alike. */
const OF_STRINGS = new Set(
  `add capitalize center count endswith expandtabs find index isalnum isalpha isdecimal isdigit islower isnumeric isspace istitle isupper
   ljust lower lstrip mod multiply partition replace rfind rindex rjust rpartition rstrip startswith str_len strip swapcase title
   translate upper zfill`.split(/\s+/),
);

const STRINGS = 'numpy.strings.';

/** The path under which a function is known that NumPy 2 has under another name as well. */
export const renamed = (path: string): string | undefined =>
  path.startsWith(STRINGS) && OF_STRINGS.has(path.slice(STRINGS.length)) ? path : RENAMED.get(path);

/** A function of `numpy.strings` as that of `numpy.char`, which differs for single texts; undefined for any other function. */
export function ofChar(f: FunctionValue, args: readonly CallArgument[]): FunctionValue | undefined {
  if (!f.path.startsWith(STRINGS)) return undefined;
  const several = args.some(
    ({ value: v }) => (v.kind === 'strings' && v.array.shape.length > 0) || v.kind === 'list' || v.kind === 'tuple',
  );
  return several
    ? { ...f, path: `numpy.char.${f.path.slice(STRINGS.length)}` }
    : unknown('np.strings of single texts is not covered');
}

/** Types under names that NumPy 2 has again. */
export const NEW_TYPES: Readonly<Record<string, DType>> = { bool: 'bool', long: 'int64', ulong: 'uint64' };

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const grown = (a: NDArray, at: number): NDArray =>
  reshape(a, [...a.shape.slice(0, a.shape.length + 1 + at), 1, ...a.shape.slice(a.shape.length + 1 + at)]);

const without = (v: Value, at: number): Value => {
  const a = toArray(v);
  return unwrap(
    reshape(
      a,
      a.shape.filter((_, i) => i !== a.shape.length + at),
    ),
  );
};

const conjugate = (a: NDArray): NDArray =>
  isComplexType(a.dtype)
    ? fromElements(
        a.dtype,
        a.shape,
        elementsOf(a).map(e => (typeof e === 'object' ? { re: e.re, im: -e.im } : e)),
      )
    : a;

/** Products of vectors along the last axes; `rows` and `columns` say which operand is a vector. */
function product(name: string, x: Bound, c: Context, rows: boolean, columns: boolean): Value {
  const last = (v: Value | undefined, k: number): NDArray => {
    const a = toArray(need(v));
    const wanted = (k === 0 ? rows : columns) ? 1 : 2;
    if (a.shape.length < wanted) unknown(`np.${name} of an operand with too few dimensions is not covered`);
    if (name !== 'vecdot' || x.axis === undefined) return a;
    const axis = axisOf(x.axis, a.shape.length);
    return transpose(a, [...a.shape.map((_, i) => i).filter(i => i !== axis), axis]);
  };
  const [a, b] = [last(x.x1, 0), last(x.x2, 1)];
  if (a.shape.at(-1) !== (columns ? b.shape.at(-1) : b.shape.at(-2)))
    return unknown(`np.${name} of sizes that do not fit is not covered`);
  const left = rows ? grown(conjugate(a), -2) : a;
  const right = columns ? grown(b, -1) : b;
  let out = matmul(arrayValue(left), arrayValue(right), c);
  if (columns) out = without(out, -1);
  return rows ? without(out, -1 - (columns ? 0 : 1)) : out;
}

function vectorNorm(x: Bound, c: Context): Value {
  const a = toArray(need(x.x));
  const ord = x.ord ?? int(2);
  if (x.axis && (x.axis.kind === 'tuple' || x.axis.kind === 'list'))
    return unknown('several axes of vector_norm are not covered yet');
  if (x.axis && x.axis.kind !== 'none') return norm({ x: need(x.x), ord, axis: x.axis, keepdims: x.keepdims }, c);
  const size = norm({ x: arrayValue(reshape(a, [sizeOf(a.shape)])), ord }, c);
  if (!isTrue(x.keepdims)) return size;
  return arrayValue(
    reshape(
      toArray(size),
      a.shape.map(() => 1),
    ),
  );
}

/** The parts that np.unique gives, as a tuple of named parts. */
function uniqueParts(kind: 'All' | 'Counts' | 'Inverse', x: Bound, c: Context): ListValue {
  const a = toArray(need(x.x));
  const unique = SORTING.find(f => f.path === 'numpy.unique') ?? unknown('np.unique is not covered');
  const yes = bool(true);
  const found = unique.evaluate(
    { ar: arrayValue(a), return_index: yes, return_inverse: yes, return_counts: yes, equal_nan: bool(false) },
    c,
  );
  const [values, indices, inverse, counts] = found.kind === 'tuple' ? found.items : [];
  const shaped = arrayValue(reshape(toArray(need(inverse)), a.shape));
  const parts: readonly (readonly [string, Value])[] = [
    ['values', need(values)],
    ...(kind === 'All' ? ([['indices', need(indices)]] as const) : []),
    ...(kind === 'Counts' ? [] : ([['inverse_indices', shaped]] as const)),
    ...(kind === 'Inverse' ? [] : ([['counts', need(counts)]] as const)),
  ];
  return {
    kind: 'tuple',
    items: parts.map(([, v]) => v),
    named: { path: `Unique${kind}Result`, fields: parts.map(([name]) => name), form: 'namedtuple' },
  };
}

function running(op: 'sum' | 'prod', x: Bound): Value {
  const a = toArray(need(x.x));
  const none = x.axis === undefined || x.axis.kind === 'none';
  if (a.shape.length === 0) return unknown('a running sum of one number is not covered');
  if (none && a.shape.length > 1)
    return fail('ValueError: For arrays which have more than one dimension ``axis`` argument is required.');
  const axis = none ? 0 : axisOf(need(x.axis), a.shape.length);
  const out = toArray(cumulative(arrayValue(a), op, int(axis), dtypeOf(x.dtype)));
  if (!isTrue(x.include_initial)) return arrayValue(out);
  const shape = out.shape.map((n, i) => (i === axis ? 1 : n));
  const start = asType(
    ndarray('float64', shape, new Float64Array(sizeOf(shape)).fill(op === 'sum' ? 0 : 1)),
    out.dtype,
  );
  return arrayValue(concatenate([start, out], axis, out.dtype));
}

const KINDS: Readonly<Record<string, (d: DType) => boolean>> = {
  bool: d => d === 'bool',
  'signed integer': d => kindOf(d) === 'signed',
  'unsigned integer': d => kindOf(d) === 'unsigned',
  integral: isIntegerType,
  'real floating': isFloatType,
  'complex floating': isComplexType,
  numeric: d => d !== 'bool',
};

function isOfKind(x: Bound): Value {
  const dtype = dtypeOf(need(x.dtype)) ?? 'float64';
  const kinds = need(x.kind);
  const one = (v: Value): boolean => {
    if (v.kind !== 'string') return (namedDtype(v) ?? unknown('this kind of types is not covered yet')) === dtype;
    return (KINDS[v.value] ?? unknown('this kind of types is not covered yet'))(dtype);
  };
  return bool(kinds.kind === 'tuple' ? kinds.items.some(one) : one(kinds));
}

/** The functions with the last two axes in the place of the first. */
const overLast = (name: 'diagonal' | 'trace'): LibraryFunction => ({
  path: `numpy.linalg.${name}`,
  signature: name === 'trace' ? 'x, /, *, offset=0, dtype=None' : 'x, /, *, offset=0',
  evaluate: (x, c) => {
    const entry = SELECTING.find(f => f.path === `numpy.${name}`) ?? unknown(`np.${name} is not covered`);
    return entry.evaluate({ a: need(x.x), offset: x.offset, axis1: int(-2), axis2: int(-1), dtype: x.dtype }, c);
  },
});

export const ARRAY_API: readonly LibraryFunction[] = [
  {
    path: 'numpy.matrix_transpose',
    signature: 'x, /',
    evaluate: x => arrayValue(matrixTranspose(toArray(need(x.x)))),
  },
  {
    path: 'numpy.astype',
    signature: 'x, dtype, /, *, copy=True, device=None',
    evaluate: x => {
      const v = need(x.x);
      if (v.kind !== 'array') return unknown('np.astype of what is no array is not covered');
      return arrayValue(asType(v.array, dtypeOf(need(x.dtype)) ?? 'float64'));
    },
  },
  {
    path: 'numpy.unstack',
    signature: 'x, /, *, axis=0',
    evaluate: x => {
      const a = toArray(need(x.x));
      if (a.shape.length === 0) return fail('ValueError: Input array must be at least 1-d.');
      const axis = axisOf(x.axis ?? int(0), a.shape.length, 'source: ');
      const rest = (list: readonly number[]): number[] => list.filter((_, i) => i !== axis);
      return tuple(
        Array.from({ length: a.shape[axis] }, (_, k) =>
          unwrap({
            ...a,
            shape: rest(a.shape),
            strides: rest(a.strides),
            offset: a.offset + k * a.strides[axis],
          }),
        ),
      );
    },
  },
  {
    path: 'numpy.vecdot',
    signature: 'x1, x2, /, out=None, *, axis=-1',
    evaluate: (x, c) => product('vecdot', x, c, true, true),
  },
  { path: 'numpy.matvec', signature: 'x1, x2, /, out=None', evaluate: (x, c) => product('matvec', x, c, false, true) },
  { path: 'numpy.vecmat', signature: 'x1, x2, /, out=None', evaluate: (x, c) => product('vecmat', x, c, true, false) },
  { path: 'numpy.linalg.vector_norm', signature: 'x, /, *, axis=None, keepdims=False, ord=2', evaluate: vectorNorm },
  {
    path: 'numpy.linalg.matrix_norm',
    signature: 'x, /, *, keepdims=False, ord=fro',
    evaluate: (x, c) =>
      norm(
        {
          x: need(x.x),
          ord: x.ord ?? { kind: 'string', value: 'fro' },
          axis: tuple([int(-2), int(-1)]),
          keepdims: x.keepdims,
        },
        c,
      ),
  },
  {
    path: 'numpy.linalg.svdvals',
    signature: 'x, /',
    evaluate: (x, c) => arrayValue(singularStack(need(x.x), c)),
  },
  overLast('diagonal'),
  overLast('trace'),
  ...(['All', 'Counts', 'Inverse'] as const).map(
    (kind): LibraryFunction => ({
      path: `numpy.unique_${kind.toLowerCase()}`,
      signature: 'x',
      evaluate: (x, c) => uniqueParts(kind, x, c),
    }),
  ),
  ...(['sum', 'prod'] as const).map(
    (op): LibraryFunction => ({
      path: `numpy.cumulative_${op}`,
      signature: 'x, /, *, axis=None, dtype=None, out=None, include_initial=False',
      evaluate: x => running(op, x),
    }),
  ),
  { path: 'numpy.isdtype', signature: 'dtype, kind', evaluate: isOfKind },
  {
    path: 'numpy.bitwise_count',
    signature: 'x, /, out=None',
    evaluate: x => {
      const a = toArray(need(x.x));
      if (!isIntegerType(a.dtype)) return unknown('np.bitwise_count of this is not covered yet');
      const ones = elementsOf(contiguous(a)).map(e => {
        const n = BigInt(e as number | bigint);
        return (n < 0n ? -n : n).toString(2).replaceAll('0', '').length;
      });
      return unwrap(fromElements('uint8', a.shape, ones));
    },
  },
];
