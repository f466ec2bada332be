import { isHomogeneous } from '../scene/affine-map';
import { EIGEN_SIDE } from '../scene/eigenvalue-plane';
import type { LabelledMatrix, Picture } from '../scene/picture';
import { converges } from '../scene/power-iteration';
import { isPlane, matrix2, type OperationSubject, sameValue, type ValueSubject, vectorOf } from './picture-subject';
import { realOf } from './real-numbers';

/** Largest side of a homogeneous matrix. */
const AFFINE_SIDE = 4;

/** What names of poses and transforms look like: `T01`, `T_base`, `H`, `pose`, `transform(q, 0, 0)`. */
const TRANSFORM = /^[TH]([\d_]|$)|[Pp]ose|[Tt]ransform|[Aa]ffine|[Hh]omogeneous/;

/** A homogeneous matrix of the plane or of space, where it moves the origin or could be nothing else. */
export function affineMap({ real, label, operand }: ValueSubject): Picture | undefined {
  if (real?.shape.length !== 2) return undefined;
  const [n, columns] = real.shape;
  if (n !== columns || n > AFFINE_SIDE) return undefined;
  const values = Array.from(real.data);
  if (!values.every(Number.isFinite) || !isHomogeneous(n, values)) return undefined;
  // A 3×3 matrix that keeps the origin is as well a map of space.
  if (n === 3 && values[2] === 0 && values[5] === 0 && !TRANSFORM.test(label)) return undefined;
  return { kind: 'affine-map', label, rows: n, columns: n, values, operand: operand('matrix', [n, n]) };
}

export function eigenvaluePlane({ real, label }: ValueSubject): Picture | undefined {
  if (real?.shape.length !== 2) return undefined;
  const [n, columns] = real.shape;
  if (n !== columns || n < 2 || n > EIGEN_SIDE) return undefined;
  const values = Float64Array.from(real.data);
  return values.every(Number.isFinite) ? { kind: 'eigenvalue-plane', label, rows: n, values } : undefined;
}

const labelled = ({ real, label, operand }: ValueSubject): LabelledMatrix | undefined => {
  const entries = matrix2(real);
  return entries && { label, entries, operand: operand('matrix', [2, 2]) };
};

export function powerIteration(subject: ValueSubject): Picture | undefined {
  const matrix = labelled(subject);
  return matrix && converges(matrix.entries) ? { kind: 'power-iteration', matrix } : undefined;
}

export function quadraticForm(subject: ValueSubject): Picture | undefined {
  const matrix = labelled(subject);
  return matrix && matrix.entries[1] === matrix.entries[2] ? { kind: 'quadratic-form', matrix } : undefined;
}

/** `x @ A @ x`, the same x on both sides. */
export function quadraticFormAt(subject: OperationSubject): Picture | undefined {
  const { trace, operandOf, textLabel, vector } = subject;
  const inner = trace.children.find(c => c.operation === 'matmul' && trace.operands.some(o => sameValue(o, c.result)));
  const x = trace.operands.find(o => inner && !sameValue(o, inner.result));
  const made = inner?.children.find(c => matrix2(realOf(c.result)));
  const entries = matrix2(made && realOf(made.result));
  if (!x || !made || !entries || entries[1] !== entries[2]) return undefined;
  if (!inner?.operands.some(o => sameNumbers(vectorOf(realOf(o)), vectorOf(realOf(x))))) return undefined;
  const point = vector(x, 'vector', isPlane);
  const label = textLabel(made.expression) || 'A';
  const matrix = { label, entries, operand: operandOf('matrix', made.expression, [2, 2]) };
  return point && { kind: 'quadratic-form', matrix, point };
}

const sameNumbers = (a: readonly number[] | undefined, b: readonly number[] | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((x, k) => x === b[k]);

/** The norm of a vector of the plane by the ball it lies on. */
export function normBalls({ trace, vector }: OperationSubject): Picture | undefined {
  const v = vector(trace.operands[0], 'vector', isPlane);
  const given = trace.operands[1];
  const order =
    given?.kind !== 'scalar' ? '2' : given.value === 1 ? '1' : given.value === Number.POSITIVE_INFINITY ? 'inf' : '2';
  return v && { kind: 'norm-balls', vector: v, order };
}

const EIGEN = ['linear-map', 'space-map', 'eigenvalue-plane'] as const;
const SINGULAR = ['singular-map', 'space-singular-map', 'spectrum'] as const;

/** Functions whose result is no arrow but tells about the one matrix they received, with what shows it best. */
export const ABOUT_A_MATRIX: ReadonlyMap<string, readonly Picture['kind'][]> = new Map<
  string,
  readonly Picture['kind'][]
>([
  ...[
    'numpy.linalg.eig',
    'numpy.linalg.eigvals',
    'scipy.linalg.eig',
    'scipy.linalg.eigvals',
    'octave.eig',
    'r.eig',
  ].map(operation => [operation, EIGEN] as const),
  ...['numpy.linalg.eigh', 'numpy.linalg.eigvalsh', 'scipy.linalg.eigh', 'scipy.linalg.eigvalsh'].map(
    operation => [operation, ['quadratic-form', ...EIGEN]] as const,
  ),
  ...[
    'numpy.linalg.svd',
    'numpy.linalg.svdvals',
    'scipy.linalg.svd',
    'scipy.linalg.svdvals',
    'octave.svd',
    'r.svd',
  ].map(operation => [operation, SINGULAR] as const),
]);
