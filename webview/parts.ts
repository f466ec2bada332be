import type { Value } from '../src/core/panel';

/** A part of a value that is made of others: its name, and its value or why that is not known. */
export interface Part {
  readonly name: string;
  readonly value?: Value;
  readonly reason?: string;
}

/** Up to this length a key is its own name. */
const MAX_KEY = 24;

/** The parts of a list, tuple, set, dict, object, cell array or structure by name; nothing for other values. */
export function partsOf(value: Value, base: 0 | 1, names?: readonly string[]): readonly Part[] | undefined {
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items.map((item, k) => ({
        name: names?.[k] ?? namesOf(value)?.[k] ?? String(k + base),
        value: item,
      }));
    case 'set':
      return value.items.map(item => ({ name: '', value: item }));
    case 'dict':
      return value.entries.map(([key, item], k) => ({ name: keyName(key) ?? String(k + base), value: item }));
    case 'object':
      return [
        ...value.attributes.map(([name, item]) => ({ name, value: item })),
        ...(value.unknowns ?? []).map(([name, reason]) => ({ name, reason })),
      ];
    case 'cell': {
      const [rows, columns] = value.shape;
      const at = (k: number): string =>
        Math.min(rows, columns) === 1 ? `${k + 1}` : `${(k % rows) + 1}, ${Math.floor(k / rows) + 1}`;
      return value.items.map((item, k) => ({ name: `{${at(k)}}`, value: item }));
    }
    case 'struct':
      return value.elements.flatMap((fields, k) =>
        fields.map((item, n) => ({
          name: value.elements.length === 1 ? value.names[n] : `(${k + 1}).${value.names[n]}`,
          value: item,
        })),
      );
    default:
      return undefined;
  }
}

/** R's names of the elements of a list. */
const namesOf = (value: Value): readonly (string | null)[] | undefined =>
  value.kind === 'list' ? value.attributes?.names?.map(n => n || null) : undefined;

function keyName(key: Value): string | undefined {
  const text = key.kind === 'string' ? key.value : key.kind === 'scalar' ? String(key.value) : undefined;
  return text !== undefined && text.length <= MAX_KEY && text !== '[object Object]' ? text : undefined;
}
