import { legendOf, overallOf, scaleFor } from './color-scale';
import { choice, indexRange } from './controls';
import { asSubject } from './naming';
import type { Multiples } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { heading, tableMarks } from './table-marks';

/** Slices of an array side by side, all in the same colours. */
export const multiples: TypeOf<'multiples'> = { title: 'Slices side by side', scene: multiplesScene, layers: [] };

/** Most slices that are drawn. */
const SHOWN = 16;

function multiplesScene({ label, shape, values }: Multiples, options: SceneOptions): Scene {
  const axis = choice(options, {
    name: 'axis',
    label: 'One for each index of',
    choices: shape.map((n, k) => ({ value: String(k), label: `axis ${k + options.base} (${n})` })),
  });
  const fixed = Number(axis.value);
  const [down, across] = [0, 1, 2].filter(k => k !== fixed);
  const [rows, columns, count] = [shape[down], shape[across], shape[fixed]];
  const first = indexRange(options, 'first', 'From index', count - SHOWN + 1);
  const strides = [shape[1] * shape[2], shape[2], 1];
  const overall = overallOf(values);
  const scale = scaleFor(values, overall);
  const shown = Math.min(count, SHOWN);
  const wide = Math.min(Math.max(columns / rows, 0.4), 2.5);
  const perRow = Math.max(1, Math.min(shown, Math.round(Math.sqrt((shown * 1.35) / wide))));
  const pitch = options.narrow ? 1.4 : 1.24;
  const marks: Mark[] = [];
  for (let k = 0; k < shown; k++) {
    const index = first.value + k;
    const slice = new Float64Array(rows * columns);
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        slice[i * columns + j] = values[index * strides[fixed] + i * strides[down] + j * strides[across]];
    const box = { x: (k % perRow) * (wide + 0.12), y: Math.floor(k / perRow) * pitch, width: wide, height: 1 };
    marks.push(
      ...tableMarks({ rows, columns, values: slice }, box, scale, options.labels && Math.max(rows, columns) <= 4),
    );
    if (options.labels) marks.push(heading(box, String(index + options.base), 'muted'));
  }
  const lines = Math.ceil(shown / perRow);
  const last = first.value + shown - 1;
  return {
    bounds: { left: -0.05, right: perRow * (wide + 0.12) - 0.07, top: -0.2, bottom: lines * pitch - 0.18 },
    square: true,
    crowded: true,
    marks,
    handles: [],
    description: `${asSubject(label)} is ${shape.join('×')}: ${rows}×${columns} slices ${first.value + options.base} to ${last + options.base} of ${count} along axis ${fixed + options.base}, in the same colours, from ${brief(overall.low)} to ${brief(overall.high)}.`,
    animated: false,
    controls: [axis, ...(count > SHOWN ? [first] : [])],
    legend: legendOf(scale, values, overall),
  };
}
