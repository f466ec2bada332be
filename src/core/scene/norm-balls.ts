import { choice } from './controls';
import type { PictureOf, Vector2 } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { around, arrow, backdrop, brief, disc, isDrawable, pair, tipLabel, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** A vector of the plane with the balls of the norms 1, 2 and ∞ that it lies on. */
export const normBalls: TypeOf<'norm-balls'> = {
  title: 'Balls of the norms',
  scene: normBallsScene,
  layers: ['grid'],
  parts: picture => [vectorPart('vector', picture.vector, vector => ({ ...picture, vector }))],
  results: ({ vector, order }) => [[normOf(vector.components, order)]],
};

export type NormOrder = PictureOf<'norm-balls'>['order'];

const ORDERS = [
  { value: '2', label: '‖x‖₂, the length' },
  { value: '1', label: '‖x‖₁, sum of the magnitudes' },
  { value: 'inf', label: '‖x‖∞, largest magnitude' },
] as const;

export function normOf(v: readonly number[], order: NormOrder): number {
  switch (order) {
    case '1':
      return v.reduce((sum, x) => sum + Math.abs(x), 0);
    case '2':
      return Math.hypot(...v);
    case 'inf':
      return Math.max(...v.map(Math.abs));
  }
}

/** The points of norm `r` as a ring. */
function ball(order: NormOrder, r: number): number[] {
  switch (order) {
    case '1':
      return [r, 0, 0, r, -r, 0, 0, -r];
    case '2':
      return disc([0, 0], r, 96);
    case 'inf':
      return [r, r, -r, r, -r, -r, r, -r];
  }
}

const PAINTS = { '1': 'area-flipped', '2': 'area', inf: 'ellipse' } as const;

function normBallsScene({ vector, order }: PictureOf<'norm-balls'>, options: SceneOptions): Scene {
  const x: Vector2 = [vector.components[0], vector.components[1]];
  if (!isDrawable(x)) return undrawable('The vector has entries that are not finite: there is nothing to draw.');
  const own = ORDERS.filter(o => o.value === order);
  const chosen = choice(options, {
    name: `norm-${order}`,
    label: 'Norm',
    choices: [...own, ...ORDERS.filter(o => o.value !== order)],
  });
  const reach = Math.max(1, normOf(x, '1'));
  const marks: Mark[] = [backdrop(options.grid, options.labels)];
  for (const { value } of ORDERS) {
    const size = normOf(x, value);
    const main = value === chosen.value;
    const ring = [ball(value, size)];
    if (main) marks.push({ kind: 'path', lines: ring, closed: true, fill: PAINTS[value], opacity: 0.22 });
    marks.push(
      {
        kind: 'path',
        lines: [ball(value, 1)],
        closed: true,
        stroke: PAINTS[value],
        width: 1,
        dash: [3, 3],
        opacity: main ? 1 : 0.5,
      },
      {
        kind: 'path',
        lines: ring,
        closed: true,
        stroke: PAINTS[value],
        width: main ? 2.5 : 1.2,
        opacity: main ? 1 : 0.7,
      },
    );
    if (options.labels)
      marks.push({
        kind: 'label',
        at: value === 'inf' ? [-size, size] : value === '1' ? [0, -size] : [-size * Math.SQRT1_2, -size * Math.SQRT1_2],
        text: `‖${vector.label}‖${{ '1': '₁', '2': '₂', inf: '∞' }[value]} = ${brief(size)}`,
        paint: PAINTS[value],
        offset: [-4, value === 'inf' ? -6 : 14],
        anchor: 'end',
        size: 12,
        bold: main,
      });
  }
  marks.push(arrow([0, 0], x, 'first', 3));
  if (options.labels) marks.push(tipLabel([0, 0], x, `${vector.label} ${pair(x)}`, 'first'));
  return {
    bounds: around([
      [reach, reach],
      [-reach, -reach],
    ]),
    square: true,
    marks,
    handles:
      vector.operand === undefined
        ? []
        : [{ id: 'vector', at: x, paint: 'first', label: `${vector.label}, ${pair(x)}` }],
    description: `${vector.label} ${pair(x)} has the norms ${brief(normOf(x, '1'))} (1), ${brief(normOf(x, '2'))} (2) and ${brief(normOf(x, 'inf'))} (∞): it lies on a diamond, a circle and a square. The unit balls are dashed.`,
    controls: [chosen],
    animated: false,
  };
}
