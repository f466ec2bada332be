import { groundOf } from './ground';
import { columnHandles, mapMarks } from './map-marks';
import { describeMap } from './map-words';
import type { PictureOf, Vector2 } from './picture';
import { matrixPart, type TypeOf, vectorPart } from './picture-type';
import { apply, around, between, brief, isDrawable, pair, undrawable } from './plane';
import type { Scene, SceneOptions } from './scene';
import { NOT_FINITE, named, productText, tipHandle } from './vector-marks';

/** x and Wx over the deformed grid. */
export const matrixVector: TypeOf<'matrix-vector'> = {
  title: 'Matrix times vector',
  scene: matrixVectorScene,
  layers: ['grid'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
    vectorPart('vector', picture.vector, vector => ({ ...picture, vector })),
  ],
  results: ({ matrix, vector: { components } }) => [apply(matrix.entries, [components[0], components[1]])],
};

function matrixVectorScene({ matrix, vector }: PictureOf<'matrix-vector'>, options: SceneOptions): Scene {
  const m = matrix.entries;
  const x: Vector2 = [vector.components[0], vector.components[1]];
  if (!isDrawable(m, x)) return undrawable(NOT_FINITE);
  const image = apply(m, x);
  const now = apply(between(m, options.time), x);
  const bounds = around([x, image, [m[0], m[2]], [m[1], m[3]], [m[0] + m[1], m[2] + m[3]]], 1);
  const ground = groundOf([x], options);
  const handle = tipHandle(ground, vector, 'vector', 'foreground');
  return {
    bounds,
    square: true,
    marks: [
      ...mapMarks(matrix, options, bounds, true),
      ...named(ground, [0, 0], x, `${vector.label} ${pair(x)}`, 'foreground', options, 2.5),
      ...named(ground, [0, 0], now, `${productText(matrix.label, vector.label)} ${pair(now)}`, 'result', options, 3.5),
    ],
    handles: options.time >= 1 ? [...columnHandles(matrix), ...handle] : handle,
    description: `${matrix.label} takes ${vector.label} ${pair(x)} to ${pair(image)}, ${brief(Math.hypot(...image) / (Math.hypot(...x) || 1))} times as long. ${describeMap(m)}`,
    animated: true,
  };
}
