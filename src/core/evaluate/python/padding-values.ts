import type { DType } from '../../values/dtype';
import { asType, type NDArray, ndarray, reshape, toFloat64 } from '../../values/ndarray';
import { concatenate } from './joining';
import { isWhole, roundEven } from './ufuncs';

/** A statistic in the type of the array that it pads: rounded to even for integers. */
export const paddingMedian = (a: NDArray, dtype: DType): NDArray =>
  isWhole(dtype) ? asType(ndarray('float64', a.shape, toFloat64(a).map(roundEven)), dtype) : asType(a, dtype);

/** Values that lead from an end value outside to the edge, which itself is not among them. */
export function linearRamp(edge: NDArray, outside: NDArray, axis: number, width: number, first: boolean): NDArray {
  const from = Number(toFloat64(outside)[0]);
  const values = toFloat64(edge);
  const slices = Array.from({ length: width }, (_, k) => {
    const step = first ? k : width - 1 - k;
    const line = values.map(v => {
      const d = (v - from) / width;
      const ramp = d === 0 ? (step / width) * (v - from) + from : step * d + from;
      return isWhole(edge.dtype) ? Math.floor(ramp) : ramp;
    });
    return asType(reshape(ndarray('float64', edge.shape, line), edge.shape), edge.dtype);
  });
  if (slices.length === 0) {
    const shape = edge.shape.map((n, i) => (i === axis ? 0 : n));
    return asType(ndarray('float64', shape, new Float64Array(0)), edge.dtype);
  }
  return concatenate(slices, axis, edge.dtype);
}
