import { asSubject } from './naming';
import type { Sparsity } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

const SIDE = 64;

/** Where the entries that are not zero stand. */
export const sparsity: TypeOf<'sparsity'> = { title: 'Sparsity pattern', scene: sparsityScene, layers: [] };

/** The pattern in at most 64×64 cells, each with the share of its entries that are not zero. */
export function sparsityOf(label: string, rows: number, columns: number, values: Float64Array): Sparsity {
  const [m, n] = [Math.min(rows, SIDE), Math.min(columns, SIDE)];
  const shares = new Float64Array(m * n);
  const sizes = new Float64Array(m * n);
  const cellOf = Int32Array.from({ length: columns }, (_, j) => Math.floor((j * n) / columns));
  let [filled, band] = [0, 0];
  for (let i = 0, k = 0; i < rows; i++) {
    const row = Math.floor((i * m) / rows) * n;
    for (let j = 0; j < columns; j++, k++) {
      const cell = row + cellOf[j];
      sizes[cell]++;
      if (values[k] === 0) continue;
      shares[cell]++;
      filled++;
      if (i - j > band) band = i - j;
      else if (j - i > band) band = j - i;
    }
  }
  for (let cell = 0; cell < shares.length; cell++) shares[cell] /= sizes[cell];
  return { kind: 'sparsity', label, rows, columns, cells: { rows: m, columns: n, shares }, filled, band };
}

function sparsityScene({ label, rows, columns, cells, filled, band }: Sparsity, _options: SceneOptions): Scene {
  const marks: Mark[] = [];
  const [h, w] = [rows / cells.rows, columns / cells.columns];
  for (let i = 0; i < cells.rows; i++)
    for (let j = 0; j < cells.columns; j++) {
      const share = cells.shares[i * cells.columns + j];
      if (share > 0)
        marks.push({
          kind: 'path',
          lines: [[j * w, i * h, (j + 1) * w, i * h, (j + 1) * w, (i + 1) * h, j * w, (i + 1) * h]],
          closed: true,
          fill: 'area',
          opacity: 0.35 + 0.65 * share,
        });
    }
  marks.push({ kind: 'path', lines: [[0, 0, columns, 0, columns, rows, 0, rows]], closed: true, stroke: 'muted' });
  const square = rows <= 4 * columns && columns <= 4 * rows;
  const share = (100 * filled) / (rows * columns);
  const shape =
    band === 0
      ? ', all on the diagonal'
      : band < Math.max(rows, columns) / 4
        ? `, all within ${band} of the diagonal`
        : '';
  return {
    bounds: { left: 0, right: columns, bottom: rows, top: 0 },
    square,
    crowded: square ? true : undefined,
    marks,
    handles: [],
    description: `${asSubject(label)} is ${rows}×${columns} with ${filled.toLocaleString('en-US')} entries that are not zero (${brief(share)} %)${filled > 0 ? shape : ''}.${h > 1 || w > 1 ? ' The darker a cell, the more of its entries are not zero.' : ''}`,
    animated: false,
  };
}
