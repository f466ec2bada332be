import { contiguous, isRowMajor, type NDArray, rowMajorStrides, transpose } from '../../../values/ndarray';

/** How torch lays out in memory what it computes entry by entry. */

/** The steps of an operand along the axes of the result; 0 where it is repeated. */
function stepsOf(a: NDArray, shape: readonly number[]): number[] {
  const lead = shape.length - a.shape.length;
  return shape.map((n, k) => (k < lead || (a.shape[k - lead] === 1 && n !== 1) ? 0 : a.strides[k - lead]));
}

/** The axes from the innermost outwards, as TensorIterator sorts them by the steps of its operands. */
function innermostFirst(shape: readonly number[], operands: readonly NDArray[]): number[] {
  const steps = operands.map(a => stepsOf(a, shape));
  const order = shape.map((_, k) => k).reverse();
  const compare = (p: number, q: number): number => {
    for (const s of steps) {
      if (s[p] === 0 || s[q] === 0) continue;
      if (s[p] !== s[q]) return s[p] - s[q];
      if (shape[p] > shape[q]) return 1;
    }
    return 0;
  };
  for (let i = 1; i < order.length; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const d = compare(order[j], order[at]);
      if (d < 0) break;
      if (d === 0) continue;
      [order[j], order[at]] = [order[at], order[j]];
      at = j;
    }
  }
  return order;
}

/** A new array of entries computed one by one of these operands, laid out as they are. */
export function laidOver(result: NDArray, operands: readonly NDArray[]): NDArray {
  if (result.shape.length < 2 || operands.every(a => isRowMajor(a))) return result;
  const axes = innermostFirst(result.shape, operands).reverse();
  if (axes.every((axis, k) => axis === k)) return result;
  const { data } = contiguous(transpose(result, axes));
  const strides = [...result.strides];
  rowMajorStrides(axes.map(axis => result.shape[axis])).forEach((step, k) => {
    strides[axes[k]] = step;
  });
  return { ...result, strides, offset: 0, data: data === result.data ? data.slice() : data };
}
