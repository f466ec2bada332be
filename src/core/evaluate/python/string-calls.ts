import { reshape, sizeOf, transpose } from '../../values/ndarray';
import { onOneTable, strings, textsOf } from '../../values/strings';
import { arrayValue, type FunctionValue, type StringsValue, stringValue, tuple, type Value } from '../../values/value';
import { type Bound, bind, type LibraryFunction } from '../catalogue';
import { type CallArgument, type Context, type SubscriptValue, unrecorded } from '../dialect';
import { fail, unknown } from '../stop';
import { bool, int, toArray } from './coerce';
import { dtypeOf } from './dtypes';
import { assign, index } from './indexing';
import { ownBuffer } from './own-buffers';
import {
  holdsOnlyText,
  holdsText,
  numbersAsStrings,
  placesOf,
  stringLists,
  stringsAsNumbers,
  stringTypeOf,
  textOf,
  toStrings,
} from './string-arrays';

/**
 * NumPy's functions on arrays of texts. What moves texts, or tells their order, runs NumPy's entry for whole numbers on their
 * places in a common table.
 */

/** For each function the parameters that hold texts; `*` marks lists of arrays, `!` those in which numbers become texts. */
const table = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text
      .trim()
      .split(/\s*;\s*/)
      .flatMap(line => {
        const [names, parameters] = line.split(':').map(s => s.trim().split(/\s+/));
        return names.map(name => [name, parameters] as const);
      }),
  );

/** Functions that give texts. */
const MOVING = table(`
  reshape ravel transpose squeeze expand_dims roll moveaxis rollaxis swapaxes repeat take compress resize copy sort msort: a;
  flip flipud fliplr rot90: m; broadcast_to: array; tile: A; take_along_axis extract delete: arr; insert: arr values;
  append: !arr !values; concatenate stack: *!arrays; hstack vstack row_stack dstack column_stack: *!tup;
  split array_split hsplit vsplit dsplit: ary; unique: ar; where: x y; select: *choicelist default; choose: *choices;
  intersect1d union1d setdiff1d setxor1d: ar1 ar2; diagonal: a; atleast_1d atleast_2d atleast_3d: *arys;
  broadcast_arrays: *args; flatten: a`);

/** Functions that tell of texts and give numbers. */
const TELLING = table(`
  argsort argmax argmin shape ndim size: a; searchsorted: a v; isin: element test_elements; in1d: ar1 ar2;
  array_equal array_equiv: a1 a2; equal not_equal less less_equal greater greater_equal: x1 x2; lexsort: *keys;
  shares_memory may_share_memory: a b`);

/** Those of which only the first of several results is of texts. */
const FIRST_ONLY = new Set(['unique', 'intersect1d']);

const MAKING = new Set('array asarray asanyarray ascontiguousarray'.split(' '));
const FILLING = new Set('zeros ones full full_like zeros_like empty_like ones_like empty'.split(' '));

/** The call's result where it is about texts; undefined where it is not. */
export function callWithStrings(
  f: FunctionValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value | undefined {
  if (f.self?.kind === 'strings') return callMethod(f, f.self, args, context, library);
  if (f.path === 'ndarray.astype' && f.self?.kind === 'array' && !f.self.library) {
    const type = stringTypeOf(args.find(a => a.name === undefined || a.name === 'dtype')?.value);
    return type && numbersAsStrings(f.self.array, type);
  }
  if (f.path === 'call' && f.self?.kind === 'string-type')
    return args.length === 1 && args[0].value.kind === 'string'
      ? { ...args[0].value, numpy: true }
      : unknown('np.str_ of this is not covered');
  if (!f.path.startsWith('numpy.') || f.self) return undefined;
  const name = f.path.slice('numpy.'.length);
  if (!args.some(a => holdsText(a.value) || stringTypeOf(a.value))) return undefined;
  const entry = library.get(f.path);
  if (!entry) return undefined;
  if (MAKING.has(name)) {
    const x = bind(entry, args);
    if (!holdsText(x.object ?? x.a) && !stringTypeOf(x.dtype)) return undefined;
    const text = made(x, context);
    return name === 'ascontiguousarray' && text.kind === 'strings' && text.array.shape.length === 0
      ? { ...text, array: reshape(text.array, [1]) }
      : text;
  }
  if (FILLING.has(name)) return filled(name, bind(entry, args), context, library);
  const parameters = MOVING.get(name) ?? TELLING.get(name);
  if (!parameters) return undefined;
  const bound = bind(entry, args);
  if (!parameters.some(p => holdsText(bound[p.replace(/[*!]/g, '')]))) return undefined;
  if (bound.out && bound.out.kind !== 'none') return unknown('out= is not followed');
  return applied(f, name, entry, bound, parameters, context);
}

/** Runs NumPy's entry on the places in one table. */
function applied(
  f: FunctionValue,
  name: string,
  entry: LibraryFunction,
  bound: Bound,
  parameters: readonly string[],
  context: Context,
): Value {
  const found: StringsValue[] = [];
  const gather = (v: Value, numbers: boolean): Value => {
    if (!numbers && !holdsOnlyText(v)) return unknown('numbers among texts differ between versions of NumPy');
    // What is inserted is cut to the width of the array.
    const cut = name === 'insert' && found.length === 1 ? found[0].width : 0;
    const own = toStrings(v, cut > 0 ? { kind: 'string-type', width: cut } : undefined, context);
    found.push(own);
    return own;
  };
  const prepared: Record<string, Value | undefined> = { ...bound };
  for (const p of parameters) {
    const key = p.replace(/[*!]/g, '');
    const v = bound[key];
    if (v === undefined) continue;
    const numbers = p.includes('!');
    if (!p.includes('*') || (v.kind !== 'list' && v.kind !== 'tuple')) prepared[key] = gather(v, numbers);
    else if (name === 'lexsort' || key === 'args' || key === 'arys')
      prepared[key] = { kind: 'tuple', items: v.items.map(item => (holdsText(item) ? gather(item, false) : item)) };
    else prepared[key] = { kind: v.kind, items: v.items.map(item => gather(item, numbers)) };
  }
  if (name === 'select' && bound.default === undefined)
    return unknown('texts beside the number 0 differ between versions');
  if (name === 'isin' || name === 'in1d') if (found.length < 2) return unknown('texts among numbers are not covered');
  const common = onOneTable(found);
  const lowered = (v: Value | undefined): Value | undefined => {
    if (v?.kind === 'strings') return placesOf(common[found.indexOf(v)] ?? v);
    if (v?.kind === 'list' || v?.kind === 'tuple')
      return holdsText(v) ? { kind: v.kind, items: v.items.map(item => lowered(item) ?? item) } : v;
    return v;
  };
  const ready = Object.fromEntries(
    Object.entries(prepared).map(([k, v]) => [k, parameters.some(p => p.endsWith(k)) ? lowered(v) : v]),
  );
  const values = Object.values(ready).flatMap((v): CallArgument[] => (v ? [{ value: v }] : []));
  const result = ownBuffer(f, entry.evaluate(ready, unrecorded(context)), values);
  if (TELLING.has(name)) return result;
  const width =
    name === 'insert' || name === 'setdiff1d' ? found[0].width : common.reduce((w, v) => Math.max(w, v.width), 1);
  const like: StringsValue = { ...common[0], width };
  // A text alone stays an array of no dimension where only its shape is asked for.
  if (result.kind === 'scalar' && ['transpose', 'squeeze', 'reshape'].includes(name))
    return { ...like, array: toArray(result) };
  const mixed = name === 'broadcast_arrays' || name.startsWith('atleast');
  if (mixed && (result.kind === 'list' || result.kind === 'tuple') && found.length < result.items.length)
    return unknown('texts and numbers together are not covered here');
  return FIRST_ONLY.has(name) && result.kind === 'tuple'
    ? tuple(result.items.map((v, k) => (k === 0 ? lifted(v, like) : v)))
    : lifted(result, like);
}

/** Places in the table as texts again. */
function lifted(v: Value, like: StringsValue): Value {
  if (v.kind === 'array') return { ...like, array: v.array };
  if (v.kind === 'scalar') return textOf(like, toArray(v));
  if (v.kind === 'list' || v.kind === 'tuple') return { kind: v.kind, items: v.items.map(item => lifted(item, like)) };
  return v;
}

/** `np.array(['a', 'b'])`. */
function made(x: Bound, context: Context): Value {
  const type = stringTypeOf(x.dtype);
  const v = x.object ?? x.a ?? fail('TypeError: an argument is missing');
  if (!type && x.dtype && x.dtype.kind !== 'none') {
    const dtype = dtypeOf(x.dtype) ?? 'float64';
    return arrayValue(stringsAsNumbers(toStrings(v, undefined, context), dtype));
  }
  if (x.ndmin) return unknown('ndmin= is not covered for texts');
  return toStrings(v, type, context);
}

/** `np.full(3, 'ab')`, `np.zeros(3, dtype='U5')`: the places of the text that fills. */
function filled(
  name: string,
  x: Bound,
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value | undefined {
  if (name.startsWith('empty')) return unknown(`np.${name}: uninitialised memory, known only when the code runs`);
  const width = x.a?.kind === 'strings' && !x.dtype ? x.a.width : undefined;
  const type = width === undefined ? stringTypeOf(x.dtype) : { kind: 'string-type' as const, width };
  const fill = name.startsWith('zeros') ? stringValue('') : name.startsWith('ones') ? stringValue('1') : x.fill_value;
  if (!type && (!holdsText(x.fill_value) || x.a)) return undefined;
  if (!fill || (!type && x.dtype)) return unknown('this array of texts is not covered');
  const texts = toStrings(fill, type, context);
  const a = x.a?.kind === 'strings' ? arrayValue(x.a.array) : x.a;
  const entry = library.get(a ? 'numpy.full_like' : 'numpy.full') ?? unknown('this array of texts is not covered');
  return lifted(entry.evaluate({ a, shape: x.shape, fill_value: placesOf(texts) }, unrecorded(context)), texts);
}

/** A method of an array of texts. */
function callMethod(
  f: FunctionValue,
  self: StringsValue,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const name = f.path.slice(f.path.indexOf('.') + 1);
  switch (name) {
    case 'tolist':
      return stringLists(self);
    case 'astype': {
      const given = args.find(a => a.name === undefined || a.name === 'dtype')?.value;
      const type = stringTypeOf(given);
      if (type) return toStrings({ ...self, array: { ...self.array, data: self.array.data.slice() } }, type, context);
      return arrayValue(stringsAsNumbers(self, dtypeOf(given) ?? 'float64'));
    }
    case 'item': {
      const at = args.map((a): SubscriptValue => ({ kind: 'at', value: a.value }));
      const [only] = args;
      const size = sizeOf(self.array.shape);
      const place = args.length === 1 && only.value.kind === 'scalar' ? Number(only.value.value) : 0;
      if (self.array.shape.length > 1 && (place < -size || place >= size))
        return fail(`IndexError: index ${place} is out of bounds for size ${size}`);
      const flat = args.length === 1 ? strings([size], textsOf(self)) : self;
      const found = args.length > 0 ? stringsIndex(flat, at, context) : self;
      if (found.kind === 'string') return stringValue(found.value);
      return found.kind === 'strings' && sizeOf(found.array.shape) === 1
        ? stringValue(textsOf(found)[0])
        : fail('ValueError: can only convert an array of size 1 to a Python scalar');
    }
  }
  if (!TELLING.has(name) && !MOVING.has(name))
    return unknown(`the method ${name} is not covered for arrays of text yet`);
  const entry = library.get(`numpy.${name}`);
  const parameters = MOVING.get(name) ?? TELLING.get(name) ?? [];
  if (name === 'reshape' || name === 'transpose' || name === 'flatten' || !entry)
    return viewed(f, self, name, args, context, library);
  const bound = bind(entry, name === 'compress' ? [{ name: 'a', value: self }, ...args] : [{ value: self }, ...args]);
  return applied({ ...f, self: undefined }, name, entry, bound, parameters, context);
}

/** The methods whose arguments differ from those of the function of their name. */
function viewed(
  f: FunctionValue,
  self: StringsValue,
  name: string,
  args: readonly CallArgument[],
  context: Context,
  library: ReadonlyMap<string, LibraryFunction>,
): Value {
  const plain = args.filter(a => a.name === undefined).map(a => a.value);
  const order = args.find(a => a.name === 'order') ?? (name === 'flatten' ? args[0] : undefined);
  const list: Value | undefined = plain.length === 1 ? plain[0] : plain.length > 1 ? tuple(plain) : undefined;
  const bound: Bound =
    name === 'transpose'
      ? { a: self, axes: list }
      : { a: self, newshape: name === 'reshape' ? list : int(-1), order: order?.value };
  const path = name === 'transpose' ? 'numpy.transpose' : 'numpy.reshape';
  const entry = library.get(path) ?? unknown(`${name} is not covered`);
  const result = applied({ ...f, self: undefined, path }, name, entry, bound, ['a'], context);
  return name === 'flatten' && result.kind === 'strings'
    ? { ...result, array: { ...result.array, data: result.array.data.slice() } }
    : result;
}

/** `labels.shape`, `labels.T`, or a method bound to the array. */
export function stringsMember(v: StringsValue, name: string): Value {
  switch (name) {
    case 'T':
      return { ...v, array: transpose(v.array) };
    case 'shape':
      return tuple(v.array.shape.map(int));
    case 'ndim':
      return int(v.array.shape.length);
    case 'size':
      return int(sizeOf(v.array.shape));
    case 'dtype':
      return { kind: 'string-type', width: v.width };
    case 'itemsize':
      return int(4 * v.width);
    case 'nbytes':
      return int(4 * v.width * sizeOf(v.array.shape));
  }
  if (MOVING.has(name) || TELLING.has(name) || ['tolist', 'astype', 'item', 'flatten'].includes(name))
    return { kind: 'function', path: `ndarray.${name}`, self: v };
  return unknown(`the attribute ${name} is not covered for arrays of text yet`);
}

/** Attributes of a dtype of texts. */
export function stringTypeMember(width: number, name: string): Value {
  switch (name) {
    case 'kind':
    case 'char':
      return stringValue('U');
    case 'name':
      return stringValue(width === 0 ? 'str' : `str${32 * width}`);
    case 'str':
      return stringValue(`<U${width}`);
    case 'itemsize':
      return int(4 * width);
    case 'type':
      return { kind: 'string-type', width: 0, form: 'type' };
    case 'hasobject':
      return bool(false);
    default:
      return unknown(`the attribute ${name} of a type of texts is not covered yet`);
  }
}

/** `labels[1:]`, `labels[mask]`. */
export function stringsIndex(v: StringsValue, subscripts: readonly SubscriptValue[], context: Context): Value {
  if (subscripts.some(s => s.kind === 'at' && s.value.kind === 'strings'))
    return fail('IndexError: arrays used as indices must be of integer (or boolean) type');
  return lifted(index(arrayValue(v.array), subscripts, unrecorded(context)), v);
}

/** The array after `labels[mask] = 'a'`; texts are cut to its width. */
export function stringsAssign(
  v: StringsValue,
  subscripts: readonly SubscriptValue[],
  value: Value,
  context: Context,
): Value {
  const given = toStrings(value, { kind: 'string-type', width: v.width }, context);
  const [p, q] = onOneTable([v, given]);
  const after = assign(arrayValue(p.array), subscripts, placesOf(q), context);
  return lifted(after, p);
}
