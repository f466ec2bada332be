import type { BinaryOperator } from '../../expression/expression';
import * as cx from '../../values/complex';
import {
  type Complex,
  type DType,
  isComplexType,
  isFloatType,
  isIntegerType,
  kindOf,
  promote,
} from '../../values/dtype';
import { type Arithmetic, type ComparisonKind, floorDivide, modulo } from '../../values/elementwise';
import { exp } from '../../values/exponential';
import type { NDArray } from '../../values/ndarray';
import * as f from './complex-functions';
import { copySign, signed } from './complex-functions';
import { SINGLE_LOOPS } from './single-loops';

/**
 * Elementwise functions (ufuncs) as a table: which types a function computes in and what it does to one element.
 * `loop` chooses the type that the operands are converted to:
 * float: floats and complex stay, integers become the float that holds them; real: the same, complex refused;
 * same: the promoted type itself; integer: bool and integers only; number: like same, but bool becomes int8.
 */
export interface Ufunc {
  readonly name: string;
  readonly operands: 1 | 2;
  readonly loop: 'float' | 'real' | 'same' | 'ordered' | 'integer' | 'number' | 'logical';
  /** Result type when it is not the loop's own. */
  readonly gives?: 'bool' | 'part';
  readonly real?: (x: number, y: number) => number;
  /** What stands in the place of `real` where that depends on the type. */
  readonly within?: (dtype: DType) => (x: number, y: number) => number;
  /** What the library's own loop of float32 numbers gives, where it does not round the float64 result. */
  readonly loop32?: (x: number) => number;
  /** What `real` is in float16 and float32, where it differs. */
  readonly single?: (x: number) => number;
  readonly complex?: (x: Complex, y: Complex, round: cx.Rounding) => Complex;
  /** Of exact integers; `real` serves where it is absent. */
  readonly integer?: (x: bigint, y: bigint) => bigint;
  readonly arithmetic?: Arithmetic;
  readonly comparison?: ComparisonKind;
  /** What a reduction of nothing gives; null when a reduction needs at least one element. */
  readonly identity?: number | boolean | null;
  readonly twice?: readonly [(x: number, y: number) => number, (x: number, y: number) => number];
}

/** The functions that operators stand for. */
export const OPERATORS: Readonly<Partial<Record<BinaryOperator, string>>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  power: 'power',
  'floor-divide': 'floor_divide',
  modulo: 'remainder',
  matmul: 'matmul',
  'bit-and': 'bitwise_and',
  'bit-or': 'bitwise_or',
  'bit-xor': 'bitwise_xor',
  'shift-left': 'left_shift',
  'shift-right': 'right_shift',
};

/** Round half to even. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  const even = Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
  return even === 0 && (x < 0 || Object.is(x, -0)) ? -0 : even;
}

const unary = (
  name: string,
  loop: Ufunc['loop'],
  real?: (x: number) => number,
  complex?: (z: Complex, round: cx.Rounding) => Complex,
  more: Partial<Ufunc> = {},
): Ufunc => ({
  name,
  operands: 1,
  loop,
  real,
  complex: complex && ((z, _, round) => complex(z, round)),
  loop32: SINGLE_LOOPS[name],
  ...more,
});
const binary = (
  name: string,
  loop: Ufunc['loop'],
  real?: (x: number, y: number) => number,
  more: Partial<Ufunc> = {},
): Ufunc => ({ name, operands: 2, loop, real, ...more });

const scaled =
  (f: (z: Complex) => Complex, by: number) =>
  (z: Complex): Complex => {
    const w = f(z);
    return { re: w.re * by, im: w.im * by };
  };

const larger = (x: number, y: number): number => (Number.isNaN(x) || x >= y ? x : y);
const smaller = (x: number, y: number): number => (Number.isNaN(x) || x <= y ? x : y);
const larger2 = (x: number, y: number): number => (Number.isNaN(y) ? x : Number.isNaN(x) || y > x ? y : x);
const smaller2 = (x: number, y: number): number => (Number.isNaN(y) ? x : Number.isNaN(x) || y < x ? y : x);
const bySize = (take: 'max' | 'min', blind: boolean) =>
  function pick(x: Complex, y: Complex): Complex {
    const nan = (z: Complex): boolean => Number.isNaN(z.re) || Number.isNaN(z.im);
    if (nan(x)) return blind ? y : x;
    if (nan(y)) return blind ? x : y;
    const above = x.re > y.re || (x.re === y.re && x.im >= y.im);
    return above === (take === 'max') ? x : y;
  };

const bigMax = (x: bigint, y: bigint): bigint => (x >= y ? x : y);
const bigMin = (x: bigint, y: bigint): bigint => (x <= y ? x : y);
const bigAbs = (x: bigint): bigint => (x < 0n ? -x : x);
function gcd(x: bigint, y: bigint): bigint {
  let [a, b] = [bigAbs(x), bigAbs(y)];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
const lcm = (x: bigint, y: bigint): bigint => (x === 0n || y === 0n ? 0n : bigAbs((x / gcd(x, y)) * y));
const fmod = (x: bigint, y: bigint): bigint => (y === 0n ? 0n : x % y);

/** log(exp(x) + exp(y)) without overflow. */
const logAddExp = (x: number, y: number): number => {
  if (x === y) return x + Math.LN2;
  const d = x - y;
  return d > 0 ? x + Math.log1p(Math.exp(-d)) : d <= 0 ? y + Math.log1p(Math.exp(d)) : d;
};
const logAddExp2 = (x: number, y: number): number => {
  if (x === y) return x + 1;
  const d = x - y;
  const log2of1p = (t: number): number => Math.log1p(t) * Math.LOG2E;
  return d > 0 ? x + log2of1p(2 ** -d) : d <= 0 ? y + log2of1p(2 ** d) : d;
};

const bits = new DataView(new ArrayBuffer(8));
/** The neighbour of x towards y among float64 numbers. */
export function nextAfter(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  bits.setFloat64(0, x);
  const step = y > x === x > 0 ? 1n : -1n;
  bits.setBigInt64(0, bits.getBigInt64(0) + step);
  return bits.getFloat64(0);
}
/** Bits of the fraction and the least exponent of the narrow float types (IEEE 754, and bfloat16). */
const NARROW: Readonly<Partial<Record<DType, readonly [number, number]>>> = {
  float16: [10, -14],
  bfloat16: [7, -126],
  float32: [23, -126],
};

/** The neighbour of x towards y among the numbers of a float type; one beyond the largest rounds to infinity later. */
function nextAfterIn(dtype: DType): (x: number, y: number) => number {
  const narrow = NARROW[dtype];
  if (!narrow) return nextAfter;
  const [fraction, least] = narrow;
  return (x, y) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
    if (x === y) return y;
    if (x === 0) return Math.sign(y) * 2 ** (least - fraction);
    if (!Number.isFinite(x)) return Math.sign(x) * (2 - 2 ** -fraction) * 2 ** (1 - least);
    const e = Math.max(binaryExponent(x) - 1, least);
    // Below a power of two the numbers lie twice as dense.
    const inward = y > x !== x > 0 && Math.abs(x) === 2 ** e && e > least;
    const step = 2 ** (e - fraction - (inward ? 1 : 0));
    return y > x ? x + step : x - step;
  };
}

/** The distance to the neighbour farther from 0; in float16 NumPy takes the one above. */
function spacingIn(dtype: DType): (x: number) => number {
  const next = nextAfterIn(dtype);
  const half = dtype === 'float16';
  return x => {
    if (!Number.isFinite(x)) return Number.NaN;
    if (half && x === 65504) return Number.POSITIVE_INFINITY;
    return next(x, x < 0 && !half ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) - x;
  };
}

/** The exponent e with |x| = m · 2^e and 0.5 ≤ m < 1. */
function binaryExponent(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return 0;
  let e = Math.floor(Math.log2(Math.abs(x))) + 1;
  while (Math.abs(x) / 2 ** e >= 1) e++;
  while (Math.abs(x) / 2 ** e < 0.5) e--;
  return e;
}

const heaviside = (x: number, y: number): number => (Number.isNaN(x) ? x : x < 0 ? 0 : x > 0 ? 1 : y);
/** Multiplication by 2^e in two steps, so that neither factor overflows. */
export const ldexp = (x: number, e: number): number => x * 2 ** Math.trunc(e / 2) * 2 ** (e - Math.trunc(e / 2));

const PI32 = Math.fround(Math.PI);
const toDegrees = (x: number): number => x * (180 / Math.PI);
const toRadians = (x: number): number => x * (Math.PI / 180);
/** In float16 and float32 the factor itself is rounded. */
const DEGREES32: Partial<Ufunc> = { single: x => Math.fround(x * Math.fround(180 / PI32)) };
const RADIANS32: Partial<Ufunc> = { single: x => Math.fround(x * Math.fround(PI32 / 180)) };
export const UFUNCS: readonly Ufunc[] = [
  unary('sqrt', 'float', Math.sqrt, f.sqrt),
  unary('exp', 'float', exp, f.exp),
  unary(
    'exp2',
    'float',
    x => 2 ** x,
    z => f.exp({ re: z.re * Math.LN2, im: z.im * Math.LN2 }),
  ),
  unary('expm1', 'float', Math.expm1, f.expm1),
  unary('log', 'float', Math.log, cx.log),
  unary('log2', 'float', Math.log2, scaled(cx.log, Math.LOG2E)),
  unary('log10', 'float', Math.log10, scaled(cx.log, Math.LOG10E)),
  unary('log1p', 'float', Math.log1p, z => cx.log({ re: z.re + 1, im: z.im })),
  unary('cbrt', 'real', Math.cbrt),
  unary('sin', 'float', Math.sin, f.sin),
  unary('cos', 'float', Math.cos, f.cos),
  unary('tan', 'float', Math.tan, f.tan),
  unary('arcsin', 'float', Math.asin, f.arcsin),
  unary('arccos', 'float', Math.acos, f.arccos),
  unary('arctan', 'float', Math.atan, f.arctan),
  unary('sinh', 'float', Math.sinh, f.sinh),
  unary('cosh', 'float', Math.cosh, f.cosh),
  unary('tanh', 'float', Math.tanh, f.tanh),
  unary('arcsinh', 'float', Math.asinh, f.arcsinh),
  unary('arccosh', 'float', Math.acosh, f.arccosh),
  unary('arctanh', 'float', Math.atanh, f.arctanh),
  unary('deg2rad', 'real', toRadians, undefined, RADIANS32),
  unary('radians', 'real', toRadians, undefined, RADIANS32),
  unary('rad2deg', 'real', toDegrees, undefined, DEGREES32),
  unary('degrees', 'real', toDegrees, undefined, DEGREES32),
  unary('floor', 'real', Math.floor),
  unary('ceil', 'real', Math.ceil),
  unary('trunc', 'real', Math.trunc),
  unary('rint', 'float', roundEven, z => ({ re: roundEven(z.re), im: roundEven(z.im) })),
  unary('fabs', 'real', Math.abs),
  unary('spacing', 'real', undefined, undefined, { within: spacingIn }),
  unary('absolute', 'same', Math.abs, z => cx.complex(cx.abs(z)), { integer: bigAbs, gives: 'part' }),
  unary(
    'negative',
    'same',
    x => -x,
    z => ({ re: -z.re, im: -z.im }),
    { integer: x => -x },
  ),
  unary(
    'positive',
    'same',
    x => x,
    z => z,
  ),
  unary(
    'square',
    'number',
    x => x * x,
    (z, round) => cx.multiplyRounding(z, z, round),
    { integer: x => x * x },
  ),
  unary('reciprocal', 'number', x => 1 / x, f.reciprocal, { integer: x => (x === 0n ? -(2n ** 63n) : 1n / x) }),
  unary(
    'sign',
    'ordered',
    x => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : Number.NaN),
    z => {
      const x = z.re === 0 ? z.im : z.re;
      return cx.complex(Number.isNaN(z.re) || Number.isNaN(z.im) ? Number.NaN : Math.sign(x));
    },
  ),
  unary('conjugate', 'number', x => x, cx.conjugate, { integer: x => x }),
  unary('invert', 'integer', undefined, undefined, { integer: x => ~x }),
  unary('logical_not', 'logical', x => (x === 0 ? 1 : 0), undefined, { gives: 'bool' }),
  unary('signbit', 'real', x => (signed(x) < 0 || Object.is(x, -0) ? 1 : 0), undefined, { gives: 'bool' }),
  unary('modf', 'real', undefined, undefined, {
    twice: [
      x => (Number.isFinite(x) ? copySign(x - Math.trunc(x), x) : Number.isNaN(x) ? x : copySign(0, x)),
      Math.trunc,
    ],
  }),
  unary('frexp', 'real', undefined, undefined, {
    twice: [x => (x === 0 || !Number.isFinite(x) ? x : x / 2 ** binaryExponent(x)), binaryExponent],
  }),

  binary('add', 'same', undefined, { arithmetic: 'add', identity: 0 }),
  binary('subtract', 'same', undefined, { arithmetic: 'subtract' }),
  binary('multiply', 'same', undefined, { arithmetic: 'multiply', identity: 1 }),
  binary('divide', 'float', undefined, { arithmetic: 'divide' }),
  binary('floor_divide', 'number', undefined, { arithmetic: 'floor-divide' }),
  binary('remainder', 'number', undefined, { arithmetic: 'modulo' }),
  binary('power', 'number', undefined, { arithmetic: 'power' }),
  binary('float_power', 'float', undefined, { arithmetic: 'power' }),
  binary('fmod', 'number', (x, y) => x % y, { integer: fmod }),
  binary('divmod', 'number', undefined, { twice: [floorDivide, modulo] }),
  binary('maximum', 'ordered', larger, { complex: bySize('max', false), integer: bigMax, identity: null }),
  binary('minimum', 'ordered', smaller, { complex: bySize('min', false), integer: bigMin, identity: null }),
  binary('fmax', 'ordered', larger2, { complex: bySize('max', true), integer: bigMax, identity: null }),
  binary('fmin', 'ordered', smaller2, { complex: bySize('min', true), integer: bigMin, identity: null }),
  binary('hypot', 'real', cx.hypot, { identity: 0 }),
  binary('arctan2', 'real', Math.atan2),
  binary('copysign', 'real', (x, y) => copySign(x, signed(y))),
  binary('nextafter', 'real', undefined, { within: nextAfterIn }),
  binary('logaddexp', 'real', logAddExp, { identity: Number.NEGATIVE_INFINITY }),
  binary('logaddexp2', 'real', logAddExp2, { identity: Number.NEGATIVE_INFINITY }),
  binary('heaviside', 'real', heaviside),
  binary('gcd', 'integer', undefined, { integer: gcd, identity: 0 }),
  binary('lcm', 'integer', undefined, { integer: lcm, identity: null }),
  binary('bitwise_and', 'integer', undefined, { integer: (x, y) => x & y, identity: -1 }),
  binary('bitwise_or', 'integer', undefined, { integer: (x, y) => x | y, identity: 0 }),
  binary('bitwise_xor', 'integer', undefined, { integer: (x, y) => x ^ y, identity: 0 }),
  binary('left_shift', 'integer', undefined, { integer: (x, y) => (y < 0n || y > 63n ? 0n : x << y) }),
  binary('right_shift', 'integer', undefined, {
    integer: (x, y) => (y < 0n || y > 63n ? (x < 0n ? -1n : 0n) : x >> y),
  }),
  binary('logical_and', 'logical', (x, y) => (x && y ? 1 : 0), { gives: 'bool', identity: true }),
  binary('logical_or', 'logical', (x, y) => (x || y ? 1 : 0), { gives: 'bool', identity: false }),
  binary('logical_xor', 'logical', (x, y) => (x !== y ? 1 : 0), { gives: 'bool', identity: false }),
  binary('equal', 'same', undefined, { comparison: 'equal', gives: 'bool' }),
  binary('not_equal', 'same', undefined, { comparison: 'not-equal', gives: 'bool' }),
  binary('less', 'same', undefined, { comparison: 'less', gives: 'bool' }),
  binary('less_equal', 'same', undefined, { comparison: 'less-equal', gives: 'bool' }),
  binary('greater', 'same', undefined, { comparison: 'greater', gives: 'bool' }),
  binary('greater_equal', 'same', undefined, { comparison: 'greater-equal', gives: 'bool' }),
];

/** Other names of the same function. */
export const ALIASES: Readonly<Record<string, string>> = {
  abs: 'absolute',
  true_divide: 'divide',
  mod: 'remainder',
  conj: 'conjugate',
  bitwise_not: 'invert',
};

const byName = new Map(UFUNCS.map(u => [u.name, u]));
for (const [name, of] of Object.entries(ALIASES)) {
  const u = byName.get(of);
  if (u) byName.set(name, u);
}

/** The ufunc of a library path such as `numpy.add`. */
export const ufuncOf = (path: string): Ufunc | undefined =>
  path.startsWith('numpy.') ? byName.get(path.slice('numpy.'.length)) : undefined;

/** The float type that an integer type's numbers become. */
function floatFor(d: DType): DType {
  if (isFloatType(d) || isComplexType(d)) return d;
  if (d === 'bool' || d === 'int8' || d === 'uint8') return 'float16';
  return d === 'int16' || d === 'uint16' ? 'float32' : 'float64';
}

/** The type a ufunc computes in for operands of promoted type `d`; undefined where NumPy has no loop for it. */
export function loopType(u: Ufunc, d: DType): DType | undefined {
  switch (u.loop) {
    case 'float':
      if (u.name === 'divide' && !isFloatType(d) && !isComplexType(d)) return 'float64';
      if (u.name === 'float_power') return isComplexType(d) ? 'complex128' : 'float64';
      return floatFor(d);
    case 'real':
      return isComplexType(d) ? undefined : floatFor(d);
    case 'same':
      return d === 'bool' && (u.name === 'subtract' || u.name === 'negative' || u.name === 'positive') ? undefined : d;
    case 'ordered':
      return d === 'bool' && u.name === 'sign' ? undefined : d;
    case 'number':
      if (isComplexType(d) && !u.complex && u.arithmetic !== 'power') return undefined;
      return d === 'bool' ? 'int8' : d;
    case 'integer':
      if (d === 'bool' && (u.name === 'gcd' || u.name === 'lcm')) return undefined;
      if (d === 'bool' && u.name.endsWith('shift')) return 'int8';
      return isIntegerType(d) || d === 'bool' ? d : undefined;
    case 'logical':
      return 'bool';
  }
}

export const NO_BOOLEAN_SUBTRACT =
  'TypeError: numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.';

/** NumPy's words where a ufunc has no loop for the operands. */
export function noLoop(u: Ufunc, d: DType, given: readonly NDArray[] = []): string {
  if (u.name === 'sign' || u.name === 'positive')
    return `UFuncTypeError: ufunc '${u.name}' did not contain a loop with signature matching types <class 'numpy.dtype[bool_]'> -> None`;
  if (u.name === 'gcd' || u.name === 'lcm') {
    const named = (g: DType): string => `<class 'numpy.dtype[${g === 'bool' ? 'bool_' : g}]'>`;
    // Beside arrays numbers of no higher kind take their type, which NumPy 1 then looks for as the result's too.
    const rank = (g: DType): number => ({ bool: 0, unsigned: 1, signed: 1, float: 2, complex: 3 })[kindOf(g)];
    const [arrays, numbers] = [true, false].map(large =>
      given.filter(a => a.shape.length > 0 === large).map(a => a.dtype),
    );
    const by = numbers.length > 0 && arrays.length > 0 && numbers.every(g => arrays.some(d => rank(g) <= rank(d)));
    const common = by ? arrays.reduce(promote) : undefined;
    const types = given.map(a => named(common ?? a.dtype)).join(', ');
    return `UFuncTypeError: ufunc '${u.name}' did not contain a loop with signature matching types (${types}) -> ${common ? named(common) : 'None'}`;
  }
  if (d === 'bool' && u.name === 'subtract') return NO_BOOLEAN_SUBTRACT;
  if (d === 'bool' && u.name === 'negative')
    return 'TypeError: The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.';
  return `TypeError: ufunc '${u.name}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`;
}

export const isWhole = (d: DType): boolean => kindOf(d) === 'signed' || kindOf(d) === 'unsigned' || d === 'bool';
