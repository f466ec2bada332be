import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import type { Picture } from '../scene/picture';
import { sizeOf } from '../values/ndarray';
import type { Value } from '../values/value';
import {
  type DefinitionOf,
  type OperandOf,
  operationSubject,
  plainLabel,
  sameValue,
  valueSubject,
} from './picture-subject';
import { ABOUT_A_MATRIX } from './pictures-of-matrices';
import { PICTURES_OF_OPERATIONS } from './pictures-of-operations';
import { PICTURES_OF_ANY_OPERATION } from './pictures-of-parts';
import { PICTURES_OF_VALUES } from './pictures-of-values';
import { realOf } from './real-numbers';
import { mostTelling } from './telling';

/** Pictures that any array of numbers has. */
const OF_ANY_NUMBERS: ReadonlySet<Picture['kind']> = new Set(['heatmap', 'array-heatmap', 'series', 'histogram']);

/**
 * The pictures that fit a computation and its value, the most telling first: those of the operation, then those of the
 * value by itself. `label` is the expression's short text. A new picture is one line in the list of either.
 */
export function picturesOf(
  value: Value,
  trace: Trace | undefined,
  label: string,
  operandOf: OperandOf,
  textOf: (e: Expression) => string,
  definition: DefinitionOf = () => undefined,
): Picture[] {
  const own = ofValue(value, plainLabel(label), trace?.expression, operandOf, trace?.operation);
  if (!trace) return own;
  const subject = operationSubject(trace, operandOf, textOf, definition);
  const told = PICTURES_OF_ANY_OPERATION.flatMap(picture => picture(subject) ?? []);
  const all = [...told, ...ofOperation(trace, operandOf, textOf, definition), ...own];
  // What a function of one matrix tells about it (`det`, `eig`, `svd`) is seen in the matrix itself.
  const received = trace.children.filter(c => c.result.kind === 'array' || c.result.kind === 'list');
  const telling = ABOUT_A_MATRIX.get(trace.operation);
  const plain = all.every(p => OF_ANY_NUMBERS.has(p.kind));
  if (received.length === 1 && (telling || (plain && isLess(value, received[0].result)))) {
    const { result, expression } = received[0];
    const matrix = ofValue(result, plainLabel(textOf(expression)), expression, operandOf);
    const first = (telling ?? []).flatMap(kind => matrix.filter(p => p.kind === kind));
    const rest = [...matrix.filter(p => !first.includes(p)), ...all.filter(p => !(telling && p.kind === 'vectors'))];
    return [...first, ...rest.filter((p, k) => ![...first, ...rest.slice(0, k)].some(other => other.kind === p.kind))];
  }
  return all;
}

/** Whether a value says less than what it was made from: of as many numbers in another array it has its own picture. */
const isLess = (value: Value, from: Value): boolean =>
  value.kind !== 'array' || sizeOf(value.array.shape) < (countOf(from) ?? Number.POSITIVE_INFINITY);

const countOf = (value: Value): number | undefined =>
  value.kind === 'array' ? sizeOf(value.array.shape) : realOf(value)?.data.length;

function ofValue(
  value: Value,
  label: string,
  expression: Expression | undefined,
  operandOf: OperandOf,
  operation?: string,
): Picture[] {
  const subject = valueSubject(value, label, expression, operandOf);
  const fitting = PICTURES_OF_VALUES.flatMap(picture => picture(subject) ?? []);
  const first = mostTelling(subject, operation);
  return [...fitting.filter(p => p.kind === first), ...fitting.filter(p => p.kind !== first)];
}

function ofOperation(
  trace: Trace,
  operandOf: OperandOf,
  textOf: (e: Expression) => string,
  definition: DefinitionOf,
): Picture[] {
  const [first] = trace.operands;
  if (trace.operation === 'norm' && first) {
    const inner = trace.children.find(c => c.operation === 'subtract' && sameValue(c.result, first));
    if (inner) return ofOperation(inner, operandOf, textOf, definition);
    const received = trace.children.find(c => sameValue(c.result, first))?.expression;
    const balls = ofList(trace, operandOf, textOf, definition);
    return [...balls, ...ofValue(first, (received && plainLabel(textOf(received))) || 'x', received, operandOf)];
  }
  const fitting = ofList(trace, operandOf, textOf, definition);
  const [indexed] = trace.children;
  // One of several results, as in `np.linalg.lstsq(A, b)[0]`, is shown by what they come from.
  if (trace.operation === 'index' && indexed?.result.kind === 'tuple')
    return ofOperation(indexed, operandOf, textOf, definition);
  if (fitting.length > 0 || (trace.operation !== 'print' && trace.operation !== 'call')) return fitting;
  // What a function works out on its way is not what it gives.
  const telling =
    trace.operation === 'call' ? trace.children.filter(c => sameValue(c.result, trace.result)) : trace.children;
  return telling.flatMap(c => ofOperation(c, operandOf, textOf, definition)).slice(0, 2);
}

function ofList(
  trace: Trace,
  operandOf: OperandOf,
  textOf: (e: Expression) => string,
  definition: DefinitionOf,
): Picture[] {
  const subject = operationSubject(trace, operandOf, textOf, definition);
  return (PICTURES_OF_OPERATIONS.get(trace.operation) ?? []).flatMap(picture => picture(subject) ?? []);
}
