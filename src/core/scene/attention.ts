import { type ColorScale, legendOf, overallOf } from './color-scale';
import { indexRange } from './controls';
import type { Attention, DataTable } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, outline, sharedScale, tableMarks } from './table-marks';

/** The stages of attention, with one query's row through all of them. */
export const attention: TypeOf<'attention'> = { title: 'Attention', scene: attentionScene, layers: [] };

const WEIGHTS: ColorScale = { map: 'sequential', low: 0, high: 1 };

function attentionScene(p: Attention, options: SceneOptions): Scene {
  const { queries: n, keys: m, width } = p;
  const row = indexRange(options, 'row', 'Query row', n);
  const i = row.value;
  const table = (values: Float64Array, columns = m, rows = n): DataTable => ({ label: '', rows, columns, values });
  const scaled = p.scores.map(x => x * p.scale);
  const scoreScale = sharedScale([table(scaled), table(p.scores)]);
  const valueScale = sharedScale([table(p.values, width, m), table(p.output, width)]);
  interface Stage {
    readonly name: string;
    readonly table: DataTable;
    readonly scale: ColorScale;
    /** Whether the query's row lies in it. */
    readonly linked: boolean;
  }
  const stages: Stage[] = [
    { name: 'Q Kᵀ', table: table(p.scores), scale: scoreScale, linked: true },
    ...(p.scale === 1 ? [] : [{ name: `× ${brief(p.scale)}`, table: table(scaled), scale: scoreScale, linked: true }]),
    ...(p.masked ? [{ name: 'mask', table: table(p.masked), scale: scoreScale, linked: true }] : []),
    { name: 'softmax', table: table(p.weights), scale: WEIGHTS, linked: true },
    { name: `${p.label}`, table: table(p.values, width, m), scale: valueScale, linked: false },
    { name: 'output', table: table(p.output, width), scale: valueScale, linked: true },
  ];
  // Two lines of stages, or two in a line, so that each is large enough to be read.
  const across = options.narrow ? 2 : Math.ceil(stages.length / 2);
  const step = { x: 1.3, y: options.narrow ? 1.72 : 1.56 };
  const marks: Mark[] = [];
  stages.forEach((stage, k) => {
    const box = { x: (k % across) * step.x, y: Math.floor(k / across) * step.y, width: 1, height: 1 };
    const numbers = options.labels && Math.max(stage.table.rows, stage.table.columns) <= 4;
    marks.push(...tableMarks(stage.table, box, stage.scale, numbers));
    const rows = stage.table.rows;
    if (stage.linked) marks.push(outline({ ...box, y: box.y + i / rows, height: 1 / rows }, 'first', 2.5));
    if (options.labels)
      marks.push(heading(box, stage.name), heading(box, `${rows}×${stage.table.columns}`, 'muted', 'under'));
    if (k > 0 && k % across > 0)
      marks.push({
        kind: 'arrow',
        from: [box.x - 0.24, box.y + 0.5],
        to: [box.x - 0.06, box.y + 0.5],
        paint: 'muted',
        width: 1.5,
      });
  });
  const weights = Array.from(p.weights.subarray(i * m, (i + 1) * m));
  const order = weights.map((_, k) => k).sort((a, b) => weights[b] - weights[a]);
  const words = order.slice(0, 3).map(k => `key ${k + options.base} (${brief(100 * weights[k])} %)`);
  const hidden = p.masked ? p.masked.reduce((count, x) => (x === Number.NEGATIVE_INFINITY ? count + 1 : count), 0) : 0;
  return {
    bounds: {
      left: -0.06,
      right: across * step.x - 0.24,
      top: -0.18,
      bottom: Math.ceil(stages.length / across) * step.y - 0.3,
    },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `Attention of ${n} queries over ${m} keys: scores Q Kᵀ${p.scale === 1 ? '' : `, times ${brief(p.scale)}`}${p.masked ? `, masked${hidden > 0 ? ` at ${hidden} places` : ''}` : ''}, softmax along each row, times ${p.label}. The framed rows belong to query ${i + options.base}.`,
    caption: `Query ${i + options.base} looks at ${words.join(', ')}`,
    animated: false,
    controls: [row],
    legend: legendOf(WEIGHTS, p.weights, overallOf(p.weights)),
  };
}
