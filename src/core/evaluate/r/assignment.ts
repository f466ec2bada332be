import { type Atomic, highest, isAtomic, shapeOf, toValue, type Vector, vectorOf, widest } from '../../values/r-vector';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';
import { reject } from './errors';
import { type Places, placesOf } from './indexing';
import { joint } from './uncertainty';
import { coerced, vec } from './vectors';

type Element = Vector['values'][number];

/** Both as one type: the elements of a list are values. */
function common(v: Vector, value: Vector): readonly [Vector, readonly Element[]] {
  const type = widest([v.type, value.type]);
  const as = (x: Vector): Vector => {
    if (x.type === type) return x;
    if (!isAtomic(x)) return x;
    if (type !== 'list') return coerced(x, type);
    const items = x.values.map(e => toValue(vectorOf(x.type, [e])));
    return vectorOf('list', items, shapeOf(x));
  };
  return [as(v), as(value).values];
}

/** The elements of a vector that nothing else holds. */
const NOTHING: Readonly<Record<Vector['type'], Element>> = {
  logical: null,
  integer: null,
  double: null,
  complex: null,
  character: null,
  list: { kind: 'none' },
};

function plainTarget(object: Value): Vector {
  if (object.kind === 'function') reject("object of type 'closure' is not subsettable");
  const v = object.kind === 'none' ? ({ type: 'logical', values: [] } as Vector) : vec(object);
  for (const [name] of v.others ?? [])
    if (name === 'class') unknown('changes of objects with classes are not followed');
  return v;
}

/** The object after `x[i] <- value` or `x[i, j] <- value`. */
export function assign(object: Value, places: Places, value: Value, context: Context): Value {
  const target = plainTarget(object);
  const { at } = places;
  if (value.kind === 'function') return unknown('functions in vectors are not followed');
  if (value.kind === 'none') {
    if (target.type === 'list' && at.length === 1) return without(target, at[0]);
    return placesCount(target, at) === 0 ? object : reject('replacement has length zero');
  }
  const given = vec(value);
  const { doubt } = joint([target.doubt, given.doubt]);
  const [v, values] = common(target, given);
  const all = at.length === 1 ? linearPlaces(v, at[0]) : gridPlaces(v, at);
  const { from, names } = all;
  if (from.length > 0 && values.length === 0) reject('replacement has length zero');
  if (at.length > 1 && from.length > 0 && from.length % values.length !== 0)
    reject('number of items to replace is not a multiple of replacement length');
  const size = Math.max(v.values.length, highest(from.map(p => (p ?? -1) + 1)));
  context.budget.claim(size);
  const out: Element[] = [...v.values];
  while (out.length < size) out.push(NOTHING[v.type]);
  if (values.length > 1 && from.includes(null)) reject('NAs are not allowed in subscripted assignments');
  from.forEach((p, k) => {
    if (p !== null) out[p] = values[k % values.length];
  });
  const grown = size > v.values.length;
  const { dim, dimnames, axes, ...rest } = shapeOf(v);
  const shape = grown ? rest : { dim, dimnames, axes, ...rest };
  const kept = names ?? (grown && v.names ? Array.from({ length: size }, (_, k) => v.names?.[k] ?? '') : v.names);
  return toValue(vectorOf(v.type, out, { ...shape, names: kept, ...(doubt === undefined ? {} : { doubt }) }));
}

const placesCount = (v: Vector, at: Places['at']): number =>
  at.length === 1 ? linearPlaces(v, at[0]).from.length : gridPlaces(v, at).from.length;

interface Found {
  readonly from: readonly (number | null)[];
  /** The names of all elements, where new ones are added. */
  readonly names?: readonly (string | null)[];
}

function linearPlaces(v: Vector, subscript: Value | undefined): Found {
  if (subscript !== undefined && subscript.kind !== 'none') {
    const s = vec(subscript);
    if (s.type === 'character') return namedPlaces(v, s);
    if (v.dim && s.dim?.length === 2 && s.dim[1] === v.dim.length && s.type !== 'logical' && isAtomic(s))
      return { from: rowPlaces(v.dim, s) };
  }
  return { from: placesOf(subscript, v.values.length, v.names, false) };
}

function rowPlaces(dim: readonly number[], s: Atomic): readonly number[] {
  const [rows] = s.dim ?? [0];
  const x = coerced(s, 'double').values as (number | null)[];
  return Array.from({ length: rows }, (_, i) => {
    let at = 0;
    let step = 1;
    dim.forEach((n, axis) => {
      const k = Math.trunc(x[i + axis * rows] ?? 0);
      if (k < 1) unknown('such a matrix of subscripts is not followed');
      if (k > n) reject('subscript out of bounds');
      at += (k - 1) * step;
      step *= n;
    });
    return at;
  });
}

function namedPlaces(v: Vector, s: Vector): Found {
  const names = v.names ? [...v.names] : Array.from({ length: v.values.length }, () => '' as string | null);
  const before = names.length;
  const from = (s.values as readonly (string | null)[]).map(name => {
    const p = names.indexOf(name);
    if (p >= 0 && name !== '') return p;
    names.push(name);
    return names.length - 1;
  });
  return names.length > before || v.names ? { from, names } : { from };
}

function gridPlaces(v: Vector, at: Places['at']): Found {
  const { dim } = v;
  if (!dim || dim.length !== at.length)
    return reject(dim ? 'number of subscripts does not match' : 'incorrect number of subscripts on matrix');
  const places = at.map((s, axis) => placesOf(s, dim[axis], v.dimnames?.[axis], true));
  // The first subscript runs fastest.
  let from: (number | null)[] = [0];
  let step = 1;
  places.forEach((list, axis) => {
    const width = step;
    from = list.flatMap(p => from.map(q => (p === null || q === null ? null : q + p * width)));
    step *= dim[axis];
  });
  return { from };
}

/** A list without some of its elements: `x[i] <- NULL`. */
function without(v: Vector, subscript: Value | undefined): Value {
  const gone = new Set(placesOf(subscript, v.values.length, v.names, false));
  const kept = v.values.flatMap((_, k) => (gone.has(k) ? [] : [k]));
  return toValue(
    vectorOf(
      'list',
      kept.map(k => v.values[k]),
      v.names ? { names: kept.map(k => v.names?.[k] ?? null) } : {},
    ),
  );
}

/** The object after `x[[i]] <- value` or `x$name <- value`. */
export function assignElement(object: Value, { at }: Places, value: Value, context: Context): Value {
  const target = plainTarget(object);
  const [subscript] = at;
  const single =
    value.kind !== 'none' && value.kind !== 'function' && value.kind !== 'list' && vec(value).values.length === 1;
  if (at.length > 1) return single ? assign(object, { at }, value, context) : reject('[[ ]] subscript out of bounds');
  if (subscript === undefined) return reject('[[ ]] with missing subscript');
  if (vec(subscript).values.length !== 1) return unknown('an assignment to a nested element is not followed');
  if (value.kind === 'none')
    return target.type === 'list' || object.kind === 'none'
      ? without(target, subscript)
      : reject('replacement has length zero');
  if (target.type !== 'list' && single && object.kind !== 'none') return assign(object, { at }, value, context);
  if (target.type !== 'list' && target.values.length > 0) {
    if (value.kind === 'list' || value.kind === 'function')
      return assign(object, { at }, { kind: 'list', items: [value] }, context);
    return reject('more elements supplied than there are to replace');
  }
  const list: Value = target.type === 'list' ? object : { kind: 'list', items: [] };
  return assign(list, { at }, { kind: 'list', items: [value] }, context);
}
