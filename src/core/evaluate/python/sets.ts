import type { BinaryOperator, ComparisonOperator } from '../../expression/expression';
import { isComplex } from '../../values/dtype';
import { isSafeInteger } from '../../values/ndarray';
import type { HashTable, SetValue, Value } from '../../values/value';
import { bind } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { iterate } from './builtins';
import { bool, typeName } from './coerce';
import { hashable } from './dicts';
import { compare, sameItem, truth } from './operators';

/**
 * Sets. CPython goes through a set in the order of its hash table (Objects/setobject.c), which is told here for whole
 * numbers: they are their own hashes. Hashes of strings change from run to run, and so does the order of a set of them.
 */

const LINEAR_PROBES = 9;
const EMPTY: HashTable = { places: new Array(8).fill(undefined), fill: 0 };
const MAX_ITEMS = 2000;

/** The hash of a whole number; undefined for what is not told. */
function hashOf(v: Value): bigint | undefined {
  if (v.kind !== 'scalar' || isComplex(v.value)) return undefined;
  if (typeof v.value === 'bigint') return isSafeInteger(v.value) ? hashOfInteger(v.value) : undefined;
  const n = Number(v.value);
  return Number.isSafeInteger(n) ? hashOfInteger(BigInt(n)) : undefined;
}

const hashOfInteger = (n: bigint): bigint => BigInt.asUintN(64, n === -1n ? -2n : n);

/** The place where a hash goes: the first on its way that `takes` accepts. */
function placeFor(size: number, hash: bigint, takes: (place: number) => boolean): number {
  const mask = size - 1;
  let perturb = hash;
  let i = Number(hash & BigInt(mask));
  for (;;) {
    const probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let k = i; k <= i + probes; k++) if (takes(k)) return k;
    perturb >>= 5n;
    i = Number((BigInt(i) * 5n + 1n + perturb) & BigInt(mask));
  }
}

const itemsOf = (t: HashTable): Value[] => t.places.filter(p => p !== undefined && p !== 'dummy') as Value[];

/** The items of a table in a new one that has room for more than `wanted`. */
function resized(t: HashTable, wanted: number): HashTable | undefined {
  let size = 8;
  while (size <= wanted) size *= 2;
  const places: (Value | undefined)[] = new Array(size).fill(undefined);
  const items = itemsOf(t);
  for (const v of items) {
    const hash = hashOf(v);
    if (hash === undefined) return undefined;
    places[placeFor(size, hash, k => places[k] === undefined)] = v;
  }
  return { places, fill: items.length };
}

/** The table with one item more, which is not in it. */
function added(t: HashTable | undefined, v: Value): HashTable | undefined {
  const hash = hashOf(v);
  // Whether the place of an item taken out is used again differs between versions.
  if (!t || hash === undefined || t.places.includes('dummy')) return undefined;
  const places = [...t.places];
  places[placeFor(places.length, hash, k => places[k] === undefined)] = v;
  const after: HashTable = { places, fill: t.fill + 1 };
  return after.fill * 5 < (places.length - 1) * 3 ? after : resized(after, itemsOf(after).length * 4);
}

/** What `set.update(set)` makes of a table, where none of the other's items is in it. */
function merged(t: HashTable | undefined, other: SetValue, fresh: readonly Value[]): HashTable | undefined {
  if (!t || !other.ordered) return undefined;
  const used = itemsOf(t).length;
  const n = other.items.length;
  if (n === 0) return t;
  const roomy = (t.fill + n) * 5 >= (t.places.length - 1) * 3 ? resized(t, (used + n) * 2) : t;
  if (!roomy) return undefined;
  if (roomy.fill === 0 && roomy.places.length === other.ordered.places.length && other.ordered.fill === n)
    return other.ordered;
  if (roomy.fill === 0) {
    const places: (Value | 'dummy' | undefined)[] = [...roomy.places];
    for (const v of other.items) {
      const hash = hashOf(v);
      if (hash === undefined) return undefined;
      places[placeFor(places.length, hash, k => places[k] === undefined)] = v;
    }
    return { places, fill: n };
  }
  return fresh.reduce<HashTable | undefined>(added, roomy);
}

function made(items: readonly Value[], table: HashTable | undefined, frozen?: boolean): SetValue {
  return {
    kind: 'set',
    items: table ? itemsOf(table) : items,
    ...(table ? { ordered: table } : {}),
    ...(frozen ? { frozen: true as const } : {}),
  };
}

const holds = (items: readonly Value[], v: Value, c: Context): boolean => items.some(x => sameItem(x, v, c));

function needHashable(v: Value, c: Context): void {
  if (!hashable(v) || (v.kind === 'set' && !v.frozen)) fail(`TypeError: unhashable type: '${typeName(v)}'`);
  // An object without a comparison of its own is only itself.
  if (v.kind === 'object' && c.program && !v.fields && !c.method?.(v, '__eq__')) return;
  if (v.kind === 'object' || v.kind === 'function') unknown('a set of objects is not followed');
}

/** The set after `add` of each item in turn. */
function withItems(s: SetValue, more: readonly Value[], c: Context): SetValue {
  let { items } = s as { items: readonly Value[] };
  let table = s.ordered;
  for (const v of more) {
    needHashable(v, c);
    if (holds(items, v, c)) continue;
    if (items.length >= MAX_ITEMS) unknown('a set of this size is not followed');
    c.budget.spend(items.length + 1);
    items = [...items, v];
    table = added(table, v);
  }
  return items === s.items ? s : made(items, table, s.frozen);
}

const none = (frozen?: boolean): SetValue => made([], EMPTY, frozen);

/**
 * `{a, b}`: items are added in turn. Three constants and more are laid into the set from a constant one instead, which has
 * been made again from its own items once, or twice where the file is imported: the order is told where that is the same.
 */
export function setDisplay(items: readonly Value[], c: Context, constant = false): SetValue {
  const plain = withItems(none(), items, c);
  if (!constant || items.length < 3) return plain;
  const again = withItems(none(), plain.items, c);
  const twice = withItems(none(), again.items, c);
  const [p, q] = [again, twice].map(s => merged(EMPTY, s, s.items));
  const same = p && q && p.places.every((v, k) => v === q.places[k]);
  return made(plain.items, same ? p : undefined);
}

/** `set(iterable)` and `frozenset(iterable)`. */
export function setOf(v: Value | undefined, frozen: boolean, c: Context): SetValue {
  if (v === undefined) return none(frozen);
  if (v.kind === 'set') return copied(v, frozen && !v.frozen ? true : frozen);
  return withItems(none(frozen), iterate(v, c), c);
}

const copied = (s: SetValue, frozen = s.frozen === true): SetValue =>
  frozen && s.frozen ? s : made(s.items, merged(EMPTY, s, s.items), frozen);

/** Any iterable as a set, as the methods take it. */
const asSet = (v: Value, c: Context): SetValue => (v.kind === 'set' ? v : setOf(v, false, c));

/** The set without those of its items that are in the other. */
function without(s: SetValue, other: readonly Value[], c: Context): SetValue {
  const gone = s.items.filter(v => holds(other, v, c));
  if (gone.length === 0) return s;
  const table = s.ordered && {
    ...s.ordered,
    places: s.ordered.places.map(p => (gone.includes(p as Value) ? 'dummy' : p)),
  };
  return made(
    s.items.filter(v => !gone.includes(v)),
    table,
    s.frozen,
  );
}

function union(s: SetValue, other: SetValue, c: Context): SetValue {
  const fresh = other.items.filter(v => !holds(s.items, v, c));
  if (fresh.length === 0 && s.items.length > 0) {
    const roomy = s.ordered && other.items.length > 0 ? merged(s.ordered, other, []) : s.ordered;
    return made(s.items, roomy, s.frozen);
  }
  return made([...s.items, ...fresh], merged(s.ordered, other, fresh), s.frozen);
}

/** A copy of one set in which the items of the other are taken out or put in. */
function toggled(a: SetValue, b: SetValue, c: Context): SetValue {
  const fresh = b.items.filter(v => !holds(a.items, v, c));
  const left = without(copied(a, false), b.items, c);
  return b.ordered || fresh.length === 0 ? withItems(left, fresh, c) : made([...left.items, ...fresh], undefined);
}

/** The results of `|`, `&`, `-` and `^`, in CPython's way of making them. */
function combined(op: BinaryOperator, a: SetValue, b: SetValue, c: Context): SetValue | undefined {
  c.budget.spend((a.items.length + 1) * (b.items.length + 1));
  const empty = none(a.frozen);
  switch (op) {
    case 'bit-or':
      return union(copied(a, false), b, c);
    case 'bit-and': {
      const [walked, other] = b.items.length > a.items.length ? [a, b] : [b, a];
      const kept = walked.items.filter(v => holds(other.items, v, c));
      return walked.ordered ? withItems(empty, kept, c) : made(kept, undefined, a.frozen);
    }
    case 'subtract': {
      if (Math.floor(a.items.length / 4) > b.items.length) return without(copied(a, false), b.items, c);
      const kept = a.items.filter(v => !holds(b.items, v, c));
      return a.ordered ? withItems(empty, kept, c) : made(kept, undefined, a.frozen);
    }
    case 'bit-xor': {
      // Versions differ in which side they begin with.
      const [one, two] = [toggled(a, b, c), toggled(b, a, c)];
      const same = one.ordered && two.ordered && one.items.every((v, k) => truth(compare('equal', v, two.items[k], c)));
      return same ? one : made(one.items, undefined);
    }
    default:
      return undefined;
  }
}

/** Operators between sets; undefined for others. */
export function setBinary(op: BinaryOperator, one: Value, other: Value, c: Context): Value | undefined {
  const [left, right] = [keysOf(one, c), keysOf(other, c)];
  if (left?.kind !== 'set' || right?.kind !== 'set') return undefined;
  if (one.kind !== 'set' || other.kind !== 'set') return unknown('operators of the views of dicts are not followed');
  const result = combined(op, left, right, c);
  return result && { ...made(result.items, result.ordered), ...(left.frozen ? { frozen: true as const } : {}) };
}

/** Comparisons of sets; undefined where both are not sets. */
/** A set, or the keys of a dict as one. */
const keysOf = (v: Value, c: Context): SetValue | undefined =>
  v.kind === 'set'
    ? v
    : v.kind === 'list' && v.lazy?.startsWith('dict_keys(')
      ? withItems(none(), v.items, c)
      : undefined;

export function setCompare(op: ComparisonOperator, one: Value, other: Value, c: Context): Value | undefined {
  const [left, right] = [keysOf(one, c), keysOf(other, c)];
  if (!left || !right) return undefined;
  const within = (p: SetValue, q: SetValue): boolean => p.items.every(v => holds(q.items, v, c));
  const [n, m] = [left.items.length, right.items.length];
  switch (op) {
    case 'equal':
      return bool(n === m && within(left, right));
    case 'not-equal':
      return bool(!(n === m && within(left, right)));
    case 'less':
      return bool(n < m && within(left, right));
    case 'less-equal':
      return bool(within(left, right));
    case 'greater':
      return bool(m < n && within(right, left));
    case 'greater-equal':
      return bool(within(right, left));
    default:
      return undefined;
  }
}

export const inSet = (s: SetValue, v: Value, c: Context): boolean => {
  needHashable(v, c);
  return holds(s.items, v, c);
};

/** The items in the order in which CPython goes through them. */
export function setItems(s: SetValue): readonly Value[] {
  if (s.items.length > 1 && !s.ordered) unknown('the order of this set is known only when the code runs');
  return s.items;
}

const OPERATIONS: Readonly<Record<string, BinaryOperator>> = {
  union: 'bit-or',
  intersection: 'bit-and',
  difference: 'subtract',
  symmetric_difference: 'bit-xor',
};
const QUESTIONS: Readonly<Record<string, ComparisonOperator>> = { issubset: 'less-equal', issuperset: 'greater-equal' };

/** Methods of sets that only read. */
export const SET_METHODS: ReadonlySet<string> = new Set([
  ...Object.keys(OPERATIONS),
  ...Object.keys(QUESTIONS),
  'isdisjoint',
  'copy',
]);

const positional = (args: readonly CallArgument[]): readonly Value[] =>
  args.map(a => (a.name === undefined ? a.value : fail('TypeError: this method takes no keyword arguments')));

export function setMethod(s: SetValue, name: string, args: readonly CallArgument[], c: Context): Value {
  const others = positional(args);
  if (name === 'copy') return copied(s);
  const operation = OPERATIONS[name];
  if (operation) {
    if (others.length === 0) return copied(s);
    // The methods take an iterable item by item, the operators a set as a whole.
    return others.reduce<SetValue>((p, v) => {
      const q = asSet(v, c);
      const result = combined(operation, p, q, c) ?? p;
      return v.kind === 'set'
        ? result
        : made(result.items, result.items.length > 1 ? undefined : result.ordered, p.frozen);
    }, s);
  }
  const [first] = others;
  if (!first || others.length > 1)
    return fail(`TypeError: set.${name}() takes exactly one argument (${others.length} given)`);
  const other = asSet(first, c);
  const question = QUESTIONS[name];
  if (question) return setCompare(question, s, other, c) ?? bool(false);
  return bool(!s.items.some(v => holds(other.items, v, c)));
}

/** The set after a method that changes it; undefined where the method is none of these. */
export function changedSet(s: SetValue, method: string, args: readonly CallArgument[], c: Context): Value | undefined {
  const after = afterwards(s, method, args, c);
  return after === s ? { ...s } : after;
}

function afterwards(s: SetValue, method: string, args: readonly CallArgument[], c: Context): Value | undefined {
  const one = (): Value =>
    bind({ path: `builtins.${method}`, signature: 'elem, /', evaluate: () => s }, args).elem ??
    fail(`TypeError: set.${method}() takes exactly one argument (0 given)`);
  switch (method) {
    case 'add':
      return withItems(s, [one()], c);
    case 'discard':
      return without(s, [one()], c);
    case 'remove': {
      const v = one();
      return holds(s.items, v, c) ? without(s, [v], c) : unknown('an item that is not there cannot be removed');
    }
    case 'clear':
      return none();
    case 'update':
      return positional(args).reduce<SetValue>(
        (p, v) => (v.kind === 'set' ? union(p, v, c) : withItems(p, iterate(v, c), c)),
        s,
      );
    case 'difference_update':
      return positional(args).reduce<SetValue>((p, v) => without(p, asSet(v, c).items, c), s);
    case 'intersection_update':
    case 'symmetric_difference_update': {
      const result = setMethod(s, method.slice(0, -'_update'.length), args, c);
      return result.kind === 'set' ? made(result.items, undefined) : undefined;
    }
    default:
      return undefined;
  }
}
