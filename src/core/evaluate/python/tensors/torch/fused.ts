import { fused, fusedSingle } from '../../../../values/fused';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { unknown } from '../../../stop';
import { real, toArray } from '../../coerce';
import { isWhole } from '../../ufuncs';
import { laidOver } from '../layout';
import { broadcastError, isTensor, tensor, torchType } from '../tensor';
import { both, need } from './define';

/** Sums of a product or a quotient, which torch rounds where the processor does: after a fused multiply-add once. */

type Combine = (
  round: (e: number) => number,
  sum: (p: number, q: number, a: number) => number,
) => (a: number, p: number, q: number) => number;

/** A function of three tensors, entry by entry, in one of the types that processors compute in. */
function ofThree(given: readonly Value[], combine: Combine, context: Context): Value {
  const arrays = given.map(toArray);
  const shape = broadcastShapes(...arrays.map(a => a.shape));
  if (!shape) return broadcastError(arrays[0].shape, arrays[1].shape);
  const dtype = torchType(given);
  if (dtype !== 'float32' && dtype !== 'float64') return unknown('this sum is covered for float32 and float64 only');
  context.budget.claim(sizeOf(shape));
  const [a, p, q] = arrays.map((e: NDArray) => toFloat64(contiguous(broadcastTo(asType(e, dtype), shape))));
  const single = dtype === 'float32';
  const f = combine(single ? Math.fround : e => e, single ? fusedSingle : fused);
  const out = ndarray(
    'float64',
    shape,
    a.map((e, k) => f(e, p[k], q[k])),
  );
  return tensor(laidOver(asType(out, dtype), arrays), 'torch');
}

/** `a + factor b`. */
export const plusTimes = (a: Value, b: Value, factor: Value, context: Context): Value =>
  ofThree([a, b, factor], (_, sum) => (a, p, q) => sum(p, q, a), context);

/** Whether these are of types in which a sum is fused. */
export const fuses = (...values: readonly Value[]): boolean =>
  values.some(isTensor) && ['float32', 'float64'].includes(torchType(values));

export const TORCH_FUSED: readonly LibraryFunction[] = [
  ...both('addcmul', 'input, tensor1, tensor2, *, value=1', (x, c) => {
    const factor = real(x.value, 1);
    return ofThree(
      [need(x.input), need(x.tensor1), need(x.tensor2)],
      (round, sum) => (a, p, q) => sum(round(round(factor) * p), q, a),
      c,
    );
  }),
  ...both('addcdiv', 'input, tensor1, tensor2, *, value=1', (x, c) => {
    if (isWhole(torchType([need(x.tensor1), need(x.tensor2)]))) return unknown('addcdiv of integers is refused');
    const factor = real(x.value, 1);
    return ofThree(
      [need(x.input), need(x.tensor1), need(x.tensor2)],
      round => (a, p, q) => round(a + round(round(round(factor) * p) / q)),
      c,
    );
  }),
];
