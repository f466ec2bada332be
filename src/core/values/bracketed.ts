/** Items in row-major order within nested brackets, `[[1, 2], [3, 4]]` for the shape [2, 2]. */
export function bracketed(shape: readonly number[], items: readonly string[], open = '[', close = ']'): string {
  const nested = (axis: number, from: number, count: number): string => {
    if (axis === shape.length) return items[from];
    const step = count / Math.max(shape[axis], 1);
    return `${open}${Array.from({ length: shape[axis] }, (_, k) => nested(axis + 1, from + k * step, step)).join(', ')}${close}`;
  };
  return nested(0, 0, items.length);
}
