import { norm2 } from './householder';
import { swapRows } from './rotations';

/** A matrix that eigenvalue routines work on: row-major parts, `im` when complex. */
export interface Working {
  readonly n: number;
  readonly re: Float64Array;
  readonly im?: Float64Array;
}

/** D⁻¹ Pᵀ A P D: rows and columns outside low … high are triangular already; `scale` is D, `swaps` are P's exchanges. */
export interface Balance {
  readonly low: number;
  readonly high: number;
  readonly scale: Float64Array;
  readonly swaps: readonly (readonly [number, number])[];
}

/** Permutes isolated eigenvalues to the ends and brings row and column norms together by powers of 2, in place (gebal 'B'). */
export function balance({ n, re, im }: Working): Balance {
  const parts = im ? [re, im] : [re];
  const scale = new Float64Array(n).fill(1);
  const swaps: [number, number][] = [];
  let low = 0;
  let high = n - 1;
  const exchange = (j: number, m: number): void => {
    if (j === m) return;
    swaps.push([j, m]);
    for (const x of parts) {
      for (let i = 0; i < n; i++) {
        const t = x[i * n + j];
        x[i * n + j] = x[i * n + m];
        x[i * n + m] = t;
      }
      swapRows(x, n, n, j, m);
    }
  };
  const zero = (i: number, j: number): boolean => re[i * n + j] === 0 && (!im || im[i * n + j] === 0);
  const search = (order: () => number[], isolated: (j: number) => boolean, found: (j: number) => void): void => {
    for (let again = true; again; ) {
      const j = order().find(isolated);
      again = j !== undefined && low < high;
      if (j !== undefined && again) found(j);
    }
  };
  const range = (): number[] => Array.from({ length: high - low + 1 }, (_, k) => low + k);
  search(
    () => range().reverse(),
    j => range().every(i => i === j || zero(j, i)),
    j => exchange(j, high--),
  );
  search(
    range,
    j => range().every(i => i === j || zero(i, j)),
    j => exchange(j, low++),
  );
  for (let again = true; again; ) {
    again = false;
    for (let i = low; i <= high; i++) {
      const size = high - low + 1;
      const length = (at: number, step: number): number =>
        Math.hypot(norm2(re, at, step, size), im ? norm2(im, at, step, size) : 0);
      let c = length(low * n + i, n);
      let r = length(i * n + low, 1);
      if (c === 0 || r === 0 || !Number.isFinite(c + r)) continue;
      const sum = c + r;
      let f = 1;
      while (c < r / 2 && f < 1e250) {
        f *= 2;
        c *= 2;
        r /= 2;
      }
      while (c / 2 >= r && f > 1e-250) {
        f /= 2;
        c /= 2;
        r *= 2;
      }
      if (c + r >= 0.95 * sum) continue;
      scale[i] *= f;
      again = true;
      for (const x of parts) {
        for (let k = low; k < n; k++) x[i * n + k] /= f;
        for (let k = 0; k <= high; k++) x[k * n + i] *= f;
      }
    }
  }
  return { low, high, scale, swaps };
}

/** Turns eigenvectors (columns) of the balanced matrix into those of the original, in place (gebak). */
export function unbalance({ scale, swaps }: Balance, { n, re, im }: Working): void {
  const parts = im ? [re, im] : [re];
  for (const x of parts) {
    for (let i = 0; i < n; i++) if (scale[i] !== 1) for (let k = 0; k < n; k++) x[i * n + k] *= scale[i];
    for (let k = swaps.length - 1; k >= 0; k--) swapRows(x, n, n, swaps[k][0], swaps[k][1]);
  }
}
