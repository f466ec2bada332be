import type { Expression } from '../expression/expression';
import type { Span } from '../text/span';

/** Where the numbers of a matrix or vector of R's are written, and whether they go column by column. */
export interface WrittenNumbers {
  readonly span: Span;
  readonly shape: readonly number[];
  readonly byColumns?: true;
}

/**
 * The plain numbers of `c(…)`, or of the `matrix(c(…), …)` or `array(c(…), …)` that is made of them. Undefined where the text does
 * not tell their order.
 */
export function rLiteral(e: Expression): WrittenNumbers | undefined {
  if (e.kind === 'dense') return { span: e.span, shape: e.shape };
  if (e.kind !== 'call' || e.callee.kind !== 'name') return undefined;
  const { name } = e.callee;
  const positional = e.arguments.filter(a => a.name === undefined);
  const data = e.arguments.find(a => a.name === 'data')?.value ?? positional[0]?.value;
  if ((name !== 'matrix' && name !== 'array') || data?.kind !== 'dense' || positional.length > 3) return undefined;
  // A shortened name may be that of the order.
  if (e.arguments.some(a => a.name?.startsWith('b') && a.name !== 'byrow')) return undefined;
  const order = e.arguments.find(a => a.name === 'byrow')?.value;
  if (order && order.kind !== 'boolean') return undefined;
  const found = { span: data.span, shape: data.shape };
  return order?.kind === 'boolean' && order.value ? found : { ...found, byColumns: true };
}

/** Entries that stand row by row, as a text has them that goes column by column. */
export function columnsFirst<T>(entries: readonly T[], [rows, columns]: readonly number[]): T[] {
  return Array.from({ length: rows * columns }, (_, k) => entries[(k % rows) * columns + Math.floor(k / rows)]);
}
