import { stringType } from '../format/numpy-arrays';
import type { Element } from '../values/dtype';
import { isComplex } from '../values/dtype';
import { elements } from '../values/ndarray';
import { textsOf } from '../values/strings';
import type { Value } from '../values/value';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A value in the form of the command line's `--json` (DESIGN.md, section 6). */
export function toJson(value: Value): Json {
  switch (value.kind) {
    case 'scalar':
      if (isComplex(value.value)) return { type: 'complex', value: elementJson(value.value) };
      if (typeof value.value === 'boolean') return { type: 'bool', value: value.value };
      return { type: 'number', dtype: value.dtype, value: elementJson(value.value) };
    case 'array':
      return {
        type: 'array',
        dtype: value.array.dtype,
        shape: value.array.shape,
        data: elements(value.array).map(elementJson),
      };
    case 'strings':
      return { type: 'array', dtype: stringType(value.width), shape: value.array.shape, data: textsOf(value) };
    case 'string':
      return { type: 'string', value: value.value };
    case 'vector':
      return {
        type: 'array',
        dtype: value.type,
        shape: value.dim ?? [value.items.length],
        data: rowsFirst(value.items, value.dim ?? [value.items.length]).map(x =>
          x === null || typeof x === 'string' ? x : elementJson(x),
        ),
      };
    case 'list':
    case 'tuple':
      return { type: value.kind, items: value.items.map(toJson) };
    case 'dict':
      return { type: 'dict', items: value.entries.map(([k, v]) => [toJson(k), toJson(v)]) };
    case 'set':
      return { type: 'set', items: value.items.map(toJson) };
    case 'object':
      return {
        type: 'object',
        class: value.name,
        attributes: Object.fromEntries(value.attributes.map(([name, v]) => [name, toJson(v)])),
      };
    case 'cell':
      return { type: 'cell', shape: value.shape, items: value.items.map(toJson) };
    case 'struct':
      return {
        type: 'struct',
        shape: value.shape,
        items: value.elements.map(e => value.names.map((name, k) => [name, toJson(e[k])])),
      };
    case 'none':
    case 'generator':
    case 'slice':
    case 'ellipsis':
    case 'module':
    case 'function':
    case 'dtype':
    case 'string-type':
    case 'polynomial':
      return { type: 'none' };
  }
}

/** Elements that stand column by column, in the order of rows. */
function rowsFirst<T>(items: readonly T[], dim: readonly number[]): readonly T[] {
  if (dim.length < 2) return items;
  return items.map((_, k) => {
    let rest = k;
    let place = 0;
    let step = items.length;
    for (let axis = dim.length - 1; axis >= 0; axis--) {
      step /= dim[axis];
      place += (rest % dim[axis]) * step;
      rest = Math.floor(rest / dim[axis]);
    }
    return items[place];
  });
}

function elementJson(e: Element): Json {
  if (isComplex(e)) return [elementJson(e.re), elementJson(e.im)];
  if (typeof e === 'bigint')
    return e >= BigInt(Number.MIN_SAFE_INTEGER) && e <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(e) : e.toString();
  if (typeof e === 'number' && !Number.isFinite(e)) return Number.isNaN(e) ? 'NaN' : e > 0 ? 'Infinity' : '-Infinity';
  return e;
}
