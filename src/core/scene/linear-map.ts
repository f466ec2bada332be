import { choice } from './controls';
import { columnHandles, mapBounds, mapMarks, mapResults } from './map-marks';
import { describeMap } from './map-words';
import type { PictureOf } from './picture';
import { matrixPart, type TypeOf } from './picture-type';
import { between, brief, collapses, determinant, isDrawable, straightTo, undrawable } from './plane';
import type { Moment, Scene, SceneOptions } from './scene';

/** A 2×2 matrix as what it does to the plane: grid, basis, unit square and circle, eigenlines. */
export const linearMap: TypeOf<'linear-map'> = {
  title: 'Linear map',
  scene: linearMapScene,
  layers: ['grid', 'ellipse', 'eigenlines'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
  ],
  results: ({ matrix }) => mapResults(matrix.entries),
};

const PATHS = [
  { value: 'polar', label: 'Turning, without collapse' },
  { value: 'straight', label: 'Straight, entry by entry' },
] as const;

function linearMapScene({ matrix }: PictureOf<'linear-map'>, options: SceneOptions): Scene {
  const m = matrix.entries;
  if (!isDrawable(m)) return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  // A map that flips has no turning path: it must go through a flat plane.
  const turns = determinant(m) > 0;
  const path = choice(options, { name: 'path', label: 'Moves', choices: PATHS });
  const straight = !turns || path.value === 'straight';
  const bounds = mapBounds(m);
  const moments = straight ? flatMoments(collapses(m)) : [];
  return {
    bounds,
    square: true,
    marks: mapMarks(matrix, options, bounds, false, (straight ? straightTo : between)(m, options.time)),
    handles: options.time >= 1 ? columnHandles(matrix) : [],
    description: describeMap(m),
    caption: moments.find(({ time }) => Math.abs(time - options.time) < 0.006)?.label,
    controls: turns ? [path] : [],
    moments,
    animated: true,
  };
}

const flatMoments = (times: readonly number[]): Moment[] =>
  times.map(time => ({ time, label: `Flat at ${brief(100 * time)} %: the determinant passes zero` }));
