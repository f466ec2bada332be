import type { Trace } from '../evaluate/trace';
import { determinant, eliminate } from '../exact/elimination';
import { rationalLatex } from '../exact/rational';
import { beside, identity, multiply, type RationalMatrix, transpose } from '../exact/rational-matrix';
import { freeColumns, impossibleRow, isWorkable, readingSteps, rowSteps } from './elimination';
import { agrees, columnLatex, decimals, determinantLatex, exactLatex } from './exact-notation';
import { exactly, GROWN, isSquare, type Method, readable } from './method';
import type { Step } from './step';

const resultOf = ({ result }: Trace) => (result.kind === 'tuple' ? result.items[0] : result);

/** The step, where its value is the one that was computed: options of a function may ask for another one. */
const agreed = (step: Step, x: RationalMatrix, node: Trace): Step | undefined => {
  const value = resultOf(node);
  return value && agrees(x, value) ? step : undefined;
};

/** A linear system by elimination of [A | b]; without a single solution, the one that is taken, and why. */
export const solve: Method = exactly(2, (node, a, b) => {
  if (a.length !== b.length) return undefined;
  const start = beside(a, b);
  const columns = a[0].length;
  const found = eliminate(start, columns, true);
  if (!isWorkable(found)) return GROWN;
  if (impossibleRow(found, columns) !== undefined) return nearest(node, a, b, readingSteps(found, columns));
  if (found.pivots.length < columns)
    return shortest(node, a, b, [...rowSteps(found, columns), ...readingSteps(found, columns)]);
  const x = found.result.slice(0, columns).map(row => row.slice(columns));
  const step: Step = {
    sentence:
      'Solve the system: eliminate in [A | b] until the left part is the identity; the right part is the solution.',
    latex: `${exactLatex(start, columns)} \\to ${exactLatex(found.result, columns)} \\quad\\Rightarrow\\quad x = ${exactLatex(x)}${decimals(x)}`,
    children: rowSteps(found, columns),
  };
  const others = isSquare(a) && columns <= 3 ? [cramer(a, b, x), byInverse(a, b, x)].flatMap(s => s ?? []) : [];
  return agreed({ ...step, ...(others.length > 0 ? { method: 'Elimination', alternatives: others } : {}) }, x, node);
});

/** Every unknown as a quotient of determinants. */
function cramer(a: RationalMatrix, b: RationalMatrix, x: RationalMatrix): Step | undefined {
  if (b[0].length !== 1) return undefined;
  const det = determinant(a);
  const children = a.map((_, k): Step => {
    const replaced = a.map((row, i) => row.map((y, j) => (j === k ? b[i][0] : y)));
    return {
      sentence: `Column ${k + 1} of A is replaced by b.`,
      latex: `x_{${k + 1}} = \\frac{1}{${rationalLatex(det)}} ${determinantLatex(replaced)} = \\frac{${rationalLatex(determinant(replaced))}}{${rationalLatex(det)}} = ${rationalLatex(x[k][0])}`,
    };
  });
  return {
    sentence: 'By Cramer’s rule: every unknown is a quotient of two determinants.',
    latex: `\\det A = ${rationalLatex(det)}, \\quad x = ${exactLatex(x)}${decimals(x)}`,
    method: 'Cramer’s rule',
    children,
  };
}

function byInverse(a: RationalMatrix, b: RationalMatrix, x: RationalMatrix): Step | undefined {
  const inverse = eliminate(beside(a, identity(a.length)), a.length, true).result.map(row => row.slice(a.length));
  if (!readable(inverse)) return undefined;
  return {
    sentence: 'By the inverse: multiply b by A⁻¹.',
    latex: `x = A^{-1} b = ${exactLatex(inverse)} ${exactLatex(b)} = ${exactLatex(x)}${decimals(x)}`,
    method: 'Inverse',
  };
}

/** The least squares solution of a system that has none. */
function nearest(node: Trace, a: RationalMatrix, b: RationalMatrix, before: readonly Step[]) {
  const step = normalEquations(node, a, b);
  return typeof step === 'object' ? { ...step, children: [...before, ...(step.children ?? [])] } : step;
}

function normalEquations(node: Trace, a: RationalMatrix, b: RationalMatrix): Step | typeof GROWN | undefined {
  const at = transpose(a);
  const normal = multiply(at, a);
  const right = multiply(at, b);
  const n = normal.length;
  const found = eliminate(beside(normal, right), n, true);
  if (!isWorkable(found)) return GROWN;
  if (found.pivots.length < n) return undefined;
  const x = found.result.map(row => row.slice(n));
  const fit = multiply(a, x);
  const residual = b.map((row, i) => row.map((y, j) => y.sub(fit[i][j])));
  return agreed(
    {
      sentence: 'Least squares: the residual is orthogonal to the columns of A, so AᵀA x = Aᵀb.',
      latex: `A^T A = ${exactLatex(normal)}, \\quad A^T b = ${exactLatex(right)}, \\quad x = ${exactLatex(x)}${decimals(x)}`,
      children: [
        {
          sentence: 'Form AᵀA and Aᵀb.',
          latex: `${exactLatex(at)} ${exactLatex(a)} = ${exactLatex(normal)}, \\quad ${exactLatex(at)} ${exactLatex(b)} = ${exactLatex(right)}`,
        },
        {
          sentence: 'Solve the normal equations by elimination.',
          latex: `${exactLatex(beside(normal, right), n)} \\to ${exactLatex(found.result, n)}`,
          children: rowSteps(found, n),
        },
        {
          sentence: 'What is left, b − A x, is orthogonal to every column of A.',
          latex: `b - A x = ${exactLatex(residual)}, \\quad A^T (b - A x) = 0`,
        },
      ],
    },
    x,
    node,
  );
}

/** Of many solutions the one of least length, x = Aᵀ(A Aᵀ)⁻¹ b. */
function shortest(node: Trace, a: RationalMatrix, b: RationalMatrix, before: readonly Step[]) {
  const gram = multiply(a, transpose(a));
  const m = gram.length;
  const found = eliminate(beside(gram, b), m, true);
  if (!isWorkable(found)) return GROWN;
  if (found.pivots.length < m) return undefined;
  const y = found.result.map(row => row.slice(m));
  const x = multiply(transpose(a), y);
  return agreed(
    {
      sentence:
        'There are many solutions. The shortest one is a combination of the rows of A: x = Aᵀ y with A Aᵀ y = b.',
      latex: `y = ${exactLatex(y)}, \\quad x = A^T y = ${exactLatex(x)}${decimals(x)}`,
      children: [
        ...before,
        {
          sentence: 'Solve A Aᵀ y = b.',
          latex: `${exactLatex(beside(gram, b), m)} \\to ${exactLatex(found.result, m)}`,
          children: rowSteps(found, m),
        },
      ],
    },
    x,
    node,
  );
}

/** `A / B`, the matrix x with x B = A: the system Bᵀ xᵀ = Aᵀ by elimination. */
export const rightQuotient: Method = exactly(2, (node, a, b) => {
  if (a[0].length !== b[0].length || !isSquare(b)) return undefined;
  const n = b.length;
  const [bt, at] = [transpose(b), transpose(a)];
  const start = beside(bt, at);
  const found = eliminate(start, n, true);
  if (!isWorkable(found)) return GROWN;
  if (found.pivots.length < n) return undefined;
  const turned = found.result.map(row => row.slice(n));
  const x = transpose(turned);
  const inverse = eliminate(beside(b, identity(n)), n, true).result.map(row => row.slice(n));
  const end = `= ${exactLatex(x)}${decimals(x)}`;
  const byTurned: Step = {
    sentence: 'A / B is the x with x B = A. Transposed it is an ordinary system, Bᵀ xᵀ = Aᵀ: eliminate in [Bᵀ | Aᵀ].',
    latex: `${exactLatex(a)} ${exactLatex(b)}^{-1} ${end}`,
    method: 'Elimination',
    children: [
      { sentence: 'Write Aᵀ beside Bᵀ.', latex: `[B^T \\mid A^T] = ${exactLatex(start, n)}` },
      ...rowSteps(found, n),
      { sentence: 'The right part is xᵀ; transpose it back.', latex: `x^T = ${exactLatex(turned)}` },
    ],
  };
  if (!readable(inverse)) return agreed({ ...byTurned, method: undefined }, x, node);
  const byInverse: Step = {
    sentence: 'By the inverse: multiply A by B⁻¹ from the right.',
    latex: `A B^{-1} = ${exactLatex(a)} ${exactLatex(inverse)} ${end}`,
    method: 'Inverse',
  };
  return agreed({ ...byTurned, alternatives: [byInverse] }, x, node);
});

/** Least squares by the normal equations; the shortest solution where there are many. */
export const leastSquares: Method = exactly(2, (node, a, b) => {
  if (a.length !== b.length) return undefined;
  return a.length >= a[0].length ? normalEquations(node, a, b) : shortest(node, a, b, []);
});

/** The reduced row echelon form, and what it says where the last column is a right side. */
export const reducedForm: Method = exactly(1, (node, a) => {
  const found = eliminate(a, a[0].length, true);
  if (!isWorkable(found)) return GROWN;
  const value = resultOf(node);
  if (value && !agrees(found.result, value)) return undefined;
  const last = a[0].length - 1;
  const steps = rowSteps(found);
  return {
    sentence: 'Reduced row echelon form: every pivot is 1 and stands alone in its column.',
    latex: `${exactLatex(a)} \\to ${exactLatex(found.result, undefined, found.pivots)}`,
    children: [...steps, ...(last > 0 ? [asSystem(a, last)] : [])],
  };
});

/** The matrix read as a system whose right side is its last column. */
function asSystem(a: RationalMatrix, columns: number): Step {
  const found = eliminate(a, columns, true);
  const reading = readingSteps(found, columns);
  const solution = found.result.slice(0, columns).map(row => row[columns]);
  const [told] = reading;
  return told
    ? { ...told, sentence: `Read as a system with the last column on the right. ${told.sentence}` }
    : {
        sentence: 'Read as a system with the last column on the right, it has one solution: every unknown has a pivot.',
        latex: freeColumns(found, columns).length === 0 ? `x = ${columnLatex(solution)}` : '',
      };
}
