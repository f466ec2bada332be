import type { Complex } from '../../values/dtype';
import { type Atomic, shapeOf, toValue, type Uncertain, type Vector, vectorOf, widest } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { type Context, unrecorded } from '../dialect';
import { unknown } from '../stop';
import { arithmetic, plain } from './arithmetic';
import { elementsAs } from './construction';
import { reject } from './errors';
import { type Arguments, define, type RContext, type RFunction } from './library';
import { named } from './matrices';
import { joint, largest, noisy } from './uncertainty';
import { atomic, complexes, numbers, vec } from './vectors';

const REFUSAL = 'requires numeric/complex matrix/vector arguments';

interface Side {
  readonly v: Atomic;
  readonly rows: number;
  readonly columns: number;
  readonly names?: Vector['dimnames'];
}

function operand(value: Value): Atomic {
  if (value.kind === 'function' || value.kind === 'list' || value.kind === 'none') reject(REFUSAL);
  const v = plain(atomic(value));
  if (v.type === 'character') reject(REFUSAL);
  if (v.dim && v.dim.length > 2) reject('non-conformable arguments');
  return v;
}

const isMatrix = (v: Vector): boolean => v.dim?.length === 2;

/** The shapes that two operands of `%*%` take: a vector is a row or a column, as it fits. */
function sides(a: Atomic, b: Atomic): readonly [Side, Side] {
  const whole = (v: Atomic): Side => ({
    v,
    rows: v.dim?.[0] ?? 0,
    columns: v.dim?.[1] ?? 0,
    ...(v.dimnames ? { names: v.dimnames } : {}),
  });
  const [m, n] = [a.values.length, b.values.length];
  const shaped = (v: Atomic, rows: number, columns: number): Side => ({ v, rows, columns });
  if (isMatrix(a) && isMatrix(b)) return [whole(a), whole(b)];
  if (isMatrix(a)) {
    const left = whole(a);
    return [left, n === left.columns ? shaped(b, n, 1) : left.columns === 1 ? shaped(b, 1, n) : shaped(b, n, 1)];
  }
  if (isMatrix(b)) {
    const right = whole(b);
    return [m === right.rows ? shaped(a, 1, m) : right.rows === 1 ? shaped(a, m, 1) : shaped(a, 1, m), right];
  }
  if (m === 1) return [shaped(a, 1, 1), shaped(b, 1, n)];
  return [shaped(a, 1, m), shaped(b, n, 1)];
}

export function product(left: Value, right: Value, context: Context): Value {
  const [a, b] = sides(operand(left), operand(right));
  if (a.columns !== b.rows) reject('non-conformable arguments');
  context.record(
    a.rows === 1 && b.columns === 1
      ? 'dot'
      : a.columns === 1 && b.rows === 1 && a.rows > 1 && b.columns > 1
        ? 'outer'
        : 'matmul',
    [left, right],
  );
  return toValue(multiplied(a, b, context, named(a.names?.[0], b.names?.[1])));
}

/** Whether sums of products of such numbers are exact whatever the order. */
function exactBelow(values: readonly (number | null)[]): number | undefined {
  let most = 0;
  for (const x of values) {
    if (x === null || !Number.isFinite(x) || !Number.isInteger(x * 1024)) return undefined;
    most = Math.max(most, Math.abs(x));
  }
  return most;
}

/** The doubt about one operand of a product, times the other. */
const scaledDoubt = (a: Atomic, b: Atomic, k: number): Uncertain | undefined =>
  a.doubt?.noise === undefined ? a.doubt : noisy(a.doubt.noise * Math.sqrt(k) * largest(b.values));

function multiplied(a: Side, b: Side, context: Context, shaped: object): Vector {
  const [m, k, n] = [a.rows, a.columns, b.columns];
  context.budget.claim(m * n);
  context.budget.spend(2 * m * n * k);
  const dim = { dim: [m, n], ...shaped };
  const given = joint([scaledDoubt(a.v, b.v, k), scaledDoubt(b.v, a.v, k)]);
  if (widest([a.v.type, b.v.type]) === 'complex')
    return vectorOf('complex', complexProduct(complexes(a.v), complexes(b.v), m, k, n), { ...given, ...dim });
  const [x, y] = [numbers(a.v), numbers(b.v)];
  const [p, q] = [exactBelow(x), exactBelow(y)];
  const exact = p !== undefined && q !== undefined && p * q * k * 2 ** 20 < 2 ** 53;
  const out = new Array<number | null>(m * n);
  let most = 0;
  let cancels = false;
  for (let j = 0; j < n; j++)
    for (let i = 0; i < m; i++) {
      let s: number | null = 0;
      let size = 0;
      for (let t = 0; t < k; t++) {
        const [u, w] = [x[i + t * m], y[t + j * k]];
        // What is first no number stays.
        if (s === null || Number.isNaN(s)) continue;
        if (u === null || w === null) s = u !== null && Number.isNaN(u) ? Number.NaN : null;
        else {
          s += u * w;
          size += Math.abs(u * w);
        }
      }
      out[i + j * m] = s;
      // What is left of products that cancel is their rounding.
      if (!exact) most = Math.max(most, size);
      if (!exact && s === 0 && size > 0) cancels = true;
    }
  const own = most > 0 && Number.isFinite(most) ? noisy(k * 2 ** -52 * most, !cancels) : undefined;
  return vectorOf('double', out, { ...joint([given.doubt, own], 1), ...dim });
}

function complexProduct(
  x: readonly (Complex | null)[],
  y: readonly (Complex | null)[],
  m: number,
  k: number,
  n: number,
): Complex[] {
  const out: Complex[] = [];
  for (let j = 0; j < n; j++)
    for (let i = 0; i < m; i++) {
      let [re, im] = [0, 0];
      for (let t = 0; t < k; t++) {
        const u = x[i + t * m] ?? unknown('missing values are not followed here');
        const w = y[t + j * k] ?? unknown('missing values are not followed here');
        re += u.re * w.re - u.im * w.im;
        im += u.re * w.im + u.im * w.re;
      }
      out.push({ re, im });
    }
  return out;
}

/** The transpose; a vector becomes a row. */
export function transposed(value: Value, context: Context): Value {
  if (value.kind === 'function' || value.kind === 'none') reject('argument is not a matrix', 't.default');
  const v = vec(value);
  if (v.dim && v.dim.length > 2) reject('argument is not a matrix', 't.default');
  context.record('transpose', [value]);
  const { names, dim: _, dimnames, axes, ...rest } = v;
  if (!v.dim || v.dim.length === 1) {
    const own = names ?? dimnames?.[0];
    return toValue({ ...rest, dim: [1, v.values.length], ...(own ? { dimnames: [undefined, own] } : {}) } as Vector);
  }
  const [m, n] = v.dim;
  context.budget.claim(m * n);
  const values = Array.from({ length: m * n }, (__, k) => v.values[(k % n) * m + Math.floor(k / n)]);
  return toValue({
    ...rest,
    values,
    dim: [n, m],
    ...(dimnames ? { dimnames: [dimnames[1], dimnames[0]] } : {}),
    ...(axes ? { axes: [axes[1], axes[0]] } : {}),
  } as Vector);
}

const turned = (s: Side): Side => {
  const n = s.v.values.length;
  const values = Array.from({ length: n }, (_, k) => s.v.values[(k % s.columns) * s.rows + Math.floor(k / s.columns)]);
  return {
    v: { ...s.v, values } as Atomic,
    rows: s.columns,
    columns: s.rows,
    ...(s.names ? { names: [s.names[1], s.names[0]] } : {}),
  };
};

/** `crossprod(x, y)` is t(x) %*% y, `tcrossprod(x, y)` is x %*% t(y). */
function cross(args: Arguments, context: RContext, first: boolean): Value {
  const x = args.at('x');
  const y = args.get('y');
  const [a, b] = [operand(x), operand(y && y.kind !== 'none' ? y : x)];
  const side = (v: Atomic, other: Atomic): Side => {
    if (v.dim?.length === 2)
      return { v, rows: v.dim[0], columns: v.dim[1], ...(v.dimnames ? { names: v.dimnames } : {}) };
    const n = v.values.length;
    // A vector fits the other operand as a row where it does not as a column.
    const row =
      other !== v && other.dim?.length === 2 && (first ? other.dim[0] !== n && other.dim[0] === 1 : other.dim[1] === n);
    return row ? { v, rows: 1, columns: n } : { v, rows: n, columns: 1 };
  };
  const [p, q] = [side(a, b), side(b, a)];
  const [l, r] = first ? [turned(p), q] : [p, turned(q)];
  if (l.columns !== r.rows) reject('non-conformable arguments');
  context.record(
    'matmul',
    first ? [transposed(x, unrecorded(context)), y ?? x] : [x, transposed(y ?? x, unrecorded(context))],
  );
  return toValue(multiplied(l, r, context, named(l.names?.[0], r.names?.[1])));
}

/** The names along each dimension, of a vector those of its elements. */
const namesAlong = (v: Atomic): Vector['dimnames'] => (v.dim ? v.dimnames : v.names && [v.names]);

/** All pairs of elements: products, or what a function makes of two long vectors. */
export function outer(args: Arguments, context: RContext): Value {
  const [x, y] = [args.at('X'), args.at('Y')];
  const [a, b] = [plain(atomic(x)), plain(atomic(y))];
  const f = args.get('FUN');
  const dims = [...(a.dim ?? [a.values.length]), ...(b.dim ?? [b.values.length])];
  const [m, n] = [a.values.length, b.values.length];
  context.budget.claim(m * n);
  const [p, q] = [namesAlong(a), namesAlong(b)];
  const names =
    p || q
      ? {
          dimnames: [
            ...(p ?? a.dim?.map(() => undefined) ?? [undefined]),
            ...(q ?? b.dim?.map(() => undefined) ?? [undefined]),
          ],
        }
      : {};
  if (a.axes || b.axes) return unknown('outer products of arrays with named dimensions are not followed');
  const shape = { dim: dims, ...names };
  if (!f || (f.kind === 'string' && f.value === '*')) {
    if (a.type === 'character' || b.type === 'character') reject(REFUSAL, 'as.vector(X) %*% t(as.vector(Y))');
    const whole = (v: Atomic, rows: number, columns: number): Side => ({ v, rows, columns });
    const found = multiplied(whole(a, m, 1), whole(b, 1, n), context, {});
    context.record('outer', [x, y]);
    return toValue({ ...found, ...shape } as Vector);
  }
  const long = (v: Atomic, at: (k: number) => number): Value =>
    toValue(
      vectorOf(
        v.type,
        Array.from({ length: m * n }, (_, k) => v.values[at(k)]),
      ),
    );
  const made = context.apply(context.matched(f), [
    { value: long(a, k => k % m) },
    { value: long(b, k => Math.floor(k / m)) },
    ...args.dots,
  ]);
  const v = vec(made);
  if (v.values.length !== m * n)
    reject(`dims [product ${m * n}] do not match the length of object [${v.values.length}]`);
  return toValue({ ...v, names: undefined, ...shape } as Vector);
}

/** The product of Kronecker: every element of the first times the whole second. */
export function kronecker(x: Value, y: Value, context: Context, f?: (a: Value, b: Value) => Value): Value {
  const [a, b] = [plain(atomic(x)), plain(atomic(y))];
  if (a.dimnames || b.dimnames || (a.dim?.length ?? 0) > 2 || (b.dim?.length ?? 0) > 2)
    return unknown('this product of Kronecker is not followed');
  const flat = !a.dim && !b.dim;
  const [m, n] = a.dim?.length === 2 ? a.dim : [a.values.length, 1];
  const [p, q] = b.dim?.length === 2 ? b.dim : [b.values.length, 1];
  context.budget.claim(m * n * p * q);
  const [u, w] = [[] as number[], [] as number[]];
  for (let j = 0; j < n * q; j++)
    for (let i = 0; i < m * p; i++) {
      u.push(Math.floor(i / p) + Math.floor(j / q) * m);
      w.push((i % p) + (j % q) * p);
    }
  const type = widest([a.type, b.type, 'double']);
  const pick = (v: Atomic, at: readonly number[]): Value =>
    toValue(
      vectorOf(
        f ? v.type : type,
        at.map(k => elementsAs(v, f ? v.type : type)[k]),
      ),
    );
  const made = f ? f(pick(a, u), pick(b, w)) : arithmetic('multiply', pick(a, u), pick(b, w), unrecorded(context));
  context.record('kron', [x, y]);
  return toValue({ ...vec(made), dim: flat ? [m * p] : [m * p, n * q] } as Vector);
}

export const PRODUCTS: readonly RFunction[] = [
  define('%*%', 'x, y', (args, context) => product(args.at('x'), args.at('y'), context)),
  define('t', 'x', (args, context) => transposed(args.at('x'), context)),
  define('crossprod', 'x, y = NULL', (args, context) => cross(args, context, true)),
  define('tcrossprod', 'x, y = NULL', (args, context) => cross(args, context, false)),
  define('outer', 'X, Y, FUN = "*", ...', outer),
  define('%o%', 'X, Y', outer),
  define('kronecker', 'X, Y, FUN = "*", make.dimnames = FALSE, ...', (args, context) => {
    const f = args.get('FUN');
    const given = f && !(f.kind === 'string' && f.value === '*') ? context.matched(f) : undefined;
    return kronecker(
      args.at('X'),
      args.at('Y'),
      context,
      given && ((a, b) => context.apply(given, [{ value: a }, { value: b }])),
    );
  }),
  define('aperm', 'a, perm = NULL', args => {
    const v = vec(args.at('a'));
    const dim = v.dim ?? reject('invalid first argument, must be an array', 'aperm.default');
    const p = args.get('perm');
    const perm =
      p && p.kind !== 'none' ? numbers(atomic(p)).map(x => Number(x) - 1) : dim.map((_, k) => dim.length - 1 - k);
    if ([...perm].sort().some((x, k) => x !== k) || perm.length !== dim.length) reject("'perm' is of wrong length");
    const shape = perm.map(k => dim[k]);
    const steps = dim.map((_, k) => dim.slice(0, k).reduce((n, m) => n * m, 1));
    const values = Array.from({ length: v.values.length }, (_, k) => {
      let rest = k;
      let place = 0;
      shape.forEach((n, axis) => {
        place += (rest % n) * steps[perm[axis]];
        rest = Math.floor(rest / n);
      });
      return v.values[place];
    });
    const dimnames = v.dimnames ? { dimnames: perm.map(k => v.dimnames?.[k]) } : {};
    return toValue({
      ...v,
      ...shapeOf({ ...v, names: undefined } as Vector),
      values,
      dim: shape,
      ...dimnames,
    } as Vector);
  }),
];
