import { highest, toValue, vectorOf, widest } from '../../values/r-vector';
import type { FunctionValue, Value } from '../../values/value';
import type { CallArgument } from '../dialect';
import { unknown } from '../stop';
import { combined, elementsAs, at as pickedAt } from './construction';
import { reject } from './errors';
import { namesOf } from './indexing';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { itemsOf } from './machine';
import { joint } from './uncertainty';
import { atomic, coerced, numbers, vec } from './vectors';

type Names = readonly (string | null)[] | undefined;

/** What a function gives for each element. */
function each(x: Value, f: FunctionValue, more: readonly CallArgument[], context: RContext): readonly Value[] {
  const out = itemsOf(x).map(item => context.apply(f, [{ value: item }, ...more]));
  context.echoes = true;
  return out;
}

const listValue = (items: readonly Value[], names: Names): Value =>
  toValue(vectorOf('list', items, names ? { names } : {}));

/** One vector of single elements, a matrix of results of one length, or the list itself. */
export function simplified(items: readonly Value[], names: Names): Value {
  if (items.length === 0) return listValue([], undefined);
  if (items.some(i => i.kind === 'function' || i.kind === 'none')) return listValue(items, names);
  const parts = items.map(vec);
  const n = parts[0].values.length;
  if (n === 0 || parts.some(p => p.values.length !== n)) return listValue(items, names);
  const type = widest(parts.map(p => p.type));
  if (type === 'list' && n === 1 && parts.every(p => p.type !== 'list' || p.values.length === 1)) {
    const values = parts.flatMap(p => elementsAs(p, 'list'));
    return toValue(vectorOf('list', values, names ? { names } : {}));
  }
  if (type === 'list') return unknown('a matrix of lists is not followed');
  const values = parts.flatMap(p => elementsAs(p, type));
  const { doubt } = joint(parts.map(p => p.doubt));
  const doubted = doubt === undefined ? {} : { doubt };
  const [first] = parts;
  const own = namesOf(first);
  if (n === 1) {
    // Single elements bring their own names where the list has none.
    const inner = !names && parts.some(p => namesOf(p)) ? parts.map(p => namesOf(p)?.[0] ?? '') : undefined;
    const given = names && parts.some(p => namesOf(p)) ? names.map((s, k) => joined(s, namesOf(parts[k])?.[0])) : names;
    return toValue(vectorOf(type, values, { ...(given || inner ? { names: given ?? inner } : {}), ...doubted }));
  }
  const dimnames = own || names ? { dimnames: [own, names] } : {};
  return toValue(vectorOf(type, values, { dim: [n, items.length], ...dimnames, ...doubted }));
}

const joined = (outer: string | null, inner: string | null | undefined): string =>
  !inner ? (outer ?? '') : outer ? `${outer}.${inner}` : inner;

/** Names of what a function goes through: texts name themselves. */
function useNames(x: Value, args: Arguments): Names {
  if (!args.flag('USE.NAMES', true) || x.kind === 'none') return undefined;
  const v = vec(x);
  return namesOf(v) ?? (v.type === 'character' ? v.values : undefined);
}

function sapply(args: Arguments, context: RContext): Value {
  const x = args.at('X');
  const items = each(x, context.matched(args.at('FUN')), args.dots, context);
  const names = useNames(x, args);
  return args.flag('simplify', true) ? simplified(items, names) : listValue(items, names);
}

function vapply(args: Arguments, context: RContext): Value {
  const x = args.at('X');
  const items = each(x, context.matched(args.at('FUN')), args.dots, context);
  const pattern = vec(args.at('FUN.VALUE'));
  const n = pattern.values.length;
  const fits = items.every(i => {
    const v = i.kind === 'none' || i.kind === 'function' ? undefined : vec(i);
    const type =
      v &&
      (v.type === pattern.type ||
        (pattern.type === 'double' && (v.type === 'integer' || v.type === 'logical')) ||
        (pattern.type === 'integer' && v.type === 'logical'));
    return v !== undefined && v.values.length === n && type;
  });
  if (!fits) return unknown('what vapply says of these values is not followed');
  const as = items.map(i => toValue(vectorOf(pattern.type, elementsAs(vec(i), pattern.type), { names: vec(i).names })));
  const names = useNames(x, args);
  if (items.length === 0) return toValue(vectorOf(pattern.type, []));
  if (n !== 1) return simplified(as, names);
  return toValue(
    vectorOf(
      pattern.type,
      as.flatMap(i => [...vec(i).values]),
      names ? { names } : {},
    ),
  );
}

/** The arguments of each call of mapply: all are gone through together. */
function mapped(
  f: FunctionValue,
  lists: readonly CallArgument[],
  more: readonly CallArgument[],
  context: RContext,
): readonly Value[] {
  const items = lists.map(a => itemsOf(a.value));
  if (items.some(i => i.length === 0)) unknown('mapply over nothing is not followed');
  const n = highest(items.map(i => i.length));
  const out = Array.from({ length: n }, (_, k) =>
    context.apply(f, [
      ...items.map((list, i) => ({ value: list[k % list.length], ...(lists[i].name ? { name: lists[i].name } : {}) })),
      ...more,
    ]),
  );
  context.echoes = true;
  return out;
}

function mapply(args: Arguments, context: RContext): Value {
  const more = args.get('MoreArgs');
  const extra =
    more && more.kind !== 'none'
      ? itemsOf(more).map((value, k) => ({ value, name: vec(more).names?.[k] ?? undefined }))
      : [];
  const items = mapped(
    context.matched(args.at('FUN')),
    args.dots,
    extra.map(e => (e.name ? { value: e.value, name: e.name } : { value: e.value })),
    context,
  );
  const names = args.dots[0] ? useNames(args.dots[0].value, args) : undefined;
  return args.flag('SIMPLIFY', true) ? simplified(items, names) : listValue(items, names);
}

/** `apply(X, MARGIN, FUN)`: rows, columns or single elements of an array. */
function apply(args: Arguments, context: RContext): Value {
  const x = vec(args.at('X'));
  const f = context.matched(args.at('FUN'));
  const { dim } = x;
  if (!dim) return reject('dim(X) must have a positive length');
  const margin = numbers(atomic(args.at('MARGIN'))).map(m => Number(m) - 1);
  if (margin.some(m => !(m >= 0 && m < dim.length))) reject("'MARGIN' does not match dim(X)");
  const rest = dim.map((_, k) => k).filter(k => !margin.includes(k));
  const steps = dim.map((_, k) => dim.slice(0, k).reduce((n, m) => n * m, 1));
  const shape = margin.map(k => dim[k]);
  const inner = rest.map(k => dim[k]);
  const count = shape.reduce((n, m) => n * m, 1);
  if (count === 0) return unknown('apply over nothing is not followed');
  const offset = (k: number, sizes: readonly number[], axes: readonly number[]): number => {
    let left = k;
    let place = 0;
    sizes.forEach((n, i) => {
      place += (left % n) * steps[axes[i]];
      left = Math.floor(left / n);
    });
    return place;
  };
  const size = inner.reduce((n, m) => n * m, 1);
  const innerNames = rest.length === 1 ? x.dimnames?.[rest[0]] : undefined;
  const items = Array.from({ length: count }, (_, k) => {
    const from = offset(k, shape, margin);
    const values = Array.from({ length: size }, (__, j) => x.values[from + offset(j, inner, rest)]);
    const shaped =
      rest.length > 1
        ? { dim: inner, dimnames: x.dimnames ? rest.map(r => x.dimnames?.[r]) : undefined }
        : { names: innerNames };
    return toValue(vectorOf(x.type, values, { ...shaped, ...(x.doubt === undefined ? {} : { doubt: x.doubt }) }));
  });
  const found = items.map(item => context.apply(f, [{ value: item }, ...args.dots]));
  context.echoes = true;
  const outer = margin.map(m => x.dimnames?.[m]);
  const hasNames = outer.some(n => n !== undefined);
  const axes = x.axes && margin.map(m => x.axes?.[m] ?? '');
  if (!args.flag('simplify', true)) return listValue(found, margin.length === 1 ? outer[0] : undefined);
  if (found.some(v => v.kind === 'function' || v.kind === 'none'))
    return unknown('these results of apply are not followed');
  const parts = found.map(vec);
  const n = parts[0].values.length;
  if (parts.some(p => p.values.length !== n))
    return margin.length === 1 ? listValue(found, outer[0]) : unknown('these results of apply are not followed');
  const { doubt } = joint(parts.map(p => p.doubt));
  const doubted = doubt === undefined ? {} : { doubt };
  const type = widest(parts.map(p => p.type));
  if (type === 'list') return unknown('these results of apply are not followed');
  const values = parts.flatMap(p => elementsAs(p, type));
  if (n === 1 && margin.length === 1)
    return toValue(vectorOf(type, values, { ...(outer[0] ? { names: outer[0] } : {}), ...doubted }));
  if (n === 1)
    return toValue(
      vectorOf(type, values, {
        dim: shape,
        ...(hasNames ? { dimnames: outer, ...(axes ? { axes } : {}) } : {}),
        ...doubted,
      }),
    );
  if (n === 0) return unknown('empty results of apply are not followed');
  const first = namesOf(parts[0]);
  const own = first && parts.every(p => namesOf(p)?.every((s, k) => s === first[k])) ? first : undefined;
  return toValue(
    vectorOf(type, values, {
      dim: [n, ...shape],
      ...(own || hasNames ? { dimnames: [own, ...outer], ...(axes ? { axes: ['', ...axes] } : {}) } : {}),
      ...doubted,
    }),
  );
}

function reduce(args: Arguments, context: RContext): Value {
  const f = context.matched(args.at('f'));
  const items = [...itemsOf(args.at('x'))];
  const init = args.get('init');
  const right = args.flag('right', false);
  if (init) {
    if (right) items.push(init);
    else items.unshift(init);
  }
  if (items.length === 0) return { kind: 'none' };
  if (right) items.reverse();
  const steps: Value[] = [items[0]];
  for (const item of items.slice(1)) {
    const before = steps[steps.length - 1];
    steps.push(context.apply(f, right ? [{ value: item }, { value: before }] : [{ value: before }, { value: item }]));
  }
  context.echoes = true;
  if (!args.flag('accumulate', false)) return steps[steps.length - 1];
  if (right) steps.reverse();
  const single = steps.every(
    s => s.kind !== 'none' && s.kind !== 'function' && s.kind !== 'list' && vec(s).values.length === 1,
  );
  return single
    ? combined(
        steps.map(value => ({ value })),
        context,
      )
    : listValue(steps, undefined);
}

function filter(args: Arguments, context: RContext): Value {
  const f = context.matched(args.at('f'));
  const x = args.at('x');
  const v = vec(x);
  const kept = itemsOf(x).map(
    item => coerced(atomic(context.apply(f, [{ value: item }])), 'logical').values[0] === true,
  );
  context.echoes = true;
  return toValue(
    pickedAt(
      v,
      kept.flatMap((b, k) => (b ? [k] : [])),
    ),
  );
}

export const APPLY: readonly RFunction[] = [
  define('lapply', 'X, FUN, ...', (args, context) => {
    const x = args.at('X');
    const names = x.kind === 'none' ? undefined : namesOf(vec(x));
    return listValue(each(x, context.matched(args.at('FUN')), args.dots, context), names);
  }),
  define('sapply', 'X, FUN, ..., simplify = TRUE, USE.NAMES = TRUE', sapply),
  define('vapply', 'X, FUN, FUN.VALUE, ..., USE.NAMES = TRUE', vapply),
  define('mapply', 'FUN, ..., MoreArgs = NULL, SIMPLIFY = TRUE, USE.NAMES = TRUE', mapply),
  define('Map', 'f, ...', (args, context) => {
    const items = mapped(context.matched(args.at('f')), args.dots, [], context);
    const [first] = args.dots;
    const v = first && first.value.kind !== 'none' ? vec(first.value) : undefined;
    const names = v && (namesOf(v) ?? (v.type === 'character' ? v.values : undefined));
    return listValue(items, names);
  }),
  define('apply', 'X, MARGIN, FUN, ..., simplify = TRUE', apply),
  define('Reduce', 'f, x, init, right = FALSE, accumulate = FALSE', reduce),
  define('Filter', 'f, x', filter),
  define('do.call', 'what, args, quote = FALSE, envir =', (args, context) => {
    const list = args.at('args');
    if (list.kind === 'none') return context.apply(context.matched(args.at('what')), []);
    const v = vec(list);
    const items = itemsOf(list).map(
      (value, k): CallArgument => (v.names?.[k] ? { value, name: v.names[k] } : { value }),
    );
    return context.apply(context.matched(args.at('what')), items);
  }),
  define('match.fun', 'FUN, descend = TRUE', (args, context) => context.matched(args.at('FUN'))),
  define('identity', 'x', args => args.at('x')),
  define('sweep', 'x, MARGIN, STATS, FUN = "-", check.margin = TRUE, ...', (args, context) => {
    const x = vec(args.at('x'));
    const { dim } = x;
    if (!dim || dim.length !== 2) return unknown('sweep of this is not followed');
    const [m] = numbers(atomic(args.at('MARGIN')));
    const stats = vec(args.at('STATS'));
    if (numbers(atomic(args.at('MARGIN'))).length !== 1 || (m !== 1 && m !== 2) || stats.dim)
      return unknown('sweep over these sides is not followed');
    const [rows] = dim;
    if (stats.values.length !== dim[m - 1] && stats.values.length !== 1)
      return unknown('sweep with so many numbers is not followed');
    const values = x.values.map(
      (_, k) => stats.values[(m === 1 ? k % rows : Math.floor(k / rows)) % stats.values.length],
    );
    const spread = toValue(
      vectorOf(stats.type, values, { dim, ...(stats.doubt === undefined ? {} : { doubt: stats.doubt }) }),
    );
    const f = args.get('FUN');
    return context.apply(context.matched(f ?? { kind: 'string', value: '-' }), [
      { value: toValue(x) },
      { value: spread },
      ...args.dots,
    ]);
  }),
  define('rapply', 'object, f', () => unknown('rapply is not followed')),
  define('Position', 'f, x', (args, context) => {
    const f = context.matched(args.at('f'));
    const k = itemsOf(args.at('x')).findIndex(
      item => coerced(atomic(context.apply(f, [{ value: item }])), 'logical').values[0] === true,
    );
    return toValue(vectorOf('integer', [k < 0 ? null : k + 1]));
  }),
  define('Find', 'f, x', (args, context) => {
    const f = context.matched(args.at('f'));
    return (
      itemsOf(args.at('x')).find(
        item => coerced(atomic(context.apply(f, [{ value: item }])), 'logical').values[0] === true,
      ) ?? { kind: 'none' }
    );
  }),
  define('array2DF', 'x', () => unknown('data frames are not followed')),
];
