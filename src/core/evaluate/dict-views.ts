import { pythonRepr } from '../format/numpy';
import { type DictValue, type ListValue, tuple } from '../values/value';

/** `d.keys()`, `d.values()`, `d.items()`: what the dict holds, at any time. */
export function dictView(of: DictValue, part: 'keys' | 'values' | 'items'): ListValue {
  const items = of.entries.map(([k, v]) => (part === 'keys' ? k : part === 'values' ? v : tuple([k, v])));
  return {
    kind: 'list',
    items,
    shows: { of, part },
    get lazy() {
      return `dict_${part}([${items.map(v => pythonRepr(v)).join(', ')}])`;
    },
  };
}
