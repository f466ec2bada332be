import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { mapComplex, mapReal } from '../../values/elementwise';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { define } from './library';
import {
  arithmeticType,
  dimensions,
  doubles,
  fromNumbers,
  imaginaryParts,
  isIntegerClass,
  isOne,
  layoutOf,
  numbers,
  realMatrix,
  realParts,
  realStored,
  roundAway,
  stored,
  toClass,
  withLayout,
} from './numbers';
import { binary, nonconformant, unary } from './operators';

/** A function of one number: for reals, for complex ones, and where reals have complex results. */
interface Elementary {
  readonly real: (x: number) => number;
  readonly complex?: (z: Complex) => Complex;
  readonly leaves?: (x: number) => boolean;
  readonly keepsDiagonal?: boolean;
  readonly operation?: string;
  /** Integer classes keep theirs; other functions take them as doubles. */
  readonly whole?: true;
}

function elementary(name: string, f: Elementary): LibraryFunction {
  return define(name, 'x', ({ x }, context) => {
    const v = x as Value;
    if (v.kind === 'string') unknown(`${name} of text is not covered`);
    const given = stored(v);
    context.budget.claim(sizeOf(given.shape));
    if (f.whole && isIntegerClass(given.dtype))
      return fromNumbers(toClass(mapReal(given, 'float64', f.real), given.dtype));
    const a = doubles(v);
    if (f.operation) context.record(f.operation, [v]);
    const layout = f.keepsDiagonal && layoutOf(v) === 'diagonal' ? 'diagonal' : undefined;
    return withLayout(fromNumbers(apply(name, f, a)), layout);
  });
}

function apply(name: string, f: Elementary, a: NDArray): NDArray {
  const complex = a.dtype === 'complex128' || (f.leaves !== undefined && realParts(a).some(f.leaves));
  if (!complex) return mapReal(a, a.dtype === 'float32' ? 'float32' : 'float64', f.real);
  if (a.dtype === 'float32') unknown('complex numbers of single precision are not covered');
  return mapComplex(a, f.complex ?? (() => unknown(`${name} of complex numbers is not covered`)));
}

/** A real function of complex numbers, such as the magnitude; some keep the class and diagonal matrices. */
function measure(
  name: string,
  real: (x: number) => number,
  complex: (z: Complex) => number,
  keeps = false,
): LibraryFunction {
  return define(name, 'x', ({ x }, context) => {
    const v = x as Value;
    const a = keeps ? stored(v) : doubles(v);
    context.budget.claim(sizeOf(a.shape));
    const layout = keeps && layoutOf(v) === 'diagonal' ? 'diagonal' : undefined;
    if (a.dtype !== 'complex128')
      return withLayout(
        fromNumbers(toClass(mapReal(a, a.dtype === 'float32' ? 'float32' : 'float64', real), arithmeticType(a))),
        layout,
      );
    const im = imaginaryParts(a);
    return withLayout(
      fromNumbers(
        ndarray(
          'float64',
          a.shape,
          realParts(a).map((re, k) => complex({ re, im: im[k] })),
        ),
      ),
      layout,
    );
  });
}

/** A function of two real matrices, with broadcasting. */
export function pairwise(
  name: string,
  f: (x: number, y: number) => number,
  whole = false,
  check: (a: NDArray, b: NDArray) => void = () => {},
): LibraryFunction {
  const given = whole ? realStored : realMatrix;
  return define(name, 'x, y', ({ x, y }, context) => {
    const [a, b] = [given(x as Value, name), given(y as Value, name)];
    check(a, b);
    return fromNumbers(pairs(name, a, b, f, context));
  });
}

/** A refusal of sizes that differ, in the words given, where neither is a single number. */
export const sameSize =
  (message: string) =>
  (a: NDArray, b: NDArray): void => {
    if (!isOne(a) && !isOne(b) && dimensions(a) !== dimensions(b)) fail(message);
  };

/** Functions that Octave does not have for logical values. */
export function refuseLogical(name: string, ...all: readonly NDArray[]): void {
  for (const a of all)
    if (a.dtype === 'bool') fail(`${name}: wrong type argument '${isOne(a) ? 'bool' : 'bool matrix'}'`);
}

export function pairs(
  name: string,
  a: NDArray,
  b: NDArray,
  f: (x: number, y: number) => number,
  context: Context,
): NDArray {
  const shape = broadcastShapes(a.shape, b.shape) ?? fail(nonconformant(name, a, b));
  context.budget.claim(sizeOf(shape));
  const u = toFloat64(contiguous(broadcastTo(a, shape)));
  const v = toFloat64(contiguous(broadcastTo(b, shape)));
  return toClass(
    ndarray(
      'float64',
      shape,
      u.map((x, k) => f(x, v[k])),
    ),
    arithmeticType(a, b),
  );
}

const both =
  (f: (x: number) => number) =>
  (z: Complex): Complex => ({ re: f(z.re), im: f(z.im) });

/** The remainder with the divisor's sign; the dividend itself for a zero divisor. */
function mod(x: number, y: number): number {
  if (y === 0) return x;
  const r = remainder(x, y);
  return r !== 0 && r < 0 !== y < 0 ? r + y : r === 0 ? 0 : r;
}

function rem(x: number, y: number): number {
  return y === 0 ? Number.NaN : remainder(x, y);
}

/** x - y·trunc(x / y); zero when the quotient is whole but for rounding, as Octave takes it. */
function remainder(x: number, y: number): number {
  const q = x / y;
  if (!Number.isInteger(y) && Math.abs(q - Math.round(q)) < Number.EPSILON * Math.abs(Math.round(q))) return 0;
  return x % y;
}

/** n! by the gamma function's table of products. */
function factorial(x: number): number {
  if (x < 0 || !Number.isInteger(x)) return fail('factorial: all N must be real non-negative integers');
  let product = 1;
  for (let k = 2; k <= Math.min(x, 171); k++) product *= k;
  return product;
}

function gcd(x: number, y: number): number {
  if (!Number.isInteger(x) || !Number.isInteger(y)) return fail('gcd: all values must be integers');
  let [a, b] = [Math.abs(x), Math.abs(y)];
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function isPrime(x: number): boolean {
  if (!Number.isInteger(x) || x < 0) return fail('isprime: X contains non-integer entries');
  if (x < 2) return false;
  if (x > 2 ** 40) return unknown('isprime of numbers this large is not covered');
  for (let d = 2; d * d <= x; d++) if (x % d === 0) return false;
  return true;
}

const i = c.complex(0, 1);
const outside = (x: number): boolean => Math.abs(x) > 1;
const sinZ = (z: Complex): Complex => ({ re: Math.sin(z.re) * Math.cosh(z.im), im: Math.cos(z.re) * Math.sinh(z.im) });
const cosZ = (z: Complex): Complex => ({ re: Math.cos(z.re) * Math.cosh(z.im), im: -Math.sin(z.re) * Math.sinh(z.im) });

const trigonometric = (name: string, real: (x: number) => number, more: Partial<Elementary> = {}): LibraryFunction =>
  elementary(name, { real, ...more });

/** The sine of an angle in degrees, taken between -180 and 180 first. */
function sind(x: number): number {
  const reduced = mod(x - 180, 360) - 180;
  return reduced === -180 ? 0 : Math.sin((reduced / 180) * Math.PI);
}

const inDegrees = (name: string, f: (x: number) => number): LibraryFunction =>
  elementary(`${name}d`, {
    real: x =>
      name !== 'atan' && Math.abs(x) > 1 ? unknown(`${name}d of this is not covered`) : (f(x) * 180) / Math.PI,
  });

/** Operators by their functions' names. */
const operator = (name: string, op: Parameters<typeof binary>[0]): LibraryFunction =>
  define(name, 'x, y', ({ x, y }, context) => binary(op, x as Value, y as Value, context));

/** Numbers without an imaginary part stay in their own place, NaN among them. */
const log = (z: Complex): Complex => (z.im === 0 && !(z.re < 0) ? { re: Math.log(z.re), im: 0 } : c.log(z));

/** The parts by themselves: the quotient of an infinite one would not be a number. */
function log2(z: Complex): Complex {
  const { re, im } = log(z);
  return { re: re / Math.LN2, im: im / Math.LN2 };
}

function log10(z: Complex): Complex {
  const { re, im } = log(z);
  return { re: re / Math.LN10, im: im / Math.LN10 };
}

/** The angle of a real number; of NaN it is 0. */
const angle = (x: number): number => (Number.isNaN(x) ? 0 : Math.atan2(0, x));

export const ELEMENTARY: readonly LibraryFunction[] = [
  measure('abs', Math.abs, c.abs, true),
  measure(
    'real',
    x => x,
    z => z.re,
    true,
  ),
  measure(
    'imag',
    () => 0,
    z => z.im,
    true,
  ),
  measure('angle', angle, z => Math.atan2(z.im, z.re)),
  measure('arg', angle, z => Math.atan2(z.im, z.re)),
  elementary('conj', { real: x => x, complex: c.conjugate, keepsDiagonal: true }),
  elementary('sqrt', { real: Math.sqrt, complex: c.sqrt, leaves: x => x < 0, keepsDiagonal: true, operation: 'sqrt' }),
  elementary('exp', { real: Math.exp, complex: c.exp }),
  elementary('log', { real: Math.log, complex: log, leaves: x => x < 0 }),
  elementary('log2', { real: Math.log2, complex: log2, leaves: x => x < 0 }),
  elementary('log10', { real: Math.log10, complex: log10, leaves: x => x < 0 }),
  elementary('log1p', { real: Math.log1p, leaves: x => x < -1 }),
  elementary('expm1', { real: Math.expm1 }),
  trigonometric('sin', Math.sin, { complex: sinZ }),
  trigonometric('cos', Math.cos, { complex: cosZ }),
  trigonometric('tan', Math.tan, { complex: z => c.divide(sinZ(z), cosZ(z)) }),
  trigonometric('asin', Math.asin, { leaves: outside }),
  trigonometric('acos', Math.acos, { leaves: outside }),
  trigonometric('atan', Math.atan),
  trigonometric('sinh', Math.sinh, { complex: z => c.multiply(c.complex(0, -1), sinZ(c.multiply(i, z))) }),
  trigonometric('cosh', Math.cosh, { complex: z => cosZ(c.multiply(i, z)) }),
  trigonometric('tanh', Math.tanh),
  trigonometric('asinh', Math.asinh),
  trigonometric('acosh', Math.acosh, { leaves: x => x < 1 }),
  trigonometric('atanh', Math.atanh, { leaves: outside }),
  trigonometric('sec', x => 1 / Math.cos(x)),
  trigonometric('csc', x => 1 / Math.sin(x)),
  trigonometric('cot', x => 1 / Math.tan(x)),
  elementary('sind', { real: sind }),
  elementary('cosd', { real: x => sind(x + 90) }),
  inDegrees('asin', Math.asin),
  inDegrees('acos', Math.acos),
  inDegrees('atan', Math.atan),
  elementary('deg2rad', { real: x => (x * Math.PI) / 180 }),
  elementary('rad2deg', { real: x => (x * 180) / Math.PI }),
  elementary('floor', { real: Math.floor, complex: both(Math.floor), whole: true }),
  elementary('ceil', { real: Math.ceil, complex: both(Math.ceil), whole: true }),
  elementary('round', { real: roundAway, complex: both(roundAway), whole: true }),
  elementary('fix', { real: Math.trunc, complex: both(Math.trunc), whole: true }),
  elementary('sign', { real: x => (Number.isNaN(x) ? x : Math.sign(x)), whole: true }),
  elementary('factorial', { real: factorial }),
  pairwise('mod', mod, true, (a, b) => refuseLogical('mod', a, b)),
  pairwise('rem', rem, true, (a, b) => refuseLogical('rem', a, b)),
  pairwise('atan2', Math.atan2),
  pairwise('hypot', Math.hypot),
  pairwise('gcd', gcd),
  pairwise(
    'lcm',
    (x, y) => (x === 0 || y === 0 ? 0 : Math.abs(x * y) / gcd(x, y)),
    false,
    (a, b) => {
      if (a.dtype === 'bool' || b.dtype === 'bool') fail('lcm: all arguments must be numeric');
      sameSize('lcm: all args must be the same size or scalar')(a, b);
    },
  ),
  define('isprime', 'x', ({ x }) => {
    const a = realMatrix(x as Value, 'isprime');
    return fromNumbers(
      ndarray(
        'bool',
        a.shape,
        Uint8Array.from(realParts(a), v => (isPrime(v) ? 1 : 0)),
      ),
    );
  }),
  operator('plus', 'add'),
  operator('minus', 'subtract'),
  operator('times', 'elementwise-multiply'),
  operator('mtimes', 'multiply'),
  operator('rdivide', 'elementwise-divide'),
  operator('ldivide', 'elementwise-left-divide'),
  operator('mrdivide', 'divide'),
  operator('mldivide', 'left-divide'),
  operator('power', 'elementwise-power'),
  operator('mpower', 'power'),
  operator('and', 'bit-and'),
  operator('or', 'bit-or'),
  define('not', 'x', ({ x }, context) => unary('not', x as Value, context)),
  define('uminus', 'x', ({ x }, context) => unary('negate', x as Value, context)),
  define('transpose', 'x', ({ x }, context) => unary('transpose', x as Value, context)),
  define('ctranspose', 'x', ({ x }, context) => unary('conjugate-transpose', x as Value, context)),
  define('xor', 'x, y', ({ x, y }, context) => {
    const truths = (v: Value): NDArray => asType(asType(numbers(v), 'bool'), 'float64');
    return fromNumbers(
      asType(
        pairs('xor', truths(x as Value), truths(y as Value), (u, v) => (u !== v ? 1 : 0), context),
        'bool',
      ),
    );
  }),
];
