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
