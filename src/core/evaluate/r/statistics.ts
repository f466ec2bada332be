import { toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { plain } from './arithmetic';
import { reject } from './errors';
import { crossSum, divide, rounded, sumOf } from './extended';
import { type Arguments, define, type RFunction } from './library';
import { hasNoise, NOISE, named } from './matrices';
import { joint, largest, noisy } from './uncertainty';
import { atomic, numbers, vec } from './vectors';

type Column = readonly number[];

interface Table {
  readonly columns: readonly Column[];
  readonly names?: readonly (string | null)[];
  readonly matrix: boolean;
}

function table(value: Value, name: string): Table {
  if (value.kind === 'list') return unknown(`${name} of a list is not followed`);
  const v = plain(atomic(value));
  if (v.type === 'character') unknown(`${name} of texts is not followed`);
  const x = numbers(v).map(e => (e === null || Number.isNaN(e) ? unknown('missing values are not followed here') : e));
  if (v.dim?.length !== 2) return { columns: [x], matrix: false };
  const [m, n] = v.dim;
  const names = v.dimnames?.[1];
  return {
    columns: Array.from({ length: n }, (_, j) => x.slice(j * m, (j + 1) * m)),
    matrix: true,
    ...(names ? { names } : {}),
  };
}

/** How sure products of differences from means are. */
function spreadDoubt(
  all: readonly Vector[],
  out: readonly (number | null)[],
  relative: boolean,
): { readonly doubt?: Uncertain } {
  const { doubt } = joint(all.map(v => v.doubt));
  if (doubt && (doubt.noise === undefined || relative)) return { doubt: { reason: doubt.reason } };
  if (hasNoise(out, 1e-13)) return { doubt: { reason: NOISE } };
  return doubt ? { doubt: noisy(8 * (doubt.noise ?? 0) * Math.max(...all.map(v => largest(v.values)))) } : {};
}

/** Covariances or correlations of columns. */
function covariances(args: Arguments, name: 'cov' | 'cor' | 'var'): Value {
  args.without('method', 'use');
  if (args.flag('na.rm', false)) return unknown('na.rm is not followed here');
  const x = table(args.at('x'), name);
  const given = args.get('y');
  const y = given && given.kind !== 'none' ? table(given, name) : undefined;
  if (!y && !x.matrix && name !== 'var')
    reject(
      name === 'cor' ? "supply both 'x' and 'y' or a matrix-like 'x'" : "supply both 'x' and 'y' or a matrix-like 'x'",
    );
  const other = y ?? x;
  const n = x.columns[0]?.length ?? 0;
  if ((other.columns[0]?.length ?? 0) !== n) reject('incompatible dimensions');
  const [p, q] = [x.columns, other.columns];
  const dot = (a: Column, b: Column): number => rounded(crossSum(a, b));
  const out: (number | null)[] = [];
  for (let j = 0; j < q.length; j++)
    for (let i = 0; i < p.length; i++) {
      if (name !== 'cor') out.push(n < 2 ? null : rounded(divide(crossSum(p[i], q[j]), n - 1)));
      else if (!y && i === j) out.push(n < 2 ? null : 1);
      else {
        const scale = Math.sqrt(dot(p[i], p[i])) * Math.sqrt(dot(q[j], q[j]));
        out.push(
          constant(x.columns[i]) || constant(other.columns[j])
            ? null
            : Math.max(-1, Math.min(1, dot(p[i], q[j]) / scale)),
        );
      }
    }
  const noise = spreadDoubt(
    [atomic(args.at('x')), ...(given && given.kind !== 'none' ? [atomic(given)] : [])],
    out,
    name === 'cor',
  );
  if (!x.matrix && !other.matrix) return toValue(vectorOf('double', out, noise));
  return toValue(vectorOf('double', out, { dim: [p.length, q.length], ...named(x.names, other.names), ...noise }));
}

const constant = (x: Column): boolean => x.every(e => e === x[0]);

function scale(args: Arguments): Value {
  const v = plain(atomic(args.at('x')));
  const [m, n] = v.dim?.length === 2 ? v.dim : [v.values.length, 1];
  const x = numbers(v, "'x' must be numeric").map(e =>
    e !== null && Number.isFinite(e) ? e : unknown('what is missing or not finite is not scaled here'),
  );
  const columns = Array.from({ length: n }, (_, j) => x.slice(j * m, (j + 1) * m));
  const option = (name: string): boolean | readonly number[] => {
    const value = args.get(name);
    if (!value) return true;
    const a = atomic(value);
    if (a.type === 'logical') return a.values[0] === true;
    return numbers(a).map(e => e ?? unknown('missing values are not followed here'));
  };
  const [center, by] = [option('center'), option('scale')];
  const centers = center === true ? columns.map(c => sumOf(c) / m) : center === false ? undefined : center;
  if (centers && centers.length !== n)
    reject("length of 'center' must equal the number of columns of 'x'", 'scale.default');
  const shifted = columns.map((c, j) => (centers ? c.map(e => e - centers[j]) : c));
  const scales =
    by === true
      ? shifted.map(c => Math.sqrt(sumOf(c.map(e => e * e)) / Math.max(1, m - 1)))
      : by === false
        ? undefined
        : by;
  if (scales && scales.length !== n)
    reject("length of 'scale' must equal the number of columns of 'x'", 'scale.default');
  const out = shifted.flatMap((c, j) => (scales ? c.map(e => e / scales[j]) : c));
  const names = v.dimnames?.[1] ? { names: v.dimnames[1] } : {};
  const others: (readonly [string, Value])[] = [];
  if (centers) others.push(['scaled:center', toValue(vectorOf('double', centers, names))]);
  if (scales) others.push(['scaled:scale', toValue(vectorOf('double', scales, names))]);
  const dimnames = v.dimnames ?? (v.names ? [v.names, undefined] : undefined);
  return toValue(
    vectorOf('double', out, {
      dim: [m, n],
      ...(dimnames ? { dimnames } : {}),
      ...(others.length > 0 ? { others } : {}),
      ...spreadDoubt([v], out, true),
    }),
  );
}

export const STATISTICS: readonly RFunction[] = [
  define('var', 'x, y = NULL, na.rm = FALSE, use', args => covariances(args, 'var')),
  define('cov', 'x, y = NULL, use = "everything", method = "pearson"', args => covariances(args, 'cov')),
  define('cor', 'x, y = NULL, use = "everything", method = "pearson"', args => covariances(args, 'cor')),
  define('sd', 'x, na.rm = FALSE', args => {
    const drop = args.flag('na.rm', false);
    const v = atomic(args.at('x'));
    const all = v.type === 'character' ? [null] : numbers(v);
    const x = drop ? all.filter(e => e !== null && !Number.isNaN(e)) : all;
    const missing = x.find(e => e === null || Number.isNaN(e));
    if (missing !== undefined || x.length < 2) return toValue(vectorOf('double', [null]));
    const c = x as Column;
    const found = Math.sqrt(rounded(divide(crossSum(c, c), c.length - 1)));
    return toValue(vectorOf('double', [found], spreadDoubt([v], [found], true)));
  }),
  define('scale', 'x, center = TRUE, scale = TRUE', scale),
  define('weighted.mean', 'x, w, ..., na.rm = FALSE', args => {
    const x = numbers(atomic(args.at('x'))).map(e => e ?? unknown('missing values are not followed here'));
    const w = args.has('w')
      ? numbers(atomic(args.at('w'))).map(e => e ?? unknown('missing values are not followed here'))
      : x.map(() => 1);
    if (w.length !== x.length) reject("'x' and 'w' must have the same length", 'weighted.mean.default');
    const total = sumOf(w);
    return toValue(vectorOf('double', [sumOf(x.map((e, k) => e * (w[k] / total)))]));
  }),
  define('cov2cor', 'V', args => {
    const v = vec(args.at('V'));
    const [m, n] = v.dim ?? [0, 0];
    if (m !== n) reject("'V' is not a square numeric matrix");
    const x = numbers(v).map(e => e ?? unknown('missing values are not followed here'));
    const s = Array.from({ length: n }, (_, k) => Math.sqrt(1 / x[k * (n + 1)]));
    const out = x.map((e, k) => (k % (n + 1) === 0 ? 1 : s[k % n] * e * s[Math.floor(k / n)]));
    return toValue({ ...v, type: 'double', values: out } as Vector);
  }),
];
