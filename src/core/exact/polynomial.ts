import { isZero, numerator, ONE, type Rational, rational, sizeOf, ZERO } from './rational';
import { identity, multiply, type RationalMatrix } from './rational-matrix';
import { rootOf, type Surd, surd } from './surd';

/** Coefficients from the constant term upwards. */
export type Polynomial = readonly Rational[];

/** det(λI − m), by the method of Faddeev and LeVerrier. The leading coefficient is 1. */
export function characteristicPolynomial(m: RationalMatrix): Polynomial {
  const n = m.length;
  const coefficients: Rational[] = Array.from({ length: n + 1 }, () => ZERO);
  coefficients[n] = ONE;
  let power: RationalMatrix = m.map(row => row.map(() => ZERO));
  for (let k = 1; k <= n; k++) {
    const shifted = multiply(m, power).map((row, i) =>
      row.map((x, j) => (i === j ? x.add(coefficients[n - k + 1]) : x)),
    );
    power = k === 1 ? identity(n) : shifted;
    const trace = multiply(m, power).reduce((s, row, i) => s.add(row[i]), ZERO);
    coefficients[n - k] = trace.div(rational(-k));
  }
  return coefficients;
}

export const valueAt = (p: Polynomial, x: Rational): Rational => p.reduceRight((s, c) => s.mul(x).add(c), ZERO);

/** Numbers with more divisors than are worth trying. */
const MAX_DIVIDED = 10n ** 12n;
const MAX_TRIED = 20_000;

function divisors(n: bigint): bigint[] | undefined {
  const m = n < 0n ? -n : n;
  if (m > MAX_DIVIDED) return undefined;
  const out: bigint[] = [];
  for (let d = 1n; d * d <= m; d++) {
    if (d > 1_000_000n) return undefined;
    if (m % d === 0n) out.push(d, m / d);
  }
  return out;
}

/** A rational root, by the rational root theorem; undefined when there is none or there are too many candidates. */
function rationalRoot(p: Polynomial): Rational | undefined {
  if (isZero(p[0])) return ZERO;
  const common = p.reduce((l, c) => (l * c.d) / gcd(l, c.d), 1n);
  const whole = p.map(c => numerator(c.mul(rational(common))));
  const tops = divisors(whole[0]);
  const bottoms = divisors(whole[whole.length - 1]);
  if (!tops || !bottoms || tops.length * bottoms.length > MAX_TRIED) return undefined;
  for (const top of tops)
    for (const bottom of bottoms)
      for (const sign of [1n, -1n]) {
        const x = rational(sign * top, bottom);
        if (isZero(valueAt(p, x))) return x;
      }
  return undefined;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x < 0n ? -x : x;
}

/** p / (λ − root), for a root of p. */
function deflated(p: Polynomial, root: Rational): Polynomial {
  const out: Rational[] = [];
  let carry = ZERO;
  for (let k = p.length - 1; k >= 1; k--) {
    carry = carry.mul(root).add(p[k]);
    out.unshift(carry);
  }
  return out;
}

/** All roots with their multiplicity, where p splits over the rationals into linear and quadratic parts; else undefined. */
export function rootsOf(p: Polynomial): Surd[] | undefined {
  const out: Surd[] = [];
  let rest = p;
  while (rest.length > 3) {
    const root = rationalRoot(rest);
    if (!root) return undefined;
    out.push(surd(root));
    rest = deflated(rest, root);
  }
  if (rest.length === 2) out.push(surd(rest[0].neg().div(rest[1])));
  if (rest.length === 3) {
    const [c, b, a] = rest;
    const discriminant = b.mul(b).sub(a.mul(c).mul(rational(4)));
    if (sizeOf(discriminant) > 24) return undefined;
    const root = rootOf(discriminant);
    const half = a.mul(rational(2)).inverse();
    const center = b.neg().mul(half);
    if (isZero(root.b)) out.push(surd(center.add(root.a.mul(half))), surd(center.sub(root.a.mul(half))));
    else
      out.push(
        { a: center, b: root.b.mul(half), radicand: root.radicand },
        { a: center, b: root.b.mul(half).neg(), radicand: root.radicand },
      );
  }
  return out;
}
