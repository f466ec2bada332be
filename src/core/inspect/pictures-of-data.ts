import { arrayHeatmapOf } from '../scene/array-heatmap';
import { HEATMAP_SIDE } from '../scene/heatmap';
import { histogramOf } from '../scene/histogram';
import type { DataTable, Picture } from '../scene/picture';
import { sideNormsOf } from '../scene/side-norms';
import { sparsityOf } from '../scene/sparsity';
import { SPECTRUM_SIDE } from '../scene/spectrum';
import { isComplexType, isIntegerType } from '../values/dtype';
import { sizeOf, toFloat64 } from '../values/ndarray';
import type { ValueSubject } from './picture-subject';
import { arrayOf, type RealNumbers } from './real-numbers';

/** Pictures of many numbers, the most telling first. */
export const PICTURES_OF_DATA: readonly ((subject: ValueSubject) => Picture | undefined)[] = [
  arrayHeatmap,
  series,
  multiples,
  lowRank,
  sparsity,
  similarity,
  projection,
  histogram,
  sideNorms,
];

/** What the cell by cell heatmap does not draw: large, complex, boolean and many-dimensional arrays. */
function arrayHeatmap({ value, real, words }: ValueSubject): Picture | undefined {
  if (real && Math.max(...real.shape) <= HEATMAP_SIDE) return undefined;
  const array = arrayOf(value, real);
  return array && array.shape.length > 0 && sizeOf(array.shape) > 0 ? arrayHeatmapOf(words, array) : undefined;
}

/** Fewest and most numbers of pictures that look at each: a picture of these travels whole. */
const MANY = 16;
const LONGEST = 1 << 17;

/** A real matrix with at least two rows and two columns. */
const matrixOf = ({ real }: ValueSubject): Omit<DataTable, 'label'> | undefined => {
  if (real?.shape.length !== 2 || Math.min(...real.shape) < 2) return undefined;
  return { rows: real.shape[0], columns: real.shape[1], values: numbersIn(real) };
};

const numbersIn = ({ data }: RealNumbers): Float64Array =>
  data instanceof Float64Array ? data : Float64Array.from(data);

function series({ real, words }: ValueSubject): Picture | undefined {
  if (!real || real.shape.length === 0) return undefined;
  const n = sizeOf(real.shape);
  if (Math.max(...real.shape) !== n || n < 4 || n > LONGEST) return undefined;
  return { kind: 'series', label: words, values: numbersIn(real) };
}

function multiples({ value, words }: ValueSubject): Picture | undefined {
  if (value.kind !== 'array' || isComplexType(value.array.dtype)) return undefined;
  const { shape } = value.array;
  const n = sizeOf(shape);
  return shape.length === 3 && n > 0 && n <= LONGEST
    ? { kind: 'multiples', label: words, shape, values: toFloat64(value.array) }
    : undefined;
}

function lowRank(subject: ValueSubject): Picture | undefined {
  const m = matrixOf(subject);
  if (!m || Math.min(m.rows, m.columns) < 4 || Math.max(m.rows, m.columns) > SPECTRUM_SIDE) return undefined;
  return m.values.every(Number.isFinite) ? { kind: 'low-rank', label: subject.words, ...m } : undefined;
}

/** Only where at least a third of the entries are zero there is a pattern. */
function sparsity(subject: ValueSubject): Picture | undefined {
  const m = matrixOf(subject);
  if (!m || m.values.length < MANY) return undefined;
  const found = sparsityOf(subject.words, m.rows, m.columns, m.values);
  return found.filled <= (2 / 3) * m.values.length ? found : undefined;
}

function histogram({ value, real, words }: ValueSubject): Picture | undefined {
  const array = arrayOf(value, real);
  if (!array || isComplexType(array.dtype) || sizeOf(array.shape) < MANY) return undefined;
  return histogramOf(words, toFloat64(array), isIntegerType(array.dtype));
}

function sideNorms(subject: ValueSubject): Picture | undefined {
  const m = matrixOf(subject);
  return m && m.values.length >= MANY ? sideNormsOf(subject.words, m.rows, m.columns, m.values) : undefined;
}

/** Rows and numbers up to which rows are compared with each other. */
const COMPARED = { rows: 128, points: 2000, side: 128, numbers: 1 << 16 };

function similarity(subject: ValueSubject): Picture | undefined {
  const m = matrixOf(subject);
  if (!m || m.rows < 3 || m.values.length < MANY || m.rows > COMPARED.rows || m.values.length > COMPARED.numbers)
    return undefined;
  return { kind: 'similarity', label: subject.words, ...m };
}

function projection(subject: ValueSubject): Picture | undefined {
  const m = matrixOf(subject);
  if (!m || m.rows < 4 || m.values.length > COMPARED.numbers) return undefined;
  if (Math.min(m.rows, m.columns) > COMPARED.side || m.rows > COMPARED.points || !m.values.every(Number.isFinite))
    return undefined;
  // Rows that are all the same are one point.
  if (m.values.every((x, k) => x === m.values[k % m.columns])) return undefined;
  return { kind: 'projection', label: subject.words, ...m };
}
