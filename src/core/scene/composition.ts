import { carriedOn, carry, partWay, stageText, stageWords, statesOf } from './composition-chain';
import { followControl, followedWords, namedPlace, pointedPlace, steppedPlace } from './composition-follow';
import { type Carried, captions, type Frame, followedMarks, frameMarks, stripOf } from './composition-frames';
import type { PictureOf } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { isDrawable, pair, undrawable } from './plane';
import { remembered } from './remembered';
import { type Mark, type Moment, type Orbit, REST, type Scene, type SceneOptions } from './scene';
import { NOT_FINITE } from './vector-marks';

/** A chain of maps as a filmstrip: one frame a step, the same grid, unit square and vector carried through all of them. */
export const composition: TypeOf<'composition'> = {
  title: 'Step by step',
  scene: compositionScene,
  layers: ['grid'],
  parts: picture => {
    const { start } = picture;
    return start ? [vectorPart('vector', start, moved => ({ ...picture, start: moved }))] : [];
  },
  pointed: pointedPlace,
  stepped: steppedPlace,
  results: ({ start, stages }) => (start ? carriedOn(stages, start.components).slice(-1) : []),
};

/** The vector of the plane that begins the chain can be moved where the source holds it. */
const hasHandle = ({ start }: PictureOf<'composition'>): boolean =>
  start?.operand !== undefined && start.components.length === 2;

const isTurnable = (picture: PictureOf<'composition'>): boolean =>
  !hasHandle(picture) && statesOf(picture).some(s => s.square[0].length === 3);

/** Frames that are done look the same until the reader turns space, hides the grid or makes the panel narrow. */
const settledFrames = remembered((_: Carried) => new Map<string, readonly Mark[]>());

function settled(state: Carried, frame: Frame, grid: boolean, orbit: Orbit, draw: () => Mark[]): readonly Mark[] {
  const key = `${frame.centre} ${grid} ${orbit.yaw} ${orbit.pitch}`;
  const known = settledFrames(state);
  const marks = known.get(key) ?? draw();
  // Only the last view is kept.
  if (!known.has(key)) known.clear();
  known.set(key, marks);
  return marks;
}

function compositionScene(picture: PictureOf<'composition'>, options: SceneOptions): Scene {
  const { start, stages } = picture;
  const states = statesOf(picture);
  if (!states.every(s => isDrawable(...s.square, ...s.basis, s.vector ?? []))) return undrawable(NOT_FINITE);
  const { grid, orbit = REST } = options;
  const { frames, half, across, pitch } = stripOf(states, orbit, options.narrow);
  const progress = options.time * stages.length;
  const turnable = isTurnable(picture);
  const follow = turnable ? followControl(picture, options) : undefined;
  const followed = options.followed ?? (follow && namedPlace(picture, follow.value));
  const places = followed && carriedOn(stages, followed);
  const marks: Mark[] = [];
  states.forEach((state, k) => {
    // Frame k > 0 is under way while stage k − 1 runs.
    const part = Math.max(0, Math.min(1, k === 0 ? 1 : progress - (k - 1)));
    const now = k === 0 || part >= 1 ? state : carry(states[k - 1], x => partWay(stages[k - 1], x, part));
    const draw = (): Mark[] => frameMarks(frames[k], part > 0 ? now : undefined, grid, orbit, part > 0 && part < 1);
    marks.push(...(now === state && part >= 1 ? settled(state, frames[k], grid, orbit, draw) : draw()));
    if (places && part >= 1) marks.push(...followedMarks(frames[k], places[k], orbit));
    if (options.labels)
      marks.push(
        ...captions(
          frames[k],
          k === 0 ? (start?.label ?? 'before') : stageText(stages[k - 1]),
          part >= 1 ? (places?.[k] ?? state.vector) : undefined,
          places ? 'foreground' : 'result',
        ),
      );
  });
  const done = options.time >= 1;
  const at = Math.min(stages.length - 1, Math.floor(progress));
  const rows = Math.ceil(states.length / across);
  const handle = hasHandle(picture) ? [start?.components ?? []] : [];
  return {
    bounds: {
      left: -1.05 * half,
      right: (2.25 * (across - 1) + 1.05) * half,
      bottom: -(pitch * (rows - 1) + pitch - 1.15) * half,
      top: 1.05 * half,
    },
    square: true,
    crowded: true,
    marks,
    handles: handle.map(([x, y]) => ({
      id: 'vector',
      at: [x, y],
      paint: 'result',
      label: `${start?.label}, ${pair([x, y])}`,
    })),
    description: `${start ? `${start.label} ${pair(start.components)}` : states[0].basis.length === 3 ? 'Space' : 'The plane'}: ${stages.map((s, k) => `${stageWords(s)}${states[k + 1].vector ? ` gives ${pair(states[k + 1].vector ?? [])}` : ''}`).join('; ')}.`,
    caption: places
      ? followedWords(picture, places.slice(0, done ? undefined : at + 1))
      : done
        ? ''
        : `${at + 1} of ${stages.length}: ${stageWords(stages[at])}`,
    moments: stages.map((s, k): Moment => ({ time: (k + 1) / stages.length, label: stageWords(s) })),
    turnable: turnable ? true : undefined,
    controls: follow && [follow],
    animated: true,
  };
}
