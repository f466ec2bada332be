import { FIT_POINTS } from '../scene/curve-fit';
import { eliminate } from '../scene/elimination';
import { SYSTEM_ROWS } from '../scene/linear-system';
import type { LabelledVector, Picture, Table } from '../scene/picture';
import type { Value } from '../values/value';
import { isSeen, type OperationSubject, vectorOf } from './picture-subject';
import { realOf } from './real-numbers';

/** The matrix and right side of a system, where both are finite and fit each other. */
function systemOf({ trace, table, vector }: OperationSubject): { matrix: Table; right: LabelledVector } | undefined {
  const matrix = table(trace.operands[0], 'A', FIT_POINTS, true);
  const right = matrix && vector(trace.operands[1], 'b', count => count === matrix.rows);
  return right && matrix.values.every(Number.isFinite) ? { matrix, right } : undefined;
}

/** Equations in two or three unknowns that have a solution. */
export function linearSystem(subject: OperationSubject): Picture | undefined {
  const found = systemOf(subject);
  if (!found || !isSeen(found.matrix.columns) || found.matrix.rows > SYSTEM_ROWS) return undefined;
  const { matrix: system, right } = found;
  const equations = right.components.map((b, i) => [
    ...system.values.slice(i * system.columns, (i + 1) * system.columns),
    b,
  ]);
  // What has no solution is solved in the sense of least squares.
  return eliminate(equations).solution ? { kind: 'linear-system', system, right } : undefined;
}

/** More equations than unknowns, as many as the plane or space has directions. */
export function leastSquares(subject: OperationSubject): Picture | undefined {
  const found = systemOf(subject);
  if (!found || !isSeen(found.matrix.rows) || found.matrix.columns >= found.matrix.rows) return undefined;
  return { kind: 'least-squares', ...found };
}

/** A least squares solution whose matrix has a column of ones and one more is a line through points. */
export function lineFit(subject: OperationSubject): Picture | undefined {
  const found = systemOf(subject);
  if (found?.matrix.columns !== 2 || found.matrix.rows < 3) return undefined;
  const { matrix, right } = found;
  const column = (j: number): number[] => right.components.map((_, i) => matrix.values[2 * i + j]);
  const ones = [1, 0].find(j => column(j).every(x => x === 1));
  if (ones === undefined) return undefined;
  const unknowns = solutionOf(subject.trace.result);
  if (unknowns?.length !== 2) return undefined;
  return {
    kind: 'curve-fit',
    label: `${matrix.label} x ≈ ${right.label}`,
    xs: column(1 - ones),
    ys: right.components,
    operand: right.operand,
    coefficients: [unknowns[1 - ones], unknowns[ones]],
  };
}

/** The unknowns of a solver's result: the result itself, or the first of several. */
const solutionOf = (result: Value): readonly number[] | undefined =>
  vectorOf(realOf(result.kind === 'tuple' ? (result.items[0] ?? result) : result));

/** Highest degree of a polynomial that is drawn. */
const DEGREE = 9;

export function polynomialFit({ trace, vector }: OperationSubject): Picture | undefined {
  const many = (count: number): boolean => count > 1 && count <= FIT_POINTS;
  const [xs, ys] = [vector(trace.operands[0], 'x', many), vector(trace.operands[1], 'y', many)];
  const coefficients = solutionOf(trace.result);
  if (!xs || !ys || xs.components.length !== ys.components.length || !coefficients) return undefined;
  if (coefficients.length < 1 || coefficients.length > DEGREE + 1) return undefined;
  return {
    kind: 'curve-fit',
    label: `${ys.label} over ${xs.label}`,
    xs: xs.components,
    ys: ys.components,
    operand: ys.operand,
    coefficients,
  };
}
