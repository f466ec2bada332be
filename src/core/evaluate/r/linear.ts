import {
  cholesky,
  svd as decomposed,
  generalEigen,
  inverse,
  lu,
  type Matrix,
  matrix,
  singularValues,
  solve as solveBy,
} from '../../linalg/index';
import { highest, toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import { stringValue, type Value } from '../../values/value';
import { exp, log } from '../python/random/c-library';
import { unknown } from '../stop';
import { reject } from './errors';
import { type Arguments, define, type RContext, type RFunction } from './library';
import {
  allFinite,
  columnsOf,
  complexColumnsOf,
  fromMatrix,
  given,
  hasNoise,
  lapackDoubt,
  matrixValue,
  NOISE,
  named,
} from './matrices';
import { symmetric } from './symmetric';
import { joint, largest, noisy } from './uncertainty';
import { atomic, vec } from './vectors';

export const list = (entries: readonly (readonly [string, Value])[], className?: string): Value =>
  toValue(
    vectorOf(
      'list',
      entries.map(e => e[1]),
      {
        names: entries.map(e => e[0]),
        ...(className === undefined ? {} : { others: [['class', stringValue(className)]] }),
      },
    ),
  );

const numbers = (values: readonly number[], more: object = {}): Value => toValue(vectorOf('double', values, more));

const oneNorm = (a: Matrix): number => {
  let most = 0;
  for (let j = 0; j < a.columns; j++) {
    let s = 0;
    for (let i = 0; i < a.rows; i++)
      s += a.im ? Math.hypot(a.re[i * a.columns + j], a.im[i * a.columns + j]) : Math.abs(a.re[i * a.columns + j]);
    most = Math.max(most, s);
  }
  return most;
};

const sizeText = (rows: number, columns: number): string => `(${rows} x ${columns})`;

/** `solve(a, b)`, or the inverse without b. */
function solve(args: Arguments, context: RContext): Value {
  const [a, b] = [args.at('a'), args.get('b')];
  const tolerance = args.number('tol', 2 ** -52);
  if (a.kind === 'list') return unknown('solve of this object is not followed');
  const { A, v } = given(a, "'a' must be a numeric matrix");
  const spend = (n: number): void => context.budget.spend(n);
  if (A.rows !== A.columns) reject(`'a' ${sizeText(A.rows, A.columns)} must be square`, 'solve.default');
  if (A.rows === 0) reject("'a' is 0-diml", 'solve.default');
  const right = b && given(b, "'b' must be a numeric matrix");
  if (right && right.A.rows !== A.rows)
    reject(
      `'b' ${sizeText(right.A.rows, right.A.columns)} must be compatible with 'a' ${sizeText(A.rows, A.columns)}`,
      'solve.default',
    );
  context.record(b ? 'solve' : 'inverse', b ? [a, b] : [a]);
  if (!allFinite(A)) return unknown('solve with infinities is not followed');
  const f = lu(A);
  for (let k = 0; k < A.rows; k++)
    if (f.lu.re[k * (A.rows + 1)] === 0 && (f.lu.im?.[k * (A.rows + 1)] ?? 0) === 0) {
      const routine = A.im || right?.A.im ? 'zgesv' : 'dgesv';
      reject(
        `Lapack routine ${routine}: system is exactly singular${A.im ? '' : `: U[${k + 1},${k + 1}] = 0`}`,
        'solve.default',
      );
    }
  const inverted = inverse(A, spend);
  const reciprocal = inverted.kind === 'ok' ? 1 / (oneNorm(A) * oneNorm(inverted.x)) : 0;
  if (reciprocal < 100 * tolerance) return unknown('the matrix is singular up to rounding');
  const names = v.dimnames;
  const condition = 1 / reciprocal;
  const inherited = joint([v.doubt, right?.v.doubt], condition / Math.max(largest(v.values), Number.MIN_VALUE), false);
  const doubtOf = (x: Matrix): { readonly doubt?: Uncertain } => {
    const all = [...x.re, ...(x.im ?? [])];
    return joint([lapackDoubt(all, A.rows, condition), inherited.doubt && scaled(inherited.doubt, largest(all))]);
  };
  if (!right) {
    const found = solveBy(A, identityOf(A.rows), spend);
    if (found.kind !== 'ok') return unknown('the matrix is singular');
    return toValue({ ...fromMatrix(found.x, named(names?.[1], names?.[0])), ...doubtOf(found.x) } as Vector);
  }
  const found = solveBy(A, right.A, spend);
  if (found.kind !== 'ok') return unknown('the matrix is singular');
  const noise = doubtOf(found.x);
  if (right.v.dim)
    return toValue({ ...fromMatrix(found.x, named(names?.[1], right.v.dimnames?.[1])), ...noise } as Vector);
  const own = names?.[1] ? { names: names[1] } : {};
  return found.x.im
    ? toValue(vectorOf('complex', complexColumnsOf(found.x), { ...own, ...noise }))
    : numbers(columnsOf(found.x), { ...own, ...noise });
}

function identityOf(n: number): Matrix {
  const m = matrix(n, n);
  for (let k = 0; k < n; k++) m.re[k * (n + 1)] = 1;
  return m;
}

interface Modulus {
  readonly sign: 1 | -1;
  readonly logarithm: number;
  /** Whether the matrix is singular up to rounding. */
  readonly noise: boolean;
}

function modulusOf(A: Matrix): Modulus {
  if (A.im) unknown('determinants of complex matrices are not followed');
  const n = A.rows;
  const f = lu(A);
  let sign: 1 | -1 = f.sign;
  let logarithm = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let k = 0; k < n; k++) {
    const u = f.lu.re[k * (n + 1)];
    if (u === 0) return { sign: 1, logarithm: Number.NEGATIVE_INFINITY, noise: false };
    if (u < 0) sign = sign === 1 ? -1 : 1;
    logarithm += log(Math.abs(u));
    least = Math.min(least, Math.abs(u));
    most = Math.max(most, Math.abs(u));
  }
  return { sign, logarithm, noise: least < 1e-13 * Math.max(most, highest(Array.from(A.re, Math.abs))) };
}

function refuseDeterminant(value: Value, of: string): { readonly A: Matrix; readonly v: Vector } {
  refuseMethod(value, 'determinant');
  const { A, v } = given(value, "'a' must be a numeric matrix");
  if (A.im) reject("'determinant' not currently defined for complex matrices", of);
  if (A.rows !== A.columns) reject("'x' must be a square matrix", of);
  return { A, v };
}

/** What R says where a function has a method for matrices alone. */
function refuseMethod(value: Value, name: string): void {
  const v =
    value.kind === 'none' || value.kind === 'function' ? unknown(`${name} of this is not followed`) : vec(value);
  if (v.dim?.length === 2) return;
  if (v.others?.length) unknown(`${name} of this object is not followed`);
  const kinds = [
    ...(v.dim ? ['array'] : []),
    v.type,
    ...(v.type === 'integer' || v.type === 'double' ? ['numeric'] : []),
  ];
  const text = kinds.length > 1 ? `c(${kinds.map(k => `'${k}'`).join(', ')})` : kinds[0];
  reject(`no applicable method for '${name}' applied to an object of class "${text}"`, `UseMethod("${name}")`);
}

function det(args: Arguments, context: RContext): Value {
  const x = args.at('x');
  const { A } = refuseDeterminant(x, 'determinant.matrix(x, logarithm = TRUE, ...)');
  context.record('determinant', [x]);
  if (!allFinite(A)) return unknown('determinants with infinities are not followed');
  const { sign, logarithm, noise } = modulusOf(A);
  const found = sign * exp(logarithm);
  return numbers(
    [found],
    noise ? { doubt: { reason: NOISE } } : { doubt: noisy(2 ** -48 * A.rows * Math.abs(found), true) },
  );
}

function determinant(args: Arguments): Value {
  const { A } = refuseDeterminant(args.at('x'), 'determinant.matrix');
  const { sign, logarithm, noise } = modulusOf(A);
  const logged = args.flag('logarithm', true);
  const modulus = numbers([logged ? logarithm : exp(logarithm)], {
    others: [['logarithm', toValue(vectorOf('logical', [logged]))]],
    ...(noise ? { doubt: { reason: NOISE } } : {}),
  });
  return list(
    [
      ['modulus', modulus],
      ['sign', toValue(vectorOf('integer', [sign]))],
    ],
    'det',
  );
}

function chol(args: Arguments, context: RContext): Value {
  args.without('pivot', 'LINPACK');
  const { A, v } = given(args.at('x'), "'a' must be a numeric matrix", undefined);
  if (A.im) return unknown('chol of complex matrices is not followed');
  if (A.rows !== A.columns) reject("'a' must be a square matrix", 'chol.default');
  const n = A.rows;
  const turned = matrix(
    n,
    n,
    Float64Array.from(A.re, (_, k) => A.re[(k % n) * n + Math.floor(k / n)]),
  );
  const f = cholesky(turned, k => context.budget.spend(k));
  if (f.kind !== 'ok')
    return reject(`the leading minor of order ${minorOf(turned)} is not positive definite`, 'chol.default');
  const upper = matrix(
    n,
    n,
    Float64Array.from(f.l.re, (_, k) => f.l.re[(k % n) * n + Math.floor(k / n)]),
  );
  const diagonal = Array.from({ length: n }, (_, k) => upper.re[k * (n + 1)]);
  const noise = Math.min(...diagonal) < 1e-6 * Math.max(...diagonal);
  context.record('cholesky', [args.at('x')]);
  return toValue({
    ...fromMatrix(upper, v.dimnames ? { dimnames: v.dimnames } : {}),
    ...(noise ? { doubt: { reason: NOISE } } : {}),
  } as Vector);
}

/** The first leading part of a matrix that has no factor of Cholesky. */
function minorOf(a: Matrix): number {
  for (let k = 1; k <= a.rows; k++) {
    const part = matrix(
      k,
      k,
      Float64Array.from({ length: k * k }, (_, p) => a.re[Math.floor(p / k) * a.rows + (p % k)]),
    );
    if (cholesky(part).kind !== 'ok') return k;
  }
  return a.rows;
}

function chol2inv(args: Arguments): Value {
  args.without('size', 'LINPACK');
  const { A } = given(args.at('x'), "'a' must be a numeric matrix");
  const n = A.rows;
  if (A.columns !== n) return unknown('chol2inv of this matrix is not followed');
  const upper = matrix(
    n,
    n,
    A.re.map((x, k) => (Math.floor(k / n) <= k % n ? x : 0)),
  );
  const r = inverse(upper);
  if (r.kind !== 'ok') return unknown('the factor is singular');
  const out = matrix(n, n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < n; k++) out.re[i * n + j] += r.x.re[i * n + k] * r.x.re[j * n + k];
  return matrixValue(out);
}

function eigen(args: Arguments, context: RContext): Value {
  args.without('EISPACK');
  const x = args.at('x');
  const { A } = given(x, 'non-numeric argument to mathematical function');
  if (A.rows !== A.columns) reject("non-square matrix in 'eigen'");
  if (!allFinite(A)) reject("infinite or missing values in 'x'");
  if (A.im) return unknown('eigenvalues of complex matrices are not followed');
  const onlyValues = args.flag('only.values', false);
  const isSymmetric = args.has('symmetric') ? args.flag('symmetric', false) : symmetricWithin(A);
  context.record('r.eig', [x]);
  const NONE: Value = { kind: 'none' };
  if (isSymmetric) {
    const lower = mirrored(A);
    const { values, vectors, doubt } = symmetric(lower, context);
    const told = toValue({
      ...fromMatrix(vectors),
      ...(doubt === undefined ? {} : { doubt: { reason: doubt } }),
    } as Vector);
    return eigenList(numbers(values, valuesDoubt(values, lower)), onlyValues ? NONE : told, onlyValues);
  }
  return general(A, onlyValues, context);
}

/** With the class that prints its own heading; the values alone come without it. */
const eigenList = (values: Value, vectors: Value, onlyValues: boolean): Value =>
  list(
    [
      ['values', values],
      ['vectors', vectors],
    ],
    onlyValues ? undefined : 'eigen',
  );

function general(A: Matrix, onlyValues: boolean, context: RContext): Value {
  const n = A.rows;
  const e = generalEigen(A, k => context.budget.spend(k));
  if (e.kind !== 'ok') return unknown('the eigenvalues do not converge');
  const { re, im } = e.values;
  const size = Array.from(re, (x, k) => Math.hypot(x, im[k]));
  const order = Array.from(size, (_, k) => k).sort((p, q) => size[q] - size[p] || p - q);
  // Which of two eigenvalues of one size comes first is rounding, but for those that are conjugate.
  const tied = order.some((p, k) => {
    const q = order[k - 1];
    if (k === 0 || (re[p] === re[q] && im[p] === -im[q])) return false;
    return (
      Math.abs(size[p] - size[q]) <= 1e-12 * size[order[0]] &&
      size[q] > 0 &&
      !(isWhole(A) && size[p] === size[q] && isTriangular(A))
    );
  });
  const doubt = tied ? { doubt: { reason: 'the order of eigenvalues of one size depends on rounding' } } : {};
  const complex = im.some(x => x !== 0);
  const values = complex
    ? toValue(
        vectorOf(
          'complex',
          order.map(k => ({ re: re[k], im: im[k] })),
          { ...(hasNoise([...re, ...im]) ? { doubt: { reason: NOISE } } : valuesDoubt(size, A)), ...doubt },
        ),
      )
    : numbers(
        order.map(k => re[k]),
        { ...valuesDoubt(Array.from(re), A), ...doubt },
      );
  if (onlyValues) return eigenList(values, { kind: 'none' }, true);
  const pick = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: n * n }, (_, k) => x[Math.floor(k / n) * n + order[k % n]]);
  const vectors = matrix(n, n, pick(e.vectors.re), complex ? pick(e.vectors.im ?? new Float64Array(n * n)) : undefined);
  const defective = order.some(
    (p, k) => k > 0 && Math.hypot(re[p] - re[order[k - 1]], im[p] - im[order[k - 1]]) < 1e-7 * size[order[0]],
  );
  const told =
    defective || tiedEntries(vectors)
      ? { doubt: { reason: 'the eigenvectors of equal eigenvalues are not told by the matrix alone' } }
      : doubt;
  return eigenList(values, toValue({ ...fromMatrix(vectors), ...told } as Vector), false);
}

/** How sure eigenvalues or singular values are. */
const valuesDoubt = (values: readonly number[], A: Matrix): { readonly doubt: Uncertain } => ({
  doubt: vanishing(values, A) ? { reason: NOISE } : noisy(2 ** -49 * A.rows * largest(values), true),
});

const scaled = (doubt: Uncertain, by: number): Uncertain =>
  doubt.noise === undefined ? doubt : noisy(doubt.noise * by, doubt.zeros);

/** Whether an eigenvalue or singular value is zero up to rounding, where the zeros of the matrix do not tell that it is zero. */
function vanishing(values: readonly number[], A: Matrix): boolean {
  const most = highest(values.map(Math.abs));
  return most > 0 && values.some(x => Math.abs(x) < 1e-11 * most) && !isTriangular(A);
}

/** Whether a complex vector has two largest entries: which of them LAPACK makes real depends on rounding. */
function tiedEntries({ rows, columns, re, im }: Matrix): boolean {
  if (!im) return false;
  for (let j = 0; j < columns; j++) {
    const size = Array.from({ length: rows }, (_, i) => Math.hypot(re[i * columns + j], im[i * columns + j])).sort(
      (p, q) => q - p,
    );
    const complex = Array.from({ length: rows }, (_, i) => im[i * columns + j]).some(x => x !== 0);
    if (complex && size[1] > 0.9999999 * size[0]) return true;
  }
  return false;
}

const isWhole = (A: Matrix): boolean => A.re.every(Number.isInteger);
const isTriangular = (A: Matrix): boolean => {
  const n = A.rows;
  const zero = (below: boolean): boolean =>
    A.re.every((x, k) => x === 0 || (below ? Math.floor(k / n) <= k % n : Math.floor(k / n) >= k % n));
  return zero(true) || zero(false);
};

/** Only the lower triangle is read. */
const mirrored = (A: Matrix): Matrix => {
  const n = A.rows;
  return matrix(
    n,
    n,
    A.re.map((x, k) => (Math.floor(k / n) < k % n ? A.re[(k % n) * n + Math.floor(k / n)] : x)),
  );
};

/** all.equal of the matrix and its transpose, to 100 rounding units. */
export function symmetricWithin(A: Matrix): boolean {
  const n = A.rows;
  if (A.columns !== n) return false;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      difference += Math.abs(A.re[i * n + j] - A.re[j * n + i]);
      size += Math.abs(A.re[i * n + j]);
    }
  return difference === 0 || difference / size < 100 * 2 ** -52;
}

const sameNames = (v: Vector): boolean => {
  const [rows, columns] = v.dimnames ?? [];
  return (!rows && !columns) || (rows?.every((s, k) => s === columns?.[k]) ?? false);
};

function svd(args: Arguments, context: RContext): Value {
  args.without('LINPACK');
  const x = args.at('x');
  const { A } = given(x, 'argument is not a numeric matrix');
  if (!allFinite(A)) reject("infinite or missing values in 'x'");
  if (A.im) return unknown('svd of complex matrices is not followed');
  const k = Math.min(A.rows, A.columns);
  const [nu, nv] = [args.number('nu', k), args.number('nv', k)];
  context.record('r.svd', [x]);
  const f = decomposed(A, nu > k || nv > k, n => context.budget.spend(n));
  if (f.kind !== 'ok') return unknown('the singular values do not converge');
  const s = Array.from(f.s);
  const noise = valuesDoubt(s, A);
  const low = s.some((y, i) => y < 1e-12 * s[0] || (i > 0 && Math.abs(y - s[i - 1]) < 1e-10 * s[0]));
  const told = low
    ? { doubt: { reason: 'the vectors of equal or vanishing singular values are not told by the matrix alone' } }
    : {};
  const columns = (m: Matrix, count: number, turned: boolean): Value => {
    const rows = turned ? m.columns : m.rows;
    const part = matrix(
      rows,
      count,
      Float64Array.from({ length: rows * count }, (_, p) => {
        const [i, j] = [Math.floor(p / count), p % count];
        return turned ? m.re[j * m.columns + i] : m.re[i * m.columns + j];
      }),
    );
    return toValue({ ...fromMatrix(part), ...told } as Vector);
  };
  return list([
    ['d', numbers(s, noise)],
    ...(nu > 0 ? [['u', columns(f.u, nu, false)] as const] : []),
    ...(nv > 0 ? [['v', columns(f.vh, nv, true)] as const] : []),
  ]);
}

function norm(args: Arguments, context: RContext): Value {
  const x = args.at('x');
  const type = args.string('type', 'O').toUpperCase();
  const { A, v } = given(x, "'A' must be a numeric matrix");
  if (A.im) return unknown('norms of complex matrices are not followed');
  if (type !== '2' && v.dim?.length !== 2) reject("'A' must be a numeric matrix");
  const plain = A.columns === 1 || A.rows === 1;
  if ((type === '2' && plain) || ((type === 'F' || type === 'E') && v.dim?.length === 2)) context.record('norm', [x]);
  const rows = Array.from({ length: A.rows }, (_, i) => A.re.slice(i * A.columns, (i + 1) * A.columns));
  switch (type) {
    case 'O':
    case '1':
      return numbers([oneNorm(A)]);
    case 'I':
      return numbers([highest(rows.map(r => r.reduce((s, y) => s + Math.abs(y), 0)))]);
    case 'F':
    case 'E': {
      const top = highest(Array.from(A.re, Math.abs));
      const s = top === 0 ? 0 : Math.sqrt(A.re.reduce((t, y) => t + (y / top) ** 2, 0)) * top;
      return numbers([exactRoot(A.re) ?? s]);
    }
    case 'M':
      return numbers([highest(Array.from(A.re, Math.abs))]);
    case '2': {
      const s = singularValues(A, n => context.budget.spend(n));
      return s ? numbers([s[0] ?? 0]) : unknown('the singular values do not converge');
    }
    default:
      return reject(`argument type[1]='${args.string('type', 'O')}' must be one of 'M','1','O','I','F', 'E' or '2'`);
  }
}

/** The root of a sum of squares that has no rounding. */
function exactRoot(x: Float64Array): number | undefined {
  const s = x.reduce((t, y) => t + y * y, 0);
  return Number.isFinite(s) && s < 2 ** 53 && x.every(Number.isInteger) ? Math.sqrt(s) : undefined;
}

/** Substitution with a triangular matrix. */
function substitution(name: string, upperDefault: boolean): RFunction {
  const [matrixName, signature] = upperDefault
    ? ['r', 'r, x, k = ncol(r), upper.tri = TRUE, transpose = FALSE']
    : ['l', 'l, x, k = ncol(l), upper.tri = FALSE, transpose = FALSE'];
  return define(name, signature, (args, context) => {
    const { A } = given(args.at(matrixName), "'r' must be a numeric matrix");
    const b = given(args.at('x'), "'x' must be numeric");
    if (A.im || b.A.im) return unknown('this is not followed for complex numbers');
    const k = args.number('k', A.columns);
    const upper = args.flag('upper.tri', upperDefault);
    const turned = args.flag('transpose', false);
    const at = (i: number, j: number): number => (turned ? A.re[j * A.columns + i] : A.re[i * A.columns + j]);
    if (k > A.rows || k > b.A.rows || k > A.columns) return reject("invalid 'k' argument");
    const backwards = upper !== turned;
    const columns = b.A.columns;
    const x = matrix(k, columns, b.A.re.slice(0, k * columns));
    context.record('solve', [args.at(matrixName), args.at('x')]);
    for (let step = 0; step < k; step++) {
      const i = backwards ? k - 1 - step : step;
      if (at(i, i) === 0)
        reject(
          `singular matrix in '${upperDefault ? 'backsolve' : 'backsolve'}'. First zero in diagonal [${firstZero(A, k)}]`,
          'backsolve',
        );
      for (let c = 0; c < columns; c++) {
        x.re[i * columns + c] /= at(i, i);
        const y = x.re[i * columns + c];
        if (backwards) for (let p = 0; p < i; p++) x.re[p * columns + c] -= y * at(p, i);
        else for (let p = i + 1; p < k; p++) x.re[p * columns + c] -= y * at(p, i);
      }
    }
    if (b.v.dim) return matrixValue(x);
    const out = columnsOf(x);
    return numbers(out, { doubt: lapackDoubt(out, k) });
  });
}

const firstZero = (A: Matrix, k: number): number => {
  for (let i = 0; i < k; i++) if (A.re[i * A.columns + i] === 0) return i + 1;
  return 0;
};

/** Which entries of a matrix lie above or below its diagonal, and other matrices that only its size tells. */
const placed = (
  name: string,
  signature: string,
  of: (i: number, j: number, args: Arguments) => boolean | number,
): RFunction =>
  define(name, signature, (args, context) => {
    const v = vec(args.at('x'));
    const [m, n] =
      v.dim?.length === 2
        ? v.dim
        : name === 'row' || name === 'col'
          ? reject(`a matrix-like object is required as argument to '${name}'`)
          : [v.values.length, 1];
    context.budget.claim(m * n);
    const out = Array.from({ length: m * n }, (_, k) => of(k % m, Math.floor(k / m), args));
    return toValue(
      vectorOf(typeof out[0] === 'number' ? 'integer' : name === 'row' || name === 'col' ? 'integer' : 'logical', out, {
        dim: [m, n],
      }),
    );
  });

export const LINEAR: readonly RFunction[] = [
  define('solve', 'a, b, tol =, LINPACK = FALSE', solve),
  define('det', 'x', det),
  define('determinant', 'x, logarithm = TRUE', determinant),
  define('chol', 'x, pivot = FALSE, LINPACK = FALSE, tol = -1', chol),
  define('chol2inv', 'x, size = NCOL(x), LINPACK = FALSE', chol2inv),
  define('eigen', 'x, symmetric =, only.values = FALSE, EISPACK = FALSE', eigen),
  define('svd', 'x, nu = min(n, p), nv = min(n, p), LINPACK = FALSE', svd),
  define('norm', 'x, type = "O"', norm),
  define('isSymmetric', 'object, tol = 100 * .Machine$double.eps', args => {
    args.without('tol');
    refuseMethod(args.at('object'), 'isSymmetric');
    const v = atomic(args.at('object'));
    const { A } = given(args.at('object'), 'not a matrix');
    if (A.im) return unknown('isSymmetric of complex matrices is not followed');
    return toValue(vectorOf('logical', [symmetricWithin(A) && sameNames(v)]));
  }),
  substitution('backsolve', true),
  substitution('forwardsolve', false),
  placed('upper.tri', 'x, diag = FALSE', (i, j, args) => i < j || (i === j && args.flag('diag', false))),
  placed('lower.tri', 'x, diag = FALSE', (i, j, args) => i > j || (i === j && args.flag('diag', false))),
  placed('row', 'x, as.factor = FALSE', i => i + 1),
  placed('col', 'x, as.factor = FALSE', (_, j) => j + 1),
];
