import { groundOf, spaceOf, type Vector } from './ground';
import { mapMarks } from './map-marks';
import type { LabelledMatrix, Matrix2, PictureOf, Vector2 } from './picture';
import type { TypeOf } from './picture-type';
import {
  apply,
  around,
  arrow,
  between,
  brief,
  determinant,
  isDrawable,
  pair,
  singular,
  tipLabel,
  undrawable,
} from './plane';
import type { Handle, Mark, Paint, Scene, SceneOptions } from './scene';
import { apply3, determinant3, type Vector3 } from './space';
import {
  BASIS,
  columnOf,
  IDENTITY3,
  type Matrix3,
  mixed,
  multiply3,
  partOfTurn,
  transpose3,
  turnOf,
} from './space-linear';
import { plus } from './vector-marks';

/** A homogeneous matrix as a map x ↦ Ax + b: the frame of axes turned, stretched and moved. */
export const affineMap: TypeOf<'affine-map'> = {
  title: 'Affine map (homogeneous matrix)',
  scene: affineMapScene,
  layers: ['grid'],
  parts: picture => {
    const n = picture.rows;
    const shift = columnAt(picture, n - 1);
    return [
      {
        role: 'matrix',
        operand: picture.operand,
        columns: n,
        values: picture.values,
        // The axes stand on the moved origin.
        tails: Array.from({ length: n }, (_, j) => (j < n - 1 ? shift : shift.map(() => 0))),
        with: values => ({ ...picture, values }),
      },
    ];
  },
  results: ({ values }) => [values],
};

type Affine = PictureOf<'affine-map'>;

/** Column j without the last entry, which is 0 or 1. */
const columnAt = ({ rows: n, values }: Affine, j: number): Vector =>
  Array.from({ length: n - 1 }, (_, i) => values[i * n + j]);

/** Whether the last row of a square matrix of three or four rows is that of an affine map. */
export const isHomogeneous = (n: number, values: readonly number[]): boolean =>
  (n === 3 || n === 4) && values.slice(-n).every((x, k) => x === (k === n - 1 ? 1 : 0));

const PAINTS: readonly Paint[] = ['first', 'second', 'eigen'];
const NAMES = ['x', 'y', 'z'];

function affineMapScene(picture: Affine, options: SceneOptions): Scene {
  if (!isDrawable(picture.values))
    return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  return picture.rows === 3 ? planeScene(picture, options) : spaceScene(picture, options);
}

function handlesOf(picture: Affine, at: (v: Vector) => readonly [number, number]): Handle[] {
  if (picture.operand === undefined) return [];
  const last = picture.rows - 1;
  const shift = columnAt(picture, last);
  return Array.from({ length: picture.rows }, (_, j): Handle => {
    const column = columnAt(picture, j);
    const where = j === last ? shift : plus(shift, column);
    return {
      id: `matrix:${j}`,
      at: at(where),
      paint: j === last ? 'result' : PAINTS[j],
      label: `${j === last ? 'moved origin' : `${NAMES[j]} axis`} of ${picture.label}, ${pair(column)}`,
    };
  });
}

function planeScene(picture: Affine, options: SceneOptions): Scene {
  const [a, c] = columnAt(picture, 0);
  const [b, d] = columnAt(picture, 1);
  const m: Matrix2 = [a, b, c, d];
  const shift = columnAt(picture, 2);
  const { large } = singular(m);
  const s: Vector2 = [shift[0], shift[1]];
  const corners: Vector2[] = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ].map(x => {
    const [u, v] = apply(m, [x[0], x[1]]);
    return [u + s[0], v + s[1]];
  });
  const bounds = around([...corners, [1, 1], [0, 0], [s[0] - 0.4 * large, s[1] - 0.4 * large]], 1);
  const ground = groundOf([s], options);
  const now = between(m, options.time);
  const moved: Vector2 = [s[0] * options.time, s[1] * options.time];
  const label: LabelledMatrix = { label: picture.label, entries: m };
  const marks: Mark[] = [
    ...mapMarks(label, { ...options, labels: false, ellipse: false, eigenlines: false }, bounds, true, now).map(mark =>
      mark.kind === 'axes' ? { ...mark, labels: options.labels } : shifted(mark, moved),
    ),
    ...triad(
      [0, 0],
      [
        [1, 0],
        [0, 1],
      ],
      ground.at,
      true,
      [],
    ),
    arrow([0, 0], moved, 'result', 2, [5, 4]),
    ...triad(
      moved,
      [
        [now[0], now[2]],
        [now[1], now[3]],
      ],
      ground.at,
      false,
      options.labels ? ['x′', 'y′'] : [],
    ),
  ];
  const fixed = fixedPoint(m, s);
  if (fixed) marks.push({ kind: 'points', at: [...fixed], radius: 4, paint: 'ellipse' });
  if (options.labels) {
    marks.push(tipLabel([0, 0], moved, `moved ${pair(moved)}`, 'result'));
    if (fixed)
      marks.push({
        kind: 'label',
        at: fixed,
        text: `stays: ${pair(fixed)}`,
        paint: 'ellipse',
        offset: [8, 14],
        anchor: 'start',
        size: 12,
      });
  }
  return {
    bounds,
    square: true,
    marks,
    handles: options.time >= 1 ? handlesOf(picture, v => [v[0], v[1]]) : [],
    description: `${picture.label} takes x to Ax + b: ${linearWords(m)}, then moves by ${pair(s)}; ${fixed ? `the point ${pair(fixed)} stays` : 'no single point stays'}.`,
    animated: true,
  };
}

/** A mark of the map about the origin, about the moved origin instead. */
function shifted(mark: Mark, [dx, dy]: Vector2): Mark {
  switch (mark.kind) {
    case 'path':
      return { ...mark, lines: mark.lines.map(line => line.map((x, k) => x + (k % 2 === 0 ? dx : dy))) };
    case 'arrow':
      return { ...mark, from: [mark.from[0] + dx, mark.from[1] + dy], to: [mark.to[0] + dx, mark.to[1] + dy] };
    default:
      return mark;
  }
}

/** The one point with Ax + b = x. */
function fixedPoint(m: Matrix2, [p, q]: Vector2): Vector2 | undefined {
  const rest: Matrix2 = [1 - m[0], -m[1], -m[2], 1 - m[3]];
  const d = determinant(rest);
  if (Math.abs(d) <= 1e-12 * Math.max(1, ...m.map(Math.abs)) ** 2) return undefined;
  return [(rest[3] * p - rest[1] * q) / d, (rest[0] * q - rest[2] * p) / d];
}

function linearWords(m: Matrix2): string {
  const { large, small } = singular(m);
  const turned = brief((Math.atan2(m[2] - m[1], m[0] + m[3]) * 180) / Math.PI);
  if (large - small > 1e-12 * large || determinant(m) < 0)
    return `stretches by ${brief(large)} and ${brief(small)}${determinant(m) < 0 ? ', flips' : ''}`;
  const scale = Math.abs(large - 1) < 1e-12 ? '' : ` and scales by ${brief(large)}`;
  return turned === '0' ? `keeps directions${scale}` : `turns by ${turned}°${scale}`;
}

/** The arrows of a frame of axes at a point. */
function triad(
  at: Vector,
  axes: readonly Vector[],
  seen: (v: Vector) => readonly [number, number],
  faint: boolean,
  names: readonly string[],
): Mark[] {
  return axes.flatMap((axis, k): Mark[] => {
    const [from, to] = [seen(at), seen(plus(at, axis))];
    const name = names[k];
    return [
      faint ? arrow(from, to, PAINTS[k], 1.5, [4, 3]) : arrow(from, to, PAINTS[k], 3),
      ...(name ? [tipLabel(from, to, name, PAINTS[k])] : []),
    ];
  });
}

const near = (a: Matrix3, b: Matrix3): boolean => a.every((x, k) => Math.abs(x - b[k]) < 1e-9);

function spaceScene(picture: Affine, options: SceneOptions): Scene {
  const [x, y, z, b] = [0, 1, 2, 3].map(j => columnAt(picture, j));
  const m: Matrix3 = [x[0], y[0], z[0], x[1], y[1], z[1], x[2], y[2], z[2]];
  const turn = near(multiply3(m, transpose3(m)), IDENTITY3) && determinant3(m) > 0;
  const now = turn ? partOfTurn(m, options.time) : mixed(IDENTITY3, m, options.time);
  const moved = b.map(v => v * options.time);
  const cube = Array.from({ length: 8 }, (_, k): Vector3 => [k & 1, (k >> 1) & 1, (k >> 2) & 1]);
  const place = (p: Vector3): Vector => plus(apply3(now, p), moved);
  const ground = spaceOf([...BASIS, b, ...cube.map(p => plus(apply3(m, p), b))], options, 1.2);
  const edges = cube.flatMap((_, from) => [1, 2, 4].filter(bit => !(from & bit)).map(bit => [from, from | bit]));
  const paint: Paint = determinant3(now) < 0 ? 'area-flipped' : 'area';
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      {
        kind: 'path',
        lines: edges.map(ends => ends.flatMap(k => [...ground.at(place(cube[k]))])),
        stroke: paint,
        width: 1.2,
        opacity: 0.8,
      },
      ...triad([0, 0, 0], BASIS, ground.at, true, []),
      arrow(ground.at([0, 0, 0]), ground.at(moved), 'result', 2, [5, 4]),
      ...triad(
        moved,
        [0, 1, 2].map(j => columnOf(now, j)),
        ground.at,
        false,
        options.labels ? ['x′', 'y′', 'z′'] : [],
      ),
      ...(options.labels ? [tipLabel(ground.at([0, 0, 0]), ground.at(moved), `moved ${pair(moved)}`, 'result')] : []),
    ],
    handles: options.time >= 1 ? handlesOf(picture, ground.at) : [],
    description: `${picture.label} takes x to Ax + b: ${turn ? turnWords(m) : `multiplies volumes by ${brief(Math.abs(determinant3(m)))}${determinant3(m) < 0 ? ' and flips' : ''}`}, then moves by ${pair(b)}.`,
    animated: true,
  };
}

/** The angle and axis of a rotation of space. */
function turnWords(m: Matrix3): string {
  const turn = turnOf(m);
  return turn && turn.angle >= 1e-9
    ? `turns by ${brief((turn.angle * 180) / Math.PI)}° about ${pair(turn.axis)}`
    : 'keeps directions';
}
