import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import { type CellValue, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { interleave } from '../matrices';
import { fail, unknown } from '../stop';
import { pairs } from './elementary';
import { define, results, text, whole } from './library';
import {
  arithmeticType,
  complexElements,
  doubles,
  fromNumbers,
  matrixOf,
  numbers,
  real,
  realMatrix,
  realParts,
  realStored,
  stored,
} from './numbers';

/** Functions that work along one dimension: by default the first that is not 1. */
export function dimensionOf(a: NDArray, dim: Value | undefined, name: string): 1 | 2 | 3 {
  if (dim === undefined) return a.shape[0] === 1 ? 2 : 1;
  const d = whole(dim, name, 1);
  return d > 2 ? 3 : (d as 1 | 2);
}

/** The lines of a matrix along a dimension: its columns, its rows, or its single elements. */
export function lines<T>(items: ArrayLike<T>, [rows, columns]: readonly number[], dim: 1 | 2 | 3): T[][] {
  switch (dim) {
    case 1:
      return Array.from({ length: columns }, (_, j) => Array.from({ length: rows }, (_, i) => items[i * columns + j]));
    case 2:
      return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => items[i * columns + j]));
    case 3:
      return Array.from(items, x => [x]);
  }
}

/** Lines set beside each other again. */
export function fromLines(
  found: readonly (readonly number[])[],
  [rows, columns]: readonly number[],
  dim: 1 | 2 | 3,
): NDArray {
  const length = found[0]?.length ?? 0;
  if (dim === 3)
    return matrixOf(
      rows,
      columns,
      Float64Array.from(found, l => l[0]),
    );
  if (dim === 2) return matrixOf(rows, length, Float64Array.from(found.flat()));
  return matrixOf(
    length,
    columns,
    Float64Array.from({ length: length * columns }, (_, k) => found[k % columns][Math.floor(k / columns)]),
  );
}

const isVoid = (a: NDArray): boolean => a.shape[0] === 0 && a.shape[1] === 0;

/** A function of a line to one number; `empty` is its value for `[]`. */
function reduction(
  name: string,
  f: (line: readonly number[], round: (x: number) => number) => number,
  empty: number,
  complex?: (line: readonly Complex[]) => Complex,
): LibraryFunction {
  return define(name, 'x, dim=', ({ x, dim }, context) => {
    if (name === 'mean' || name === 'median') refuseText(x as Value, name);
    if (name === 'median' && x && stored(x).dtype === 'bool') unknown('median of logical values is not covered');
    return fromNumbers(reduce(name, doubles(x as Value), dim, f, empty, context, complex));
  });
}

function refuseText(v: Value, name: string): void {
  if (v.kind === 'string') fail(`${name}: X must be a numeric vector or matrix`);
}

export function reduce(
  name: string,
  a: NDArray,
  dim: Value | undefined,
  f: (line: readonly number[], round: (x: number) => number) => number,
  empty: number,
  context: Context,
  complex?: (line: readonly Complex[]) => Complex,
): NDArray {
  context.budget.claim(2 * sizeOf(a.shape));
  if (isVoid(a) && dim === undefined) return matrixOf(1, 1, Float64Array.of(empty));
  const d = dimensionOf(a, dim, name);
  const shape = d === 1 ? [1, a.shape[1]] : d === 2 ? [a.shape[0], 1] : a.shape;
  if (a.dtype === 'complex128') {
    if (!complex) unknown(`${name} of complex numbers is not covered`);
    const found = lines(complexElements(a), a.shape, d).map(complex);
    return ndarray(
      'complex128',
      shape,
      interleave(
        Float64Array.from(found, z => z.re),
        Float64Array.from(found, z => z.im),
      ),
    );
  }
  const single = a.dtype === 'float32';
  const round = single ? Math.fround : (x: number): number => x;
  const found = lines(realParts(a), a.shape, d).map(line => f(line, round));
  return asType(ndarray('float64', shape, Float64Array.from(found)), single ? 'float32' : 'float64');
}

/** Partial results along a line. */
function cumulative(name: string, step: (so: number, x: number) => number): LibraryFunction {
  return define(name, 'x, dim=', ({ x, dim }, context) => {
    const a = realMatrix(fromNumbers(doubles(x as Value)), name);
    context.budget.claim(sizeOf(a.shape));
    if (sizeOf(a.shape) === 0) return fromNumbers(a);
    const d = dimensionOf(a, dim, name);
    const round = a.dtype === 'float32' ? Math.fround : (v: number): number => v;
    const found = lines(realParts(a), a.shape, d).map(line => {
      let so: number | undefined;
      return line.map(v => {
        so = so === undefined ? v : round(step(so, v));
        return so;
      });
    });
    return fromNumbers(asType(fromLines(found, a.shape, d), arithmeticType(a)));
  });
}

const sum = (line: readonly number[], round: (x: number) => number): number => line.reduce((s, x) => round(s + x), 0);
const mean = (line: readonly number[]): number => line.reduce((s, x) => s + x, 0) / line.length;

function variance(line: readonly number[], weight: number): number {
  if (line.length === 1) return 0;
  const m = mean(line);
  return line.reduce((s, x) => s + (x - m) * (x - m), 0) / (line.length - (weight === 1 ? 0 : 1));
}

function median(line: readonly number[]): number {
  if (line.length === 0 || line.some(Number.isNaN)) return Number.NaN;
  const sorted = [...line].sort((x, y) => x - y);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half];
  return sorted[half - 1] === sorted[half] ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function spread(name: string, f: (variance: number) => number): LibraryFunction {
  return define(name, 'x, opt=, dim=', ({ x, opt, dim }, context) => {
    refuseText(x as Value, name);
    const given = opt && sizeOf(numbers(opt).shape) > 0 ? whole(opt, name) : 0;
    const a = realMatrix(x as Value, name);
    return fromNumbers(reduce(name, a, dim, line => f(variance(line, given)), Number.NaN, context));
  });
}

/** min and max: of each line with places, or of two matrices element by element. NaN gives way to numbers. */
function extreme(name: 'min' | 'max'): LibraryFunction {
  const better = name === 'max' ? (x: number, y: number): boolean => x > y : (x: number, y: number): boolean => x < y;
  return define(name, 'x, y=, dim=', ({ x, y, dim }: Bound, context) => {
    const a = realStored(x as Value, name);
    if (y && sizeOf(stored(y).shape) > 0) {
      const pick = (u: number, v: number): number => (Number.isNaN(u) ? v : Number.isNaN(v) ? u : better(v, u) ? v : u);
      const b = realStored(y, name);
      const found = pairs(name, a, b, pick, context);
      return fromNumbers(a.dtype === 'bool' && b.dtype === 'bool' ? asType(found, 'bool') : found);
    }
    if (isVoid(a)) return results(context, fromNumbers(a), () => fromNumbers(a));
    context.budget.claim(2 * sizeOf(a.shape));
    const d = dimensionOf(a, dim, name);
    if (a.shape[d - 1] === 0)
      return fromNumbers(matrixOf(d === 1 ? 0 : a.shape[0], d === 1 ? a.shape[1] : 0, new Float64Array(0)));
    const found = lines(realParts(a), a.shape, d).map(line => {
      let at = line.findIndex(v => !Number.isNaN(v));
      if (at < 0) at = 0;
      for (let k = at + 1; k < line.length; k++) if (better(line[k], line[at])) at = k;
      return [line[at], at + 1];
    });
    const values = fromNumbers(
      asType(
        fromLines(
          found.map(l => [l[0]]),
          a.shape,
          d,
        ),
        a.dtype,
      ),
    );
    return results(context, values, () =>
      fromNumbers(
        fromLines(
          found.map(l => [l[1]]),
          a.shape,
          d,
        ),
      ),
    );
  });
}

function sort({ x, second, third }: Bound, context: Context): Value {
  const v = x as Value;
  const mode = text(third) ?? text(second) ?? 'ascend';
  if (mode !== 'ascend' && mode !== 'descend') fail('sort: MODE must be either "ascend" or "descend"');
  if (v.kind === 'cell') return sortTexts(v, mode, context);
  const a = realStored(v, 'sort');
  const dim = second && text(second) === undefined ? second : undefined;
  if (sizeOf(a.shape) === 0) return results(context, fromNumbers(a), () => fromNumbers(a));
  context.budget.claim(sizeOf(a.shape));
  const d = dimensionOf(a, dim, 'sort');
  const sign = mode === 'ascend' ? 1 : -1;
  // NaN counts as the largest.
  const order = (p: number, q: number): number =>
    Number.isNaN(p)
      ? Number.isNaN(q)
        ? 0
        : sign
      : Number.isNaN(q)
        ? -sign
        : sign * (p - q) || (p === q ? 0 : p < q ? -sign : sign);
  const all = lines(realParts(a), a.shape, d);
  const places = all.map(line => line.map((_, k) => k).sort((p, q) => order(line[p], line[q]) || p - q));
  const sorted = fromLines(
    places.map((line, l) => line.map(k => all[l][k])),
    a.shape,
    d,
  );
  const list =
    v.kind === 'string' ? stringValue(String.fromCharCode(...realParts(sorted))) : fromNumbers(asType(sorted, a.dtype));
  return results(context, list, () =>
    fromNumbers(
      fromLines(
        places.map(line => line.map(k => k + 1)),
        a.shape,
        d,
      ),
    ),
  );
}

/** Places of what is not zero, column by column. */
function find({ x, n, side }: Bound, context: Context): Value {
  const a = doubles(x as Value);
  const [rows, columns] = a.shape;
  const truth = realParts(asType(asType(a, 'bool'), 'float64'));
  let at: number[] = [];
  for (let j = 0; j < columns; j++)
    for (let i = 0; i < rows; i++) if (truth[i * columns + j] !== 0) at.push(j * rows + i);
  if (n) at = text(side) === 'last' ? at.slice(-whole(n, 'find', 1)) : at.slice(0, whole(n, 'find', 1));
  const one = rows === 1 && columns === 1;
  const shape = (k: number): readonly [number, number] => {
    if (isVoid(a) || (one && k === 0)) return [0, 0];
    return rows === 1 && columns !== 1 ? [1, k] : [k, 1];
  };
  const value = (f: (k: number) => number): Value =>
    fromNumbers(matrixOf(...shape(at.length), Float64Array.from(at, f)));
  if (context.outputs > 2) unknown('find with three results is not covered');
  return context.outputs === 2
    ? { kind: 'tuple', items: [value(k => (k % rows) + 1), value(k => Math.floor(k / rows) + 1)] }
    : value(k => k + 1);
}

function truthOf(name: string, f: (line: readonly number[]) => boolean, empty: boolean): LibraryFunction {
  return define(name, 'x, dim=', ({ x, dim }, context) => {
    const a = asType(asType(doubles(x as Value), 'bool'), 'float64');
    return fromNumbers(
      asType(
        reduce(name, a, dim, line => (f(line) ? 1 : 0), empty ? 1 : 0, context),
        'bool',
      ),
    );
  });
}

/** Sorted numbers or texts without repetition, with the first place of each, and each one's place among them. */
function unique({ x }: Bound, context: Context): Value {
  const v = x as Value;
  if (v.kind === 'cell') return uniqueTexts(v, context);
  const a = realStored(v, 'unique');
  if (sizeOf(a.shape) === 0) return context.outputs > 1 ? unknown('unique of nothing is not covered') : fromNumbers(a);
  const [rows, columns] = a.shape;
  const data = realParts(a);
  const items = Array.from(data, (_, k) => data[(k % rows) * columns + Math.floor(k / rows)]);
  const found = [...new Set(items)].sort((p, q) => p - q);
  if (found.some(Number.isNaN)) unknown('unique with NaN is not covered');
  const row = rows === 1 && columns > 1;
  if (v.kind === 'string')
    return context.outputs > 1 || !row
      ? unknown('unique of this text is not covered')
      : stringValue(String.fromCharCode(...found));
  const list = asType(matrixOf(row ? 1 : found.length, row ? found.length : 1, Float64Array.from(found)), a.dtype);
  return results(context, fromNumbers(list), ...placesIn(items, found));
}

function uniqueTexts(v: CellValue, context: Context): Value {
  const items = v.items.map(item =>
    item.kind === 'string' ? item.value : unknown('unique of this cell array is not covered'),
  );
  const found = [...new Set(items)].sort((p, q) => (p < q ? -1 : p > q ? 1 : 0));
  if (found.length === 0) return unknown('unique of nothing is not covered');
  const row = v.shape[0] === 1 && v.shape[1] > 1;
  const texts = found.map(stringValue);
  const list: Value = { kind: 'cell', shape: row ? [1, texts.length] : [texts.length, 1], items: texts };
  return results(context, list, ...placesIn(items, found));
}

const column = (items: readonly number[]): Value => fromNumbers(matrixOf(items.length, 1, Float64Array.from(items)));

const placesIn = <T>(items: readonly T[], found: readonly T[]): readonly (() => Value)[] => [
  () => column(found.map(x => items.indexOf(x) + 1)),
  () => column(items.map(x => found.indexOf(x) + 1)),
];

/** Texts in the order of their characters. */
function sortTexts(v: CellValue, mode: string, context: Context): Value {
  const items = v.items.map(item =>
    item.kind === 'string' ? item.value : fail('sort: only cell arrays of character strings may be sorted'),
  );
  if (v.shape[0] !== 1 && v.shape[1] !== 1) return unknown('sort of this cell array is not covered');
  const sign = mode === 'descend' ? -1 : 1;
  const order = items
    .map((_, k) => k)
    .sort((p, q) => (items[p] === items[q] ? p - q : items[p] < items[q] ? -sign : sign));
  const sorted: Value = { kind: 'cell', shape: v.shape, items: order.map(k => v.items[k]) };
  return results(context, sorted, () =>
    fromNumbers(
      matrixOf(
        v.shape[0],
        v.shape[1],
        Float64Array.from(order, k => k + 1),
      ),
    ),
  );
}

function diff({ x, k, dim }: Bound): Value {
  let a = realMatrix(x as Value, 'diff');
  const times = k && sizeOf(numbers(k).shape) > 0 ? whole(k, 'diff', 1) : 1;
  const d = dimensionOf(a, dim, 'diff');
  for (let t = 0; t < times; t++) {
    if (d === 3 || a.shape[d - 1] <= 1) unknown('diff of less than two elements is not covered');
    a = asType(
      fromLines(
        lines(realParts(a), a.shape, d).map(l => l.slice(1).map((v, i) => v - l[i])),
        a.shape,
        d,
      ),
      arithmeticType(a),
    );
  }
  return fromNumbers(a);
}

/** The area under a line through points, one apart or at the places given. */
function trapz({ x, y }: Bound, context: Context): Value {
  if (!y) {
    const area = (line: readonly number[]): number => 0.5 * line.slice(1).reduce((s, v, k) => s + (v + line[k]), 0);
    return fromNumbers(reduce('trapz', realMatrix(x as Value, 'trapz'), undefined, area, 0, context));
  }
  const [at, values] = [realMatrix(x as Value, 'trapz'), realMatrix(y, 'trapz')];
  if (sizeOf(at.shape) !== sizeOf(values.shape) || ![at, values].every(m => m.shape.includes(1)))
    return unknown('this form of trapz is not covered');
  const [p, q] = [realParts(at), realParts(values)];
  let s = 0;
  for (let k = 1; k < p.length; k++) s += (p[k] - p[k - 1]) * (q[k] + q[k - 1]);
  return real(0.5 * s);
}

const addZ = (line: readonly Complex[]): Complex => line.reduce(c.add, c.complex(0));

export const REDUCTIONS: readonly LibraryFunction[] = [
  reduction('sum', sum, 0, addZ),
  reduction(
    'prod',
    (line, round) => line.reduce((p, x) => round(p * x), 1),
    1,
    line => line.reduce(c.multiply, c.complex(1)),
  ),
  reduction('sumsq', (line, round) => line.reduce((s, x) => round(s + round(x * x)), 0), 0),
  reduction(
    'mean',
    (line, round) => round(sum(line, round) / line.length),
    Number.NaN,
    line => c.divide(addZ(line), c.complex(line.length)),
  ),
  reduction('median', median, Number.NaN),
  define('trapz', 'x, y=', trapz),
  spread('var', x => x),
  spread('std', Math.sqrt),
  cumulative('cumsum', (s, x) => s + x),
  cumulative('cumprod', (p, x) => p * x),
  extreme('min'),
  extreme('max'),
  define('sort', 'x, second=, third=', sort),
  define('find', 'x, n=, side=', find),
  define('unique', 'x', unique),
  define('diff', 'x, k=, dim=', diff),
  truthOf('any', line => line.some(x => x !== 0), false),
  truthOf('all', line => line.every(x => x !== 0), true),
  define('nnz', 'x', ({ x }) =>
    real(realParts(asType(asType(doubles(x as Value), 'bool'), 'float64')).reduce((n, v) => n + v, 0)),
  ),
];
