import { matrix, svd } from '../linalg/index';
import { chartBounds, chartFrame, ticks } from './chart';
import { range } from './controls';
import type { Projection } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';

/** The rows of a matrix as points, seen along the two directions in which they spread most. */
export const projection: TypeOf<'projection'> = {
  title: 'Rows as points (PCA)',
  scene: projectionScene,
  layers: ['grid'],
};

export interface Components {
  /** Coordinates of the rows along each component, n×k, row-major. */
  readonly scores: Float64Array;
  /** The share of the variance that each component has. */
  readonly shares: readonly number[];
}

/**
 * Principal components by the singular value decomposition of the centred rows: scores U diag(s), shares s² / Σ s². The
 * sign of each is the one that makes its largest score positive. Undefined where rows are not finite or all equal.
 */
export const components = remembered(
  (table: Pick<Projection, 'rows' | 'columns' | 'values'>): Components | undefined => {
    const { rows, columns, values } = table;
    const centred = new Float64Array(values.length);
    for (let j = 0; j < columns; j++) {
      let mean = 0;
      for (let i = 0; i < rows; i++) mean += values[i * columns + j] / rows;
      for (let i = 0; i < rows; i++) centred[i * columns + j] = values[i * columns + j] - mean;
    }
    const f = svd(matrix(rows, columns, centred));
    return f.kind === 'ok' && f.s[0] > 0 ? scoresOf(f.u.re, f.s, rows) : undefined;
  },
);

function scoresOf(u: Float64Array, s: Float64Array, rows: number): Components {
  const k = s.length;
  const scores = new Float64Array(rows * k);
  for (let c = 0; c < k; c++) {
    let top = 0;
    for (let i = 0; i < rows; i++) if (Math.abs(u[i * k + c]) > Math.abs(top) + 1e-12) top = u[i * k + c];
    for (let i = 0; i < rows; i++) scores[i * k + c] = Math.sign(top) * u[i * k + c] * s[c];
  }
  let total = 0;
  for (const x of s) total += (x / s[0]) ** 2;
  return { scores, shares: Array.from(s, x => (x / s[0]) ** 2 / total) };
}

/** Rows up to which each point has its number. */
const NUMBERED = 40;

function projectionScene(picture: Projection, options: SceneOptions): Scene {
  const { label, rows, columns } = picture;
  const found = components(picture);
  if (!found) return undrawable('The rows are all equal or not finite: they spread in no direction.');
  const { scores, shares } = found;
  const k = shares.length;
  const axis = (name: string, text: string, value: number) =>
    range(options, { name, label: text, min: 1, max: k, step: 1, value: Math.min(value, k) });
  const [first, second] = [axis('across', 'Component across', 1), axis('up', 'Component up', 2)];
  const [a, b] = [first.value - 1, second.value - 1];
  const at = (i: number): readonly [number, number] => [scores[i * k + a], scores[i * k + b]];
  // Both axes have one scale, so that distances are those of the projection.
  let reach = 0;
  for (let i = 0; i < rows; i++) reach = Math.max(reach, Math.abs(at(i)[0]), Math.abs(at(i)[1]));
  reach = 1.08 * (reach || 1);
  const frame = { left: -reach, right: reach, low: -reach, high: reach };
  const marks: Mark[] = chartFrame(
    frame,
    options,
    ticks(-reach, reach, 4).map(x => ({ at: x, text: brief(x) })),
    ticks(-reach, reach, 4).map(x => ({ at: x, text: brief(x) })),
  );
  if (options.grid) marks.push({ kind: 'path', lines: [[0, -reach, 0, reach]], stroke: 'axis', width: 1 });
  const dot = (rows > 400 ? 0.01 : 0.022) * reach;
  const lines = Array.from({ length: rows }, (_, i) => {
    const [x, y] = at(i);
    return [x - dot, y, x, y - dot, x + dot, y, x, y + dot];
  });
  marks.push({ kind: 'path', lines, closed: true, fill: 'result' });
  const percent = (c: number): string => `${brief(100 * shares[c])} %`;
  if (options.labels) {
    if (rows <= NUMBERED)
      for (let i = 0; i < rows; i++)
        marks.push({
          kind: 'label',
          at: at(i),
          text: String(i + options.base),
          paint: 'foreground',
          offset: [6, -4],
          anchor: 'start',
          size: 11,
        });
    marks.push(
      {
        kind: 'label',
        at: [reach, -reach],
        text: `component ${a + 1}: ${percent(a)}`,
        paint: 'first',
        offset: [0, -6],
        anchor: 'end',
        size: 12,
        bold: true,
      },
      {
        kind: 'label',
        at: [-reach, reach],
        text: `component ${b + 1}: ${percent(b)}`,
        paint: 'second',
        offset: [4, 4],
        anchor: 'start',
        size: 12,
        bold: true,
      },
    );
  }
  return {
    bounds: chartBounds(frame),
    square: true,
    marks,
    handles: [],
    description: `The ${rows} rows of ${label}, points of ${columns} dimensions, seen along principal components ${a + 1} and ${b + 1}: together they have ${brief(100 * (a === b ? shares[a] : shares[a] + shares[b]))} % of the variance; what lies across them is not seen.`,
    animated: false,
    controls: [first, second],
  };
}
