import { pythonRepr } from '../../format/numpy';
import { sameNumber } from '../../values/elementwise';
import { stringValue, tuple, type Value } from '../../values/value';
import { bind } from '../catalogue';
import type { CallArgument, Context, SubscriptValue } from '../dialect';
import { dictView } from '../dict-views';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { sameItem } from './operators';

/** Python's own numbers and strings, which most keys are, as what JavaScript compares; undefined for all else. */
const plainKey = (v: Value): number | bigint | string | undefined => {
  if (v.kind === 'string') return v.value;
  if (v.kind !== 'scalar' || !v.weak || typeof v.value === 'object' || Number.isNaN(v.value)) return undefined;
  return typeof v.value === 'boolean' ? Number(v.value) : v.value;
};

/** The place of a key among entries, or -1. */
function placeOf(entries: readonly (readonly [Value, Value])[], key: Value, c: Context): number {
  c.budget.spend(entries.length);
  const plain = plainKey(key);
  return entries.findIndex(([other]) => {
    const own = plain === undefined ? undefined : plainKey(other);
    if (own === undefined || plain === undefined) return sameItem(other, key, c);
    return typeof own === 'string' || typeof plain === 'string' ? own === plain : sameNumber(own, plain);
  });
}

/** Entries that a dict may have here. */
const MOST = 2000;

export const hashable = (v: Value): boolean =>
  v.kind !== 'list' && v.kind !== 'dict' && v.kind !== 'array' && !(v.kind === 'tuple' && !v.items.every(hashable));

function needHashable(key: Value): void {
  if (!hashable(key)) fail(`TypeError: unhashable type: '${key.kind === 'array' ? 'numpy.ndarray' : key.kind}'`);
}

/** A dict of entries in order; a key that comes again keeps its place and takes the later value. */
export function dictOf(entries: readonly (readonly [Value, Value])[], context: Context): Value {
  const out: (readonly [Value, Value])[] = [];
  if (entries.length > MOST) unknown('a dict of this size is not followed');
  for (const [key, value] of entries) {
    needHashable(key);
    const k = placeOf(out, key, context);
    if (k < 0) out.push([key, value]);
    else out[k] = [out[k][0], value];
  }
  return { kind: 'dict', entries: out };
}

type Dict = Extract<Value, { kind: 'dict' }>;

/** The key that subscripts mean: several are a tuple, as in `table[i, j]`. */
export function keyOf(subscripts: readonly SubscriptValue[]): Value {
  const items = subscripts.map(s => (s.kind === 'at' ? s.value : fail("TypeError: unhashable type: 'slice'")));
  return items.length === 1 ? items[0] : tuple(items);
}

export function dictItem(dict: Dict, key: Value, context: Context): Value {
  const k = placeOf(dict.entries, key, context);
  return k < 0 ? fail(`KeyError: ${pythonRepr(key)}`) : dict.entries[k][1];
}

/** The dict after `dict[key] = value`. */
export function withItem(dict: Dict, key: Value, value: Value, context: Context): Value {
  needHashable(key);
  const { entries } = dict;
  const k = placeOf(entries, key, context);
  if (k < 0 && entries.length >= MOST) unknown('a dict of this size is not followed');
  const after = entries.slice();
  after[k < 0 ? entries.length : k] = [k < 0 ? key : entries[k][0], value];
  return { kind: 'dict', entries: after };
}

/** The dict after `del dict[key]`. */
export function withoutKey(dict: Dict, key: Value, context: Context): Value {
  const k = placeOf(dict.entries, key, context);
  return k < 0 ? fail(`KeyError: ${pythonRepr(key)}`) : { kind: 'dict', entries: dict.entries.toSpliced(k, 1) };
}

/** The entries that `dict(...)` or `update` takes from a dict or from pairs. */
export function pairsOf(v: Value, context: Context): (readonly [Value, Value])[] {
  if (v.kind === 'dict') return [...v.entries];
  return iterate(v, context).map((pair, k) => {
    const items = iterate(pair, context);
    if (items.length !== 2)
      fail(`ValueError: dictionary update sequence element #${k} has length ${items.length}; 2 is required`);
    return [items[0], items[1]] as const;
  });
}

/** Methods of dicts that only read. */
export const DICT_METHODS: ReadonlySet<string> = new Set(['keys', 'values', 'items', 'get', 'copy']);

export function dictMethod(dict: Dict, name: string, args: readonly CallArgument[], context: Context): Value {
  switch (name) {
    case 'keys':
    case 'values':
    case 'items':
      return dictView(dict, name);
    case 'copy':
      return { kind: 'dict', entries: dict.entries };
    default: {
      const x = bind(
        { path: 'builtins.get', signature: 'key, default=None, /', evaluate: () => stringValue('') },
        args,
      );
      const k = x.key ? placeOf(dict.entries, x.key, context) : -1;
      return k < 0 ? (x.default ?? { kind: 'none' }) : dict.entries[k][1];
    }
  }
}
