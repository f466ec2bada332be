/** LINPACK's QR with limited column pivoting, dqrdc2, as R's `qr` uses it; numbers column by column. */
export interface LinpackQR {
  readonly qr: Float64Array;
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  readonly qraux: Float64Array;
  /** 0-based. */
  readonly pivot: number[];
}

const norm = (x: Float64Array, from: number, to: number): number => {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, Math.abs(x[i]));
  if (most === 0 || !Number.isFinite(most)) return most;
  let s = 0;
  for (let i = from; i < to; i++) s += (x[i] / most) ** 2;
  return most * Math.sqrt(s);
};

/**
 * Householder reflections of the columns from left to right; a column that what stands left of it makes up to `tol` goes to the
 * end. The reflections stand below the diagonal, their first entries in `qraux`.
 */
export function decompose(a: Float64Array, n: number, p: number, tol: number): LinpackQR {
  const x = a.slice();
  const pivot = Array.from({ length: p }, (_, j) => j);
  const qraux = new Float64Array(p);
  const original = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    qraux[j] = norm(x, j * n, (j + 1) * n);
    original[j] = qraux[j] === 0 ? 1 : qraux[j];
  }
  const last = Math.min(n, p);
  let k = p + 1;
  for (let l = 0; l < last; l++) {
    while (l + 1 < k && qraux[l] < original[l] * tol) {
      const column = x.slice(l * n, (l + 1) * n);
      x.copyWithin(l * n, (l + 1) * n, p * n);
      x.set(column, (p - 1) * n);
      pivot.push(...pivot.splice(l, 1));
      for (const list of [qraux, original]) {
        const moved = list[l];
        list.copyWithin(l, l + 1, p);
        list[p - 1] = moved;
      }
      k--;
    }
    if (l === n - 1) break;
    const at = l * n + l;
    let size = norm(x, at, (l + 1) * n);
    if (size === 0) continue;
    if (x[at] !== 0) size = x[at] < 0 ? -Math.abs(size) : Math.abs(size);
    for (let i = at; i < (l + 1) * n; i++) x[i] *= 1 / size;
    x[at] += 1;
    for (let j = l + 1; j < p; j++) {
      let t = 0;
      for (let i = l; i < n; i++) t += x[l * n + i] * x[j * n + i];
      t = -t / x[at];
      for (let i = l; i < n; i++) x[j * n + i] += t * x[l * n + i];
      if (qraux[j] === 0) continue;
      const rest = Math.max(0, 1 - (Math.abs(x[j * n + l]) / qraux[j]) ** 2);
      if (Math.abs(rest) < 1e-6) qraux[j] = norm(x, j * n + l + 1, (j + 1) * n);
      else qraux[j] *= Math.sqrt(rest);
    }
    qraux[l] = x[at];
    x[at] = -size;
  }
  return { qr: x, rows: n, columns: p, rank: Math.min(k - 1, n), qraux, pivot };
}

/** Q y or Qᵀ y for each column of y, in place (dqrsl). */
export function applyQ({ qr, rows: n, rank, qraux }: LinpackQR, y: Float64Array, transpose: boolean): void {
  const count = Math.min(rank, n - 1);
  for (let column = 0; column < y.length / n; column++) {
    for (let step = 0; step < count; step++) {
      const j = transpose ? step : count - 1 - step;
      if (qraux[j] === 0) continue;
      const first = qraux[j];
      let t = first * y[column * n + j];
      for (let i = j + 1; i < n; i++) t += qr[j * n + i] * y[column * n + i];
      t = -t / first;
      y[column * n + j] += t * first;
      for (let i = j + 1; i < n; i++) y[column * n + i] += t * qr[j * n + i];
    }
  }
}

/** The coefficients b of R b = Qᵀ y, of as many columns as the rank says. */
export function coefficients(f: LinpackQR, y: Float64Array): Float64Array {
  const { qr, rows: n, rank: k } = f;
  const q = y.slice();
  applyQ(f, q, true);
  const columns = y.length / n;
  const out = new Float64Array(k * columns);
  for (let c = 0; c < columns; c++) {
    for (let j = 0; j < k; j++) out[c * k + j] = q[c * n + j];
    for (let j = k - 1; j >= 0; j--) {
      out[c * k + j] /= qr[j * n + j];
      for (let i = 0; i < j; i++) out[c * k + i] -= out[c * k + j] * qr[j * n + i];
    }
  }
  return out;
}
