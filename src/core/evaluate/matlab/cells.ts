import { ndarray } from '../../values/ndarray';
import { arrayValue, type CellValue, type StructValue, type Value } from '../../values/value';
import type { SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import { type Items, joined, replace, select, without } from './containers';

/** `[]` */
export const EMPTY: Value = arrayValue(ndarray('float64', [0, 0], new Float64Array(0)));

export const cellOf = (c: Items<Value>): CellValue => ({ kind: 'cell', shape: c.shape, items: c.items });
export const rowCell = (items: readonly Value[]): CellValue => cellOf({ shape: [1, items.length], items });

export const structOf = (names: readonly string[], c: Items<readonly Value[]>): StructValue => ({
  kind: 'struct',
  shape: c.shape,
  names,
  elements: c.items,
});
const elementsOf = (s: StructValue): Items<readonly Value[]> => ({ shape: s.shape, items: s.elements });

/** A structure with one element. */
export const singleStruct = (fields: readonly (readonly [string, Value])[]): StructValue =>
  structOf(
    fields.map(([name]) => name),
    { shape: [1, 1], items: [fields.map(([, v]) => v)] },
  );

/** `{a, b; c, d}`: cells within it are items of their own. */
export function cellLiteral(rows: readonly (readonly Value[])[]): CellValue {
  const parts = rows.map(row => ({ shape: [1, row.length] as const, items: row }));
  return parts.length === 0 ? cellOf({ shape: [0, 0], items: [] }) : cellOf(joined<Value>(parts, 'rows'));
}

/** `[c1, c2; c3]` of cells and of structures; what is no cell beside cells becomes one. */
export function joinContainers(rows: readonly (readonly Value[])[]): Value {
  const all = rows.flat();
  if (all.some(v => v.kind === 'cell')) {
    const cell = (v: Value): Items<Value> =>
      v.kind === 'cell' ? v : isVoid(v) ? { shape: [0, 0], items: [] } : { shape: [1, 1], items: [v] };
    return cellOf(
      joined(
        rows.map(row => joined(row.map(cell), 'columns')),
        'rows',
      ),
    );
  }
  const structs = all.filter(v => !isVoid(v));
  const [first] = structs;
  if (first?.kind !== 'struct') return unknown('this concatenation is not covered');
  const part = (v: Value): Items<readonly Value[]> => {
    if (isVoid(v)) return { shape: [0, 0], items: [] };
    if (v.kind !== 'struct' || v.names.join() !== first.names.join())
      return unknown('a concatenation of different structures is not covered');
    return elementsOf(v);
  };
  return structOf(
    first.names,
    joined(
      rows.map(row => joined(row.map(part), 'columns')),
      'rows',
    ),
  );
}

export const isVoid = (v: Value): boolean =>
  v.kind === 'array' && v.array.shape.length === 2 && v.array.shape[0] === 0 && v.array.shape[1] === 0;

/** One value, or all of a list separated by commas. */
const listed = (items: readonly Value[]): Value => (items.length === 1 ? items[0] : { kind: 'tuple', items });

/** `c{i}` */
export function braces(object: Value, subscripts: readonly SubscriptValue[]): Value {
  if (object.kind === 'function') return fail(`'{' undefined for arguments of type 'function_handle'`);
  if (object.kind !== 'cell') return fail(`${typeWord(object)} cannot be indexed with {`);
  return listed(select(object, subscripts).items);
}

/** `c(i)` of cells and structures. */
export function indexContainer(object: CellValue | StructValue, subscripts: readonly SubscriptValue[]): Value {
  return object.kind === 'cell'
    ? cellOf(select(object, subscripts))
    : structOf(object.names, select(elementsOf(object), subscripts));
}

/** `c{i} = value` */
export function setBraces(object: Value, subscripts: readonly SubscriptValue[], value: Value): CellValue {
  const before = isVoid(object) ? cellOf({ shape: [0, 0], items: [] }) : object;
  if (before.kind !== 'cell') return fail('matrix cannot be indexed with {');
  return cellOf(replace(before, subscripts, [value], EMPTY));
}

/** `c(i) = value` of cells and structures, and into `[]`; `removes` for `c(i) = []` as it is written. */
export function assignContainer(object: Value, subscripts: readonly SubscriptValue[], value: Value): Value {
  if (object.kind === 'cell') {
    if (isVoid(value)) return cellOf(without(object, subscripts));
    const values = value.kind === 'cell' ? value.items : [value];
    return cellOf(replace(object, subscripts, values, EMPTY));
  }
  if (object.kind === 'struct') {
    if (isVoid(value)) return structOf(object.names, without(elementsOf(object), subscripts));
    if (value.kind !== 'struct') return unknown('this assignment into a structure array is not covered');
    const names = [...object.names, ...value.names.filter(n => !object.names.includes(n))];
    const widened = withNames(object, names);
    return structOf(names, replace(elementsOf(widened), subscripts, withNames(value, names).elements, blank(names)));
  }
  if (!isVoid(object)) return unknown('this assignment is not covered');
  if (value.kind === 'cell')
    return cellOf(replace<Value>({ shape: [0, 0], items: [] }, subscripts, value.items, EMPTY));
  if (value.kind === 'struct')
    return structOf(
      value.names,
      replace<readonly Value[]>({ shape: [0, 0], items: [] }, subscripts, value.elements, blank(value.names)),
    );
  return unknown('this assignment is not covered');
}

const blank = (names: readonly string[]): readonly Value[] => names.map(() => EMPTY);

/** The structure with its fields in another order, and with empty ones. */
const withNames = (s: StructValue, names: readonly string[]): StructValue =>
  structOf(names, {
    shape: s.shape,
    items: s.elements.map(e => names.map(n => (s.names.includes(n) ? e[s.names.indexOf(n)] : EMPTY))),
  });

/** `s.name`, a list where `s` has several elements. */
export function field(object: Value, name: string): Value {
  if (object.kind !== 'struct')
    return object.kind === 'function'
      ? unknown('fields of functions are not covered')
      : fail(`${typeWord(object)} cannot be indexed with .`);
  const k = object.names.indexOf(name);
  if (k < 0)
    return object.exception
      ? unknown(`the ${name} of an error is not covered`)
      : fail(`structure has no member '${name}'`);
  return listed(object.elements.map(e => e[k]));
}

/** `s.name = value` */
export function setField(object: Value | undefined, name: string, value: Value): StructValue {
  if (object === undefined || isVoid(object)) return singleStruct([[name, value]]);
  if (object.kind !== 'struct')
    return object.kind === 'function' || object.kind === 'cell'
      ? unknown('this assignment is not covered')
      : fail('scalar cannot be indexed with .');
  if (object.elements.length !== 1) return unknown('an assignment to a field of several structures is not covered');
  const names = object.names.includes(name) ? object.names : [...object.names, name];
  const [element] = withNames(object, names).elements;
  return structOf(names, { shape: [1, 1], items: [element.map((v, k) => (names[k] === name ? value : v))] });
}

/** What Octave's messages call a kind of value. */
export function typeWord(v: Value): string {
  switch (v.kind) {
    case 'scalar':
      if (v.dtype === 'bool') return 'bool';
      if (v.dtype === 'complex128') return 'complex scalar';
      return v.dtype === 'float64' ? 'scalar' : unknown('the words for this mistake are not known');
    case 'array':
      if (v.range || v.layout) return unknown('the words for this mistake are not known');
      if (v.array.dtype === 'bool') return 'bool matrix';
      if (v.array.dtype === 'complex128') return 'complex matrix';
      return v.array.dtype === 'float64' ? 'matrix' : unknown('the words for this mistake are not known');
    case 'cell':
      return 'cell';
    case 'struct':
      return v.elements.length === 1 ? 'scalar struct' : 'struct';
    case 'function':
      return 'function handle';
    default:
      return unknown('the words for this mistake are not known');
  }
}
