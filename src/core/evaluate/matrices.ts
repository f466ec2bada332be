import { type Matrix, matrix } from '../linalg/matrix';
import { type DType, isComplexType } from '../values/dtype';
import { asType, contiguous, type NDArray, ndarray, toFloat64 } from '../values/ndarray';

/** The linear algebra room's matrix of a 2-D array. */
export function toMatrix(a: NDArray): Matrix {
  const [rows, columns] = a.shape;
  if (!isComplexType(a.dtype)) return matrix(rows, columns, toFloat64(a));
  const { data } = contiguous(asType(a, 'complex128'));
  const count = rows * columns;
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    re[k] = Number(data[2 * k]);
    im[k] = Number(data[2 * k + 1]);
  }
  return matrix(rows, columns, re, im);
}

/** The array of a matrix; float32 in, float32 out is the caller's choice by `dtype`. */
export function fromMatrix(m: Matrix, dtype: DType = m.im ? 'complex128' : 'float64'): NDArray {
  const shape = [m.rows, m.columns];
  if (!m.im) return asType(ndarray('float64', shape, m.re), dtype);
  const whole = ndarray('complex128', shape, interleave(m.re, m.im));
  return isComplexType(dtype) ? asType(whole, dtype) : whole;
}

export function interleave(re: Float64Array, im: Float64Array): Float64Array {
  const data = new Float64Array(2 * re.length);
  for (let k = 0; k < re.length; k++) {
    data[2 * k] = re[k];
    data[2 * k + 1] = im[k];
  }
  return data;
}
