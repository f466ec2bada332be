import { matrix, svd } from '../linalg/index';
import { groundOf, stem, type Vector } from './ground';
import type { PictureOf, Table } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { brief, isDrawable, pair, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Paint, Scene, SceneOptions } from './scene';
import type { Vector3 } from './space';
import { subspace } from './space-marks';
import { tellingOrbit } from './telling-orbit';
import { inner, NOT_FINITE, named, originOf, plus, tipHandle } from './vector-marks';

/** Least squares as geometry: b, its nearest point in the column space of A, and what is left at right angles to it. */
export const leastSquares: TypeOf<'least-squares'> = {
  title: 'Projection on the column space',
  scene: leastSquaresScene,
  layers: ['grid'],
  // What is left is seen long, and the plane of the columns open.
  rest: ({ matrix, right: { components: b } }) => {
    const p = nearestIn(matrix, b);
    const rest = plus(b, p, -1);
    return tellingOrbit([rest, p], basisOf(matrix).length > 1 ? [rest] : []);
  },
  parts: picture => [vectorPart('b', picture.right, right => ({ ...picture, right }))],
};

/** Orthonormal directions of the column space. */
const basisOf = remembered(({ rows, columns, values }: Table): Vector[] => {
  const f = svd(matrix(rows, columns, Float64Array.from(values)), true);
  if (f.kind !== 'ok') return [];
  const rank = Array.from(f.s).filter(x => x > 1e-12 * f.s[0]).length;
  return Array.from({ length: rank }, (_, k) => Array.from({ length: rows }, (__, i) => f.u.re[i * rows + k]));
});

/** The point of the column space nearest to b. */
export function nearestIn(matrix: Table, b: Vector): Vector {
  return basisOf(matrix).reduce((p, u) => plus(p, u, inner(b, u)), originOf(b));
}

function leastSquaresScene(picture: PictureOf<'least-squares'>, options: SceneOptions): Scene {
  const { matrix: a, right } = picture;
  const b = right.components;
  if (!isDrawable(a.values, b)) return undrawable(NOT_FINITE);
  const columns = Array.from({ length: a.columns }, (_, j) =>
    Array.from({ length: a.rows }, (__, i) => a.values[i * a.columns + j]),
  );
  const basis = basisOf(a);
  const p = nearestIn(a, b);
  const rest = plus(b, p, -1);
  const error = Math.hypot(...rest);
  const ground = groundOf([...columns, b, p], options);
  const { at } = ground;
  const origin = originOf(b);
  const reach = 1.15 * Math.max(...[...columns, b, p].map(v => Math.hypot(...v)));
  const lifted = basis.map((u): Vector3 => [u[0], u[1], u[2] ?? 0]);
  const shrunk = plus(b, rest, -options.time);
  const paints: readonly Paint[] = ['first', 'second'];
  const side: Mark = {
    kind: 'label',
    at: at(plus(p, rest, 0.5)),
    text: `distance ${brief(error)}`,
    paint: 'area-flipped',
    offset: [10, 4],
    anchor: 'start',
    size: 12,
    bold: true,
  };
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...subspace(
        ground,
        lifted,
        (basis.length > 1 ? 0.6 : 1.2) * reach,
        'area',
        options.labels ? 'column space' : '',
        [1, 0],
      ),
      ...columns.flatMap((c, j) =>
        named(ground, origin, c, `${a.label}${'₁₂'[j]} ${pair(c)}`, paints[j], options, 2.5),
      ),
      ...stem(ground, b),
      ...(error > 1e-12 * reach
        ? [
            ...rightAngle(at, p, rest, error),
            {
              kind: 'path',
              lines: [[...at(p), ...at(b)]],
              stroke: 'area-flipped',
              width: 2,
              dash: [5, 4],
            } satisfies Mark,
          ]
        : []),
      ...named(ground, origin, b, `${right.label} ${pair(b)}`, 'foreground', options),
      ...(options.time > 0
        ? named(ground, origin, shrunk, options.time >= 1 ? `nearest ${pair(p)}` : '', 'result', options)
        : []),
      ...(options.labels ? [side] : []),
    ],
    handles: tipHandle(ground, right, 'b', 'foreground'),
    description: `The point of the column space of ${a.label} nearest to ${right.label} ${pair(b)} is ${pair(p)}; what is left, ${pair(rest)}, stands at right angles to every column and is ${brief(error)} long.`,
    animated: error > 1e-12 * reach,
  };
}

/** The small square that says "at right angles", between the residual and the projection. */
function rightAngle(at: (v: Vector) => readonly [number, number], p: Vector, rest: Vector, error: number): Mark[] {
  const length = Math.hypot(...p);
  if (length === 0) return [];
  const size = 0.12 * Math.min(length, error);
  const up = plus(originOf(p), rest, size / error);
  const back = plus(originOf(p), p, -size / length);
  const corners = [plus(p, up), plus(plus(p, up), back), plus(p, back)];
  return [{ kind: 'path', lines: [corners.flatMap(v => [...at(v)])], stroke: 'muted', width: 1 }];
}
