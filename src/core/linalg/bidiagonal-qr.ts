import type { Turns } from '../kernels/rotations';
import type { Spend } from './matrix';
import { made, rotation, singular2, triangular2, withSign } from './rotations';

const TINY = 2 ** -1022;

/** How the columns that were turned along are to be ordered and which change their sign. */
export interface Arrangement {
  readonly order: Int32Array;
  /** By place in the order: −1 where the singular value came out negative, which column of V is turned over for. */
  readonly signs: Int8Array;
}

/**
 * The singular values of the n×n bidiagonal matrix with diagonal `d` and off-diagonal `e`, upper or `lower`, by the implicit
 * zero-shift QR of Demmel and Kahan (1990; dbdsqr), which finds small ones to high relative accuracy. `d` ends descending
 * and positive. Columns of `u` and `v`, where wanted, are turned along. Undefined when 6 n² steps do not suffice.
 */
export function bidiagonalQR(
  d: Float64Array,
  e: Float64Array,
  u: Turns | undefined,
  v: Turns | undefined,
  lower: boolean,
  spend?: Spend,
  eps = 2 ** -53,
): Arrangement | undefined {
  const n = d.length;
  const tolerance = Math.max(10, Math.min(100, eps ** -0.125)) * eps;
  const c = new Float64Array(n);
  const s = new Float64Array(n);
  const c2 = new Float64Array(n);
  const s2 = new Float64Array(n);
  if (lower) {
    for (let i = 0; i < n - 1; i++) {
      rotation(d[i], e[i]);
      d[i] = made.r;
      e[i] = made.s * d[i + 1];
      d[i + 1] *= made.c;
      c[i] = made.c;
      s[i] = made.s;
    }
    u?.add(0, Math.max(n - 1, 0), c, s, true);
  }
  const threshold = Math.max(tolerance * smallestBound(d, e), 6 * n * n * TINY);
  let steps = 6 * n * n;
  // Values that overflow deflate for ever.
  let turns = 10 * n * n + 100;
  let m = n - 1;
  let oldLow = -1;
  let oldHigh = -1;
  let downwards = true;
  while (m > 0) {
    if (steps <= 0 || turns-- <= 0) return undefined;
    let largest = Math.abs(d[m]);
    let low = -1;
    let split = false;
    for (let k = m - 1; k >= 0; k--) {
      const abse = Math.abs(e[k]);
      if (abse <= threshold) {
        e[k] = 0;
        low = k;
        split = true;
        break;
      }
      largest = Math.max(largest, Math.abs(d[k]), abse);
    }
    if (split && low === m - 1) {
      m--;
      continue;
    }
    low++;
    if (low === m - 1) {
      const t = triangular2(d[m - 1], e[m - 1], d[m]);
      d[m - 1] = t.max;
      e[m - 1] = 0;
      d[m] = t.min;
      c[low] = t.cr;
      s[low] = t.sr;
      v?.add(low, m, c, s, true);
      c[low] = t.cl;
      s[low] = t.sl;
      u?.add(low, m, c, s, true);
      m -= 2;
      continue;
    }
    if (low > oldHigh || m < oldLow) downwards = Math.abs(d[low]) >= Math.abs(d[m]);
    const smallest = deflate(d, e, low, m, downwards, tolerance);
    if (smallest === undefined) continue;
    oldLow = low;
    oldHigh = m;
    let shift = 0;
    if (n * tolerance * (smallest / largest) > Math.max(eps, 0.01 * tolerance)) {
      const edge = Math.abs(downwards ? d[low] : d[m]);
      [shift] = downwards ? singular2(d[m - 1], e[m - 1], d[m]) : singular2(d[low], e[low], d[low + 1]);
      if (edge > 0 && (shift / edge) ** 2 < eps) shift = 0;
    }
    steps -= m - low;
    spend?.(u || v ? 12 * n * (m - low) : m - low);
    const right = downwards ? v : u;
    const left = downwards ? u : v;
    if (shift === 0) zeroShift(d, e, low, m, downwards, c, s, c2, s2);
    else shifted(d, e, low, m, shift, downwards, c, s, c2, s2);
    // Chasing downwards, the first rotations belong to V; upwards, to U.
    right?.add(low, m, c, s, downwards);
    left?.add(low, m, c2, s2, downwards);
    const last = downwards ? m - 1 : low;
    if (Math.abs(e[last]) <= threshold) e[last] = 0;
  }
  u?.flush();
  v?.flush();
  const order = Int32Array.from(d, (_, i) => i);
  const signs = new Int8Array(n).fill(1);
  for (let i = 0; i < n; i++) {
    if (d[i] < 0) signs[i] = -1;
    d[i] = Math.abs(d[i]);
  }
  const swap = (k: number, l: number): void => {
    if (k === l) return;
    [d[k], d[l]] = [d[l], d[k]];
    [order[k], order[l]] = [order[l], order[k]];
    [signs[k], signs[l]] = [signs[l], signs[k]];
  };
  for (let end = n - 1; end > 0; end--) {
    let k = 0;
    for (let j = 1; j <= end; j++) if (d[j] <= d[k]) k = j;
    swap(k, end);
  }
  if (!u && !v) return { order, signs };
  // Sorted once more each way, ascending (dlasdq) and descending (dbdsdc): equal values come to lie in another order.
  for (const sign of [1, -1])
    for (let i = 0; i < n; i++) {
      let k = i;
      for (let j = i + 1; j < n; j++) if (sign * d[j] < sign * d[k]) k = j;
      swap(k, i);
    }
  return { order, signs };
}

/** A lower bound of the smallest singular value, within a factor of √n. */
function smallestBound(d: Float64Array, e: Float64Array): number {
  let mu = Math.abs(d[0] ?? 0);
  let bound = mu;
  for (let i = 1; i < d.length && bound > 0; i++) {
    mu = Math.abs(d[i]) * (mu / (mu + Math.abs(e[i - 1])));
    bound = Math.min(bound, mu);
  }
  return bound / Math.sqrt(Math.max(d.length, 1));
}

/** Sets a negligible off-diagonal entry to 0 and returns undefined, or else a bound of the block's smallest singular value. */
function deflate(
  d: Float64Array,
  e: Float64Array,
  low: number,
  m: number,
  downwards: boolean,
  tolerance: number,
): number | undefined {
  const end = downwards ? m - 1 : low;
  if (Math.abs(e[end]) <= tolerance * Math.abs(downwards ? d[m] : d[low])) {
    e[end] = 0;
    return undefined;
  }
  let mu = Math.abs(downwards ? d[low] : d[m]);
  let smallest = mu;
  for (let t = low; t < m; t++) {
    const k = downwards ? t : low + m - 1 - t;
    if (Math.abs(e[k]) <= tolerance * mu) {
      e[k] = 0;
      return undefined;
    }
    mu = Math.abs(d[downwards ? k + 1 : k]) * (mu / (mu + Math.abs(e[k])));
    smallest = Math.min(smallest, mu);
  }
  return smallest;
}

function zeroShift(
  d: Float64Array,
  e: Float64Array,
  low: number,
  m: number,
  downwards: boolean,
  c: Float64Array,
  s: Float64Array,
  c2: Float64Array,
  s2: Float64Array,
): void {
  let cs = 1;
  let oldCs = 1;
  let oldSn = 0;
  if (downwards) {
    for (let i = low; i < m; i++) {
      rotation(d[i] * cs, e[i]);
      cs = made.c;
      c[i] = cs;
      s[i] = made.s;
      if (i > low) e[i - 1] = oldSn * made.r;
      rotation(oldCs * made.r, d[i + 1] * s[i]);
      oldCs = made.c;
      c2[i] = oldCs;
      oldSn = made.s;
      s2[i] = oldSn;
      d[i] = made.r;
    }
    const h = d[m] * cs;
    d[m] = h * oldCs;
    e[m - 1] = h * oldSn;
    return;
  }
  for (let i = m; i > low; i--) {
    rotation(d[i] * cs, e[i - 1]);
    cs = made.c;
    c[i - 1] = cs;
    const sn = made.s;
    s[i - 1] = -sn;
    if (i < m) e[i] = oldSn * made.r;
    rotation(oldCs * made.r, d[i - 1] * sn);
    oldCs = made.c;
    c2[i - 1] = oldCs;
    oldSn = made.s;
    s2[i - 1] = -oldSn;
    d[i] = made.r;
  }
  const h = d[low] * cs;
  d[low] = h * oldCs;
  e[low] = h * oldSn;
}

function shifted(
  d: Float64Array,
  e: Float64Array,
  low: number,
  m: number,
  shift: number,
  downwards: boolean,
  c: Float64Array,
  s: Float64Array,
  c2: Float64Array,
  s2: Float64Array,
): void {
  if (downwards) {
    let f = (Math.abs(d[low]) - shift) * (withSign(1, d[low]) + shift / d[low]);
    let g = e[low];
    for (let i = low; i < m; i++) {
      rotation(f, g);
      const cr = made.c;
      c[i] = cr;
      const sr = made.s;
      s[i] = sr;
      if (i > low) e[i - 1] = made.r;
      f = cr * d[i] + sr * e[i];
      e[i] = cr * e[i] - sr * d[i];
      g = sr * d[i + 1];
      d[i + 1] *= cr;
      rotation(f, g);
      const cl = made.c;
      c2[i] = cl;
      const sl = made.s;
      s2[i] = sl;
      d[i] = made.r;
      f = cl * e[i] + sl * d[i + 1];
      d[i + 1] = cl * d[i + 1] - sl * e[i];
      if (i < m - 1) {
        g = sl * e[i + 1];
        e[i + 1] *= cl;
      }
    }
    e[m - 1] = f;
    return;
  }
  let f = (Math.abs(d[m]) - shift) * (withSign(1, d[m]) + shift / d[m]);
  let g = e[m - 1];
  for (let i = m; i > low; i--) {
    rotation(f, g);
    const cr = made.c;
    c[i - 1] = cr;
    const sr = made.s;
    s[i - 1] = -sr;
    if (i < m) e[i] = made.r;
    f = cr * d[i] + sr * e[i - 1];
    e[i - 1] = cr * e[i - 1] - sr * d[i];
    g = sr * d[i - 1];
    d[i - 1] *= cr;
    rotation(f, g);
    const cl = made.c;
    c2[i - 1] = cl;
    const sl = made.s;
    s2[i - 1] = -sl;
    d[i] = made.r;
    f = cl * e[i - 1] + sl * d[i - 1];
    d[i - 1] = cl * d[i - 1] - sl * e[i - 1];
    if (i > low + 1) {
      g = sl * e[i - 2];
      e[i - 2] *= cl;
    }
  }
  e[low] = f;
}
