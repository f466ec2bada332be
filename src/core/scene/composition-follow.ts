import { carriedOn, crossings, gridStep, stageText, statesOf } from './composition-chain';
import { inFrame, stripOf } from './composition-frames';
import { choice } from './controls';
import type { Vector } from './ground';
import type { PictureOf } from './picture';
import { pair } from './plane';
import { remembered } from './remembered';
import { type Point, REST, type SceneOptions } from './scene';

type Chain = PictureOf<'composition'>;

interface Named {
  readonly name: string;
  readonly label: string;
  readonly at: Vector;
}

/** The vector and the basis. */
function namedPlaces(picture: Chain): readonly Named[] {
  const { start } = picture;
  const { basis } = statesOf(picture)[0];
  return [
    ...(start ? [{ name: 'start', label: start.label, at: start.components }] : []),
    ...basis.map((at, k) => ({ name: `basis ${k}`, label: `e${'₁₂₃'[k]}`, at })),
  ];
}

export const namedPlace = (picture: Chain, name: string): Vector | undefined =>
  namedPlaces(picture).find(p => p.name === name)?.at;

/** Which point is followed through all frames, where arrow keys turn space. */
export const followControl = (picture: Chain, options: SceneOptions) =>
  choice(options, {
    name: 'follow',
    label: 'Follow',
    choices: [
      { value: 'none', label: 'what is pointed at' },
      ...namedPlaces(picture).map(({ name, label }) => ({ value: name, label })),
    ],
  });

/** What can be pointed at in any frame, by its ways through the stages: what has a name, and the crossings of the grid. */
const waysOf = remembered((picture: Chain): readonly (readonly Vector[])[] => {
  const named = namedPlaces(picture);
  const dimension = named[named.length - 1].at.length;
  const n = crossings(dimension);
  const side = 2 * n + 1;
  const step = gridStep(picture.start?.components);
  const lattice = Array.from({ length: side ** dimension }, (_, k) =>
    Array.from({ length: dimension }, (__, axis) => ((Math.floor(k / side ** axis) % side) - n) * step),
  );
  return [...named.map(p => p.at), ...lattice].map(p => carriedOn(picture.stages, p));
});

/**
 * The point of the beginning that is followed when the reader points at a place of the strip: the nearest of what can be
 * pointed at, within `reach`, or in the frame of the plane that begins any point.
 */
export function pointedPlace(
  picture: Chain,
  { time, orbit = REST, narrow }: SceneOptions,
  [x, y]: Point,
  reach: number,
): Vector | undefined {
  const { frames } = stripOf(statesOf(picture), orbit, narrow);
  const k = frames.findIndex(({ centre, half }) => Math.max(Math.abs(x - centre[0]), Math.abs(y - centre[1])) <= half);
  if (k < 0 || k > time * picture.stages.length) return undefined;
  let best: { readonly far: number; readonly from: Vector } | undefined;
  for (const way of waysOf(picture)) {
    const [u, v] = inFrame(frames[k], way[k], orbit);
    const far = Math.hypot(u - x, v - y);
    if (far <= reach && far < (best?.far ?? Number.POSITIVE_INFINITY)) best = { far, from: way[0] };
  }
  const { centre, scale } = frames[k];
  const free = k === 0 && statesOf(picture)[0].basis.length === 2;
  return best?.from ?? (free ? [(x - centre[0]) / scale, (y - centre[1]) / scale] : undefined);
}

/** The next crossing of the grid in a direction of the plane; what is followed first is the vector. */
export function steppedPlace(picture: Chain, from: Vector | undefined, way: Point): Vector | undefined {
  const [first] = namedPlaces(picture);
  if (first.at.length !== 2) return undefined;
  if (!from) return first.at;
  const step = gridStep(picture.start?.components);
  const end = crossings(2) * step;
  return from.map((x, k) => {
    if (way[k] === 0) return x;
    const next = way[k] > 0 ? Math.floor(x / step + 1e-9) + 1 : Math.ceil(x / step - 1e-9) - 1;
    return Math.max(-end, Math.min(end, next * step));
  });
}

/** The way of a point in words: "x (1, 2), W1 · (−1, 2.5), ReLU (0, 2.5)". */
export function followedWords(picture: Chain, way: readonly Vector[]): string {
  const [from] = way;
  const named = namedPlaces(picture).find(p => p.at.every((x, k) => x === from[k]));
  return way
    .map((p, k) => `${k > 0 ? `${stageText(picture.stages[k - 1])} ` : named ? `${named.label} ` : ''}${pair(p)}`)
    .join(' → ');
}
