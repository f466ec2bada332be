import { arrayHeatmapOf } from '../../src/core/scene/array-heatmap';
import { histogramOf } from '../../src/core/scene/histogram';
import type { Picture } from '../../src/core/scene/picture';
import { sideNormsOf } from '../../src/core/scene/side-norms';
import { probabilities } from '../../src/core/scene/softmax';
import { sparsityOf } from '../../src/core/scene/sparsity';
import { generate, ndarray } from '../../src/core/values/ndarray';
import { random } from './random';

const next = random(11);
/** About normal: the sum of six. */
const noise = (): number => next() + next() + next() - next() - next() - next();

const ramp = generate(300 * 200, k => Math.floor(k / 200) + (k % 200) / 10);
const signed = generate(300 * 200, k => Math.sin(k / 7000) * Math.cos((k % 200) / 20));
signed[20_000] = Number.NaN;
const waves = generate(24 * 24, k => {
  const [x, y] = [(k % 24) - 12, Math.floor(k / 24) - 12];
  return Math.exp(-(x * x + y * y) / 60) * Math.cos(x / 3) + 0.3 * Math.sin(y / 2) + 0.02 * noise();
});
const turning = generate(2 * 20 * 30, k => (k % 2 === 0 ? Math.cos : Math.sin)(k / 180) * (1 + (k % 60) / 30));
const spots = generate(20 * 20, k => {
  const [i, j] = [Math.floor(k / 20), k % 20];
  return Math.abs(i - j) <= 1 ? 2 : (i * 7 + j * 3) % 41 === 0 ? 1 : 0;
});
const long = generate(5000, k => Math.sin(k / 300) + 0.2 * noise());
long[3100] = 4;

const embedding = generate(30 * 6, k => {
  const [i, j] = [Math.floor(k / 6), k % 6];
  return (i % 3 === j % 3 ? 2 : 0) + 0.5 * noise();
});
const size = 6;
const scores = generate(size * size, () => 2 * noise());
const masked = scores.map((x, k) => (k % size > Math.floor(k / size) ? Number.NEGATIVE_INFINITY : x / 2));
const weights = Float64Array.from(
  Array.from({ length: size }, (_, i) => Array.from(probabilities(masked.subarray(i * size, (i + 1) * size)))).flat(),
);
const values = generate(size * 3, noise);
const output = generate(size * 3, k => {
  let sum = 0;
  for (let m = 0; m < size; m++) sum += weights[Math.floor(k / 3) * size + m] * values[m * 3 + (k % 3)];
  return sum;
});
const square = (label: string, rows: number, columns: number) => ({
  label,
  rows,
  columns,
  values: generate(rows * columns, noise),
});

/** Arrays of any size. */
export const DATA_EXHIBITS: readonly {
  readonly title: string;
  readonly picture: Picture;
  readonly times?: readonly number[];
  readonly settings?: Readonly<Record<string, number | string>>;
}[] = [
  { title: 'large, one sign', picture: arrayHeatmapOf('A', ndarray('float64', [300, 200], ramp)) },
  {
    title: 'large, both signs, a number missing',
    picture: arrayHeatmapOf('A', ndarray('float64', [300, 200], signed)),
  },
  { title: 'complex: magnitude', picture: arrayHeatmapOf('Z', ndarray('complex128', [20, 30], turning)) },
  {
    title: 'complex: phase',
    picture: arrayHeatmapOf('Z', ndarray('complex128', [20, 30], turning)),
    settings: { part: 'phase' },
  },
  { title: 'histogram', picture: histogramOf('x', generate(4000, noise), false) as Picture },
  {
    title: 'histogram, logarithms',
    picture: histogramOf(
      'x',
      generate(4000, k => noise() ** 3 + (k === 9 ? 30 : 0)),
      false,
    ) as Picture,
    settings: { heights: 'log' },
  },
  {
    title: 'histogram of whole numbers',
    picture: histogramOf(
      'n',
      generate(300, () => Math.floor(6 * next()) + 1),
      true,
    ) as Picture,
  },
  {
    title: 'entries as bars',
    picture: { kind: 'series', label: 'v', values: generate(20, k => Math.sin(k / 3) - 0.2) },
  },
  { title: 'entries as a line', picture: { kind: 'series', label: 'v', values: long } },
  { title: 'norms', picture: sideNormsOf('A', 24, 24, waves) },
  {
    title: 'a loss over the passes of a loop',
    picture: {
      kind: 'passes',
      label: 'loss',
      number: 20,
      count: 60,
      stride: 1,
      width: 1,
      values: generate(60, k => 30 * Math.exp(-k / 6) + 0.004),
    },
  },
  {
    title: 'a point through the passes of a loop',
    picture: {
      kind: 'passes',
      label: 'w',
      number: 24,
      count: 24,
      stride: 1,
      width: 2,
      values: generate(48, k => 0.93 ** (k >> 1) * (k % 2 ? 2 * Math.sin((k >> 1) / 3) : 2 * Math.cos((k >> 1) / 3))),
    },
  },
  {
    title: 'three numbers over the passes of a loop',
    picture: {
      kind: 'passes',
      label: 'v',
      number: 5,
      count: 12,
      stride: 1,
      width: 3,
      values: generate(36, k => (k % 3 === 0 ? k / 9 : k % 3 === 1 ? Math.cos(k) : -1 + k / 40)),
    },
  },
  { title: 'pattern', picture: sparsityOf('A', 20, 20, spots) },
  { title: 'rank 1', picture: { kind: 'low-rank', label: 'A', rows: 24, columns: 24, values: waves } },
  {
    title: 'rank 3',
    picture: { kind: 'low-rank', label: 'A', rows: 24, columns: 24, values: waves },
    settings: { rank: 3 },
  },
  {
    title: 'slices',
    picture: {
      kind: 'multiples',
      label: 'T',
      shape: [6, 8, 10],
      values: generate(480, k => Math.sin(k / 20) + Math.floor(k / 80) / 4),
    },
  },
  {
    title: 'cosines',
    picture: { kind: 'similarity', label: 'E', rows: 30, columns: 6, values: embedding },
    settings: { row: 4 },
  },
  { title: 'rows as points', picture: { kind: 'projection', label: 'E', rows: 30, columns: 6, values: embedding } },
  { title: 'softmax', picture: { kind: 'softmax', label: 'x', scores: Float64Array.of(1, 3, -1, 2, 0.5) } },
  {
    title: 'softmax, hot',
    picture: { kind: 'softmax', label: 'x', scores: Float64Array.of(1, 3, -1, 2, 0.5) },
    settings: { heat: 2 },
  },
  {
    title: 'attention',
    picture: {
      kind: 'attention',
      label: 'V',
      queries: size,
      keys: size,
      width: 3,
      scores,
      scale: 0.5,
      masked,
      weights,
      values,
      output,
    },
    settings: { row: 3 },
  },
  {
    title: 'low-rank update',
    picture: {
      kind: 'low-rank-sum',
      base: square('W', 12, 12),
      tall: square('B', 12, 2),
      wide: square('A', 2, 12),
      result: 'sum',
    },
    settings: { terms: 1 },
  },
  {
    title: 'large product',
    picture: { kind: 'product-entry', a: square('A', 20, 12), b: square('B', 12, 16) },
    settings: { row: 5, column: 3 },
  },
  {
    title: 'a layer',
    picture: {
      kind: 'layer',
      label: 'W',
      entries: [1, 0.6, -0.8, 0.9],
      bias: [0.3, -0.4],
      cut: true,
      points: generate(240, noise),
    },
    times: [0.3, 0.6, 1],
  },
];
