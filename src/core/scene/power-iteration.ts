import { throughOrigin } from './map-marks';
import type { Matrix2, PictureOf, Vector2 } from './picture';
import { matrixPart, type TypeOf } from './picture-type';
import { apply, backdrop, brief, disc, eigenlines, isDrawable, pair, undrawable } from './plane';
import type { Mark, Scene, SceneOptions } from './scene';

/** A direction multiplied by A again and again: it turns to the line of the largest eigenvalue. */
export const powerIteration: TypeOf<'power-iteration'> = {
  title: 'Power iteration',
  scene: powerIterationScene,
  layers: ['grid', 'eigenlines'],
  parts: picture => [
    matrixPart('matrix', picture.matrix, entries => ({ ...picture, matrix: { ...picture.matrix, entries } })),
  ],
};

const STEPS = 12;

/** The unit vectors of the iteration from a direction that lies on neither axis nor diagonal. */
export function powerTrail(m: Matrix2, steps = STEPS): Vector2[] {
  const trail: Vector2[] = [[Math.cos(2.2), Math.sin(2.2)]];
  for (let k = 0; k < steps; k++) {
    const [x, y] = apply(m, trail[k]);
    const n = Math.hypot(x, y);
    if (n === 0) break;
    trail.push([x / n, y / n]);
  }
  return trail;
}

/** The quotient xᵀAx / xᵀx of a unit vector. */
const rayleigh = (m: Matrix2, x: Vector2): number => {
  const image = apply(m, x);
  return image[0] * x[0] + image[1] * x[1];
};

/** Whether the iteration goes somewhere: two real eigenvalues, one larger in magnitude. */
export function converges(m: Matrix2): boolean {
  const lines = eigenlines(m);
  return (
    lines !== 'all' &&
    lines.length === 2 &&
    Math.abs(Math.abs(lines[0].value) - Math.abs(lines[1].value)) > 1e-9 * Math.abs(lines[0].value)
  );
}

function powerIterationScene({ matrix }: PictureOf<'power-iteration'>, options: SceneOptions): Scene {
  const m = matrix.entries;
  const lines = eigenlines(m);
  if (!isDrawable(m) || lines === 'all' || lines.length < 2)
    return undrawable('There is no line that the iteration turns to: there is nothing to draw.');
  const [large, small] = [...lines].sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const trail = powerTrail(m);
  const last = trail.length - 1;
  const at = options.time * last;
  const step = Math.min(last, Math.floor(at));
  const part = at - step;
  const [from, to] = [trail[step], trail[Math.min(last, step + 1)]];
  const mixed: Vector2 = [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
  const size = Math.hypot(...mixed) || 1;
  const now: Vector2 = [mixed[0] / size, mixed[1] / size];
  const bounds = { left: -1.7, right: 1.7, bottom: -1.3, top: 1.3 };
  const found = rayleigh(m, trail[step]);
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    { kind: 'path', lines: [disc([0, 0], 1, 96)], closed: true, stroke: 'muted', width: 1, dash: [3, 3] },
    ...(options.eigenlines
      ? [large, small].flatMap(({ value, direction }, k) =>
          throughOrigin(
            direction,
            bounds,
            'eigen',
            k === 0 ? [7, 4] : [2, 4],
            options.labels ? `λ = ${brief(value)}` : '',
          ),
        )
      : []),
    ...trail.slice(0, step + 1).map(
      (x, k): Mark => ({
        kind: 'arrow',
        from: [0, 0],
        to: x,
        paint: k === 0 ? 'foreground' : 'first',
        width: 1.5,
        opacity: 0.35 + (0.5 * k) / (step + 1),
      }),
    ),
    { kind: 'points', at: trail.slice(0, step + 1).flatMap(x => [...x]), radius: 3, paint: 'first' },
    { kind: 'arrow', from: [0, 0], to: now, paint: 'result', width: 3.5 },
  ];
  if (options.labels) {
    const name = (x: Vector2, text: string, paint: 'foreground' | 'result'): Mark => ({
      kind: 'label',
      at: x,
      text,
      paint,
      offset: [x[0] < 0 ? -10 : 10, x[1] < 0 ? 16 : -8],
      anchor: x[0] < 0 ? 'end' : 'start',
      size: 13,
      bold: true,
    });
    marks.push(name(trail[0], 'start', 'foreground'), name(now, `step ${step}`, 'result'));
  }
  const ratio = Math.abs(small.value / large.value);
  return {
    bounds,
    square: true,
    marks,
    handles: [],
    description: `Multiplied by ${matrix.label} again and again a direction turns to ${pair(large.direction)}, the line of λ = ${brief(large.value)}; what lies along ${pair(small.direction)} shrinks to ${brief(ratio)} of itself a step.`,
    caption: `Step ${step}: direction ${pair(trail[step])}, Rayleigh quotient ${brief(found)}`,
    animated: true,
  };
}
