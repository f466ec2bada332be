import type { Trace } from '../evaluate/trace';
import type { Expression } from '../expression/expression';
import type { Statement } from '../expression/program';
import type { Value } from '../values/value';
import { shapeText } from './array-facts';

/** What the manuals of NumPy and scipy call the results of functions that give several. */
const RESULTS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  eig: [['eigenvalues', 'eigenvectors']],
  eigh: [['eigenvalues', 'eigenvectors']],
  lstsq: [['solution', 'residuals', 'rank', 'singular values']],
  lu: [['P', 'L', 'U']],
  lu_factor: [['LU', 'pivots']],
  qr: [
    ['Q', 'R'],
    ['Q', 'R', 'P'],
  ],
  slogdet: [['sign', 'log |det|']],
  svd: [['U', 's', 'Vᴴ']],
};

/** Names of the items of a tuple that `expression` gives: those that its statement unpacks it to, else the function's own. */
export function itemNames(
  value: Value,
  expression: Expression | undefined,
  statement: Statement,
  trace: Trace | undefined,
): readonly string[] | undefined {
  if (value.kind !== 'tuple') return undefined;
  const unpacked =
    statement.kind === 'assign' && statement.value === expression
      ? statement.targets.find(t => t.kind === 'tuple')
      : undefined;
  const names = unpacked?.items.map(t => (t.kind === 'name' ? t.name : ''));
  if (names?.length === value.items.length && names.every(name => name !== '' && name !== '_')) return names;
  const own = /^(?:numpy|scipy|jax\.numpy)\.linalg\.(\w+)$/.exec(trace?.operation ?? '')?.[1] ?? '';
  return RESULTS[own]?.find(results => results.length === value.items.length);
}

/** `U 60×2`, `s 2`, `Vt 2×2`: each item in a few words. */
export const itemSummary = (value: Value, names: readonly string[]): readonly string[] =>
  value.kind !== 'tuple'
    ? []
    : value.items.map((item, k) =>
        item.kind === 'array' && item.array.shape.length > 0 ? `${names[k]} ${shapeText(item.array.shape)}` : names[k],
      );
