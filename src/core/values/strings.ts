import { elements, ndarray } from './ndarray';
import type { StringsValue } from './value';

/** Arrays of texts: making them, reading them, and bringing several onto one table. */

/** Characters as Python counts them. */
export const lengthOf = (text: string): number => (SURROGATE.test(text) ? Array.from(text).length : text.length);
const SURROGATE = /[\ud800-\udfff]/;

/** Python's order of texts: by code points, from which that of UTF-16 units differs. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  if (!SURROGATE.test(a) && !SURROGATE.test(b)) return a < b ? -1 : 1;
  const [p, q] = [a, b].map(t => Array.from(t, c => c.codePointAt(0) ?? 0));
  const k = p.findIndex((c, i) => c !== q[i]);
  return k < 0 ? -1 : k >= q.length ? 1 : p[k] - q[k];
}

/** The first `width` characters. */
export const cut = (text: string, width: number): string =>
  lengthOf(text) <= width ? text : Array.from(text).slice(0, width).join('');

/** The width that texts ask for; NumPy has none of 0. */
export const widthOf = (texts: readonly string[]): number => texts.reduce((w, t) => Math.max(w, lengthOf(t)), 1);

/** An array of texts in row-major order, each cut to the width; that of the longest without one. */
export function strings(shape: readonly number[], texts: readonly string[], width = widthOf(texts)): StringsValue {
  const kept = texts.map(t => cut(t, width));
  const table = [...new Set(kept)].sort(compareTexts);
  const places = new Map(table.map((t, k) => [t, k]));
  const data = Float64Array.from(kept, t => places.get(t) ?? 0);
  return { kind: 'strings', array: ndarray('int64', shape, data), table, width };
}

/** The texts in row-major order. */
export const textsOf = (v: StringsValue): string[] => elements(v.array).map(k => v.table[Number(k)]);

/** The same arrays with their places in one table; those whose table is it already keep their buffers. */
export function onOneTable(arrays: readonly StringsValue[]): readonly StringsValue[] {
  if (arrays.every(v => v.table === arrays[0].table)) return arrays;
  const table = [...new Set(arrays.flatMap(v => v.table))].sort(compareTexts);
  const places = new Map(table.map((t, k) => [t, k]));
  return arrays.map(v => {
    const moved = v.table.map(t => places.get(t) ?? 0);
    if (moved.length === table.length) return { ...v, table };
    const data = Float64Array.from(v.array.data as Float64Array, k => moved[k]);
    return { ...v, table, array: { ...v.array, data } };
  });
}
