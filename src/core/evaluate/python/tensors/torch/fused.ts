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

/** p q as a double and what that leaves out (Dekker's product). */
function product(p: number, q: number): readonly [number, number] {
  const whole = p * q;
  const high = (e: number): number => {
    const c = 134217729 * e;
    return c - (c - e);
  };
  const [a, b] = [high(p), high(q)];
  const rest = (p - a) * (q - b) - (whole - a * b - (p - a) * b - a * (q - b));
  return [whole, Number.isFinite(rest) ? rest : 0];
}

/** a + p q, rounded once to a double (the sum of three by Knuth's two-sum). */
function fusedDouble(a: number, p: number, q: number): number {
  const [whole, rest] = product(p, q);
  const sum = a + whole;
  if (!Number.isFinite(sum)) return sum;
  const b = sum - a;
  return sum + (a - (sum - b) + (whole - b) + rest);
}

/** a + p q, rounded once: the product of two float32 numbers is exact in double precision. */
const fusedSingle = (a: number, p: number, q: number): number => Math.fround(a + p * q);

type Combine = (round: (e: number) => number, fused: typeof fusedDouble) => (a: number, p: number, q: number) => number;

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
  const f = combine(single ? Math.fround : e => e, single ? fusedSingle : fusedDouble);
  const out = ndarray(
    'float64',
    shape,
    a.map((e, k) => f(e, p[k], q[k])),
  );
  return tensor(laidOver(asType(out, dtype), arrays), 'torch');
}

/** `a + factor b`. */
export const plusTimes = (a: Value, b: Value, factor: Value, context: Context): Value =>
  ofThree([a, b, factor], (_, fused) => fused, context);

/** Whether these are of types in which a sum is fused. */
export const fuses = (...values: readonly Value[]): boolean =>
  values.some(isTensor) && ['float32', 'float64'].includes(torchType(values));

export const TORCH_FUSED: readonly LibraryFunction[] = [
  ...both('addcmul', 'input, tensor1, tensor2, *, value=1', (x, c) => {
    const factor = real(x.value, 1);
    return ofThree(
      [need(x.input), need(x.tensor1), need(x.tensor2)],
      (round, fused) => (a, p, q) => fused(a, round(round(factor) * p), q),
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
