import { groundOf } from './ground';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { arrow, brief, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';
import { NOT_FINITE, named, originOf, plus, productText, tipHandle } from './vector-marks';

/** c v beside v, on one line. */
export const scalarMultiple: TypeOf<'scalar-multiple'> = {
  title: 'Scalar multiple',
  scene: scalarMultipleScene,
  layers: ['grid'],
  parts: picture => [vectorPart('vector', picture.vector, vector => ({ ...picture, vector }))],
  results: ({ scalar, vector }) => [vector.components.map(x => scalar * x)],
};

function scalarMultipleScene(picture: PictureOf<'scalar-multiple'>, options: SceneOptions): Scene {
  const v = picture.vector.components;
  if (!isDrawable(v, [picture.scalar])) return undrawable(NOT_FINITE);
  const origin = originOf(v);
  const now = plus(origin, v, 1 + (picture.scalar - 1) * options.time);
  const final = plus(origin, v, picture.scalar);
  const ground = groundOf([v, final], options);
  const { at } = ground;
  const { bounds, turnable } = ground.frame;
  const n = Math.hypot(...v) || 1;
  // In the plane the line goes on; in space it would leave the picture of the axes.
  const far = turnable ? bounds.right : 3 * Math.max(bounds.right - bounds.left, bounds.top - bounds.bottom);
  const label: Mark = {
    kind: 'label',
    at: at(v),
    text: `${picture.vector.label} ${pair(v)}`,
    paint: 'first',
    offset: [8, 16],
    anchor: 'start',
    size: 13,
    bold: true,
  };
  const direction = picture.scalar < 0 ? 'the opposite direction' : 'the same direction';
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      {
        kind: 'path',
        lines: [[...at(plus(origin, v, -far / n)), ...at(plus(origin, v, far / n))]],
        stroke: 'muted',
        width: 1,
        dash: [4, 4],
      },
      ...named(
        ground,
        origin,
        now,
        `${productText(picture.scalarLabel, picture.vector.label)} ${pair(now)}`,
        'result',
        options,
        4,
      ),
      arrow(at(origin), at(v), 'first', 2.5),
      ...(options.labels ? [label] : []),
    ],
    handles: tipHandle(ground, picture.vector, 'vector', 'first'),
    description: `${picture.vector.label} ${pair(v)} times ${brief(picture.scalar)} is ${pair(final)}: ${direction}, ${brief(Math.abs(picture.scalar))} times as long.`,
    animated: true,
  };
}
