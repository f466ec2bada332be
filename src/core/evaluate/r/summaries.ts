import { isAtomic, toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { collated, compareAtoms, plain } from './arithmetic';
import { combined, at as pickedAt } from './construction';
import { reject } from './errors';
import { add, divide, type Extended, meanOf, multiply, rounded, sumOf, total } from './extended';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { joint } from './uncertainty';
import { atomic, coerced, complexes, numbers, vec } from './vectors';

/** All arguments of a summary as one vector. */
function gathered(args: Arguments, name: string, context: RContext): ReturnType<typeof plain> {
  if (args.dots.some(d => d.value.kind === 'function')) unknown('functions as data are not followed');
  if (args.dots.some(d => d.value.kind === 'list')) reject("invalid 'type' (list) of argument");
  const all =
    args.dots.length === 1
      ? args.dots[0].value
      : combined(
          args.dots.map(d => ({ value: d.value })),
          context,
        );
  const v = plain(atomic(all));
  if (v.type === 'character' && !['max', 'min', 'range', 'any', 'all'].includes(name))
    reject("invalid 'type' (character) of argument");
  if (v.doubt !== undefined && (name === 'any' || name === 'all')) unknown(v.doubt.reason);
  return v;
}

/** The doubt about sums of a vector's elements, and of what is no larger than they are. */
const doubtOf = (v: Vector, count = 1): { readonly doubt?: Uncertain } => joint([v.doubt], count, count === 1);

/** Numbers without the missing ones, where these are to be left out. */
const left = (values: readonly (number | null)[], drop: boolean): readonly (number | null)[] =>
  drop ? values.filter(x => x !== null && !Number.isNaN(x)) : values;

/** Which of NA and NaN an average of both is depends on how R was compiled. */
const oneMissing = (values: readonly (number | null)[]): number | null | undefined => {
  if (values.includes(null) && values.some(x => x !== null && Number.isNaN(x)))
    unknown('an average of NA and NaN is not told');
  return firstMissing(values);
};

/** NA where one is missing, otherwise NaN where one is no number: extended precision keeps the NaN with more bits. */
const firstMissing = (values: readonly (number | null)[]): number | null | undefined =>
  values.includes(null) ? null : values.find(x => Number.isNaN(x));

function sum(args: Arguments, context: RContext): Value {
  const v = gathered(args, 'sum', context);
  const drop = args.flag('na.rm', false);
  if (v.type === 'complex') {
    const z = complexes(v).map(x => x ?? unknown('missing values are not followed here'));
    return toValue(vectorOf('complex', [{ re: sumOf(z.map(x => x.re)), im: sumOf(z.map(x => x.im)) }], doubtOf(v)));
  }
  const values = left(numbers(v), drop);
  const whole = v.type !== 'double';
  if (values.includes(null) && whole) return toValue(vectorOf('integer', [null]));
  const missing = firstMissing(values);
  if (missing !== undefined) return toValue(vectorOf(whole ? 'integer' : 'double', [missing]));
  const total = sumOf(values as readonly number[]);
  if (whole) return toValue(vectorOf('integer', [Math.abs(total) > 2147483647 ? null : total]));
  return toValue(vectorOf('double', [total], doubtOf(v, v.values.length)));
}

function prod(args: Arguments, context: RContext): Value {
  const v = gathered(args, 'prod', context);
  if (v.type === 'complex') return unknown('products of complex numbers are not followed');
  const values = left(numbers(v), args.flag('na.rm', false));
  const missing = firstMissing(values);
  if (missing !== undefined) return toValue(vectorOf('double', [missing]));
  return toValue(
    vectorOf(
      'double',
      [rounded((values as readonly number[]).reduce<Extended>((p, x) => multiply(p, [x, 0]), [1, 0]))],
      v.doubt ? { doubt: { reason: v.doubt.reason } } : {},
    ),
  );
}

function extreme(name: 'max' | 'min'): RFunction {
  return define(name, '..., na.rm = FALSE', (args, context) => {
    const v = gathered(args, name, context);
    if (v.type === 'complex') return reject("invalid 'type' (complex) of argument");
    const drop = args.flag('na.rm', false);
    if (v.type === 'character') {
      const s = v.values.filter((x): x is string => x !== null || !drop);
      if (s.includes(null as never)) return toValue(vectorOf('character', [null]));
      if (s.length === 0) return reject(`no non-missing arguments to ${name}`);
      return toValue(vectorOf('character', [s.reduce((a, b) => (collated(a, b) > 0 === (name === 'max') ? a : b))]));
    }
    const values = left(numbers(v), drop);
    const type = v.type === 'double' ? 'double' : 'integer';
    if (values.length === 0)
      return toValue(vectorOf('double', [name === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY]));
    if (values.includes(null)) return toValue(vectorOf(type, [null]));
    const pick = name === 'max' ? Math.max : Math.min;
    return toValue(vectorOf(type, [(values as readonly number[]).reduce((a, b) => pick(a, b))], doubtOf(v)));
  });
}

function range(args: Arguments, context: RContext): Value {
  args.without('finite');
  const v = gathered(args, 'range', context);
  if (v.type === 'character' || v.type === 'complex') return unknown('the range of these is not followed');
  const values = left(numbers(v), args.flag('na.rm', false));
  const type = v.type === 'double' ? 'double' : 'integer';
  if (values.includes(null)) return toValue(vectorOf(type, [null, null]));
  if (values.length === 0) return toValue(vectorOf('double', [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]));
  const x = values as readonly number[];
  return toValue(vectorOf(type, [x.reduce((a, b) => Math.min(a, b)), x.reduce((a, b) => Math.max(a, b))], doubtOf(v)));
}

const quantified = (name: 'any' | 'all'): RFunction =>
  define(name, '..., na.rm = FALSE', (args, context) => {
    const v = coerced(gathered(args, name, context), 'logical');
    const values = v.values as readonly (boolean | null)[];
    const decides = name === 'any';
    if (values.includes(decides)) return toValue(vectorOf('logical', [decides]));
    const open = values.includes(null) && !args.flag('na.rm', false);
    return toValue(vectorOf('logical', [open ? null : !decides]));
  });

/** Numbers of an argument that is summed up, without the missing ones where these are to be left out. */
function sample(value: Value, drop: boolean): { readonly values: readonly (number | null)[]; readonly v: Vector } {
  const v = plain(atomic(value));
  if (v.type === 'character') return { values: [null], v };
  return { values: left(numbers(v), drop), v };
}

function mean(args: Arguments): Value {
  const x = args.at('x');
  args.without('trim');
  if (x.kind === 'list' || x.kind === 'none') return toValue(vectorOf('double', [null]));
  const v = atomic(x);
  if (v.type === 'complex') {
    const z = complexes(v).map(e => e ?? unknown('missing values are not followed here'));
    return toValue(vectorOf('complex', [{ re: meanOf(z.map(e => e.re)), im: meanOf(z.map(e => e.im)) }]));
  }
  const { values } = sample(x, args.flag('na.rm', false));
  const missing = oneMissing(values);
  if (missing !== undefined) return toValue(vectorOf('double', [missing]));
  const all = values as readonly number[];
  const found = v.type === 'double' ? meanOf(all) : rounded(divide(total(all), all.length));
  return toValue(vectorOf('double', [all.length === 0 ? Number.NaN : found], doubtOf(v, 2)));
}

export function sorted(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}

function median(args: Arguments): Value {
  if (args.at('x').kind === 'list' || args.at('x').kind === 'none')
    return unknown('the median of this is not followed');
  const { values, v } = sample(args.at('x'), args.flag('na.rm', false));
  const whole = v.type !== 'double';
  if (firstMissing(values) !== undefined || values.length === 0)
    return toValue(vectorOf(whole ? 'integer' : 'double', [null]));
  const s = sorted(values as readonly number[]);
  const half = Math.floor((s.length + 1) / 2);
  if (s.length % 2 === 1 && v.type === 'logical') return toValue(vectorOf('logical', [s[half - 1] !== 0]));
  if (s.length % 2 === 1) return toValue(vectorOf(whole ? 'integer' : 'double', [s[half - 1]], doubtOf(v)));
  const middle = meanOf([s[half - 1], s[half]]);
  return toValue(vectorOf('double', [middle], doubtOf(v)));
}

function quantile(args: Arguments): Value {
  args.without('type');
  if (args.at('x').kind === 'string' || args.at('x').kind === 'vector')
    unknown('quantiles of texts or missing values are not followed');
  const { values } = sample(args.at('x'), args.flag('na.rm', false));
  if (firstMissing(values) !== undefined)
    reject("missing values and NaN's not allowed if 'na.rm' is FALSE", 'quantile.default');
  const s = sorted(values as readonly number[]);
  const given = args.get('probs');
  const probs = given
    ? numbers(atomic(given)).map(p => p ?? unknown('a probability is missing'))
    : [0, 0.25, 0.5, 0.75, 1];
  if (probs.some(p => p < 0 || p > 1)) reject("'probs' outside [0,1]", 'quantile.default');
  const n = s.length;
  const out = probs.map(p => {
    if (n === 0) return null;
    const index = 1 + Math.max(n - 1, 0) * p;
    const low = Math.floor(index + 4 * 2 ** -52);
    const h = index - low;
    const x = s[low - 1];
    return Math.abs(h) < 4 * 2 ** -52 ? x : h === 1 ? s[low] : (1 - h) * x + h * s[Math.min(low, n - 1)];
  });
  const names = args.flag('names', true) ? { names: probs.map(p => `${Number((100 * p).toPrecision(7))}%`) } : {};
  return toValue(vectorOf('double', out, names));
}

function cumulative(name: string, f: (a: number, b: number) => number, keepsWhole: boolean): RFunction {
  return define(name, 'x', args => {
    const given = plain(atomic(args.at('x')));
    const v = given.type === 'character' ? (coerced(given, 'double') as typeof given) : given;
    const whole = keepsWhole && v.type !== 'double';
    const x = numbers(v);
    const out: (number | null)[] = [];
    let sum: Extended = [0, 0];
    let product: Extended = [1, 0];
    let now: number | null | undefined;
    for (const e of x) {
      // What is first no number stays.
      if (now !== null && now !== undefined && Number.isNaN(now)) now = Number.NaN;
      else if (now === null || e === null) now = null;
      else if (name === 'cumsum') {
        sum = add(sum, [e, 0]);
        now = rounded(sum);
        if (whole && Math.abs(now) > 2147483647) now = null;
      } else if (name === 'cumprod') {
        product = multiply(product, [e, 0]);
        now = rounded(product);
      } else now = now === undefined ? e : f(now, e);
      out.push(now);
    }
    return toValue(
      vectorOf(whole ? 'integer' : 'double', out, {
        names: v.names,
        ...(name === 'cumprod' && v.doubt ? { doubt: { reason: v.doubt.reason } } : doubtOf(v, v.values.length)),
      }),
    );
  });
}

/** Whether an axis is summed: rows or columns of a matrix. */
function alongSides(name: string, rows: boolean, average: boolean): RFunction {
  return define(name, 'x, na.rm = FALSE, dims = 1', args => {
    args.without('dims');
    const v = plain(atomic(args.at('x')));
    if (!v.dim || v.dim.length < 2) reject("'x' must be an array of at least two dimensions");
    if (v.dim && v.dim.length > 2) return unknown(`${name} of arrays is not followed`);
    if (v.type === 'character') reject("'x' must be numeric");
    const [m, n] = v.dim ?? [0, 0];
    const x = numbers(v, "'x' must be numeric");
    const drop = args.flag('na.rm', false);
    const out = Array.from({ length: rows ? m : n }, (_, k) => {
      const line = left(rows ? Array.from({ length: n }, (__, j) => x[k + j * m]) : x.slice(k * m, (k + 1) * m), drop);
      const missing = oneMissing(line);
      if (missing !== undefined) return missing;
      const sum = total(line as readonly number[]);
      return average ? (line.length === 0 ? Number.NaN : rounded(divide(sum, line.length))) : rounded(sum);
    });
    const names = v.dimnames?.[rows ? 0 : 1];
    return toValue(vectorOf('double', out, { ...(names ? { names } : {}), ...doubtOf(v, v.values.length) }));
  });
}

/** Stops where numbers are so near each other that their order is not sure. */
function refuseTies({ doubt, values }: Vector): void {
  if (!doubt) return;
  const s = sorted(values.filter((x): x is number => typeof x === 'number' && !Number.isNaN(x)));
  const { noise } = doubt;
  if (noise === undefined || s.some((x, k) => k > 0 && x - s[k - 1] <= 4 * noise)) unknown(doubt.reason);
}

/** The places of elements in order; missing ones last. */
export function orderOf(keys: readonly Vector[], decreasing: readonly boolean[], last: boolean | null): number[] {
  const n = keys[0].values.length;
  for (const k of keys) refuseTies(k);
  const places = Array.from({ length: n }, (_, k) => k);
  const gone = (x: unknown): boolean => x === null || (typeof x === 'number' && Number.isNaN(x));
  const kept = last === null ? places.filter(p => keys.every(k => !gone(k.values[p]))) : places;
  return kept.sort((p, q) => {
    for (let k = 0; k < keys.length; k++) {
      const [x, y] = [keys[k].values[p], keys[k].values[q]];
      if (gone(x) || gone(y)) {
        if (gone(x) && gone(y)) continue;
        return gone(x) === (last ?? true) ? 1 : -1;
      }
      const c = compareAtoms(x as number, y as number) ?? 0;
      if (c !== 0) return decreasing[k % decreasing.length] ? -c : c;
    }
    return p - q;
  });
}

function sort(args: Arguments): Value {
  const x = args.at('x');
  if (x.kind === 'none') return x;
  if (x.kind === 'list') reject("'x' must be atomic", 'sort.int');
  const v = plain(atomic(x));
  const last = args.get('na.last');
  if (last && numbers(atomic(last))[0] !== null) return unknown('sort with na.last is not followed');
  if (v.type === 'complex') return unknown('the order of complex numbers is not followed');
  const order = orderOf([v], [args.flag('decreasing', false)], null);
  return toValue(pickedAt({ ...v, dim: undefined, dimnames: undefined } as Vector, order));
}

function order(args: Arguments): Value {
  args.without('method');
  const keys = args.dots.map(d => plain(atomic(d.value)));
  if (keys.some(k => k.type === 'complex')) return unknown('the order of complex numbers is not followed');
  if (keys.length === 0) return toValue(vectorOf('integer', []));
  if (keys.some(k => k.values.length !== keys[0].values.length)) reject('argument lengths differ');
  const d = args.get('decreasing');
  const decreasing = d ? (coerced(atomic(d), 'logical').values as boolean[]) : [false];
  return toValue(
    vectorOf(
      'integer',
      orderOf(keys, decreasing, args.flag('na.last', true)).map(p => p + 1),
    ),
  );
}

function rankOf(args: Arguments): Value {
  const v = plain(atomic(args.at('x')));
  const ties = args.get('ties.method');
  const method = ties ? String(atomic(ties).values[0]) : 'average';
  if (v.values.includes(null)) return unknown('ranks of missing values are not followed');
  const places = orderOf([v], [false], true);
  const out = new Array<number>(places.length);
  for (let k = 0; k < places.length; ) {
    let end = k;
    while (end + 1 < places.length && v.values[places[end + 1]] === v.values[places[k]]) end++;
    for (let j = k; j <= end; j++)
      out[places[j]] =
        method === 'min'
          ? k + 1
          : method === 'max'
            ? end + 1
            : method === 'first'
              ? j + 1
              : method === 'average'
                ? (k + end) / 2 + 1
                : unknown(`ranks by the method ${method} are not followed`);
    k = end + 1;
  }
  return toValue(vectorOf(method === 'average' ? 'double' : 'integer', out, { names: v.names }));
}

const whichExtreme = (name: string, largest: boolean): RFunction =>
  define(name, 'x', args => {
    const v = plain(atomic(args.at('x')));
    refuseTies(v);
    const x = numbers(v);
    let best = -1;
    x.forEach((e, k) => {
      if (e === null || Number.isNaN(e)) return;
      if (best < 0 || (largest ? e > (x[best] ?? 0) : e < (x[best] ?? 0))) best = k;
    });
    const names = best >= 0 && v.names ? { names: [v.names[best]] } : {};
    return toValue(vectorOf('integer', best < 0 ? [] : [best + 1], names));
  });

function which(args: Arguments): Value {
  const v = atomic(args.at('x'));
  if (v.type !== 'logical') reject("argument to 'which' is not logical");
  const places = v.values.flatMap((b, k) => (b === true ? [k] : []));
  if (v.dim && v.dim.length > 1 && args.flag('arr.ind', false)) {
    const [m] = v.dim;
    if (v.dim.length > 2 || v.dimnames) return unknown('these places are not followed');
    const values = [...places.map(p => (p % m) + 1), ...places.map(p => Math.floor(p / m) + 1)];
    return toValue(vectorOf('integer', values, { dim: [places.length, 2], dimnames: [undefined, ['row', 'col']] }));
  }
  const names = v.names ? { names: places.map(p => v.names?.[p] ?? null) } : {};
  return toValue(
    vectorOf(
      'integer',
      places.map(p => p + 1),
      names,
    ),
  );
}

export const keyOf = (x: unknown): string =>
  typeof x === 'object' && x !== null ? JSON.stringify(x) : `${typeof x}:${Object.is(x, -0) ? 0 : x}`;

function distinct(v: Vector): number[] {
  const seen = new Set<string>();
  if (v.type === 'list') return unknown('lists are not compared');
  if (v.doubt !== undefined) return unknown(v.doubt.reason);
  return v.values.flatMap((x, k) => {
    const key = keyOf(x);
    if (seen.has(key)) return [];
    seen.add(key);
    return [k];
  });
}

function diff(args: Arguments): Value {
  const v = plain(atomic(args.at('x')));
  const lag = args.number('lag', 1);
  const times = args.number('differences', 1);
  if (lag * times >= (v.dim?.length === 2 ? v.dim[0] : v.values.length))
    return toValue(vectorOf(v.type, [], v.names ? { names: [] } : {}));
  if (v.dim && v.dim.length > 1) {
    if (v.dim.length > 2 || v.dimnames) return unknown('differences of these arrays are not followed');
    let [m, n] = v.dim;
    let x = numbers(v);
    for (let t = 0; t < times; t++) {
      const rows = Math.max(0, m - lag);
      const from = x;
      x = Array.from({ length: rows * n }, (_, k) => {
        const [i, j] = [k % rows, Math.floor(k / rows)];
        const [a, b] = [from[i + lag + j * m], from[i + j * m]];
        return a === null || b === null ? null : a - b;
      });
      m = rows;
    }
    return toValue(vectorOf(v.type === 'double' ? 'double' : 'integer', x, { dim: [m, n], ...doubtOf(v, 2 ** times) }));
  }
  let x = numbers(v, 'non-numeric argument to binary operator');
  let names = v.names;
  for (let t = 0; t < times; t++) {
    const from = x;
    x = from.slice(lag).map((e, k) => {
      const before = from[k];
      return e === null || before === null ? null : e - before;
    });
    names = names?.slice(lag);
  }
  return toValue(
    vectorOf(v.type === 'double' ? 'double' : 'integer', x, { ...(names ? { names } : {}), ...doubtOf(v, 2 ** times) }),
  );
}

export const SUMMARIES: readonly RFunction[] = [
  define('sum', '..., na.rm = FALSE', sum),
  define('prod', '..., na.rm = FALSE', prod),
  extreme('max'),
  extreme('min'),
  define('range', '..., na.rm = FALSE, finite = FALSE', range),
  quantified('any'),
  quantified('all'),
  define('mean', 'x, trim = 0, na.rm = FALSE', mean),
  define('median', 'x, na.rm = FALSE', median),
  define('quantile', 'x, probs = seq(0, 1, 0.25), na.rm = FALSE, names = TRUE, type = 7', quantile),
  cumulative('cumsum', (a, b) => a + b, true),
  cumulative('cumprod', (a, b) => a * b, false),
  cumulative('cummax', Math.max, true),
  cumulative('cummin', Math.min, true),
  alongSides('rowSums', true, false),
  alongSides('colSums', false, false),
  alongSides('rowMeans', true, true),
  alongSides('colMeans', false, true),
  define('sort', 'x, decreasing = FALSE, na.last = NA', sort),
  define('order', '..., na.last = TRUE, decreasing = FALSE, method = "auto"', order),
  define('rank', 'x, na.last = "keep", ties.method = "average"', rankOf),
  whichExtreme('which.max', true),
  whichExtreme('which.min', false),
  define('which', 'x, arr.ind = FALSE, useNames = TRUE', which),
  define('unique', 'x, incomparables = FALSE', args => {
    const x = args.at('x');
    if (x.kind === 'none') return x;
    const v = vec(x);
    if (v.dim && v.dim.length > 1) return unknown('unique rows are not followed');
    return toValue(pickedAt({ ...v, names: undefined } as Vector, distinct(v)));
  }),
  define('duplicated', 'x, incomparables = FALSE', args => {
    const v = vec(args.at('x'));
    if (v.dim && v.dim.length > 1) return unknown('duplicated rows are not followed');
    const first = new Set(distinct(v));
    return toValue(
      vectorOf(
        'logical',
        v.values.map((_, k) => !first.has(k)),
      ),
    );
  }),
  define('anyDuplicated', 'x, incomparables = FALSE', args => {
    const v = vec(args.at('x'));
    const first = new Set(distinct(v));
    const k = v.values.findIndex((_, i) => !first.has(i));
    return toValue(vectorOf('integer', [k + 1]));
  }),
  define('anyNA', 'x, recursive = FALSE', args => {
    const v = vec(args.at('x'));
    if (!isAtomic(v)) return unknown('lists with missing values are not followed');
    return toValue(vectorOf('logical', [v.values.some(x => x === null || Number.isNaN(x))]));
  }),
  define('diff', 'x, lag = 1, differences = 1', diff),
  define('tabulate', 'bin, nbins = max(1, bin, na.rm = TRUE)', args => {
    const bins = numbers(atomic(args.at('bin'))).map(x => x ?? unknown('missing values are not followed here'));
    const n = args.number('nbins', Math.max(1, ...bins));
    const out = new Array<number>(n).fill(0);
    for (const b of bins) if (b >= 1 && b <= n) out[Math.trunc(b) - 1]++;
    return toValue(vectorOf('integer', out));
  }),
];
