import type { SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { largest, outOfBound, type Places, places } from './subscripts';

/** What is kept by rows and columns, column by column: the items of a cell array, the elements of a structure array. */
export interface Items<T> {
  readonly shape: readonly [rows: number, columns: number];
  readonly items: readonly T[];
}

const sizeOf = ([rows, columns]: readonly [number, number]): number => rows * columns;

/** The places that subscripts mean, as positions within the items, with the shape of what they pick. */
function chosen(
  [rows, columns]: readonly [number, number],
  subscripts: readonly SubscriptValue[],
): Items<number> & { readonly parts: readonly Places[] } {
  if (subscripts.length === 1) {
    const p = places(subscripts[0], rows * columns, 0, 1);
    const n = p.at.length;
    const vector = rows === 1 || columns === 1;
    const shape: readonly [number, number] = p.colon
      ? [n, 1]
      : vector && (p.shape[0] === 1 || p.shape[1] === 1)
        ? rows === 1
          ? [1, n]
          : [n, 1]
        : p.shape;
    return { shape, items: [...p.at], parts: [p] };
  }
  const parts = subscripts.map((s, i) => places(s, [rows, columns][i] ?? 1, i, subscripts.length));
  if (parts.slice(2).some(p => p.at.length !== 1 || p.at[0] !== 0)) unknown('more than two dimensions are not covered');
  const [r, c] = parts;
  const tall = Math.max(rows, largest(r) + 1);
  const items = [...c.at].flatMap(j => [...r.at].map(i => j * tall + i));
  return { shape: [r.at.length, c.at.length], items, parts };
}

/** Refuses places that are not there, in Octave's words. */
function within(shape: readonly [number, number], parts: readonly Places[]): void {
  parts.forEach((p, i) => {
    const extent = parts.length === 1 ? sizeOf(shape) : (shape[i] ?? 1);
    const top = largest(p);
    if (top >= extent) outOfBound(top + 1, extent, i, parts.length, shape);
  });
}

/** `c(i, j)` */
export function select<T>(c: Items<T>, subscripts: readonly SubscriptValue[]): Items<T> {
  const found = chosen(c.shape, subscripts);
  within(c.shape, found.parts);
  return { shape: found.shape, items: found.items.map(k => c.items[k]) };
}

/** `c(i, j) = …`: one value for all places or one for each; places beyond the end grow the array, filled up by `empty`. */
export function replace<T>(
  c: Items<T>,
  subscripts: readonly SubscriptValue[],
  values: readonly T[],
  empty: T,
): Items<T> {
  const found = chosen(c.shape, subscripts);
  if (values.length !== 1 && values.length !== found.items.length)
    fail(`=: nonconformant arguments (op1 is ${found.shape.join('x')}, op2 is 1x${values.length})`);
  const shape = grown(c.shape, found.parts);
  const items: T[] = new Array(sizeOf(shape)).fill(empty);
  c.items.forEach((item, k) => {
    items[Math.floor(k / c.shape[0]) * shape[0] + (k % c.shape[0])] = item;
  });
  found.items.forEach((place, k) => {
    items[place] = values[values.length === 1 ? 0 : k];
  });
  return { shape, items };
}

function grown([rows, columns]: readonly [number, number], parts: readonly Places[]): readonly [number, number] {
  if (parts.length > 1) return [Math.max(rows, largest(parts[0]) + 1), Math.max(columns, largest(parts[1]) + 1)];
  const size = largest(parts[0]) + 1;
  if (size <= rows * columns) return [rows, columns];
  if (rows === 0 || rows === 1) return [1, size];
  if (columns === 1) return [size, 1];
  return fail('Octave:index out of bound; value out of bound');
}

/** `c(i) = []` */
export function without<T>(c: Items<T>, subscripts: readonly SubscriptValue[]): Items<T> {
  const found = chosen(c.shape, subscripts);
  within(c.shape, found.parts);
  const gone = new Set(found.items);
  const items = c.items.filter((_, k) => !gone.has(k));
  const [rows, columns] = c.shape;
  if (subscripts.length === 1) {
    if (rows !== 1 && columns !== 1) unknown('this deletion is not covered');
    return { items, shape: rows === 1 ? [1, items.length] : [items.length, 1] };
  }
  const [r, k] = found.parts;
  if (r.colon) return { items, shape: [rows, columns - new Set(k.at).size] };
  if (k.colon) return { items, shape: [rows - new Set(r.at).size, columns] };
  return fail('a null assignment can only have one non-colon index');
}

/** Arrays side by side or on top of each other; empty ones are passed over. */
export function joined<T>(parts: readonly Items<T>[], along: 'rows' | 'columns'): Items<T> {
  const kept = parts.filter(p => p.items.length > 0);
  const [first] = kept;
  if (!first) return parts[0] ?? { shape: [0, 0], items: [] };
  const [same, grows] = along === 'columns' ? [0, 1] : [1, 0];
  for (const p of kept)
    if (p.shape[same] !== first.shape[same])
      fail(
        `${along === 'columns' ? 'horizontal' : 'vertical'} dimensions mismatch (${first.shape.join('x')} vs ${p.shape.join('x')})`,
      );
  const total = kept.reduce((n, p) => n + p.shape[grows], 0);
  if (along === 'columns') return { shape: [first.shape[0], total], items: kept.flatMap(p => p.items) };
  const columns = first.shape[1];
  const items = Array.from({ length: columns }, (_, j) =>
    kept.flatMap(p => p.items.slice(j * p.shape[0], (j + 1) * p.shape[0])),
  ).flat();
  return { shape: [total, columns], items };
}
