import type { Settings } from '../../src/core/scene/controls';
import { sceneOf } from '../../src/core/scene/index';
import { PALETTES, type ThemeKind } from '../../src/core/scene/palette';
import type { Picture } from '../../src/core/scene/picture';
import { DEFAULT_SCENE_OPTIONS } from '../../src/core/scene/scene';
import { sceneSvg } from '../../src/core/scene/svg';
import { DATA_EXHIBITS } from './gallery-data';

interface Exhibit {
  readonly title: string;
  readonly picture: Picture;
  readonly times?: readonly number[];
  readonly settings?: Settings;
}

const map = (title: string, a: number, b: number, c: number, d: number): Exhibit => ({
  title,
  picture: { kind: 'linear-map', matrix: { label: 'A', entries: [a, b, c, d], operand: 'matrix' } },
  times: [0.5, 1],
});
const svd = (a: number, b: number, c: number, d: number): Exhibit => ({
  title: 'rotate, stretch, rotate',
  picture: { kind: 'singular-map', matrix: { label: 'A', entries: [a, b, c, d] } },
  times: [0.33, 0.66, 1],
});
const space = (title: string, rows: number, columns: number, values: readonly number[]): Exhibit => ({
  title,
  picture: { kind: 'space-map', label: 'A', rows, columns, values, operand: 'matrix' },
  times: [0.4, 1],
});
const turns = (title: string, rows: number, columns: number, values: readonly number[]): Exhibit => ({
  title,
  picture: { kind: 'space-singular-map', label: 'A', rows, columns, values },
  times: [0.33, 0.66, 1],
});
const affine = (title: string, rows: number, values: readonly number[]): Exhibit => ({
  title,
  picture: { kind: 'affine-map', label: 'T', rows, columns: rows, values, operand: 'matrix' },
  times: [0.4, 1],
});
const system = (
  title: string,
  columns: number,
  values: readonly number[],
  right: readonly number[],
  times: readonly number[],
): Exhibit => ({
  title,
  picture: {
    kind: 'linear-system',
    system: { label: 'A', rows: right.length, columns, values },
    right: { label: 'b', components: right },
  },
  times,
});
const a = { label: 'a', components: [1, 2], operand: 'a' } as const;
const b = { label: 'b', components: [3, -1], operand: 'b' } as const;
const u = { label: 'u', components: [2, 1, 3], operand: 'a' } as const;
const v = { label: 'v', components: [-1, 2, 1], operand: 'b' } as const;
const factors = {
  kind: 'matrix-product',
  a: { label: 'A', rows: 2, columns: 3, values: [1, 2, 0, 0, 1, 1] },
  b: { label: 'B', rows: 3, columns: 4, values: [1, 0, 2, -1, 0, 3, 1, 1, -2, 0, 1, 4] },
} as const;
const wave = Float64Array.from(
  { length: 40 * 30 },
  (_, k) => Math.sin(Math.floor(k / 30) / 4) * Math.cos((k % 30) / 3),
);
const block = { rows: 6, columns: 6, values: Float64Array.from({ length: 36 }, (_, k) => ((k * 7) % 11) - 5) };

/** Telling matrices for every picture. */
export const EXHIBITS: readonly Exhibit[] = [
  map('a map that flips', 1, 2, 3, 4),
  map('symmetric', 2, 1, 1, 3),
  map('a quarter turn', 0, -1, 1, 0),
  map('a shear', 1, 1, 0, 1),
  map('onto a line', 1, 2, 2, 4),
  map('tiny', 1e-6, 0, 0, 2e-6),
  map('half a turn', -1, 0, 0, -1),
  map('identity', 1, 0, 0, 1),
  map('zero', 0, 0, 0, 0),
  map('nilpotent', 0, 1, 0, 0),
  map('a spiral', 0.9, -0.5, 0.5, 0.9),
  map('a growing spiral', 1, -2, 1, 1.5),
  map('huge', 1e6, 2e6, -3e6, 1e6),
  map('defective', 3, 1, -1, 1),
  svd(1, 2, 3, 4),
  space('space', 3, 3, [2, 1, 0, 0, 1, 1, 1, 0, 1]),
  space('a mirror', 3, 3, [0, 1, 0, 1, 0, 0, 0, 0, 1]),
  space('onto a plane', 3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
  space('space to the plane', 2, 3, [1, 2, 0, 0, 1, 1]),
  space('the plane into space', 3, 2, [1, 2, 0, 1, 1, 1]),
  space('onto a line', 3, 3, [1, 2, 3, 2, 4, 6, -1, -2, -3]),
  space('a turn of space', 3, 3, [0, 0, 1, 1, 0, 0, 0, 1, 0]),
  space('identity of space', 3, 3, [1, 0, 0, 0, 1, 0, 0, 0, 1]),
  space('zero in space', 3, 3, [0, 0, 0, 0, 0, 0, 0, 0, 0]),
  space('nilpotent in space', 3, 3, [0, 1, 0, 0, 0, 1, 0, 0, 0]),
  space('huge in space', 3, 3, [1e6, 0, 2e5, 0, -2e6, 0, 3e5, 0, 1e6]),
  space('tiny in space', 3, 3, [1e-4, 0, 0, 0, 2e-4, 0, 0, 0, 1e-4]),
  turns('turn, stretch, turn in space', 3, 3, [2, 1, 0, 0, 1, 1, 1, 0, 1]),
  turns('turn, stretch, turn to the plane', 2, 3, [1, 2, 0, 0, 1, 1]),
  turns('turn, stretch, turn of a mirror', 3, 3, [0, 1, 0, 1, 0, 0, 0, 0, 2]),
  {
    title: 'matrix times vector',
    picture: { kind: 'matrix-vector', matrix: { label: 'W', entries: [1, 2, 3, 4], operand: 'matrix' }, vector: a },
    times: [0.5, 1],
  },
  {
    title: 'W2 @ relu(W1 @ x + b)',
    picture: {
      kind: 'composition',
      start: { label: 'x', components: [1, 2], operand: 'vector' },
      stages: [
        { kind: 'linear', label: 'W1', rows: 2, columns: 2, values: [1, -1, 0.5, 1] },
        { kind: 'shift', label: 'b', values: [0.5, -1] },
        { kind: 'pointwise', name: 'relu' },
        { kind: 'linear', label: 'W2', rows: 2, columns: 2, values: [1, 1, -1, 2] },
      ],
    },
    times: [0.4, 0.7, 1],
  },
  {
    title: 'A @ x + b',
    picture: {
      kind: 'composition',
      start: { label: 'x', components: [1, 2], operand: 'vector' },
      stages: [
        { kind: 'linear', label: 'A', rows: 2, columns: 2, values: [0, -1, 1, 0] },
        { kind: 'shift', label: 'b', values: [3, 1] },
      ],
    },
    times: [0.25, 1],
  },
  {
    title: 'space, then the plane',
    picture: {
      kind: 'composition',
      start: { label: 'x', components: [1, 2] },
      stages: [
        { kind: 'linear', label: 'A', rows: 3, columns: 2, values: [1, 0, 0, 1, 1, 1] },
        { kind: 'linear', label: 'B', rows: 2, columns: 3, values: [1, 0, 1, 0, 1, -1] },
      ],
    },
    times: [0.4, 1],
  },
  {
    title: 'A @ B',
    picture: {
      kind: 'composition',
      stages: [
        { kind: 'linear', label: 'B', rows: 2, columns: 2, values: [1, 1, 0, 1] },
        { kind: 'linear', label: 'A', rows: 2, columns: 2, values: [0, -1, 1, 0] },
      ],
    },
  },
  { title: 'sum', picture: { kind: 'vector-sum', a, b }, times: [0.5, 1] },
  { title: 'difference', picture: { kind: 'vector-difference', a, b } },
  { title: 'dot product', picture: { kind: 'dot-product', a, b } },
  { title: 'scalar multiple', picture: { kind: 'scalar-multiple', scalar: -1.5, scalarLabel: '-1.5', vector: a } },
  { title: 'vector of space', picture: { kind: 'vectors', vectors: [u] } },
  { title: 'sum in space', picture: { kind: 'vector-sum', a: u, b: v }, times: [0.5, 1] },
  { title: 'difference in space', picture: { kind: 'vector-difference', a: u, b: v } },
  { title: 'dot product in space', picture: { kind: 'dot-product', a: u, b: v } },
  {
    title: 'dot product of five components',
    picture: {
      kind: 'dot-product',
      a: { label: 'a', components: [1, 2, 3, 4, 5] },
      b: { label: 'b', components: [2, 0, 1, 0, 3] },
    },
  },
  { title: 'cross product', picture: { kind: 'cross-product', a: u, b: v }, times: [0.5, 1] },
  { title: 'cross product of the plane', picture: { kind: 'cross-product', a, b } },
  { title: 'vectors on one line', picture: { kind: 'cross-product', a: u, b: { label: 'v', components: [4, 2, 6] } } },
  { title: 'multiple in space', picture: { kind: 'scalar-multiple', scalar: 2, scalarLabel: '2', vector: u } },
  system('two equations', 2, [1, 2, 3, 4], [5, 6], [0, 0.5, 1]),
  system('parallel lines', 2, [1, 2, 2, 4], [1, 4], [0, 1]),
  system('the same line twice', 2, [1, 2, 2, 4], [1, 2], [0, 1]),
  system('three lines', 2, [1, 1, 1, -1, 2, 1], [3, 1, 5], [0, 1]),
  system('three planes', 3, [2, 1, 1, 1, 3, 2, 1, 0, 2], [4, 5, 3], [0, 0.5, 1]),
  system('two planes', 3, [1, 1, 1, 1, -1, 2], [3, 1], [0, 1]),
  system('planes that share a line', 3, [1, 1, 1, 1, -1, 2, 2, 0, 3], [3, 1, 4], [0, 1]),
  system('planes that do not meet', 3, [1, 1, 1, 1, -1, 2, 2, 0, 3], [3, 1, 9], [0, 1]),
  affine('an affine map', 3, [0, -1, 3, 1, 0, 1, 0, 0, 1]),
  affine('an affine shear', 3, [1, 1, 2, 0, 1, -1, 0, 0, 1]),
  affine('a frame of space', 4, [0, 0, 1, 2, 1, 0, 0, -1, 0, 1, 0, 1, 0, 0, 0, 1]),
  affine('a frame that is scaled', 4, [2, 0, 0, 1, 0, 1, 0, 2, 0, 0, 0.5, 0, 0, 0, 0, 1]),
  {
    title: 'eigenvalues in their discs',
    picture: { kind: 'eigenvalue-plane', label: 'A', rows: 3, values: Float64Array.of(4, 1, 0, -1, 3, 2, 0.5, -1, -2) },
    times: [0.4, 1],
  },
  {
    title: 'eigenvalues of 40 rows',
    picture: {
      kind: 'eigenvalue-plane',
      label: 'A',
      rows: 40,
      values: Float64Array.from({ length: 1600 }, (_, k) => Math.sin(k * k) / 6 + (k % 41 === 0 ? 1 : 0)),
    },
  },
  ...(
    [
      ['a bowl', [2, 1, 1, 3]],
      ['a saddle', [1, 2, 2, -1]],
      ['a dome', [-2, 0, 0, -1]],
      ['a trough', [1, 2, 2, 4]],
      ['nothing', [0, 0, 0, 0]],
    ] as const
  ).map(
    ([title, entries]): Exhibit => ({
      title: `quadratic form: ${title}`,
      picture: {
        kind: 'quadratic-form',
        matrix: { label: 'A', entries },
        point: { label: 'x', components: [1, 1.5], operand: 'vector' },
      },
    }),
  ),
  {
    title: 'power iteration',
    picture: { kind: 'power-iteration', matrix: { label: 'A', entries: [2, 1, 1, 3] } },
    times: [0.3, 1],
  },
  { title: 'norm balls', picture: { kind: 'norm-balls', vector: { ...b, operand: 'vector' }, order: '1' } },
  { title: 'norm balls: length', picture: { kind: 'norm-balls', vector: { ...a, operand: 'vector' }, order: '2' } },
  {
    title: 'least squares in space',
    picture: {
      kind: 'least-squares',
      matrix: { label: 'A', rows: 3, columns: 2, values: [1, 0, 1, 1, 1, 2] },
      right: { label: 'b', components: [1, 3, 2.5], operand: 'b' },
    },
    times: [0.5, 1],
  },
  {
    title: 'projection on a line',
    picture: {
      kind: 'least-squares',
      matrix: { label: 'a', rows: 2, columns: 1, values: [3, 1] },
      right: { label: 'b', components: [1, 2], operand: 'b' },
    },
    times: [1],
  },
  {
    title: 'a line through points',
    picture: {
      kind: 'curve-fit',
      label: 'y over x',
      xs: [0, 1, 2, 3, 4, 5],
      ys: [1, 2.5, 2, 4.5, 4, 6.5],
      coefficients: [1.0142857, 0.8809524],
    },
  },
  {
    title: 'a parabola through points',
    picture: {
      kind: 'curve-fit',
      label: 'y over x',
      xs: [-2, -1, 0, 1, 2, 3],
      ys: [4.5, 1, -0.5, 1.2, 3.6, 9.3],
      coefficients: [1, 0, 0],
    },
  },
  ...(['dot', 'columns', 'rows', 'outer'] as const).map(way => ({
    title: `product: ${way}`,
    picture: factors,
    times: [0.5],
    settings: { way },
  })),
  { title: 'singular values', picture: { kind: 'spectrum', label: 'A', ...block }, times: [0.4] },
  { title: 'small heatmap', picture: { kind: 'heatmap', label: 'A', ...block } },
  {
    title: 'heatmap',
    picture: {
      kind: 'heatmap',
      label: 'K',
      rows: 40,
      columns: 30,
      values: wave,
    },
  },
  ...DATA_EXHIBITS,
];

const KINDS: readonly ThemeKind[] = ['light', 'dark', 'high-contrast', 'high-contrast-light'];
const SIZE = { width: 360, height: 270 };

/** Every picture at telling moments, in one theme, as a page. */
export function galleryPage(kind: ThemeKind): string {
  const palette = PALETTES[kind];
  const figures = EXHIBITS.flatMap(({ title, picture, times = [1], settings = {} }) =>
    times.map(time => {
      const scene = sceneOf(picture, { ...DEFAULT_SCENE_OPTIONS, time, settings });
      return `<figure>${sceneSvg(scene, SIZE, palette, title)}<figcaption><b>${title}</b>, t = ${time}<br>${scene.caption ?? ''} ${scene.description}</figcaption></figure>`;
    }),
  );
  const links = KINDS.map(k => `<a href="${k}.html">${k}</a>`).join(' · ');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pictures, ${kind}</title><style>body{margin:16px;font:13px sans-serif;color:${palette.foreground};background:${palette.background}}a{color:inherit}main{display:grid;grid-template-columns:repeat(auto-fill,360px);gap:18px}figure{margin:0}figcaption{margin-top:4px}svg{border:1px solid ${palette.ghost}}</style><h1>Pictures</h1><p>${links}</p><main>${figures.join('')}</main></html>`;
}

/** The pages by file name. */
export const galleryPages = (): Readonly<Record<string, string>> =>
  Object.fromEntries(KINDS.map(kind => [`${kind}.html`, galleryPage(kind)]));
