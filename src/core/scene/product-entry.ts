import { matrix, multiply } from '../linalg/index';
import { legendOf, overallOf } from './color-scale';
import { choice, indexRange } from './controls';
import type { DataTable, ProductEntry } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import { remembered } from './remembered';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, outline, sharedScale, tableMarks } from './table-marks';

/** A product too large to be animated: any one entry, where its row meets its column. */
export const productEntry: TypeOf<'product-entry'> = {
  title: 'Product, entry by entry',
  scene: productEntryScene,
  layers: [],
};

const productOf = remembered(
  ({ a, b }: ProductEntry): Float64Array =>
    multiply(matrix(a.rows, a.columns, a.values), matrix(b.rows, b.columns, b.values)).re,
);

const SEEN = [
  { value: 'whole', label: 'All entries, as colours' },
  { value: 'near', label: 'Numbers about the entry' },
] as const;

/** Rows, columns and terms that are seen as numbers. */
const NEAR = 5;

const indices = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k);

/** Up to five neighbours of `k`, itself among them. */
const about = (k: number, count: number): number[] =>
  indices(Math.max(0, Math.min(k - (NEAR >> 1), count - NEAR)), Math.min(NEAR, count));

/** The table of some rows and columns of another. */
const part = (
  { columns, values }: Pick<DataTable, 'columns' | 'values'>,
  rows: readonly number[],
  across: readonly number[],
): Pick<DataTable, 'rows' | 'columns' | 'values'> => ({
  rows: rows.length,
  columns: across.length,
  values: Float64Array.from(rows.flatMap(r => across.map(c => values[r * columns + c]))),
});

function productEntryScene(picture: ProductEntry, options: SceneOptions): Scene {
  const { a, b } = picture;
  const row = indexRange(options, 'row', 'Row', a.rows);
  const column = indexRange(options, 'column', 'Column', b.columns);
  const [i, j, inner] = [row.value, column.value, a.columns];
  const values = productOf(picture);
  const result = { rows: a.rows, columns: b.columns, values };
  const terms = Array.from({ length: inner }, (_, p) => a.values[i * inner + p] * b.values[p * b.columns + j]);
  const order = terms.map((_, p) => p).sort((p, q) => Math.abs(terms[q]) - Math.abs(terms[p]));
  const seen = choice(options, { name: 'see', label: 'See', choices: SEEN });
  const near = seen.value === 'near';
  const rows = near ? about(i, a.rows) : indices(0, a.rows);
  const columns = near ? about(j, b.columns) : indices(0, b.columns);
  // Of many terms those that count most.
  const middle = near ? order.slice(0, NEAR).sort((p, q) => p - q) : indices(0, inner);
  // Sides in proportion, within limits.
  const side = (n: number): number => (near ? 1 : 0.6 + 0.8 * (n / Math.max(a.rows, inner, b.columns)));
  const [h, k, w] = [side(a.rows), side(inner), side(b.columns)];
  const gap = 0.22;
  const [left, top] = [k + gap, k + gap];
  const boxA = { x: 0, y: top, width: k, height: h };
  const boxB = { x: left, y: 0, width: w, height: k };
  const boxC = { x: left, y: top, width: w, height: h };
  const scale = sharedScale([result]);
  const atRow = { y: top + (rows.indexOf(i) * h) / rows.length, height: h / rows.length };
  const atColumn = { x: left + (columns.indexOf(j) * w) / columns.length, width: w / columns.length };
  const marks: Mark[] = [
    ...tableMarks(part(a, rows, middle), boxA, sharedScale([a]), near),
    ...tableMarks(part(b, middle, columns), boxB, sharedScale([b]), near),
    ...tableMarks(part(result, rows, columns), boxC, scale, near),
    outline({ ...boxA, ...atRow }, 'first'),
    outline({ ...boxB, ...atColumn }, 'second'),
    outline({ ...atRow, ...atColumn }, 'result'),
  ];
  if (options.labels)
    marks.push(
      heading(boxA, `${a.label} ${a.rows}×${inner}`, 'first', 'under'),
      heading(boxB, `${b.label} ${inner}×${b.columns}`, 'second'),
      heading(boxC, `${a.rows}×${b.columns}`, 'result', 'under'),
    );
  const largest = order.slice(0, 3).map(p => `${brief(a.values[i * inner + p])}·${brief(b.values[p * b.columns + j])}`);
  return {
    bounds: { left: -0.05, right: left + w + 0.05, top: -0.16, bottom: top + h + 0.14 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${a.label} (${a.rows}×${inner}) times ${b.label} (${inner}×${b.columns}): each entry stands where its row of ${a.label} meets its column of ${b.label}.${near ? ` Seen are ${rows.length} rows, ${columns.length} columns and the ${middle.length} terms that count most.` : ''}`,
    caption: `Row ${i + options.base} · column ${j + options.base} = ${Number(values[i * b.columns + j].toPrecision(6))}, a sum of ${inner} products; the largest: ${largest.join(', ')}`,
    animated: false,
    controls: [row, column, seen],
    legend: legendOf(scale, values, overallOf(values)),
  };
}
