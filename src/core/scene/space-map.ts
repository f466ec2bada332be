import { generalEigen, matrix, svd } from '../linalg/index';
import type { SpaceMap } from './picture';
import type { TypeOf } from './picture-type';
import { arrow, brief, tickStep, tipLabel, undrawable } from './plane';
import type { Handle, Mark, Paint, Point, Scene, SceneOptions } from './scene';
import { apply3, determinant3, type Frame, frameOf, projected, scaled, type Vector3 } from './space';

const PAINTS: readonly Paint[] = ['first', 'second', 'result'];
const AXES = ['x', 'y', 'z'] as const;
const BASIS: readonly Vector3[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** The map as 3×3: what a 2×3 or 3×2 matrix lacks is zero. */
const asCube = ({ rows, columns, values }: SpaceMap): readonly number[] =>
  Array.from({ length: 9 }, (_, k) => {
    const [i, j] = [Math.floor(k / 3), k % 3];
    return i < rows && j < columns ? values[i * columns + j] : 0;
  });

export const triple = (v: readonly number[]): string => `(${v.map(brief).join(', ')})`;

/** Singular values, the directions that vanish, and the real eigenlines of a square map. */
function structure(picture: SpaceMap) {
  const { rows, columns, values } = picture;
  const f = svd(matrix(rows, columns, Float64Array.from(values)), true);
  // What is left of a zero after rounding is shown as the zero it stands for.
  const found = f.kind === 'ok' ? Array.from(f.s) : [];
  const small = 1e-12 * (found[0] ?? 0);
  const s = found.map(x => (x > small ? x : 0));
  const rank = s.filter(x => x > 0).length;
  const row = (i: number): Vector3 => {
    const v = f.kind === 'ok' ? Array.from({ length: columns }, (_, j) => f.vh.re[i * columns + j]) : [];
    return [v[0] ?? 0, v[1] ?? 0, v[2] ?? 0];
  };
  const vanishing = Array.from({ length: columns - rank }, (_, k) => row(rank + k));
  const lines: { readonly value: number; readonly direction: Vector3 }[] = [];
  const e = rows === 3 && columns === 3 ? generalEigen(matrix(3, 3, Float64Array.from(values))) : undefined;
  if (e?.kind === 'ok') {
    const size = Math.max(...values.map(Math.abs), 1e-300);
    for (let k = 0; k < 3; k++)
      if (Math.abs(e.values.im[k]) <= 1e-10 * size && Math.abs(e.values.re[k]) > 1e-12 * size)
        lines.push({
          value: e.values.re[k],
          direction: [e.vectors.re[k], e.vectors.re[3 + k], e.vectors.re[6 + k]],
        });
  }
  // A multiple of the identity keeps every line; three of them would say otherwise.
  const every =
    lines.length === 3 &&
    s.length === 3 &&
    s[0] - s[2] <= 1e-12 * s[0] &&
    lines.every(l => Math.abs(l.value - lines[0].value) <= 1e-12 * s[0]);
  return { s, rank, vanishing, lines: every ? [] : lines };
}

/** The edges of the image of the unit cube, each once. */
function cubeEdges(m: readonly number[], columns: number): (readonly [Vector3, Vector3])[] {
  const out: (readonly [Vector3, Vector3])[] = [];
  for (let corner = 0; corner < 2 ** columns; corner++)
    for (let axis = 0; axis < columns; axis++)
      if (!(corner & (1 << axis))) {
        const at = (bits: number): Vector3 => apply3(m, [bits & 1, (bits >> 1) & 1, (bits >> 2) & 1]);
        out.push([at(corner), at(corner | (1 << axis))]);
      }
  return out;
}

/** Faces of the image of the unit cube as rings of corners. */
function cubeFaces(m: readonly number[], columns: number): Vector3[][] {
  const square = [0, 1, 3, 2];
  if (columns === 2) return [square.map(bits => apply3(m, [bits & 1, bits >> 1, 0]))];
  return [0, 1, 2].flatMap(axis =>
    [0, 1].map(side =>
      square.map(bits => {
        const x: number[] = [0, 0, 0];
        x[axis] = side;
        x[(axis + 1) % 3] = bits & 1;
        x[(axis + 2) % 3] = bits >> 1;
        return apply3(m, [x[0], x[1], x[2]]);
      }),
    ),
  );
}

/** A 3×3, 2×3 or 3×2 matrix as a map of space: basis, unit cube, unit sphere, eigenlines, null space. */
export const spaceMap: TypeOf<'space-map'> = {
  title: 'Map of space',
  scene: spaceMapScene,
  layers: ['grid', 'ellipse', 'eigenlines'],
  parts: picture => [
    {
      role: 'matrix',
      operand: picture.operand,
      columns: picture.columns,
      values: picture.values,
      with: values => ({ ...picture, values }),
    },
  ],
  results: ({ rows, columns, values }) => (rows === 3 && columns === 3 ? [values, [determinant3(values)]] : [values]),
};

function spaceMapScene(picture: SpaceMap, options: SceneOptions): Scene {
  const m = asCube(picture);
  if (!m.every(Number.isFinite))
    return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const { rows, columns, label } = picture;
  const f = frameOf(options.orbit);
  const t = options.time;
  const now = m.map((x, k) => {
    const start = k % 4 === 0 && k % 3 < columns ? 1 : 0;
    return start + (x - start) * t;
  });
  const { s, rank, vanishing, lines } = structure(picture);
  const reach = Math.max(1.2, s[0] ?? 0, ...BASIS.map((_, j) => Math.hypot(m[j], m[3 + j], m[6 + j]))) * 1.15;
  const seen = (p: Vector3): Point => projected(f, p);
  const flat = (ps: readonly Vector3[]): number[] => ps.flatMap(p => [...seen(p)]);
  const marks: Mark[] = [];
  const step = tickStep(2 * reach, 8);
  if (options.grid) {
    const n = Math.ceil(reach / step);
    const far = n * step;
    const floor: number[][] = [];
    for (let k = -n; k <= n; k++)
      floor.push(
        flat([
          [k * step, -far, 0],
          [k * step, far, 0],
        ]),
        flat([
          [-far, k * step, 0],
          [far, k * step, 0],
        ]),
      );
    marks.push({ kind: 'path', lines: floor, stroke: 'ghost', width: 1, opacity: 0.7 });
  }
  for (const [k, axis] of BASIS.entries()) {
    const end = scaled(axis, reach);
    marks.push({
      kind: 'path',
      lines: [flat([scaled(end, -1), end])],
      stroke: 'axis',
      width: 1,
      opacity: 0.8,
    });
    if (options.labels)
      marks.push({
        kind: 'label',
        at: seen(end),
        text: AXES[k],
        paint: 'muted',
        offset: [8, 4],
        anchor: 'start',
        size: 12,
      });
  }
  if (options.eigenlines)
    for (const { value, direction } of lines) {
      const end = scaled(direction, 1.1 * reach);
      marks.push({
        kind: 'path',
        lines: [flat([scaled(end, -1), end])],
        stroke: 'eigen',
        width: 1.5,
        dash: [7, 4],
      });
      if (options.labels)
        marks.push({
          kind: 'label',
          at: seen(end),
          text: `λ = ${brief(value)}`,
          paint: 'eigen',
          offset: [8, -6],
          anchor: 'start',
          size: 12,
        });
    }
  if (options.eigenlines && rank < columns && columns === 3 && rank > 0)
    for (const direction of vanishing) {
      const end = scaled(direction, 1.1 * reach);
      marks.push({
        kind: 'path',
        lines: [flat([scaled(end, -1), end])],
        stroke: 'area-flipped',
        width: 2,
        dash: [2, 4],
      });
      if (options.labels)
        marks.push({
          kind: 'label',
          at: seen(end),
          text: 'null space',
          paint: 'area-flipped',
          offset: [8, -6],
          anchor: 'start',
          size: 12,
        });
    }
  if (options.ellipse) marks.push(...ellipsoid(now, columns, f));
  const volume = determinant3(now);
  const paint: Paint = volume < -1e-12 ? 'area-flipped' : 'area';
  for (const face of cubeFaces(now, columns))
    marks.push({ kind: 'path', lines: [flat(face)], closed: true, fill: paint, opacity: columns === 2 ? 0.3 : 0.1 });
  marks.push({
    kind: 'path',
    lines: cubeEdges(now, columns).map(([p, q]) => flat([p, q])),
    stroke: paint,
    width: 1.3,
  });
  const tips: Vector3[] = BASIS.slice(0, columns).map((_, j) => [now[j], now[3 + j], now[6 + j]]);
  for (const [j] of tips.entries()) marks.push(arrow([0, 0], seen(BASIS[j]), PAINTS[j], 1.5, [4, 3]));
  for (const [j, tip] of tips.entries()) {
    marks.push(arrow([0, 0], seen(tip), PAINTS[j], 3));
    if (options.labels)
      marks.push(tipLabel([0, 0], seen(tip), `${label}e${'₁₂₃'[j]} ${triple(tip.slice(0, rows))}`, PAINTS[j]));
  }
  const square = rows === 3 && columns === 3;
  const view = reach * 1.12;
  return {
    bounds: { left: -view, right: view, bottom: -0.86 * view, top: 0.86 * view },
    square: true,
    marks,
    handles: t >= 1 ? handles(picture, m, f) : [],
    description: describe(picture, square ? determinant3(m) : undefined, s, rank, vanishing, lines),
    turnable: true,
    animated: true,
  };
}

function handles(picture: SpaceMap, m: readonly number[], f: Frame): Handle[] {
  if (picture.operand === undefined) return [];
  const names = ['first', 'second', 'third'];
  return BASIS.slice(0, picture.columns).map((_, j) => {
    const column: Vector3 = [m[j], m[3 + j], m[6 + j]];
    return {
      id: `matrix:${j}`,
      at: projected(f, column),
      paint: PAINTS[j],
      label: `${names[j]} column of ${picture.label}, ${triple(column.slice(0, picture.rows))}`,
    };
  });
}

/** The image of the unit sphere by its three great circles, of the unit circle for a plane. */
function ellipsoid(m: readonly number[], columns: number, f: Frame): Mark[] {
  const pairs =
    columns === 2
      ? [[0, 1]]
      : [
          [0, 1],
          [1, 2],
          [0, 2],
        ];
  const lines = pairs.map(([i, j]) => {
    const line: number[] = [];
    for (let k = 0; k <= 72; k++) {
      const x = [0, 0, 0];
      x[i] = Math.cos((k * Math.PI) / 36);
      x[j] = Math.sin((k * Math.PI) / 36);
      line.push(...projected(f, apply3(m, [x[0], x[1], x[2]])));
    }
    return line;
  });
  return [{ kind: 'path', lines, stroke: 'ellipse', width: 1.5, opacity: 0.9 }];
}

function describe(
  { rows, columns, label }: SpaceMap,
  volume: number | undefined,
  s: readonly number[],
  rank: number,
  vanishing: readonly Vector3[],
  lines: readonly { readonly value: number; readonly direction: Vector3 }[],
): string {
  const shapes = ['the origin', 'a line', 'a plane', 'all of space'];
  const parts = [
    rows === 3 && columns === 3
      ? `Stretches by ${s.map(brief).join(', ')} along three directions at right angles`
      : `Takes ${columns === 3 ? 'space' : 'the plane'} to ${rows === 3 ? 'space' : 'the plane'}: stretches by ${s.map(brief).join(' and ')}`,
  ];
  if (volume !== undefined && rank === 3)
    parts.push(`multiplies volumes by ${brief(Math.abs(volume))}${volume < 0 ? ' and flips orientation' : ''}`);
  if (rank < Math.min(rows, 3) || rank < columns)
    parts.push(`the columns span ${rows === 2 && rank === 2 ? 'the whole plane' : shapes[rank]}`);
  if (vanishing.length > 0 && rank > 0)
    parts.push(
      `${vanishing.map(v => triple(v.slice(0, columns))).join(' and ')} ${vanishing.length > 1 ? 'go' : 'goes'} to zero (null space)`,
    );
  if (lines.length > 0)
    parts.push(`keeps ${lines.map(l => `${triple(l.direction)} (λ = ${brief(l.value)})`).join(', ')}`);
  return `${label}: ${parts.join('; ')}.`;
}
