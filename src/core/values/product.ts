import { complexProduct, product } from '../kernels/product';
import { type DType, type Element, isComplexType, isIntegerType, MAX_SAFE_INTEGER } from './dtype';
import { asType, contiguous, elementAt, elements, integersFrom, type NDArray, ndarray, toFloat64 } from './ndarray';

/** Multiplications from which packing the operands into blocks pays. */
const BLOCKED = 32 ** 3;

/** C = A B for row-major m×k and k×n real matrices. Rows of B stream through the cache; four of them at a time save stores. */
export function multiplyReal(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  m: number,
  k: number,
  n: number,
): Float64Array {
  if (m * k * n >= BLOCKED && a instanceof Float64Array && b instanceof Float64Array) return product(a, b, m, k, n);
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    const row = i * n;
    let p = 0;
    // Few columns: plain order, so that short sums round as a straight dot product does.
    if (n >= 8) {
      for (; p + 3 < k; p += 4) {
        const a0 = a[i * k + p];
        const a1 = a[i * k + p + 1];
        const a2 = a[i * k + p + 2];
        const a3 = a[i * k + p + 3];
        const b0 = p * n;
        const b1 = b0 + n;
        const b2 = b1 + n;
        const b3 = b2 + n;
        for (let j = 0; j < n; j++)
          out[row + j] = out[row + j] + a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
      }
    }
    for (; p < k; p++) {
      const x = a[i * k + p];
      const start = p * n;
      for (let j = 0; j < n; j++) out[row + j] += x * b[start + j];
    }
  }
  return out;
}

/** C = A B of complex matrices, real and imaginary part of an entry side by side. */
function multiplyComplex(x: Float64Array, y: Float64Array, m: number, k: number, n: number): Float64Array {
  const out = new Float64Array(2 * m * n);
  for (let i = 0; i < m; i++) {
    for (let p = 0; p < k; p++) {
      const re = x[2 * (i * k + p)];
      const im = x[2 * (i * k + p) + 1];
      for (let j = 0; j < n; j++) {
        const q = 2 * (p * n + j);
        const o = 2 * (i * n + j);
        out[o] += re * y[q] - im * y[q + 1];
        out[o + 1] += re * y[q + 1] + im * y[q];
      }
    }
  }
  return out;
}

/** The product of two 2-D arrays whose inner sides agree, computed in `dtype`: integers exactly, modulo 2^bits. */
export function matrixProduct(a: NDArray, b: NDArray, dtype: DType): NDArray {
  const [m, k] = a.shape;
  const n = b.shape[1];
  const shape = [m, n];
  if (isComplexType(dtype)) {
    const x = contiguous(asType(a, 'complex128')).data as Float64Array;
    const y = contiguous(asType(b, 'complex128')).data as Float64Array;
    const out = m * k * n >= BLOCKED ? complexProduct(x, y, m, k, n) : multiplyComplex(x, y, m, k, n);
    return asType(ndarray('complex128', shape, out), dtype);
  }
  const x = toFloat64(a);
  const y = toFloat64(b);
  if (isIntegerType(dtype)) {
    if (bound(x) * bound(y) * k <= MAX_SAFE_INTEGER)
      return asType(
        ndarray(
          'int64',
          shape,
          multiplyReal(x, y, m, k, n).map(v => v + 0),
        ),
        dtype,
      );
    const p = elements(a).map(e => BigInt(e as number));
    const q = elements(b).map(e => BigInt(e as number));
    const out: bigint[] = [];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let s = 0n;
        for (let t = 0; t < k; t++) s += p[i * k + t] * q[t * n + j];
        out.push(s);
      }
    }
    return integersFrom(out, shape, dtype);
  }
  return asType(ndarray('float64', shape, multiplyReal(x, y, m, k, n)), dtype);
}

function bound(x: Float64Array): number {
  let m = 0;
  for (let i = 0; i < x.length; i++) if (Math.abs(x[i]) > m) m = Math.abs(x[i]);
  return m;
}

/** The product of two equally long 1-D arrays, without conjugation. */
export function dotProduct(a: NDArray, b: NDArray, dtype: DType): Element {
  const n = a.shape[0];
  const product = matrixProduct(
    { ...a, shape: [1, n], strides: [0, a.strides[0]] },
    { ...b, shape: [n, 1], strides: [b.strides[0], 0] },
    dtype,
  );
  return elementAt(product, 0);
}
