import type { Trace } from '../evaluate/trace';
import { movedByLayer } from '../scene/layer';
import type { DataTable, Layer, LowRankSum, Picture, ProductEntry, Softmax, Vector2 } from '../scene/picture';
import { probabilities } from '../scene/softmax';
import type { Value } from '../values/value';
import type { OperationSubject } from './picture-subject';
import { computed, gridOf, scaleBetween } from './pictures-of-attention';
import { realOf } from './real-numbers';

/** Largest side of the factors of a product that is seen entry by entry. */
const PRODUCT_SIDE = 128;
/** Most entries of a vector whose softmax is seen. */
const SOFTMAX_LENGTH = 64;

/** A product whose factors are too large to be animated. */
export function productEntry({ trace, label }: OperationSubject): ProductEntry | undefined {
  const [a, b] = trace.operands.map(gridOf);
  if (!a || !b || a.columns !== b.rows) return undefined;
  const side = Math.max(a.rows, a.columns, b.columns);
  if (side > PRODUCT_SIDE || side <= SMALL) return undefined;
  return {
    kind: 'product-entry',
    a: { label: label(trace.operands[0], 'A'), ...a },
    b: { label: label(trace.operands[1], 'B'), ...b },
  };
}

/** Sides up to which the product is animated instead. */
const SMALL = 8;

/** W + B A with thin factors, whichever comes first; a number before the product belongs to B. */
export function lowRankSum({ trace, label, definition }: OperationSubject): LowRankSum | undefined {
  for (const [base, update] of [
    [0, 1],
    [1, 0],
  ]) {
    const [w, sum] = [gridOf(trace.operands[base]), gridOf(trace.operands[update])];
    const of = trace.children[update];
    if (!w || !sum || !of || w.rows !== sum.rows || w.columns !== sum.columns) return undefined;
    for (const node of computed(of, definition).reverse()) {
      const thin = node.operation === 'matmul' && thinProduct(node, sum, label);
      if (!thin) continue;
      return {
        kind: 'low-rank-sum',
        base: { label: label(trace.operands[base], 'W'), ...w },
        ...thin,
        result: 'sum',
      };
    }
  }
  return undefined;
}

function thinProduct(
  node: Trace,
  sum: Omit<DataTable, 'label'>,
  label: OperationSubject['label'],
): { readonly tall: DataTable; readonly wide: DataTable } | undefined {
  const [b, a] = node.operands.map(gridOf);
  const product = gridOf(node.result);
  if (!b || !a || product?.rows !== sum.rows || product.columns !== sum.columns) return undefined;
  if (b.columns >= Math.min(sum.rows, sum.columns) || Math.max(sum.rows, sum.columns) > PRODUCT_SIDE) return undefined;
  const found = scaleBetween(product.values, sum.values);
  if (!found?.same) return undefined;
  const name = label(node.operands[0], 'B');
  const { scale } = found;
  return {
    tall: {
      label: scale === 1 ? name : `${Number(scale.toPrecision(4))}·${name}`,
      ...b,
      values: b.values.map(x => scale * x),
    },
    wide: { label: label(node.operands[1], 'A'), ...a },
  };
}

/** Fewest points that make a cloud (fewer are seen in the chain of maps), and most that are drawn. */
const POINTS = { least: 3, most: 2000 };

/** Operations that cut what is negative, where the other operand is zero. */
const CUTS: ReadonlySet<string> = new Set(['numpy.maximum', 'relu']);

/**
 * Points of the plane through W x + b and perhaps ReLU: `np.maximum(X @ W + b, 0)` with a point a row, or
 * `W @ X + b[:, None]` with a point a column, or `F.linear(X, W, b)`. Only where the result is what these steps make of the points.
 */
export function layerOf({ trace, label, definition }: OperationSubject): Layer | undefined {
  const out = gridOf(trace.result) ?? columnOf(trace.result);
  if (!out) return undefined;
  const cut = trace.operation !== 'add' && trace.operation !== 'linear';
  if (cut && !CUTS.has(trace.operation)) return undefined;
  for (const node of computed(trace, definition)) {
    // torch's F.linear(x, W) is x Wᵀ, a point a row.
    const linear = node.operation === 'linear';
    if (node.operation !== 'matmul' && !linear) continue;
    const [first, given] = [node.operands[0], node.operands[1]].map(v => gridOf(v) ?? columnOf(v));
    const second = linear ? given && transposed(given) : given;
    if (!first || !second) continue;
    const byRows = second.rows === 2 && second.columns === 2 && first.columns === 2;
    const byColumns = !linear && first.rows === 2 && first.columns === 2 && second.rows === 2;
    if (!byRows && !byColumns) continue;
    // A point a row: x ↦ x W is the map of the transposed matrix.
    const upright = byColumns && !(byRows && out.columns === 2 && first.rows !== 2);
    const [w, x] = upright ? [first, second] : [second, first];
    const [a, b, c, d] = w.values;
    const n = upright ? x.columns : x.rows;
    if (n < POINTS.least || n > POINTS.most || out.values.length !== 2 * n) continue;
    const points = new Float64Array(2 * n);
    const ends = new Float64Array(2 * n);
    for (let i = 0; i < n; i++)
      for (const k of [0, 1]) {
        points[2 * i + k] = upright ? x.values[k * n + i] : x.values[2 * i + k];
        ends[2 * i + k] = upright ? out.values[k * n + i] : out.values[2 * i + k];
      }
    const layer: Omit<Layer, 'bias'> = {
      kind: 'layer',
      label: label(node.operands[upright ? 0 : 1], 'W'),
      entries: upright ? [a, b, c, d] : [a, c, b, d],
      cut,
      points,
    };
    const bias = biasOf(layer, ends);
    if (bias) return { ...layer, bias };
  }
  return undefined;
}

const transposed = ({ rows, columns, values }: Omit<DataTable, 'label'>): Omit<DataTable, 'label'> => ({
  rows: columns,
  columns: rows,
  values: values.map((_, k) => values[(k % rows) * columns + Math.floor(k / rows)]),
});

const columnOf = (value: Value | undefined): Omit<DataTable, 'label'> | undefined => {
  const real = value && realOf(value);
  return real?.shape.length === 1
    ? { rows: real.shape[0], columns: 1, values: Float64Array.from(real.data) }
    : undefined;
};

/** The shift that makes the ends of the points; told by a coordinate that was not cut, and undefined where it does not fit all. */
function biasOf(layer: Omit<Layer, 'bias'>, ends: Float64Array): Vector2 | undefined {
  const plain = { ...layer, bias: [0, 0] as const, cut: false };
  const n = ends.length / 2;
  const mapped = Array.from({ length: n }, (_, i) =>
    movedByLayer(plain, [layer.points[2 * i], layer.points[2 * i + 1]], 1),
  );
  const shift = (k: 0 | 1): number | undefined => {
    const i = mapped.findIndex((_, at) => !layer.cut || ends[2 * at + k] > 0);
    return i < 0 ? undefined : ends[2 * i + k] - mapped[i][k];
  };
  const [u, v] = [shift(0), shift(1)];
  if (u === undefined || v === undefined) return undefined;
  const tidy = (x: number): number => Number(x.toPrecision(12)) + 0;
  const bias: Vector2 = [tidy(u), tidy(v)];
  const fits = mapped.every((m, i) =>
    ([0, 1] as const).every(k => {
      const before = m[k] + bias[k];
      const after = layer.cut ? Math.max(0, before) : before;
      return Math.abs(after - ends[2 * i + k]) <= 1e-6 * Math.max(1, Math.abs(after));
    }),
  );
  return fits ? bias : undefined;
}

/** A vector of probabilities that is the softmax of scores computed before it. */
export function softmaxOf({ trace, label, definition }: OperationSubject): Softmax | undefined {
  const p = realOf(trace.result);
  if (p?.shape.length !== 1 || p.shape[0] < 2 || p.shape[0] > SOFTMAX_LENGTH) return undefined;
  const values = Array.from(p.data);
  if (values.some(x => !(x >= 0)) || Math.abs(values.reduce((a, b) => a + b, 0) - 1) > 1e-5) return undefined;
  for (const node of computed(trace, definition)) {
    if (node === trace) continue;
    const real = realOf(node.result);
    if (real?.shape.length !== 1 || real.shape[0] !== values.length) continue;
    const scores = Float64Array.from(real.data);
    if (probabilities(scores).every((x, k) => Math.abs(x - values[k]) <= 1e-6))
      return { kind: 'softmax', label: label(node.result, 'scores'), scores };
  }
  return undefined;
}

/** Pictures that an operation of any name may have, told by its numbers. */
export const PICTURES_OF_ANY_OPERATION: readonly ((subject: OperationSubject) => Picture | undefined)[] = [
  softmaxOf,
  layerOf,
];
