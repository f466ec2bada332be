import { columnHandles, mapBounds, mapMarks, mapResults } from './map-marks';
import type { Matrix2, PictureOf, Vector2 } from './picture';
import { matrixPart, type TypeOf } from './picture-type';
import { apply, arrow, brief, determinant, isDrawable, singular, tipLabel, undrawable } from './plane';
import type { Scene, SceneOptions } from './scene';

const product = (a: Matrix2, b: Matrix2): Matrix2 => [
  a[0] * b[0] + a[1] * b[2],
  a[0] * b[1] + a[1] * b[3],
  a[2] * b[0] + a[3] * b[2],
  a[2] * b[1] + a[3] * b[3],
];
const rotation = (angle: number): Matrix2 => {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, -s, s, c];
};
/** An angle in (−π, π]. */
const turn = (angle: number): number => Math.atan2(Math.sin(angle), Math.cos(angle));

/**
 * A = R(u) diag(σ₁, ±σ₂) R(−v) on its way: the first third of the time turns the directions v₁, v₂ onto the axes, the
 * second stretches along the axes (and mirrors, where det A < 0), the third turns the axes onto u₁, u₂.
 */
export function rotateStretchRotate(m: Matrix2, time: number): Matrix2 {
  const { large, small, from, to } = singular(m);
  const [s1, s2, s3] = [0, 1, 2].map(k => Math.max(0, Math.min(1, 3 * time - k)));
  const second = determinant(m) < 0 ? -small : small;
  const v = turn(-Math.atan2(from[1], from[0]));
  const u = turn(Math.atan2(to[1], to[0]));
  const stretch: Matrix2 = [1 + (large - 1) * s2, 0, 0, 1 + (second - 1) * s2];
  return product(rotation(u * s3), product(stretch, rotation(v * s1)));
}

/** A 2×2 matrix as rotate, stretch, rotate: its singular value decomposition. */
export const singularMap: TypeOf<'singular-map'> = {
  title: 'Rotate, stretch, rotate (SVD)',
  scene: singularMapScene,
  layers: ['grid', 'ellipse'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
  ],
  results: ({ matrix }) => mapResults(matrix.entries),
};

function singularMapScene(picture: PictureOf<'singular-map'>, options: SceneOptions): Scene {
  const { matrix } = picture;
  const m = matrix.entries;
  if (!isDrawable(m)) return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const { large, small, from } = singular(m);
  const bounds = mapBounds(m);
  const now = rotateStretchRotate(m, options.time);
  const first = apply(now, from);
  const second = apply(now, [-from[1], from[0]]);
  const degrees = (x: Vector2): string => `${brief((Math.atan2(x[1], x[0]) * 180) / Math.PI)}°`;
  const { to } = singular(m);
  const mirrored = determinant(m) < 0;
  const stages = [
    `turn by ${degrees([from[0], -from[1]])}`,
    `stretch by ${brief(large)} and ${brief(small)}${mirrored ? ', mirrored' : ''}`,
    `turn by ${degrees(to)}`,
  ];
  const stage = Math.min(2, Math.floor(3 * options.time));
  const done = options.time >= 1;
  return {
    bounds,
    square: true,
    marks: [
      ...mapMarks(matrix, { ...options, eigenlines: false, labels: false }, bounds, false, now).filter(
        mark => mark.kind !== 'arrow',
      ),
      arrow([0, 0], first, 'eigen', 3),
      arrow([0, 0], second, 'ellipse', 3),
      ...(options.labels
        ? [
            tipLabel([0, 0], first, done ? `σ₁u₁, ${brief(large)} long` : 'v₁', 'eigen'),
            tipLabel([0, 0], second, done ? `${mirrored ? '−' : ''}σ₂u₂, ${brief(small)} long` : 'v₂', 'ellipse'),
          ]
        : []),
    ],
    handles: done ? columnHandles(matrix) : [],
    description: `${matrix.label} in three moves: ${stages.join(', then ')}.`,
    caption: done ? 'All three moves done' : `${stage + 1} of 3: ${stages[stage]}`,
    moments: [0, 1, 2].map(k => ({ time: (k + 1) / 3, label: stages[k] })),
    animated: true,
  };
}
