import { isZero, ONE, type Rational, rational, sizeOf, toNumber, ZERO } from './rational';
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

/** p(x) = q(x) · divisor(x) + rest(x). */
export function divided(
  p: Polynomial,
  divisor: Polynomial,
): { readonly quotient: Polynomial; readonly rest: Polynomial } {
  const rest = [...p];
  const top = divisor.length - 1;
  const quotient: Rational[] = Array.from({ length: Math.max(p.length - top, 1) }, () => ZERO);
  for (let k = p.length - 1; k >= top; k--) {
    const c = rest[k].div(divisor[top]);
    quotient[k - top] = c;
    for (let j = 0; j <= top; j++) rest[k - top + j] = rest[k - top + j].sub(c.mul(divisor[j]));
  }
  return { quotient, rest: trimmed(rest.slice(0, top)) };
}

function trimmed(p: Polynomial): Polynomial {
  let n = p.length;
  while (n > 0 && isZero(p[n - 1])) n--;
  return p.slice(0, n);
}

const monic = (p: Polynomial): Polynomial => p.map(c => c.div(p[p.length - 1]));

const derivative = (p: Polynomial): Polynomial => p.slice(1).map((c, k) => c.mul(rational(k + 1)));

/** The greatest common divisor, with 1 as its leading coefficient. */
function commonDivisor(p: Polynomial, q: Polynomial): Polynomial {
  let [a, b] = [p, trimmed(q)];
  while (b.length > 0) [a, b] = [b, divided(a, b).rest];
  return monic(a);
}

/** A monic part of a polynomial of degree 1 or 2, and how often it is there. */
export interface Factor {
  readonly polynomial: Polynomial;
  readonly times: number;
}

/** Coefficients with more digits than these are not factored. */
const MAX_COEFFICIENT = 120;

/**
 * The monic p as a product of parts of degree 1 and 2 with rational coefficients; undefined where it has none such. Over
 * the whole numbers (p scaled) the coefficients of a part are whole, so that parts made from approximate roots are
 * rounded and then tried exactly.
 */
export function factorsOf(p: Polynomial): Factor[] | undefined {
  if (p.some(c => sizeOf(c) > MAX_COEFFICIENT)) return undefined;
  const n = p.length - 1;
  const common = p.reduce((l, c) => (l * c.d) / gcd(l, c.d), 1n);
  // With λ = μ / common all coefficients are whole and the leading one stays 1.
  const scaled = p.map((c, k) => c.mul(rational(common ** BigInt(n - k))));
  let left = divided(scaled, commonDivisor(scaled, derivative(scaled))).quotient;
  const distinct: Polynomial[] = [];
  while (left.length > 1) {
    const found = left.length <= 3 ? smallFactor(left) : wholeFactor(left);
    if (!found) return undefined;
    distinct.push(found);
    left = divided(left, found).quotient;
  }
  const out: Factor[] = [];
  let rest = p;
  for (const f of distinct) {
    const top = f.length - 1;
    const polynomial = f.map((c, k) => c.div(rational(common ** BigInt(top - k))));
    let times = 0;
    for (let next = divided(rest, polynomial); next.rest.length === 0 && rest.length > top; times++) {
      rest = next.quotient;
      next = divided(rest, polynomial);
    }
    out.push({ polynomial, times });
  }
  const place = ({ polynomial }: Factor): number => toNumber(polynomial[polynomial.length - 2].neg());
  return out.sort((x, y) => x.polynomial.length - y.polynomial.length || place(x) - place(y));
}

/** A linear part of a quadratic with rational roots, otherwise the polynomial itself. */
function smallFactor(p: Polynomial): Polynomial {
  if (p.length === 2) return monic(p);
  const [c, b] = monic(p);
  const root = rootOf(b.mul(b).sub(c.mul(rational(4))));
  return isZero(root.b) ? [b.sub(root.a).div(rational(2)), ONE] : monic(p);
}

/** A part of degree 1 or 2 with whole coefficients of a monic polynomial with whole coefficients. */
function wholeFactor(p: Polynomial): Polynomial | undefined {
  const roots = approximateRoots(p.map(toNumber));
  if (!roots) return undefined;
  const whole = (x: number): Rational | undefined =>
    Number.isFinite(x) && Math.abs(x) < 1e15 ? rational(Math.round(x)) : undefined;
  const divides = (f: readonly (Rational | undefined)[]): f is Rational[] =>
    f.every(c => c !== undefined) && divided(p, f as Rational[]).rest.length === 0;
  for (const r of roots) {
    const linear = [whole(-r.re), ONE];
    if (divides(linear)) return linear;
  }
  for (const [k, r] of roots.entries())
    for (const s of roots.slice(k + 1)) {
      const quadratic = [whole(r.re * s.re - r.im * s.im), whole(-r.re - s.re), ONE];
      if (divides(quadratic)) return quadratic;
    }
  return undefined;
}

/** All complex roots of a monic polynomial by the iteration of Durand and Kerner; undefined where it overflows. */
function approximateRoots(p: readonly number[]): { re: number; im: number }[] | undefined {
  const n = p.length - 1;
  const size = 1 + Math.max(...p.map((c, k) => Math.abs(c) ** (1 / Math.max(n - k, 1))));
  if (!Number.isFinite(size)) return undefined;
  const z = Array.from({ length: n }, (_, k) => ({
    re: size * Math.cos((2 * Math.PI * k) / n + 0.4),
    im: size * Math.sin((2 * Math.PI * k) / n + 0.4),
  }));
  for (let round = 0; round < 200; round++) {
    let moved = 0;
    for (let k = 0; k < n; k++) {
      let [re, im] = [1, 0];
      for (let j = n - 1; j >= 0; j--) [re, im] = [re * z[k].re - im * z[k].im + p[j], re * z[k].im + im * z[k].re];
      for (let j = 0; j < n; j++) {
        if (j === k) continue;
        const [x, y] = [z[k].re - z[j].re, z[k].im - z[j].im];
        const d = x * x + y * y || Number.MIN_VALUE;
        [re, im] = [(re * x + im * y) / d, (im * x - re * y) / d];
      }
      if (!Number.isFinite(re) || !Number.isFinite(im)) return undefined;
      z[k] = { re: z[k].re - re, im: z[k].im - im };
      moved = Math.max(moved, Math.hypot(re, im));
    }
    if (moved < 1e-14 * size) break;
  }
  return z;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x < 0n ? -x : x;
}

/** The roots of a part of degree 1 or 2. */
function rootsOfFactor(p: Polynomial): Surd[] | undefined {
  if (p.length === 2) return [surd(p[0].neg())];
  const [c, b] = p;
  const discriminant = b.mul(b).sub(c.mul(rational(4)));
  if (sizeOf(discriminant) > 24) return undefined;
  const root = rootOf(discriminant);
  const half = rational(1, 2);
  const center = b.neg().mul(half);
  if (isZero(root.b)) return [surd(center.add(root.a.mul(half))), surd(center.sub(root.a.mul(half)))];
  const one: Surd = { a: center, b: root.b.mul(half), radicand: root.radicand };
  return [one, { ...one, b: one.b.neg() }];
}

/** All roots with their multiplicity, where the monic p splits over the rationals into linear and quadratic parts. */
export function rootsOf(p: Polynomial): Surd[] | undefined {
  const out: Surd[] = [];
  for (const { polynomial, times } of factorsOf(p) ?? []) {
    const roots = rootsOfFactor(polynomial);
    if (!roots) return undefined;
    for (const r of roots) for (let k = 0; k < times; k++) out.push(r);
  }
  return out.length === p.length - 1 ? out : undefined;
}
