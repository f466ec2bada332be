import { gather } from '../../values/elementwise';
import { asType, contiguous, type NDArray, ndarray, reshape, sizeOf, toFloat64 } from '../../values/ndarray';
import { type CellValue, stringValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { joinContainers } from './cells';
import { horizontal, matrix, vertical } from './concatenate';
import { collected, define, whole } from './library';
import {
  dimensions,
  fromNumbers,
  isVector,
  layoutOf,
  matrixOf,
  numbers,
  realMatrix,
  realParts,
  stored,
  withLayout,
} from './numbers';

/** A matrix picked from another by rows and columns. */
export function picked(a: NDArray, rows: readonly number[], columns: readonly number[]): NDArray {
  const from = new Int32Array(rows.length * columns.length);
  rows.forEach((r, i) => {
    columns.forEach((k, j) => {
      from[i * columns.length + j] = r * a.shape[1] + k;
    });
  });
  return gather(contiguous(a), from, [rows.length, columns.length]);
}

/** Cells picked by rows and columns. */
const pickedCell = (c: CellValue, rows: readonly number[], columns: readonly number[]): CellValue => ({
  kind: 'cell',
  shape: [rows.length, columns.length],
  items: columns.flatMap(j => rows.map(i => c.items[j * c.shape[0] + i])),
});

/** Whether a square matrix has a single 1 in every row and column. */
function isPermutation(a: NDArray): boolean {
  const [n, m] = a.shape;
  const data: number[] = a.dtype === 'float64' ? [...realParts(a)] : [];
  const at = count(n).map(i => data.slice(i * n, (i + 1) * n).indexOf(1));
  const lone = data.filter(x => x !== 0).length === n;
  return n === m && n > 1 && lone && new Set(at).size === n && !at.includes(-1);
}

/** Rearranged text is text again. */
function like(v: Value, a: NDArray): Value {
  const ones = layoutOf(v) === 'permutation' || (layoutOf(v) === 'diagonal' && isPermutation(a));
  if (ones && sizeOf(a.shape) > 0) return withLayout(fromNumbers(a), 'permutation');
  if (v.kind !== 'string') return fromNumbers(a);
  return a.shape[0] > 1
    ? unknown('character matrices are not covered')
    : stringValue(String.fromCharCode(...realParts(a)));
}

export const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Column-major reshaping; one `[]` stands for what is left over. */
function reshaped({ x, size }: Bound): Value {
  const a = stored(x as Value);
  const args = collected(size);
  const total = sizeOf(a.shape);
  const sizes = args.length === 1 ? [...realParts(realMatrix(args[0], 'reshape'))] : args.map(v => openSize(v));
  const open = sizes.findIndex(Number.isNaN);
  if (open >= 0) {
    const known = sizes.reduce((p, n) => (Number.isNaN(n) ? p : p * n), 1);
    if (total % known !== 0) fail(`reshape: SIZE is not divisible by the product of known dimensions (= ${known})`);
    sizes[open] = total / known;
  }
  if (sizes.length < 2) fail('reshape: SIZE must have 2 or more dimensions');
  if (sizes.some(n => n < 0 || !Number.isInteger(n))) fail('reshape: SIZE must be non-negative');
  if (sizeOf(sizes) !== total) fail(`reshape: can't reshape ${dimensions(a)} array to ${sizes.join('x')} array`);
  if (sizes.slice(2).some(n => n !== 1)) unknown('more than two dimensions are not covered');
  return like(x as Value, contiguous(reshape(a, sizes.slice(0, 2), 'F')));
}

function openSize(v: Value): number {
  const a = numbers(v);
  return sizeOf(a.shape) === 0 ? Number.NaN : whole(v, 'reshape');
}

function repmat({ x, m, n }: Bound, context: Context): Value {
  const cell = x?.kind === 'cell' ? x : undefined;
  const a = cell ? matrixOf(cell.shape[0], cell.shape[1], new Float64Array(cell.items.length)) : stored(x as Value);
  const given = [...realParts(realMatrix(m as Value, 'repmat')), ...(n ? [...realParts(realMatrix(n, 'repmat'))] : [])];
  const [down, across] = (given.length === 1 ? [given[0], given[0]] : given).map(k => Math.max(0, k));
  if (given.length > 2 || !Number.isInteger(down) || !Number.isInteger(across))
    unknown('this form of repmat is not covered');
  context.budget.claim(sizeOf(a.shape) * down * across);
  const times = (extent: number, k: number): number[] => count(extent * k).map(i => i % extent);
  if (cell) return pickedCell(cell, times(a.shape[0], down), times(a.shape[1], across));
  return like(x as Value, picked(a, times(a.shape[0], down), times(a.shape[1], across)));
}

/** The diagonal of a matrix, or the matrix with a vector on a diagonal. */
function diag({ v, k, n }: Bound, context: Context): Value {
  const a = numbers(v as Value);
  if (k && n) return sized(a, whole(k, 'diag'), whole(n, 'diag'));
  const offset = k ? whole(k, 'diag', Number.NEGATIVE_INFINITY) : 0;
  const [rows, columns] = a.shape;
  if (!isVector(a)) {
    const length =
      offset >= 0 ? Math.max(0, Math.min(rows, columns - offset)) : Math.max(0, Math.min(rows + offset, columns));
    const from = Int32Array.from({ length }, (_, i) => (i + Math.max(0, -offset)) * columns + i + Math.max(0, offset));
    return fromNumbers(gather(a, from, [length, length === 0 && rows * columns === 0 ? 0 : 1]));
  }
  const length = rows * columns;
  const side = length + Math.abs(offset);
  context.budget.claim(side * side);
  const value = fromNumbers(placed(a, side, side, offset));
  return offset === 0 ? withLayout(value, 'diagonal') : value;
}

const sized = (a: NDArray, rows: number, columns: number): Value => {
  if (!isVector(a) || sizeOf(a.shape) > Math.min(rows, columns)) fail('diag: dimension mismatch');
  return withLayout(fromNumbers(placed(a, rows, columns, 0)), 'diagonal');
};

function placed(a: NDArray, rows: number, columns: number, offset: number): NDArray {
  const width = a.dtype === 'complex128' ? 2 : 1;
  const source = width === 2 ? (a.data as Float64Array) : toFloat64(a);
  const data = new Float64Array(rows * columns * width);
  for (let i = 0; i < sizeOf(a.shape); i++) {
    const at = ((i + Math.max(0, -offset)) * columns + i + Math.max(0, offset)) * width;
    for (let w = 0; w < width; w++) data[at + w] = source[i * width + w];
  }
  return width === 2
    ? ndarray('complex128', [rows, columns], data)
    : asType(ndarray('float64', [rows, columns], data), a.dtype === 'float32' ? 'float32' : 'float64');
}

function triangle(name: 'triu' | 'tril'): LibraryFunction {
  return define(name, 'a, k=', ({ a: given, k }) => {
    const a = stored(given as Value);
    const offset = k ? whole(k, name, Number.NEGATIVE_INFINITY) : 0;
    const [, columns] = a.shape;
    const width = a.dtype === 'complex128' ? 2 : 1;
    const keeps = (p: number): boolean => {
      const d = (p % columns) - Math.floor(p / columns) - offset;
      return name === 'triu' ? d >= 0 : d <= 0;
    };
    const source = width === 2 ? (a.data as Float64Array) : toFloat64(a);
    const data = source.map((x, q) => (keeps(Math.floor(q / width)) ? x : 0));
    return fromNumbers(
      width === 2 ? ndarray('complex128', a.shape, data) : asType(ndarray('float64', a.shape, data), a.dtype),
    );
  });
}

function rearranged(name: string, rows: (n: number) => number[], columns: (n: number) => number[]): LibraryFunction {
  return define(name, 'x', ({ x }) => {
    if (x?.kind === 'cell') return pickedCell(x, rows(x.shape[0]), columns(x.shape[1]));
    const a = stored(x as Value);
    return like(x as Value, picked(a, rows(a.shape[0]), columns(a.shape[1])));
  });
}

const backwards = (n: number): number[] => count(n).reverse();

function rot90({ x, k }: Bound): Value {
  const a = stored(x as Value);
  const quarters = (((k ? whole(k, 'rot90', Number.NEGATIVE_INFINITY) : 1) % 4) + 4) % 4;
  const [rows, columns] = a.shape;
  const turned = (n: NDArray): NDArray =>
    contiguous({ ...n, shape: [n.shape[1], n.shape[0]], strides: [n.strides[1], n.strides[0]] });
  switch (quarters) {
    case 1:
      return like(x as Value, turned(picked(a, count(rows), backwards(columns))));
    case 2:
      return like(x as Value, picked(a, backwards(rows), backwards(columns)));
    case 3:
      return like(x as Value, turned(picked(a, backwards(rows), count(columns))));
    default:
      return x as Value;
  }
}

function circshift({ x, n, dim }: Bound): Value {
  const a = stored(x as Value);
  if (sizeOf(numbers(n as Value).shape) !== 1) unknown('circshift along several dimensions is not covered');
  const shift = whole(n as Value, 'circshift', Number.NEGATIVE_INFINITY);
  const along = dim ? whole(dim, 'circshift', 1) : a.shape[0] === 1 ? 2 : 1;
  const moved = (length: number): number[] => count(length).map(i => (((i - shift) % length) + length) % length);
  if (along > 2) return x as Value;
  return like(
    x as Value,
    along === 1 ? picked(a, moved(a.shape[0]), count(a.shape[1])) : picked(a, count(a.shape[0]), moved(a.shape[1])),
  );
}

const DISAGREE = (): string => 'cat: dimension mismatch';

function cat(name: string, along: 1 | 2, items: readonly Value[], context: Context): Value {
  if (items.some(v => v.kind === 'cell' || v.kind === 'struct'))
    return joinContainers(along === 2 ? [items] : items.map(v => [v]));
  if (items.some(v => v.kind === 'string'))
    return along === 2 ? matrix([items], context) : unknown(`${name} of text is not covered`);
  const join = along === 1 ? vertical : horizontal;
  return fromNumbers(join(items.map(stored), context, DISAGREE));
}

export const SHAPES: readonly LibraryFunction[] = [
  define('reshape', 'x, *size', reshaped),
  define('repmat', 'x, m, n=', repmat),
  define('diag', 'v, k=, n=', diag),
  triangle('triu'),
  triangle('tril'),
  rearranged('fliplr', count, backwards),
  rearranged('flipud', backwards, count),
  define('flip', 'x, dim=', ({ x, dim }) => {
    const a = stored(x as Value);
    const along = dim ? whole(dim, 'flip', 1) : a.shape[0] === 1 ? 2 : 1;
    return like(
      x as Value,
      picked(
        a,
        along === 1 ? backwards(a.shape[0]) : count(a.shape[0]),
        along === 2 ? backwards(a.shape[1]) : count(a.shape[1]),
      ),
    );
  }),
  define('rot90', 'x, k=', rot90),
  define('circshift', 'x, n, dim=', circshift),
  define('horzcat', '*items', ({ items }, context) => cat('horzcat', 2, collected(items), context)),
  define('vertcat', '*items', ({ items }, context) => cat('vertcat', 1, collected(items), context)),
  define('cat', 'dim, *items', ({ dim, items }, context) => {
    const along = whole(dim as Value, 'cat', 1);
    return along > 2
      ? unknown('more than two dimensions are not covered')
      : cat('cat', along as 1 | 2, collected(items), context);
  }),
  define('vec', 'x', ({ x }) => {
    const a = stored(x as Value);
    return fromNumbers(contiguous(reshape(a, [sizeOf(a.shape), 1], 'F')));
  }),
  define('squeeze', 'x', ({ x }) => x as Value),
  define('full', 'x', ({ x }) => (layoutOf(x as Value) ? fromNumbers(numbers(x as Value)) : (x as Value))),
  define('hankel', 'c, r=', ({ c, r }, context) => {
    const given = realMatrix(c as Value, 'hankel');
    if (!isVector(given)) fail(r ? 'hankel: C and R must be vectors' : 'hankel: C must be a vector');
    const column = realParts(given);
    const n = column.length;
    const row = r ? realParts(realMatrix(r, 'hankel')) : new Float64Array(n);
    context.budget.claim(n * row.length);
    const entry = (i: number, j: number): number => (i + j < n ? column[i + j] : row[i + j - n + 1]);
    return fromNumbers(
      matrixOf(
        n,
        row.length,
        Float64Array.from({ length: n * row.length }, (_, k) => entry(Math.floor(k / row.length), k % row.length)),
      ),
    );
  }),
];
