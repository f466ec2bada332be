import { bar, chartBounds, chartFrame, ticks } from './chart';
import { overallOf } from './color-scale';
import { choice } from './controls';
import type { SideNorms } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** The lengths of the rows or columns of a matrix. */
export const sideNorms: TypeOf<'side-norms'> = {
  title: 'Row and column norms',
  scene: sideNormsScene,
  layers: ['grid'],
};

/** Euclidean norms of all rows and columns. */
export function sideNormsOf(label: string, rows: number, columns: number, values: Float64Array): SideNorms {
  const [ofRows, ofColumns] = [new Float64Array(rows), new Float64Array(columns)];
  const { low, high } = overallOf(values);
  const top = Math.max(-low, high);
  if (top > 1e150 || top < 1e-150) {
    // `hypot` takes its time, and neither overflows nor vanishes.
    for (let i = 0, k = 0; i < rows; i++)
      for (let j = 0; j < columns; j++, k++) {
        ofRows[i] = Math.hypot(ofRows[i], values[k]);
        ofColumns[j] = Math.hypot(ofColumns[j], values[k]);
      }
    return { kind: 'side-norms', label, ofRows, ofColumns };
  }
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, k++) {
      const square = values[k] * values[k];
      ofRows[i] += square;
      ofColumns[j] += square;
    }
  return { kind: 'side-norms', label, ofRows: ofRows.map(Math.sqrt), ofColumns: ofColumns.map(Math.sqrt) };
}

function sideNormsScene(p: SideNorms, options: SceneOptions): Scene {
  const side = choice(options, {
    name: 'side',
    label: 'Norms of',
    choices: [
      { value: 'rows', label: 'rows' },
      { value: 'columns', label: 'columns' },
    ],
  });
  const norms = side.value === 'rows' ? p.ofRows : p.ofColumns;
  const n = norms.length;
  const high = norms.reduce((a, b) => (Number.isFinite(b) ? Math.max(a, b) : a), 0) || 1;
  const frame = { left: -0.5, right: n - 0.5, low: 0, high };
  const across = ticks(0, n - 1, 6)
    .filter(Number.isInteger)
    .map(at => ({ at, text: String(at + options.base) }));
  const marks: Mark[] = chartFrame(frame, options, across);
  norms.forEach((x, k) => {
    if (Number.isFinite(x)) marks.push(bar(k, n > 100 ? 0.95 : 0.76, 0, x, 'area'));
  });
  let [least, most] = [0, 0];
  norms.forEach((x, k) => {
    if (x < norms[least]) least = k;
    if (x > norms[most]) most = k;
  });
  const one = side.value === 'rows' ? 'row' : 'column';
  const finite = norms.filter(Number.isFinite).length;
  return {
    bounds: chartBounds(frame),
    square: false,
    marks,
    handles: [],
    description: `Euclidean norms of the ${n} ${side.value} of ${p.label}: the longest is ${one} ${most + options.base} with ${brief(norms[most])}, the shortest ${one} ${least + options.base} with ${brief(norms[least])} (counted from ${options.base})${finite < n ? `; ${n - finite} not finite` : ''}.`,
    animated: false,
    controls: [side],
  };
}
