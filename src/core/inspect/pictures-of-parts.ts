import type { Trace } from '../evaluate/trace';
import type { DataTable, LowRankSum, Picture, ProductEntry, Softmax } from '../scene/picture';
import { probabilities } from '../scene/softmax';
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
export const PICTURES_OF_ANY_OPERATION: readonly ((subject: OperationSubject) => Picture | undefined)[] = [softmaxOf];
