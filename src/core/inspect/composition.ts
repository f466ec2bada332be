import type { Place } from '../evaluate/place';
import type { Trace } from '../evaluate/trace';
import { through } from '../scene/composition-chain';
import type { LabelledVector, Picture, Stage } from '../scene/picture';
import type { Value } from '../values/value';
import { isSeen, type OperationSubject, sameValue, vectorOf } from './picture-subject';
import { realOf } from './real-numbers';

/** Operations that change each entry by itself, by their library paths. */
const POINTWISE: ReadonlyMap<string, Extract<Stage, { kind: 'pointwise' }>['name']> = new Map([
  ['numpy.abs', 'abs'],
  ['numpy.absolute', 'abs'],
  ['octave.abs', 'abs'],
  ['numpy.tanh', 'tanh'],
  ['octave.tanh', 'tanh'],
  ['torch.tanh', 'tanh'],
  ['torch.relu', 'relu'],
  ['torch.nn.functional.relu', 'relu'],
  ['torch.sigmoid', 'sigmoid'],
]);

/** Operations of which the larger of zero and a vector is the positive part. */
const LARGER: ReadonlySet<string> = new Set(['numpy.maximum', 'octave.max']);

/** The operations on each entry that end a chain. */
export const FOLDS: readonly string[] = [...LARGER, ...POINTWISE.keys()];

interface Chain {
  /** What the first stage is given. */
  readonly begin: { readonly value: Value; readonly trace: Trace };
  readonly stages: readonly Stage[];
}

/** Longest chain that is drawn, and how far its beginning is looked for. */
const STAGES = 7;
const DEPTH = 60;

/** A vector through at least two maps, shifts or folds: the picture of `W2 @ relu(W1 @ x + b)` or `A @ x + b`. */
export function composition(subject: OperationSubject): Picture | undefined {
  const { trace, operandOf, textLabel } = subject;
  const chain = chainOf(trace, trace.result, subject);
  const components = chain && vectorOf(realOf(chain.begin.value));
  if (!chain || !components || chain.stages.length > STAGES) return undefined;
  // One map of the plane has a picture of its own.
  const inSpace = chain.stages.some(s => s.kind === 'linear' && s.rows * s.columns > 4);
  if (chain.stages.length < (inSpace ? 1 : 2)) return undefined;
  if (!chain.stages.some(s => s.kind === 'linear')) return undefined;
  const { expression } = chain.begin.trace;
  const start: LabelledVector = {
    label: textLabel(expression) || 'x',
    components,
    operand: operandOf('vector', expression, [components.length]),
  };
  const end = vectorOf(realOf(trace.result));
  const found = chain.stages.reduce((x, stage) => through(stage, x), components);
  // What the chain leaves out would make a different picture.
  return end && isNear(found, end) ? { kind: 'composition', start, stages: chain.stages } : undefined;
}

/** A product of square maps of the plane or of space: one after the other, from the right. */
export function compositionOfMaps({ trace, textLabel }: OperationSubject): Picture | undefined {
  const stages = factorsOf(trace, textLabel).reverse();
  return stages.length > 1 && stages.length <= STAGES ? { kind: 'composition', stages } : undefined;
}

const isNear = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, k) => Math.abs(x - b[k]) <= 1e-5 * Math.max(1, Math.abs(x)));

type TextLabel = OperationSubject['textLabel'];

/** The stages that lead to the vector `value`, as far back as they are known. */
function chainOf(
  trace: Trace,
  value: Value,
  { textLabel, definition }: Pick<OperationSubject, 'textLabel' | 'definition'>,
  place?: Place,
  depth = 0,
): Chain | undefined {
  // Far more than a chain that is drawn takes.
  if (depth > DEPTH) return undefined;
  const size = vectorOf(realOf(value))?.length;
  if (size === undefined || !isSeen(size)) return undefined;
  const alone: Chain = { begin: { value, trace }, stages: [] };
  const after = (input: Value, stages: readonly Stage[], among = trace.children): Chain | undefined => {
    const made = among.find(c => sameValue(c.result, input));
    const before = made && chainOf(made, input, { textLabel, definition }, place, depth + 1);
    return before && { begin: before.begin, stages: [...before.stages, ...stages] };
  };
  const [a, b] = trace.operands;
  switch (trace.operation) {
    case 'matmul': {
      const left = trace.children[0];
      const maps = left && sameValue(left.result, a) ? factorsOf(left, textLabel).reverse() : [];
      return (maps.length > 0 && after(b, maps)) || alone;
    }
    case 'add':
    case 'subtract': {
      const sign = trace.operation === 'add' ? 1 : -1;
      const shift = (by: Value): Stage[] => {
        const values = vectorOf(realOf(by));
        const made = trace.children.find(c => sameValue(c.result, by));
        if (!values || values.length !== size) return [];
        const label = (made && textLabel(made.expression)) || 'b';
        return [{ kind: 'shift', label: sign < 0 ? `(−${label})` : label, values: values.map(x => sign * x) }];
      };
      const first = after(a, shift(b));
      if (first && first.stages.length > 1) return first;
      const second = sign > 0 ? after(b, shift(a)) : undefined;
      return second && second.stages.length > 1 ? second : alone;
    }
    case 'name': {
      // A name is as far as one need look, unless it was made by further stages.
      const made = definition(trace, place);
      const longer = made && chainOf(made.trace, value, { textLabel, definition }, made.place, depth + 1);
      return longer && longer.stages.length > 0 ? longer : alone;
    }
    case 'call': {
      // A function of the document: its last step, applied to what it was given.
      const inner = trace.children[trace.children.length - 1];
      const folded = inner && pointwiseOf(inner);
      return (folded && after(folded.input, [folded.stage])) || alone;
    }
    default: {
      const folded = pointwiseOf(trace);
      return (folded && after(folded.input, [folded.stage])) || alone;
    }
  }
}

function pointwiseOf({ operation, operands }: Trace): { readonly input: Value; readonly stage: Stage } | undefined {
  const isZero = (v: Value | undefined): boolean => v?.kind === 'scalar' && v.value === 0;
  if (LARGER.has(operation)) {
    const [a, b] = operands;
    const input = isZero(a) ? b : isZero(b) ? a : undefined;
    return input && { input, stage: { kind: 'pointwise', name: 'relu' } };
  }
  const name = POINTWISE.get(operation);
  return name && operands.length === 1 ? { input: operands[0], stage: { kind: 'pointwise', name } } : undefined;
}

/** The matrices of a product from left to right; none where one of them is no map of the plane or of space. */
function factorsOf(trace: Trace, textLabel: TextLabel): Extract<Stage, { kind: 'linear' }>[] {
  const [left, right] = trace.children;
  if (trace.operation === 'matmul' && left && right && realOf(right.result)?.shape.length === 2) {
    const [a, b] = [factorsOf(left, textLabel), factorsOf(right, textLabel)];
    if (a.length > 0 && b.length > 0) return [...a, ...b];
  }
  const real = realOf(trace.result);
  if (real?.shape.length !== 2 || !real.shape.every(isSeen)) return [];
  const values = Array.from(real.data);
  if (!values.every(Number.isFinite)) return [];
  const label = textLabel(trace.expression) || 'A';
  return [{ kind: 'linear', label, rows: real.shape[0], columns: real.shape[1], values }];
}
