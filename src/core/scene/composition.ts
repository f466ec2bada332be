import type { Vector } from './ground';
import type { PictureOf, Stage } from './picture';
import { type TypeOf, vectorPart } from './picture-type';
import { arrow, between, isDrawable, pair, tickStep, undrawable } from './plane';
import { remembered } from './remembered';
import type { Mark, Moment, Orbit, Point, Scene, SceneOptions } from './scene';
import { frameOf, projected } from './space';
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
  results: ({ start, stages }) => (start ? [stages.reduce((x, stage) => through(stage, x), start.components)] : []),
};

const POINTWISE: Readonly<Record<Extract<Stage, { kind: 'pointwise' }>['name'], (x: number) => number>> = {
  relu: x => Math.max(0, x),
  abs: Math.abs,
  tanh: Math.tanh,
  sigmoid: x => 1 / (1 + Math.exp(-x)),
};

/** What a stage makes of a vector. */
export function through(stage: Stage, x: Vector): Vector {
  switch (stage.kind) {
    case 'linear':
      return Array.from({ length: stage.rows }, (_, i) =>
        x.reduce((sum, v, j) => sum + stage.values[i * stage.columns + j] * v, 0),
      );
    case 'shift':
      return x.map((v, i) => v + stage.values[i]);
    case 'pointwise':
      return x.map(POINTWISE[stage.name]);
  }
}

/** A vector on its way through a stage: along the polar factors in the plane, otherwise straight. */
function partWay(stage: Stage, x: Vector, t: number): Vector {
  if (stage.kind === 'linear' && stage.rows === 2 && stage.columns === 2) {
    const [a, b, c, d] = stage.values;
    const m = between([a, b, c, d], t);
    return [m[0] * x[0] + m[1] * x[1], m[2] * x[0] + m[3] * x[1]];
  }
  return through(stage, x).map((end, k) => (x[k] ?? 0) + (end - (x[k] ?? 0)) * t);
}

/** What is carried through: lines as chains of points, so that a fold shows. */
interface Carried {
  readonly grid: readonly (readonly Vector[])[];
  readonly square: readonly Vector[];
  readonly basis: readonly Vector[];
  readonly vector?: Vector;
}

const carry = (c: Carried, f: (x: Vector) => Vector): Carried => ({
  grid: c.grid.map(line => line.map(f)),
  square: c.square.map(f),
  basis: c.basis.map(f),
  ...(c.vector ? { vector: f(c.vector) } : {}),
});

/** Points of a straight line. */
const chain = (from: Vector, to: Vector, count: number): Vector[] =>
  Array.from({ length: count + 1 }, (_, k) => from.map((x, i) => x + ((to[i] - x) * k) / count));

/** The lattice, unit square and basis; without folds the two ends of a line are enough. */
function beginning(dimension: number, vector: Vector | undefined, folds: boolean): Carried {
  const unit = (k: number, x = 1): Vector => Array.from({ length: dimension }, (_, i) => (i === k ? x : 0));
  const step = tickStep(Math.max(1, ...(vector ?? []).map(Math.abs)), 3);
  const lines: Vector[][] = [];
  const n = dimension === 2 ? 7 : 1;
  for (let axis = 0; axis < dimension; axis++)
    for (let k = -n; k <= n; k++)
      for (let l = dimension === 2 ? 0 : -n; l <= (dimension === 2 ? 0 : n); l++) {
        const at = (x: number): Vector => {
          const p = Array.from({ length: dimension }, () => k * step);
          p[axis] = x;
          if (dimension === 3) p[(axis + 2) % 3] = l * step;
          return p;
        };
        lines.push(chain(at(-n * step), at(n * step), folds ? 4 * n : 1));
      }
  const corners = dimension === 2 ? [unit(2), unit(0), [1, 1], unit(1)] : [unit(3), unit(0), [1, 1, 0], unit(1)];
  return {
    grid: lines,
    square: corners.flatMap((corner, k) => chain(corner, corners[(k + 1) % 4], 8).slice(0, 8)),
    basis: Array.from({ length: dimension }, (_, k) => unit(k)),
    ...(vector ? { vector } : {}),
  };
}

/** A frame of the strip: a square of half side `half` about `centre`, in which one unit is `scale` long. */
interface Frame {
  readonly centre: Point;
  readonly half: number;
  readonly scale: number;
}

/** Frames beside each other, so that they are large in a view that is wider than high. */
const perRow = (count: number): number => (count <= 3 ? count : count === 4 ? 2 : count <= 6 ? 3 : 4);

/** What is carried, before the first stage and after each. */
const statesOf = remembered(({ start, stages }: PictureOf<'composition'>): readonly Carried[] => {
  const [first] = stages;
  const dimension = start?.components.length ?? (first.kind === 'linear' ? first.columns : 2);
  const folds = stages.some(stage => stage.kind === 'pointwise');
  const states = [beginning(dimension, start?.components, folds)];
  for (const stage of stages) states.push(carry(states[states.length - 1], x => through(stage, x)));
  return states;
});

/** Frames that are done look the same until the reader turns space or hides the grid. */
const settledFrames = remembered((_: Carried) => new Map<string, readonly Mark[]>());

function settled(state: Carried, { grid, orbit }: SceneOptions, draw: () => Mark[]): readonly Mark[] {
  const key = `${grid} ${orbit.yaw} ${orbit.pitch}`;
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
  const [begun] = states;
  const dimension = begun.basis.length;
  if (!states.every(s => isDrawable(...s.square, ...s.basis, s.vector ?? []))) return undrawable(NOT_FINITE);
  const reach = (s: Carried): number =>
    1.3 *
    Math.max(
      1e-9,
      ...[...s.square, ...s.basis, ...(s.vector ? [s.vector] : [])].map(p => Math.hypot(...seen(p, options.orbit))),
    );
  const half = reach(begun);
  const across = perRow(states.length);
  const frames = states.map((s, k): Frame => {
    const [column, row] = [k % across, Math.floor(k / across)];
    return { centre: [column * 2.25 * half, -row * 2.75 * half], half, scale: k === 0 ? 1 : half / reach(s) };
  });
  const progress = options.time * stages.length;
  const marks: Mark[] = [];
  states.forEach((state, k) => {
    // Frame k > 0 is under way while stage k − 1 runs.
    const part = Math.max(0, Math.min(1, k === 0 ? 1 : progress - (k - 1)));
    const now = k === 0 || part >= 1 ? state : carry(states[k - 1], x => partWay(stages[k - 1], x, part));
    const draw = (): Mark[] => frameMarks(frames[k], part > 0 ? now : undefined, options, part > 0 && part < 1);
    marks.push(...(now === state && part >= 1 ? settled(state, options, draw) : draw()));
    if (options.labels)
      marks.push(
        ...captions(
          frames[k],
          k === 0 ? (start?.label ?? 'before') : stageText(stages[k - 1]),
          part >= 1 ? state.vector : undefined,
        ),
      );
  });
  const done = options.time >= 1;
  const at = Math.min(stages.length - 1, Math.floor(progress));
  const rows = Math.ceil(states.length / across);
  const handle = start?.operand === undefined || dimension !== 2 ? [] : [start.components];
  return {
    bounds: {
      left: -1.05 * half,
      right: (2.25 * (across - 1) + 1.05) * half,
      bottom: -(2.75 * (rows - 1) + 1.6) * half,
      // Room for the buttons of the view.
      top: 1.35 * half,
    },
    square: true,
    marks,
    handles: handle.map(([x, y]) => ({
      id: 'vector',
      at: [x, y],
      paint: 'result',
      label: `${start?.label}, ${pair([x, y])}`,
    })),
    description: `${start ? `${start.label} ${pair(start.components)}` : 'The plane'}: ${stages.map((s, k) => `${stageWords(s)}${states[k + 1].vector ? ` gives ${pair(states[k + 1].vector ?? [])}` : ''}`).join('; ')}.`,
    caption: done ? '' : `${at + 1} of ${stages.length}: ${stageWords(stages[at])}`,
    moments: stages.map((s, k): Moment => ({ time: (k + 1) / stages.length, label: stageWords(s) })),
    turnable: states.some(s => s.square[0].length === 3) && handle.length === 0 ? true : undefined,
    animated: true,
  };
}

const seen = (p: Vector, orbit: Orbit): Point =>
  p.length === 3 ? projected(frameOf(orbit), [p[0], p[1], p[2]]) : [p[0], p[1] ?? 0];

/** The border, and what the frame shows once its stage has begun. */
function frameMarks(frame: Frame, shown: Carried | undefined, options: SceneOptions, running: boolean): Mark[] {
  const { centre, half, scale } = frame;
  const at = (p: Vector): Point => {
    const [x, y] = seen(p, options.orbit);
    return [centre[0] + scale * x, centre[1] + scale * y];
  };
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
    ...(options.grid
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

function captions({ centre, half }: Frame, text: string, vector: Vector | undefined): Mark[] {
  const base = { kind: 'label', anchor: 'middle' } as const;
  const at: Point = [centre[0], centre[1] - half];
  return [
    { ...base, at, text, paint: 'foreground', offset: [0, 16], size: 12, bold: true },
    ...(vector ? [{ ...base, at, text: pair(vector), paint: 'result', offset: [0, 31], size: 11 } satisfies Mark] : []),
  ];
}

/** Cuts chains of points at the border of a square; what leaves and comes back becomes several lines. */
function clipper([cx, cy]: Point, half: number): (line: readonly Point[]) => number[][] {
  return line => {
    const out: number[][] = [];
    let run: number[] = [];
    for (let k = 0; k + 1 < line.length; k++) {
      const [x0, y0] = line[k];
      const [dx, dy] = [line[k + 1][0] - x0, line[k + 1][1] - y0];
      // Liang and Barsky: the part of the segment between the sides.
      let [enter, leave] = [0, 1];
      for (const [p, q] of [
        [-dx, x0 - (cx - half)],
        [dx, cx + half - x0],
        [-dy, y0 - (cy - half)],
        [dy, cy + half - y0],
      ]) {
        if (p === 0) {
          if (q < 0) leave = -1;
        } else if (p < 0) enter = Math.max(enter, q / p);
        else leave = Math.min(leave, q / p);
      }
      if (enter > leave) continue;
      if (run.length === 0 || enter > 0) {
        if (run.length > 0) out.push(run);
        run = [x0 + enter * dx, y0 + enter * dy];
      }
      run.push(x0 + leave * dx, y0 + leave * dy);
      if (leave < 1) {
        out.push(run);
        run = [];
      }
    }
    if (run.length > 0) out.push(run);
    return out;
  };
}

const NAMES = { relu: 'ReLU', abs: '|x|', tanh: 'tanh', sigmoid: 'sigmoid' } as const;

function stageText(stage: Stage): string {
  switch (stage.kind) {
    case 'linear':
      return `${stage.label} ·`;
    case 'shift':
      return `+ ${stage.label}`;
    case 'pointwise':
      return NAMES[stage.name];
  }
}

function stageWords(stage: Stage): string {
  switch (stage.kind) {
    case 'linear':
      return `times ${stage.label}`;
    case 'shift':
      return `plus ${stage.label} ${pair(stage.values)}`;
    case 'pointwise':
      return `${NAMES[stage.name]} of each entry`;
  }
}
