import { type ColorScale, cellMark, overallOf, paintFor, scaleFor } from './color-scale';
import type { DataTable } from './picture';
import { brief } from './plane';
import { remembered } from './remembered';
import type { Mark, Paint } from './scene';

/** Where a table lies: its upper left corner and its size, y down. */
export interface TableBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Most cells along a side of a table among others; larger tables show every second, third, … row and column. */
const CELLS = 48;

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

/** A table as heat cells within a box, with its numbers where `numbers` is set, and a thin outline. */
export function tableMarks(
  { rows, columns, values }: Pick<DataTable, 'rows' | 'columns' | 'values'>,
  { x, y, width, height }: TableBox,
  scale: ColorScale,
  numbers = false,
): Mark[] {
  const [m, n] = [Math.min(rows, CELLS), Math.min(columns, CELLS)];
  const [h, w] = [height / m, width / n];
  const marks: Mark[] = [];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      const value = values[Math.floor(((i + 0.5) * rows) / m) * columns + Math.floor(((j + 0.5) * columns) / n)];
      const mark = cellMark(scale, value);
      marks.push({
        kind: 'cell',
        x: x + j * w,
        y: y + i * h,
        width: w,
        height: h,
        fill: paintFor(scale, value),
        ...(mark ? { mark } : {}),
      });
      if (numbers && !mark)
        marks.push({
          kind: 'label',
          at: [x + (j + 0.5) * w, y + (i + 0.5) * h],
          text: brief(value),
          paint: 'foreground',
          offset: [0, 4],
          anchor: 'middle',
          size: 10,
          inCell: true,
        });
    }
  marks.push(outline({ x, y, width, height }, 'muted', 1));
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
