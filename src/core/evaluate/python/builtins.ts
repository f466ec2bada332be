import { pythonRepr, pythonStr } from '../../format/numpy';
import { isComplex } from '../../values/dtype';
import { sizeOf } from '../../values/ndarray';
import { NONE, scalar, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { bool, elementsOf, float, int, needInteger, toArray, truthOf, typeName, unwrap } from './coerce';
import { absolute, rounded } from './elementwise';
import { binary, compare, truth } from './operators';
import { isWhole, roundEven } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** The items that iterating over a value gives. */
export function iterate(v: Value, c: Context): readonly Value[] {
  if (v.kind === 'list' || v.kind === 'tuple') return v.items;
  if (v.kind === 'string') return Array.from(v.value, value => ({ kind: 'string', value }));
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

const items = (args: Value | undefined): readonly Value[] => (args?.kind === 'tuple' ? args.items : []);
const list = (of: readonly Value[]): Value => ({ kind: 'list', items: of });

function best(x: { readonly [name: string]: Value | undefined }, which: 'less' | 'greater', c: Context): Value {
  const given = items(x.args);
  const candidates = given.length === 1 ? iterate(given[0], c) : given;
  if (candidates.length === 0)
    return fail(`ValueError: ${which === 'less' ? 'min' : 'max'}() arg is an empty sequence`);
  return candidates.reduce((p, q) => (truth(compare(which, q, p, c)) ? q : p));
}

function plainNumber(v: Value): Value {
  const s = v.kind === 'array' && sizeOf(v.array.shape) === 1 ? scalar(v.array.dtype, elementsOf(v.array)[0]) : v;
  return s.kind === 'scalar' ? s : fail(`TypeError: must be a number, not ${typeName(v)}`);
}

function toFloat(v: Value): Value {
  if (v.kind === 'string') {
    const n = Number(v.value.trim().replace(/_/g, ''));
    return v.value.trim() === '' || Number.isNaN(n) ? unknown('this text as a number is not evaluated') : float(n);
  }
  const s = plainNumber(v);
  return s.kind === 'scalar' && !isComplex(s.value)
    ? float(Number(s.value))
    : fail("TypeError: can't convert complex to float");
}

function toInt(v: Value): Value {
  if (v.kind === 'string')
    return /^\s*[-+]?\d+\s*$/.test(v.value)
      ? int(BigInt(v.value.trim()))
      : fail(`ValueError: invalid literal for int() with base 10: '${v.value}'`);
  const s = plainNumber(v);
  if (s.kind !== 'scalar' || isComplex(s.value)) return fail("TypeError: can't convert complex to int");
  if (typeof s.value === 'bigint') return int(s.value);
  const n = Number(s.value);
  if (Number.isNaN(n)) return fail('ValueError: cannot convert float NaN to integer');
  if (!Number.isFinite(n)) return fail('OverflowError: cannot convert float infinity to integer');
  return int(BigInt(Math.trunc(n)));
}

function round(x: { readonly [name: string]: Value | undefined }): Value {
  const v = need(x.number);
  const digits = x.ndigits && x.ndigits.kind !== 'none' ? needInteger(x.ndigits) : undefined;
  if (v.kind !== 'scalar' || isComplex(v.value))
    return v.kind === 'array'
      ? unwrap(rounded(v.array, digits ?? 0))
      : fail(`TypeError: type ${typeName(v)} doesn't define __round__ method`);
  if (isWhole(v.dtype))
    return digits !== undefined && digits < 0
      ? unknown('rounding integers to tens is not covered yet')
      : int(BigInt(v.value as number));
  const n = Number(v.value);
  if (digits === undefined)
    return Number.isFinite(n) ? int(BigInt(roundEven(n))) : fail('ValueError: cannot convert float NaN to integer');
  if (!v.weak) return unwrap(rounded(toArray(v), digits));
  // Python rounds the exact decimal expansion, half to even on the exact value: toFixed works on it too.
  return digits >= 0 && digits <= 100
    ? float(Number(n.toFixed(digits)))
    : unknown('rounding to this many digits is not covered yet');
}

const MATH: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: Math.exp,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  expm1: Math.expm1,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  fabs: Math.abs,
  radians: x => x * (Math.PI / 180),
  degrees: x => x * (180 / Math.PI),
};

const numberOf = (v: Value): number => {
  const f = toFloat(v);
  return f.kind === 'scalar' ? Number(f.value) : Number.NaN;
};

export const BUILTINS: readonly LibraryFunction[] = [
  {
    path: 'builtins.print',
    signature: '*objects, sep= , end=, file=None, flush=False',
    evaluate: (x, c) => {
      const text = (v: Value | undefined, otherwise: string): string => (v?.kind === 'string' ? v.value : otherwise);
      if (x.file) unknown('printing to a file is known only when the code runs');
      c.print(
        items(x.objects)
          .map(v => pythonStr(v))
          .join(text(x.sep, ' ')) + text(x.end, '\n'),
      );
      c.record('print', items(x.objects));
      return NONE;
    },
  },
  {
    path: 'builtins.len',
    signature: 'obj, /',
    evaluate: x => {
      const v = need(x.obj);
      if (v.kind === 'list' || v.kind === 'tuple') return int(v.items.length);
      if (v.kind === 'string') return int(Array.from(v.value).length);
      if (v.kind === 'array')
        return v.array.shape.length === 0 ? fail('TypeError: len() of unsized object') : int(v.array.shape[0]);
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
      c.budget.claim(count);
      if (count > 10_000) unknown('a long range is not followed');
      return list(Array.from({ length: count }, (_, i) => int(start + i * step)));
    },
  },
  {
    path: 'builtins.abs',
    signature: 'x, /',
    evaluate: x => {
      const v = need(x.x);
      if (v.kind === 'scalar' && v.weak)
        return isComplex(v.value)
          ? float(Math.hypot(v.value.re, v.value.im))
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
    evaluate: (x, c) => iterate(need(x.iterable), c).reduce((p, q) => binary('add', p, q, c), x.start ?? int(0)),
  },
  { path: 'builtins.min', signature: '*args', evaluate: (x, c) => best(x, 'less', c) },
  { path: 'builtins.max', signature: '*args', evaluate: (x, c) => best(x, 'greater', c) },
  { path: 'builtins.round', signature: 'number, ndigits=None', evaluate: round },
  { path: 'builtins.float', signature: 'x=0, /', evaluate: x => (x.x ? toFloat(x.x) : float(0)) },
  { path: 'builtins.int', signature: 'x=0, /', evaluate: x => (x.x ? toInt(x.x) : int(0)) },
  { path: 'builtins.bool', signature: 'x=False, /', evaluate: x => bool(x.x ? truth(x.x) : false) },
  {
    path: 'builtins.complex',
    signature: 'real=0, imag=0',
    evaluate: x => scalar('complex128', { re: x.real ? numberOf(x.real) : 0, im: x.imag ? numberOf(x.imag) : 0 }, true),
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
    path: 'builtins.sorted',
    signature: 'iterable, /, *, reverse=False',
    evaluate: (x, c) => {
      const sorted = [...iterate(need(x.iterable), c)].sort((p, q) =>
        truth(compare('less', p, q, c)) ? -1 : truth(compare('less', q, p, c)) ? 1 : 0,
      );
      return list(x.reverse?.kind === 'scalar' && truthOf(x.reverse) ? sorted.reverse() : sorted);
    },
  },
  {
    path: 'builtins.zip',
    signature: '*iterables',
    evaluate: (x, c) => {
      const lists = items(x.iterables).map(v => iterate(v, c));
      return list(
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
      list(
        iterate(need(x.iterable), c).map(
          (v, i): Value => ({ kind: 'tuple', items: [int(i + (x.start ? needInteger(x.start) : 0)), v] }),
        ),
      ),
  },
  {
    path: 'builtins.str',
    signature: 'object=, /',
    evaluate: x => ({ kind: 'string', value: x.object ? pythonStr(x.object) : '' }),
  },
  {
    path: 'builtins.repr',
    signature: 'object, /',
    evaluate: x => ({ kind: 'string', value: pythonRepr(need(x.object)) }),
  },
  ...Object.entries(MATH).map(
    ([name, f]): LibraryFunction => ({
      path: `math.${name}`,
      signature: 'x, /',
      evaluate: x => {
        const v = numberOf(need(x.x));
        const y = f(v);
        return Number.isNaN(y) && !Number.isNaN(v) ? fail('ValueError: math domain error') : float(y);
      },
    }),
  ),
  {
    path: 'math.log',
    signature: 'x, base=None, /',
    evaluate: x => {
      const v = numberOf(need(x.x));
      if (v <= 0) return fail('ValueError: math domain error');
      return float(x.base ? Math.log(v) / Math.log(numberOf(x.base)) : Math.log(v));
    },
  },
  {
    path: 'math.atan2',
    signature: 'y, x, /',
    evaluate: x => float(Math.atan2(numberOf(need(x.y)), numberOf(need(x.x)))),
  },
  {
    path: 'math.hypot',
    signature: '*coordinates',
    evaluate: x => float(Math.hypot(...items(x.coordinates).map(numberOf))),
  },
  { path: 'math.pow', signature: 'x, y, /', evaluate: x => float(numberOf(need(x.x)) ** numberOf(need(x.y))) },
  { path: 'math.floor', signature: 'x, /', evaluate: x => int(BigInt(Math.floor(numberOf(need(x.x))))) },
  { path: 'math.ceil', signature: 'x, /', evaluate: x => int(BigInt(Math.ceil(numberOf(need(x.x))))) },
];

export const MATH_CONSTANTS: Readonly<Record<string, number>> = {
  pi: Math.PI,
  e: Math.E,
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  tau: 2 * Math.PI,
};
