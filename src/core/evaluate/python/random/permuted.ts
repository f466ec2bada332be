import { ndarray, positions, rowMajorStrides, sizeOf } from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import { fail } from '../../stop';
import { axisOf, toArray } from '../coerce';
import { shuffle } from './choosing';
import { type Drawing, isNone, placesValue } from './drawing';

/** Each lane of an axis in an order of its own, or all entries in one: where every entry comes from, in row-major order. */
export function orderWithin(drawing: Drawing, x: Value | undefined, axis: Value | undefined): Value {
  const { shape } = toArray(x ?? fail("TypeError: permuted() missing 1 required positional argument: 'x'"));
  if (isNone(axis)) return placesValue(shuffle(drawing, sizeOf(shape)), shape);
  const along = axisOf(axis, shape.length);
  const stride = rowMajorStrides(shape)[along];
  const starts = positions({
    ...ndarray('float64', shape, new Float64Array()),
    shape: shape.map((n, k) => (k === along ? 1 : n)),
    strides: rowMajorStrides(shape),
  });
  const from = new Float64Array(sizeOf(shape));
  for (const start of starts)
    shuffle(drawing, shape[along]).forEach((place, k) => {
      from[start + k * stride] = start + place * stride;
    });
  return placesValue(from, shape);
}
