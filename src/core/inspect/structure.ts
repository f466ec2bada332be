import type { Matrix } from '../linalg/index';

export interface StructureOptions {
  /** Rounding that is no difference; symmetries and zeros hold as written. */
  readonly tolerance: number;
  /** Those of the matrix, where they are known and real. */
  readonly eigenvalues?: ArrayLike<number>;
}

/**
 * What is special about a real matrix, in the words of textbooks: `identity`, `diagonal`, `upper triangular`, `symmetric`,
 * `orthogonal`, `permutation`, `rigid motion`, `projection`, `positive definite`, `orthonormal columns`, `rows sum to 1`. Nothing for a complex one.
 */
export function structureOf(m: Matrix, { tolerance, eigenvalues }: StructureOptions): string[] {
  if (m.im) return [];
  const { rows, columns } = m;
  const at = (i: number, j: number): number => m.re[i * columns + j];
  const every = (test: (i: number, j: number) => boolean): boolean => {
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) if (!test(i, j)) return false;
    return true;
  };
  if (rows === 1 || columns === 1 || every((i, j) => at(i, j) === 0)) return [];
  const near = (x: number, y: number): boolean => Math.abs(x - y) <= tolerance;
  const unit = (i: number, j: number): number => (i === j ? 1 : 0);
  const dot = (n: number, left: (k: number) => number, right: (k: number) => number): number => {
    let s = 0;
    for (let k = 0; k < n; k++) s += left(k) * right(k);
    return s;
  };
  const orthonormal = (n: number, entry: (side: number, k: number) => number, length: number): boolean => {
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++)
        if (
          !near(
            dot(
              length,
              k => entry(i, k),
              k => entry(j, k),
            ),
            unit(i, j),
          )
        )
          return false;
    return true;
  };
  const sums = every((i, j) => at(i, j) >= 0) && stochastic(m, tolerance);
  const shares = sums && !every((i, j) => at(i, j) === 0 || at(i, j) === 1) ? ['rows sum to 1'] : [];
  const byColumns = (j: number, k: number): number => at(k, j);
  if (rows !== columns) {
    if (rows > columns && orthonormal(columns, byColumns, rows)) return ['orthonormal columns', ...shares];
    if (rows < columns && orthonormal(rows, at, columns)) return ['orthonormal rows', ...shares];
    return shares;
  }
  if (every((i, j) => at(i, j) === unit(i, j))) return ['identity'];
  const motion = rows === 4 ? motionOf(m, near) : undefined;
  if (motion !== undefined) return [motion];
  const upper = every((i, j) => i <= j || at(i, j) === 0);
  const lower = every((i, j) => i >= j || at(i, j) === 0);
  const symmetric = every((i, j) => at(i, j) === at(j, i));
  const orthogonal = orthonormal(rows, byColumns, rows);
  const out: string[] = [];
  if (upper && lower) out.push('diagonal');
  else if (upper) out.push('upper triangular');
  else if (lower) out.push('lower triangular');
  else if (symmetric) out.push('symmetric');
  else if (every((i, j) => at(i, j) === -at(j, i))) out.push('skew-symmetric');
  if (orthogonal) out.push(every((i, j) => at(i, j) === 0 || at(i, j) === 1) ? 'permutation' : 'orthogonal');
  else if (
    every((i, j) =>
      near(
        dot(
          rows,
          k => at(i, k),
          k => at(k, j),
        ),
        at(i, j),
      ),
    )
  )
    out.push(symmetric ? 'orthogonal projection' : 'projection');
  else if (symmetric && eigenvalues) out.push(...definite(eigenvalues, tolerance));
  return [...out, ...shares];
}

/** What a homogeneous matrix of space that moves the origin does, where it keeps all lengths. */
function motionOf({ re }: Matrix, near: (x: number, y: number) => boolean): string | undefined {
  const isHomogeneous = [12, 13, 14].every(k => re[k] === 0) && re[15] === 1;
  if (!isHomogeneous || [3, 7, 11].every(k => re[k] === 0)) return undefined;
  const corner = [0, 1, 2].map(i => [0, 1, 2].map(j => re[4 * i + j]));
  if (corner.every((row, i) => row.every((x, j) => x === (i === j ? 1 : 0)))) return 'translation';
  const turns = corner.every((_, i) =>
    corner.every((_, j) =>
      near(
        corner.reduce((s, row) => s + row[i] * row[j], 0),
        i === j ? 1 : 0,
      ),
    ),
  );
  return turns ? 'rigid motion' : undefined;
}

/** Whether every row adds up to one. */
function stochastic({ re, rows, columns }: Matrix, tolerance: number): boolean {
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += re[i * columns + j];
    if (Math.abs(sum - 1) > tolerance) return false;
  }
  return true;
}

/** The signs of the eigenvalues of a symmetric matrix; those within rounding of zero are zero. */
function definite(eigenvalues: ArrayLike<number>, tolerance: number): string[] {
  const values = Array.from(eigenvalues);
  const zero = tolerance * Math.max(...values.map(Math.abs));
  if (values.every(x => x > zero)) return ['positive definite'];
  if (values.every(x => x < -zero)) return ['negative definite'];
  if (values.every(x => x >= -zero)) return ['positive semidefinite'];
  if (values.every(x => x <= zero)) return ['negative semidefinite'];
  return ['indefinite'];
}

/** The kind that says the most, for a line that has room for one. */
export const mostSaid = (kinds: readonly string[]): string | undefined =>
  kinds.find(kind => /^(identity|permutation|orthogonal|projection|positive|negative|translation|rigid)/.test(kind)) ??
  kinds[0];
