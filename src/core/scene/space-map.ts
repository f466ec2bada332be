import { choice } from './controls';
import { type Ground, spaceOf } from './ground';
import type { SpaceMap } from './picture';
import type { TypeOf } from './picture-type';
import { brief, isDrawable, pair, undrawable } from './plane';
import type { Handle, Moment, Scene, SceneOptions } from './scene';
import { determinant3, scaled } from './space';
import {
  alongPolar,
  asCube,
  BASIS,
  columnOf,
  corners,
  IDENTITY3,
  type Matrix3,
  mixed,
  type Structure,
  structureOf,
  turnOf,
  turnsOf,
} from './space-linear';
import { COLUMN_PAINTS, spaceMarks, structureMarks } from './space-marks';

/** A 3×3, 2×3 or 3×2 matrix as a map of space: lattice, basis, unit cube and sphere, eigenlines, null and column space. */
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

const PATHS = [
  { value: 'polar', label: 'Turning, without collapse' },
  { value: 'straight', label: 'Straight, entry by entry' },
] as const;

/** The ground that holds what a map makes of the unit cube and sphere. */
export function groundOfMap(m: Matrix3, columns: number, options: SceneOptions): { ground: Ground; reach: number } {
  const { u, s } = turnsOf(m);
  const axes = [0, 1, 2].flatMap(j => [scaled(columnOf(u, j), s[j]), scaled(columnOf(u, j), -s[j])]);
  const points = [...corners(m, columns), ...axes, ...BASIS];
  const reach = Math.max(1, ...points.map(p => Math.hypot(...p)));
  return { ground: spaceOf(points, options, 1.2), reach };
}

function spaceMapScene(picture: SpaceMap, options: SceneOptions): Scene {
  const m = asCube(picture);
  if (!isDrawable(m)) return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const { rows, columns } = picture;
  const { ground, reach } = groundOfMap(m, columns, options);
  const structure = structureOf(picture);
  const volume = rows === 3 && columns === 3 ? determinant3(m) : undefined;
  // A map that flips or flattens has no turning path.
  const turns = volume !== undefined && structure.rank === 3 && volume > 0;
  const path = choice(options, { name: 'path', label: 'Moves', choices: PATHS });
  const straight = !turns || path.value === 'straight';
  const start: Matrix3 = IDENTITY3.map((x, k) => (k % 3 < columns ? x : 0));
  const now = straight ? mixed(start, m, options.time) : alongPolar(turnsOf(m), options.time);
  const moments = straight && volume !== undefined ? flatMoments(structure) : [];
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...(options.eigenlines ? structureMarks(ground, structure, picture, reach, options.labels) : []),
      ...spaceMarks(ground, now, picture, options),
    ],
    handles: options.time >= 1 ? columnHandles(picture, m, ground) : [],
    description: describe(picture, volume, structure),
    caption: moments.find(({ time }) => Math.abs(time - options.time) < 0.006)?.label,
    controls: turns ? [path] : [],
    moments,
    animated: true,
  };
}

/** (1 − t)I + tA is singular where A has the eigenvalue −(1 − t) / t. */
const flatMoments = ({ lines }: Structure): Moment[] =>
  lines
    .filter(({ value }) => value < 0)
    .map(({ value }) => 1 / (1 - value))
    .sort((a, b) => a - b)
    .map(time => ({ time, label: `Flat at ${brief(100 * time)} %: the determinant passes zero` }));

function columnHandles(picture: SpaceMap, m: Matrix3, ground: Ground): Handle[] {
  if (picture.operand === undefined) return [];
  return ['first', 'second', 'third'].slice(0, picture.columns).map((name, j) => ({
    id: `matrix:${j}`,
    at: ground.at(columnOf(m, j)),
    paint: COLUMN_PAINTS[j],
    label: `${name} column of ${picture.label}, ${pair(columnOf(m, j).slice(0, picture.rows))}`,
  }));
}

const isSymmetric = (m: readonly number[]): boolean =>
  Math.max(Math.abs(m[1] - m[3]), Math.abs(m[2] - m[6]), Math.abs(m[5] - m[7])) < 1e-12;

/** A rotation of space in words. */
function turnWords({ s }: Structure, volume: number | undefined, values: readonly number[]): string | undefined {
  if (volume === undefined || volume < 0 || s.length < 3 || s.some(x => Math.abs(x - 1) > 1e-12)) return undefined;
  const turn = turnOf(values);
  return turn && turn.angle >= 1e-9
    ? `Turns space by ${brief((turn.angle * 180) / Math.PI)}° about ${pair(turn.axis)}; keeps all lengths and angles.`
    : 'Keeps every vector as it is.';
}

function describe(
  { rows, columns, label, values }: SpaceMap,
  volume: number | undefined,
  structure: Structure,
): string {
  const { s, rank, vanishing, lines, pair: complex } = structure;
  if (rank === 0) return `${label}: every vector goes to zero.`;
  const turn = turnWords(structure, volume, values);
  if (turn !== undefined) return `${label}: ${turn}`;
  const shapes = ['the origin', 'a line', 'a plane', 'all of space'];
  const projects =
    volume !== undefined && rank < 3 && s.every(x => Math.min(x, Math.abs(x - 1)) < 1e-12) && isSymmetric(values);
  const parts = [
    projects
      ? `Projects onto ${shapes[rank]}`
      : rows === 3 && columns === 3
        ? `Stretches by ${s.map(brief).join(', ')} along three directions at right angles`
        : `Takes ${columns === 3 ? 'space' : 'the plane'} to ${rows === 3 ? 'space' : 'the plane'}: stretches by ${s.map(brief).join(' and ')}`,
  ];
  if (volume !== undefined && rank === 3)
    parts.push(`multiplies volumes by ${brief(Math.abs(volume))}${volume < 0 ? ' and flips orientation' : ''}`);
  if (rank < rows || rank < columns)
    parts.push(`the columns span ${rows === 2 && rank === 2 ? 'the whole plane' : shapes[rank]}`);
  if (vanishing.length > 0)
    parts.push(
      `${vanishing.map(v => pair(v.slice(0, columns))).join(' and ')} ${vanishing.length > 1 ? 'go' : 'goes'} to zero (null space)`,
    );
  if (lines.length > 0)
    parts.push(`keeps ${lines.map(l => `${pair(l.direction)} (λ = ${brief(l.value)})`).join(', ')}`);
  if (complex) {
    const angle = brief((Math.atan2(complex.im, complex.re) * 180) / Math.PI);
    parts.push(
      `a complex pair turns a plane by ${angle}° and ${brief(Math.hypot(complex.re, complex.im))} times a step`,
    );
  }
  return `${label}: ${parts.join('; ')}.`;
}
