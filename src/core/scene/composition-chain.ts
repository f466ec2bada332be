import type { Carried } from './composition-frames';
import type { Vector } from './ground';
import type { PictureOf, Stage } from './picture';
import { between, pair, tickStep } from './plane';
import { remembered } from './remembered';

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

/** A vector and what becomes of it, stage after stage. */
export function carriedOn(stages: readonly Stage[], from: Vector): readonly Vector[] {
  const out = [from];
  for (const stage of stages) out.push(through(stage, out[out.length - 1]));
  return out;
}

/** A vector on its way through a stage: along the polar factors in the plane, otherwise straight. */
export function partWay(stage: Stage, x: Vector, t: number): Vector {
  if (stage.kind === 'linear' && stage.rows === 2 && stage.columns === 2) {
    const [a, b, c, d] = stage.values;
    const m = between([a, b, c, d], t);
    return [m[0] * x[0] + m[1] * x[1], m[2] * x[0] + m[3] * x[1]];
  }
  return through(stage, x).map((end, k) => (x[k] ?? 0) + (end - (x[k] ?? 0)) * t);
}

export const carry = (c: Carried, f: (x: Vector) => Vector): Carried => ({
  grid: c.grid.map(line => line.map(f)),
  square: c.square.map(f),
  basis: c.basis.map(f),
  ...(c.vector ? { vector: f(c.vector) } : {}),
});

/** Points of a straight line. */
const chain = (from: Vector, to: Vector, count: number): Vector[] =>
  Array.from({ length: count + 1 }, (_, k) => from.map((x, i) => x + ((to[i] - x) * k) / count));

/** Crossings of the grid of the plane to each side of the origin, and of the lattice of space. */
export const crossings = (dimension: number): number => (dimension === 2 ? 7 : 1);

/** Between two lines of the grid. */
export const gridStep = (vector: Vector | undefined): number =>
  tickStep(Math.max(1, ...(vector ?? []).map(Math.abs)), 3);

/** The lattice, unit square and basis; without folds the two ends of a line are enough. */
function beginning(dimension: number, vector: Vector | undefined, folds: boolean): Carried {
  const unit = (k: number, x = 1): Vector => Array.from({ length: dimension }, (_, i) => (i === k ? x : 0));
  const step = gridStep(vector);
  const lines: Vector[][] = [];
  const n = crossings(dimension);
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

/** What is carried, before the first stage and after each. */
export const statesOf = remembered(({ start, stages }: PictureOf<'composition'>): readonly Carried[] => {
  const [first] = stages;
  const dimension = start?.components.length ?? (first.kind === 'linear' ? first.columns : 2);
  const folds = stages.some(stage => stage.kind === 'pointwise');
  const states = [beginning(dimension, start?.components, folds)];
  for (const stage of stages) states.push(carry(states[states.length - 1], x => through(stage, x)));
  return states;
});

const NAMES = { relu: 'ReLU', abs: '|x|', tanh: 'tanh', sigmoid: 'sigmoid' } as const;

export function stageText(stage: Stage): string {
  switch (stage.kind) {
    case 'linear':
      return `${stage.label} ·`;
    case 'shift':
      return `+ ${stage.label}`;
    case 'pointwise':
      return NAMES[stage.name];
  }
}

export function stageWords(stage: Stage): string {
  switch (stage.kind) {
    case 'linear':
      return `times ${stage.label}`;
    case 'shift':
      return `plus ${stage.label} ${pair(stage.values)}`;
    case 'pointwise':
      return `${NAMES[stage.name]} of each entry`;
  }
}
