import type { Trace } from '../evaluate/trace';
import type { Value } from '../values/value';
import { operandNodes, sameValue } from './operands';

/** Well-known forms that are written out by hand, told in the outline of the expression. */

const last = (node: Trace | undefined): string => node?.operation.slice(node.operation.lastIndexOf('.') + 1) ?? '';

const is = (node: Trace | undefined, ...names: readonly string[]): boolean => names.includes(last(node));

/** What a value was computed from. */
const inputs = (node: Trace | undefined): readonly (Trace | undefined)[] => (node ? operandNodes(node) : []);

const same = (a: Value | undefined, b: Value | undefined): boolean => {
  if (!a || !b) return false;
  if (sameValue(a, b)) return true;
  if (a.kind !== 'array' || b.kind !== 'array' || a.array.data.length !== b.array.data.length) return false;
  return (
    a.array.data.length <= 4096 &&
    a.array.shape.join() === b.array.shape.join() &&
    a.array.data.every((x, k) => x === b.array.data[k])
  );
};

const SOFTMAX = 'Softmax: powers of e divided by their sum.';

const isSoftmax = (node: Trace | undefined): boolean => {
  if (is(node, 'softmax')) return true;
  if (node?.operation !== 'divide') return false;
  const [top, bottom] = inputs(node);
  return is(top, 'exp') && is(bottom, 'sum') && same(bottom?.operands[0], top?.result);
};

/** A softmax of scores times values. */
const isAttention = (node: Trace): boolean =>
  node.operation === 'matmul' && (isSoftmax(inputs(node)[0]) || calls(inputs(node)[0], /softmax/i));

const calls = (node: Trace | undefined, name: RegExp): boolean => {
  const e = node?.expression;
  return e?.kind === 'call' && (e.callee.kind === 'name' || e.callee.kind === 'member') && name.test(e.callee.name);
};

function isCosine(node: Trace): boolean {
  const [top, bottom] = inputs(node);
  if (node.operation !== 'divide' || top?.operation !== 'dot') return false;
  const lengths = bottom?.operation === 'multiply' || bottom?.operation === 'scale' ? inputs(bottom) : [];
  return (
    lengths.length === 2 &&
    lengths.every(l => l?.operation === 'norm' && top.operands.some(v => same(v, l.operands[0])))
  );
}

/** (a · b / b · b) b */
function isProjection(node: Trace): boolean {
  if (node.operation !== 'scale') return false;
  const [share, onto] = node.operands;
  const quotient = inputs(node).find(n => n && sameValue(n.result, share));
  if (quotient?.operation !== 'divide') return false;
  const [top, bottom] = inputs(quotient);
  return (
    top?.operation === 'dot' &&
    top.operands.some(v => same(v, onto)) &&
    ((bottom?.operation === 'dot' && bottom.operands.every(v => same(v, onto))) || is(bottom, 'power'))
  );
}

function isLayerNorm(node: Trace): boolean {
  const [top, bottom] = inputs(node);
  return (
    node.operation === 'divide' &&
    top?.operation === 'subtract' &&
    is(inputs(top)[1], 'mean') &&
    (is(bottom, 'std', 'sqrt') || (bottom?.operation === 'add' && is(inputs(bottom)[0], 'std')))
  );
}

/** max(0, W x + b) */
function isLayer(node: Trace): boolean {
  if (!is(node, 'maximum', 'relu', 'max')) return false;
  const affine = inputs(node).find(
    n => n?.operation === 'add' || n?.operation === 'subtract' || n?.operation === 'matmul',
  );
  return affine?.operation === 'matmul' || inputs(affine).some(n => n?.operation === 'matmul');
}

/** The factors of a chain of matrix products, from left to right. */
function factors(node: Trace | undefined): readonly (Trace | undefined)[] {
  if (node?.operation !== 'matmul') return [node];
  return inputs(node).flatMap(factors);
}

function chainSentence(node: Trace): string | undefined {
  if (node.operation !== 'matmul') return undefined;
  const chain = factors(node);
  const [first] = chain;
  const rest = chain.slice(1);
  const final = chain[chain.length - 1];
  if (first?.operation === 'inverse' && rest.length >= 2) {
    const [inner] = inputs(first);
    const gram = inner?.operation === 'matmul' ? inputs(inner) : [];
    const [at, a] = gram;
    if (at?.operation === 'transpose' && same(at.operands[0], a?.result) && same(rest[0]?.result, at.result))
      return 'Least squares by the normal equations: (AᵀA)⁻¹ Aᵀ b.';
    if (same(first.operands[0], final?.result))
      return 'Change of basis: P⁻¹ A P is the same map in the basis of the columns of P.';
  }
  if (final?.operation === 'inverse' && chain.length === 3 && same(final.operands[0], first?.result))
    return 'P D P⁻¹: the map D, seen from the basis in the columns of P.';
  return undefined;
}

/** One sentence on an expression that has a name of its own; undefined for others. */
export function patternSentence(node: Trace): string | undefined {
  if (isSoftmax(node)) return SOFTMAX;
  if (isAttention(node)) return 'Attention: rows of weights that add up to 1 mix the rows of the values.';
  if (isCosine(node)) return 'Cosine similarity: the dot product divided by both lengths.';
  if (isProjection(node)) return 'Projection: the share (a · b) / (b · b) of the vector b.';
  if (isLayerNorm(node)) return 'Layer norm: subtract the mean, divide by the standard deviation.';
  if (isLayer(node)) return 'A layer with ReLU: a matrix times a vector, a shift, and what is below 0 becomes 0.';
  return chainSentence(node);
}
