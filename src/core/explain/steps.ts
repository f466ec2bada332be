import type { Trace } from '../evaluate/trace';
import { contains } from '../text/span';
import { cholesky } from './cholesky';
import { determinant } from './determinant';
import { eigenvalues } from './eigen';
import {
  add,
  deviation,
  divide,
  exponential,
  maximum,
  mean,
  multiply,
  raised,
  relu,
  scale,
  spreadOf,
  squareRoot,
  subtract,
  summed,
} from './elementwise';
import { matrixExponential } from './exponential';
import { gramSchmidt } from './gram-schmidt';
import { inverse } from './inverse';
import { kronecker } from './kronecker';
import { lu } from './lu';
import type { Method } from './method';
import { attention, cosineSimilarity, layerNorm, softmax } from './networks';
import { distance, norm } from './norms';
import { gridOfValue } from './notation';
import { before, type EntryPlaces, parts, placed, sameValue } from './operands';
import { lastName, outline, part } from './outline';
import { cross, dot, outer, power, product, trace as traceOf, transpose } from './products';
import { singularValues } from './singular';
import { kernel, range, rank } from './spaces';
import type { Step } from './step';
import { leastSquares, reducedForm, rightQuotient, solve } from './systems';

/**
 * The worked steps of a computation. An expression of one operation has the step of its method. One that is made of
 * parts has its outline, a step for every part with the part's own steps below, and the step of its outermost operation.
 */
export function stepsOf(trace: Trace, entryPlaces: EntryPlaces = () => undefined): Step[] {
  let opened = 0;
  const told = (node: Trace, depth: number): Step[] => {
    const own = explain(node);
    const step = own ? [placed(own.step, own.node, entryPlaces)] : [];
    if (depth >= MAX_DEPTH || opened >= MAX_OPENED) return step;
    opened++;
    const earlier = before(node);
    const inner = parts(node)
      .map(p => ({ p, steps: told(p, p === earlier ? depth : depth + 1) }))
      .filter(({ steps }) => steps.length > 0);
    if (inner.length === 0) return step;
    const below = distinct(
      inner.flatMap(({ p, steps }) => (p === earlier ? steps.filter(s => !s.outline) : grouped(p, steps))),
    );
    if (below.length === 0) return step;
    if (step.length > 0) return [outline(node), ...elided(below), ...step];
    const steps = inner.length === 1 ? inner[0].steps : elided(below);
    return isOwnFunction(node) ? [outline(node), ...steps] : [...steps];
  };
  /** A part as one step: its only one, or one with all of its own below. A transpose within a product is plain to see. */
  const grouped = (node: Trace, steps: readonly Step[]): readonly Step[] => {
    const shown = node.operation === 'transpose' ? steps.slice(0, -1).filter(s => !s.outline) : steps;
    return shown.length <= 1 ? shown : [part(node, shown)];
  };
  return told(trace, 0);
}

/** Parts within parts are opened so far, and so many in all: functions that call themselves have very many. */
const MAX_DEPTH = 12;
const MAX_OPENED = 300;

/** The same part written twice is told once. */
function distinct(steps: readonly Step[]): Step[] {
  const seen = new Set<string>();
  return steps.filter(s => !seen.has(s.latex) && seen.add(s.latex));
}

/** More parts than these are a loop; its middle is left out. */
const MAX_PARTS = 16;

function elided(steps: readonly Step[]): readonly Step[] {
  if (steps.length <= MAX_PARTS) return steps;
  const end = MAX_PARTS / 2;
  const gap: Step = {
    sentence: `${steps.length - 2 * end} more steps of the same kind are left out.`,
    latex: '\\cdots',
  };
  return [...steps.slice(0, end), gap, ...steps.slice(-end)];
}

/** A call of a function of the document, whose body was followed. */
const isOwnFunction = (node: Trace): boolean =>
  node.expression.kind === 'call' && node.children.some(c => !contains(node.expression.span, c.expression.span));

/** A step, and the computation whose operands it works on. */
interface Explained {
  readonly step: Step;
  readonly node: Trace;
}

function explain(node: Trace): Explained | undefined {
  const inner = distanceParts(node);
  const worked = inner ? { ...inner, result: node.result, expression: node.expression } : node;
  const step = inner ? distance(worked) : METHODS[lastName(node.operation)]?.(node);
  if (!step) return undefined;
  return { step: step.alternatives ? { ...step, operation: lastName(node.operation) } : step, node: worked };
}

/** The subtraction inside `norm(a - b)`: the two are told as one, the distance. */
function distanceParts(node: Trace): Trace | undefined {
  if (node.operation !== 'norm' || node.operands.length !== 1) return undefined;
  const inner = node.children.find(c => c.operation === 'subtract');
  if (!inner || !sameValue(inner.result, node.operands[0])) return undefined;
  const [a, b] = inner.operands.map(gridOfValue);
  return a && b && a.columns === 1 && b.columns === 1 && a.rows === b.rows && a.rows > 1 ? inner : undefined;
}

/** Worked methods by the operation's name, or by the last part of the function's path in its library. */
const METHODS: Readonly<Record<string, Method | undefined>> = {
  add,
  subtract,
  scale,
  multiply,
  divide,
  matmul: product,
  dot,
  inner: dot,
  vdot: dot,
  cross,
  outer,
  trace: traceOf,
  transpose,
  power: node => power(node) ?? raised(node),
  matrix_power: power,
  exp: exponential,
  sqrt: squareRoot,
  sum: summed,
  mean,
  var: spreadOf,
  std: deviation,
  maximum,
  max: maximum,
  norm,
  determinant,
  det: determinant,
  inverse,
  inv: inverse,
  solve,
  mrdivide: rightQuotient,
  kron: kronecker,
  expm: matrixExponential,
  lstsq: leastSquares,
  rref: reducedForm,
  rank,
  matrix_rank: rank,
  null: kernel,
  null_space: kernel,
  orth: range,
  lu,
  qr: gramSchmidt,
  cholesky,
  chol: cholesky,
  eig: eigenvalues,
  eigvals: eigenvalues,
  eigh: eigenvalues,
  eigvalsh: eigenvalues,
  svd: singularValues,
  svdvals: singularValues,
  relu,
  softmax,
  attention,
  layer_norm: layerNorm,
  cosine_similarity: cosineSimilarity,
};
