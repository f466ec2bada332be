import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { pairs } from './elementary';
import { collected, define, results, text, whole } from './library';
import {
  fromNumbers,
  inDoubt,
  isIntegerClass,
  isVector,
  LAST_DIGITS,
  matrixOf,
  realMatrix,
  realParts,
  realStored,
  roundAway,
  stored,
  toClass,
  withDoubt,
} from './numbers';
import { compare } from './operators';
import { dimensionOf, fromLines, lines } from './reductions';

/** Statistics, places, special functions and other small ones. */

/** The best so far along each line, with its place. */
function running(name: string, better: (x: number, y: number) => boolean): LibraryFunction {
  return define(name, 'x, dim=', ({ x, dim }, context) => {
    const a = realStored(x as Value, name);
    if (sizeOf(a.shape) === 0 || realParts(a).some(Number.isNaN)) return unknown(`${name} of this is not covered`);
    const d = dimensionOf(a, dim, name);
    const found = lines(realParts(a), a.shape, d).map(line => {
      let at = 0;
      return line.map((v, k) => {
        if (better(v, line[at])) at = k;
        return at;
      });
    });
    const all = lines(realParts(a), a.shape, d);
    const values = fromLines(
      found.map((line, l) => line.map(k => all[l][k])),
      a.shape,
      d,
    );
    return results(context, fromNumbers(asType(values, a.dtype)), () =>
      fromNumbers(
        fromLines(
          found.map(line => line.map(k => k + 1)),
          a.shape,
          d,
        ),
      ),
    );
  });
}

/** One number for each line of a real matrix. */
function each(name: string, f: (line: readonly number[]) => number): LibraryFunction {
  return define(name, 'x, dim=', ({ x, dim }) => {
    const a = realMatrix(x as Value, name);
    if (sizeOf(a.shape) === 0 || a.dtype === 'bool' || realParts(a).some(Number.isNaN))
      return unknown(`${name} of this is not covered`);
    const d = dimensionOf(a, dim, name);
    return fromNumbers(
      fromLines(
        lines(realParts(a), a.shape, d).map(line => [f(line)]),
        a.shape,
        d,
      ),
    );
  });
}

/** The most frequent number, the smallest of several. */
function mode(line: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const x of line) counts.set(x, (counts.get(x) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return Math.min(...[...counts].filter(([, n]) => n === most).map(([x]) => x));
}

/** Covariances of the columns, or of two vectors taken as one list each. */
function cov({ x, y, opt }: Bound): Value {
  if (y || opt) return unknown('this form of cov is not covered');
  const a = realMatrix(x as Value, 'cov');
  const columns = isVector(a) ? [[...realParts(a)]] : lines(realParts(a), a.shape, 1);
  const n = columns[0]?.length ?? 0;
  if (n < 2) return unknown('cov of this is not covered');
  const centred = columns.map(c => {
    const m = c.reduce((s, v) => s + v, 0) / n;
    return c.map(v => v - m);
  });
  const k = columns.length;
  return fromNumbers(
    matrixOf(
      k,
      k,
      Float64Array.from({ length: k * k }, (_, t) => {
        const [u, v] = [centred[Math.floor(t / k)], centred[t % k]];
        return u.reduce((s, p, i) => s + p * v[i], 0) / (n - 1);
      }),
    ),
  );
}

/** Linear places of rows and columns. */
function sub2ind({ size, r, c }: Bound): Value {
  const dims = [...realParts(realMatrix(size as Value, 'sub2ind'))];
  const [i, j] = [realMatrix(r as Value, 'sub2ind'), realMatrix(c as Value, 'sub2ind')];
  if (dims.length !== 2) return unknown('more than two dimensions are not covered');
  if (i.shape.join() !== j.shape.join()) return fail('sub2ind: all subscripts must be of the same size');
  const columns = realParts(j);
  if (realParts(i).some((v, k) => v > dims[0] || columns[k] > dims[1])) return fail('sub2ind: index out of range');
  if ([...realParts(i), ...columns].some(v => !Number.isInteger(v) || v < 1))
    return unknown('this index is not covered');
  return fromNumbers(
    ndarray(
      'float64',
      i.shape,
      realParts(i).map((v, k) => v + (columns[k] - 1) * dims[0]),
    ),
  );
}

function ind2sub({ size, k }: Bound, context: Context): Value {
  const [rows, columns, ...more] = realParts(realMatrix(size as Value, 'ind2sub'));
  if (more.length > 0) return unknown('more than two dimensions are not covered');
  const a = realMatrix(k as Value, 'ind2sub');
  if (realParts(a).some(v => !Number.isInteger(v) || v < 1)) return unknown('this index is not covered');
  if (realParts(a).some(v => v > rows * columns)) return fail('ind2sub: index out of range');
  if (context.outputs < 2) return k as Value;
  const of = (f: (v: number) => number): Value => fromNumbers(ndarray('float64', a.shape, realParts(a).map(f)));
  return { kind: 'tuple', items: [of(v => ((v - 1) % rows) + 1), of(v => Math.floor((v - 1) / rows) + 1)] };
}

function blkdiag({ blocks }: Bound, context: Context): Value {
  const all = collected(blocks).map(v => realMatrix(v, 'blkdiag'));
  if (all.some(a => a.dtype === 'bool')) return fail('blkdiag: all arguments must be numeric');
  const rows = all.reduce((n, a) => n + a.shape[0], 0);
  const columns = all.reduce((n, a) => n + a.shape[1], 0);
  context.budget.claim(rows * columns);
  const data = new Float64Array(rows * columns);
  let [top, left] = [0, 0];
  for (const a of all) {
    const [m, n] = a.shape;
    realParts(a).forEach((x, k) => {
      data[(top + Math.floor(k / n)) * columns + left + (k % n)] = x;
    });
    top += m;
    left += n;
  }
  return fromNumbers(matrixOf(rows, columns, data));
}

/** Whole numbers divided, rounded towards zero or as asked. */
function idivide({ a, b, how }: Bound, context: Context): Value {
  const [x, y] = [realStored(a as Value, 'idivide'), realStored(b as Value, 'idivide')];
  const dtype = isIntegerClass(x.dtype) ? x.dtype : y.dtype;
  if (!isIntegerClass(dtype)) return fail('idivide: at least one input (A or B) must be an integer type');
  const round = { fix: Math.trunc, floor: Math.floor, ceil: Math.ceil, round: roundAway }[text(how) ?? 'fix'];
  if (!round) return fail('idivide: unrecognized rounding type');
  if (realParts(y).some(v => v === 0)) return unknown('a division of whole numbers by zero is not covered');
  const wide = (m: NDArray): NDArray => asType(m, 'float64');
  return fromNumbers(
    toClass(
      pairs('idivide', wide(x), wide(y), (u, v) => round(u / v), context),
      dtype,
    ),
  );
}

/** The prime factors in order. */
function factor({ n }: Bound): Value {
  let x = realParts(realMatrix(n as Value, 'factor'))[0];
  if (!Number.isInteger(x) || x < 1 || x > 2 ** 40) return unknown('factor of this number is not covered');
  const found: number[] = [];
  for (let d = 2; d * d <= x; d++)
    while (x % d === 0) {
      found.push(d);
      x /= d;
    }
  if (x > 1 || found.length === 0) found.push(x);
  return fromNumbers(matrixOf(1, found.length, Float64Array.from(found)));
}

/** The error function by its series near zero and by the continued fraction of its complement further out. */
function erf(x: number): number {
  const t = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (t > 6) return Math.sign(x);
  if (t < 2.5) {
    let term = t;
    let sum = t;
    for (let n = 1; n < 200 && Math.abs(term) > 1e-18 * sum; n++) {
      term *= (-t * t) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let f = 0;
  for (let k = 60; k > 0; k--) f = k / 2 / (t + f);
  return Math.sign(x) * (1 - Math.exp(-t * t) / (t + f) / Math.sqrt(Math.PI));
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** Products for whole numbers, Lanczos' approximation for others. */
function gamma(x: number): number {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Object.is(x, -0) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (Number.isInteger(x)) {
    if (x < 0) return Number.POSITIVE_INFINITY;
    if (x > 171) return Number.POSITIVE_INFINITY;
    let p = 1;
    for (let k = 2; k < x; k++) p *= k;
    return p;
  }
  if (x === Number.NEGATIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const t = x + 6.5;
  const sum = LANCZOS.reduce((s, c, k) => (k === 0 ? c : s + c / (x - 1 + k)), 0);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

const special = (name: string, f: (x: number) => number): LibraryFunction =>
  define(name, 'x', ({ x }) => {
    const a = realMatrix(x as Value, name);
    if (a.dtype !== 'float64' || x?.kind === 'string') return unknown(`${name} of this class is not covered`);
    return withDoubt(fromNumbers(ndarray('float64', a.shape, realParts(a).map(f))), LAST_DIGITS);
  });

const comparison = (name: string, operator: Parameters<typeof compare>[0]): LibraryFunction =>
  define(name, 'x, y', ({ x, y }) => compare(operator, x as Value, y as Value));

/** Cube roots, whose last digit differs between C libraries: a whole one prints as such or not. */
function cubeRoots(a: NDArray): Value {
  const roots = realParts(a).map(Math.cbrt);
  const round = roots.every(r => Number.isInteger(r)) && roots.some(r => Math.abs(r) > 1);
  return withDoubt(
    fromNumbers(ndarray('float64', a.shape, roots)),
    round ? inDoubt('a whole cube root whose last digit is not known') : undefined,
    LAST_DIGITS,
  );
}

/** Euclidean lengths of the columns. */
function vecnorm({ a, p, dim }: Bound): Value {
  if (p && realParts(realMatrix(p, 'vecnorm'))[0] !== 2) return unknown('vecnorm in this norm is not covered');
  const m = realMatrix(a as Value, 'vecnorm');
  const d = dimensionOf(m, dim, 'vecnorm');
  return withDoubt(
    fromNumbers(
      fromLines(
        lines(realParts(m), m.shape, d).map(line => [Math.sqrt(line.reduce((s, x) => s + x * x, 0))]),
        m.shape,
        d,
      ),
    ),
    LAST_DIGITS,
  );
}

/** Whether a number has no part beside the bands of a matrix. */
function isbanded({ a: given, lower, upper }: Bound): Value {
  const a = realMatrix(given as Value, 'isbanded');
  const [below, above] = [whole(lower as Value, 'isbanded'), whole(upper as Value, 'isbanded')];
  const columns = a.shape[1];
  const inside = realParts(a).every((x, k) => {
    const d = (k % columns) - Math.floor(k / columns);
    return x === 0 || (d <= above && -d <= below);
  });
  return fromNumbers(ndarray('bool', [1, 1], Uint8Array.of(inside ? 1 : 0)));
}

export const NUMERIC: readonly LibraryFunction[] = [
  running('cummax', (x, y) => x > y),
  running('cummin', (x, y) => x < y),
  each('mode', mode),
  each('range', line => Math.max(...line) - Math.min(...line)),
  define('cov', 'x, y=, opt=', cov),
  define('sub2ind', 'size, r, c', sub2ind),
  define('ind2sub', 'size, k', ind2sub),
  define('blkdiag', '*blocks', blkdiag),
  define('idivide', 'a, b, how=', idivide),
  define('factor', 'n', factor),
  special('erf', erf),
  special('gamma', gamma),
  comparison('eq', 'equal'),
  comparison('ne', 'not-equal'),
  comparison('lt', 'less'),
  comparison('le', 'less-equal'),
  comparison('gt', 'greater'),
  comparison('ge', 'greater-equal'),
  define('vecnorm', 'a, p=, dim=', vecnorm),
  define('isbanded', 'a, lower, upper', isbanded),
  define('cbrt', 'x', ({ x }) => cubeRoots(realMatrix(x as Value, 'cbrt'))),
  define('nthroot', 'x, n', ({ x, n }) => {
    const [a, k] = [realMatrix(x as Value, 'nthroot'), whole(n as Value, 'nthroot', 1)];
    if (k === 3) return cubeRoots(a);
    if (k % 2 === 0 && realParts(a).some(v => v < 0))
      return fail('nthroot: N must be an odd integer if X contains negative values');
    const root = (v: number): number => {
      const r = Math.sign(v) * Math.abs(v) ** (1 / k);
      const better = ((k - 1) * r + v / r ** (k - 1)) / k;
      return r === 0 || !Number.isFinite(better) ? r : better;
    };
    return withDoubt(fromNumbers(ndarray('float64', a.shape, realParts(a).map(root))), LAST_DIGITS);
  }),
  define('bitshift', 'a, n', ({ a, n }, context) => {
    const x = realMatrix(a as Value, 'bitshift');
    return fromNumbers(
      pairs(
        'bitshift',
        x,
        realMatrix(n as Value, 'bitshift'),
        (u, v) =>
          Number.isInteger(u) && u >= 0 && Number.isInteger(v) && u * 2 ** v < 2 ** 53
            ? Math.floor(u * 2 ** v)
            : unknown('bitshift of this is not covered'),
        context,
      ),
    );
  }),
  define('merge', 'mask, x, y', ({ mask, x, y }) => {
    const m = stored(mask as Value);
    return m.dtype === 'bool' && sizeOf(m.shape) === 1
      ? ((realParts(m)[0] ? x : y) as Value)
      : unknown('this form of merge is not covered');
  }),
  define('cumtrapz', 'x', ({ x }) => {
    const a = realMatrix(x as Value, 'cumtrapz');
    const d = dimensionOf(a, undefined, 'cumtrapz');
    return fromNumbers(
      fromLines(
        lines(realParts(a), a.shape, d).map(line => {
          let s = 0;
          return line.map((v, k) => {
            if (k > 0) s += 0.5 * (line[k - 1] + v);
            return s;
          });
        }),
        a.shape,
        d,
      ),
    );
  }),
];
