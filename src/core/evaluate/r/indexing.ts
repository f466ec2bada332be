import { type Atom, toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';
import { reject } from './errors';
import { coerced, texts, vec } from './vectors';

/** Subscripts of a place; one that is left out, `x[1, ]`, is undefined. */
export interface Places {
  readonly at: readonly (Value | undefined)[];
  readonly drop?: boolean;
  readonly exact?: boolean;
}

type Element = Atom | Value;

/** 0-based places along `extent` elements; null where there is none, which gives NA. */
export function placesOf(
  subscript: Value | undefined,
  extent: number,
  names: readonly (string | null)[] | undefined,
  /** Whether places beyond the end are an error, as they are in matrices. */
  bounded: boolean,
): readonly (number | null)[] {
  if (subscript === undefined) return Array.from({ length: extent }, (_, k) => k);
  if (subscript.kind === 'none') return [];
  const v = vec(subscript);
  switch (v.type) {
    case 'logical': {
      const n = Math.max(v.values.length, v.values.length === 0 ? 0 : extent);
      if (bounded && v.values.length > extent) reject('(subscript) logical subscript too long');
      const out: (number | null)[] = [];
      for (let k = 0; k < n; k++) {
        const x = v.values[k % v.values.length];
        if (x === null) out.push(null);
        else if (x) out.push(k);
      }
      return out;
    }
    case 'integer':
    case 'double':
      return numbered(v.values, extent, bounded);
    case 'character': {
      const places = new Map<string, number>();
      names?.forEach((s, k) => {
        if (s !== null && s !== '' && !places.has(s)) places.set(s, k);
      });
      return v.values.map(s => {
        const at = s === null ? undefined : places.get(s);
        if (at === undefined && bounded) reject('subscript out of bounds');
        return at ?? null;
      });
    }
    case 'complex':
      return reject("invalid subscript type 'complex'");
    case 'list':
      return reject("invalid subscript type 'list'");
  }
}

function numbered(values: readonly (number | null)[], extent: number, bounded: boolean): readonly (number | null)[] {
  let negative = false;
  let positive = false;
  for (const x of values) {
    if (x === null || Number.isNaN(x) || x >= 1) positive = true;
    else if (x <= -1) negative = true;
  }
  if (negative && positive) reject("can't mix positive and negative subscripts");
  if (negative) {
    const dropped = new Set(values.map(x => Math.trunc(x ?? 0)));
    const out: number[] = [];
    for (let k = 0; k < extent; k++) if (!dropped.has(-(k + 1))) out.push(k);
    return out;
  }
  const out: (number | null)[] = [];
  for (const x of values) {
    if (x === null || Number.isNaN(x)) out.push(null);
    else {
      const k = Math.trunc(x);
      if (k === 0) continue;
      if (bounded && k > extent) reject('subscript out of bounds');
      out.push(k - 1);
    }
  }
  return out;
}

const NA_OF: Readonly<Record<Vector['type'], Element>> = {
  logical: null,
  integer: null,
  double: null,
  complex: null,
  character: null,
  list: { kind: 'none' },
};

function picked(v: Vector, places: readonly (number | null)[]): Element[] {
  const { values } = v;
  const n = values.length;
  return places.map(p => (p === null || p >= n ? NA_OF[v.type] : values[p]));
}

const keptDoubt = (v: Vector): { readonly doubt?: Uncertain } => (v.doubt === undefined ? {} : { doubt: v.doubt });

const keptClass = (v: Vector): void => {
  for (const [name] of v.others ?? []) if (name === 'class') unknown('parts of objects with classes are not followed');
};

/** `x[i]`, `x[i, j]`. */
export function index(object: Value, places: Places, context: Context): Value {
  if (object.kind === 'none') return object;
  if (object.kind === 'function') reject("object of type 'closure' is not subsettable");
  const v = vec(object);
  keptClass(v);
  const { at } = places;
  if (at.length === 1) return linear(v, at[0], context);
  if (!v.dim || v.dim.length !== at.length) reject('incorrect number of dimensions');
  return grid(v, v.dim, places, context);
}

/** A matrix of subscripts, a row for an element. */
function byRows(v: Vector, subscript: Value | undefined): readonly (number | null)[] | undefined {
  if (!v.dim || subscript === undefined || subscript.kind === 'none') return undefined;
  const m = vec(subscript);
  if (m.dim?.length !== 2 || m.dim[1] !== v.dim.length || m.type === 'logical' || m.type === 'list') return undefined;
  const [rows] = m.dim;
  if (m.type === 'character') return unknown('matrices of names as subscripts are not followed');
  const numbers = m.values as readonly (number | null)[];
  const out: (number | null)[] = [];
  for (let i = 0; i < rows; i++) {
    let at: number | null = 0;
    let step = 1;
    let zero = false;
    v.dim.forEach((n, axis) => {
      const x = numbers[i + axis * rows];
      if (x === null) at = null;
      else {
        const k = Math.trunc(x);
        if (k < 0) reject('negative values are not allowed in a matrix subscript');
        if (k > n) reject('subscript out of bounds');
        if (k === 0) zero = true;
        if (at !== null) at += (k - 1) * step;
      }
      step *= n;
    });
    if (!zero) out.push(at);
  }
  return out;
}

function linear(v: Vector, subscript: Value | undefined, context: Context): Value {
  if (subscript === undefined) return toValue(v);
  const rows = byRows(v, subscript);
  const names = v.names ?? (v.dim?.length === 1 ? v.dimnames?.[0] : undefined);
  const places = rows ?? placesOf(subscript, v.values.length, names, false);
  context.budget.claim(places.length);
  const kept =
    names && !rows
      ? {
          names: places.map(p =>
            p === null || p >= names.length
              ? v.type === 'list' || v.type === 'character'
                ? '<NA>'
                : '<NA>'
              : names[p],
          ),
        }
      : {};
  context.record('index', [toValue(v), subscript]);
  return toValue(vectorOf(v.type, picked(v, places), { ...kept, ...keptDoubt(v) }));
}

function grid(v: Vector, dim: readonly number[], { at, drop = true }: Places, context: Context): Value {
  const places = at.map((s, axis) => placesOf(s, dim[axis], v.dimnames?.[axis], true));
  const shape = places.map(p => p.length);
  const count = shape.reduce((n, m) => n * m, 1);
  context.budget.claim(count);
  const from: (number | null)[] = new Array(count);
  const index = new Array<number>(dim.length).fill(0);
  for (let k = 0; k < count; k++) {
    let p: number | null = 0;
    let step = 1;
    for (let axis = 0; axis < dim.length; axis++) {
      const q = places[axis][index[axis]];
      p = p === null || q === null ? null : p + q * step;
      step *= dim[axis];
    }
    from[k] = p;
    for (let axis = 0; axis < dim.length && ++index[axis] === shape[axis]; axis++) index[axis] = 0;
  }
  const dimnames = v.dimnames?.map((names, axis) => names && places[axis].map(p => (p === null ? null : names[p])));
  context.record('index', [toValue(v), ...at.flatMap(s => s ?? [])]);
  const values = picked(v, from);
  const whole = vectorOf(v.type, values, { dim: shape, dimnames, axes: v.axes, ...keptDoubt(v) });
  return toValue(drop ? dropped(whole) : tidy(whole));
}

/** Dimnames without any names are none. */
export function tidy(v: Vector): Vector {
  if (!v.dimnames || v.dimnames.some(names => names !== undefined)) return v;
  const { dimnames: _, axes: __, ...rest } = v;
  return rest as Vector;
}

/** Sizes of 1 are left out; what has one size left is a vector. */
export function dropped(v: Vector): Vector {
  const { dim } = v;
  if (!dim) return v;
  const kept = dim.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  if (kept.length === dim.length) return tidy(v);
  const { dimnames, axes, dim: _, names: __, ...rest } = v;
  if (kept.length <= 1) {
    // Of a single element the names are kept only where just one size has some.
    const [axis] = kept;
    const all = dimnames?.filter(names => names !== undefined) ?? [];
    const names = axis === undefined ? (all.length === 1 ? all[0] : undefined) : dimnames?.[axis];
    return { ...rest, ...(names && names.length > 0 ? { names } : {}) } as Vector;
  }
  const shape = {
    dim: kept.map(axis => dim[axis]),
    ...(dimnames ? { dimnames: kept.map(axis => dimnames[axis]) } : {}),
    ...(axes ? { axes: kept.map(axis => axes[axis]) } : {}),
  };
  return tidy({ ...rest, ...shape } as Vector);
}

const asValue = (v: Vector, p: number): Value =>
  v.type === 'list' ? v.values[p] : toValue(vectorOf(v.type, [v.values[p]], keptDoubt(v)));

/** `x[[i]]`: one element, of a list what it holds. */
export function element(object: Value, { at, exact = true }: Places, context: Context): Value {
  if (object.kind === 'none') return object;
  if (object.kind === 'function') reject("object of type 'closure' is not subsettable");
  const v = vec(object);
  keptClass(v);
  if (at.length > 1) {
    if (!v.dim || v.dim.length !== at.length) reject('incorrect number of subscripts');
    const found = index(object, { at, drop: true }, context);
    const one = vec(found);
    if (one.values.length !== 1) reject('subscript out of bounds');
    return asValue({ ...one, names: undefined } as Vector, 0);
  }
  const [subscript] = at;
  if (subscript === undefined) return reject("invalid subscript type 'symbol'");
  const s = vec(subscript);
  const n = s.values.length;
  if (n === 0) reject('subscript of length 0');
  if (n > 1) {
    if (v.type !== 'list') reject('attempt to select more than one element in vectorIndex');
    // One after the other, deeper and deeper.
    return s.values.reduce<Value>(
      (here, x) => element(here, { at: [toValue(vectorOf(s.type, [x]))] }, context),
      object,
    );
  }
  if (s.type === 'character') {
    const [name] = s.values;
    const p = v.names?.findIndex(x => x === name) ?? -1;
    if (p < 0 && !exact) return unknown('names by their beginnings are not followed');
    if (p >= 0) return asValue(v, p);
    return v.type === 'list' ? { kind: 'none' } : reject('subscript out of bounds');
  }
  const [x] = coerced(s.type === 'list' ? reject("invalid subscript type 'list'") : s, 'double').values as (
    | number
    | null
  )[];
  if (x === null) return v.type === 'list' ? { kind: 'none' } : unknown('a missing subscript is not followed');
  const k = Math.trunc(x);
  if (k < 0) {
    const left = placesOf(subscript, v.values.length, undefined, false);
    if (left.length !== 1 || left[0] === null) reject('invalid negative subscript in get1index <real>');
    return asValue(v, left[0]);
  }
  if (k === 0) reject('attempt to select less than one element in get1index <real>');
  if (k > v.values.length) reject('subscript out of bounds');
  context.record('index', [object, subscript]);
  return asValue(v, k - 1);
}

/** `x$name`: of a list what stands under the name, or under the only one that begins so. */
export function field(object: Value, name: string): Value {
  if (object.kind === 'none') return object;
  if (object.kind === 'function') reject("object of type 'closure' is not subsettable");
  const v = vec(object);
  if (v.type !== 'list') reject('$ operator is invalid for atomic vectors');
  const exact = v.names?.indexOf(name) ?? -1;
  if (exact >= 0) return v.values[exact];
  const begun = (v.names ?? []).flatMap((n, k) => (n?.startsWith(name) ? [k] : []));
  return begun.length === 1 ? v.values[begun[0]] : { kind: 'none' };
}

/** The names of a vector as texts. */
export const namesOf = (v: Vector): readonly (string | null)[] | undefined =>
  v.names ?? (v.dim?.length === 1 ? v.dimnames?.[0] : undefined);

export { texts };
