import { toValue, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { dropped } from './indexing';
import { define, type RFunction } from './library';
import { sorted } from './summaries';
import { atomic, numbers, vec } from './vectors';

const present = (value: Value): readonly number[] =>
  numbers(atomic(value)).map(x =>
    x === null || Number.isNaN(x) ? unknown('missing values are not followed here') : x,
  );

/** The number between two neighbours in order that a place between them tells. */
const between = (s: readonly number[], place: number): number => {
  const [low, high] = [s[Math.floor(place) - 1], s[Math.ceil(place) - 1]];
  return 0.5 * (low + high);
};

const middle = (x: readonly number[]): number => {
  const s = sorted(x);
  const half = Math.floor((s.length + 1) / 2);
  return s.length % 2 === 1 ? s[half - 1] : (s[half - 1] + s[half]) / 2;
};

const bitwise = (name: string, f: (x: number, y: number) => number): RFunction =>
  define(name, 'a, b', args => {
    const [a, b] = [present(args.at('a')), present(args.at('b'))];
    if (![...a, ...b].every(Number.isInteger)) unknown('bits of numbers that are not whole are not followed');
    const n = a.length === 0 || b.length === 0 ? 0 : Math.max(a.length, b.length);
    return toValue(
      vectorOf(
        'integer',
        Array.from({ length: n }, (_, k) => f(a[k % a.length], b[k % b.length])),
      ),
    );
  });

/** Numbers of rows or columns of a matrix of a size. */
const indices = (name: string, of: (k: number, rows: number) => number): RFunction =>
  define(name, 'dim', (args, context) => {
    const dim = present(args.at('dim')).map(Math.trunc);
    if (dim.length !== 2) unknown('this size is not followed');
    context.budget.claim(dim[0] * dim[1]);
    return toValue(
      vectorOf(
        'integer',
        Array.from({ length: dim[0] * dim[1] }, (_, k) => of(k, dim[0])),
        { dim },
      ),
    );
  });

export const MORE: readonly RFunction[] = [
  define('drop', 'x', args => {
    const x = args.at('x');
    if (x.kind === 'none' || x.kind === 'function') return x;
    const v = vec(x);
    return v.others?.length ? unknown('drop of this object is not followed') : toValue(dropped(v));
  }),
  bitwise('bitwAnd', (x, y) => x & y),
  bitwise('bitwOr', (x, y) => x | y),
  bitwise('bitwXor', (x, y) => x ^ y),
  indices('.row', (k, rows) => (k % rows) + 1),
  indices('.col', (k, rows) => Math.floor(k / rows) + 1),
  define('prop.table', 'x, margin = NULL', args => {
    args.without('margin');
    const v = atomic(args.at('x'));
    const x = present(args.at('x'));
    const total = x.reduce((s, y) => s + y, 0);
    return toValue({ ...v, type: 'double', values: x.map(y => y / total) } as Vector);
  }),
  define('fivenum', 'x, na.rm = TRUE', args => {
    const s = sorted(present(args.at('x')));
    const n = s.length;
    if (n === 0) return unknown('five numbers of nothing');
    const quarter = Math.floor((n + 3) / 2) / 2;
    return toValue(
      vectorOf(
        'double',
        [1, quarter, (n + 1) / 2, n + 1 - quarter, n].map(p => between(s, p)),
      ),
    );
  }),
  define('mad', 'x, center = median(x), constant = 1.4826', args => {
    args.without('center');
    const x = present(args.at('x'));
    const m = middle(x);
    return toValue(vectorOf('double', [args.number('constant', 1.4826) * middle(x.map(y => Math.abs(y - m)))]));
  }),
];
