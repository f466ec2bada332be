import { sizeOf } from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import type { Bound } from '../../catalogue';
import { fail, unknown } from '../../stop';
import { axisOf, int, integerOf, toArray, truthOf, typeName } from '../coerce';
import { boundedIntegers, interval } from './bounded';
import { type Drawing, isNone, numbersOf, placesValue, shapeOf } from './drawing';

/** The error that probabilities may be off by: the root of the type's precision. */
const TOLERANCE = 1.4901161193847656e-8;
const NARROW_TOLERANCE: Readonly<Record<string, number>> = { float32: 0.00034526698300124393, float16: 0.03125 };

/** Places 0 … n − 1 in a random order (Fisher and Yates from the end), with what picks a place up to another. */
export function shuffled(n: number, pick: (most: number) => number, first = 1): Float64Array {
  const order = Float64Array.from({ length: n }, (_, k) => k);
  for (let i = n - 1; i >= first; i--) {
    const j = pick(i);
    const kept = order[j];
    order[j] = order[i];
    order[i] = kept;
  }
  return order;
}

/** How NumPy shuffles arrays and lists alike: places by masks. */
export const shuffle = ({ source, claim }: Drawing, n: number): Float64Array => {
  claim(Math.max(n, 0));
  return shuffled(n, most => interval(source, most));
};

/** Words that differ between RandomState and Generator. */
export interface ChoiceWords {
  readonly population: string;
  readonly empty: string;
  readonly dimension: string;
  readonly sizes: string;
  readonly larger: string;
}

/** What is chosen from: how many, and with which probabilities where they are given. */
export interface Choice {
  readonly population: number;
  readonly probabilities: Float64Array | undefined;
  /** The shape of the result, and how many numbers that is; a single choice has no shape. */
  readonly shape: readonly number[] | undefined;
  readonly count: number;
}

/** The arguments of `choice`, checked; NumPy's errors where they do not fit. Lists may hold anything: they are only counted. */
export function choiceOf({ a, axis, size, p }: Bound, words: ChoiceWords): Choice {
  const population = lengthOf(a, axis, 'a');
  const shape = shapeOf(size);
  const count = shape === undefined ? 1 : sizeOf(shape);
  if (population <= 0 && count !== 0) fail(`ValueError: ${a?.kind === 'scalar' ? words.population : words.empty}`);
  if (isNone(p)) return { population, probabilities: undefined, shape, count };
  const { shape: own, data } = numbersOf({ argument: p });
  const probabilities = data as Float64Array;
  if (own.length !== 1) fail(`ValueError: ${words.dimension}`);
  if (probabilities.length !== population) fail(`ValueError: ${words.sizes}`);
  const sum = compensatedSum(probabilities);
  if (Number.isNaN(sum)) fail('ValueError: probabilities contain NaN');
  if (probabilities.some(x => x < 0)) fail('ValueError: probabilities are not non-negative');
  const tolerance = p.kind === 'array' ? (NARROW_TOLERANCE[p.array.dtype] ?? TOLERANCE) : TOLERANCE;
  if (Math.abs(sum - 1) > tolerance) fail('ValueError: probabilities do not sum to 1');
  return { population, probabilities, shape, count };
}

/** Kahan's sum. */
export function compensatedSum(data: Float64Array): number {
  let sum = data.length > 0 ? data[0] : 0;
  let lost = 0;
  for (let k = 1; k < data.length; k++) {
    const y = data[k] - lost;
    const next = sum + y;
    lost = next - sum - y;
    sum = next;
  }
  return sum;
}

/** Running sums over the last of them. */
function cumulative(probabilities: Float64Array): Float64Array {
  const out = new Float64Array(probabilities.length);
  let sum = 0;
  for (let k = 0; k < out.length; k++) {
    sum += probabilities[k];
    out[k] = sum;
  }
  for (let k = 0; k < out.length; k++) out[k] /= sum;
  return out;
}

/** The number of entries of a rising list that are at most x. */
export function lastPlaceAtMost(rising: Float64Array, x: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places by their probabilities, with repetition. */
export function weighted(drawing: Drawing, probabilities: Float64Array, count: number): Float64Array {
  drawing.claim(count + probabilities.length);
  const rising = cumulative(probabilities);
  const out = new Float64Array(count);
  for (let k = 0; k < count; k++) out[k] = lastPlaceAtMost(rising, drawing.source.double());
  return out;
}

/** Different places by their probabilities: what came twice is drawn again, without those that are found. */
export function weightedOnce(drawing: Drawing, probabilities: Float64Array, count: number): Float64Array {
  if (probabilities.filter(p => p > 0).length < count) fail('ValueError: Fewer non-zero entries in p than size');
  const left = probabilities.slice();
  const found = new Set<number>();
  while (found.size < count) {
    drawing.claim(left.length + count);
    const places = weighted(drawing, left, count - found.size);
    for (const place of places) {
      found.add(place);
      left[place] = 0;
    }
  }
  return Float64Array.from(found);
}

/** The places that were chosen, in the shape of the result or as one Python number. */
export const chosen = ({ shape }: Choice, places: Float64Array): Value =>
  shape === undefined ? int(places[0]) : placesValue(places, shape);

/** The length of what is chosen from or put in order: as many places as a number says, or those of a list or of an array's axis. */
export function lengthOf(v: Value | undefined, axis: Value | undefined, name = 'x'): number {
  if (v === undefined) return fail(`TypeError: missing argument ${name}`);
  const first = isNone(axis) || integerOf(axis) === 0;
  if (v.kind === 'tuple' || (v.kind === 'list' && v.lazy !== '')) {
    if (first) return v.items.length;
    const { shape } = toArray(v);
    return shape[axisOf(axis, shape.length)];
  }
  if ((v.kind === 'array' || v.kind === 'strings') && v.array.shape.length > 0)
    return v.array.shape[isNone(axis) ? 0 : axisOf(axis, v.array.shape.length)];
  return integerOf(v) ?? unknown(`choosing from ${typeName(v)} is not covered`);
}

/** The length of what is shuffled in place, which numbers and tuples are not; Python's errors for them. */
export function lengthInPlace(v: Value | undefined, axis: Value | undefined): number {
  if (v?.kind === 'scalar') fail(`TypeError: object of type '${typeName(v)}' has no len()`);
  if (v?.kind === 'tuple') fail("TypeError: 'tuple' object does not support item assignment");
  if (v?.kind === 'list' && !isNone(axis) && integerOf(axis) !== 0)
    fail('NotImplementedError: Axis argument is only supported on ndarray objects');
  return lengthOf(v, axis);
}

/** Whether it has more than one dimension, which RandomState does not choose from. */
export const isNested = (v: Value | undefined): boolean =>
  v?.kind === 'array'
    ? v.array.shape.length > 1
    : (v?.kind === 'list' || v?.kind === 'tuple') &&
      v.items.some(({ kind }) => kind === 'list' || kind === 'tuple' || kind === 'array');

/** Places drawn with repetition, each as likely as another. */
export function uniformPlaces(
  drawing: Drawing,
  population: number,
  count: number,
  method: 'mask' | 'lemire',
): Float64Array {
  drawing.claim(count);
  if (count === 0) return new Float64Array();
  const next = boundedIntegers(drawing.source, 64, method)(BigInt(population - 1));
  return Float64Array.from({ length: count }, () => Number(next()));
}

/** A flag among the arguments. */
export const flag = (v: Value | undefined, otherwise: boolean): boolean =>
  v === undefined ? otherwise : v.kind === 'scalar' ? truthOf(v) : v.kind !== 'none';
