import type { Value } from '../../values/value';
import type { Context, SubscriptValue } from '../dialect';
import { claimItems } from '../sizes';
import { fail } from '../stop';
import { iterate } from './builtins';
import { needInteger, typeName } from './coerce';
import { keyOf, withoutKey } from './dicts';
import { sliceIndices } from './indexing';

/** Assignment to parts of lists, and `del` of them: an item or a slice, as CPython's `list` does it. */

type List = Extract<Value, { kind: 'list' | 'tuple' }>;

/** The places of a list that a subscript names, and whether they are a slice of step 1. */
function placesOf(
  list: List,
  subscripts: readonly SubscriptValue[],
  deed: string,
): { first: number; count: number; step: number; item: boolean } {
  const [given] = subscripts;
  if (subscripts.length !== 1) return fail('TypeError: list indices must be integers or slices, not tuple');
  const s: SubscriptValue =
    given.kind === 'at' && given.value.kind === 'slice' ? { ...given.value, kind: 'slice' } : given;
  const n = list.items.length;
  if (s.kind === 'slice') return { ...sliceIndices(s.start, s.stop, s.step, n), item: false };
  const k = needInteger(s.value);
  if (k < -n || k >= n) return fail(`IndexError: list ${deed} index out of range`);
  return { first: k < 0 ? k + n : k, count: 1, step: 1, item: true };
}

/** The list after `list[subscripts] = value`. */
export function assignToList(list: List, subscripts: readonly SubscriptValue[], value: Value, context: Context): Value {
  const { first, count, step, item } = placesOf(list, subscripts, 'assignment');
  context.budget.spend(list.items.length);
  if (item) {
    // A slice is copied as a block, which is many times as fast as `with`.
    const items = list.items.slice();
    items[first] = value;
    return { kind: 'list', items };
  }
  const given = iterate(value, context);
  claimItems(list.items.length + given.length, context.budget);
  if (step === 1) {
    const items = [...list.items.slice(0, first), ...given, ...list.items.slice(first + count)];
    return { kind: 'list', items };
  }
  if (given.length !== count)
    return fail(`ValueError: attempt to assign sequence of size ${given.length} to extended slice of size ${count}`);
  const items = [...list.items];
  given.forEach((v, k) => {
    items[first + k * step] = v;
  });
  return { kind: 'list', items };
}

/** The object after `del object[subscripts]`. */
export function without(object: Value, subscripts: readonly SubscriptValue[], context: Context): Value {
  if (object.kind === 'array') return fail('ValueError: cannot delete array elements');
  if (object.kind === 'dict') return withoutKey(object, keyOf(subscripts), context);
  if (object.kind !== 'list' || object.lazy !== undefined)
    return fail(`TypeError: '${typeName(object)}' object doesn't support item deletion`);
  const { first, count, step } = placesOf(object, subscripts, 'assignment');
  context.budget.spend(object.items.length);
  const gone = new Set(Array.from({ length: count }, (_, k) => first + k * step));
  return { kind: 'list', items: object.items.filter((_, k) => !gone.has(k)) };
}
