import { restOf, typeOf } from './index';
import type { Picture } from './picture';
import type { Part } from './picture-type';
import { DEFAULT_SCENE_OPTIONS, type Orbit, type Point } from './scene';
import { frameOf, movedInView } from './space';

const rounded = (x: number, step: number): number => {
  if (step === 0) return x;
  const r = Math.round(x / step) * step;
  return Number(r.toPrecision(12)) + 0;
};

const partsOf = (picture: Picture): readonly Part<Picture>[] => typeOf(picture).parts?.(picture) ?? [];

/** The part and its column that a handle moves. */
function columnOf(picture: Picture, handleId: string): readonly [Part<Picture>, number] | undefined {
  for (const part of partsOf(picture))
    for (let j = 0; j < part.columns; j++)
      if (handleId === (part.columns === 1 ? part.role : `${part.role}:${j}`)) return [part, j];
  return undefined;
}

/**
 * The picture with one handle moved to a point, rounded to multiples of `step`; 0 takes the point as it is. In space the
 * point is the one as deep as before, seen from `orbit`, and always rounded.
 */
export function editedPicture(
  picture: Picture,
  handleId: string,
  to: Point,
  step = 0.1,
  orbit: Orbit = restOf(picture),
): Picture {
  const moved = typeOf(picture).moved?.(picture, handleId, to);
  if (moved) return moved;
  const found = columnOf(picture, handleId);
  if (!found) return picture;
  const [part, j] = found;
  const old = part.values.filter((_, k) => k % part.columns === j);
  const inSpace = typeOf(picture).scene(picture, DEFAULT_SCENE_OPTIONS).turnable === true;
  const tail = part.tails?.[j] ?? [];
  const tip = [0, 1, 2].map(k => (old[k] ?? 0) + (tail[k] ?? 0));
  const goal = inSpace
    ? movedInView(frameOf(orbit), [tip[0], tip[1], tip[2]], to).map(x => rounded(x, step || 0.1))
    : to.map(x => rounded(x, step));
  // Entries that the picture does not show, as the last row of a homogeneous matrix, stay.
  const shown = part.tails ? goal.slice(0, tail.length) : goal;
  const entry = (x: number, k: number): number => (k < shown.length ? rounded(shown[k] - (tail[k] ?? 0), 1e-12) : x);
  return part.with(part.values.map((x, k) => (k % part.columns === j ? entry(x, Math.floor(k / part.columns)) : x)));
}

/** Every number of a picture that a handle or a cell moves. */
export const movableValues = (picture: Picture): number[] => partsOf(picture).flatMap(part => [...part.values]);

/** The numbers, row-major, that an operand of the picture has now; empty when the picture has no such operand. */
export const handleValues = (picture: Picture, operand: string): number[] =>
  Array.from(partsOf(picture).find(part => part.operand === operand)?.values ?? []);

/**
 * The picture with other numbers for one of its operands, row-major; unchanged when it has no such operand of that size.
 */
export function withOperand(picture: Picture, operand: string, values: readonly number[]): Picture {
  if (handleValues(picture, operand).length !== values.length) return picture;
  // Parts that come from the same literal all get its numbers.
  return partsOf(picture).reduce(
    (changed, { role, operand: own }) =>
      own === operand
        ? (partsOf(changed)
            .find(part => part.role === role)
            ?.with(values) ?? changed)
        : changed,
    picture,
  );
}
