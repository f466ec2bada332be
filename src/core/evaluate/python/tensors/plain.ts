import { isComplexType, isFloatType } from '../../../values/dtype';
import { contiguous, elementAt, elements, sizeOf } from '../../../values/ndarray';
import { scalar, type Value } from '../../../values/value';
import { fail } from '../../stop';
import { arrayOf, type Tensor } from './tensor';

/** Python's own numbers and lists of what a tensor holds. */

/** `tensor.item()`. */
export function item(v: Value | undefined): Value {
  const a = arrayOf(v);
  if (sizeOf(a.shape) !== 1) return fail('ValueError: only one element tensors can be converted to Python scalars');
  return plain(a.dtype, elementAt(contiguous(a), 0));
}

const plain = (d: Tensor['array']['dtype'], e: ReturnType<typeof elementAt>): Value =>
  scalar(isComplexType(d) ? 'complex128' : isFloatType(d) ? 'float64' : d === 'bool' ? 'bool' : 'int64', e, true);

/** `tensor.tolist()`. */
export function nested(a: Tensor['array']): Value {
  const all = elements(a);
  const build = (axis: number, from: number, count: number): Value => {
    if (axis === a.shape.length) return plain(a.dtype, all[from]);
    const step = count / Math.max(a.shape[axis], 1);
    return {
      kind: 'list',
      items: Array.from({ length: a.shape[axis] }, (_, k) => build(axis + 1, from + k * step, step)),
    };
  };
  return build(0, 0, all.length);
}
