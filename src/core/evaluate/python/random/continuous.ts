import { exp, log, power } from './c-library';
import type { Source } from './source';

/** Continuous distributions from uniform numbers alone, which RandomState and Generator draw alike. */

export const uniform = (source: Source, low: number, range: number): number => low + range * source.double();

export function laplace(source: Source, loc: number, scale: number): number {
  for (;;) {
    const u = source.double();
    if (u >= 0.5) return loc - scale * log(2 - u - u);
    if (u > 0) return loc + scale * log(u + u);
  }
}

export function gumbel(source: Source, loc: number, scale: number): number {
  for (;;) {
    const u = 1 - source.double();
    if (u < 1) return loc - scale * log(-log(u));
  }
}

export function logistic(source: Source, loc: number, scale: number): number {
  for (;;) {
    const u = source.double();
    if (u > 0) return loc + scale * log(u / (1 - u));
  }
}

export function triangular(source: Source, left: number, mode: number, right: number): number {
  const base = right - left;
  const leftBase = mode - left;
  const u = source.double();
  return u <= leftBase / base
    ? left + Math.sqrt(u * (leftBase * base))
    : right - Math.sqrt((1 - u) * ((right - mode) * base));
}

/** Where normal and exponential numbers of a generator come from: RandomState and Generator differ in these. */
export interface Basics {
  readonly source: Source;
  readonly normal: () => number;
  readonly exponential: () => number;
}

/** Gamma distribution of scale 1: Ahrens and Dieter below shape 1, Marsaglia and Tsang (2000) above. */
export function gamma({ source, normal, exponential }: Basics, shape: number): number {
  if (shape === 1) return exponential();
  if (shape === 0) return 0;
  if (shape < 1)
    for (;;) {
      const u = source.double();
      const v = exponential();
      if (u <= 1 - shape) {
        const x = power(u, 1 / shape);
        if (x <= v) return x;
      } else {
        const y = -log((1 - u) / shape);
        const x = power(1 - shape + shape * y, 1 / shape);
        if (x <= v + y) return x;
      }
    }
  const b = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    let x: number;
    let v: number;
    do {
      x = normal();
      v = 1 + c * x;
    } while (v <= 0);
    v = v * v * v;
    const u = source.double();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (log(u) < 0.5 * x * x + b * (1 - v + log(v))) return b * v;
  }
}

export const chisquare = (basics: Basics, df: number): number => 2 * gamma(basics, df / 2);

/** Beta distribution by Jöhnk's method where both parameters are at most 1, else from two gamma numbers. */
export function beta(basics: Basics, a: number, b: number): number {
  const { source } = basics;
  if (a > 1 || b > 1) {
    const first = gamma(basics, a);
    return first / (first + gamma(basics, b));
  }
  for (;;) {
    const u = source.double();
    const v = source.double();
    const x = power(u, 1 / a);
    const y = power(v, 1 / b);
    if (x + y > 1) continue;
    if (x + y > 0) return x / (x + y);
    const logX = log(u) / a;
    const logY = log(v) / b;
    const most = Math.max(logX, logY);
    return exp(logX - most - log(exp(logX - most) + exp(logY - most)));
  }
}

export const standardT = (basics: Basics, df: number): number => {
  const numerator = basics.normal();
  return (Math.sqrt(df / 2) * numerator) / Math.sqrt(gamma(basics, df / 2));
};

export const ratioOfSquares = (basics: Basics, numerator: number, denominator: number): number => {
  const upper = chisquare(basics, numerator) * denominator;
  return upper / (chisquare(basics, denominator) * numerator);
};

export function wald({ source, normal }: Basics, mean: number, scale: number): number {
  const ratio = mean / (2 * scale);
  const n = normal();
  const y = mean * n * n;
  const x = mean + ratio * (y - Math.sqrt(4 * scale * y + y * y));
  return source.double() <= mean / (mean + x) ? x : (mean * mean) / x;
}

export const lognormal = ({ normal }: Basics, mean: number, sigma: number): number => exp(mean + sigma * normal());

export const weibull = ({ exponential }: Basics, a: number): number => (a === 0 ? 0 : power(exponential(), 1 / a));

export const standardCauchy = (normal: () => number): number => normal() / normal();
