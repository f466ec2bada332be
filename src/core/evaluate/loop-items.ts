import type { Expression } from '../expression/expression';
import { allChildren, callsIn } from '../expression/walk';
import { elementAt, position } from '../values/ndarray';
import { scalar, type Value } from '../values/value';
import type { Context, Dialect } from './dialect';
import { collect, identityOf } from './heap';
import { Stop, unknown } from './stop';

/** What a loop goes through, one item in its turn. */
export interface LoopItems {
  /** The objects that the items are made of: a change during the loop replaces them here. */
  readonly held: Value[];
  /** The item of turn k; undefined when all have had theirs. */
  readonly at: (k: number) => Value | undefined;
  /** Objects that are read in their turn in ways that are not followed: none of them may change meanwhile. */
  readonly guarded: ReadonlySet<object>;
}

/**
 * The items of `for … in head`, which has the value `over`. What comes from arrays, lists and dicts that have names is read when
 * its turn comes, as the body may have changed it by then: `for v in x`, `for i, v in enumerate(x)`, `for a, b in zip(x[1:], y)`,
 * `for k, v in d.items()`. `read` gives the value of an expression.
 */
export function loopItems(
  head: Expression,
  over: Value,
  dialect: Dialect,
  context: Context,
  read: (e: Expression) => Value,
): LoopItems {
  const items = dialect.iterate?.(over, context) ?? unknown('this loop is not followed');
  const count = items.length;
  const array = over.kind === 'function' && over.path === 'ndarray.flat' ? over.self : over;
  if (array?.kind === 'array' && items[0]?.kind === 'scalar') {
    const held: Value[] = [array];
    return { held, at: k => (k < count ? entry(held[0], k) : undefined), guarded: NOTHING };
  }
  const view = count === 0 ? undefined : dictView(head, read);
  if (view) return view;
  const sources = count === 0 ? [] : sourcesOf(head, read);
  const own = items.every(isPlain) ? [] : items;
  const held = [...sources.map(s => s.of), ...own];
  const sizes = sources.map(({ of }) => (of.kind === 'list' ? of.items.length : 0));
  const at = (k: number): Value | undefined => {
    sizes.forEach((n, s) => {
      const of = held[s];
      if (of.kind === 'list' && of.items.length !== n)
        unknown('a list that grows or shrinks under its own loop is not followed');
    });
    if (k >= count) return undefined;
    const item = own.length > 0 ? held[sources.length + k] : items[k];
    if (item.kind !== 'tuple' || sources.length === 0) return item;
    const parts = [...item.items];
    sources.forEach(({ place }, s) => {
      const of = held[s];
      parts[place] = of.kind === 'list' ? of.items[k] : entry(of, k);
    });
    return { kind: 'tuple', items: parts };
  };
  const lazy = over.kind === 'list' && over.lazy !== undefined && !over.lazy.startsWith('range(');
  return { held, at, guarded: lazy ? readLater(head, new Set(sources.map(s => s.argument)), read) : NOTHING };
}

const NOTHING: ReadonlySet<object> = new Set();

/** A dict that has a name, and its `items()`, `values()` and `keys()`. */
function dictView(head: Expression, read: (e: Expression) => Value): LoopItems | undefined {
  const [of, name] =
    head.kind === 'call' && head.callee.kind === 'member' ? [head.callee.object, head.callee.name] : [head, 'keys'];
  if (!isPath(of) || (name !== 'items' && name !== 'values' && name !== 'keys')) return undefined;
  const dict = read(of);
  if (dict.kind !== 'dict') return undefined;
  const held: Value[] = [dict];
  const count = dict.entries.length;
  const at = (k: number): Value | undefined => {
    const [now] = held;
    if (now.kind !== 'dict' || now.entries.length !== count)
      return unknown('a dict that grows or shrinks under its own loop is not followed');
    if (k >= count) return undefined;
    const [key, value] = now.entries[k];
    return name === 'keys' ? key : name === 'values' ? value : { kind: 'tuple', items: [key, value] };
  };
  return { held, at, guarded: NOTHING };
}

/** `x`, `x.part` and `x[1:]`: what may be read again without a call. */
const isPath = (e: Expression): boolean =>
  e.kind === 'name' ||
  (e.kind === 'member' && isPath(e.object)) ||
  (e.kind === 'index' && isPath(e.object) && callsIn(e).length === 0);

/** The objects that `map(f, x)`, `reversed(x)` and the like go through while the loop runs, those of `sources` being seen to. */
function readLater(
  head: Expression,
  sources: ReadonlySet<number>,
  read: (e: Expression) => Value,
): ReadonlySet<object> {
  const found = new Set<object>();
  const visit = (e: Expression): void => {
    if (e.kind === 'call' && e.callee.kind === 'name' && COUNTING.has(e.callee.name)) return;
    if (e.kind === 'name') {
      try {
        collect(read(e), found);
      } catch (stop) {
        // A parameter of a lambda.
        if (!(stop instanceof Stop)) throw stop;
      }
    } else for (const c of allChildren(e)) visit(c);
  };
  const args = head.kind === 'call' ? head.arguments.map(a => a.value) : [head];
  const walks = head.kind === 'call' && head.callee.kind === 'name' && WALKING.has(head.callee.name);
  for (const [k, e] of args.entries()) {
    if (sources.has(k)) continue;
    const of = walks && isPath(e) ? read(e) : undefined;
    const own = of && identityOf(of);
    // What its items are made of is followed; which they are is not.
    if (own && !(of.kind === 'array' && of.array.shape.length > 1)) found.add(own);
    if (!of) visit(e);
  }
  if (!walks && head.kind === 'call') visit(head.callee);
  return found;
}

/** What gives the items of its arguments themselves. */
const WALKING = new Set(['zip', 'enumerate', 'reversed', 'iter']);

/** What gives numbers that do not change with what they were counted from. */
const COUNTING = new Set(['range', 'len', 'sum', 'min', 'max', 'sorted', 'list', 'tuple']);

/** The named arrays and lists that `enumerate(x)` and `zip(x, y)` give elements of, with their places in the items. */
function sourcesOf(
  head: Expression,
  read: (e: Expression) => Value,
): readonly { readonly of: Value; readonly place: number; readonly argument: number }[] {
  if (head.kind !== 'call' || head.callee.kind !== 'name') return [];
  const callee = read(head.callee);
  const path = callee.kind === 'function' ? callee.path : '';
  if (path !== 'builtins.enumerate' && path !== 'builtins.zip') return [];
  const args = path === 'builtins.zip' ? head.arguments : head.arguments.slice(0, 1);
  return args.flatMap((a, k) => {
    if (!isPath(a.value) || a.name !== undefined || a.unpack) return [];
    const of = read(a.value);
    // The rows of an array of more dimensions are views, and change with it.
    const changes =
      (of.kind === 'array' && of.array.shape.length === 1 && of.library === undefined) ||
      (of.kind === 'list' && of.lazy === undefined);
    return changes ? [{ of, place: path === 'builtins.zip' ? k : 1, argument: k }] : [];
  });
}

/** An entry of an array by its place in row-major order. */
function entry(of: Value, k: number): Value {
  if (of.kind !== 'array') throw new Error('the entry of what is no array');
  const { array } = of;
  const index: number[] = [];
  let rest = k;
  for (let axis = array.shape.length - 1; axis >= 0; axis--) {
    index[axis] = rest % array.shape[axis];
    rest = Math.floor(rest / array.shape[axis]);
  }
  return scalar(array.dtype, elementAt(array, position(array, index)));
}

/** Whether nothing can change the value. */
const isPlain = (v: Value): boolean =>
  v.kind === 'scalar' || v.kind === 'string' || v.kind === 'none' || (v.kind === 'tuple' && v.items.every(isPlain));
