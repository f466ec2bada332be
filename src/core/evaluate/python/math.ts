import { fused } from '../../values/fused';
import type { Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { items, iterate } from './builtins';
import { bool, float, int, needInteger } from './coerce';
import { numberOf, toInt } from './conversions';
import { binary } from './operators';
import { powerOf } from './plain-power';
import { cosh, exp, log, log1p, log10 } from './random/c-library';
import { cos, sin } from './random/c-library-angles';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Below this the angle functions are those of the C library to the last bit. */
const ANGLES = 1e8;

const positive = (x: number): boolean => x > 0 && x < Number.POSITIVE_INFINITY;
const natural = (x: number): number => (positive(x) ? log(x) : Math.log(x));

/** Those whose results may be too large for a number. */
const OVERFLOWING = new Set('exp expm1 sinh cosh'.split(' '));

const MATH: Readonly<Record<string, (x: number) => number>> = {
  sqrt: Math.sqrt,
  exp: x => (Number.isFinite(x) ? exp(x) : Math.exp(x)),
  log2: Math.log2,
  log10: x => (positive(x) ? log10(x) : Math.log10(x)),
  log1p: x => (positive(x + 1) && x < 2 ** 53 ? log1p(x) : Math.log1p(x)),
  expm1: Math.expm1,
  sin: x => (Math.abs(x) < ANGLES ? sin(x) : Math.sin(x)),
  cos: x => (Math.abs(x) < ANGLES ? cos(x) : Math.cos(x)),
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: x => (Number.isFinite(x) ? cosh(x) : Math.cosh(x)),
  tanh: Math.tanh,
  fabs: Math.abs,
  radians: x => x * (Math.PI / 180),
  degrees: x => x * (180 / Math.PI),
};

/** The logarithm of an integer that is too large for a float, from its first bits and their number, as Python takes it. */
function largeLogarithm(v: Value, log: (x: number) => number): number | undefined {
  if (v.kind !== 'scalar' || typeof v.value !== 'bigint' || v.value <= 0n || Number.isFinite(Number(v.value)))
    return undefined;
  const bits = v.value.toString(2).length;
  return log(Number(v.value >> BigInt(bits - 64)) / 2 ** 64) + log(2) * bits;
}

const absBig = (x: bigint): bigint => (x < 0n ? -x : x);
function gcd(p: bigint, q: bigint): bigint {
  let [a, b] = [absBig(p), absBig(q)];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
function product(from: bigint, to: bigint): bigint {
  let p = 1n;
  for (let k = from; k <= to; k++) p *= k;
  return p;
}
function squareRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** The sum rounded once: partial sums without overlap (Shewchuk 1997). */
function exactSum(list: readonly number[]): number {
  const partials: number[] = [];
  for (const given of list) {
    let x = given;
    let kept = 0;
    for (let y of partials) {
      if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
      const high = x + y;
      const low = y - (high - x);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    partials.push(x);
  }
  return partials.reduceRight((s, x) => s + x, 0);
}

/** √Σx², corrected once with the rounding errors of the squares and their sum, as Python does. */
function lengthOf(list: readonly number[]): number {
  const most = Math.max(0, ...list.map(Math.abs));
  if (list.some(x => Math.abs(x) === Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
  if (most === 0 || list.some(Number.isNaN)) return list.length === 0 ? 0 : list.reduce((s, x) => s + Math.abs(x), 0);
  const scale = 2 ** -Math.floor(Math.log2(most));
  if (!Number.isFinite(scale) || scale === 0) return Math.hypot(...list);
  let [high, low] = [0, 0];
  for (const x of list) {
    const square = x * scale * (x * scale);
    const sum = high + square;
    const part = sum - high;
    low += high - (sum - part) + (square - part) + fused(x * scale, x * scale, -square);
    high = sum;
  }
  const h = Math.sqrt(high + low);
  return (h + (high - h * h + (low - fused(h, h, -(h * h)))) / (2 * h)) / scale;
}

/** Python's module math. */
export const MATH_FUNCTIONS: readonly LibraryFunction[] = [
  ...Object.entries(MATH).map(
    ([name, f]): LibraryFunction => ({
      path: `math.${name}`,
      signature: 'x, /',
      evaluate: x => {
        const large = name.startsWith('log') && name !== 'log1p' ? largeLogarithm(need(x.x), f) : undefined;
        if (large !== undefined) return float(large);
        const v = numberOf(need(x.x));
        const y = f(v);
        if (Number.isFinite(v) && !Number.isFinite(y) && !Number.isNaN(y) && OVERFLOWING.has(name))
          return fail('OverflowError: math range error');
        const outside = Number.isNaN(y) ? !Number.isNaN(v) : Number.isFinite(v) && !Number.isFinite(y);
        return outside ? fail('ValueError: math domain error') : float(y);
      },
    }),
  ),
  {
    path: 'math.log',
    signature: 'x, base=None, /',
    evaluate: x => {
      const large = largeLogarithm(need(x.x), natural);
      if (large !== undefined) return float(x.base ? large / natural(numberOf(x.base)) : large);
      const v = numberOf(need(x.x));
      if (v <= 0) return fail('ValueError: math domain error');
      return float(x.base ? natural(v) / natural(numberOf(x.base)) : natural(v));
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
    evaluate: x => float(lengthOf(items(x.coordinates).map(numberOf))),
  },
  ...(
    [
      ['factorial', ([n]) => product(1n, n)],
      ['gcd', list => list.reduce(gcd, 0n)],
      ['lcm', list => list.reduce((p, q) => (p === 0n || q === 0n ? 0n : absBig((p / gcd(p, q)) * q)), 1n)],
      ['comb', ([n, k]) => (k > n ? 0n : product(n - k + 1n, n) / product(1n, k))],
      ['perm', ([n, k]) => (k === undefined ? product(1n, n) : k > n ? 0n : product(n - k + 1n, n))],
      ['isqrt', ([n]) => squareRoot(n)],
    ] as const satisfies readonly (readonly [string, (list: bigint[]) => bigint])[]
  ).map(
    ([name, f]): LibraryFunction => ({
      path: `math.${name}`,
      signature: '*integers',
      evaluate: (x, c) => {
        const list = items(x.integers).map(v => BigInt(needInteger(v)));
        if (name !== 'gcd' && name !== 'lcm' && list.some(n => n < 0n))
          return fail(
            `ValueError: ${name === 'factorial' ? 'factorial() not defined for negative values' : 'n must be a non-negative integer'}`,
          );
        if (name !== 'gcd' && name !== 'lcm' && name !== 'isqrt' && list.some(n => n > 3000n))
          return unknown('too large an integer to show');
        c.budget.spend(10_000);
        return int(f(list));
      },
    }),
  ),
  {
    path: 'math.isclose',
    signature: 'a, b, *, rel_tol=1e-09, abs_tol=0.0',
    evaluate: x => {
      const [a, b] = [numberOf(need(x.a)), numberOf(need(x.b))];
      const d = Math.abs(a - b);
      const rel = x.rel_tol ? numberOf(x.rel_tol) : 1e-9;
      return bool(
        a === b ||
          (Number.isFinite(d) &&
            (d <= rel * Math.max(Math.abs(a), Math.abs(b)) || d <= (x.abs_tol ? numberOf(x.abs_tol) : 0))),
      );
    },
  },
  {
    path: 'math.prod',
    signature: 'iterable, /, *, start=1',
    evaluate: (x, c) => iterate(need(x.iterable), c).reduce((p, q) => binary('multiply', p, q, c), x.start ?? int(1)),
  },
  {
    path: 'math.dist',
    signature: 'p, q, /',
    evaluate: (x, c) => {
      const [p, q] = [iterate(need(x.p), c).map(numberOf), iterate(need(x.q), c).map(numberOf)];
      if (p.length !== q.length) return fail('ValueError: both points must have the same number of dimensions');
      return float(lengthOf(p.map((v, i) => v - q[i])));
    },
  },
  {
    path: 'math.copysign',
    signature: 'x, y, /',
    evaluate: x => {
      const [a, b] = [numberOf(need(x.x)), numberOf(need(x.y))];
      return float(b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a));
    },
  },
  { path: 'math.isnan', signature: 'x, /', evaluate: x => bool(Number.isNaN(numberOf(need(x.x)))) },
  {
    path: 'math.isinf',
    signature: 'x, /',
    evaluate: x => bool(Math.abs(numberOf(need(x.x))) === Number.POSITIVE_INFINITY),
  },
  { path: 'math.isfinite', signature: 'x, /', evaluate: x => bool(Number.isFinite(numberOf(need(x.x)))) },
  { path: 'math.trunc', signature: 'x, /', evaluate: x => toInt(need(x.x)) },
  {
    path: 'math.fmod',
    signature: 'x, y, /',
    evaluate: x => {
      const [a, b] = [numberOf(need(x.x)), numberOf(need(x.y))];
      return b === 0 ? fail('ValueError: math domain error') : float(a % b);
    },
  },
  {
    path: 'math.fsum',
    signature: 'seq, /',
    evaluate: (x, c) => float(exactSum(iterate(need(x.seq), c).map(numberOf))),
  },
  {
    path: 'math.pow',
    signature: 'x, y, /',
    evaluate: given => {
      const [x, y] = [numberOf(need(given.x)), numberOf(need(given.y))];
      const z = powerOf(x, y);
      if (!Number.isFinite(x) || !Number.isFinite(y) || Number.isFinite(z)) return float(z);
      return fail(x === 0 || Number.isNaN(z) ? 'ValueError: math domain error' : 'OverflowError: math range error');
    },
  },
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
