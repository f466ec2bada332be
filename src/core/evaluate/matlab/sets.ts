import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import type { CellValue, Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { pairwise, sameSize } from './elementary';
import { collected, define, results } from './library';
import { fromNumbers, isVector, logical, matrixOf, real, realMatrix, realParts, stored } from './numbers';

/** Sets of numbers, as Octave keeps them: sorted vectors without repetition. */

const isRow = (a: NDArray): boolean => a.shape[0] === 1;

function members(v: Value, name: string): NDArray {
  if (v.kind === 'string' || v.kind === 'cell') unknown(`${name} of text is not covered`);
  const a = realMatrix(v, name);
  if (sizeOf(a.shape) === 0) unknown(`${name} of an empty set is not covered`);
  if (a.dtype !== 'float64') unknown(`${name} of the class of these numbers is not covered`);
  if (realParts(a).some(Number.isNaN)) unknown(`${name} with NaN is not covered`);
  return a;
}

/** The elements column by column. */
function columnMajor(a: NDArray): number[] {
  const [rows, columns] = a.shape;
  const data = realParts(a);
  return Array.from(data, (_, k) => data[(k % rows) * columns + Math.floor(k / rows)]);
}

/** An operation on two sets: a row when both are rows, else a column. */
function operation(name: string, of: (a: ReadonlySet<number>, b: ReadonlySet<number>) => number[]): LibraryFunction {
  return define(name, 'a, b', ({ a, b }, context) => {
    if (context.outputs > 1) unknown(`${name} with several results is not covered`);
    const [x, y] = [members(a as Value, name), members(b as Value, name)];
    context.budget.claim(sizeOf(x.shape) + sizeOf(y.shape));
    const found = of(new Set(realParts(x)), new Set(realParts(y))).sort((p, q) => p - q);
    const row = isRow(x) && isRow(y);
    if (!row && (found.length === 0 || isRow(x) !== isRow(y)) && found.length !== 1)
      unknown(`${name} of a row and a column is not covered`);
    const n = found.length;
    return fromNumbers(matrixOf(row ? 1 : n, row ? n : 1, Float64Array.from(found)));
  });
}

/** Whether each element is in the set, and its last place there. */
function ismember({ a, s }: Bound, context: Context): Value {
  if (s?.kind === 'cell') return amongTexts(a as Value, s, context);
  const [x, set] = [members(a as Value, 'ismember'), members(s as Value, 'ismember')];
  const place = new Map(columnMajor(set).map((v, k) => [v, k + 1]));
  const data = realParts(x);
  return results(
    context,
    fromNumbers(
      ndarray(
        'bool',
        x.shape,
        Uint8Array.from(data, v => (place.has(v) ? 1 : 0)),
      ),
    ),
    () =>
      fromNumbers(
        ndarray(
          'float64',
          x.shape,
          data.map(v => place.get(v) ?? 0),
        ),
      ),
  );
}

/** Whether a text, or each of the texts in a cell array, is among others. */
function amongTexts(a: Value, s: CellValue, context: Context): Value {
  const set = s.items.map(v => (v.kind === 'string' ? v.value : unknown('ismember of this cell array is not covered')));
  const place = (v: Value): number =>
    v.kind === 'string' ? set.indexOf(v.value) + 1 : unknown('ismember of this is not covered');
  if (a.kind !== 'cell') return results(context, logical(place(a) > 0), () => real(place(a)));
  const [rows, columns] = a.shape;
  const found = Float64Array.from({ length: rows * columns }, (_, k) =>
    place(a.items[(k % columns) * rows + Math.floor(k / columns)]),
  );
  const array = ndarray('float64', [rows, columns], found);
  return results(context, fromNumbers(asType(array, 'bool')), () => fromNumbers(array));
}

/** Sums of the values by their places. */
function accumarray({ subs, vals, size }: Bound, context: Context): Value {
  const at = realMatrix(subs as Value, 'accumarray');
  const given = realMatrix(vals as Value, 'accumarray');
  if (at.shape[1] !== 1 || size) unknown('this form of accumarray is not covered');
  const [places, values] = [realParts(at), realParts(given)];
  if (places.some(p => !Number.isInteger(p) || p < 1)) unknown('places below 1 are not covered');
  if (values.length !== 1 && values.length !== places.length) fail('accumarray: dimension mismatch');
  const count = places.reduce((m, p) => Math.max(m, p), 0);
  context.budget.claim(count);
  const sums = new Float64Array(count);
  places.forEach((p, k) => {
    sums[p - 1] += values[values.length === 1 ? 0 : k];
  });
  return fromNumbers(matrixOf(count, 1, sums));
}

/** Straight lines between the points, by their slopes. */
function interp1({ x, y, xi }: Bound): Value {
  const [xs, ys, at] = [x, y, xi].map(v => realMatrix(v as Value, 'interp1'));
  if (!isVector(xs) || !isVector(ys) || sizeOf(xs.shape) !== sizeOf(ys.shape) || !isVector(at))
    unknown('this form of interp1 is not covered');
  const [p, q] = [realParts(xs), realParts(ys)];
  if (p.length < 2 || p.some((v, k) => k > 0 && !(v > p[k - 1])))
    unknown('interp1 of points that are not sorted is not covered');
  const value = (t: number): number => {
    if (!(t >= p[0] && t <= p[p.length - 1]))
      return unknown('interp1 outside the points gives NA, which is not covered');
    const next = p.findIndex(v => v > t);
    const k = (next < 0 ? p.length - 1 : next) - 1;
    return ((q[k + 1] - q[k]) / (p[k + 1] - p[k])) * (t - p[k]) + q[k];
  };
  return fromNumbers(ndarray('float64', at.shape, realParts(at).map(value)));
}

/** An operation on the bits of whole numbers below 2^53. */
const bits = (name: string, of: (x: bigint, y: bigint) => bigint): LibraryFunction => {
  const whole = pairwise(
    name,
    (x, y) =>
      [x, y].every(v => Number.isInteger(v) && v >= 0 && v < 2 ** 53)
        ? Number(of(BigInt(x), BigInt(y)))
        : unknown(`${name} of numbers that are not whole is not covered`),
    true,
    sameSize(`${name}: size of X and Y must match, or one operand must be a scalar`),
  );
  return {
    ...whole,
    evaluate: (bound, context) => {
      const found = whole.evaluate(bound, context);
      const both = [bound.x, bound.y].every(v => v && stored(v).dtype === 'bool');
      return both ? fromNumbers(asType(stored(found), 'bool')) : found;
    },
  };
};

export const SETS: readonly LibraryFunction[] = [
  operation('union', (a, b) => [...new Set([...a, ...b])]),
  operation('intersect', (a, b) => [...a].filter(x => b.has(x))),
  operation('setdiff', (a, b) => [...a].filter(x => !b.has(x))),
  operation('setxor', (a, b) => [...[...a].filter(x => !b.has(x)), ...[...b].filter(x => !a.has(x))]),
  define('ismember', 'a, s', ismember),
  define('accumarray', 'subs, vals, size=', accumarray),
  define('interp1', 'x, y, xi', interp1),
  bits('bitand', (x, y) => x & y),
  bits('bitor', (x, y) => x | y),
  bits('bitxor', (x, y) => x ^ y),
  define('deal', '*values', ({ values }, context) => {
    const all = collected(values);
    const { outputs } = context;
    if (outputs < 2) return unknown('deal to fewer than two names is not covered');
    if (all.length !== 1 && all.length !== outputs) return fail('deal: nargin > 1 and nargin != nargout');
    return { kind: 'tuple', items: Array.from({ length: outputs }, (_, k) => all[all.length === 1 ? 0 : k]) };
  }),
];
