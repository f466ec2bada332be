import type { Complex } from './dtype';
import { fromElements, type NDArray, ndarray, positions, sizeOf, toFloat64 } from './ndarray';
import {
  type Attributes,
  arrayValue,
  type Doubt,
  type FunctionValue,
  type ListValue,
  NONE,
  scalar,
  type Value,
} from './value';

/** R's types of vectors, from the least to the most general: what is combined takes the most general one. */
export type VectorType = 'logical' | 'integer' | 'double' | 'complex' | 'character' | 'list';

/** One element; null is NA. */
export type Atom = boolean | number | Complex | string | null;

interface Plain<T extends VectorType, E> extends Shaped {
  readonly type: T;
  readonly values: readonly E[];
}

/**
 * Why numbers are not sure: `noise` is how far off they may be, where that is known. `zeros` are sure where they come from the zeros of
 * a matrix.
 */
export interface Uncertain {
  readonly reason: string;
  readonly noise?: number;
  readonly zeros?: true;
}

interface Shaped {
  /** Names, sizes and what else is attached, each where there is one. */
  readonly names?: readonly (string | null)[];
  readonly dim?: readonly number[];
  readonly dimnames?: Dimnames;
  /** Names of the dimensions. */
  readonly axes?: readonly string[];
  /** Attributes without a place of their own, in their order. */
  readonly others?: readonly (readonly [string, Value])[];
  /** Why the last digits are not known where they decide what is printed. */
  readonly doubt?: Uncertain;
}

export type Dimnames = readonly (readonly (string | null)[] | undefined)[];

/** A vector as R has it: elements column by column, of one type, with attributes. */
export type Vector =
  | Plain<'logical', boolean | null>
  | Plain<'integer' | 'double', number | null>
  | Plain<'complex', Complex | null>
  | Plain<'character', string | null>
  | Plain<'list', Value>;

/** Vectors of elements; a list holds values. */
export type Atomic = Exclude<Vector, { type: 'list' }>;
export type Numeric = Extract<Vector, { type: 'integer' | 'double' }>;

const ORDER: readonly VectorType[] = ['logical', 'integer', 'double', 'complex', 'character', 'list'];
export const rank = (t: VectorType): number => ORDER.indexOf(t);
export const widest = (types: readonly VectorType[]): VectorType => ORDER[Math.max(0, ...types.map(rank))];

export const isAtomic = (v: Vector): v is Atomic => v.type !== 'list';
export const isNumeric = (v: Vector): v is Numeric => v.type === 'integer' || v.type === 'double';

export const logicals = (values: readonly (boolean | null)[]): Vector => ({ type: 'logical', values });
export const integers = (values: readonly (number | null)[]): Vector => ({ type: 'integer', values });
export const doubles = (values: readonly (number | null)[]): Vector => ({ type: 'double', values });
export const characters = (values: readonly (string | null)[]): Vector => ({ type: 'character', values });
export const listOf = (values: readonly Value[], names?: readonly (string | null)[]): Vector =>
  names ? { type: 'list', values, names } : { type: 'list', values };

/** A vector of the type over elements that belong to it. */
export const vectorOf = (type: VectorType, values: readonly (Atom | Value)[], shaped: Shaped = {}): Vector =>
  ({ ...shaped, type, values }) as Vector;

/** The attributes of a vector, without its elements. */
export function shapeOf({ names, dim, dimnames, axes, others }: Vector): Shaped {
  return { names, dim, dimnames, axes, others };
}

export const attribute = (v: Vector, name: string): Value | undefined => v.others?.find(([n]) => n === name)?.[1];

/** The classes that the attribute says. */
export function classesOf(v: Vector): readonly string[] {
  const found = attribute(v, 'class');
  const names = found && toVector(found);
  return names?.type === 'character' ? names.values.map(String) : [];
}

const DTYPES = { logical: 'bool', integer: 'int32', double: 'float64', complex: 'complex128' } as const;

/** The value of a vector: numbers and arrays of numbers as all languages have them, and what only R has as it is. */
export function toValue(v: Vector): Value {
  const { names, dim, dimnames, axes, others, doubt } = v;
  const any = names || dimnames || axes || others?.length || dim?.length === 1;
  const attributes: Attributes | undefined = any
    ? {
        ...(names ? { names } : {}),
        ...(dimnames ? { dimnames } : {}),
        ...(axes ? { axes } : {}),
        ...(others?.length ? { others } : {}),
        ...(dim?.length === 1 ? { single: true as const } : {}),
      }
    : undefined;
  const attached = attributes ? { attributes } : {};
  if (v.type === 'list') return { kind: 'list', items: v.values, ...(dim ? { dim } : {}), ...attached };
  if (v.type === 'character' || v.values.includes(null)) {
    if (v.type === 'character' && v.values.length === 1 && v.values[0] !== null && !dim && !attributes)
      return { kind: 'string', value: v.values[0] };
    return { kind: 'vector', type: v.type, items: v.values, ...(dim ? { dim } : {}), ...attached };
  }
  const dtype = DTYPES[v.type];
  const items = v.values as readonly (boolean | number | Complex)[];
  const uncertain = doubt === undefined ? {} : { doubt: { ...doubt, from: 'short' as const } };
  if (items.length === 1 && !dim && !attributes) return { ...scalar(dtype, items[0]), ...uncertain };
  const shape = dim ?? [items.length];
  const flat =
    v.type === 'double' || v.type === 'integer'
      ? ndarray(dtype, [items.length], Float64Array.from(items as readonly number[]))
      : fromElements(dtype, [items.length], items);
  return { ...arrayValue(byColumns(flat, shape)), ...attached, ...uncertain };
}

/** The same storage as an array whose first index runs fastest. */
function byColumns(flat: NDArray, shape: readonly number[]): NDArray {
  let step = 1;
  const strides = shape.map(n => {
    const own = step;
    step *= n;
    return own;
  });
  return { ...flat, shape, strides };
}

/** The vector of a value; undefined for what is none, such as functions. NULL is an empty list without a type: see `isNull`. */
export function toVector(value: Value): Vector | undefined {
  switch (value.kind) {
    case 'scalar': {
      const more = value.doubt ? { doubt: uncertainOf(value.doubt) } : {};
      const x = value.value;
      if (typeof x === 'boolean') return { type: 'logical', values: [x], ...more };
      if (typeof x === 'object') return { type: 'complex', values: [x], ...more };
      return { type: value.dtype === 'int32' ? 'integer' : 'double', values: [Number(x)], ...more };
    }
    case 'string':
      return { type: 'character', values: [value.value] };
    case 'vector':
      return vectorOf(value.type, value.items, { ...(value.dim ? { dim: value.dim } : {}), ...value.attributes });
    case 'list':
      return { type: 'list', values: value.items, ...(value.dim ? { dim: value.dim } : {}), ...value.attributes };
    case 'array':
      return fromArray(value.array, value.attributes, value.doubt && uncertainOf(value.doubt));
    default:
      return undefined;
  }
}

const uncertainOf = ({ reason, noise, zeros }: Doubt): Uncertain => ({
  reason,
  ...(noise === undefined ? {} : { noise }),
  ...(zeros ? { zeros } : {}),
});

function fromArray(a: NDArray, attributes: Attributes | undefined, doubt: Uncertain | undefined): Vector {
  const flat = a.shape.length < 2 ? a : { ...a, shape: [sizeOf(a.shape)], strides: [1], offset: 0 };
  const own = a.shape.length < 2 || storedByColumns(a);
  const at = own ? undefined : positions(a, 'F');
  const { single, ...rest } = attributes ?? {};
  const shaped: Shaped = {
    ...rest,
    ...(a.shape.length > 1 || single ? { dim: a.shape } : {}),
    ...(doubt === undefined ? {} : { doubt }),
  };
  if (a.dtype === 'complex128') {
    const places = at ?? positions(flat);
    return {
      type: 'complex',
      values: Array.from(places, p => ({ re: Number(a.data[2 * p]), im: Number(a.data[2 * p + 1]) })),
      ...shaped,
    };
  }
  const numbers: ArrayLike<number> = at
    ? Array.from(at, p => Number(a.data[p]))
    : a.shape.length < 2
      ? toFloat64(a)
      : (a.data as Float64Array);
  if (a.dtype === 'bool') return { type: 'logical', values: Array.from(numbers, x => x !== 0), ...shaped };
  return { type: a.dtype === 'int32' ? 'integer' : 'double', values: Array.from(numbers), ...shaped };
}

function storedByColumns(a: NDArray): boolean {
  let step = 1;
  for (let axis = 0; axis < a.shape.length; axis++) {
    if (a.shape[axis] !== 1 && a.strides[axis] !== step) return false;
    step *= a.shape[axis];
  }
  return a.offset === 0 && a.data.length === sizeOf(a.shape);
}

export const isNull = (v: Value): boolean => v.kind === 'none';
export const NULL = NONE;

export type { Attributes, FunctionValue, ListValue, Shaped };

/** The highest of numbers, 0 where none is above; lists may be too long for the arguments of one call. */
export const highest = (values: readonly number[]): number => values.reduce((most, x) => Math.max(most, x), 0);
