import { generalEigen, matrix } from '../linalg/index';
import { choice } from './controls';
import type { PictureOf } from './picture';
import type { TypeOf } from './picture-type';
import { around, backdrop, brief, disc, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Point, Scene, SceneOptions } from './scene';

/** The eigenvalues in the complex plane within Gershgorin's discs, which grow from the diagonal as time lets the rest in. */
export const eigenvaluePlane: TypeOf<'eigenvalue-plane'> = {
  title: 'Eigenvalues in the complex plane',
  scene: eigenvaluePlaneScene,
  layers: ['grid'],
};

/** Largest side of a matrix whose eigenvalues are drawn. */
export const EIGEN_SIDE = 64;
/** Sides up to which they are found anew in every frame. */
const MOVING_SIDE = 12;

const SIDES = [
  { value: 'rows', label: 'of the rows' },
  { value: 'columns', label: 'of the columns' },
] as const;

export interface Disc {
  readonly centre: number;
  readonly radius: number;
}

/** Gershgorin's discs: about each entry of the diagonal, as wide as the rest of its row or column is large. */
export function gershgorin(values: ArrayLike<number>, n: number, by: 'rows' | 'columns'): Disc[] {
  return Array.from({ length: n }, (_, i) => {
    let radius = 0;
    for (let j = 0; j < n; j++) if (j !== i) radius += Math.abs(values[by === 'rows' ? i * n + j : j * n + i]);
    return { centre: values[i * n + i], radius };
  });
}

/** The eigenvalues of a square matrix, given by its entries. */
const eigenvaluesOf = remembered((values: Float64Array): readonly Point[] => {
  const n = Math.sqrt(values.length);
  const e = generalEigen(matrix(n, n, values));
  const size = values.reduce((s, x) => Math.max(s, Math.abs(x)), 0);
  return e.kind === 'ok' ? Array.from(e.values.re, (re, k): Point => [re, cleaned(e.values.im[k], size)]) : [];
});

/** What rounding has left of a zero is shown as the zero it stands for. */
const cleaned = (x: number, size: number): number => (Math.abs(x) <= 1e-12 * size ? 0 : x);

function eigenvaluePlaneScene({ label, rows: n, values }: PictureOf<'eigenvalue-plane'>, options: SceneOptions): Scene {
  const ends = eigenvaluesOf(values);
  if (ends.length === 0) return undrawable('The eigenvalues are not finite: there is nothing to draw.');
  const by = choice(options, { name: 'discs', label: 'Discs', choices: SIDES });
  const discs = gershgorin(values, n, by.value);
  const moving = n <= MOVING_SIDE && discs.some(d => d.radius > 0);
  const time = moving ? options.time : 1;
  const part = time === 1 ? values : values.map((x, k) => (k % (n + 1) === 0 ? x : x * time));
  const shown = time === 1 ? ends : eigenvaluesOf(part);
  const reach = discs.flatMap(({ centre, radius }): Point[] => [
    [centre - radius, -radius],
    [centre + radius, radius],
  ]);
  const bounds = around([...reach, ...ends], 1e-12);
  const largest = Math.max(...ends.map(p => Math.hypot(...p)));
  const marks: Mark[] = [
    backdrop(options.grid, options.labels),
    { kind: 'path', lines: [disc([0, 0], 1, 72)], closed: true, stroke: 'muted', width: 1, dash: [3, 3] },
    ...discs.map(
      ({ centre, radius }): Mark => ({
        kind: 'path',
        lines: [disc([centre, 0], radius * time, 72)],
        closed: true,
        fill: 'area',
        opacity: Math.max(0.006, 0.3 / n),
      }),
    ),
    {
      kind: 'path',
      lines: discs.map(({ centre, radius }) => disc([centre, 0], radius * time, 72)),
      closed: true,
      stroke: 'area',
      width: 1,
      opacity: n > 12 ? 0.4 : 0.9,
    },
    { kind: 'points', at: discs.flatMap(d => [d.centre, 0]), radius: n > 12 ? 1.5 : 2.5, paint: 'area' },
    { kind: 'points', at: shown.flatMap(p => [...p]), radius: n > 12 ? 3 : 4.5, paint: 'result' },
  ];
  if (options.labels) {
    marks.push(
      { kind: 'label', at: [bounds.right, 0], text: 'real', paint: 'muted', offset: [-4, -6], anchor: 'end', size: 11 },
      {
        kind: 'label',
        at: [0, bounds.top],
        text: 'imaginary',
        paint: 'muted',
        offset: [6, 12],
        anchor: 'start',
        size: 11,
      },
    );
    if (n <= 6)
      for (const p of new Map(shown.map(q => [complexText(q), q])).values())
        marks.push({
          kind: 'label',
          at: p,
          text: complexText(p),
          paint: 'result',
          offset: [8, p[1] < 0 ? 16 : -8],
          anchor: 'start',
          size: 12,
          bold: true,
        });
  }
  const real = ends.filter(p => p[1] === 0).length;
  const kinds = real === n ? 'all real' : real === 0 ? 'none of them real' : `${real} of them real`;
  return {
    bounds,
    square: true,
    marks,
    handles: [],
    description: `${label} has ${n} eigenvalues, ${kinds}, the largest ${brief(largest)} in magnitude. Each lies in a disc about an entry of the diagonal, as wide as the rest of its ${by.value === 'rows' ? 'row' : 'column'} (Gershgorin).`,
    caption: time < 1 ? `With ${brief(100 * time)} % of what stands off the diagonal` : undefined,
    controls: [by],
    animated: moving,
  };
}

const complexText = ([re, im]: Point): string =>
  im === 0
    ? brief(re)
    : `${re === 0 ? '' : `${brief(re)} `}${im < 0 ? '−' : re === 0 ? '' : '+'}${re === 0 ? '' : ' '}${brief(Math.abs(im))}i`;
