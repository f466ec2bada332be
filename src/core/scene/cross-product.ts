import { groundOf, stem, type Vector } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { brief, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { tellingOrbit } from './telling-orbit';
import { NOT_FINITE, named, originOf, plus, tipHandle } from './vector-marks';

/** a × b upright on the parallelogram of a and b, as long as that is large; in the plane the signed area alone. */
export const crossProduct: TypeOf<'cross-product'> = {
  title: 'Cross product as area',
  scene: crossProductScene,
  layers: ['grid'],
  rest: ({ a, b }) => {
    const cross = crossOf(a.components, b.components);
    return tellingOrbit([a.components, b.components, cross], [cross]);
  },
  parts: picture => [
    vectorPart('a', picture.a, a => ({ ...picture, a })),
    vectorPart('b', picture.b, b => ({ ...picture, b })),
  ],
  results: ({ a, b }) => [crossOf(a.components, b.components)],
};

/** The vector a × b of space; of the plane its one component, the signed area. */
export const crossOf = (a: Vector, b: Vector): Vector =>
  a.length < 3
    ? [a[0] * b[1] - a[1] * b[0]]
    : [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

function crossProductScene(picture: PictureOf<'cross-product'>, options: SceneOptions): Scene {
  const a = picture.a.components;
  const b = picture.b.components;
  if (!isDrawable(a, b)) return undrawable(NOT_FINITE);
  const cross = crossOf(a, b);
  const inSpace = a.length === 3;
  const area = inSpace ? Math.hypot(...cross) : cross[0];
  const ground = groundOf(inSpace ? [a, b, plus(a, b), cross] : [a, b, plus(a, b)], options);
  const origin = originOf(a);
  const { at } = ground;
  const ring = [origin, a, plus(a, b), b].flatMap(v => [...at(v)]);
  const paint = !inSpace && area < 0 ? 'area-flipped' : 'area';
  const areaLabel: Mark = {
    kind: 'label',
    at: at(plus(plus(origin, a, 0.5), b, 0.5)),
    text: `area ${brief(area)}`,
    paint: 'foreground',
    offset: [0, 4],
    anchor: 'middle',
    size: 12,
  };
  const name = `${picture.a.label} × ${picture.b.label}`;
  const grown = plus(origin, cross, options.time);
  const turn = area > 0 ? 'counter-clockwise' : 'clockwise';
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      { kind: 'path', lines: [ring], closed: true, fill: paint, opacity: 0.28 },
      { kind: 'path', lines: [ring], closed: true, stroke: paint, width: 1.5 },
      ...(inSpace ? [a, b].flatMap(v => stem(ground, v)) : []),
      ...named(ground, origin, a, `${picture.a.label} ${pair(a)}`, 'first', options),
      ...named(ground, origin, b, `${picture.b.label} ${pair(b)}`, 'second', options),
      ...(inSpace && area > 0 ? named(ground, origin, grown, `${name} ${pair(grown)}`, 'result', options) : []),
      ...(options.labels ? [areaLabel] : []),
    ],
    handles: [...tipHandle(ground, picture.a, 'a', 'first'), ...tipHandle(ground, picture.b, 'b', 'second')],
    description:
      area === 0
        ? `${picture.a.label} ${pair(a)} and ${picture.b.label} ${pair(b)} lie on one line: ${name} is zero.`
        : inSpace
          ? `${name} = ${pair(cross)} stands at right angles to both; its length ${brief(area)} is the area of their parallelogram.`
          : `${name} = ${brief(area)} is the signed area of the parallelogram: ${picture.b.label} lies ${turn} of ${picture.a.label}.`,
    animated: inSpace && area > 0,
  };
}
