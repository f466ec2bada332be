import { generalText } from '../../format/printf';
import { type DType, integerRange } from '../../values/dtype';
import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import { scalar, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { collected, define, text, whole } from './library';
import {
  fromNumbers,
  isIntegerClass,
  isVector,
  matrixOf,
  numbers,
  real,
  realMatrix,
  realParts,
  realScalar,
  rowOf,
  stored,
  toClass,
  withLayout,
} from './numbers';
import { power } from './power';
import { range } from './ranges';

const EPS = 2 ** -52;

/** Constants that are also functions of a size. */
export const CONSTANT_VALUES: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
  ['Inf', Number.POSITIVE_INFINITY],
  ['inf', Number.POSITIVE_INFINITY],
  ['NaN', Number.NaN],
  ['nan', Number.NaN],
  ['eps', EPS],
  ['realmax', Number.MAX_VALUE],
  ['realmin', 2 ** -1022],
]);

const INTEGERS = ['int8', 'int16', 'int32', 'uint8', 'uint16', 'uint32'] as const;

/** The classes that a size may end with. */
const CLASSES: ReadonlyMap<string, DType> = new Map<string, DType>([
  ['double', 'float64'],
  ['single', 'float32'],
  ...INTEGERS.map(d => [d, d] as const),
]);

/** The size that `zeros(2, 3)`, `zeros(2)` or `zeros([2 3])` ask for; negative counts as zero. */
function sizeFrom(
  args: readonly Value[],
  name: string,
): { readonly rows: number; readonly columns: number; readonly dtype: DType } {
  let sizes = args;
  let dtype: DType = 'float64';
  const last = text(sizes[sizes.length - 1]);
  if (last !== undefined) {
    dtype = CLASSES.get(last) ?? unknown(`${name} of class ${last} is not covered`);
    sizes = sizes.slice(0, -1);
  }
  if (sizes.length === 1 && !isVector(stored(sizes[0]))) fail(`${name} (A): use ${name} (size (A)) instead`);
  const given = sizes.length === 1 ? [...realParts(realMatrix(sizes[0], name))] : sizes.map(v => realScalar(v, name));
  const [rows, columns, ...rest] =
    given.length === 0
      ? [sizes.length === 0 ? 1 : 0, sizes.length === 0 ? 1 : 0]
      : given.length === 1
        ? [given[0], given[0]]
        : given;
  if (name === 'eye' && sizes.length === 1 && given.length > 2) fail('eye (A): use eye (size (A)) instead');
  const fraction = given.find(n => !Number.isInteger(n));
  const integer = sizes.length === 1 && name !== 'eye' ? 'octave_idx_type' : 'int64_t';
  if (fraction !== undefined && Number.isFinite(fraction))
    fail(`conversion of ${generalText(fraction, 6)} to ${integer} value failed`);
  if (fraction !== undefined) unknown(`${name} of a size that is not finite is not covered`);
  if (rest.some(n => n !== 1)) unknown('more than two dimensions are not covered');
  return { rows: Math.max(0, rows), columns: Math.max(0, columns), dtype };
}

const fill = (name: string, x: number): LibraryFunction =>
  define(name, '*size', ({ size }, context) => {
    const { rows, columns, dtype } = sizeFrom(collected(size), name);
    context.budget.claim(rows * columns);
    return fromNumbers(toClass(matrixOf(rows, columns, new Float64Array(rows * columns).fill(x)), dtype));
  });

const truthTable = (name: string, x: 0 | 1): LibraryFunction =>
  define(name, '*size', ({ size }, context) => {
    const { rows, columns } = sizeFrom(collected(size), name);
    context.budget.claim(rows * columns);
    return fromNumbers(ndarray('bool', [rows, columns], new Uint8Array(rows * columns).fill(x)));
  });

function eye({ size }: Bound, context: Context): Value {
  const { rows, columns, dtype } = sizeFrom(collected(size), 'eye');
  context.budget.claim(rows * columns);
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i] = 1;
  if (isIntegerClass(dtype)) unknown(`eye of class ${dtype} is not covered`);
  return withLayout(fromNumbers(asType(matrixOf(rows, columns, data), dtype)), 'diagonal');
}

/** Spacing of floating point numbers at |x|; without arguments at 1. */
function eps({ size }: Bound): Value {
  const args = collected(size);
  if (args.length !== 1) return args.length === 0 ? real(EPS) : unknown('eps of a size is not covered');
  const a = realMatrix(args[0], 'eps');
  if (a.dtype === 'float32') unknown('eps of single precision is not covered');
  const spacing = (x: number): number => {
    const m = Math.abs(x);
    if (!Number.isFinite(m)) return Number.NaN;
    return m < 2 ** -1022 ? 2 ** -1074 : 2 ** (exponentOf(m) - 52);
  };
  return fromNumbers(ndarray('float64', a.shape, realParts(a).map(spacing)));
}

/** e with 2^e ≤ m < 2^(e + 1), exactly. */
function exponentOf(m: number): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, m);
  return ((view.getUint16(0) >> 4) & 0x7ff) - 1023;
}

/** n points from a to b: base + k·step, the last one exactly b. */
function linspace({ start, stop, n }: Bound, context: Context): Value {
  const a = realScalar(start as Value, 'linspace');
  const b = realScalar(stop as Value, 'linspace');
  const count = Math.max(1, Math.floor(n ? realScalar(n, 'linspace') : 100));
  context.budget.claim(count);
  const step = (b - a) / (count - 1);
  // Octave goes from both ends to the middle.
  const data = Float64Array.from({ length: count }, (_, k) =>
    k === count - 1 ? b : 2 * k < count - 1 ? a + k * step : b - (count - 1 - k) * step,
  );
  if (count % 2 === 1 && count > 1 && a === -b) data[(count - 1) / 2] = 0;
  return fromNumbers(matrixOf(1, count, data));
}

function logspace({ start, stop, n }: Bound, context: Context): Value {
  const points = numbers(linspace({ start, stop, n: n ?? real(50) }, context));
  return fromNumbers(
    matrixOf(
      1,
      sizeOf(points.shape),
      realParts(points).map(x => 10 ** x),
    ),
  );
}

const byIndex = (n: number, context: Context, entry: (i: number, j: number) => number, columns = n): NDArray => {
  context.budget.claim(n * columns);
  return matrixOf(
    n,
    columns,
    Float64Array.from({ length: n * columns }, (_, k) => entry(Math.floor(k / columns), k % columns)),
  );
};

/** Magic squares: the siamese method for odd n, complements for n divisible by 4, exchanged quarters for the rest. */
function magic({ n }: Bound, context: Context): Value {
  const order = Math.floor(realScalar(n as Value, 'magic'));
  if (order < 0) fail('magic: N must be non-negative');
  if (order === 0) return fromNumbers(matrixOf(0, 0, new Float64Array(0)));
  if (order === 2) return fromNumbers(matrixOf(2, 2, Float64Array.of(4, 3, 1, 2)));
  return fromNumbers(byIndex(order, context, magicEntry(order)));
}

function magicEntry(n: number): (i: number, j: number) => number {
  if (n % 4 === 0) {
    return (i, j) => {
      const k = i * n + j + 1;
      const keeps = (i % 4 === 0 || i % 4 === 3) === (j % 4 === 0 || j % 4 === 3);
      return keeps ? n * n + 1 - k : k;
    };
  }
  if (n % 2 === 1) return siamese(n);
  const half = n / 2;
  const quarter = siamese(half);
  const k = (half - 1) / 2;
  return (i, j) => {
    const [row, column] = [i % half, j % half];
    const right = j >= half;
    const shifted = row === k ? column >= 1 && column <= k : column < k;
    const swaps = right ? column > half - k : shifted;
    const lower = i >= half !== swaps;
    const block = right ? (lower ? 1 : 2) : lower ? 3 : 0;
    return quarter(row, column) + block * half * half;
  };
}

/** The siamese method in closed form, 1 in the middle of the first row and each next number above and to the right. */
function siamese(n: number): (i: number, j: number) => number {
  const square = new Float64Array(n * n);
  let i = 0;
  let j = (n - 1) / 2;
  for (let k = 1; k <= n * n; k++) {
    square[i * n + j] = k;
    const up = (i + n - 1) % n;
    const right = (j + 1) % n;
    if (square[up * n + right] !== 0) i = (i + 1) % n;
    else [i, j] = [up, right];
  }
  return (row, column) => square[row * n + column];
}

function vander({ c, n }: Bound, context: Context): Value {
  const given = realMatrix(c as Value, 'vander');
  if (!isVector(given)) fail('vander: polynomial C must be a vector');
  const x = realParts(given);
  const columns = n ? whole(n, 'vander') : x.length;
  const found = byIndex(x.length, context, (i, j) => power(x[i], columns - 1 - j), columns);
  return fromNumbers(given.dtype === 'bool' ? asType(found, 'bool') : found);
}

function toeplitz({ c, r }: Bound, context: Context): Value {
  const first = realMatrix(c as Value, 'toeplitz');
  if (!isVector(first)) fail(r ? 'toeplitz: C and R must be vectors' : 'toeplitz: C must be a vector');
  const column = realParts(first);
  const row = r ? realParts(realMatrix(r, 'toeplitz')) : column;
  const found = byIndex(column.length, context, (i, j) => (i >= j ? column[i - j] : row[j - i]), row.length);
  return fromNumbers(asType(found, first.dtype === 'bool' && (!r || stored(r).dtype === 'bool') ? 'bool' : 'float64'));
}

function meshgrid({ x, y }: Bound, context: Context): Value {
  const [horizontal, vertical] = [realMatrix(x as Value, 'meshgrid'), realMatrix(y ?? (x as Value), 'meshgrid')];
  if (!isVector(horizontal) || !isVector(vertical)) fail('meshgrid: X and Y must be vectors');
  const across = realParts(horizontal);
  const down = realParts(vertical);
  const filled = (entry: (i: number, j: number) => number, { dtype }: NDArray): Value =>
    fromNumbers(asType(byIndex(down.length, context, entry, across.length), dtype));
  const first = (): Value => filled((_, j) => across[j], horizontal);
  const second = (): Value => filled(i => down[i], vertical);
  return context.outputs > 1 ? { kind: 'tuple', items: [first(), second()] } : first();
}

const convert = (name: string, dtype: DType): LibraryFunction =>
  define(name, 'x', ({ x }) => {
    const v = x as Value;
    const a = stored(v);
    if (a.dtype === 'complex128') return dtype === 'float64' ? v : unknown(`${name} of complex numbers is not covered`);
    if (dtype === 'bool' && realParts(a).some(Number.isNaN)) fail('invalid conversion from NaN to logical');
    const layout = v.kind === 'array' && dtype !== 'bool' && !isIntegerClass(dtype) ? v.layout : undefined;
    return withLayout(fromNumbers(toClass(a, dtype)), layout);
  });

/** The largest or smallest number of a class of integers. */
const limit = (name: string, which: 0 | 1): LibraryFunction =>
  define(name, 'class=', ({ class: given }) => {
    const dtype =
      INTEGERS.find(d => d === (given ? text(given) : 'int32')) ?? unknown(`this form of ${name} is not covered`);
    return scalar(dtype, Number(integerRange(dtype)[which]));
  });

export const CONSTRUCTION: readonly LibraryFunction[] = [
  fill('zeros', 0),
  fill('ones', 1),
  ...[...CONSTANT_VALUES].filter(([name]) => name !== 'eps').map(([name, x]) => fill(name, x)),
  define('eps', '*size', eps),
  truthTable('true', 1),
  truthTable('false', 0),
  define('eye', '*size', eye),
  define('linspace', 'start, stop, n=', linspace),
  define('logspace', 'start, stop, n=', logspace),
  define('colon', 'start, second, third=', ({ start, second, third }, context) =>
    third ? range(start as Value, second, third, context) : range(start as Value, undefined, second as Value, context),
  ),
  define('magic', 'n', magic),
  define('hilb', 'n', ({ n }, context) =>
    fromNumbers(byIndex(whole(n as Value, 'hilb'), context, (i, j) => 1 / (i + j + 1))),
  ),
  define('vander', 'c, n=', vander),
  define('toeplitz', 'c, r=', toeplitz),
  define('meshgrid', 'x, y=', meshgrid),
  convert('double', 'float64'),
  convert('single', 'float32'),
  convert('logical', 'bool'),
  ...INTEGERS.map(name => convert(name, name)),
  limit('intmax', 1),
  limit('intmin', 0),
  define('complex', 're, im', ({ re, im }) =>
    complexOf(realMatrix(re as Value, 'complex'), realMatrix(im as Value, 'complex')),
  ),
  define('primes', 'n', ({ n }, context) => {
    const limit = Math.floor(realScalar(n as Value, 'primes'));
    context.budget.claim(Math.max(0, limit));
    const composite = new Uint8Array(Math.max(0, limit) + 1);
    const found: number[] = [];
    for (let p = 2; p <= limit; p++) {
      if (composite[p]) continue;
      found.push(p);
      for (let q = p * p; q <= limit; q += p) composite[q] = 1;
    }
    return rowOf(found);
  }),
];

/** complex(re, im) stays complex even without imaginary parts. */
function complexOf(re: NDArray, im: NDArray): Value {
  if (re.dtype === 'float32' || im.dtype === 'float32') unknown('complex numbers of single precision are not covered');
  const one = sizeOf(re.shape) === 1;
  const shape = one ? im.shape : re.shape;
  if (!one && sizeOf(im.shape) !== 1 && (re.shape[0] !== im.shape[0] || re.shape[1] !== im.shape[1]))
    fail('complex: dimension mismatch');
  const x = realParts(re);
  const y = realParts(im);
  const n = sizeOf(shape);
  const data = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    data[2 * k] = x[one ? 0 : k];
    data[2 * k + 1] = y[sizeOf(im.shape) === 1 ? 0 : k];
  }
  if (n === 1) return { kind: 'scalar', dtype: 'complex128', value: { re: data[0], im: data[1] } };
  return { kind: 'array', array: ndarray('complex128', shape, data) };
}
