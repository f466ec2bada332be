import { asType, contiguous, type NDArray, ndarray, toFloat64 } from '../../values/ndarray';
import { matrixProduct } from '../../values/product';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { interleave } from '../matrices';
import { fail, unknown } from '../stop';
import {
  arithmeticType,
  fromNumbers,
  imaginaryParts,
  isIntegerClass,
  isOne,
  LAST_DIGITS,
  layoutOf,
  realParts,
  stored,
  withDoubt,
  withLayout,
} from './numbers';
import { elementwise, nonconformant, scaledDiagonal } from './operators';

/** `a * b`: a scalar scales, matrices multiply. Diagonal and permutation matrices stay what they are among themselves. */
export function product(left: Value, right: Value, context: Context): Value {
  const a = stored(left);
  const b = stored(right);
  if (isOne(a) || isOne(b)) {
    context.record(isOne(a) && isOne(b) ? 'multiply' : 'scale', isOne(a) ? [left, right] : [right, left]);
    return scaledDiagonal(isOne(a) ? right : left, elementwise('multiply', a, b));
  }
  for (const x of [a, b]) if (isIntegerClass(x.dtype)) unknown('matrix products of integer classes are not covered');
  const [m, k] = a.shape;
  const n = b.shape[1];
  if (k !== b.shape[0]) fail(nonconformant('operator *', a, b));
  context.budget.claim(m * n);
  context.budget.spend(2 * m * n * k);
  context.record(m === 1 && n === 1 ? 'dot' : k === 1 ? 'outer' : 'matmul', [left, right]);
  const kinds = [layoutOf(left), layoutOf(right)];
  if (kinds.includes('diagonal')) {
    const both = kinds[0] === 'diagonal' && kinds[1] === 'diagonal';
    return withLayout(fromNumbers(withDiagonal(a, b, kinds[0] === 'diagonal')), both ? 'diagonal' : undefined);
  }
  const permutes = kinds[0] === 'permutation' && kinds[1] === 'permutation';
  const found = multiply(a, b);
  const result = withLayout(
    fromNumbers(isOwnAdjoint(a, b) ? mirrored(found) : found),
    permutes ? 'permutation' : undefined,
  );
  // OpenBLAS rounds a product and a sum at once.
  return k > 1 && realParts(found).some(x => !Number.isInteger(x)) ? withDoubt(result, LAST_DIGITS) : result;
}

/** The product of conforming matrices. Real and imaginary parts are multiplied apart where one operand is real. */
export function multiply(a: NDArray, b: NDArray): NDArray {
  const dtype = arithmeticType(a, b);
  if (dtype !== 'complex128' || (a.dtype === 'complex128' && b.dtype === 'complex128')) {
    return matrixProduct(asType(a, dtype), asType(b, dtype), dtype);
  }
  const part = (x: NDArray, of: (x: NDArray) => Float64Array): NDArray => ndarray('float64', x.shape, of(x));
  const complexLeft = a.dtype === 'complex128';
  const re = matrixProduct(part(a, realParts), part(b, realParts), 'float64');
  const im = complexLeft
    ? matrixProduct(part(a, imaginaryParts), part(b, realParts), 'float64')
    : matrixProduct(part(a, realParts), part(b, imaginaryParts), 'float64');
  return ndarray('complex128', re.shape, interleave(toFloat64(re), toFloat64(im)));
}

/** Whether a complex matrix meets its own conjugate transpose. */
function isOwnAdjoint(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== 'complex128' || b.dtype !== 'complex128' || a.shape[0] !== b.shape[1]) return false;
  const [m, k] = a.shape;
  const [x, y] = [contiguous(a).data as Float64Array, contiguous(b).data as Float64Array];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < k; j++) {
      const [p, q] = [2 * (i * k + j), 2 * (j * m + i)];
      if (x[p] !== y[q] || x[p + 1] !== -y[q + 1]) return false;
    }
  return true;
}

/** A Hermitian matrix with its lower half conjugated from the upper one, as BLAS (zherk) makes it. */
function mirrored(a: NDArray): NDArray {
  const n = a.shape[0];
  const data = (a.data as Float64Array).slice();
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      data[2 * (i * n + j)] = data[2 * (j * n + i)];
      data[2 * (i * n + j) + 1] = -data[2 * (j * n + i) + 1];
    }
  return ndarray('complex128', a.shape, data);
}

/** A diagonal factor scales rows or columns: its zeros meet nothing, so that infinities elsewhere stay. */
function withDiagonal(a: NDArray, b: NDArray, left: boolean): NDArray {
  const [diagonal, full] = left ? [a, b] : [b, a];
  const length = Math.min(diagonal.shape[0], diagonal.shape[1]);
  const shape = [a.shape[0], b.shape[1]];
  const line = (x: Float64Array): Float64Array => Float64Array.from({ length }, (_, i) => x[i * diagonal.shape[1] + i]);
  const vector = (x: Float64Array): NDArray => ndarray('float64', left ? [length, 1] : [1, length], x);
  const dr = vector(line(realParts(diagonal)));
  const d =
    diagonal.dtype === 'complex128'
      ? ndarray('complex128', dr.shape, interleave(line(realParts(diagonal)), line(imaginaryParts(diagonal))))
      : asType(dr, diagonal.dtype === 'bool' ? 'float64' : diagonal.dtype);
  const scaled = elementwise('multiply', cut(full, left ? [length, full.shape[1]] : [full.shape[0], length]), d);
  return cut(scaled, shape);
}

/** The leading part of a matrix, filled up with zeros. */
function cut(a: NDArray, shape: readonly number[]): NDArray {
  if (a.shape[0] === shape[0] && a.shape[1] === shape[1]) return a;
  const width = a.dtype === 'complex128' ? 2 : 1;
  const source = width === 2 ? (a.data as Float64Array) : toFloat64(a);
  const data = new Float64Array(shape[0] * shape[1] * width);
  const run = Math.min(a.shape[1], shape[1]) * width;
  for (let i = 0; i < Math.min(a.shape[0], shape[0]); i++) {
    data.set(source.subarray(i * a.shape[1] * width, i * a.shape[1] * width + run), i * shape[1] * width);
  }
  return width === 2 ? ndarray('complex128', shape, data) : asType(ndarray('float64', shape, data), a.dtype);
}
