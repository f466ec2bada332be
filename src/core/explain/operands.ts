import type { Trace } from '../evaluate/trace';
import type { Span } from '../text/span';
import type { Value } from '../values/value';
import { gridOfValue } from './notation';
import type { OperandEntries } from './provenance';
import type { Step } from './step';

/** The places of the numbers that an expression writes out, row by row; undefined where it has none. */
export type EntryPlaces = (t: Trace) => readonly Span[] | undefined;

/** Whether two values are the same object in memory. */
export const sameValue = (a: Value, b: Value): boolean =>
  a === b ||
  (a.kind === 'array' && b.kind === 'array' && a.array === b.array) ||
  (a.kind === 'scalar' && b.kind === 'scalar' && a.dtype === b.dtype && Object.is(a.value, b.value));

/** The parts of a computation that gave values: of a call its arguments, and the object whose method it is. */
export function parts(node: Trace): readonly Trace[] {
  const e = node.expression;
  if (e.kind !== 'call') return node.children;
  const callee = node.children.find(c => c.expression === e.callee);
  const receiver = callee?.expression.kind === 'member' ? callee.children : [];
  const given = node.children.filter(c => c !== callee);
  return [...receiver.filter(c => c.result.kind !== 'module'), ...given];
}

/** Operations that are written in a row, `A B C` or `a + b - c`: each works on what those before it gave. */
const CHAINS: readonly (readonly string[])[] = [['matmul'], ['add', 'subtract']];

/** The operation before this one in a row of the same kind; undefined for the first. */
export function before(node: Trace): Trace | undefined {
  const family = CHAINS.find(c => c.includes(node.operation));
  if (!family || node.expression.kind !== 'binary') return undefined;
  const [left] = node.children;
  return left?.expression.kind === 'binary' && family.includes(left.operation) ? left : undefined;
}

/** The computation that gave each operand, in the operands' order. */
export function operandNodes(node: Trace): readonly (Trace | undefined)[] {
  const left = [...parts(node)];
  const inOrder = left.length === node.operands.length;
  return node.operands.map((value, k) => {
    const at = inOrder && sameValue(parts(node)[k].result, value) ? left.indexOf(parts(node)[k]) : -1;
    const found = at >= 0 ? at : left.findIndex(c => sameValue(c.result, value));
    if (found >= 0) return left.splice(found, 1)[0];
    return inOrder ? parts(node)[k] : undefined;
  });
}

/** A step with the places in the source that it, its operands and their entries stand at. */
export function placed(step: Step, node: Trace, entryPlaces: EntryPlaces): Step {
  const nodes = operandNodes(node);
  const provenance = step.provenance && {
    ...step.provenance,
    operands: step.provenance.operands.map((o, k) => placedOperand(o, nodes[k], entryPlaces)),
  };
  const known = nodes.flatMap(n => (n ? [n.expression.span] : []));
  return {
    ...step,
    span: node.expression.span,
    operands: known.length > 0 ? known : parts(node).map(c => c.expression.span),
    ...(provenance ? { provenance } : {}),
    ...(step.alternatives ? { alternatives: step.alternatives.map(a => placed(a, node, entryPlaces)) } : {}),
  };
}

function placedOperand(o: OperandEntries, node: Trace | undefined, entryPlaces: EntryPlaces): OperandEntries {
  if (!node) return o;
  const places = writtenPlaces(node, entryPlaces);
  return {
    ...o,
    span: node.expression.span,
    ...(places?.length === o.rows * o.columns ? { places } : {}),
  };
}

/** Places of an operand's entries, through transposes. */
function writtenPlaces(node: Trace, entryPlaces: EntryPlaces): readonly Span[] | undefined {
  if (node.operation !== 'transpose') return entryPlaces(node);
  const inner = operandNodes(node)[0] ?? parts(node)[0];
  const grid = inner && gridOfValue(inner.result);
  const places = inner && writtenPlaces(inner, entryPlaces);
  if (!grid || places?.length !== grid.rows * grid.columns) return undefined;
  const is1d = inner.result.kind === 'array' && inner.result.array.shape.length === 1;
  if (is1d) return places;
  return Array.from({ length: places.length }, (_, k) => {
    const [i, j] = [Math.floor(k / grid.rows), k % grid.rows];
    return places[j * grid.columns + i];
  });
}
