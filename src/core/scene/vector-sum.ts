import { groundOf, stem } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { arrow, isDrawable, pair, undrawable } from './plane';
import type { Scene, SceneOptions } from './scene';
import { tellingOrbit } from './telling-orbit';
import { NOT_FINITE, named, originOf, plus, tipHandle } from './vector-marks';

/** Addition tip to tail: b moves to the tip of a. */
export const vectorSum: TypeOf<'vector-sum'> = {
  title: 'Sum, tip to tail',
  scene: vectorSumScene,
  layers: ['grid'],
  rest: ({ a, b }) => tellingOrbit([a.components, b.components, plus(a.components, b.components)], []),
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => [plus(a.components, b.components)],
};

function vectorSumScene(picture: PictureOf<'vector-sum'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const sum = plus(a, b);
  const origin = originOf(a);
  const tail = plus(origin, a, options.time);
  const ground = groundOf([a, b, sum], options);
  const { at } = ground;
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...[a, b, sum].flatMap(v => stem(ground, v)),
      {
        kind: 'path',
        lines: [
          [...at(a), ...at(sum)],
          [...at(b), ...at(sum)],
        ],
        stroke: 'muted',
        width: 1,
        dash: [4, 4],
      },
      ...named(ground, origin, a, `${picture.a.label} ${pair(a)}`, 'first', options),
      arrow(at(tail), at(plus(tail, b)), 'second', 3),
      { kind: 'arrow', from: at(origin), to: at(b), paint: 'second', width: 1.5, dash: [4, 3], opacity: 0.7 },
      ...named(ground, origin, b, `${picture.b.label} ${pair(b)}`, 'second', options).slice(1),
      ...(options.time >= 1 ? named(ground, origin, sum, `sum ${pair(sum)}`, 'result', options) : []),
    ],
    handles: [...tipHandle(ground, picture.a, 'a', 'first'), ...tipHandle(ground, picture.b, 'b', 'second')],
    description: `${picture.a.label} ${pair(a)} and then ${picture.b.label} ${pair(b)} lead to ${pair(sum)}.`,
    animated: true,
  };
}
