import { type ColorScale, legendOf, overallOf } from './color-scale';
import { indexRange } from './controls';
import type { Similarity } from './picture';
import type { TypeOf } from './picture-type';
import { brief, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, outline, tableMarks } from './table-marks';

/** The cosines between the rows of a matrix, and the nearest to a chosen row. */
export const similarity: TypeOf<'similarity'> = {
  title: 'Cosine similarity of rows',
  scene: similarityScene,
  layers: [],
};

/** Cosines of the angles between all pairs of rows, n×n; NaN with a row that is zero or not finite. */
export const cosines = remembered(({ rows, columns, values }: Pick<Similarity, 'rows' | 'columns' | 'values'>) => {
  const unit = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) {
    const row = values.subarray(i * columns, (i + 1) * columns);
    const norm = Math.hypot(...row);
    for (let j = 0; j < columns; j++) unit[i * columns + j] = row[j] / norm;
  }
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let k = 0; k <= i; k++) {
      let dot = 0;
      for (let j = 0; j < columns; j++) dot += unit[i * columns + j] * unit[k * columns + j];
      const cosine = Math.max(-1, Math.min(1, dot));
      out[i * rows + k] = Number.isNaN(dot) ? dot : cosine;
      out[k * rows + i] = out[i * rows + k];
    }
  return out;
});

/** The other rows by their cosine with row `i`, the nearest first. */
export function neighbours(all: Float64Array, n: number, i: number): number[] {
  return Array.from({ length: n }, (_, k) => k)
    .filter(k => k !== i && Number.isFinite(all[i * n + k]))
    .sort((a, b) => all[i * n + b] - all[i * n + a]);
}

const SCALE: ColorScale = { map: 'diverging', low: -1, high: 1 };
const NEAREST = 8;

function similarityScene(picture: Similarity, options: SceneOptions): Scene {
  const { label, rows: n, columns } = picture;
  const all = cosines(picture);
  const chosen = indexRange(options, 'row', 'Row', n);
  const row = chosen.value;
  const named = (k: number): string => `row ${k + options.base}`;
  const near = neighbours(all, n, row);
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const marks: Mark[] = tableMarks({ rows: n, columns: n, values: all }, box, SCALE, options.labels && n <= 8);
  marks.push(
    outline({ x: 0, y: row / n, width: 1, height: 1 / n }, 'first', 2),
    outline({ x: row / n, y: 0, width: 1 / n, height: 1 }, 'first', 2),
  );
  if (options.labels) marks.push(heading(box, `cosines of ${n} rows`));
  // Bars of the nearest rows, about a line that stands for zero.
  const list = near.slice(0, NEAREST);
  // Beside the cosines, or below them.
  const [left, top] = options.narrow ? [0.21, 1.24] : [1.16, 0];
  const [zero, right] = [left + 0.29, left + 0.58];
  const step = 1 / NEAREST;
  if (options.labels)
    marks.push(heading({ x: left, y: top, width: right - left, height: 1 }, `nearest to ${named(row)}`, 'first'));
  marks.push({ kind: 'path', lines: [[zero, top, zero, top + list.length * step]], stroke: 'axis', width: 1 });
  list.forEach((k, at) => {
    const cosine = all[row * n + k];
    const [x, y] = [zero + cosine * (right - zero), top + (at + 0.2) * step];
    marks.push({
      kind: 'path',
      lines: [[zero, y, x, y, x, y + 0.6 * step, zero, y + 0.6 * step]],
      closed: true,
      fill: cosine < 0 ? 'area-flipped' : 'area',
    });
    if (!options.labels) return;
    const side = cosine < 0 ? 1 : -1;
    const label = (x: number, text: string, anchor: 'start' | 'end', bold: boolean): Mark => ({
      kind: 'label',
      at: [x, top + (at + 0.5) * step],
      text,
      paint: bold ? 'foreground' : 'muted',
      offset: [anchor === 'start' ? 5 : -5, 4],
      anchor,
      size: 11,
      bold,
    });
    marks.push(
      label(zero, String(k + options.base), side < 0 ? 'end' : 'start', true),
      label(x, brief(cosine), side < 0 ? 'start' : 'end', false),
    );
  });
  if (near.length === 0 && n > 0 && !Number.isFinite(all[row * n + row]) && all.every(Number.isNaN))
    return undrawable('All rows are zero or not finite: there are no angles.');
  const words = near.slice(0, 3).map(k => `${named(k)} (${brief(all[row * n + k])})`);
  return {
    bounds: { left: -0.04, right: options.narrow ? 1.04 : 1.95, top: -0.14, bottom: top + 1.05 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `Cosines of the angles between the ${n} rows of ${label}, each of ${columns} numbers: 1 is the same direction, 0 a right angle, −1 the opposite.`,
    caption:
      words.length > 0
        ? `Nearest to ${named(row)}: ${words.join(', ')}`
        : `Row ${row + options.base} is zero or not finite: it has no direction`,
    animated: false,
    controls: [chosen],
    legend: legendOf(SCALE, all, overallOf(all)),
  };
}
