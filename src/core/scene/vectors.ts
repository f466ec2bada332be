import { groundOf, stem } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { brief, isDrawable, pair, undrawable } from './plane';
import type { Paint, Scene, SceneOptions } from './scene';
import { NOT_FINITE, named, originOf, tipHandle } from './vector-marks';

/** Vectors of the plane or of space from the origin. */
export const vectors: TypeOf<'vectors'> = {
  title: 'Vectors',
  scene: vectorsScene,
  layers: ['grid'],
  parts: picture =>
    picture.vectors.map((vector, k) =>
      vectorPart(`vector:${k}`, vector, moved => ({
        ...picture,
        vectors: picture.vectors.map((v, at) => (at === k ? moved : v)),
      })),
    ),
  results: picture => [picture.vectors.flatMap(v => [...v.components])],
};

const PAINTS: readonly Paint[] = ['first', 'second', 'result'];

function vectorsScene({ vectors: all }: PictureOf<'vectors'>, options: SceneOptions): Scene {
  const components = all.map(v => v.components);
  if (!isDrawable(...components)) return undrawable(NOT_FINITE);
  const ground = groundOf(components, options);
  const description = all.map(
    v => `${v.label ? `${v.label} = ` : ''}${pair(v.components)}, length ${brief(Math.hypot(...v.components))}`,
  );
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...components.flatMap(v => stem(ground, v)),
      ...all.flatMap(({ label, components: v }, k) =>
        named(ground, originOf(v), v, `${label} ${pair(v)}`.trim(), PAINTS[k % 3], options),
      ),
    ],
    handles: all.flatMap((v, k) => tipHandle(ground, v, `vector:${k}`, PAINTS[k % 3])),
    description: `${description.join('; ')}.`,
    animated: false,
  };
}
