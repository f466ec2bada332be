import { clipper } from './clip';
import type { Vector } from './ground';
import { arrow, pair } from './plane';
import type { Mark, Orbit, Paint, Point } from './scene';
import { frameOf, projected } from './space';

/** What is carried through: lines as chains of points, so that a fold shows. */
export interface Carried {
  readonly grid: readonly (readonly Vector[])[];
  readonly square: readonly Vector[];
  readonly basis: readonly Vector[];
  readonly vector?: Vector;
}

/** A frame of the strip: a square of half side `half` about `centre`, in which one unit is `scale` long. */
export interface Frame {
  readonly centre: Point;
  readonly half: number;
  readonly scale: number;
}

/** Frames beside each other, so that they are large in a view that is wider than high. */
const perRow = (count: number, narrow: boolean): number =>
  narrow ? Math.min(2, count) : count <= 3 ? count : count === 4 ? 2 : count <= 6 ? 3 : 4;

/** The frames of a strip, each large enough for what is in it; `half` is half the side of all of them, `pitch` so many halves from row to row. */
export function stripOf(
  states: readonly Carried[],
  orbit: Orbit,
  narrow = false,
): { readonly frames: readonly Frame[]; readonly half: number; readonly across: number; readonly pitch: number } {
  const reach = ({ square, basis, vector }: Carried): number =>
    1.3 * Math.max(1e-9, ...[...square, ...basis, ...(vector ? [vector] : [])].map(p => Math.hypot(...seen(p, orbit))));
  const half = reach(states[0]);
  const across = perRow(states.length, narrow);
  // What stands below a frame is as large in a narrow view.
  const pitch = narrow ? 3.1 : 2.75;
  const frames = states.map((s, k): Frame => {
    const [column, row] = [k % across, Math.floor(k / across)];
    return { centre: [column * 2.25 * half, -row * pitch * half], half, scale: k === 0 ? 1 : half / reach(s) };
  });
  return { frames, half, across, pitch };
}

/** A point of the plane, or of space as it is seen. */
const seen = (p: Vector, orbit: Orbit): Point =>
  p.length === 3 ? projected(frameOf(orbit), [p[0], p[1], p[2]]) : [p[0], p[1] ?? 0];

/** Where a point of the frame's plane or space lies on the strip. */
export function inFrame({ centre, scale }: Frame, p: Vector, orbit: Orbit): Point {
  const [x, y] = seen(p, orbit);
  return [centre[0] + scale * x, centre[1] + scale * y];
}

/** The border, and what the frame shows once its stage has begun. */
export function frameMarks(
  frame: Frame,
  shown: Carried | undefined,
  grid: boolean,
  orbit: Orbit,
  running: boolean,
): Mark[] {
  const { centre, half } = frame;
  const at = (p: Vector): Point => inFrame(frame, p, orbit);
  const border: Mark = {
    kind: 'path',
    lines: [
      [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ].flatMap(([x, y]) => [centre[0] + x * half, centre[1] + y * half]),
    ],
    closed: true,
    stroke: running ? 'result' : 'ghost',
    width: running ? 2 : 1,
  };
  if (!shown) return [border];
  const axes: Mark = {
    kind: 'path',
    lines: [
      [centre[0] - half, centre[1], centre[0] + half, centre[1]],
      [centre[0], centre[1] - half, centre[0], centre[1] + half],
    ],
    stroke: 'axis',
    width: 1,
    opacity: 0.5,
  };
  const clip = clipper(centre, half);
  const ring = shown.square.flatMap(p => [...at(p)]);
  const [i, j, k] = shown.basis.map(at);
  const origin = at(shown.square[0].map(() => 0));
  // A shift and a fold move the origin: the basis stands on the corner that was there.
  const corner = at(shown.square[0]);
  return [
    axes,
    ...(grid
      ? [
          {
            kind: 'path',
            lines: shown.grid.flatMap(line => clip(line.map(at))),
            stroke: 'grid',
            width: 1,
            opacity: 0.6,
          } satisfies Mark,
        ]
      : []),
    { kind: 'path', lines: [ring], closed: true, fill: 'area', opacity: 0.28 },
    arrow(corner, i, 'first', 2),
    arrow(corner, j, 'second', 2),
    ...(k ? [arrow(corner, k, 'eigen', 2)] : []),
    ...(shown.vector ? [arrow(origin, at(shown.vector), 'result', 3)] : []),
    border,
  ];
}

/** A point that is followed, where the frame shows it. */
export function followedMarks(frame: Frame, p: Vector, orbit: Orbit): Mark[] {
  const { centre, half } = frame;
  const [x, y] = inFrame(frame, p, orbit);
  if (Math.max(Math.abs(x - centre[0]), Math.abs(y - centre[1])) > half) return [];
  const [x0, y0] = inFrame(
    frame,
    p.map(() => 0),
    orbit,
  );
  return [
    { kind: 'path', lines: [[x0, y0, x, y]], stroke: 'foreground', width: 1.5, dash: [3, 3] },
    { kind: 'points', at: [x, y], radius: 6.5, paint: 'background' },
    { kind: 'points', at: [x, y], radius: 5, paint: 'foreground' },
  ];
}

/** What a frame is called, and a vector of it in numbers. */
export function captions({ centre, half }: Frame, text: string, vector: Vector | undefined, paint: Paint): Mark[] {
  const base = { kind: 'label', anchor: 'middle' } as const;
  const at: Point = [centre[0], centre[1] - half];
  return [
    { ...base, at, text, paint: 'foreground', offset: [0, 16], size: 12, bold: true },
    ...(vector ? [{ ...base, at, text: pair(vector), paint, offset: [0, 31], size: 11 } satisfies Mark] : []),
  ];
}
