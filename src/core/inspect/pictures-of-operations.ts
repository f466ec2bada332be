import { DOT_LENGTH } from '../scene/dot-product';
import { PRODUCT_SIDE } from '../scene/matrix-product';
import type { LabelledVector, Picture } from '../scene/picture';
import { composition, compositionOfMaps, FOLDS } from './composition';
import { type Accepts, isPlane, isSeen, type OperationSubject } from './picture-subject';
import { attentionByHand, attentionByName } from './pictures-of-attention';
import { normBalls, quadraticFormAt } from './pictures-of-matrices';
import { lowRankSum, productEntry } from './pictures-of-parts';
import { leastSquares, linearSystem, lineFit, polynomialFit } from './systems';

/** The picture of its kind that an operation has, if it fits. */
type OperationPicture = (subject: OperationSubject) => Picture | undefined;

/** Every picture of an operation by the operation's name in the trace, the most telling first. */
export const PICTURES_OF_OPERATIONS: ReadonlyMap<string, readonly OperationPicture[]> = new Map<
  string,
  readonly OperationPicture[]
>([
  ['add', [composition, vectorSum, lowRankSum]],
  ['subtract', [composition, vectorDifference]],
  ['dot', [quadraticFormAt, dotProduct]],
  ['norm', [normBalls]],
  ['cross', [crossProduct]],
  ['scale', [scalarMultiple]],
  ['matmul', [attentionByHand, composition, matrixVector, matrixProduct, compositionOfMaps, productEntry]],
  ['attention', [attentionByName]],
  ...FOLDS.map(operation => [operation, [composition]] as const),
  ['call', [composition]],
  ['solve', [linearSystem, leastSquares, lineFit]],
  ['numpy.linalg.lstsq', [leastSquares, lineFit]],
  ['numpy.polyfit', [polynomialFit]],
  ['octave.polyfit', [polynomialFit]],
]);

/** The two operands as vectors of as many components. */
function pairOf(
  { trace, vector }: OperationSubject,
  accepts: Accepts = isSeen,
): { a: LabelledVector; b: LabelledVector } | undefined {
  const a = vector(trace.operands[0], 'a', accepts);
  const b = a && vector(trace.operands[1], 'b', count => count === a.components.length);
  return b && { a, b };
}

function vectorSum(subject: OperationSubject): Picture | undefined {
  const both = pairOf(subject);
  return both && { kind: 'vector-sum', ...both };
}

function vectorDifference(subject: OperationSubject): Picture | undefined {
  const both = pairOf(subject);
  return both && { kind: 'vector-difference', ...both };
}

function dotProduct(subject: OperationSubject): Picture | undefined {
  const both = pairOf(subject, count => count > 1 && count <= DOT_LENGTH);
  return both && { kind: 'dot-product', ...both };
}

function crossProduct(subject: OperationSubject): Picture | undefined {
  const both = pairOf(subject);
  return both && { kind: 'cross-product', ...both };
}

function scalarMultiple({ trace, vector, label }: OperationSubject): Picture | undefined {
  const [factor, scaled] = trace.operands;
  if (factor?.kind !== 'scalar' || typeof factor.value === 'object') return undefined;
  const v = vector(scaled, 'v');
  return v && { kind: 'scalar-multiple', scalar: Number(factor.value), scalarLabel: label(factor, 'c'), vector: v };
}

function matrixVector({ trace, matrix, vector }: OperationSubject): Picture | undefined {
  const [m, v] = [matrix(trace.operands[0]), vector(trace.operands[1], 'vector', isPlane)];
  return m && v && { kind: 'matrix-vector', matrix: m, vector: v };
}

function matrixProduct({ trace, table }: OperationSubject): Picture | undefined {
  const a = table(trace.operands[0], 'A', PRODUCT_SIDE, false);
  const b = table(trace.operands[1], 'B', PRODUCT_SIDE, true);
  return a && b && { kind: 'matrix-product', a, b };
}
