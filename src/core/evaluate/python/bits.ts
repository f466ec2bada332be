import { asType, contiguous, fromElements, type NDArray, ndarray, sizeOf, transpose } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail } from '../stop';
import { axisOf, elementsOf, int, needInteger, toArray, typeName } from './coerce';
import { isWhole } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Lanes along the axis made into lanes of another length. */
function byLane(x: Bound, a: NDArray, f: (lane: readonly number[]) => readonly number[]): Value {
  const flat = x.axis === undefined || x.axis.kind === 'none';
  const source = flat ? ndarray('float64', [sizeOf(a.shape)], Float64Array.from(elementsOf(a), Number)) : a;
  const axis = flat ? 0 : axisOf(x.axis ?? int(0), a.shape.length);
  const order = [...source.shape.map((_, i) => i).filter(i => i !== axis), axis];
  const lanes = contiguous(transpose(source, order));
  const items = elementsOf(lanes).map(Number);
  const n = source.shape[axis];
  const count = n === 0 ? 0 : items.length / n;
  const made = Array.from({ length: count }, (_, k) => f(items.slice(k * n, (k + 1) * n)));
  const shape = [...lanes.shape.slice(0, -1), (made[0] ?? f(new Array<number>(n).fill(0))).length];
  const back = order.map((_, i) => order.indexOf(i));
  return arrayValue(contiguous(transpose(fromElements('uint8', shape, made.flat()), back)));
}

const bitOrder = (x: Bound, name: string, place: number): boolean => {
  if (x.bitorder === undefined) return false;
  if (x.bitorder.kind !== 'string')
    return fail(`TypeError: ${name}() argument ${place} must be str, not ${typeName(x.bitorder)}`);
  const order = x.bitorder.value;
  if (!/^[bl]/.test(order)) fail("ValueError: 'order' must begin with 'l' or 'b'");
  if (order !== 'big' && order !== 'little') fail("ValueError: 'order' must be either 'little' or 'big'");
  return order === 'little';
};

export const BITS: readonly LibraryFunction[] = [
  {
    path: 'numpy.packbits',
    signature: "a, /, axis=None, bitorder='big'",
    evaluate: x => {
      const a = toArray(need(x.a));
      if (!isWhole(a.dtype)) return fail('TypeError: Expected an input array of integer or boolean data type');
      const little = bitOrder(x, 'pack', 3);
      return byLane(x, asType(a, 'bool'), lane =>
        Array.from({ length: Math.ceil(lane.length / 8) }, (_, k) =>
          lane.slice(8 * k, 8 * k + 8).reduce((byte, bit, i) => byte | (bit << (little ? i : 7 - i)), 0),
        ),
      );
    },
  },
  {
    path: 'numpy.unpackbits',
    signature: "a, /, axis=None, count=None, bitorder='big'",
    evaluate: x => {
      const a = toArray(need(x.a));
      if (a.dtype !== 'uint8') return fail('TypeError: Expected an input array of unsigned byte data type');
      const little = bitOrder(x, 'unpack', 4);
      const asked = x.count === undefined || x.count.kind === 'none' ? undefined : needInteger(x.count);
      return byLane(x, a, lane => {
        const bits = lane.flatMap(byte => Array.from({ length: 8 }, (_, i) => (byte >> (little ? i : 7 - i)) & 1));
        if (asked === undefined) return bits;
        const n = asked < 0 ? bits.length + asked : asked;
        if (n < 0) return fail('ValueError: -count larger than number of elements');
        return Array.from({ length: n }, (_, i) => bits[i] ?? 0);
      });
    },
  },
];
