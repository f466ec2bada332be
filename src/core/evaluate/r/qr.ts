import { matrix } from '../../linalg/index';
import { type Shaped, toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { reject } from './errors';
import { applyQ, coefficients, decompose, type LinpackQR } from './householder';
import { field } from './indexing';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { list } from './linear';
import { allFinite, columnsOf, given, hasNoise } from './matrices';
import { joint, largest, noisy } from './uncertainty';
import { numbers, vec } from './vectors';

const doubles = (x: ArrayLike<number>, more: Shaped = {}, scale = 0, zeros = false): Value => {
  const values = Array.from(x);
  const { doubt, ...rest } = more;
  const own = noisy(
    2 ** -48 * Math.sqrt(values.length) * Math.max(scale, largest(values)),
    scale === 0 && !hasNoise(values) && (zeros || !values.includes(0)),
  );
  return toValue(vectorOf('double', values, { ...rest, ...joint([own, doubt]) }));
};

const TELLS_NOTHING = 'a column is made up by others up to rounding, which decides what is left of it';

function factorOf(
  value: Value,
  tol: number,
): { readonly f: LinpackQR; readonly doubt?: Uncertain; readonly v: Vector } {
  const { A, v } = given(value, 'argument is not a numeric matrix');
  if (A.im) return unknown('qr of complex matrices is not followed');
  if (!allFinite(A)) reject('NA/NaN/Inf in foreign function call (arg 1)', 'qr.default');
  const f = decompose(Float64Array.from(columnsOf(A)), A.rows, A.columns, tol);
  return { f, v, ...(f.rank < Math.min(A.rows, A.columns) ? { doubt: { reason: TELLS_NOTHING } } : {}) };
}

function qr(args: Arguments, context: RContext): Value {
  args.without('LAPACK');
  const x = args.at('x');
  const { f, v, doubt } = factorOf(x, args.number('tol', 1e-7));
  context.budget.spend(2 * f.rows * f.columns * f.columns);
  context.record('r.qr()', [x]);
  const names = v.dimnames
    ? { dimnames: [v.dimnames[0], v.dimnames[1] && f.pivot.map(p => v.dimnames?.[1]?.[p] ?? null)] }
    : {};
  const told = doubt === undefined ? {} : { doubt };
  return list(
    [
      ['qr', doubles(f.qr, { dim: [f.rows, f.columns], ...names, ...told }, 0, reflectsNothing(f))],
      ['rank', toValue(vectorOf('integer', [f.rank]))],
      ['qraux', doubles(f.qraux, told, 0, true)],
      [
        'pivot',
        toValue(
          vectorOf(
            'integer',
            f.pivot.map(p => p + 1),
          ),
        ),
      ],
    ],
    'qr',
  );
}

/** Whether the matrix was triangular: its zeros stay zeros. */
const reflectsNothing = ({ qr, rows, columns }: LinpackQR): boolean =>
  qr.every((x, k) => x === 0 || k % rows <= Math.floor(k / rows)) && columns <= rows;

/** The factor that an object of class qr holds. */
function held(value: Value): {
  readonly f: LinpackQR;
  readonly doubt: { readonly doubt?: Uncertain };
  readonly names: Vector['dimnames'];
} {
  if (value.kind !== 'list') return reject('argument is not a QR decomposition');
  const part = (name: string): Vector => vec(field(value, name));
  const q = part('qr');
  const doubt = q.doubt && q.doubt.noise === undefined ? { doubt: q.doubt } : {};
  const [rows, columns] = q.dim ?? [0, 0];
  const x = (v: Vector): number[] => numbers(v).map(e => e ?? 0);
  const f: LinpackQR = {
    qr: Float64Array.from(x(q)),
    rows,
    columns,
    rank: x(part('rank'))[0],
    qraux: Float64Array.from(x(part('qraux'))),
    pivot: x(part('pivot')).map(p => p - 1),
  };
  return { f, doubt, names: q.dimnames };
}

function qrQ(args: Arguments): Value {
  args.without('Dvec');
  const { f, doubt } = held(args.at('qr'));
  const columns = args.flag('complete', false) ? f.rows : Math.min(f.rows, f.columns);
  const q = new Float64Array(f.rows * columns);
  for (let k = 0; k < columns; k++) q[k * (f.rows + 1)] = 1;
  applyQ(f, q, false);
  return doubles(q, { dim: [f.rows, columns], ...doubt }, 0, reflectsNothing(f));
}

function qrR(args: Arguments): Value {
  const { f, doubt, names } = held(args.at('qr'));
  const rows = args.flag('complete', false) ? f.rows : Math.min(f.rows, f.columns);
  const r = Array.from({ length: rows * f.columns }, (_, k) => {
    const [i, j] = [k % rows, Math.floor(k / rows)];
    return i <= j ? f.qr[j * f.rows + i] : 0;
  });
  const own = names ? { dimnames: [names[0]?.slice(0, rows), names[1]] } : {};
  const zeros = reflectsNothing(f) || r.every((x, k) => x !== 0 || k % rows > Math.floor(k / rows));
  return doubles(r, { dim: [rows, f.columns], ...own, ...doubt }, 0, zeros);
}

/** Each column of y by Q or its transpose, and what follows from them. */
function projected(name: string, of: (f: LinpackQR, y: Float64Array) => Float64Array): RFunction {
  return define(name, 'qr, y', args => {
    const { f, doubt } = held(args.at('qr'));
    const v = vec(args.at('y'));
    const y = Float64Array.from(numbers(v), x => x ?? unknown('missing values are not followed here'));
    if ((v.dim?.[0] ?? y.length) !== f.rows) reject("'qr' and 'y' must have the same number of rows");
    const out = of(f, y);
    return doubles(out, { ...(v.dim ? { dim: [f.rows, out.length / f.rows] } : {}), ...doubt }, largest(v.values));
  });
}

const through = (f: LinpackQR, y: Float64Array, keep: (i: number) => boolean): Float64Array => {
  const q = y.slice();
  applyQ(f, q, true);
  for (let k = 0; k < q.length; k++) if (!keep(k % f.rows)) q[k] = 0;
  applyQ(f, q, false);
  return q;
};

const turnedBy = (f: LinpackQR, y: Float64Array, transpose: boolean): Float64Array => {
  const q = y.slice();
  applyQ(f, q, transpose);
  return q;
};

/** The coefficients in the order of the columns, as a vector or a matrix as y is one. */
function solved(f: LinpackQR, y: Vector, names: readonly (string | null)[] | undefined, more: Shaped): Value {
  const b = Float64Array.from(numbers(y), x => x ?? unknown('missing values are not followed here'));
  if (f.rank < f.columns) return unknown('coefficients of a matrix without full rank are not followed');
  const c = coefficients(f, b);
  const columns = b.length / f.rows;
  const out = new Array<number>(c.length);
  for (let k = 0; k < columns; k++)
    f.pivot.forEach((p, j) => {
      out[k * f.columns + p] = c[k * f.columns + j];
    });
  const own = names && f.pivot.map((_, j) => names[f.pivot.indexOf(j)]);
  if (!y.dim) return doubles(out, { ...(own ? { names: own } : {}), ...more });
  return doubles(out, {
    dim: [f.columns, columns],
    ...(own || y.dimnames?.[1] ? { dimnames: [own, y.dimnames?.[1]] } : {}),
    ...more,
  });
}

function coef(args: Arguments): Value {
  const { f, doubt, names } = held(args.at('qr'));
  const y = vec(args.at('y'));
  if ((y.dim?.[0] ?? y.values.length) !== f.rows) reject("'qr' and 'y' must have the same number of rows");
  return solved(f, y, names?.[1], doubt);
}

function qrSolve(args: Arguments, context: RContext): Value {
  const a = args.at('a');
  const { f, names, doubt } =
    a.kind === 'list' ? held(a) : { ...factorOf(a, args.number('tol', 1e-7)), names: vec(a).dimnames, doubt: {} };
  if (f.rank < Math.min(f.rows, f.columns)) reject("singular matrix 'a' in solve", 'qr.solve');
  const b = args.get('b');
  context.record('solve', b ? [a, b] : [a]);
  if (!b) {
    if (f.rows !== f.columns) reject('only square matrices can be inverted', 'qr.solve');
    const eye = matrix(f.rows, f.rows);
    for (let k = 0; k < f.rows; k++) eye.re[k * (f.rows + 1)] = 1;
    return solved(f, vectorOf('double', columnsOf(eye), { dim: [f.rows, f.rows] }), names?.[1], doubt);
  }
  const y = vec(b);
  if ((y.dim?.[0] ?? y.values.length) !== f.rows) reject("'a' and 'b' must have the same number of rows", 'qr.solve');
  return solved(f, y, names?.[1], doubt);
}

export const QR: readonly RFunction[] = [
  define('qr', 'x, tol = 1e-07, LAPACK = FALSE', qr),
  define('qr.Q', 'qr, complete = FALSE, Dvec =', qrQ),
  define('qr.R', 'qr, complete = FALSE', qrR),
  define('qr.X', 'qr, complete = FALSE, ncol =', args => {
    args.without('ncol', 'complete');
    const { f, doubt } = held(args.at('qr'));
    if (f.rank < f.columns) return unknown('qr.X without full rank is not followed');
    const x = Float64Array.from({ length: f.rows * f.columns }, (_, k) =>
      k % f.rows <= Math.floor(k / f.rows) ? f.qr[k] : 0,
    );
    applyQ(f, x, false);
    return doubles(x, { dim: [f.rows, f.columns], ...doubt });
  }),
  projected('qr.qy', (f, y) => turnedBy(f, y, false)),
  projected('qr.qty', (f, y) => turnedBy(f, y, true)),
  projected('qr.fitted', (f, y) => through(f, y, i => i < f.rank)),
  projected('qr.resid', (f, y) => through(f, y, i => i >= f.rank)),
  define('qr.coef', 'qr, y', coef),
  define('qr.solve', 'a, b, tol = 1e-7', qrSolve),
  define('is.qr', 'x', args => {
    const x = args.at('x');
    const names = x.kind === 'list' ? vec(x).names : undefined;
    return toValue(vectorOf('logical', [names?.includes('qraux') ?? false]));
  }),
];
