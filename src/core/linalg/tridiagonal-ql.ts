import type { Turns } from '../kernels/rotations';
import type { Spend } from './matrix';
import { length2, made, rotation, symmetric2, withSign } from './rotations';

const TINY = 2 ** -1022;

/**
 * Eigenvalues of the symmetric tridiagonal matrix with diagonal `d` and off-diagonal `e` (entries 0 … n − 2), by implicit
 * QL or QR, whichever end is the larger (dsteqr). `d` ends ascending; the columns of what `turns` holds are rotated along,
 * and their order is the answer: those of the identity end as eigenvectors. Undefined when 30 n sweeps do not suffice.
 */
export function tridiagonalQL(
  d: Float64Array,
  e: Float64Array,
  turns: Turns,
  n: number,
  spend?: Spend,
  eps = 2 ** -53,
): Int32Array | undefined {
  const c = new Float64Array(n);
  const s = new Float64Array(n);
  const sweeps = { left: 30 * n };
  let start = 0;
  while (start < n) {
    if (start > 0) e[start - 1] = 0;
    let m = start;
    for (; m < n - 1; m++) {
      const size = Math.abs(e[m]);
      if (size === 0) break;
      if (size <= Math.sqrt(Math.abs(d[m])) * Math.sqrt(Math.abs(d[m + 1])) * eps) {
        e[m] = 0;
        break;
      }
    }
    if (m > start) {
      const down = Math.abs(d[m]) < Math.abs(d[start]);
      const block = { d, e, turns, n, c, s, sweeps, spend, eps };
      if (!(down ? qrBlock(block, start, m) : qlBlock(block, start, m))) return undefined;
    }
    start = m + 1;
  }
  turns.flush();
  const order = Int32Array.from(d, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    let k = i;
    for (let j = i + 1; j < n; j++) if (d[j] < d[k]) k = j;
    if (k === i) continue;
    [d[i], d[k]] = [d[k], d[i]];
    [order[i], order[k]] = [order[k], order[i]];
  }
  return order;
}

interface Block {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly turns: Turns;
  readonly n: number;
  readonly c: Float64Array;
  readonly s: Float64Array;
  readonly sweeps: { left: number };
  readonly spend?: Spend;
  readonly eps: number;
}

/** QL: eigenvalues appear at the top, `from` upwards to `end`. */
function qlBlock({ d, e, turns, n, c, s, sweeps, spend, eps }: Block, from: number, end: number): boolean {
  let l = from;
  while (l <= end) {
    let m = l;
    for (; m < end; m++) if (e[m] * e[m] <= eps * eps * Math.abs(d[m]) * Math.abs(d[m + 1]) + TINY) break;
    if (m < end) e[m] = 0;
    let p = d[l];
    if (m === l) {
      l++;
      continue;
    }
    if (m === l + 1) {
      const two = symmetric2(d[l], e[l], d[l + 1]);
      c[l] = two.cs;
      s[l] = two.sn;
      turns.add(l, l + 1, c, s, false);
      d[l] = two.rt1;
      d[l + 1] = two.rt2;
      e[l] = 0;
      l += 2;
      continue;
    }
    if (sweeps.left-- <= 0) return false;
    spend?.(6 * n * (m - l));
    let g = (d[l + 1] - p) / (2 * e[l]);
    g = d[m] - p + e[l] / (g + withSign(length2(g, 1), g));
    let sn = 1;
    let cs = 1;
    p = 0;
    for (let i = m - 1; i >= l; i--) {
      const f = sn * e[i];
      const b = cs * e[i];
      rotation(g, f);
      cs = made.c;
      sn = made.s;
      if (i !== m - 1) e[i + 1] = made.r;
      g = d[i + 1] - p;
      const r = (d[i] - g) * sn + 2 * cs * b;
      p = sn * r;
      d[i + 1] = g + p;
      g = cs * r - b;
      c[i] = cs;
      s[i] = -sn;
    }
    turns.add(l, m, c, s, false);
    d[l] -= p;
    e[l] = g;
  }
  return true;
}

/** QR: eigenvalues appear at the bottom, `from` downwards to `end`. */
function qrBlock({ d, e, turns, n, c, s, sweeps, spend, eps }: Block, end: number, from: number): boolean {
  let l = from;
  while (l >= end) {
    let m = l;
    for (; m > end; m--) if (e[m - 1] * e[m - 1] <= eps * eps * Math.abs(d[m]) * Math.abs(d[m - 1]) + TINY) break;
    if (m > end) e[m - 1] = 0;
    let p = d[l];
    if (m === l) {
      l--;
      continue;
    }
    if (m === l - 1) {
      const two = symmetric2(d[l - 1], e[l - 1], d[l]);
      c[m] = two.cs;
      s[m] = two.sn;
      turns.add(m, l, c, s, true);
      d[l - 1] = two.rt1;
      d[l] = two.rt2;
      e[l - 1] = 0;
      l -= 2;
      continue;
    }
    if (sweeps.left-- <= 0) return false;
    spend?.(6 * n * (l - m));
    let g = (d[l - 1] - p) / (2 * e[l - 1]);
    g = d[m] - p + e[l - 1] / (g + withSign(length2(g, 1), g));
    let sn = 1;
    let cs = 1;
    p = 0;
    for (let i = m; i < l; i++) {
      const f = sn * e[i];
      const b = cs * e[i];
      rotation(g, f);
      cs = made.c;
      sn = made.s;
      if (i !== m) e[i - 1] = made.r;
      g = d[i] - p;
      const r = (d[i + 1] - g) * sn + 2 * cs * b;
      p = sn * r;
      d[i] = g + p;
      g = cs * r - b;
      c[i] = cs;
      s[i] = sn;
    }
    turns.add(m, l, c, s, true);
    d[l] -= p;
    e[l - 1] = g;
  }
  return true;
}
