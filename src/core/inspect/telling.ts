import type { Picture } from '../scene/picture';
import { isTruths, type ValueSubject } from './picture-subject';

type Kind = Picture['kind'];

/** A real matrix, row by row. */
interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly at: (i: number, j: number) => number;
}

/** Functions whose results are tables of relations rather than maps of space. */
const TABLES = new Set(['cov', 'corrcoef', 'corr', 'tril', 'triu', 'softmax', 'log_softmax', 'one_hot']);

/** Words of names that say what a matrix is to its author. */
const TABLE_WORDS = new Set(
  'adj adjacency affinity attention attn confusion conv corr correlation cov covariance filter gaussian graph heatmap image img kernel laplacian mask markov pixels prob probabilities probs scores similarity sobel softmax transition transitions'.split(
    ' ',
  ),
);
const POINT_WORDS = new Set(
  'centroids cloud embedding embeddings emb features points polygon pts samples vertices verts vocab'.split(' '),
);

/** `attnWeights2`, `attn_weights` and `model.attn` are made of the words attn, weights and model. */
const wordsOf = (label: string): readonly string[] =>
  label
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);

/** Fewest rows of two or three numbers that are points rather than a map. */
const POINTS = 8;

/**
 * The picture of a value that tells the most, where that is not the first that fits: what its author calls it, which function
 * made it and what its numbers are (probabilities, a graph, a kernel) say that it is no map of space.
 */
export function mostTelling(subject: ValueSubject, operation: string | undefined): Kind | undefined {
  const { real, value, label } = subject;
  if (value.kind === 'array' && value.array.shape.length === 3)
    return slices(value.array.shape) ? 'multiples' : undefined;
  if (isTruths(value)) return 'array-heatmap';
  if (!real) return undefined;
  const [rows, columns] = real.shape;
  if (real.shape.length === 1) return rows >= 4 ? 'series' : undefined;
  if (real.shape.length !== 2) return undefined;
  if (Math.min(rows, columns) < 2) return Math.max(rows, columns) >= 4 ? 'series' : undefined;
  const words = wordsOf(label);
  const grid: Grid = { rows, columns, at: (i, j) => real.data[i * columns + j] };
  if (words.some(word => POINT_WORDS.has(word)) && rows >= 4) return 'projection';
  if (columns <= 3 && rows >= POINTS) return 'projection';
  const made = operation?.split('.').pop() ?? '';
  return TABLES.has(made) || words.some(word => TABLE_WORDS.has(word)) || isTable(grid) ? 'heatmap' : undefined;
}

/** Few slices that are no columns of colours. */
const slices = (shape: readonly number[]): boolean => shape[0] <= 16 && Math.min(shape[1], shape[2]) >= 2;

const isTable = (grid: Grid): boolean => isStochastic(grid) || isGraph(grid) || isCorrelation(grid) || isKernel(grid);

const indices = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => k);

const every = ({ rows, columns, at }: Grid, test: (x: number, i: number, j: number) => boolean): boolean =>
  indices(rows).every(i => indices(columns).every(j => test(at(i, j), i, j)));

/** Rows, or all columns, of probabilities. Turns of whole axes and projections are maps as well, and stay such. */
function isStochastic(grid: Grid): boolean {
  const { rows, columns, at } = grid;
  if (!every(grid, x => x >= 0 && x <= 1)) return false;
  const isOne = (sum: number): boolean => Math.abs(sum - 1) < 1e-5;
  const byRows = indices(rows).every(i => isOne(indices(columns).reduce((s, j) => s + at(i, j), 0)));
  const byColumns = indices(columns).every(j => isOne(indices(rows).reduce((s, i) => s + at(i, j), 0)));
  if (!byRows && !byColumns) return false;
  if (rows !== columns) return true;
  const whole = every(grid, Number.isInteger);
  return !whole && !isProjection(grid);
}

const isSymmetric = (grid: Grid): boolean =>
  grid.rows === grid.columns && every(grid, (x, i, j) => Math.abs(x - grid.at(j, i)) <= 1e-12 * Math.abs(x));

const isProjection = (grid: Grid): boolean =>
  isSymmetric(grid) &&
  every(
    grid,
    (x, i, j) => Math.abs(indices(grid.rows).reduce((s, k) => s + grid.at(i, k) * grid.at(k, j), 0) - x) < 1e-9,
  );

/** The edges of a graph, or its Laplacian: symmetric of at least three nodes, no turn of axes. */
function isGraph(grid: Grid): boolean {
  const { rows, at } = grid;
  if (rows < 3 || !isSymmetric(grid)) return false;
  const sums = indices(rows).map(i => indices(rows).reduce((s, j) => s + at(i, j), 0));
  const edges = every(grid, (x, i, j) => (x === 0 || x === 1) && (i !== j || x === 0));
  if (edges) return sums.some(s => s > 1);
  const laplacian = every(grid, (x, i, j) => Number.isInteger(x) && (i === j ? x > 0 : x <= 0));
  return laplacian && sums.every(s => s === 0);
}

/** Ones on the diagonal and shares of one beside them. */
const isCorrelation = (grid: Grid): boolean =>
  grid.rows >= 3 &&
  isSymmetric(grid) &&
  every(grid, (x, i, j) => (i === j ? Math.abs(x - 1) < 1e-12 : Math.abs(x) < 1)) &&
  !every(grid, (x, i, j) => i === j || x === 0);

/** A 3×3 filter of images: its first row and column are its last ones, or their opposites. */
function isKernel(grid: Grid): boolean {
  const { rows, columns, at } = grid;
  if (rows !== 3 || columns !== 3 || every(grid, x => x === 0)) return false;
  const mirrored = (sign: 1 | -1, entry: (end: 0 | 2, k: number) => number): boolean =>
    indices(3).every(k => entry(0, k) === sign * entry(2, k));
  const either = (entry: (end: 0 | 2, k: number) => number): boolean => mirrored(1, entry) || mirrored(-1, entry);
  return either((end, k) => at(end, k)) && either((end, k) => at(k, end));
}
