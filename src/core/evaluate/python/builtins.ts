import { fixed } from '../../format/digits';
import { holdsArray, pythonRepr, pythonStr, textUnknown } from '../../format/numpy';
import type { PrintOptions } from '../../format/numpy-print';
import { abs as complexAbs } from '../../values/complex';
import { isComplex } from '../../values/dtype';
import { sizeOf } from '../../values/ndarray';
import { arrayValue, NONE, type Scalar, scalar, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, Stop, unknown } from '../stop';
import { bool, elementsOf, float, int, needInteger, toArray, typeName, unwrap } from './coerce';
import { parsedInteger, toComplexNumber, toFloat, toInt } from './conversions';
import { dictOf, pairsOf } from './dicts';
import { absolute, rounded } from './elementwise';
import { formatValue } from './formatting';
import { binary, compare, truth } from './operators';
import { formatSeries } from './polynomial-series';
import { setItems, setOf } from './sets';
import { stringItems } from './string-arrays';
import { recordedItems } from './tensors/autograd/record';
import { isTensor, tensorItems } from './tensors/tensor';
import { classOf, isLayer, layersIn, lengthOf } from './tensors/torch/modules';
import { FAMILIES } from './types';
import { isWhole, roundEven } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The items that iterating over a value gives. */
export function iterate(v: Value, c: Context): readonly Value[] {
  if (v.kind === 'list' && v.lazy === '') c.useUp?.(v);
  if (v.kind === 'list' || v.kind === 'tuple') return v.items;
  if (v.kind === 'string') return Array.from(v.value, value => ({ kind: 'string', value }));
  if (v.kind === 'dict') return v.entries.map(([key]) => key);
  if (v.kind === 'set') return setItems(v);
  if (v.kind === 'object' || (v.kind === 'function' && v.iterator !== undefined))
    return c.drained?.(v) ?? unknown('a loop over an object is not followed');
  if (v.kind === 'function' && v.path === 'ndarray.flat' && v.self) {
    const a = toArray(v.self);
    c.budget.claim(sizeOf(a.shape));
    return elementsOf(a).map(e => scalar(a.dtype, e));
  }
  if (v.kind === 'strings') return stringItems(v, c);
  if (v.kind === 'polynomial') return iterate(arrayValue(v.coefficients), c);
  if (isLayer(v)) return layersIn(v);
  if (isTensor(v)) {
    c.budget.claim(v.array.shape[0] ?? 0);
    return recordedItems(v, tensorItems(v), c);
  }
  if (v.kind === 'array') {
    const a = v.array;
    if (a.shape.length === 0) return fail('TypeError: iteration over a 0-d array');
    c.budget.claim(a.shape[0]);
    return Array.from({ length: a.shape[0] }, (_, i) =>
      unwrap({ ...a, shape: a.shape.slice(1), strides: a.strides.slice(1), offset: a.offset + i * a.strides[0] }),
    );
  }
  return fail(`TypeError: '${typeName(v)}' object is not iterable`);
}

export const items = (args: Value | undefined): readonly Value[] => (args?.kind === 'tuple' ? args.items : []);
const list = (of: readonly Value[]): Value => ({ kind: 'list', items: of });
const iterator = (of: readonly Value[]): Value => ({ kind: 'list', items: of, lazy: '' });

/** The items where their order makes no difference. */
export const anyOrder = (v: Value, c: Context): readonly Value[] => (v.kind === 'set' ? v.items : iterate(v, c));

/** The items in order, equal ones as they stood; Python's `reverse` keeps those in their order too. */
export function sortedList(iterable: Value, key: Value | undefined, reverse: Value | undefined, c: Context): Value {
  const plain = key === undefined || key.kind === 'none';
  const keyed = (plain ? anyOrder(iterable, c) : iterate(iterable, c)).map(v => ({
    v,
    k: key && key.kind !== 'none' ? c.call(key, [v]) : v,
  }));
  const sign = reverse && truth(reverse) ? -1 : 1;
  keyed.sort((p, q) => (truth(compare('less', p.k, q.k, c)) ? -sign : truth(compare('less', q.k, p.k, c)) ? sign : 0));
  return list(keyed.map(e => e.v));
}

function based(v: Value, base: number, prefix: string): Value {
  const n = BigInt(needInteger(v));
  return { kind: 'string', value: `${n < 0n ? '-' : ''}${prefix}${(n < 0n ? -n : n).toString(base)}` };
}

/** The print options, asked for only where an array is to be shown. */
const optionsFor = (v: Value, c: Context): PrintOptions | undefined => (holdsArray(v) ? c.printing : undefined);
const shown = (v: Value, c: Context): string => pythonStr(described(v, c), optionsFor(v, c));

/** The value with the texts that objects in it write themselves; stops where the text is not known. */
export function described(v: Value, c: Context): Value {
  const said = c.described?.(v) ?? v;
  const reason = textUnknown(said);
  return reason === undefined ? said : unknown(reason);
}

/** `type(value)`. */
function typeObject(v: Value): Value {
  switch (v.kind) {
    case 'scalar':
      return v.weak
        ? { kind: 'function', path: `builtins.${typeName(v)}` }
        : { kind: 'dtype', dtype: v.dtype, form: 'type' };
    case 'array':
    case 'strings':
      return { kind: 'function', path: 'numpy.ndarray' };
    case 'string':
      if (v.numpy) return { kind: 'string-type', width: 0, form: 'type' };
      return { kind: 'function', path: 'builtins.str' };
    case 'list':
    case 'tuple':
      if (v.lazy === undefined) return { kind: 'function', path: `builtins.${v.kind}` };
      return v.lazy === ''
        ? unknown('the type of this is not covered yet')
        : { kind: 'function', path: 'builtins.range' };
    case 'slice':
      return { kind: 'function', path: 'builtins.slice' };
    case 'object':
      return { kind: 'function', path: `class.${v.name}`, class: v.class };
    case 'dict':
      return { kind: 'function', path: 'builtins.dict' };
    case 'none':
      return { kind: 'function', path: 'builtins.NoneType' };
    case 'set':
      return { kind: 'function', path: v.frozen ? 'builtins.frozenset' : 'builtins.set' };
    case 'function':
      if (isLayer(v)) return { kind: 'function', path: `torch.nn.${classOf(v)}` };
      return v.path === 'ndarray.flat'
        ? { kind: 'function', path: 'numpy.flatiter' }
        : unknown('the type of this is not covered yet');
    default:
      return unknown('the type of this is not covered yet');
  }
}

/** Whether a value is an instance of one type; NumPy's float64 and complex128 are Python's too. */
function isInstance(v: Value, t: Value, c: Context): boolean {
  if (t.kind === 'function' && t.class !== undefined) return c.isInstance?.(v, t.class) ?? false;
  if (t.kind === 'function' && t.path === 'torch.nn.Module')
    return isLayer(v) || (v.kind === 'object' && c.ofLibrary?.(v) === t.path);
  if (t.kind === 'function' && /^torch\.nn\.[A-Z]\w+$/.test(t.path) && (isLayer(v) || v.kind === 'object'))
    return isLayer(v) && t.path === `torch.nn.${classOf(v)}`;
  if (v.kind === 'object' || v.kind === 'set') return unknown('this isinstance is not covered yet');
  if (t.kind === 'function' && t.path.startsWith('numpy.family.')) {
    const family = FAMILIES[t.path.slice('numpy.family.'.length)];
    return v.kind === 'scalar' && !v.weak && family(v.dtype);
  }
  if (t.kind === 'dtype') return v.kind === 'scalar' && !v.weak && v.dtype === t.dtype;
  if (t.kind === 'string-type') return v.kind === 'string' && v.numpy === true;
  if (t.kind !== 'function') return unknown('this isinstance is not covered yet');
  const name = t.path.replace('builtins.', '');
  if (t.path === 'numpy.ndarray') return v.kind === 'strings' || (v.kind === 'array' && v.library === undefined);
  if (name === 'object') return true;
  if (v.kind === 'scalar') {
    if (!v.weak) return (v.dtype === 'float64' && name === 'float') || (v.dtype === 'complex128' && name === 'complex');
    return typeName(v) === name || (v.dtype === 'bool' && name === 'int');
  }
  if (!['int', 'float', 'complex', 'bool', 'str', 'list', 'tuple', 'dict', 'set', 'range', 'slice'].includes(name))
    return unknown('this isinstance is not covered yet');
  if (v.kind === 'string') return name === 'str';
  const own = typeObject(v);
  return own.kind === 'function' && own.path === t.path;
}

const BASES: Readonly<Record<string, string>> = { 'builtins.bool': 'builtins.int' };

function isSubclass(c: Value, t: Value): boolean {
  const plain = (v: Value): boolean => v.kind === 'function' && v.class === undefined && /^builtins\.\w+$/.test(v.path);
  if (t.kind === 'function' && t.path === 'builtins.object') return true;
  if (c.kind === 'dtype' && c.form === 'type') {
    if (t.kind === 'dtype' && t.form === 'type') return c.dtype === t.dtype;
    if (t.kind === 'function' && t.path.startsWith('numpy.family.'))
      return FAMILIES[t.path.slice('numpy.family.'.length)](c.dtype);
    if (plain(t) && t.kind === 'function')
      return t.path === { float64: 'builtins.float', complex128: 'builtins.complex' }[c.dtype as string];
  }
  if (c.kind !== 'function' || t.kind !== 'function' || !plain(c) || !plain(t))
    return unknown('this issubclass is not covered yet');
  return c.path === t.path || BASES[c.path] === t.path;
}

function best(x: { readonly [name: string]: Value | undefined }, which: 'less' | 'greater', c: Context): Value {
  const given = items(x.args);
  const candidates = given.length === 1 ? (x.key ? iterate : anyOrder)(given[0], c) : given;
  if (candidates.length === 0 && x.default) return x.default;
  if (x.key && x.key.kind !== 'none') {
    const key = x.key;
    const keyed = candidates.map(v => ({ v, k: c.call(key, [v]) }));
    if (keyed.length > 0) return keyed.reduce((p, q) => (truth(compare(which, q.k, p.k, c)) ? q : p)).v;
  }
  if (candidates.length === 0)
    return fail(`ValueError: ${which === 'less' ? 'min' : 'max'}() arg is an empty sequence`);
  return candidates.reduce((p, q) => (truth(compare(which, q, p, c)) ? q : p));
}

/** `format(x, spec)`. */
function formatted(v: Value, spec: string, c: Context): string {
  if (v.kind !== 'polynomial') return formatValue(v, spec);
  return spec === '' ? pythonStr(v, c.printing) : formatSeries(v, spec, c.printing);
}

/** Tens, hundreds and so on; a tie goes to the even one of them. */
function roundedToTens(v: Scalar, digits: number): Value {
  if (!v.weak) return unknown('rounding integers to tens is not covered yet');
  const n = BigInt(v.value as number);
  const unit = 10n ** BigInt(Math.min(-digits, 400));
  const size = n < 0n ? -n : n;
  const [below, rest] = [size / unit, size % unit];
  const up = 2n * rest > unit || (2n * rest === unit && below % 2n === 1n);
  return int((n < 0n ? -unit : unit) * (below + (up ? 1n : 0n)));
}

function round(x: { readonly [name: string]: Value | undefined }): Value {
  const v = need(x.number);
  const digits = x.ndigits && x.ndigits.kind !== 'none' ? needInteger(x.ndigits) : undefined;
  if (v.kind !== 'scalar' || isComplex(v.value))
    return v.kind === 'array'
      ? unwrap(rounded(v.array, digits ?? 0))
      : fail(`TypeError: type ${typeName(v)} doesn't define __round__ method`);
  if (isWhole(v.dtype))
    return digits !== undefined && digits < 0 ? roundedToTens(v, digits) : int(BigInt(v.value as number));
  const n = Number(v.value);
  if (digits === undefined) return toInt(float(Number.isFinite(n) ? roundEven(n) : n));
  if (!v.weak) return unwrap(rounded(toArray(v), digits));
  // Python rounds the exact decimal expansion, a tie to the even digit.
  return digits >= 0 && digits <= 100
    ? float(Number.isFinite(n) ? Number(fixed(n, digits)) : n)
    : unknown('rounding to this many digits is not covered yet');
}

const textOf = (v: Value | undefined): string =>
  v?.kind === 'string' ? v.value : fail('TypeError: attribute name must be string');

/** The attribute that a string names; undefined where there is none. */
function attributeOf(x: { readonly [name: string]: Value | undefined }, c: Context): Value | undefined {
  try {
    return c.member?.(need(x.obj), textOf(x.name)) ?? unknown('this attribute is not followed');
  } catch (stop) {
    if (stop instanceof Stop && stop.status === 'error' && stop.message.startsWith('AttributeError')) return undefined;
    throw stop;
  }
}

export const BUILTINS: readonly LibraryFunction[] = [
  {
    path: 'builtins.print',
    signature: '*objects, sep= , end=, file=None, flush=False',
    evaluate: (x, c) => {
      const text = (v: Value | undefined, otherwise: string): string => (v?.kind === 'string' ? v.value : otherwise);
      if (x.file) unknown('printing to a file is known only when the code runs');
      try {
        const words = items(x.objects).map(v => shown(v, c));
        c.print(words.join(text(x.sep, ' ')) + text(x.end, '\n'));
      } catch (stop) {
        // What cannot be written out changes nothing else.
        if (!(stop instanceof Stop) || stop.status !== 'unknown' || c.budget.ended || !c.printUnknown) throw stop;
        c.printUnknown(stop);
      }
      c.record('print', items(x.objects));
      return NONE;
    },
  },
  {
    path: 'builtins.len',
    signature: 'obj, /',
    evaluate: (x, c) => {
      const v = need(x.obj);
      if ((v.kind === 'list' && v.lazy !== '') || v.kind === 'tuple') return int(v.items.length);
      if (v.kind === 'dict') return int(v.entries.length);
      if (v.kind === 'set') return int(v.items.length);
      if (v.kind === 'object')
        return c.call(c.method?.(v, '__len__') ?? unknown('the length of this object is not followed'), []);
      if (v.kind === 'list') return unknown('an iterator has no length');
      if (isLayer(v)) {
        const n = lengthOf(v);
        return n === undefined ? fail(`TypeError: object of type '${classOf(v)}' has no len()`) : int(n);
      }
      if (v.kind === 'polynomial')
        // Of a poly1d it is the order.
        return int(v.coefficients.shape[0] - (v.form === 'poly1d' ? 1 : 0));
      if (v.kind === 'string') return int(Array.from(v.value).length);
      if (v.kind === 'array' || v.kind === 'strings')
        return v.array.shape.length === 0 ? fail('TypeError: len() of unsized object') : int(v.array.shape[0]);
      if (v.kind === 'function' && v.path === 'ndarray.flat' && v.self) return int(sizeOf(toArray(v.self).shape));
      return fail(`TypeError: object of type '${typeName(v)}' has no len()`);
    },
  },
  {
    path: 'builtins.range',
    signature: 'start, stop=None, step=1, /',
    evaluate: (x, c) => {
      const a = needInteger(need(x.start));
      const [start, stop] = x.stop === undefined ? [0, a] : [a, needInteger(x.stop)];
      const step = x.step ? needInteger(x.step) : 1;
      if (step === 0) fail('ValueError: range() arg 3 must not be zero');
      const count = Math.max(0, Math.ceil((stop - start) / step));
      if (count > 100_000) unknown('a long range is not followed');
      c.budget.spend(4 * count);
      c.budget.claim(count);
      const lazy = `range(${start}, ${stop}${step === 1 ? '' : `, ${step}`})`;
      return { kind: 'list', items: Array.from({ length: count }, (_, i) => int(start + i * step)), lazy };
    },
  },
  {
    path: 'builtins.abs',
    signature: 'x, /',
    evaluate: (x, c) => {
      const v = need(x.x);
      if (v.kind === 'object')
        return c.call(c.method?.(v, '__abs__') ?? unknown('abs of this object is not followed'), []);
      if (v.kind === 'scalar' && v.weak)
        return isComplex(v.value)
          ? float(complexAbs(v.value))
          : typeof v.value === 'bigint'
            ? int(v.value < 0n ? -v.value : v.value)
            : scalar(v.dtype === 'bool' ? 'int64' : v.dtype, Math.abs(Number(v.value)), true);
      if (v.kind !== 'scalar' && v.kind !== 'array')
        return fail(`TypeError: bad operand type for abs(): '${typeName(v)}'`);
      return absolute(v);
    },
  },
  {
    path: 'builtins.sum',
    signature: 'iterable, /, start=0',
    evaluate: (x, c) => {
      const of = need(x.iterable);
      // Whole numbers add up to the same in any order.
      const exact = of.kind === 'set' && of.items.every(v => v.kind === 'scalar' && isWhole(v.dtype));
      return (exact ? anyOrder(of, c) : iterate(of, c)).reduce((p, q) => binary('add', p, q, c), x.start ?? int(0));
    },
  },
  { path: 'builtins.min', signature: '*args, key=None, default=', evaluate: (x, c) => best(x, 'less', c) },
  { path: 'builtins.max', signature: '*args, key=None, default=', evaluate: (x, c) => best(x, 'greater', c) },
  { path: 'builtins.round', signature: 'number, ndigits=None', evaluate: round },
  { path: 'builtins.float', signature: 'x=0, /', evaluate: x => (x.x ? toFloat(x.x) : float(0)) },
  {
    path: 'builtins.int',
    signature: 'x=0, /, base=10',
    evaluate: x => (x.base ? parsedInteger(need(x.x), needInteger(x.base)) : x.x ? toInt(x.x) : int(0)),
  },
  { path: 'builtins.bool', signature: 'x=False, /', evaluate: x => bool(x.x ? truth(x.x) : false) },
  {
    path: 'builtins.complex',
    signature: 'real=0, imag=0',
    evaluate: x => toComplexNumber(x.real, x.imag),
  },
  {
    path: 'builtins.list',
    signature: 'iterable=(), /',
    evaluate: (x, c) => list(x.iterable ? iterate(x.iterable, c) : []),
  },
  {
    path: 'builtins.tuple',
    signature: 'iterable=(), /',
    evaluate: (x, c) => ({ kind: 'tuple', items: x.iterable ? iterate(x.iterable, c) : [] }),
  },
  {
    path: 'builtins.dict',
    signature: 'mapping=(), /, **kwargs',
    evaluate: (x, c) =>
      dictOf([...(x.mapping ? pairsOf(x.mapping, c) : []), ...(x.kwargs?.kind === 'dict' ? x.kwargs.entries : [])], c),
  },
  { path: 'builtins.set', signature: 'iterable=, /', evaluate: (x, c) => setOf(x.iterable, false, c) },
  { path: 'builtins.frozenset', signature: 'iterable=, /', evaluate: (x, c) => setOf(x.iterable, true, c) },
  {
    path: 'builtins.sorted',
    signature: 'iterable, /, *, key=None, reverse=False',
    evaluate: (x, c) => sortedList(need(x.iterable), x.key, x.reverse, c),
  },
  {
    path: 'builtins.zip',
    signature: '*iterables',
    evaluate: (x, c) => {
      const lists = items(x.iterables).map(v => iterate(v, c));
      return iterator(
        Array.from(
          { length: Math.min(...lists.map(l => l.length), lists.length === 0 ? 0 : Number.POSITIVE_INFINITY) },
          (_, i): Value => ({ kind: 'tuple', items: lists.map(l => l[i]) }),
        ),
      );
    },
  },
  {
    path: 'builtins.enumerate',
    signature: 'iterable, start=0',
    evaluate: (x, c) =>
      iterator(
        iterate(need(x.iterable), c).map(
          (v, i): Value => ({ kind: 'tuple', items: [int(i + (x.start ? needInteger(x.start) : 0)), v] }),
        ),
      ),
  },
  {
    path: 'builtins.reversed',
    signature: 'sequence, /',
    evaluate: (x, c) => iterator(iterate(need(x.sequence), c).toReversed()),
  },
  {
    path: 'builtins.map',
    signature: 'function, /, *iterables',
    evaluate: (x, c) => {
      const lists = items(x.iterables).map(v => iterate(v, c));
      const n = Math.min(...lists.map(l => l.length));
      return iterator(
        Array.from({ length: n }, (_, i) =>
          c.call(
            need(x.function),
            lists.map(l => l[i]),
          ),
        ),
      );
    },
  },
  {
    path: 'builtins.filter',
    signature: 'function, iterable, /',
    evaluate: (x, c) =>
      iterator(
        iterate(need(x.iterable), c).filter(v =>
          truth(need(x.function).kind === 'none' ? v : c.call(need(x.function), [v])),
        ),
      ),
  },
  {
    path: 'builtins.any',
    signature: 'iterable, /',
    evaluate: (x, c) => bool(iterate(need(x.iterable), c).some(truth)),
  },
  {
    path: 'builtins.all',
    signature: 'iterable, /',
    evaluate: (x, c) => bool(iterate(need(x.iterable), c).every(truth)),
  },
  {
    path: 'builtins.divmod',
    signature: 'x, y, /',
    evaluate: (x, c) => ({
      kind: 'tuple',
      items: [binary('floor-divide', need(x.x), need(x.y), c), binary('modulo', need(x.x), need(x.y), c)],
    }),
  },
  {
    path: 'builtins.pow',
    signature: 'base, exp, mod=None',
    evaluate: (x, c) => {
      if (x.mod === undefined || x.mod.kind === 'none') return binary('power', need(x.base), need(x.exp), c);
      const [b, e, m] = [x.base, x.exp, x.mod].map(v => BigInt(needInteger(need(v))));
      if (m === 0n) return fail('ValueError: pow() 3rd argument cannot be 0');
      if (e < 0n || m < 0n) return unknown('this modular power is not covered yet');
      let [result, base] = [1n % m, ((b % m) + m) % m];
      for (let n = e; n > 0n; n >>= 1n) {
        if (n & 1n) result = (result * base) % m;
        base = (base * base) % m;
      }
      return int(result);
    },
  },
  {
    path: 'builtins.slice',
    signature: 'start, stop=None, step=None, /',
    evaluate: x =>
      x.stop === undefined
        ? { kind: 'slice', stop: x.start }
        : { kind: 'slice', start: x.start, stop: x.stop, step: x.step },
  },
  { path: 'builtins.type', signature: 'object, /', evaluate: x => typeObject(need(x.object)) },
  {
    path: 'builtins.isinstance',
    signature: 'object, classinfo, /',
    evaluate: (x, c) => {
      const info = need(x.classinfo);
      const types = info.kind === 'tuple' ? info.items : [info];
      return bool(types.some(t => isInstance(need(x.object), t, c)));
    },
  },
  {
    path: 'builtins.issubclass',
    signature: 'cls, classinfo, /',
    evaluate: x => {
      const info = need(x.classinfo);
      return bool((info.kind === 'tuple' ? info.items : [info]).some(t => isSubclass(need(x.cls), t)));
    },
  },
  {
    path: 'builtins.hasattr',
    signature: 'obj, name, /',
    evaluate: (x, c) => bool(attributeOf(x, c) !== undefined),
  },
  {
    path: 'builtins.getattr',
    signature: 'obj, name, default=, /',
    evaluate: (x, c) => {
      const found = attributeOf(x, c);
      if (found) return found;
      // Without a default the error is the attribute's own.
      return x.default ?? c.member?.(need(x.obj), textOf(x.name)) ?? unknown('this attribute is not followed');
    },
  },
  {
    path: 'builtins.format',
    signature: 'value, format_spec=, /',
    evaluate: (x, c) => ({
      kind: 'string',
      value: formatted(need(x.value), x.format_spec?.kind === 'string' ? x.format_spec.value : '', c),
    }),
  },
  {
    path: 'builtins.callable',
    signature: 'obj, /',
    evaluate: x => bool(['function', 'dtype'].includes(need(x.obj).kind)),
  },
  {
    path: 'builtins.bin',
    signature: 'number, /',
    evaluate: x => based(need(x.number), 2, '0b'),
  },
  { path: 'builtins.hex', signature: 'number, /', evaluate: x => based(need(x.number), 16, '0x') },
  { path: 'builtins.oct', signature: 'number, /', evaluate: x => based(need(x.number), 8, '0o') },
  {
    path: 'builtins.str',
    signature: 'object=, /',
    evaluate: (x, c) => ({ kind: 'string', value: x.object ? shown(x.object, c) : '' }),
  },
  {
    path: 'builtins.repr',
    signature: 'object, /',
    evaluate: (x, c) => ({
      kind: 'string',
      value: pythonRepr(described(need(x.object), c), optionsFor(need(x.object), c)),
    }),
  },
];
