import type { Trace } from '../evaluate/trace';
import { determinant } from './determinant';
import { eigenvalues, gramSchmidt, singularValues } from './eigen';
import { divide, exponential, mean, multiply, summed } from './elementwise';
import { inverse, leastSquares, lu, type Method, rank, reducedForm, solve } from './elimination';
import { bracket, factor, type Grid, gridOfValue, provenance, relation, sum, typeset, written } from './notation';
import { type EntryPlaces, placed, sameValue } from './operands';
import { cholesky, cross, outer, power, trace } from './products';
import type { Step } from './step';

/** Explains one operation from its operands and its result, or says nothing when it has no worked form for them. */
type Explanation = (operands: readonly Grid[], result: Grid, node: Trace) => Omit<Step, 'span'> | undefined;

/** The worked steps of a computation, in the order in which it is done: the parts first, then what is made of them. */
export function stepsOf(trace: Trace, entryPlaces: EntryPlaces = () => undefined): Step[] {
  const steps: Step[] = [];
  const visit = (node: Trace): void => {
    const combined = distanceParts(node);
    for (const child of combined ? (combined.children ?? []) : node.children) visit(child);
    const step = explain(node);
    if (step) steps.push(placed(step.step, step.node, entryPlaces));
  };
  visit(trace);
  return steps;
}

/** A step, and the computation whose operands it works on. */
interface Explained {
  readonly step: Step;
  readonly node: Trace;
}

function explain(node: Trace): Explained | undefined {
  const distance = distanceParts(node);
  const method = METHODS[node.operation.slice(node.operation.lastIndexOf('.') + 1)];
  if (method) return explained(method(node), node);
  const explanation = distance ? explainDistance : EXPLANATIONS[node.operation];
  const operands = (distance ?? node).operands.map(gridOfValue);
  const result = gridOfValue(node.result);
  if (!explanation || !result || !operands.every((g): g is Grid => g !== undefined)) return undefined;
  return explained(explanation(operands, result, node), distance ? { ...distance, expression: node.expression } : node);
}

const explained = (step: Step | undefined, node: Trace): Explained | undefined => step && { step, node };

/** The subtraction inside `norm(a - b)`: the two are told as one, the distance. */
function distanceParts(node: Trace): Trace | undefined {
  if (node.operation !== 'norm' || node.operands.length !== 1) return undefined;
  const inner = node.children.find(c => c.operation === 'subtract');
  if (!inner || !sameValue(inner.result, node.operands[0])) return undefined;
  const [a, b] = inner.operands.map(gridOfValue);
  return a && b && a.columns === 1 && b.columns === 1 && a.rows === b.rows && a.rows > 1 ? inner : undefined;
}

const shapeText = (g: Grid): string => (g.columns === 1 ? `${g.rows}-vector` : `${g.rows}×${g.columns} matrix`);

const isScalar = (g: Grid): boolean => g.rows === 1 && g.columns === 1;
const isReal = (g: Grid): boolean => {
  for (let i = 0; i < g.rows; i++) for (let j = 0; j < g.columns; j++) if (typeof g.at(i, j) === 'object') return false;
  return true;
};

function entrywise(operator: '+' | '-', sentence: string): Explanation {
  return ([a, b], result) => {
    if (isScalar(result))
      return {
        sentence,
        latex: `${written(a.at(0, 0)).latex} ${operator} ${factor(b.at(0, 0))} ${relation(result)} ${typeset(result)}`,
      };
    if (result.rows === 0 || result.columns === 0) return undefined;
    const at = (g: Grid, i: number, j: number) => g.at(g.rows === 1 ? 0 : i, g.columns === 1 ? 0 : j);
    // A 1-D operand broadcasts along rows; as a column it would be read wrongly.
    if ([a, b].some(g => !isScalar(g) && (g.rows !== result.rows || g.columns !== result.columns))) return undefined;
    const work = bracket(
      result.rows,
      result.columns,
      (i, j) => `${written(at(a, i, j)).latex} ${operator} ${factor(at(b, i, j))}`,
    );
    return {
      sentence,
      latex: `${typeset(a)} ${operator} ${typeset(b)} = ${work} ${relation(result)} ${typeset(result)}`,
      ...provenance(operator === '+' ? 'add' : 'subtract', result, [a, 'entry'], [b, 'entry']),
    };
  };
}

const scale: Explanation = ([c, a], result) => {
  if (!isScalar(c) || isScalar(a) || a.rows !== result.rows || a.columns !== result.columns) return undefined;
  const factorText = factor(c.at(0, 0));
  const work = bracket(a.rows, a.columns, (i, j) => `${factorText} \\cdot ${factor(a.at(i, j))}`);
  return {
    sentence: 'Multiply every entry by the number.',
    latex: `${written(c.at(0, 0)).latex} ${typeset(a)} = ${work} ${relation(result)} ${typeset(result)}`,
    ...provenance('multiply', result, [c, 'entry'], [a, 'entry']),
  };
};

const product: Explanation = ([a, b], result, node) => {
  // NumPy's vector @ matrix: the 1-D left operand stands as a row.
  const left = a.columns !== b.rows && a.rows === b.rows && a.columns === 1 ? transposed(a) : a;
  if (left.columns !== b.rows || left.columns === 0) return undefined;
  const rows = left.rows;
  const columns = b.columns;
  const term = (i: number, j: number) =>
    sum(left.columns, k => `${factor(left.at(i, k))} \\cdot ${factor(b.at(k, j))}`);
  const sentence =
    b.columns === 1 && rows > 1
      ? `Matrix times vector: entry i is row i of the ${shapeText(left)} times the ${shapeText(b)}.`
      : `Matrix product, ${left.rows}×${left.columns} by ${b.rows}×${b.columns} gives ${rows}×${columns}: entry (i, j) is row i times column j.`;
  const shownResult = rows === result.rows ? result : transposed(result);
  if (node.result.kind === 'scalar' || (rows === 1 && columns === 1)) return dot([a, b], result, node);
  return {
    sentence,
    latex: `${typeset(left)} ${typeset(b)} = ${bracket(rows, columns, term)} ${relation(result)} ${typeset(shownResult)}`,
    ...provenance('products', shownResult, [left, 'row'], [b, 'column']),
  };
};

const transposed = (g: Grid): Grid => ({ rows: g.columns, columns: g.rows, at: (i, j) => g.at(j, i) });

const entries = (g: Grid) => {
  const n = g.rows * g.columns;
  return { n, at: (k: number) => g.at(Math.floor(k / g.columns), k % g.columns) };
};

const dot: Explanation = ([a, b], result) => {
  const x = entries(a);
  const y = entries(b);
  if (x.n !== y.n || x.n === 0 || !isScalar(result)) return undefined;
  const work = sum(x.n, k => `${factor(x.at(k))} \\cdot ${factor(y.at(k))}`);
  return {
    sentence: 'Dot product: multiply entry by entry and add.',
    latex: `${work} ${relation(result)} ${typeset(result)}`,
    ...provenance('products', result, [a, 'all'], [b, 'all']),
  };
};

/** `\sqrt{8}`, or nothing when the sum of squares is no exact integer. */
function rootOf(squares: number): string {
  return Number.isSafeInteger(squares) ? ` = \\sqrt{${squares}}` : '';
}

function rootResult(squares: number, result: Grid): string {
  const value = Number(result.at(0, 0));
  if (Number.isInteger(value) && Number.isSafeInteger(squares) && value * value === squares) return ` = ${value}`;
  const text = written(value).latex;
  return ` \\approx ${/\./.test(text) && !text.includes('\\times') ? value.toFixed(2) : text}`;
}

const explainDistance: Explanation = ([a, b], result) => {
  if (!isReal(a) || !isReal(b)) return undefined;
  const x = entries(a);
  const y = entries(b);
  const work = sum(x.n, k => `(${written(x.at(k)).latex}-${factor(y.at(k))})^2`).replace(/ \+ /g, '+');
  let squares = 0;
  for (let k = 0; k < x.n; k++) squares += (Number(x.at(k)) - Number(y.at(k))) ** 2;
  return {
    sentence: 'Distance: the length of the difference, the root of the summed squares.',
    latex: `\\sqrt{${work}}${rootOf(squares)}${rootResult(squares, result)}`,
  };
};

const norm: Explanation = (operands, result) => {
  const [a] = operands;
  if (operands.length !== 1 || !isReal(a) || !isScalar(result)) return undefined;
  const x = entries(a);
  if (x.n === 0) return undefined;
  const work = sum(x.n, k => `${factor(x.at(k))}^2`);
  let squares = 0;
  for (let k = 0; k < x.n; k++) squares += Number(x.at(k)) ** 2;
  // MATLAB's norm of a matrix is its largest singular value.
  const value = Number(result.at(0, 0));
  if (Math.abs(Math.sqrt(squares) - value) > 1e-9 * value) return undefined;
  const sentence =
    a.columns === 1 || a.rows === 1
      ? 'Length: the root of the summed squares.'
      : 'Frobenius norm: the root of the summed squares of all entries.';
  return { sentence, latex: `\\sqrt{${work}}${rootOf(squares)}${rootResult(squares, result)}` };
};

const EXPLANATIONS: Readonly<Record<string, Explanation | undefined>> = {
  add: entrywise('+', 'Add entry by entry.'),
  subtract: entrywise('-', 'Subtract entry by entry.'),
  scale,
  matmul: product,
  dot,
  norm,
};

/** Worked methods by the operation's name, or by the last part of the function's path in its library. */
const METHODS: Readonly<Record<string, Method | undefined>> = {
  determinant,
  det: determinant,
  inverse,
  inv: inverse,
  solve,
  lstsq: leastSquares,
  rank,
  matrix_rank: rank,
  rref: reducedForm,
  lu,
  eig: eigenvalues,
  eigvals: eigenvalues,
  eigh: eigenvalues,
  eigvalsh: eigenvalues,
  svd: singularValues,
  svdvals: singularValues,
  qr: gramSchmidt,
  cholesky,
  chol: cholesky,
  multiply,
  divide,
  exp: exponential,
  sum: summed,
  mean,
  cross,
  outer,
  trace,
  power,
  matrix_power: power,
};
