import { sizeOf } from '../../../../values/ndarray';
import type { Value } from '../../../../values/value';
import type { Bound } from '../../../catalogue';
import { unknown } from '../../../stop';
import { integersOf } from '../../coerce';
import { given } from '../tensor';

/** Windows that move over the last axes of a tensor, and what they see from each of their places. */

export interface Window {
  readonly sides: readonly number[];
  /** How far it moves at once. */
  readonly steps: readonly number[];
  /** How many places before the first and behind the last entry it may stand on. */
  readonly around: readonly number[];
  readonly behind: readonly number[];
  /** How far apart what it sees lies. */
  readonly apart: readonly number[];
}

/** A number for every axis, or one for all. */
export function perAxis(v: Value | undefined, dimensions: number, otherwise: readonly number[]): readonly number[] {
  if (!given(v)) return otherwise;
  if (v.kind === 'string') return unknown('padding by a word is not covered');
  const found = integersOf(v);
  if (found.length === 1) return Array<number>(dimensions).fill(found[0]);
  return found.length === dimensions ? found : unknown('a window of these sides is not covered');
}

const same = (dimensions: number, n: number): readonly number[] => Array<number>(dimensions).fill(n);

/** The window that `stride`, `padding` and `dilation` state; it moves by its sides where no step is given or assumed. */
export function windowOf(
  sides: readonly number[],
  { stride, padding, dilation }: Bound,
  otherwise: number | undefined,
): Window {
  const n = sides.length;
  // An empty stride is none.
  const stated = stride?.kind === 'tuple' && stride.items.length === 0 ? undefined : stride;
  const steps = perAxis(stated, n, otherwise === undefined ? sides : same(n, otherwise));
  const apart = perAxis(dilation, n, same(n, 1));
  const word = padding?.kind === 'string' ? padding.value : undefined;
  if (word === 'same') {
    if (steps.some(s => s !== 1)) return unknown("padding='same' of a convolution in steps is refused");
    const total = sides.map((k, i) => apart[i] * (k - 1));
    const around = total.map(m => Math.floor(m / 2));
    return { sides, steps, apart, around, behind: total.map((m, i) => m - around[i]) };
  }
  const around = word === 'valid' ? same(n, 0) : perAxis(padding, n, same(n, 0));
  return { sides, steps, apart, around, behind: around };
}

/** How often the window stands along each axis; `ceil` counts a last one that reaches beyond. */
export function placesOf(lengths: readonly number[], w: Window, ceil = false): readonly number[] {
  const { sides, steps, around, behind, apart } = w;
  if ([...steps, ...sides, ...apart].some(n => n < 1) || around.some(n => n < 0))
    return unknown('a window of these sides is not covered');
  const places = lengths.map((n, k) => {
    const room = n + around[k] + behind[k] - apart[k] * (sides[k] - 1) - 1;
    const count = (ceil ? Math.ceil(room / steps[k]) : Math.floor(room / steps[k])) + 1;
    // The last window begins within the input or what is put before it.
    return ceil && (count - 1) * steps[k] >= n + around[k] ? count - 1 : count;
  });
  return places.every(n => n > 0) ? places : unknown('a window larger than what it moves over is refused');
}

/** Every index of an array of this shape, in order. */
export function indices(shape: readonly number[]): readonly (readonly number[])[] {
  return Array.from({ length: sizeOf(shape) }, (_, k) => {
    let rest = k;
    return shape
      .toReversed()
      .map(n => {
        const i = rest % n;
        rest = Math.floor(rest / n);
        return i;
      })
      .toReversed();
  });
}

/** The offsets of what a window sees in one plane, for each place that it stands at; −1 outside of the plane. */
export function views(lengths: readonly number[], places: readonly number[], w: Window): readonly Int32Array[] {
  const within = indices(w.sides);
  const strides = lengths.map((_, k) => sizeOf(lengths.slice(k + 1)));
  return indices(places).map(place =>
    Int32Array.from(within, at => {
      let offset = 0;
      for (let k = 0; k < lengths.length; k++) {
        const i = place[k] * w.steps[k] - w.around[k] + at[k] * w.apart[k];
        if (i < 0 || i >= lengths[k]) return -1;
        offset += i * strides[k];
      }
      return offset;
    }),
  );
}
