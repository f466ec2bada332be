import { throughOrigin } from './map-marks';
import type { Matrix2, PictureOf, Vector2 } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { apply, backdrop, brief, eigenlines, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** xᵀAx of a symmetric 2×2 matrix by its contours, with the principal axes, and the value at a point where there is one. */
export const quadraticForm: TypeOf<'quadratic-form'> = {
  title: 'Quadratic form',
  scene: quadraticFormScene,
  layers: ['grid', 'eigenlines'],
  parts: picture => {
    const { point } = picture;
    return point ? [vectorPart('vector', point, moved => ({ ...picture, point: moved }))] : [];
  },
  results: ({ matrix, point }) => (point ? [[formAt(matrix.entries, [point.components[0], point.components[1]])]] : []),
};

export function formAt(m: Matrix2, x: Vector2): number {
  const image = apply(m, x);
  return image[0] * x[0] + image[1] * x[1];
}

interface Axis {
  readonly value: number;
  readonly direction: Vector2;
}

/** The principal axes, the larger eigenvalue first; a multiple of the identity has every axis. */
export function principalAxes(m: Matrix2): readonly [Axis, Axis] {
  const lines = eigenlines(m);
  if (lines === 'all' || lines.length < 2)
    return [
      { value: m[0], direction: [1, 0] },
      { value: m[3], direction: [0, 1] },
    ];
  const [{ value, direction }, other] = lines;
  return [
    { value, direction },
    { value: other.value, direction: [-direction[1], direction[0]] },
  ];
}

/** Contours a side of zero. */
const CONTOURS = 5;

/** The curve λ₁u² + λ₂v² = c in coordinates of the axes, as chains of points within `far` of the origin. */
export function contour([a, b]: readonly [number, number], c: number, far: number): Vector2[][] {
  const steps = Array.from({ length: 61 }, (_, k) => k / 60);
  if (a * b > 0) {
    const [p, q] = [Math.sqrt(c / a), Math.sqrt(c / b)];
    if (Number.isNaN(p)) return [];
    return [steps.map((t): Vector2 => [p * Math.cos(2 * Math.PI * t), q * Math.sin(2 * Math.PI * t)])];
  }
  // Two branches across the axis whose eigenvalue has the sign of c.
  if (a * c <= 0 && b * c <= 0) return [];
  const swap = a * c <= 0;
  const [main, side] = swap ? [b, a] : [a, b];
  return [-1, 1].map(sign =>
    steps.map((t): Vector2 => {
      const v = far * (2 * t - 1);
      const u = sign * Math.sqrt((c - side * v * v) / main);
      return swap ? [v, u] : [u, v];
    }),
  );
}

function quadraticFormScene({ matrix, point }: PictureOf<'quadratic-form'>, options: SceneOptions): Scene {
  const m = matrix.entries;
  const x: Vector2 | undefined = point && [point.components[0], point.components[1]];
  if (!isDrawable(m, x ?? []))
    return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const axes = principalAxes(m);
  const [first, second] = axes;
  const values = [first.value, second.value] as const;
  const reach = 1.35 * Math.max(1.5, ...(x ? [Math.hypot(...x)] : []));
  const bounds = { left: -1.3 * reach, right: 1.3 * reach, bottom: -reach, top: reach };
  const strongest = Math.max(Math.abs(values[0]), Math.abs(values[1]));
  const place = ([u, v]: Vector2): number[] => [
    u * first.direction[0] + v * second.direction[0],
    u * first.direction[1] + v * second.direction[1],
  ];
  const marks: Mark[] = [backdrop(options.grid, options.labels)];
  for (let k = -CONTOURS; k <= CONTOURS; k++) {
    if (k === 0) continue;
    const c = Math.sign(k) * strongest * ((1.4 * reach * k) / CONTOURS) ** 2;
    const lines = contour(values, c, 2 * reach);
    if (lines.length === 0) continue;
    const paint = c > 0 ? 'area' : 'area-flipped';
    marks.push({
      kind: 'path',
      lines: lines.map(line => line.flatMap(place)),
      stroke: paint,
      width: 1.3,
      opacity: 0.35 + 0.12 * Math.abs(k),
    });
    // Named on the axis that the curve crosses nearest to the origin.
    const [u, v] = values.map(l => (l * c > 0 ? Math.sqrt(c / l) : Number.POSITIVE_INFINITY));
    const at = place(u <= v ? [u, 0] : [0, v]);
    if (options.labels)
      marks.push({
        kind: 'label',
        at: [at[0], at[1]],
        text: brief(c),
        paint,
        offset: [4, -4],
        anchor: 'start',
        size: 11,
      });
  }
  if (options.eigenlines && strongest > 0)
    for (const { value, direction } of axes)
      marks.push(...throughOrigin(direction, bounds, 'eigen', [7, 4], options.labels ? `λ = ${brief(value)}` : ''));
  const level = x && formAt(m, x);
  if (x && level !== undefined && point) {
    const own = level === 0 ? [] : contour(values, level, 2 * reach);
    marks.push(
      { kind: 'path', lines: own.map(line => line.flatMap(place)), stroke: 'result', width: 2.5 },
      { kind: 'arrow', from: [0, 0], to: x, paint: 'result', width: 3 },
    );
    if (options.labels)
      marks.push({
        kind: 'label',
        at: x,
        text: `${point.label} ${pair(x)}: ${brief(level)}`,
        paint: 'result',
        offset: [10, -8],
        anchor: 'start',
        size: 13,
        bold: true,
      });
  }
  const handle = x && point?.operand !== undefined ? [x] : [];
  return {
    bounds,
    square: true,
    marks,
    handles: handle.map(at => ({ id: 'vector', at, paint: 'result', label: `${point?.label}, ${pair(at)}` })),
    description: `${definiteness(values)} Principal axes ${axes.map(a => `${pair(a.direction)} (λ = ${brief(a.value)})`).join(' and ')}.${level === undefined ? '' : ` At ${point?.label} its value is ${brief(level)}.`}`,
    animated: false,
  };
}

function definiteness([a, b]: readonly [number, number]): string {
  const small = 1e-12 * Math.max(Math.abs(a), Math.abs(b));
  const [p, n] = [[a, b].filter(x => x > small).length, [a, b].filter(x => x < -small).length];
  if (p === 2) return 'Positive definite: a bowl with its lowest point at the origin.';
  if (n === 2) return 'Negative definite: a dome with its highest point at the origin.';
  if (p === 1 && n === 1) return 'Indefinite: a saddle.';
  if (p === 1) return 'Positive semidefinite: a trough.';
  return n === 1 ? 'Negative semidefinite: a ridge.' : 'Zero everywhere.';
}
