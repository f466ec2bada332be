import type { PictureOf } from './picture';
import type { TypeOf } from './picture-type';
import { backdrop, brief, isDrawable, pair, undrawable } from './plane';
import type { Handle, Mark, Scene, SceneOptions } from './scene';

/** Points with the line or polynomial fitted to them by least squares, and how far each lies from it. */
export const curveFit: TypeOf<'curve-fit'> = {
  title: 'Fit to the points',
  scene: curveFitScene,
  layers: ['grid'],
  parts: picture => [
    {
      role: 'ys',
      operand: picture.operand,
      columns: 1,
      values: picture.ys,
      with: ys => ({ ...picture, ys }),
    },
  ],
  // A point keeps its place along the axis and gets another height.
  moved: (picture, id, [, y]) => {
    const at = indexOf(id);
    return at === undefined ? undefined : { ...picture, ys: picture.ys.map((old, i) => (i === at ? y : old)) };
  },
};

/** Most points that each have a handle. */
const HANDLES = 24;

const PREFIX = 'ys:';
const indexOf = (id: string): number | undefined =>
  id.startsWith(PREFIX) ? Number(id.slice(PREFIX.length)) : undefined;

const handlesOf = ({ xs, ys, operand }: PictureOf<'curve-fit'>): Handle[] =>
  operand === undefined || xs.length > HANDLES
    ? []
    : xs.map((x, i) => ({ id: `${PREFIX}${i}`, at: [x, ys[i]], paint: 'first', label: `point ${pair([x, ys[i]])}` }));

/** Most points that are drawn. */
export const FIT_POINTS = 2000;

/** A polynomial with the coefficient of its highest power first, after Horner. */
export const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, c) => sum * x + c, 0);

/** `2x² − 0.5x + 1`. */
function formula(coefficients: readonly number[]): string {
  const n = coefficients.length - 1;
  const powers = ['', 'x', 'x²', 'x³', 'x⁴', 'x⁵', 'x⁶', 'x⁷', 'x⁸', 'x⁹'];
  // What rounding has left of a zero is left out.
  const small = 1e-12 * Math.max(...coefficients.map(Math.abs));
  const terms = coefficients.flatMap((c, k) => (Math.abs(c) <= small && n > 0 ? [] : [[c, powers[n - k]] as const]));
  return terms
    .map(([c, power], k) => {
      const sign = k === 0 ? (c < 0 ? '−' : '') : c < 0 ? ' − ' : ' + ';
      return `${sign}${Math.abs(Math.abs(c) - 1) < 1e-12 && power ? '' : brief(Math.abs(c))}${power}`;
    })
    .join('')
    .replace(/^$/, '0');
}

function curveFitScene(picture: PictureOf<'curve-fit'>, options: SceneOptions): Scene {
  const { xs, ys, coefficients, label } = picture;
  if (!isDrawable(xs, ys, coefficients))
    return undrawable('A point or coefficient is not finite: there is nothing to draw.');
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const pad = 0.08 * (right - left || 1);
  const pieces = coefficients.length > 2 ? 80 : 1;
  const curve = Array.from({ length: pieces + 1 }, (_, k) => {
    const x = left - pad + ((right - left + 2 * pad) * k) / pieces;
    return [x, polynomial(coefficients, x)] as const;
  });
  const heights = [...ys, ...curve.map(p => p[1])];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const above = 0.1 * (high - low || 1);
  const rest = xs.map((x, i) => ys[i] - polynomial(coefficients, x));
  const size = Math.hypot(...rest);
  const worst = rest.reduce((best, r, i) => (Math.abs(r) > Math.abs(rest[best]) ? i : best), 0);
  const along = left + 0.7 * (right - left);
  const name: Mark = {
    kind: 'label',
    at: [along, polynomial(coefficients, along)],
    text: `y = ${formula(coefficients)}`,
    paint: 'result',
    offset: [-8, -10],
    anchor: 'end',
    size: 13,
    bold: true,
  };
  const radius = xs.length > 200 ? 2 : 4;
  return {
    bounds: { left: left - pad, right: right + pad, bottom: low - above, top: high + above },
    square: false,
    marks: [
      backdrop(options.grid, options.labels),
      {
        kind: 'path',
        lines: xs.map((x, i) => [x, ys[i], x, ys[i] - rest[i]]),
        stroke: 'area-flipped',
        width: 1.5,
        dash: [4, 3],
      },
      { kind: 'path', lines: [curve.flat()], stroke: 'result', width: 2.5 },
      { kind: 'points', at: xs.flatMap((x, i) => [x, ys[i]]), radius, paint: 'first' },
      ...(options.labels ? [name] : []),
    ],
    handles: handlesOf(picture),
    description: `${label}: ${xs.length} points and the fit y = ${formula(coefficients)}. The residuals are ${brief(size)} long together; the largest, ${brief(rest[worst])}, is at x = ${brief(xs[worst])}.`,
    animated: false,
  };
}
