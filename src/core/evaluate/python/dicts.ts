import { pythonRepr } from '../../format/numpy';
import { stringValue, tuple, type Value } from '../../values/value';
import { bind } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { compare, truth } from './operators';

/** Whether two keys are the same one. */
const sameKey = (p: Value, q: Value, c: Context): boolean => truth(compare('equal', p, q, c));

export const hashable = (v: Value): boolean =>
  v.kind !== 'list' && v.kind !== 'dict' && v.kind !== 'array' && !(v.kind === 'tuple' && !v.items.every(hashable));

/** A dict of entries in order; a key that comes again keeps its place and takes the later value. */
export function dictOf(entries: readonly (readonly [Value, Value])[], context: Context): Value {
  const out: (readonly [Value, Value])[] = [];
  if (entries.length > 2000) unknown('a dict of this size is not followed');
  for (const [key, value] of entries) {
    if (!hashable(key)) fail(`TypeError: unhashable type: '${key.kind === 'array' ? 'numpy.ndarray' : key.kind}'`);
    const k = out.findIndex(([other]) => sameKey(other, key, context));
    if (k < 0) out.push([key, value]);
    else out[k] = [out[k][0], value];
  }
  return { kind: 'dict', entries: out };
}

type Dict = Extract<Value, { kind: 'dict' }>;

export function dictItem(dict: Dict, key: Value, context: Context): Value {
  const found = dict.entries.find(([k]) => sameKey(k, key, context));
  return found ? found[1] : fail(`KeyError: ${pythonRepr(key)}`);
}

export const withItem = (dict: Dict, key: Value, value: Value, context: Context): Value =>
  dictOf([...dict.entries, [key, value]], context);

/** The dict after `del dict[key]`. */
export function withoutKey(dict: Dict, key: Value, context: Context): Value {
  const k = dict.entries.findIndex(([other]) => sameKey(other, key, context));
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
  const view = (items: readonly Value[]): Value => ({
    kind: 'list',
    items,
    lazy: `dict_${name}([${items.map(v => pythonRepr(v)).join(', ')}])`,
  });
  switch (name) {
    case 'keys':
      return view(dict.entries.map(([k]) => k));
    case 'values':
      return view(dict.entries.map(([, v]) => v));
    case 'items':
      return view(dict.entries.map(([k, v]) => tuple([k, v])));
    case 'copy':
      return { kind: 'dict', entries: dict.entries };
    default: {
      const x = bind(
        { path: 'builtins.get', signature: 'key, default=None, /', evaluate: () => stringValue('') },
        args,
      );
      const found = x.key && dict.entries.find(([k]) => sameKey(k, x.key as Value, context));
      return found ? found[1] : (x.default ?? { kind: 'none' });
    }
  }
}
