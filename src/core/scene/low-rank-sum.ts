import { legendOf, overallOf } from './color-scale';
import { range } from './controls';
import type { DataTable, LowRankSum } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, sharedScale, tableMarks } from './table-marks';

/** A matrix to which a product of thin factors is added, term by term. */
export const lowRankSum: TypeOf<'low-rank-sum'> = { title: 'Low-rank update', scene: lowRankSumScene, layers: [] };

/** The first `terms` columns of `b` times the first rows of `a`. */
function partial(b: DataTable, a: DataTable, terms: number): Float64Array {
  const out = new Float64Array(b.rows * a.columns);
  for (let t = 0; t < terms; t++)
    for (let i = 0; i < b.rows; i++) {
      const x = b.values[i * b.columns + t];
      for (let j = 0; j < a.columns; j++) out[i * a.columns + j] += x * a.values[t * a.columns + j];
    }
  return out;
}

const norm = (x: Float64Array): number => Math.hypot(...x);

function lowRankSumScene({ base, tall, wide, result }: LowRankSum, options: SceneOptions): Scene {
  const rank = tall.columns;
  const terms = range(options, { name: 'terms', label: 'Terms', min: 0, max: rank, step: 1, value: rank });
  const k = terms.value;
  const { rows, columns } = base;
  const update: DataTable = { label: '', rows, columns, values: partial(tall, wide, k) };
  const sum: DataTable = { label: result, rows, columns, values: base.values.map((x, i) => x + update.values[i]) };
  const whole: DataTable = { ...update, values: partial(tall, wide, rank) };
  const scale = sharedScale([base, sum]);
  const inner = sharedScale([whole]);
  const factors = sharedScale([tall, wide]);
  const strip = Math.min(0.3, Math.max(0.1, rank / Math.max(rows, columns)));
  const numbers = options.labels && Math.max(rows, columns) <= 4;
  const marks: Mark[] = [];
  const draw = (
    t: DataTable,
    x: number,
    y: number,
    w: number,
    h: number,
    of: typeof scale,
    text: string,
    under = false,
  ): void => {
    const box = { x, y, width: w, height: h };
    marks.push(...tableMarks(t, box, of, numbers));
    if (options.labels) marks.push(heading(box, text, under ? 'muted' : 'foreground', under ? 'under' : 'over'));
  };
  const sign = (x: number, text: string): void => {
    marks.push({
      kind: 'label',
      at: [x, 0.5],
      text,
      paint: 'foreground',
      offset: [0, 6],
      anchor: 'middle',
      size: 18,
      bold: true,
    });
  };
  const left = 1.22 + strip + 0.06;
  draw(base, 0, 0, 1, 1, scale, base.label);
  sign(1.11, '+');
  draw(tall, 1.22, 0, strip, 1, factors, tall.label, true);
  draw(wide, left, -strip - 0.06, 1, strip, factors, wide.label);
  draw(update, left, 0, 1, 1, inner, options.narrow ? `${k} of ${rank}` : `${k} of ${rank} terms`, true);
  sign(left + 1.11, '=');
  draw(sum, left + 1.22, 0, 1, 1, scale, result);
  // The terms that are added are framed in both factors.
  if (k > 0)
    marks.push(
      {
        kind: 'path',
        lines: [[1.22, 0, 1.22 + (strip * k) / rank, 0, 1.22 + (strip * k) / rank, 1, 1.22, 1]],
        closed: true,
        stroke: 'first',
        width: 2.5,
      },
      {
        kind: 'path',
        lines: [
          [
            left,
            -strip - 0.06,
            left + 1,
            -strip - 0.06,
            left + 1,
            -strip - 0.06 + (strip * k) / rank,
            left,
            -strip - 0.06 + (strip * k) / rank,
          ],
        ],
        closed: true,
        stroke: 'first',
        width: 2.5,
      },
    );
  const share = norm(whole.values) / (norm(base.values) || 1);
  const few = rank * (rows + columns);
  return {
    bounds: { left: -0.05, right: left + 2.27, top: -strip - 0.26, bottom: 1.34 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${base.label} (${rows}×${columns}) plus ${tall.label} (${rows}×${rank}) times ${wide.label} (${rank}×${columns}): an update of rank at most ${rank} in ${few.toLocaleString('en-US')} numbers instead of ${(rows * columns).toLocaleString('en-US')}, with ${brief(100 * share)} % of the norm of ${base.label}.`,
    caption: `${k} of ${rank} terms added: the update has norm ${brief(norm(update.values))}`,
    animated: false,
    controls: [terms],
    legend: legendOf(scale, sum.values, overallOf(sum.values)),
  };
}
