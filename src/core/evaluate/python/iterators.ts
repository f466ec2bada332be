import type { Value } from '../../values/value';
import { stringValue, tuple } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { items, iterate } from './builtins';
import { int, needInteger, typeName } from './coerce';
import { binary } from './operators';

/** Python's modules functools and itertools as far as people use them with arrays, and letters by their numbers. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';
const iterator = (of: readonly Value[]): Value => ({ kind: 'list', items: of, lazy: '' });
const MANY = 10_000;

/** Every choice of one item from each pool, the last pool changing fastest. */
function choices(pools: readonly (readonly Value[])[], c: Context): Value[] {
  const count = pools.reduce((n, p) => n * p.length, 1);
  if (count > MANY) unknown('too many items to follow');
  c.budget.claim(count * Math.max(pools.length, 1));
  return pools.reduce<Value[][]>((out, pool) => out.flatMap(head => pool.map(v => [...head, v])), [[]]).map(tuple);
}

/** Choices of r of n places in lexicographic order, ascending or in any order. */
function places(n: number, r: number, ascending: boolean): number[][] {
  let out: number[][] = [[]];
  for (let k = 0; k < r; k++) {
    out = out.flatMap(head =>
      Array.from({ length: n }, (_, i) => i)
        .filter(i => (ascending ? i > (head.at(-1) ?? -1) : !head.includes(i)))
        .map(i => [...head, i]),
    );
    if (out.length > MANY) unknown('too many items to follow');
  }
  return out;
}

const chosen = (name: 'combinations' | 'permutations'): LibraryFunction => ({
  path: `itertools.${name}`,
  signature: name === 'combinations' ? 'iterable, r' : 'iterable, r=None',
  evaluate: (x, c) => {
    const pool = iterate(need(x.iterable), c);
    const r = given(x.r) ? needInteger(x.r) : pool.length;
    if (r < 0) return fail('ValueError: r must be non-negative');
    return iterator(places(pool.length, r, name === 'combinations').map(p => tuple(p.map(i => pool[i]))));
  },
});

export const ITERATORS: readonly LibraryFunction[] = [
  {
    path: 'functools.reduce',
    signature: 'function, sequence, initial=, /',
    evaluate: (x, c) => {
      const list = iterate(need(x.sequence), c);
      const all = x.initial ? [x.initial, ...list] : list;
      if (all.length === 0) return fail('TypeError: reduce() of empty iterable with no initial value');
      return all.reduce((p, q) => c.call(need(x.function), [p, q]));
    },
  },
  {
    path: 'itertools.product',
    signature: '*iterables, repeat=1',
    evaluate: (x, c) => {
      const pools = items(x.iterables).map(v => iterate(v, c));
      const repeat = x.repeat ? needInteger(x.repeat) : 1;
      if (repeat < 0) return fail('ValueError: repeat argument cannot be negative');
      if (repeat > 20) return unknown('too many items to follow');
      return iterator(choices(Array.from({ length: repeat }, () => pools).flat(), c));
    },
  },
  chosen('combinations'),
  chosen('permutations'),
  {
    path: 'itertools.chain',
    signature: '*iterables',
    evaluate: (x, c) => iterator(items(x.iterables).flatMap(v => iterate(v, c))),
  },
  {
    path: 'itertools.accumulate',
    signature: 'iterable, func=None',
    evaluate: (x, c) => {
      const f = x.func;
      const out: Value[] = [];
      for (const v of iterate(need(x.iterable), c)) {
        const before = out.at(-1);
        out.push(before === undefined ? v : given(f) ? c.call(f, [before, v]) : binary('add', before, v, c));
      }
      return iterator(out);
    },
  },
  {
    path: 'builtins.ord',
    signature: 'c, /',
    evaluate: x => {
      const v = need(x.c);
      if (v.kind !== 'string') return fail(`TypeError: ord() expected string of length 1, but ${typeName(v)} found`);
      const letters = [...v.value];
      return letters.length === 1
        ? int(letters[0].codePointAt(0) ?? 0)
        : fail(`TypeError: ord() expected a character, but string of length ${letters.length} found`);
    },
  },
  {
    path: 'builtins.chr',
    signature: 'i, /',
    evaluate: x => {
      const n = needInteger(need(x.i));
      return n >= 0 && n < 0x110000
        ? stringValue(String.fromCodePoint(n))
        : fail('ValueError: chr() arg not in range(0x110000)');
    },
  },
];
