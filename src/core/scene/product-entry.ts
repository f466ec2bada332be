import { legendOf, overallOf } from './color-scale';
import { range } from './controls';
import type { ProductEntry } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, outline, sharedScale, tableMarks } from './table-marks';

/** A product too large to be animated: any one entry, where its row meets its column. */
export const productEntry: TypeOf<'product-entry'> = {
  title: 'Product, entry by entry',
  scene: productEntryScene,
  layers: [],
};

function productEntryScene({ a, b }: ProductEntry, options: SceneOptions): Scene {
  const row = range(options, { name: 'row', label: 'Row', min: 0, max: a.rows - 1, step: 1, value: 0 });
  const column = range(options, { name: 'column', label: 'Column', min: 0, max: b.columns - 1, step: 1, value: 0 });
  const [i, j, inner] = [row.value, column.value, a.columns];
  const values = new Float64Array(a.rows * b.columns);
  for (let r = 0; r < a.rows; r++)
    for (let p = 0; p < inner; p++) {
      const x = a.values[r * inner + p];
      for (let c = 0; c < b.columns; c++) values[r * b.columns + c] += x * b.values[p * b.columns + c];
    }
  const result = { rows: a.rows, columns: b.columns, values };
  const terms = Array.from({ length: inner }, (_, p) => a.values[i * inner + p] * b.values[p * b.columns + j]);
  const order = terms.map((_, p) => p).sort((p, q) => Math.abs(terms[q]) - Math.abs(terms[p]));
  // Sides in proportion, within limits.
  const side = (n: number): number => 0.6 + 0.8 * (n / Math.max(a.rows, inner, b.columns));
  const [h, k, w] = [side(a.rows), side(inner), side(b.columns)];
  const gap = 0.22;
  const [left, top] = [k + gap, k + gap];
  const boxA = { x: 0, y: top, width: k, height: h };
  const boxB = { x: left, y: 0, width: w, height: k };
  const boxC = { x: left, y: top, width: w, height: h };
  const scale = sharedScale([result]);
  const marks: Mark[] = [
    ...tableMarks(a, boxA, sharedScale([a])),
    ...tableMarks(b, boxB, sharedScale([b])),
    ...tableMarks(result, boxC, scale),
    outline({ ...boxA, y: top + (i * h) / a.rows, height: h / a.rows }, 'first'),
    outline({ ...boxB, x: left + (j * w) / b.columns, width: w / b.columns }, 'second'),
    outline(
      { x: left + (j * w) / b.columns, y: top + (i * h) / a.rows, width: w / b.columns, height: h / a.rows },
      'result',
    ),
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
    description: `${a.label} (${a.rows}×${inner}) times ${b.label} (${inner}×${b.columns}): each entry stands where its row of ${a.label} meets its column of ${b.label}.`,
    caption: `Row ${i} · column ${j} = ${Number(values[i * b.columns + j].toPrecision(6))}, a sum of ${inner} products; the largest: ${largest.join(', ')}`,
    animated: false,
    controls: [row, column],
    legend: legendOf(scale, values, overallOf(values)),
  };
}
