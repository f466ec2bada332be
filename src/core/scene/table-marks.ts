import { type ColorScale, cellMark, codesOf, overallOf, paintFor, scaleFor } from './color-scale';
import type { DataTable } from './picture';
import { brief } from './plane';
import { thinned } from './raster';
import { remembered } from './remembered';
import type { Mark, Paint } from './scene';

/** Where a table lies: its upper left corner and its size, y down. */
export interface TableBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Most cells along a side of a table among others. */
const CELLS = 128;

const scaleOf = remembered((values: Float64Array): ColorScale => scaleFor(values));

/** The scale that several tables share. */
export function sharedScale(tables: readonly { readonly values: Float64Array }[]): ColorScale {
  if (tables.length === 1) return scaleOf(tables[0].values);
  const all = new Float64Array(tables.reduce((n, t) => n + t.values.length, 0));
  let at = 0;
  for (const { values } of tables) {
    all.set(values, at);
    at += values.length;
  }
  return scaleFor(all, overallOf(all));
}

type Numbers = Pick<DataTable, 'rows' | 'columns' | 'values'>;

/** A table as heat colours within a box, with its numbers where `numbers` is set, and a thin outline. */
export const tableMarks = (table: Numbers, box: TableBox, scale: ColorScale, numbers = false): Mark[] => [
  ...cellMarks(table, box, scale, numbers),
  outline(box, 'muted', 1),
];

/** A table as heat colours within a box, with its numbers where `numbers` is set. */
export const cellMarks = (table: Numbers, box: TableBox, scale: ColorScale, numbers: boolean): readonly Mark[] =>
  numbers ? numberedCells(table, box, scale) : [raster(table, box, scale)];

/** The colours of a table; of a large one those of rows and columns at even distances. */
const raster = ({ rows, columns, values }: Numbers, box: TableBox, scale: ColorScale): Mark =>
  thinned({ kind: 'raster', ...box, rows, columns, codes: codesOf(scale, values), scale }, CELLS);

function numberedCells({ rows, columns, values }: Numbers, box: TableBox, scale: ColorScale): Mark[] {
  const [w, h] = [box.width / columns, box.height / rows];
  const marks: Mark[] = [];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const value = values[i * columns + j];
      const [x, y] = [box.x + j * w, box.y + i * h];
      const mark = cellMark(scale, value);
      marks.push({
        kind: 'cell',
        x,
        y,
        width: w,
        height: h,
        fill: paintFor(scale, value),
        ...(mark ? { mark } : {}),
      });
      if (!mark)
        marks.push({
          kind: 'label',
          at: [x + w / 2, y + h / 2],
          text: brief(value),
          paint: 'foreground',
          offset: [0, 4],
          anchor: 'middle',
          size: 11,
          inCell: [w, h],
        });
    }
  return marks;
}

/** A frame around a box. */
export const outline = ({ x, y, width, height }: TableBox, stroke: Paint, width_ = 2.5): Mark => ({
  kind: 'path',
  lines: [[x, y, x + width, y, x + width, y + height, x, y + height]],
  closed: true,
  stroke,
  width: width_,
});

/** A heading over a box, or under it. */
export const heading = (
  { x, y, width, height }: TableBox,
  text: string,
  paint: Paint = 'foreground',
  side: 'over' | 'under' = 'over',
): Mark => ({
  kind: 'label',
  at: [x + width / 2, side === 'over' ? y : y + height],
  text,
  paint,
  offset: [0, side === 'over' ? -6 : 15],
  anchor: 'middle',
  size: 12,
  bold: side === 'over',
});
