import { decoded, isMarked, paintOf } from './color-scale';
import type { Mark } from './scene';

type Raster = Extract<Mark, { kind: 'raster' }>;
type Cell = Extract<Mark, { kind: 'cell' }>;

/** A grid of colours cell by cell, for a back end that draws no images. */
export const cellsOf = (raster: Raster): Cell[] => Array.from(raster.codes, (_, k) => cellAt(raster, k));

/** The cells of a grid of colours that carry a mark. */
export function markedCells(raster: Raster): Cell[] {
  const cells: Cell[] = [];
  for (let k = 0; k < raster.codes.length; k++) if (isMarked(raster.codes[k])) cells.push(cellAt(raster, k));
  return cells;
}

/** A grid of at most `side` rows and columns: of a larger one those at even distances. */
export function thinned(raster: Raster, side: number): Raster {
  if (raster.rows <= side && raster.columns <= side) return raster;
  const [rows, columns] = [Math.min(raster.rows, side), Math.min(raster.columns, side)];
  const near = (k: number, of: number, count: number): number => Math.floor(((k + 0.5) * count) / of);
  const codes = Uint8Array.from({ length: rows * columns }, (_, k) => {
    const row = near(Math.floor(k / columns), rows, raster.rows);
    return raster.codes[row * raster.columns + near(k % columns, columns, raster.columns)];
  });
  return { ...raster, rows, columns, codes };
}

function cellAt({ x, y, width, height, rows, columns, codes, scale }: Raster, k: number): Cell {
  const { level, mark } = decoded(scale, codes[k]);
  return {
    kind: 'cell',
    x: x + ((k % columns) * width) / columns,
    y: y + (Math.floor(k / columns) * height) / rows,
    width: width / columns,
    height: height / rows,
    fill: paintOf(scale, level, mark),
    ...(mark ? { mark } : {}),
  };
}
