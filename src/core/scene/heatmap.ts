import type { Heatmap } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

const MAX_CELLS = 256;
/** Sides up to which the numbers stand in the cells. */
const LABELLED = 12;

/** A heatmap of a real matrix; larger ones than 256×256 are averaged in square blocks. */
export function heatmapOf(label: string, rows: number, columns: number, values: Float64Array): Heatmap {
  const block = Math.max(1, Math.ceil(Math.max(rows, columns) / MAX_CELLS));
  const base = { kind: 'heatmap', label, block, wholeRows: rows, wholeColumns: columns } as const;
  if (block === 1) return { ...base, rows, columns, values };
  const m = Math.ceil(rows / block);
  const n = Math.ceil(columns / block);
  const sums = new Float64Array(m * n);
  const counts = new Float64Array(m * n);
  for (let i = 0; i < rows; i++) {
    const row = Math.floor(i / block) * n;
    for (let j = 0; j < columns; j++) {
      const k = row + Math.floor(j / block);
      sums[k] += values[i * columns + j];
      counts[k]++;
    }
  }
  return { ...base, rows: m, columns: n, values: sums.map((s, k) => s / counts[k]) };
}

/** The value that gets the full colour: the largest magnitude, or for many cells the 98th percentile. */
export function fullScale(values: Float64Array): number {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return 1;
  const magnitudes = finite.map(Math.abs).sort();
  const at = finite.length > 64 ? Math.floor(0.98 * (finite.length - 1)) : finite.length - 1;
  return magnitudes[at] || magnitudes[magnitudes.length - 1] || 1;
}

/** The entries as colours about zero, and as numbers where there is room. */
export const heatmap: TypeOf<'heatmap'> = {
  title: 'Heatmap',
  scene: heatmapScene,
  layers: [],
  parts: picture => [
    {
      role: 'entries',
      operand: picture.operand,
      columns: picture.columns,
      values: picture.operand === undefined ? [] : Array.from(picture.values),
      with: values => ({ ...picture, values: Float64Array.from(values) }),
    },
  ],
  results: ({ operand, values }) => (operand === undefined ? [] : [Array.from(values)]),
};

function heatmapScene(picture: Heatmap, options: SceneOptions): Scene {
  const { rows, columns, values } = picture;
  const finite = Array.from(values).filter(Number.isFinite);
  const scale = fullScale(values);
  const marks: Mark[] = [];
  const labelled = options.labels && rows <= LABELLED && columns <= LABELLED;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const x = values[i * columns + j];
      const level = Number.isNaN(x) ? Number.NaN : Math.max(-1, Math.min(1, x / scale));
      const mark = Number.isNaN(x) ? '?' : x > scale ? '+' : x < -scale ? '-' : undefined;
      marks.push({
        kind: 'cell',
        x: j,
        y: i,
        width: 1,
        height: 1,
        fill: { kind: 'heat', level },
        ...(mark && (labelled || mark === '?') ? { mark } : {}),
      });
      if (labelled && !Number.isNaN(x))
        marks.push({
          kind: 'label',
          at: [j + 0.5, i + 0.5],
          text: brief(x),
          paint: 'foreground',
          offset: [0, 4],
          anchor: 'middle',
          size: 11,
          inCell: true,
        });
    }
  }
  return {
    bounds: { left: 0, right: columns, bottom: rows, top: 0 },
    square: false,
    marks,
    handles: [],
    description: describe(picture, finite),
    animated: false,
  };
}

function describe(p: Heatmap, finite: readonly number[]): string {
  const size = `${p.wholeRows}×${p.wholeColumns} heatmap`;
  const blocks = p.block > 1 ? `, each cell the mean of ${p.block}×${p.block} entries` : '';
  if (finite.length === 0) return `${size}${blocks}: no finite entries.`;
  let low = finite[0];
  let high = finite[0];
  let sum = 0;
  for (const x of finite) {
    low = Math.min(low, x);
    high = Math.max(high, x);
    sum += x;
  }
  const bad = p.values.length - finite.length;
  return `${size}${blocks}: from ${brief(low)} to ${brief(high)}, mean ${brief(sum / finite.length)}${bad > 0 ? `, ${bad} not finite` : ''}.`;
}
