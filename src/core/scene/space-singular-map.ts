import type { PictureOf } from './picture';
import type { TypeOf } from './picture-type';
import { arrow, brief, isDrawable, tipLabel, undrawable } from './plane';
import type { Mark, Paint, Scene, SceneOptions } from './scene';
import { apply3 } from './space';
import { asCube, columnOf, type Matrix3, partOfTurn, turnStretchTurn, turnsOf } from './space-linear';
import { groundOfMap } from './space-map';
import { spaceMarks } from './space-marks';

/** A map of space, or between the plane and space, as turn, stretch, turn: its singular value decomposition. */
export const spaceSingularMap: TypeOf<'space-singular-map'> = {
  title: 'Rotate, stretch, rotate (SVD)',
  scene: spaceSingularMapScene,
  layers: ['grid', 'ellipse'],
};

const PAINTS: readonly Paint[] = ['eigen', 'ellipse', 'result'];

/** The angle of a rotation, in degrees. */
const degrees = (r: Matrix3): string => {
  const half = partOfTurn(r, 0.5);
  // Half the turn is at most a right angle, whose cosine tells it well.
  return `${brief((2 * Math.acos(Math.max(-1, Math.min(1, (half[0] + half[4] + half[8] - 1) / 2))) * 180) / Math.PI)}°`;
};

function spaceSingularMapScene(picture: PictureOf<'space-singular-map'>, options: SceneOptions): Scene {
  const m = asCube(picture);
  if (!isDrawable(m)) return undrawable('The matrix has entries that are not finite: there is nothing to draw.');
  const { rows, columns, label } = picture;
  const turns = turnsOf(m);
  const { ground } = groundOfMap(m, 3, options);
  const now = turnStretchTurn(turns, options.time);
  const done = options.time >= 1;
  const rank = Math.min(rows, columns);
  const stretches = turns.s.slice(0, rank).map(x => brief(Math.abs(x)));
  const mirrored = turns.s.some(x => x < 0);
  const stages = [
    `turn by ${degrees(turns.v)}`,
    `stretch by ${stretches.join(', ')}${mirrored ? ', mirrored' : ''}`,
    `turn by ${degrees(turns.u)}`,
  ];
  const stage = Math.min(2, Math.floor(3 * options.time));
  const arrows = Array.from({ length: columns }, (_, k): Mark[] => {
    const [from, to] = [ground.at([0, 0, 0]), ground.at(apply3(now, columnOf(turns.v, k)))];
    const index = '₁₂₃'[k];
    const text =
      done && k < rank ? `${turns.s[k] < 0 ? '−' : ''}σ${index}u${index}, ${stretches[k]} long` : `v${index}`;
    const gone = done && (k >= rank || turns.s[k] === 0);
    return [arrow(from, to, PAINTS[k], 3), ...(options.labels && !gone ? [tipLabel(from, to, text, PAINTS[k])] : [])];
  });
  return {
    ...ground.frame,
    marks: [
      ...ground.backdrop,
      ...spaceMarks(ground, now, picture, { ...options, labels: false }).filter(mark => mark.kind !== 'arrow'),
      ...arrows.flat(),
    ],
    handles: [],
    description: `${label} in three moves: ${stages.join(', then ')}.`,
    caption: done ? 'All three moves done' : `${stage + 1} of 3: ${stages[stage]}`,
    moments: stages.map((text, k) => ({ time: (k + 1) / 3, label: text })),
    animated: true,
  };
}
