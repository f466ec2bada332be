import type { Expression } from '../expression/expression';
import { elementAt, position } from '../values/ndarray';
import { scalar, type Value } from '../values/value';
import type { Context, Dialect } from './dialect';
import { unknown } from './stop';

/** What a loop goes through, one item in its turn. */
export interface LoopItems {
  /** The objects that the items are made of: a change during the loop replaces them here. */
  readonly held: Value[];
  /** The item of turn k; undefined when all have had theirs. */
  readonly at: (k: number) => Value | undefined;
}

/**
 * The items of `for … in head`, which has the value `over`. What comes from arrays and lists that have names is read when its
 * turn comes, as the body may have changed it by then: `for v in x`, `for i, v in enumerate(x)`, `for a, b in zip(x, y)`.
 * `read` gives the value of a name.
 */
export function loopItems(
  head: Expression,
  over: Value,
  dialect: Dialect,
  context: Context,
  read: (name: string) => Value,
): LoopItems {
  const items = dialect.iterate?.(over, context) ?? unknown('this loop is not followed');
  const count = items.length;
  const array = over.kind === 'function' && over.path === 'ndarray.flat' ? over.self : over;
  if (array?.kind === 'array' && items[0]?.kind === 'scalar') {
    const held: Value[] = [array];
    return { held, at: k => (k < count ? entry(held[0], k) : undefined) };
  }
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
  return { held, at };
}

/** The named arrays and lists that `enumerate(x)` and `zip(x, y)` give elements of, with their places in the items. */
function sourcesOf(
  head: Expression,
  read: (name: string) => Value,
): readonly { readonly of: Value; readonly place: number }[] {
  if (head.kind !== 'call' || head.callee.kind !== 'name') return [];
  const callee = read(head.callee.name);
  const path = callee.kind === 'function' ? callee.path : '';
  if (path !== 'builtins.enumerate' && path !== 'builtins.zip') return [];
  const args = path === 'builtins.zip' ? head.arguments : head.arguments.slice(0, 1);
  return args.flatMap((a, k) => {
    if (a.value.kind !== 'name' || a.name !== undefined || a.unpack) return [];
    const of = read(a.value.name);
    // The rows of an array of more dimensions are views, and change with it.
    const changes =
      (of.kind === 'array' && of.array.shape.length === 1 && of.library === undefined) ||
      (of.kind === 'list' && of.lazy === undefined);
    return changes ? [{ of, place: path === 'builtins.zip' ? k : 1 }] : [];
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
