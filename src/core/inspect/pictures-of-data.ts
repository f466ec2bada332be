import { arrayHeatmapOf } from '../scene/array-heatmap';
import { HEATMAP_SIDE } from '../scene/heatmap';
import type { Picture } from '../scene/picture';
import { sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import type { ValueSubject } from './picture-subject';
import { arrayOf } from './real-numbers';

/** Pictures of many numbers, the most telling first. */
export const PICTURES_OF_DATA: readonly ((subject: ValueSubject) => Picture | undefined)[] = [arrayHeatmap];

export const isTruths = (value: Value): boolean => value.kind === 'array' && value.array.dtype === 'bool';

/** What the cell by cell heatmap does not draw: large, complex, boolean and many-dimensional arrays. */
function arrayHeatmap({ value, real, label }: ValueSubject): Picture | undefined {
  if (real && Math.max(...real.shape) <= HEATMAP_SIDE && !isTruths(value)) return undefined;
  const array = arrayOf(value, real);
  return array && array.shape.length > 0 && sizeOf(array.shape) > 0 ? arrayHeatmapOf(label, array) : undefined;
}
