import { groundOf, type Vector } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { arrow, brief, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { tellingOrbit } from './telling-orbit';
import { NOT_FINITE, named, originOf, plus, tipHandle } from './vector-marks';

/** The difference a − b leads from the tip of b to the tip of a; its length is their distance. */
export const vectorDifference: TypeOf<'vector-difference'> = {
  title: 'Difference and distance',
  scene: vectorDifferenceScene,
  layers: ['grid'],
  rest: ({ a, b }) => tellingOrbit([a.components, b.components, plus(a.components, b.components, -1)], []),
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => {
    const difference = plus(a.components, b.components, -1);
    return [difference, [Math.hypot(...difference)]];
  },
};

function vectorDifferenceScene(picture: PictureOf<'vector-difference'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const difference = plus(a, b, -1);
  const distance = distanceText(difference);
  const ground = groundOf([a, b, difference], options);
  const origin = originOf(a);
  const { at } = ground;
  const between: Mark = {
    kind: 'label',
    at: at(plus(b, difference, 0.5)),
    text: distance,
    paint: 'result',
    offset: [10, 14],
    anchor: 'start',
    size: 12,
    bold: true,
  };
  const text = `${picture.a.label} − ${picture.b.label} ${pair(difference)}`;
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...named(ground, origin, a, `${picture.a.label} ${pair(a)}`, 'first', options),
      ...named(ground, origin, b, `${picture.b.label} ${pair(b)}`, 'second', options),
      arrow(at(b), at(a), 'result', 3),
      arrow(at(origin), at(difference), 'result', 1.5, [4, 3]),
      ...(options.labels ? [between] : []),
      ...named(ground, origin, difference, text, 'result', options).slice(1),
    ],
    handles: [...tipHandle(ground, picture.a, 'a', 'first'), ...tipHandle(ground, picture.b, 'b', 'second')],
    description: `From ${picture.b.label} ${pair(b)} to ${picture.a.label} ${pair(a)} leads ${pair(difference)}; the distance is ${distance}.`,
    animated: false,
  };
}

/** `√8 ≈ 2.83` where the squared length is a whole number that is no square. */
function distanceText(v: Vector): string {
  const squared = v.reduce((sum, x) => sum + x * x, 0);
  const length = Math.sqrt(squared);
  return Number.isSafeInteger(squared) && !Number.isInteger(length) ? `√${squared} ≈ ${brief(length)}` : brief(length);
}
