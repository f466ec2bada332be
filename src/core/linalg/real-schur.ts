import { reflectColumnTriples, reflectLines, reflectTriples, TRIPLE } from '../kernels/rotations';
import type { Take } from '../kernels/wasm';
import { reflector } from './householder';
import type { Spend } from './matrix';
import { length2, withSign } from './rotations';

const TINY = 2 ** -1022;

/** Eigenvalues by position on the diagonal. */
export interface Spectrum {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Steps of a sweep after which its reflections go over the rest of the matrix. */
const GROUP = 32;

/**
 * Takes the upper Hessenberg `h` (n×n, rows `ld` apart in a room) to real Schur form in place, by the double-shift QR
 * algorithm on rows low … high (dlahqr with the deflation test of Ahues and Tisseur, 1997), and the rows of `z`, laid out
 * likewise, with it: Qᵀ. 2×2 blocks have equal diagonal entries and off-diagonal ones of opposite sign. Undefined when an
 * eigenvalue takes more than 30·n steps.
 */
export function realSchur(
  h: Float64Array,
  z: Float64Array,
  ld: number,
  n: number,
  low: number,
  high: number,
  take: Take,
  spend?: Spend,
  ulp = 2 ** -52,
): Spectrum | undefined {
  const spectrum = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let i = 0; i < n; i++) if (i < low || i > high) spectrum.re[i] = h[i * ld + i];
  const work = { h, z, ld, n, ulp, factors: take(TRIPLE * GROUP), panel: take(32 * (GROUP + 2)) };
  const limit = 30 * Math.max(10, high - low + 1);
  let i = high;
  let steps = 0;
  let stuck = 0;
  while (i >= low) {
    const l = splitAt(h, ld, low, high, i, ulp);
    if (l > low) h[l * ld + l - 1] = 0;
    if (l >= i - 1) {
      if (l === i) spectrum.re[i] = h[i * ld + i];
      else standardise(work, i, spectrum);
      i = l - 1;
      stuck = 0;
      continue;
    }
    if (++steps > limit) return undefined;
    stuck++;
    spend?.(20 * n * (i - l));
    sweep(work, l, i, stuck);
  }
  return spectrum;
}

/** The first row of the block that ends in row i: the subdiagonal entry above it is negligible. */
function splitAt(h: Float64Array, ld: number, low: number, high: number, i: number, ulp: number): number {
  const smallest = TINY * ((high - low + 1) / ulp);
  for (let k = i; k > low; k--) {
    const at = k * ld + k;
    const below = Math.abs(h[at - 1]);
    if (below <= smallest) return k;
    let size = Math.abs(h[at - ld - 1]) + Math.abs(h[at]);
    if (size === 0) {
      if (k - 2 >= low) size += Math.abs(h[at - ld - 2]);
      if (k + 1 <= high) size += Math.abs(h[at + ld]);
    }
    if (below > ulp * size) continue;
    const above = Math.abs(h[at - ld]);
    const d = Math.abs(h[at - ld - 1] - h[at]);
    const own = Math.abs(h[at]);
    const ab = Math.max(below, above);
    const ba = Math.min(below, above);
    const aa = Math.max(own, d);
    const bb = Math.min(own, d);
    const s = aa + ab;
    if (ba * (ab / s) <= Math.max(smallest, ulp * (bb * (aa / s)))) return k;
  }
  return low;
}

const v = new Float64Array(3);

interface Work {
  readonly h: Float64Array;
  readonly z: Float64Array;
  readonly ld: number;
  readonly n: number;
  readonly ulp: number;
  readonly factors: Float64Array;
  readonly panel: Float64Array;
}

/** One implicit double-shift step on rows l … i. */
function sweep(work: Work, l: number, i: number, stuck: number): void {
  const { h, ld } = work;
  const at = (r: number, c: number): number => h[r * ld + c];
  let h11: number;
  let h21: number;
  let h12: number;
  let h22: number;
  if (stuck % 20 === 0) {
    const s = Math.abs(at(i, i - 1)) + Math.abs(at(i - 1, i - 2));
    h11 = h22 = 0.75 * s + at(i, i);
    h12 = -0.4375 * s;
    h21 = s;
  } else if (stuck % 10 === 0) {
    const s = Math.abs(at(l + 1, l)) + Math.abs(at(l + 2, l + 1));
    h11 = h22 = 0.75 * s + at(l, l);
    h12 = -0.4375 * s;
    h21 = s;
  } else {
    h11 = at(i - 1, i - 1);
    h21 = at(i, i - 1);
    h12 = at(i - 1, i);
    h22 = at(i, i);
  }
  let rt1r = 0;
  let rt1i = 0;
  let rt2r = 0;
  let rt2i = 0;
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s !== 0) {
    h11 /= s;
    h21 /= s;
    h12 /= s;
    h22 /= s;
    const tr = (h11 + h22) / 2;
    const det = (h11 - tr) * (h22 - tr) - h12 * h21;
    const root = Math.sqrt(Math.abs(det));
    if (det >= 0) {
      rt1r = rt2r = tr * s;
      rt1i = root * s;
      rt2i = -rt1i;
    } else {
      const p = tr + root;
      const q = tr - root;
      rt1r = rt2r = (Math.abs(p - h22) <= Math.abs(q - h22) ? p : q) * s;
    }
  }
  let m = i - 2;
  for (; ; m--) {
    const below = at(m + 1, m);
    const own = at(m, m);
    const size = Math.abs(own - rt2r) + Math.abs(rt2i) + Math.abs(below);
    const b = below / size;
    v[0] = b * at(m, m + 1) + (own - rt1r) * ((own - rt2r) / size) - rt1i * (rt2i / size);
    v[1] = b * (own + at(m + 1, m + 1) - rt1r - rt2r);
    v[2] = b * at(m + 2, m + 1);
    const sum = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    v[0] /= sum;
    v[1] /= sum;
    v[2] /= sum;
    if (m === l) break;
    const near = Math.abs(at(m - 1, m - 1)) + Math.abs(own) + Math.abs(at(m + 1, m + 1));
    if (Math.abs(at(m, m - 1)) * (Math.abs(v[1]) + Math.abs(v[2])) <= work.ulp * Math.abs(v[0]) * near) break;
  }
  for (let first = m; first < i; first += GROUP) chase(work, l, m, first, Math.min(first + GROUP, i), i);
}

/**
 * Steps first … end − 1 of a sweep that began in row m. They are carried out on the window of their own rows and columns, and
 * then the reflections go over the rest: to the right, above, and over Qᵀ.
 */
function chase(
  { h, z, ld, n, factors, panel }: Work,
  l: number,
  m: number,
  first: number,
  end: number,
  i: number,
): void {
  const edge = Math.min(end + 2, i) + 1;
  for (let k = first, f = 0; k < end; k++, f += TRIPLE) {
    const three = k < i - 1;
    const before = k * ld + k - 1;
    if (k > m) {
      v[0] = h[before];
      v[1] = h[before + ld];
      v[2] = three ? h[before + 2 * ld] : 0;
    }
    const t = reflector(v, 0, 1, three ? 3 : 2);
    if (k > m) {
      h[before] = v[0];
      h[before + ld] = 0;
      if (three) h[before + 2 * ld] = 0;
    } else if (m > l) h[before] *= 1 - t;
    factors[f] = v[1];
    factors[f + 1] = three ? v[2] : 0;
    factors[f + 2] = t;
    factors[f + 3] = t * factors[f];
    factors[f + 4] = t * factors[f + 1];
    reflectLines(h, k * ld + k, ld, 1, edge - k, factors, f);
    reflectLines(h, first * ld + k, 1, ld, Math.min(k + 3, i) - first + 1, factors, f);
  }
  const count = end - first;
  reflectTriples(h, first * ld + edge, ld, n - edge, factors, count);
  reflectColumnTriples(h, first, ld, first, factors, count, Math.min(count + 2, i + 1 - first), panel);
  reflectTriples(z, first * ld, ld, n, factors, count);
}

/** Rotates the 2×2 block that ends in row i to standard form, all of H and Q with it. */
function standardise({ h, z, ld, n, ulp }: Work, i: number, w: Spectrum): void {
  const p = (i - 1) * ld + i - 1;
  const q = p + ld;
  const t = standardForm(h[p], h[p + 1], h[q], h[q + 1], ulp);
  h[p] = t.a;
  h[p + 1] = t.b;
  h[q] = t.c;
  h[q + 1] = t.d;
  w.re[i - 1] = t.a;
  w.re[i] = t.d;
  if (t.c !== 0) {
    w.im[i - 1] = Math.sqrt(Math.abs(t.b)) * Math.sqrt(Math.abs(t.c));
    w.im[i] = -w.im[i - 1];
  }
  const { cs, sn } = t;
  for (let j = i + 1; j < n; j++) {
    const x = h[(i - 1) * ld + j];
    const y = h[i * ld + j];
    h[(i - 1) * ld + j] = cs * x + sn * y;
    h[i * ld + j] = cs * y - sn * x;
  }
  for (let r = 0; r < i - 1; r++) {
    const x = h[r * ld + i - 1];
    const y = h[r * ld + i];
    h[r * ld + i - 1] = cs * x + sn * y;
    h[r * ld + i] = cs * y - sn * x;
  }
  for (let j = 0; j < n; j++) {
    const x = z[(i - 1) * ld + j];
    const y = z[i * ld + j];
    z[(i - 1) * ld + j] = cs * x + sn * y;
    z[i * ld + j] = cs * y - sn * x;
  }
}

/** The Schur form of [[a, b], [c, d]] by a rotation: c = 0, or a = d and b c < 0 (dlanv2). */
function standardForm(
  a: number,
  b: number,
  c: number,
  d: number,
  ulp: number,
): { a: number; b: number; c: number; d: number; cs: number; sn: number } {
  if (c === 0) return { a, b, c, d, cs: 1, sn: 0 };
  if (b === 0) return { a: d, b: -c, c: 0, d: a, cs: 0, sn: 1 };
  if (a - d === 0 && b > 0 !== c > 0) return { a, b, c, d, cs: 1, sn: 0 };
  let temp = a - d;
  let p = 0.5 * temp;
  const most = Math.max(Math.abs(b), Math.abs(c));
  const least = Math.min(Math.abs(b), Math.abs(c)) * withSign(1, b) * withSign(1, c);
  const scale = Math.max(Math.abs(p), most);
  const z0 = (p / scale) * p + (most / scale) * least;
  if (z0 >= 4 * ulp) {
    const z = p + withSign(Math.sqrt(scale) * Math.sqrt(z0), p);
    const tau = length2(c, z);
    return { a: d + z, b: b - c, c: 0, d: d - (most / z) * least, cs: z / tau, sn: c / tau };
  }
  const sigma = b + c;
  const tau = length2(sigma, temp);
  let cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / tau));
  let sn = -(p / (tau * cs)) * withSign(1, sigma);
  const aa = a * cs + b * sn;
  const bb = -a * sn + b * cs;
  const cc = c * cs + d * sn;
  const dd = -c * sn + d * cs;
  let newA = aa * cs + cc * sn;
  let newB = bb * cs + dd * sn;
  let newC = -aa * sn + cc * cs;
  let newD = -bb * sn + dd * cs;
  temp = 0.5 * (newA + newD);
  newA = newD = temp;
  if (newC !== 0) {
    if (newB === 0) {
      [newB, newC] = [-newC, 0];
      [cs, sn] = [-sn, cs];
    } else if (newB > 0 === newC > 0) {
      const sab = Math.sqrt(Math.abs(newB));
      const sac = Math.sqrt(Math.abs(newC));
      p = withSign(sab * sac, newC);
      const t = 1 / Math.sqrt(Math.abs(newB + newC));
      newA = temp + p;
      newD = temp - p;
      newB -= newC;
      newC = 0;
      [cs, sn] = [cs * sab * t - sn * sac * t, cs * sac * t + sn * sab * t];
    }
  }
  return { a: newA, b: newB, c: newC, d: newD, cs, sn };
}
