import { asType, broadcastTo, contiguous, ndarray, sizeOf, toFloat64 } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { fail, unknown } from '../../../stop';
import { needInteger, toArray } from '../../coerce';
import { arrayOf, dimOf, isTensor, tensor } from '../tensor';
import { both, need } from './define';

/** Numbers put or added to the places that an index names along a dimension. */

function scattered(x: Bound, adds: boolean): Value {
  const a = arrayOf(x.input);
  const index = arrayOf(x.index);
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  if (index.dtype !== 'int64' || index.shape.length !== a.shape.length) return unknown('this index is not covered');
  if (index.shape.some((n, k) => k !== axis && n > a.shape[k])) return unknown('this index is larger than the tensor');
  const given = need(x.src);
  if (isTensor(given) && (given.array.dtype !== a.dtype || given.array.shape.some((n, k) => n < index.shape[k])))
    return unknown('a source of another type or size is refused');
  const source = isTensor(given)
    ? { ...given.array, shape: index.shape }
    : broadcastTo(asType(toArray(given), a.dtype), index.shape);
  const values = toFloat64(contiguous(source));
  const out = toFloat64(a).slice();
  const round = a.dtype === 'float32' ? Math.fround : (e: number): number => e;
  const sides = a.shape.map((_, k) => sizeOf(a.shape.slice(k + 1)));
  const at = new Array<number>(a.shape.length).fill(0);
  toFloat64(index).forEach((p, k) => {
    if (p < 0 || p >= a.shape[axis])
      fail(`RuntimeError: index ${p} is out of bounds for dimension ${axis} with size ${a.shape[axis]}`);
    const place = at.reduce((sum, i, d) => sum + (d === axis ? p : i) * sides[d], 0);
    out[place] = adds ? round(out[place] + values[k]) : values[k];
    for (let d = at.length - 1; d >= 0 && ++at[d] === index.shape[d]; d--) at[d] = 0;
  });
  return tensor(asType(ndarray('float64', a.shape, out), a.dtype), 'torch');
}

export const TORCH_SCATTERING: readonly LibraryFunction[] = [
  ...both('scatter', 'input, dim, index, src', x => scattered(x, false)),
  ...both('scatter_add', 'input, dim, index, src', x => scattered(x, true)),
];
