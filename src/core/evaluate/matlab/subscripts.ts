import { asType, type NDArray, sizeOf, toFloat64 } from '../../values/ndarray';
import type { SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { realParts, stored } from './numbers';

/** A subscript as 0-based places, with the shape it was written in: indexing a matrix by one subscript keeps it. */
export interface Places {
  readonly at: Int32Array;
  readonly shape: readonly [number, number];
  readonly colon: boolean;
  /** Written as a colon, a range or a single number: what keeps a leading block of a diagonal matrix diagonal. */
  readonly plain: boolean;
}

const placeholder = (text: string, position: number, count: number): string =>
  Array.from({ length: count }, (_, i) => (i === position ? text : '_')).join(',');

/** Octave's words for a place that no matrix has: zero, negative, or not whole. */
const notAPlace = (x: number, position: number, count: number): never =>
  fail(
    `index (${placeholder(Number.isNaN(x) ? 'nan' : String(x), position, count)}): ` +
      'subscripts must be either integers 1 to (2^63)-1 or logicals',
  );

/** `index (3,_): out of bound 2 (dimensions are 2x2)` */
export const outOfBound = (
  place: number,
  extent: number,
  position: number,
  count: number,
  shape: readonly number[],
): never =>
  fail(
    `index (${placeholder(String(place), position, count)}): out of bound ${extent} (dimensions are ${shape.join('x')})`,
  );

/** The places that subscript `position` of `count` means along `extent` places. A colon means all of them. */
export function places(s: SubscriptValue, extent: number, position: number, count: number): Places {
  if (s.kind === 'slice' || (s.value.kind === 'string' && s.value.value === ':')) {
    return { at: Int32Array.from({ length: extent }, (_, i) => i), shape: [extent, 1], colon: true, plain: true };
  }
  const a = stored(s.value);
  if (a.dtype === 'complex128') unknown('complex subscripts are not covered');
  const plain = s.value.kind === 'scalar' || (s.value.kind === 'array' && s.value.range !== undefined);
  return a.dtype === 'bool' ? chosen(a) : { ...given(a, position, count), plain };
}

/** A mask stands for the places where it is true, column by column. */
function chosen(mask: NDArray): Places {
  const [rows, columns] = mask.shape;
  const data = toFloat64(asType(mask, 'float64'));
  const at: number[] = [];
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) if (data[i * columns + j] !== 0) at.push(j * rows + i);
  const shape: readonly [number, number] =
    rows === 1 && columns === 1 ? [at.length, at.length] : rows === 1 ? [1, at.length] : [at.length, 1];
  return { at: Int32Array.from(at), shape, colon: false, plain: false };
}

function given(a: NDArray, position: number, count: number): Omit<Places, 'plain'> {
  const [rows, columns] = a.shape;
  const data = realParts(a);
  const at = new Int32Array(sizeOf(a.shape));
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      const x = data[i * columns + j];
      if (!(x >= 1) || !Number.isInteger(x)) notAPlace(x, position, count);
      at[j * rows + i] = Math.min(x, 2 ** 31 - 1) - 1;
    }
  }
  return { at, shape: [rows, columns], colon: false };
}

export const largest = (p: Places): number => p.at.reduce((m, x) => Math.max(m, x), -1);
