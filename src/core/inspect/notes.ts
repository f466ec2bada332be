import { toMatrix } from '../evaluate/matrices';
import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import type { DialectId } from '../expression/program';
import { depthWithin } from '../expression/walk';
import { numberText } from '../format/number-text';
import { shapeRepr } from '../format/numpy-arrays';
import * as linalg from '../linalg/index';
import { contains, type Span } from '../text/span';
import { isComplexType, partType } from '../values/dtype';
import type { NDArray } from '../values/ndarray';
import type { Value } from '../values/value';
import { MAX_TYPESET_DEPTH } from './definition';
import { arrayOf } from './real-numbers';

/** What runs without an error and is rarely meant. */
export interface Note {
  readonly span: Span;
  readonly text: string;
}

/** The source that an expression comes from: its own text, and that of the assignment of a name. */
export type SourceBehind = (e: Expression) => string;

/** Condition numbers beyond these leave hardly a digit of a result in double and in single precision. */
const DOUBLE = 1e14;
const SINGLE = 4e6;
/** Sides up to which the condition number is asked for. */
const SIDE = 64;

/** Ways to write that a new axis is meant. */
const NEW_AXIS = /\bNone\b|newaxis|reshape|expand_dims|keepdims?|unsqueeze|meshgrid|ogrid|ix_|atleast/;

const ELEMENTWISE: ReadonlySet<string> = new Set(['add', 'subtract', 'multiply', 'divide', 'comparison']);

/** Notes on everything that was computed within an expression, in the order of the text. */
export function notesOf(trace: Trace, dialect: DialectId, behind: SourceBehind): readonly Note[] {
  if (dialect === 'latex' || depthWithin(trace.expression, MAX_TYPESET_DEPTH) > MAX_TYPESET_DEPTH) return [];
  const whole = trace.expression.span;
  const out: Note[] = [];
  const visit = (t: Trace, parent: Trace | undefined): void => {
    const { span } = t.expression;
    // What a function does inside stands elsewhere.
    if (!contains(whole, span)) return;
    const text = wrong(t, parent, dialect, behind);
    if (text !== undefined) out.push({ span, text });
    for (const child of t.children) visit(child, t);
  };
  visit(trace, undefined);
  return out.sort((a, b) => a.span.start - b.span.start);
}

function wrong(t: Trace, parent: Trace | undefined, dialect: DialectId, behind: SourceBehind): string | undefined {
  const [first] = t.operands;
  if (t.operation === 'inverse' || t.operation === 'solve') return illConditioned(first);
  if (dialect !== 'python') return undefined;
  if (t.operation === 'transpose') return flatTranspose(t, first, parent);
  return ELEMENTWISE.has(t.operation) ? crossed(t, behind) : undefined;
}

function illConditioned(value: Value | undefined): string | undefined {
  const array = value && arrayOf(value);
  if (array?.shape.length !== 2 || isComplexType(array.dtype)) return undefined;
  const [n, m] = array.shape;
  if (n !== m || n === 0 || n > SIDE) return undefined;
  const found = linalg.svd(toMatrix(array));
  if (found.kind !== 'ok') return undefined;
  const condition = found.s[0] / found.s[n - 1];
  const limit = partType(array.dtype) === 'float32' ? SINGLE : DOUBLE;
  return condition > limit
    ? `The condition number is ${Number.isFinite(condition) ? numberText(condition, 2) : 'infinite'}: hardly a digit of the result is sure.`
    : undefined;
}

/** `x.T @ y` of vectors is what it looks like; elsewhere `.T` of a vector does not do what it says. */
function flatTranspose(t: Trace, value: Value | undefined, parent: Trace | undefined): string | undefined {
  if (value?.kind !== 'array' || value.array.shape.length !== 1) return undefined;
  const product = parent?.operation === 'matmul' || parent?.operation === 'dot';
  return product && parent.children.find(c => c.operation !== 'member') === t
    ? undefined
    : 'An array of one dimension is its own transpose: this makes no column.';
}

/** A row and a column of equal length, which make a square: each number meets each. */
function crossed(t: Trace, behind: SourceBehind): string | undefined {
  const parts = t.children.slice(-2);
  const arrays = parts.map(c => (c.result.kind === 'array' ? c.result.array : undefined));
  const [a, b] = arrays;
  if (parts.length < 2 || !a || !b || !(isColumnBeside(a, b) || isColumnBeside(b, a))) return undefined;
  if (parts.some(c => NEW_AXIS.test(behind(c.expression)))) return undefined;
  const n = Math.max(...a.shape);
  return `Shapes ${shapeRepr(a.shape)} and ${shapeRepr(b.shape)} make (${n}, ${n}): every number meets every other one.`;
}

/** (n, 1) beside (n,). */
const isColumnBeside = (column: NDArray, flat: NDArray): boolean =>
  column.shape.length === 2 &&
  column.shape[1] === 1 &&
  flat.shape.length === 1 &&
  flat.shape[0] === column.shape[0] &&
  flat.shape[0] > 1;
