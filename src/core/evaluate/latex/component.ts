import { scalar, type Value } from '../../values/value';
import type { Dialect } from '../dialect';

const TWO = /^(\d|[A-Za-z]){2}$/;

/**
 * Mathematics writes `a_1` for an entry of a, and `A_{12}`, `A_{1,2}` or `a_{ij}` for one of A, where nothing else is
 * called so. `lookup` gives the value of a name of the document, `local` that of an index that is being counted.
 */
export function componentOf(
  name: string,
  lookup: (name: string) => Value | undefined,
  local: (name: string) => Value | undefined,
  dialect: Dialect,
): Value | undefined {
  const [, base, subscript] = /^(.+?)_\{?([A-Za-z0-9,]+)\}?$/.exec(name) ?? [];
  if (base === undefined || !dialect.component) return undefined;
  const parts = subscript.includes(',') ? subscript.split(',') : TWO.test(subscript) ? [...subscript] : [subscript];
  const indices = parts.map(p => (/^\d+$/.test(p) ? scalar('int64', Number(p), true) : local(p)));
  if (!indices.every(i => i !== undefined)) return undefined;
  const value = lookup(base) ?? lookup(base.toUpperCase());
  if (!value) return undefined;
  // `a_{12}` is the twelfth entry of a long vector.
  const vector = value.kind === 'array' && value.array.shape.length === 1 && /^\d+$/.test(subscript);
  return dialect.component(value, vector ? [scalar('int64', Number(subscript), true)] : indices);
}
