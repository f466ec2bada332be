import { legendOf, overallOf, scaleFor, tidyMean } from './color-scale';
import type { Heatmap } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Scene, SceneOptions } from './scene';
import { cellMarks } from './table-marks';

/** Largest side of a matrix that is drawn cell by cell. */
export const HEATMAP_SIDE = 64;
/** Sides up to which the numbers stand in the cells. */
const LABELLED = 12;

/** The entries as colours, and as numbers where there is room. */
export const heatmap: TypeOf<'heatmap'> = {
  title: 'Heatmap',
  scene: heatmapScene,
  layers: [],
  parts: picture => [
    {
      role: 'entries',
      operand: picture.operand,
      columns: picture.columns,
      values: picture.operand === undefined ? [] : Array.from(picture.values),
      with: values => ({ ...picture, values: Float64Array.from(values) }),
    },
  ],
  results: ({ operand, values }) => (operand === undefined ? [] : [Array.from(values)]),
};

function heatmapScene(picture: Heatmap, options: SceneOptions): Scene {
  const { rows, columns, values } = picture;
  const overall = overallOf(values);
  const scale = scaleFor(values, overall);
  const labelled = options.labels && rows <= LABELLED && columns <= LABELLED;
  // Numbers need wide cells, images square ones.
  const square = !labelled && rows <= 4 * columns && columns <= 4 * rows;
  const legend = legendOf(scale, values, overall);
  return {
    bounds: { left: 0, right: columns, bottom: rows, top: 0 },
    square,
    crowded: square ? true : undefined,
    marks: cellMarks(picture, { x: 0, y: 0, width: columns, height: rows }, scale, labelled),
    handles: [],
    description: Number.isNaN(overall.low)
      ? `${rows}×${columns} heatmap: no finite entries.`
      : `${rows}×${columns} heatmap: from ${brief(overall.low)} to ${brief(overall.high)}, mean ${brief(tidyMean(overall))}${legend.notes.length > 0 ? `; ${legend.notes.map(n => n.text).join(', ')}` : ''}.`,
    animated: false,
    legend,
  };
}
