import { pythonRepr } from '../../format/numpy';
import { bytesOf, type DType, isComplex, isComplexType, isFloatType } from '../../values/dtype';
import { asType, get, partView, sizeOf, transpose } from '../../values/ndarray';
import { arrayValue, type FunctionValue, scalar, tuple, type Value } from '../../values/value';
import { bind, type LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { elementsOf, float, int, integersOf, likeInput, needInteger, toArray, typeName, unwrap } from './coerce';
import { DICT_METHODS, dictMethod } from './dicts';
import { dtypeOf } from './dtypes';
import { flag, laidOut, orderOf, ravelledIn, stridesOf } from './memory-order';
import { numberMethod } from './number-methods';
import { sameItem } from './operators';
import { checkWords, withOut } from './out';
import { partOf } from './reductions';
import { matrixTranspose, reshaped, transposed } from './shape';
import { canCast } from './types';

/** Methods that are the library function of the same name with the array as first argument. */
const AS_FUNCTIONS = new Set(
  `sum prod mean var std max min argmax argmin all any cumsum cumprod dot trace ravel squeeze ptp conj conjugate round
   clip swapaxes repeat argsort diagonal nonzero take choose compress searchsorted partition argpartition`.split(/\s+/),
);

const OWN: Readonly<Record<string, LibraryFunction>> = {
  reshape: {
    path: 'ndarray.reshape',
    signature: '*shape, order=C',
    evaluate: x => {
      const items = x.shape?.kind === 'tuple' ? x.shape.items : [];
      const shape = items.length === 1 ? integersOf(items[0]) : items.flatMap(integersOf);
      const a = toArray(x.self ?? fail('no array'));
      return arrayValue(reshaped(a, shape, orderOf(x.order, a)));
    },
  },
  transpose: {
    path: 'ndarray.transpose',
    signature: '*axes',
    evaluate: x => {
      const items = x.axes?.kind === 'tuple' ? x.axes.items : [];
      const axes: Value | undefined =
        items.length === 0
          ? undefined
          : items.length === 1 && items[0].kind !== 'scalar'
            ? items[0]
            : { kind: 'tuple', items };
      return arrayValue(transposed(toArray(x.self ?? fail('no array')), axes));
    },
  },
  flatten: {
    path: 'ndarray.flatten',
    signature: 'order=C',
    evaluate: x => arrayValue(ravelledIn(toArray(x.self ?? fail('no array')), x.order)),
  },
  copy: {
    path: 'ndarray.copy',
    signature: 'order=C',
    evaluate: x => {
      checkWords('ndarray.copy', x);
      return x.self?.kind === 'array' && x.order
        ? arrayValue(laidOut(x.self.array, x.order))
        : (x.self ?? fail('no array'));
    },
  },
  astype: {
    path: 'ndarray.astype',
    signature: 'dtype, order=K, casting=unsafe, subok=True, copy=True',
    evaluate: (x, c) => {
      const self = x.self ?? fail('no array');
      checkWords('ndarray.astype', x);
      const [from, to] = [toArray(self).dtype, dtypeOf(x.dtype) ?? 'float64'];
      const rule = x.casting?.kind === 'string' ? x.casting.value : 'unsafe';
      if ((rule === 'safe' || rule === 'same_kind') && !canCast(from, to, rule))
        fail(
          `TypeError: Cannot cast array data from dtype('${from}') to dtype('${to}') according to the rule '${rule}'`,
        );
      c.budget.spend(4 * sizeOf(toArray(self).shape));
      const a = laidOut(asType(toArray(self), dtypeOf(x.dtype) ?? 'float64'), x.order);
      return self.kind === 'array' ? arrayValue(a) : unwrap(a);
    },
  },
  view: {
    path: 'ndarray.view',
    signature: 'dtype=None, type=None',
    evaluate: x => {
      const self = x.self ?? fail('no array');
      const dtype = dtypeOf(x.dtype);
      if (self.kind !== 'array' || (dtype !== undefined && dtype !== self.array.dtype))
        return unknown('a view as another type is not covered yet');
      return arrayValue(self.array);
    },
  },
  tolist: { path: 'ndarray.tolist', signature: '', evaluate: x => listOf(toArray(x.self ?? fail('no array'))) },
  item: {
    path: 'ndarray.item',
    signature: '*args',
    evaluate: x => {
      const a = toArray(x.self ?? fail('no array'));
      const at = x.args?.kind === 'tuple' ? x.args.items : [];
      if (at.length === 1 && at[0].kind === 'scalar') {
        const k = needInteger(at[0]);
        const n = sizeOf(a.shape);
        if (k < -n || k >= n)
          fail(`IndexError: index ${k} is out of bounds for ${a.shape.length === 1 ? 'axis 0 with ' : ''}size ${n}`);
        return scalar(pythonType(a.dtype), elementsOf(a)[k < 0 ? k + n : k], true);
      }
      if (at.length > 0) {
        const places = at.length === 1 ? integersOf(at[0]) : at.flatMap(integersOf);
        if (places.length !== a.shape.length || places.some((k, i) => k < -a.shape[i] || k >= a.shape[i]))
          return unknown('item with these indices is not covered yet');
        const e = get(a, ...places.map((k, i) => (k < 0 ? k + a.shape[i] : k)));
        return scalar(pythonType(a.dtype), e, true);
      }
      if (sizeOf(a.shape) !== 1) fail('ValueError: can only convert an array of size 1 to a Python scalar');
      return scalar(pythonType(a.dtype), elementsOf(a)[0], true);
    },
  },
};

/** Names and signatures of an array's methods, beside those that change it. */
export const METHODS: readonly { readonly path: string; readonly signature?: string }[] = [
  ...[...AS_FUNCTIONS].map(name => ({ path: `ndarray.${name}` })),
  ...Object.values(OWN),
];

/** The dtype that stands for Python's own type of such numbers. */
const pythonType = (d: DType): DType =>
  isFloatType(d) ? 'float64' : isComplexType(d) ? 'complex128' : d === 'bool' ? 'bool' : 'int64';

function listOf(a: ReturnType<typeof toArray>): Value {
  const build = (axis: number, items: readonly Value[]): Value => {
    if (axis === a.shape.length) return items[0];
    const step = items.length / Math.max(a.shape[axis], 1);
    return {
      kind: 'list',
      items: Array.from({ length: a.shape[axis] }, (_, i) => build(axis + 1, items.slice(i * step, (i + 1) * step))),
    };
  };
  return build(
    0,
    elementsOf(a).map(e => scalar(pythonType(a.dtype), e, true)),
  );
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What Python's own types have: another name is an error, not something unknown. */
const ATTRIBUTES: Readonly<Record<string, ReadonlySet<string>>> = {
  list: words('append clear copy count extend index insert pop remove reverse sort'),
  tuple: words('count index'),
  dict: words('clear copy fromkeys get items keys pop popitem setdefault update values'),
  NoneType: words(''),
  bool: words('as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes'),
  int: words('as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag numerator real to_bytes'),
  float: words('as_integer_ratio conjugate fromhex hex imag is_integer real'),
  complex: words('conjugate imag real'),
  str: words(
    `capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii
     isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans
     partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith
     strip swapcase title translate upper zfill`,
  ),
};

const OF_TYPES = words(
  `alignment base byteorder char descr fields flags hasobject isalignedstruct isbuiltin isnative itemsize kind metadata name names
   ndim newbyteorder num shape str subdtype type`,
);

/** `object.name` on a value: an attribute, or a method bound to it. */
export function member(object: Value, name: string, context: Context): Value {
  if (object.kind === 'array' || (object.kind === 'scalar' && !object.weak)) {
    const a = toArray(object);
    switch (name) {
      case 'T':
        context.record('transpose', [object]);
        return likeInput(object, transpose(a));
      case 'mT':
        return arrayValue(matrixTranspose(a, true));
      case 'shape':
        return tuple(a.shape.map(int));
      case 'flat':
        return { kind: 'function', path: 'ndarray.flat', self: object };
      case 'flags':
        return { kind: 'function', path: 'ndarray.flags', self: arrayValue(a) };
      case 'strides':
        return stridesOf(a);
      case 'ndim':
        return int(a.shape.length);
      case 'size':
        return int(sizeOf(a.shape));
      case 'dtype':
        return { kind: 'dtype', dtype: a.dtype };
      case 'real':
        return likeInput(object, isComplexType(a.dtype) ? partView(a, 0) : a);
      case 'imag':
        return likeInput(object, isComplexType(a.dtype) ? partView(a, 1) : partOf(a, 1));
      case 'itemsize':
        return int(bytesOf(a.dtype));
      case 'nbytes':
        return int(sizeOf(a.shape) * bytesOf(a.dtype));
    }
    if (object.kind === 'scalar' && ['dot', 'partition', 'argpartition'].includes(name))
      return fail(`AttributeError: '${typeName(object)}' object has no attribute '${name}'`);
    const own = object.kind === 'scalar' ? numberMethod(object, name) : undefined;
    if (own) return own;
    if (AS_FUNCTIONS.has(name) || name in OWN) return { kind: 'function', path: `ndarray.${name}`, self: object };
    return unknown(`the attribute ${name} of an array is not covered yet`);
  }
  if (object.kind === 'function' && object.path === 'ndarray.flags' && object.self)
    return flag(toArray(object.self), name);
  if (object.kind === 'scalar') {
    if (name === 'real' || name === 'imag') {
      const z = isComplex(object.value) ? object.value : { re: Number(object.value), im: 0 };
      return object.dtype === 'complex128' || object.dtype === 'float64'
        ? float(name === 'real' ? z.re : z.im)
        : int(name === 'real' ? z.re : 0);
    }
    const own = numberMethod(object, name);
    if (own) return own;
    if (['T', 'shape', 'dtype', 'ndim', 'size'].includes(name))
      return fail(`AttributeError: '${typeName(object)}' object has no attribute '${name}'`);
  }
  if (object.kind === 'list' && object.lazy !== undefined) return unknown(`the attribute ${name} is not covered yet`);
  if (name === 'copy' && object.kind === 'list') return { kind: 'function', path: 'ndarray.copy', self: object };
  if ((object.kind === 'list' || object.kind === 'tuple') && (name === 'count' || name === 'index'))
    return { kind: 'function', path: `list.${name}`, self: object };
  const known = object.kind === 'dtype' && object.form === undefined ? OF_TYPES : ATTRIBUTES[typeName(object)];
  if (known && !known.has(name) && !name.startsWith('__'))
    return fail(`AttributeError: '${typeName(object)}' object has no attribute '${name}'`);
  if (object.kind === 'dict' && DICT_METHODS.has(name)) return { kind: 'function', path: `dict.${name}`, self: object };
  return unknown(`the attribute ${name} is not covered yet`);
}

/** `items.count(x)` and `items.index(x)`. */
function placeIn(self: Value, name: string, args: readonly CallArgument[], context: Context): Value {
  const x = bind({ path: `builtins.${name}`, signature: 'value, /', evaluate: () => self }, args);
  const value = x.value ?? fail('TypeError: an argument is missing');
  const hits = iterate(self, context).flatMap((item, k) => (sameItem(item, value, context) ? [k] : []));
  if (name === 'count') return int(hits.length);
  return hits.length > 0
    ? int(hits[0])
    : fail(
        self.kind === 'tuple'
          ? 'ValueError: tuple.index(x): x not in tuple'
          : `ValueError: ${pythonRepr(value)} is not in list`,
      );
}

/** Calls a method: its own entry, or the library function with the receiver put first. */
export function callMethod(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const name = f.path.slice(f.path.indexOf('.') + 1);
  const self = f.self ?? fail('TypeError: the method has no object');
  if (self.kind === 'dict') return dictMethod(self, name, args, context);
  if (f.path === 'list.count' || f.path === 'list.index') return placeIn(self, name, args, context);
  const own = OWN[name];
  if (own && !AS_FUNCTIONS.has(name)) return own.evaluate({ ...bind(own, args), self }, context);
  const entry = library.get(`numpy.${name}`);
  const odd =
    name.startsWith('cum') && args.find(a => a.name !== undefined && !['axis', 'dtype', 'out'].includes(a.name));
  if (odd) return fail(`TypeError: '${odd.name}' is an invalid keyword argument for ${name}()`);
  if (!entry) return unknown(`the method ${name} is not covered yet`);
  if (name === 'conj' || name === 'conjugate') {
    if (args.some(a => a.name !== undefined)) fail(`TypeError: ndarray.${name}() takes no keyword arguments`);
    if (args.length === 0 && !isComplexType(toArray(self).dtype)) return self;
  }
  // `np.compress(condition, a)` is the one that names the array second.
  const given = name === 'compress' ? [{ name: 'a', value: self }, ...args] : [{ value: self }, ...args];
  return withOut(entry, bind(entry, given), given, context);
}
