import {
  bytesOf,
  type DType,
  integerRange,
  isComplex,
  isComplexType,
  isFloatType,
  isIntegerType,
  kindOf,
  promote,
  promoteAll,
} from '../../values/dtype';
import { sizeOf } from '../../values/ndarray';
import { type FunctionValue, scalar, stringValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { bool, float, int, isArrayLike, toArray, unwrap } from './coerce';
import { charOf, dtypeOf, dtypeValue, namedDtype } from './dtypes';
import { axesOf } from './reductions';
import { stringTypeOf } from './string-arrays';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Families of scalar types, by the names numpy gives them. */
export const FAMILIES: Readonly<Record<string, (d: DType) => boolean>> = {
  generic: () => true,
  number: d => d !== 'bool',
  integer: isIntegerType,
  signedinteger: d => kindOf(d) === 'signed',
  unsignedinteger: d => kindOf(d) === 'unsigned',
  inexact: d => isFloatType(d) || isComplexType(d),
  floating: isFloatType,
  complexfloating: isComplexType,
};

export type Casting = 'no' | 'equiv' | 'safe' | 'same_kind' | 'unsafe';
const RANK = { bool: 0, unsigned: 1, signed: 2, float: 3, complex: 4 };

/** numpy.can_cast between types. */
export function canCast(from: DType, to: DType, casting: Casting): boolean {
  switch (casting) {
    case 'no':
    case 'equiv':
      return from === to;
    case 'safe':
      return promote(from, to) === to;
    case 'same_kind':
      return promote(from, to) === to || (from !== 'bool' && RANK[kindOf(from)] <= RANK[kindOf(to)]);
    case 'unsafe':
      return true;
  }
}

const CASTINGS = new Set(['no', 'equiv', 'safe', 'same_kind', 'unsafe']);

function castable(x: Bound): Value {
  const from = need(x.from_);
  const to = dtypeOf(need(x.to)) ?? unknown('this dtype is not covered yet');
  const casting = x.casting?.kind === 'string' ? x.casting.value : 'safe';
  if (!CASTINGS.has(casting))
    return fail(
      `ValueError: casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '${casting}')`,
    );
  const named = namedDtype(from);
  if (named) return bool(canCast(named, to, casting as Casting));
  // For a number NumPy 1 looks at its value and NumPy 2 does not: only arrays are certain.
  if (from.kind === 'array' && from.array.shape.length > 0)
    return bool(canCast(from.array.dtype, to, casting as Casting));
  return unknown('np.can_cast of a number differs between versions of NumPy');
}

/** The dtype of a named type or an array; numbers have none that all versions agree on. */
function typeOf(v: Value): DType {
  const named = namedDtype(v);
  if (named) return named;
  if (v.kind === 'array' && v.array.shape.length > 0) return v.array.dtype;
  return unknown('the type of a number in a promotion differs between versions of NumPy');
}

const resulting = (values: readonly Value[]): Value => {
  if (values.length === 0) return fail('ValueError: at least one array or dtype is required');
  // Two numbers of Python's own, or one beside arrays of its kind or a higher one, promote alike in all versions.
  const types = values.filter(v => !(v.kind === 'scalar' && v.weak)).map(typeOf);
  if (types.length < values.length) {
    if (types.length === 0) return unknown('the type of a number in a promotion differs between versions of NumPy');
    const all = promoteAll(types);
    for (const v of values)
      if (v.kind === 'scalar' && v.weak && RANK[kindOf(v.dtype)] > RANK[kindOf(all)] - (isIntegerType(all) ? 1 : 0))
        return unknown('the type of a number in a promotion differs between versions of NumPy');
    const fits = values.every(
      v => v.kind !== 'scalar' || !v.weak || !isIntegerType(all) || (Number(v.value) >= 0 && Number(v.value) < 128),
    );
    return fits ? dtypeValue(all) : unknown('the type of a number in a promotion differs between versions of NumPy');
  }
  return dtypeValue(promoteAll(types));
};

function isSubtype(x: Bound): Value {
  const left = need(x.arg1);
  const right = need(x.arg2);
  const text = (v: Value): boolean => v.kind === 'string-type' || (v.kind === 'function' && v.path === 'builtins.str');
  if (text(left) || text(right))
    return bool((text(left) && text(right)) || (right.kind === 'function' && right.path === 'numpy.family.generic'));
  if (left.kind === 'function' && left.path.startsWith('numpy.family.')) {
    const name = left.path.slice('numpy.family.'.length);
    const PARENTS: Readonly<Record<string, string>> = {
      signedinteger: 'integer',
      unsignedinteger: 'integer',
      integer: 'number',
      floating: 'inexact',
      complexfloating: 'inexact',
      inexact: 'number',
      number: 'generic',
    };
    if (right.kind !== 'function' || !right.path.startsWith('numpy.family.')) return bool(false);
    const wanted = right.path.slice('numpy.family.'.length);
    for (let here: string | undefined = name; here; here = PARENTS[here]) if (here === wanted) return bool(true);
    return bool(false);
  }
  const d = dtypeOf(left) ?? 'float64';
  if (right.kind === 'function' && right.path.startsWith('numpy.family.'))
    return bool(FAMILIES[right.path.slice('numpy.family.'.length)](d));
  const other = dtypeOf(right) ?? 'float64';
  return bool(d === other);
}

/** Smallest type that holds a number. */
function minimal(v: Value): DType {
  if (v.kind === 'array' && v.array.shape.length === 0) return minimal(unwrap(v.array));
  if (v.kind !== 'scalar') return toArray(v).dtype;
  if (isIntegerType(v.dtype)) {
    const [n] = typeof v.value === 'bigint' ? [v.value] : [BigInt(Number(v.value))];
    const list: readonly DType[] =
      n >= 0n ? ['uint8', 'uint16', 'uint32', 'uint64'] : ['int8', 'int16', 'int32', 'int64'];
    return (
      list.find(d => n >= integerRange(d)[0] && n <= integerRange(d)[1]) ??
      unknown('an integer beyond 64 bits makes an object, which is not read')
    );
  }
  const fits = (x: number): 16 | 32 | 64 => {
    if (!Number.isFinite(x) || Math.abs(x) < 65000) return 16;
    return Math.abs(x) < 3.4e38 ? 32 : 64;
  };
  if (isComplex(v.value)) return Math.max(fits(v.value.re), fits(v.value.im)) <= 32 ? 'complex64' : 'complex128';
  return v.dtype === 'bool' ? 'bool' : (`float${fits(Number(v.value))}` as DType);
}

interface FloatFacts {
  readonly bits: number;
  readonly eps: number;
  readonly max: number;
  readonly tiny: number;
  readonly smallest: number;
  readonly precision: number;
  readonly resolution: number;
  readonly nmant: number;
  readonly nexp: number;
  readonly maxexp: number;
  readonly minexp: number;
}

const FLOATS: Readonly<Record<'float16' | 'float32' | 'float64', FloatFacts>> = {
  float16: {
    bits: 16,
    eps: 2 ** -10,
    max: 65504,
    tiny: 2 ** -14,
    smallest: 2 ** -24,
    precision: 3,
    resolution: 1e-3,
    nmant: 10,
    nexp: 5,
    maxexp: 16,
    minexp: -14,
  },
  float32: {
    bits: 32,
    eps: 2 ** -23,
    max: (2 - 2 ** -23) * 2 ** 127,
    tiny: 2 ** -126,
    smallest: 2 ** -149,
    precision: 6,
    resolution: Math.fround(1e-6),
    nmant: 23,
    nexp: 8,
    maxexp: 128,
    minexp: -126,
  },
  float64: {
    bits: 64,
    eps: 2 ** -52,
    max: Number.MAX_VALUE,
    tiny: 2 ** -1022,
    smallest: 5e-324,
    precision: 15,
    resolution: 1e-15,
    nmant: 52,
    nexp: 11,
    maxexp: 1024,
    minexp: -1022,
  },
};

/** Attributes of `np.finfo(...)` and `np.iinfo(...)`, which are told apart by the path of the object. */
export function machineLimit(path: string, name: string): Value | undefined {
  const [, info, type] = /^(?:numpy|torch)\.(finfo|iinfo)\.(\w+)$/.exec(path) ?? [];
  if (info === undefined) return undefined;
  const dtype = type as DType;
  if (name === 'dtype') return dtypeValue(dtype);
  if (info === 'iinfo') {
    const [low, high] = integerRange(dtype);
    if (name === 'min') return int(low);
    if (name === 'max') return int(high);
    if (name === 'bits') return int(bytesOf(dtype) * 8);
    return unknown(`the attribute ${name} of np.iinfo is not covered yet`);
  }
  const f = FLOATS[dtype as 'float64'];
  // torch's are Python's own numbers.
  const strong = (v: number): Value => (path.startsWith('torch.') ? float(v) : scalar(dtype, v));
  switch (name) {
    case 'eps':
      return strong(f.eps);
    case 'epsneg':
      return strong(f.eps / 2);
    case 'max':
      return strong(f.max);
    case 'min':
      return strong(-f.max);
    case 'tiny':
    case 'smallest_normal':
      return strong(f.tiny);
    case 'smallest_subnormal':
      return strong(f.smallest);
    case 'resolution':
      return strong(f.resolution);
    case 'precision':
      return int(f.precision);
    case 'bits':
      return int(f.bits);
    case 'nmant':
      return int(f.nmant);
    case 'nexp':
      return int(f.nexp);
    case 'maxexp':
      return int(f.maxexp);
    case 'minexp':
      return int(f.minexp);
    default:
      return unknown(`the attribute ${name} of np.finfo is not covered yet`);
  }
}

const info = (name: 'finfo' | 'iinfo'): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: name === 'finfo' ? 'dtype' : 'int_type',
  evaluate: x => {
    const v = need(x.dtype ?? x.int_type);
    let d =
      namedDtype(v) ?? (isArrayLike(v) ? toArray(v).dtype : undefined) ?? unknown('this dtype is not covered yet');
    if (name === 'finfo') {
      if (isComplexType(d)) d = d === 'complex64' ? 'float32' : 'float64';
      if (!isFloatType(d)) return fail(`ValueError: data type <class 'numpy.${d}'> not inexact`);
    } else if (!isIntegerType(d))
      return fail(`ValueError: Invalid integer data type '${d === 'bool' ? 'b' : kindOf(d)[0]}'.`);
    return { kind: 'module', path: `numpy.${name}.${d}` };
  },
});

/** Attributes of a dtype. */
export function dtypeMember(d: DType, name: string): Value | undefined {
  const letter = { bool: 'b', signed: 'i', unsigned: 'u', float: 'f', complex: 'c' }[kindOf(d)];
  switch (name) {
    case 'name':
      return stringValue(d);
    case 'itemsize':
      return int(bytesOf(d));
    case 'kind':
      return stringValue(letter);
    case 'char':
      return stringValue(charOf(d));
    case 'str':
      return stringValue(`${bytesOf(d) === 1 ? '|' : '<'}${letter}${bytesOf(d)}`);
    case 'type':
      return { kind: 'dtype', dtype: d, form: 'type' };
    case 'alignment':
      return int(isComplexType(d) ? bytesOf(d) / 2 : bytesOf(d));
    case 'shape':
      return tuple([]);
    case 'ndim':
      return int(0);
    case 'isnative':
      return bool(true);
    case 'hasobject':
      return bool(false);
    case 'names':
    case 'fields':
    case 'subdtype':
      return { kind: 'none' };
    default:
      return undefined;
  }
}

const isNumber = (v: Value): boolean => v.kind === 'scalar' || v.kind === 'string';

export const TYPES: readonly LibraryFunction[] = [
  info('finfo'),
  info('iinfo'),
  {
    path: 'numpy.dtype',
    signature: 'dtype, align=False, copy=False',
    evaluate: x => {
      const text = stringTypeOf(x.dtype);
      return text ? { kind: 'string-type', width: text.width } : dtypeValue(dtypeOf(need(x.dtype)) ?? 'float64');
    },
  },
  { path: 'numpy.can_cast', signature: 'from_, to, casting=safe', evaluate: castable },
  {
    path: 'numpy.result_type',
    signature: '*arrays_and_dtypes',
    evaluate: x => resulting(x.arrays_and_dtypes?.kind === 'tuple' ? x.arrays_and_dtypes.items : []),
  },
  {
    path: 'numpy.promote_types',
    signature: 'type1, type2',
    evaluate: x => dtypeValue(promote(dtypeOf(need(x.type1)) ?? 'float64', dtypeOf(need(x.type2)) ?? 'float64')),
  },
  {
    path: 'numpy.find_common_type',
    signature: 'array_types, scalar_types',
    evaluate: x => {
      const [arrays, scalars] = [need(x.array_types), need(x.scalar_types)].map(v =>
        (v.kind === 'list' || v.kind === 'tuple' ? v.items : []).map(t => dtypeOf(t) ?? 'float64'),
      );
      if (arrays.length === 0 || scalars.length === 0) {
        const all = [...arrays, ...scalars];
        return all.length === 0 ? { kind: 'none' } : dtypeValue(all.reduce(promote));
      }
      const [a, s] = [arrays.reduce(promote), scalars.reduce(promote)];
      return dtypeValue(RANK[kindOf(s)] > RANK[kindOf(a)] ? promote(a, s) : a);
    },
  },
  {
    path: 'numpy.ndarray',
    signature: 'shape, dtype=float, buffer=None, offset=0, strides=None, order=None',
    evaluate: () => unknown('np.ndarray makes an array of memory that is not set, known only when the code runs'),
  },
  { path: 'numpy.min_scalar_type', signature: 'a, /', evaluate: x => dtypeValue(minimal(need(x.a))) },
  {
    path: 'numpy.common_type',
    signature: '*arrays',
    evaluate: x => {
      const types = (x.arrays?.kind === 'tuple' ? x.arrays.items : []).map(v => {
        const d = toArray(v).dtype;
        if (d === 'bool') return fail("TypeError: can't get common type for non-numeric array");
        return isIntegerType(d) ? ('float64' as DType) : d;
      });
      return { kind: 'dtype', dtype: types.reduce(promote, 'float16'), form: 'type' };
    },
  },
  { path: 'numpy.issubdtype', signature: 'arg1, arg2', evaluate: isSubtype },
  {
    path: 'numpy.isscalar',
    signature: 'element',
    evaluate: x => bool(isNumber(need(x.element))),
  },
  {
    path: 'numpy.iscomplexobj',
    signature: 'x',
    evaluate: x => bool(isComplexType(toArray(need(x.x)).dtype)),
  },
  {
    path: 'numpy.isrealobj',
    signature: 'x',
    evaluate: x => {
      const v = need(x.x);
      return bool(v.kind === 'string' || v.kind === 'none' || !isComplexType(toArray(v).dtype));
    },
  },
  {
    path: 'numpy.issctype',
    signature: 'rep',
    evaluate: x => {
      const v = need(x.rep);
      if (v.kind === 'scalar' || (v.kind === 'function' && v.path === 'builtins.list')) return bool(false);
      return v.kind === 'dtype' || v.kind === 'string-type'
        ? bool(true)
        : unknown('np.issctype of this is not covered yet');
    },
  },
  {
    path: 'numpy.obj2sctype',
    signature: 'rep, default=None',
    evaluate: x => {
      const v = need(x.rep);
      const dtype = v.kind === 'array' ? v.array.dtype : v.kind === 'dtype' ? v.dtype : undefined;
      return dtype ? { kind: 'dtype', dtype, form: 'type' } : unknown('np.obj2sctype of this is not covered yet');
    },
  },
  {
    path: 'numpy.maximum_sctype',
    signature: 't',
    evaluate: x => {
      const dtype = dtypeOf(need(x.t)) ?? 'float64';
      if (!isIntegerType(dtype)) return unknown('the widest type of this kind depends on the machine');
      return { kind: 'dtype', dtype: kindOf(dtype) === 'signed' ? 'int64' : 'uint64', form: 'type' };
    },
  },
  {
    path: 'numpy.issubsctype',
    signature: 'arg1, arg2',
    evaluate: x => {
      const of = (v: Value): DType | undefined => (v.kind === 'array' ? v.array.dtype : dtypeOf(v));
      return bool(of(need(x.arg1)) === of(need(x.arg2)));
    },
  },
  {
    path: 'numpy.iterable',
    signature: 'y',
    evaluate: x => {
      const y = need(x.y);
      if (y.kind === 'array') return bool(y.array.shape.length > 0);
      return bool(y.kind === 'list' || y.kind === 'tuple' || y.kind === 'string');
    },
  },
  { path: 'numpy.shape', signature: 'a', evaluate: x => tuple(toArray(need(x.a)).shape.map(int)) },
  { path: 'numpy.ndim', signature: 'a', evaluate: x => int(toArray(need(x.a)).shape.length) },
  {
    path: 'numpy.size',
    signature: 'a, axis=None',
    evaluate: x => {
      const { shape } = toArray(need(x.a));
      return x.axis === undefined || x.axis.kind === 'none'
        ? int(sizeOf(shape))
        : int(axesOf(x.axis, shape.length).reduce((n, axis) => n * shape[axis], 1));
    },
  },
];

export const family = (name: string): FunctionValue | undefined =>
  name in FAMILIES ? { kind: 'function', path: `numpy.family.${name}` } : undefined;
