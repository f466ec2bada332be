import type { DType } from '../values/dtype';
import { isComplexType } from '../values/dtype';
import { type NDArray, sizeOf } from '../values/ndarray';
import { type Legend, legendOf, type Overall, overallOf, scaleFor, tidyMean } from './color-scale';
import { type Choice, type Control, choice, indexRange } from './controls';
import type { ArrayHeatmap } from './picture';
import type { TypeOf } from './picture-type';
import { brief } from './plane';
import type { Scene, SceneOptions } from './scene';
import { type Aggregate, halvings, type Part, type PlaneChoice, partOf, placePlane, TILE, tileCodes } from './tiles';

const PARTS: readonly (Choice & { readonly value: Part })[] = [
  { value: 'magnitude', label: 'Magnitude' },
  { value: 'phase', label: 'Phase' },
  { value: 'real', label: 'Real part' },
  { value: 'imaginary', label: 'Imaginary part' },
];

const AGGREGATES: readonly (Choice & { readonly value: Aggregate })[] = [
  { value: 'mean', label: 'Mean' },
  { value: 'largest', label: 'Largest magnitude' },
  { value: 'nearest', label: 'One entry' },
];

/** Picture of any array of numbers that is not empty and has an axis. */
export function arrayHeatmapOf(label: string, array: NDArray): ArrayHeatmap {
  const { shape, dtype } = array;
  const kinds: readonly Part[] = isComplexType(dtype) ? PARTS.map(p => p.value) : ['real'];
  const views = kinds.map(part => {
    const values = partOf(array, part);
    const overall = overallOf(values);
    return { part, overall, legend: legendFor(part, dtype, values, overall) };
  });
  const plane = placePlane(shape, firstPlane(shape));
  const whole = { down: halvings(plane.rows), across: halvings(plane.columns), row: 0, column: 0 };
  const overview = tileCodes(partOf(array, kinds[0]), plane, whole, 'mean', views[0].legend);
  return { kind: 'array-heatmap', label, shape, dtype, views, overview, array };
}

function legendFor(part: Part, dtype: DType, values: Float64Array, overall: Overall): Legend {
  if (part === 'phase') return legendOf({ map: 'cyclic', low: -Math.PI, high: Math.PI }, values, overall);
  if (dtype === 'bool') return { map: 'sequential', low: 0, high: 1, notes: [] };
  const scale = scaleFor(values, overall);
  // A magnitude begins at zero.
  return legendOf(part === 'magnitude' && scale.map === 'sequential' ? { ...scale, low: 0 } : scale, values, overall);
}

/** The last two axes, or the first two of an image with its channels last. */
function firstPlane(shape: readonly number[]): PlaneChoice {
  const n = shape.length;
  const at = shape.map(() => 0);
  if (n === 1) return { columns: 0, at };
  const image = n === 3 && shape[2] <= 4 && shape[0] > 4 && shape[1] > 4;
  return image ? { rows: 0, columns: 1, at } : { rows: n - 2, columns: n - 1, at };
}

/** What is seen of an array with these settings, and the controls for it. */
export interface ArrayView {
  readonly plane: PlaneChoice;
  readonly rows: number;
  readonly columns: number;
  readonly part: Part;
  readonly aggregate: Aggregate;
  readonly legend: Legend;
  readonly overall: Overall;
  readonly controls: readonly Control[];
}

export function arrayView({ shape, views }: ArrayHeatmap, options: SceneOptions): ArrayView {
  const controls: Control[] = [];
  let plane = firstPlane(shape);
  if (shape.length > 2) {
    const first = `${plane.rows},${plane.columns}`;
    const pairs = shape.flatMap((_, i) => shape.flatMap((_, j) => (i === j ? [] : [`${i},${j}`])));
    const axes = choice(options, {
      name: 'axes',
      label: 'Axes',
      choices: [first, ...pairs.filter(p => p !== first)].map(value => {
        const [i, j] = value.split(',');
        return { value, label: `${Number(i) + options.base} down, ${Number(j) + options.base} across` };
      }),
    });
    controls.push(axes);
    const [rows, columns] = axes.value.split(',').map(Number);
    const at = shape.map((length, axis) => {
      if (axis === rows || axis === columns || length === 1) return 0;
      const index = indexRange(options, `axis ${axis}`, `Index on axis ${axis + options.base}`, length);
      controls.push(index);
      return index.value;
    });
    plane = { rows, columns, at };
  }
  const part = choice(options, {
    name: 'part',
    label: 'Show',
    choices: PARTS.filter(p => views.some(v => v.part === p.value)),
  });
  if (views.length > 1) controls.push(part);
  const rows = plane.rows === undefined ? 1 : shape[plane.rows];
  const columns = shape[plane.columns];
  const aggregate = choice(options, { name: 'aggregate', label: 'Each pixel', choices: AGGREGATES });
  if (Math.max(rows, columns) > TILE) controls.push(aggregate);
  const view = views.find(v => v.part === part.value) ?? views[0];
  return { ...view, plane, rows, columns, aggregate: aggregate.value, controls };
}

/** Any array as the colours of its planes. */
export const arrayHeatmap: TypeOf<'array-heatmap'> = { title: 'Heatmap', scene: arrayHeatmapScene, layers: [] };

/** The plane in up to 256×256 cells. The panel draws tiles instead. */
function arrayHeatmapScene(picture: ArrayHeatmap, options: SceneOptions): Scene {
  const view = arrayView(picture, options);
  const { array } = picture;
  const { rows, columns, legend } = view;
  const [down, across] = [halvings(rows), halvings(columns)];
  const plane = placePlane(picture.shape, view.plane);
  const asFirst = Object.keys(options.settings).length === 0 || !array;
  const codes = asFirst
    ? picture.overview
    : tileCodes(partOf(array, view.part), plane, { down, across, row: 0, column: 0 }, view.aggregate, legend);
  const drawn = { rows: Math.ceil(rows / 2 ** down), columns: Math.ceil(columns / 2 ** across), codes, scale: legend };
  return {
    bounds: { left: 0, right: columns, bottom: rows, top: 0 },
    square: false,
    marks: [{ kind: 'raster', x: 0, y: 0, width: columns, height: rows, ...drawn }],
    handles: [],
    description: describe(picture, view),
    animated: false,
    controls: view.controls,
    legend,
  };
}

function describe({ label, shape, dtype }: ArrayHeatmap, { overall, legend, part }: ArrayView): string {
  const what = `${shape.join('×')} ${dtype} heatmap of ${label}${part === 'real' ? '' : `, its ${part}`}`;
  if (Number.isNaN(overall.low)) return `${what}: no finite entries.`;
  const spread = `from ${brief(overall.low)} to ${brief(overall.high)}, mean ${brief(tidyMean(overall))}`;
  const notes = legend.notes.length > 0 ? `; ${legend.notes.map(n => n.text).join(', ')}` : '';
  const truths =
    dtype === 'bool'
      ? `${Math.round(overall.mean * sizeOf(shape)).toLocaleString('en-US')} of ${sizeOf(shape).toLocaleString('en-US')} are true`
      : spread;
  return `${what}: ${truths}${notes}.`;
}
