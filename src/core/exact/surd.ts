import { isZero, numerator, type Rational, rational, rationalLatex, toNumber, ZERO } from './rational';

/** a + b√r with r a whole number without square factors; r = 1 for a rational, r < 0 for a complex number. */
export interface Surd {
  readonly a: Rational;
  readonly b: Rational;
  readonly radicand: bigint;
}

/** Factors are sought up to here; a square of larger ones stays under the root. */
const MAX_FACTOR = 2_000n;

/** The largest whole number whose square is not above n, by Newton's iteration from above. */
export function integerRoot(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (let next = (x + n / x) >> 1n; next < x; next = (x + n / x) >> 1n) x = next;
  return x;
}

/** √n = factor · √radicand, as far as squares are found by trial division. */
export function rootOfInteger(n: bigint): { readonly factor: bigint; readonly radicand: bigint } {
  if (n === 0n) return { factor: 0n, radicand: 1n };
  const sign = n < 0n ? -1n : 1n;
  let rest = n * sign;
  let factor = 1n;
  const whole = integerRoot(rest);
  if (whole * whole === rest) return { factor: whole, radicand: sign };
  for (let p = 2n; p <= MAX_FACTOR && p * p <= rest; p += p === 2n ? 1n : 2n) {
    while (rest % (p * p) === 0n) {
      rest /= p * p;
      factor *= p;
    }
  }
  return { factor, radicand: sign * rest };
}

/** √r as b√radicand. */
export function rootOf(r: Rational): Surd {
  const { factor, radicand } = rootOfInteger(numerator(r) * r.d);
  const b = rational(factor, r.d);
  return radicand === 1n ? { a: b, b: ZERO, radicand } : { a: ZERO, b, radicand };
}

export const surd = (a: Rational): Surd => ({ a, b: ZERO, radicand: 1n });

export const isRational = (s: Surd): boolean => isZero(s.b);

/** The sum of numbers of one field: both rational, or with the same number under the root. */
export const plus = (x: Surd, y: Surd): Surd => ({ ...field(x, y), a: x.a.add(y.a), b: x.b.add(y.b) });

export const times = (x: Surd, y: Surd): Surd => {
  const { radicand } = field(x, y);
  return {
    a: x.a.mul(y.a).add(x.b.mul(y.b).mul(rational(radicand))),
    b: x.a.mul(y.b).add(x.b.mul(y.a)),
    radicand,
  };
};

export const negative = (x: Surd): Surd => ({ ...x, a: x.a.neg(), b: x.b.neg() });

/** 1 / x, by its conjugate. */
export function reciprocal(x: Surd): Surd {
  const norm = x.a.mul(x.a).sub(x.b.mul(x.b).mul(rational(x.radicand)));
  return { ...x, a: x.a.div(norm), b: x.b.neg().div(norm) };
}

const field = (x: Surd, y: Surd): Surd => (isRational(x) ? y : x);

export const isNothing = (x: Surd): boolean => isZero(x.a) && isZero(x.b);

/** Real and imaginary part as doubles. */
export function surdNumber(s: Surd): { readonly re: number; readonly im: number } {
  const a = toNumber(s.a);
  const root = toNumber(s.b) * Math.sqrt(Math.abs(Number(s.radicand)));
  return s.radicand < 0n ? { re: a, im: root } : { re: a + root, im: 0 };
}

/** `\frac{5 + \sqrt{33}}{2}`, `2\sqrt{2}`, `1 - 3i` */
export function surdLatex({ a, b, radicand }: Surd): string {
  if (isZero(b)) return rationalLatex(a);
  const denominator = lcm(a.d, b.d);
  const whole = numerator(a.mul(rational(denominator)));
  const times = numerator(b.mul(rational(denominator)));
  const magnitude = radicand < 0n ? -radicand : radicand;
  const root = `${magnitude === 1n ? '' : `\\sqrt{${magnitude}}`}${radicand < 0n ? 'i' : ''}`;
  const count = times < 0n ? -times : times;
  const term = `${count === 1n ? '' : count}${root}`;
  const sum = whole === 0n ? `${times < 0n ? '-' : ''}${term}` : `${whole} ${times < 0n ? '-' : '+'} ${term}`;
  if (denominator === 1n) return sum;
  return whole === 0n && times < 0n ? `-\\frac{${term}}{${denominator}}` : `\\frac{${sum}}{${denominator}}`;
}

function lcm(x: bigint, y: bigint): bigint {
  let [g, rest] = [x, y];
  while (rest !== 0n) [g, rest] = [rest, g % rest];
  return (x / g) * y;
}
