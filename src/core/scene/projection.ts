import { matrix, svd } from '../linalg/index';
import { chartBounds, chartFrame, type Frame, ticks } from './chart';
import { choice, range } from './controls';
import type { Projection } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';

/** The rows of a matrix as points, seen along the two directions in which they spread most, or by two of their columns. */
export const projection: TypeOf<'projection'> = {
  title: 'Rows as points',
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

const AXES = {
  components: { value: 'components', label: 'principal components' },
  columns: { value: 'columns', label: 'columns' },
} as const;

/** Two of the coordinates of every row, with the words for each. */
interface Plane {
  readonly at: (i: number) => readonly [number, number];
  readonly names: readonly [string, string];
  readonly words: string;
}

function alongComponents(
  { label, rows, columns }: Projection,
  { scores, shares }: Components,
  a: number,
  b: number,
): Plane {
  const k = shares.length;
  const name = (c: number): string => `component ${c + 1}: ${brief(100 * shares[c])} %`;
  const together = brief(100 * (a === b ? shares[a] : shares[a] + shares[b]));
  return {
    at: i => [scores[i * k + a], scores[i * k + b]],
    names: [name(a), name(b)],
    words: `The ${rows} rows of ${label}, points of ${columns} dimensions, seen along principal components ${a + 1} and ${b + 1}: together they have ${together} % of the variance; what lies across them is not seen.`,
  };
}

function alongColumns({ label, rows, columns, values }: Projection, a: number, b: number, base: number): Plane {
  const rest = columns > 2 ? ` of ${columns}; the others are not seen` : '';
  return {
    at: i => [values[i * columns + a], values[i * columns + b]],
    names: [`column ${a + base}`, `column ${b + base}`],
    words: `The ${rows} rows of ${label} as points, by columns ${a + base} and ${b + base}${rest}.`,
  };
}

/** The part of the plane about points: as wide as high about their middle, or as their two columns need. */
function frameAbout(points: readonly (readonly [number, number])[], square: boolean): Frame {
  const side = (k: 0 | 1): readonly [number, number] => {
    const all = points.map(p => p[k]);
    return [Math.min(...all), Math.max(...all)];
  };
  const sides = [side(0), side(1)];
  const most = Math.max(...sides.map(([low, high]) => high - low)) || 1;
  const [[left, right], [low, high]] = sides.map(([from, to]): readonly [number, number] => {
    const half = 0.54 * ((square ? most : to - from) || most);
    return [(from + to) / 2 - half, (from + to) / 2 + half];
  });
  return { left, right, low, high };
}

function projectionScene(picture: Projection, options: SceneOptions): Scene {
  const { rows, columns } = picture;
  const found = components(picture);
  if (!found) return undrawable('The rows are all equal or not finite: they spread in no direction.');
  // Points of two or three dimensions are seen as they are.
  const order = columns <= 3 ? [AXES.columns, AXES.components] : [AXES.components, AXES.columns];
  const axes = choice(options, { name: 'axes', label: 'Axes', choices: order });
  const byColumns = axes.value === 'columns';
  const k = byColumns ? columns : found.shares.length;
  const axis = (name: string, text: string, value: number) => {
    const of = { min: 1, max: k, step: 1, value: Math.min(value, k) };
    const chosen = range(options, {
      name: `${name} ${axes.value}`,
      label: `${byColumns ? 'Column' : 'Component'} ${text}`,
      ...of,
    });
    return byColumns ? { ...chosen, text: String(chosen.value - 1 + options.base) } : chosen;
  };
  const [first, second] = [axis('across', 'across', 1), axis('up', 'up', 2)];
  const [a, b] = [first.value - 1, second.value - 1];
  const { at, names, words } = byColumns
    ? alongColumns(picture, a, b, options.base)
    : alongComponents(picture, found, a, b);
  const points = Array.from({ length: rows }, (_, i) => at(i));
  // Components have one scale on both axes, so that distances are those of the projection.
  const frame = frameAbout(points, !byColumns);
  const labelled = (low: number, high: number) => ticks(low, high, 4).map(x => ({ at: x, text: brief(x) }));
  const marks: Mark[] = chartFrame(
    frame,
    options,
    labelled(frame.left, frame.right),
    labelled(frame.low, frame.high),
    frame.low,
  );
  if (options.grid) {
    const lines = [
      ...(frame.left < 0 && frame.right > 0 ? [[0, frame.low, 0, frame.high]] : []),
      ...(frame.low < 0 && frame.high > 0 ? [[frame.left, 0, frame.right, 0]] : []),
    ];
    marks.push({ kind: 'path', lines, stroke: 'axis', width: 1 });
  }
  marks.push({
    kind: 'points',
    at: points.flat(),
    radius: rows > 400 ? 2 : 4,
    paint: 'result',
    opacity: rows > 100 ? 0.7 : 1,
  });
  if (options.labels) {
    if (rows <= NUMBERED)
      points.forEach((p, i) => {
        marks.push({
          kind: 'label',
          at: p,
          text: String(i + options.base),
          paint: 'foreground',
          offset: [6, -4],
          anchor: 'start',
          size: 11,
          optional: true,
        });
      });
    const name = { kind: 'label', size: 12, bold: true } as const;
    // Off an axis that lies just above the lower edge.
    const foot = frame.low < 0 && -frame.low < 0.12 * (frame.high - frame.low) ? 0 : frame.low;
    marks.push(
      { ...name, at: [frame.right, foot], text: names[0], paint: 'first', offset: [0, -6], anchor: 'end' },
      { ...name, at: [frame.left, frame.high], text: names[1], paint: 'second', offset: [4, 4], anchor: 'start' },
    );
  }
  return {
    bounds: chartBounds(frame),
    square: !byColumns,
    marks,
    handles: [],
    description: words,
    animated: false,
    controls: byColumns && columns === 2 ? [axes] : [axes, first, second],
  };
}
