import type { Place } from '../evaluate/place';
import type { Trace } from '../evaluate/trace';
import type { Attention } from '../scene/picture';
import { probabilities } from '../scene/softmax';
import type { Value } from '../values/value';
import type { OperationSubject } from './picture-subject';
import { realOf } from './real-numbers';

/** Largest side of the scores that are looked at. */
const SIDE = 128;
/** Nodes of the trace that are looked at. */
const NODES = 400;
/** Scores below are masked: code writes −∞, or a number such as −1e9. */
const HIDDEN = -1e8;

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

export function gridOf(value: Value | undefined): Grid | undefined {
  const real = value && realOf(value);
  if (real?.shape.length !== 2 || Math.min(...real.shape) < 1) return undefined;
  return { rows: real.shape[0], columns: real.shape[1], values: Float64Array.from(real.data) };
}

/** The first matrix of a batch of any number of axes. */
function firstGrid(value: Value): Grid | undefined {
  if (value.kind !== 'array' || value.array.shape.length < 3) return gridOf(value);
  const { array } = value;
  return gridOf({ kind: 'array', array: { ...array, shape: array.shape.slice(-2), strides: array.strides.slice(-2) } });
}

const close = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((x, k) => Math.abs(x - b[k]) <= 1e-5 * Math.max(1, Math.abs(b[k])));

function softmaxOfRows({ rows, columns, values }: Grid): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) out.set(probabilities(values.subarray(i * columns, (i + 1) * columns)), i * columns);
  return out;
}

/** A·B, or A·Bᵀ. */
function product(a: Grid, b: Grid, transposed: boolean): Grid {
  const columns = transposed ? b.rows : b.columns;
  const values = new Float64Array(a.rows * columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < a.columns; k++)
        sum += a.values[i * a.columns + k] * (transposed ? b.values[j * b.columns + k] : b.values[k * columns + j]);
      values[i * columns + j] = sum;
    }
  return { rows: a.rows, columns, values };
}

/** Names behind names that are followed. */
const DEPTH = 100;

/** What was computed below a node in its order, names followed to where they were assigned. */
export function computed(node: Trace, definition: OperationSubject['definition']): Trace[] {
  const out: Trace[] = [];
  const visit = (at: Trace, place: Place | undefined, depth: number): void => {
    if (out.length >= NODES) return;
    for (const child of at.children) visit(child, place, depth);
    const behind = at.expression.kind === 'name' && depth < DEPTH ? definition(at, place) : undefined;
    if (behind) visit(behind.trace, behind.place, depth + 1);
    else out.push(at);
  };
  visit(node, undefined, 0);
  return out;
}

/** How the scores X before the softmax come from the product S: X = c·S where nothing is masked. */
export function scaleBetween(
  s: Float64Array,
  x: Float64Array,
): { readonly scale: number; readonly same: boolean } | undefined {
  let top = -1;
  for (let k = 0; k < s.length; k++) if (x[k] > HIDDEN && (top < 0 || Math.abs(s[k]) > Math.abs(s[top]))) top = k;
  if (top < 0 || s[top] === 0) return undefined;
  const scale = x[top] / s[top];
  if (!(scale > 0)) return undefined;
  const fits = (k: number): boolean =>
    Number.isFinite(x[k]) && Math.abs(x[k] - scale * s[k]) <= 1e-6 * Math.max(1, Math.abs(x[k]));
  let hidden = 0;
  for (let k = 0; k < s.length; k++) {
    if (fits(k)) continue;
    if (x[k] > HIDDEN) return undefined;
    hidden++;
  }
  return { scale, same: hidden === 0 };
}

/**
 * softmax(c · Q Kᵀ, masked or not) · V, where the trace holds it: the weights are found by what they are, the softmax of
 * scores that were computed before them, and these by being multiples of a product.
 */
export function attentionByHand({ trace, label, definition }: OperationSubject): Attention | undefined {
  const [weights, values] = trace.operands.map(gridOf);
  const output = gridOf(trace.result);
  if (!weights || !values || !output || Math.max(weights.rows, weights.columns) > SIDE) return undefined;
  const { rows, columns } = weights;
  for (let i = 0; i < rows; i++) {
    const row = weights.values.subarray(i * columns, (i + 1) * columns);
    if (row.some(x => !(x >= 0)) || Math.abs(row.reduce((a, b) => a + b, 0) - 1) > 1e-5) return undefined;
  }
  const [of] = trace.children;
  if (!of) return undefined;
  const nodes = computed(of, definition);
  const grids = nodes.map(n => gridOf(n.result));
  const fits = (g: Grid | undefined): g is Grid => g?.rows === rows && g.columns === columns;
  const before = grids.findIndex(g => fits(g) && close(softmaxOfRows(g), weights.values));
  const masked = grids[before];
  if (!fits(masked)) return undefined;
  for (let k = before; k >= 0; k--) {
    const scores = grids[k];
    if (nodes[k].operation !== 'matmul' || !fits(scores)) continue;
    const found = scaleBetween(scores.values, masked.values);
    if (!found) continue;
    return {
      kind: 'attention',
      label: label(trace.operands[1], 'V'),
      queries: rows,
      keys: columns,
      width: values.columns,
      scores: scores.values,
      scale: Number(found.scale.toPrecision(12)),
      ...(found.same ? {} : { masked: hideMasked(masked.values) }),
      weights: weights.values,
      values: values.values,
      output: output.values,
    };
  }
  return undefined;
}

const hideMasked = (x: Float64Array): Float64Array => x.map(v => (v <= HIDDEN ? Number.NEGATIVE_INFINITY : v));

/** A library's attention, of a batch the first: Q, K, V and perhaps a mask. Which masking it used is told by its result. */
export function attentionByName({ trace, label }: OperationSubject): Attention | undefined {
  const [q, k, v, given] = trace.operands.map(firstGrid);
  const output = firstGrid(trace.result);
  if (!q || !k || !v || !output || Math.max(q.rows, k.rows) > SIDE || q.columns !== k.columns) return undefined;
  const scores = product(q, k, true);
  const scale = 1 / Math.sqrt(q.columns);
  const scaled = scores.values.map(x => x * scale);
  const { rows, columns } = scores;
  const causal = scaled.map((x, at) => (at % columns > Math.floor(at / columns) ? Number.NEGATIVE_INFINITY : x));
  const ways: readonly (Float64Array | undefined)[] = [
    undefined,
    causal,
    ...(given?.rows === rows && given.columns === columns
      ? [
          scaled.map((x, at) => x + given.values[at]),
          scaled.map((x, at) => (given.values[at] === 0 ? Number.NEGATIVE_INFINITY : x)),
        ]
      : []),
  ];
  for (const masked of ways) {
    const weights = softmaxOfRows({ rows, columns, values: masked ?? scaled });
    if (!close(product({ rows, columns, values: weights }, v, false).values, output.values)) continue;
    return {
      kind: 'attention',
      label: label(trace.operands[2], 'V'),
      queries: rows,
      keys: columns,
      width: v.columns,
      scores: scores.values,
      scale,
      ...(masked ? { masked } : {}),
      weights,
      values: v.values,
      output: output.values,
    };
  }
  return undefined;
}
