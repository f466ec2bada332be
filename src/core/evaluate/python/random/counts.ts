import { exp, log, log1p } from './c-library';
import type { Source } from './source';

/** Distributions over whole numbers, step by step as NumPy draws them (RandomState and Generator alike). */

const LOG_GAMMA = [
  8.333333333333333e-2, -2.777777777777778e-3, 7.936507936507937e-4, -5.952380952380952e-4, 8.417508417508418e-4,
  -1.917526917526918e-3, 6.41025641025641e-3, -2.955065359477124e-2, 1.796443723688307e-1, -1.3924322169059,
];

/** log Γ(x) by Stirling's series from 7 on (Zhang and Jin 1996). */
function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  const steps = x < 7 ? Math.trunc(7 - x) : 0;
  let at = x + steps;
  const square = (1 / at) * (1 / at);
  let sum = LOG_GAMMA[9];
  for (let k = 8; k >= 0; k--) sum = sum * square + LOG_GAMMA[k];
  let result = sum / at + 0.5 * 1.8378770664093453 + (at - 0.5) * log(at) - at;
  for (let k = 1; k <= steps; k++) {
    result -= log(at - 1);
    at -= 1;
  }
  return result;
}

/** A number with Poisson's distribution: by a product of uniform numbers, from λ = 10 on by transformed rejection (Hörmann 1993). */
export function poisson(source: Source, lambda: number): number {
  if (lambda === 0) return 0;
  if (lambda < 10) {
    const end = exp(-lambda);
    let product = source.double();
    let count = 0;
    while (product > end) {
      count++;
      product *= source.double();
    }
    return count;
  }
  const root = Math.sqrt(lambda);
  const logLambda = log(lambda);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const limit = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = source.double() - 0.5;
    const v = source.double();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + lambda + 0.43);
    if (us >= 0.07 && v <= limit) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log(v) + log(inverse) - log(a / (us * us) + b) <= -lambda + k * logLambda - logGamma(k + 1)) return k;
  }
}

/** How many of n trials succeed: by inversion, from 30 expected ones on by rejection. */
export function binomial(source: Source, n: number, p: number): number {
  if (n === 0 || p === 0) return 0;
  const small = p <= 0.5 ? p : 1 - p;
  const count = small * n <= 30 ? binomialByInversion(source, n, small) : binomialByRejection(source, n, small);
  return p <= 0.5 ? count : n - count;
}

/** The same of RandomState, which draws where nothing can happen, too. */
export function legacyBinomial(source: Source, n: number, p: number): number {
  if (n === 0 || p === 0) return binomialByInversion(source, n, p);
  return binomial(source, n, p);
}

function binomialByInversion(source: Source, n: number, p: number): number {
  const q = 1 - p;
  const start = exp(n * log(q));
  const expected = n * p;
  const bound = Math.trunc(Math.min(n, expected + 10 * Math.sqrt(expected * q + 1)));
  let count = 0;
  let term = start;
  let u = source.double();
  while (u > term) {
    count++;
    if (count > bound) {
      count = 0;
      term = start;
      u = source.double();
    } else {
      u -= term;
      term = ((n - count + 1) * p * term) / (count * q);
    }
  }
  return count;
}

/** Stirling's correction of log x!, as the rejection test has it. */
function correction(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

/** Kachitvichyanukul and Schmeiser's BTPE (1988): under a triangle, two parallelograms and two exponential tails. */
function binomialByRejection(source: Source, n: number, p: number): number {
  const r = Math.min(p, 1 - p);
  const q = 1 - r;
  const fm = n * r + r;
  const m = Math.floor(fm);
  const p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const xl = xm - p1;
  const xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  const left = (fm - xl) / (fm - xl * r);
  const lambdaLeft = left * (1 + left / 2);
  const right = (xr - fm) / (xr * q);
  const lambdaRight = right * (1 + right / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / lambdaLeft;
  const p4 = p3 + c / lambdaRight;
  const nrq = n * r * q;
  for (;;) {
    const u = source.double() * p4;
    let v = source.double();
    let y: number;
    if (u <= p1) return Math.floor(xm - p1 * v + u);
    if (u <= p2) {
      const x = xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(xl + log(v) / lambdaLeft);
      if (y < 0 || v === 0) continue;
      v = v * (u - p2) * lambdaLeft;
    } else {
      y = Math.floor(xr - log(v) / lambdaRight);
      if (y > n || v === 0) continue;
      v = v * (u - p3) * lambdaRight;
    }
    const k = Math.abs(y - m);
    if (k <= 20 || k >= nrq / 2 - 1) {
      const s = r / q;
      const a = s * (n + 1);
      let f = 1;
      for (let i = m + 1; i <= y; i++) f *= a / i - s;
      for (let i = y + 1; i <= m; i++) f /= a / i - s;
      if (v <= f) return y;
      continue;
    }
    const rho = (k / nrq) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / nrq + 0.5);
    const t = (-k * k) / (2 * nrq);
    const height = log(v);
    if (height < t - rho) return y;
    if (height > t + rho) continue;
    const x1 = y + 1;
    const f1 = m + 1;
    const z = n + 1 - m;
    const w = n - y + 1;
    const limit =
      xm * log(f1 / x1) +
      (n - m + 0.5) * log(z / w) +
      (y - m) * log((w * r) / (x1 * q)) +
      correction(f1) +
      correction(z) +
      correction(x1) +
      correction(w);
    if (height <= limit) return y;
  }
}

/** The number of trials up to the first success, by adding up; for p from 1/3 on. */
export function geometricBySearch(source: Source, p: number): number {
  let count = 1;
  let sum = p;
  let product = p;
  const u = source.double();
  while (u > sum) {
    product *= 1 - p;
    sum += product;
    count++;
  }
  return count;
}

/** The same of RandomState below 1/3, by a logarithm. */
export const geometricByInversion = (source: Source, p: number): number =>
  Math.ceil(log1p(-source.double()) / log(1 - p));
