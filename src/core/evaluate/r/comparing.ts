import { attribute, isAtomic, isNumeric, NULL, toValue, type Vector, vectorOf, widest } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import { unknown } from '../stop';
import { combined, elementsAs, at as pickedAt } from './construction';
import { reject } from './errors';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { keyOf } from './summaries';
import { atomic, numbers, vec } from './vectors';

const truth = (b: boolean): Value => toValue(vectorOf('logical', [b]));

const plainVector = (value: Value): Vector => (value.kind === 'none' ? vectorOf('logical', []) : vec(value));

/** Where each element of x first stands in the table. */
function matches(x: Value, table: Value): readonly (number | null)[] {
  const [a, b] = [plainVector(x), plainVector(table)];
  if (!isAtomic(a) || !isAtomic(b)) return unknown('matches of lists are not followed');
  const doubt = a.doubt ?? b.doubt;
  if (doubt !== undefined) return unknown(doubt.reason);
  const type = widest([a.type, b.type]);
  const places = new Map<string, number>();
  elementsAs(b, type).forEach((e, k) => {
    const key = keyOf(e);
    if (!places.has(key)) places.set(key, k + 1);
  });
  return elementsAs(a, type).map(e => places.get(keyOf(e)) ?? null);
}

/** A set's elements in their order. */
function set(value: Value): Vector {
  const { names: _, dim: __, dimnames: ___, ...v } = plainVector(value);
  if (v.type === 'list') return unknown('sets of lists are not followed');
  const seen = new Set<string>();
  const places = v.values.flatMap((e, k) => {
    const key = keyOf(e);
    if (seen.has(key)) return [];
    seen.add(key);
    return [k];
  });
  return pickedAt(v as Vector, places);
}

const chosen = (x: Vector, keep: (k: number) => boolean): Value =>
  toValue(
    pickedAt(
      x,
      x.values.flatMap((_, k) => (keep(k) ? [k] : [])),
    ),
  );

/** Whether two values are the same in every way; undefined where that is not told. */
export function identical(a: Value, b: Value): boolean {
  if (a.kind === 'none' || b.kind === 'none') return a.kind === b.kind;
  if (a.kind === 'function' || b.kind === 'function') {
    if (a.kind !== b.kind) return false;
    return unknown('whether functions are the same is not followed');
  }
  const [x, y] = [vec(a), vec(b)];
  const doubt = x.doubt ?? y.doubt;
  if (doubt !== undefined) return unknown(doubt.reason);
  if (x.type !== y.type || x.values.length !== y.values.length) return false;
  const same = (p: unknown, q: unknown): boolean => JSON.stringify(p ?? null) === JSON.stringify(q ?? null);
  if (!same(x.names, y.names) || !same(x.dim, y.dim) || !same(x.dimnames, y.dimnames) || !same(x.axes, y.axes))
    return false;
  const [p, q] = [x.others ?? [], y.others ?? []];
  if (p.length !== q.length || p.some(([name]) => attribute(y, name) === undefined)) return false;
  if (p.some(([name, value]) => !identical(value, attribute(y, name) as Value))) return false;
  return x.values.every((e, k) => {
    const f = y.values[k];
    if (x.type === 'list') return identical(e as Value, f as Value);
    return typeof e === 'number' && typeof f === 'number'
      ? e === f || (Number.isNaN(e) && Number.isNaN(f))
      : keyOf(e) === keyOf(f);
  });
}

/** `all.equal` of numbers: TRUE, or the words for how far they are apart. */
function allEqual(args: Arguments): Value {
  const [target, current] = [args.at('target'), args.at('current')];
  const tolerance = args.number('tolerance', 1.5e-8);
  if (target.kind === 'list' || current.kind === 'list' || target.kind === 'function')
    return unknown('all.equal of these is not followed');
  const [a, b] = [atomic(target), atomic(current)];
  if (!isNumeric(a) && a.type !== 'logical') {
    if (a.type === 'character' && identical(target, current)) return truth(true);
    return unknown('all.equal of these is not followed');
  }
  if (b.type === 'character' || b.type === 'complex') return unknown('all.equal of these is not followed');
  const attributes = args.flag('check.attributes', true);
  const same = (p: unknown, q: unknown): boolean => JSON.stringify(p ?? null) === JSON.stringify(q ?? null);
  if (
    attributes &&
    (!same(a.dim, b.dim) ||
      !same(a.names, b.names) ||
      !same(a.dimnames, b.dimnames) ||
      a.others?.length ||
      b.others?.length)
  )
    return unknown('how all.equal tells attributes apart is not followed');
  const [x, y] = [numbers(a), numbers(b)];
  if (x.length !== y.length) {
    const kind = a.type === 'logical' ? 'Logical' : 'Numeric';
    return kind === 'Numeric'
      ? stringValue(`Numeric: lengths (${x.length}, ${y.length}) differ`)
      : unknown('all.equal of these is not followed');
  }
  if (x.some(e => e === null || Number.isNaN(e)) || y.some(e => e === null || Number.isNaN(e)))
    return unknown('missing values are not followed here');
  const out = x.map((e, k) => ({ t: e as number, c: y[k] as number })).filter(({ t, c }) => t !== c);
  if (out.length === 0) return truth(true);
  const size = out.reduce((s, { t }) => s + Math.abs(t), 0) / out.length;
  const apart = out.reduce((s, { t, c }) => s + Math.abs(t - c), 0) / out.length;
  const relative = Number.isFinite(size) && size > tolerance;
  const difference = relative ? apart / size : apart;
  if (Number.isNaN(difference)) return unknown('all.equal of these is not followed');
  if (difference < tolerance) return truth(true);
  if (a.doubt !== undefined || b.doubt !== undefined) return unknown('how far these are apart depends on rounding');
  return stringValue(
    `Mean ${relative ? 'relative' : 'absolute'} difference: ${Number(difference.toPrecision(7))
      .toString()
      .replace(/e([-+])(\d)$/, 'e$10$2')}`,
  );
}

export const COMPARING: readonly RFunction[] = [
  define('%in%', 'x, table', args =>
    toValue(
      vectorOf(
        'logical',
        matches(args.at('x'), args.at('table')).map(p => p !== null),
      ),
    ),
  ),
  define('is.element', 'el, table', args =>
    toValue(
      vectorOf(
        'logical',
        matches(args.at('el'), args.at('table')).map(p => p !== null),
      ),
    ),
  ),
  define('match', 'x, table, nomatch = NA', args => {
    const otherwise = args.has('nomatch') ? args.number('nomatch', 0) : null;
    return toValue(
      vectorOf(
        'integer',
        matches(args.at('x'), args.at('table')).map(p => p ?? otherwise),
      ),
    );
  }),
  define('union', 'x, y', (args, context: RContext) => {
    const strip = (v: Value): Value => (v.kind === 'none' ? v : toValue(vectorOf(vec(v).type, vec(v).values)));
    const both = combined([{ value: strip(args.at('x')) }, { value: strip(args.at('y')) }], context);
    return both.kind === 'none' ? NULL : toValue(set(both));
  }),
  define('intersect', 'x, y', args => {
    const x = set(args.at('x'));
    const found = matches(toValue(x), args.at('y'));
    return chosen(x, k => found[k] !== null);
  }),
  define('setdiff', 'x, y', args => {
    const x = set(args.at('x'));
    const found = matches(toValue(x), args.at('y'));
    return chosen(x, k => found[k] === null);
  }),
  define('setequal', 'x, y', args =>
    truth(![...matches(args.at('x'), args.at('y')), ...matches(args.at('y'), args.at('x'))].includes(null)),
  ),
  define('identical', 'x, y', args => truth(identical(args.at('x'), args.at('y')))),
  define('all.equal', 'target, current, tolerance = 1.5e-8, check.attributes = TRUE', allEqual),
  define('isTRUE', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none' || x.kind === 'function') return truth(false);
    const v = vec(x);
    return truth(v.type === 'logical' && v.values.length === 1 && v.values[0] === true);
  }),
  define('isFALSE', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none' || x.kind === 'function') return truth(false);
    const v = vec(x);
    return truth(v.type === 'logical' && v.values.length === 1 && v.values[0] === false);
  }),
  define('rowsum', 'x, group, reorder = TRUE', () => unknown('rowsum is not followed')),
  define('max.col', 'm, ties.method = "random"', args => {
    const v = atomic(args.at('m'));
    const [m, n] = v.dim?.length === 2 ? v.dim : reject('a matrix is required');
    const x = numbers(v);
    const ties = args.has('ties.method') ? args.string('ties.method', 'random') : 'random';
    const out = Array.from({ length: m }, (_, i) => {
      const row = Array.from({ length: n }, (__, j) => x[i + j * m] ?? unknown('missing values are not followed here'));
      const most = row.reduce((p, q) => Math.max(p, q), Number.NEGATIVE_INFINITY);
      const all = row.flatMap((e, j) => (e === most ? [j] : []));
      if (
        ties === 'random' &&
        (all.length > 1 || row.some(e => e !== most && Math.abs(e - most) <= 1e-5 * Math.abs(most)))
      )
        return unknown('ties are broken at random');
      return (ties === 'last' ? all[all.length - 1] : all[0]) + 1;
    });
    return toValue(vectorOf('integer', out));
  }),
  define('findInterval', 'x, vec', args => {
    const [x, v] = [numbers(atomic(args.at('x'))), numbers(atomic(args.at('vec')))];
    return toValue(
      vectorOf(
        'integer',
        x.map(e => (e === null ? null : v.filter(b => b !== null && b <= e).length)),
      ),
    );
  }),
  define('rapply', 'object, f', () => unknown('rapply is not followed')),
  define('nlevels', 'x', () => unknown('factors are not followed')),
];
