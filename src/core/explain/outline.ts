import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import { expressionLatex } from '../format/expression-latex';
import { valueLatex } from '../format/latex';
import type { Value } from '../values/value';
import { transposed } from './grids';
import { gridOfValue, relation, typeset } from './notation';
import { before, operandNodes, parts } from './operands';
import { patternSentence } from './patterns';
import type { Step } from './step';

/** What an operation makes, in words. */
const NAMES: Readonly<Record<string, string>> = {
  add: 'a sum',
  subtract: 'a difference',
  multiply: 'a product',
  scale: 'a number times an array',
  divide: 'a quotient',
  matmul: 'a matrix product',
  dot: 'a dot product',
  cross: 'a cross product',
  outer: 'an outer product',
  norm: 'a length',
  determinant: 'a determinant',
  inverse: 'an inverse',
  solve: 'a linear system',
  mrdivide: 'a linear system',
  kron: 'a Kronecker product',
  expm: 'a matrix exponential',
  sqrt: 'a root',
  power: 'a power',
  exp: 'a power of e',
  sum: 'a sum of entries',
  mean: 'a mean',
  var: 'a variance',
  std: 'a standard deviation',
  maximum: 'a maximum',
  max: 'a maximum',
  relu: 'a ReLU',
  softmax: 'a softmax',
  attention: 'attention',
  layer_norm: 'a layer norm',
  cosine_similarity: 'a cosine similarity',
  eig: 'an eigenvalue problem',
  det: 'a determinant',
  inv: 'an inverse',
  matrix_power: 'a power',
  sequence: 'a list',
  transpose: 'a transpose',
  index: 'a choice of entries',
};

export const lastName = (operation: string): string => operation.slice(operation.lastIndexOf('.') + 1);

const what = (node: Trace): string => {
  const name = lastName(node.operation);
  return NAMES[name] ?? (isOwn(node) ? 'a function of this file' : name);
};

const shapeLatex = (v: Value): string | undefined => {
  if (v.kind === 'array') return v.array.shape.length === 0 ? undefined : v.array.shape.join(' \\times ');
  const g = v.kind === 'list' || v.kind === 'tuple' ? gridOfValue(v) : undefined;
  return g && (g.columns === 1 ? `${g.rows}` : `${g.rows} \\times ${g.columns}`);
};

const shapeText = (v: Value): string | undefined => shapeLatex(v)?.replaceAll(' \\times ', '×');

const isOwn = (node: Trace): boolean => /^(call|closure)$/.test(lastName(node.operation));

const wholeSentence = (node: Trace, shape: string | undefined): string =>
  isOwn(node)
    ? `A function of this file${shape ? ` that gives an array of shape ${shape}` : ''}. What it works out comes first.`
    : `The whole is ${what(node)}${shape ? ` of shape ${shape}` : ''}. Its parts come first.`;

/** How the expression is made up: its parts with their shapes below them. */
export function outline(node: Trace): Step {
  const shape = shapeText(node.result);
  return {
    sentence: patternSentence(node) ?? wholeSentence(node, shape),
    latex: expressionLatex(marked(node)),
    span: node.expression.span,
    operands: parts(node).map(p => p.expression.span),
    outline: true,
  };
}

/** One part of an expression with its value; its own steps are below. */
export const part = (node: Trace, children: readonly Step[]): Step => {
  const found = gridOfValue(node.result);
  // A list is written as a row.
  const grid = found?.columns === 1 && node.expression.kind === 'sequence' ? transposed(found) : found;
  return {
    sentence: `A part by itself: ${what(node)}.`,
    latex: `${expressionLatex(node.expression)} ${grid ? `${relation(grid)} ${typeset(grid)}` : `= ${valueLatex(node.result, { maxRows: 6, maxColumns: 6 })}`}`,
    span: node.expression.span,
    operands: operandNodes(node).flatMap(n => (n ? [n.expression.span] : [])),
    children,
  };
};

/** Whether the expression writes a small sign behind its operand, as in an inverse. */
const raises = (e: Expression): boolean =>
  e.kind === 'member' ||
  e.kind === 'unary' ||
  (e.kind === 'binary' && e.operator === 'power') ||
  (e.kind === 'call' && e.arguments.length === 1 && 'name' in e.callee && /^(inv|pinv|transpose)$/.test(e.callee.name));

/** The expression with a brace and the shape under every part that is an array. */
function marked(node: Trace): Expression {
  const shapes = new Map(parts(node).map(p => [p.expression, shapeLatex(p.result)] as const));
  const mark = (e: Expression): Expression => {
    const shape = shapes.get(e);
    // A name that begins with a backslash is typeset as it stands.
    if (!shape) return e;
    const latex = expressionLatex(e);
    const inner =
      raises(node.expression) && (e.kind === 'binary' || e.kind === 'unary') ? `\\left(${latex}\\right)` : latex;
    return { kind: 'name', name: `\\mathstrut{\\underbrace{${inner}}_{${shape}}}`, span: e.span };
  };
  const e = node.expression;
  switch (e.kind) {
    case 'binary': {
      const earlier = before(node);
      return { ...e, left: earlier ? marked(earlier) : mark(e.left), right: mark(e.right) };
    }
    case 'unary':
      return { ...e, operand: mark(e.operand) };
    case 'call':
      return {
        ...e,
        callee: e.callee.kind === 'member' ? { ...e.callee, object: mark(e.callee.object) } : e.callee,
        arguments: e.arguments.map(a => ({ ...a, value: mark(a.value) })),
      };
    case 'member':
      return { ...e, object: mark(e.object) };
    default:
      return e;
  }
}
