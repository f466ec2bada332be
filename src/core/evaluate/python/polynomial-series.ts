import type { BinaryOperator } from '../../expression/expression';
import { DEFAULT_PRINT, type PolynomialStyle, type PrintOptions } from '../../format/numpy-print';
import { seriesText } from '../../format/polynomial-text';
import { generalEigen, leastSquares, matrix } from '../../linalg/index';
import { asType, fromElements, type NDArray, ndarray, toFloat64 } from '../../values/ndarray';
import { arrayValue, NONE, type PolynomialValue, scalar, stringValue, tuple, type Value } from '../../values/value';
import { type Bound, bind, type LibraryFunction } from '../catalogue';
import type { CallArgument, Context } from '../dialect';
import { fail, unknown } from '../stop';
import { int, isArrayLike, needInteger, real, toArray, unwrap } from './coerce';
import { binary } from './operators';
import { before } from './sorting';

/** numpy.polynomial.Polynomial with real coefficients, after numpy/polynomial. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';
const vector = (data: ArrayLike<number>): NDArray => ndarray('float64', [data.length], Float64Array.from(data));

/** Real coefficients of a value, the constant first. */
function series(v: Value): Float64Array {
  if (v.kind === 'polynomial') return toFloat64(v.coefficients);
  const a = toArray(v);
  if (a.shape.length > 1) return fail('ValueError: Coefficient array is not 1-d');
  if (a.dtype !== 'float64' && a.dtype !== 'int64') return unknown(`polynomials of ${a.dtype} are not covered`);
  return toFloat64(a);
}

/** Without zeros at the end, of which one stays when there is nothing else. */
function trimmed(c: Float64Array): Float64Array {
  let n = c.length;
  while (n > 1 && c[n - 1] === 0) n--;
  return c.slice(0, n);
}

const UNIT = [-1, 1];
const ends = (a: NDArray | undefined): readonly number[] => (a ? Array.from(toFloat64(a)) : UNIT);

/** Offset and scale of the linear map between two intervals. */
function map(from: readonly number[], to: readonly number[]): { readonly off: number; readonly scl: number } {
  const length = from[1] - from[0];
  return { off: (from[1] * to[0] - from[0] * to[1]) / length, scl: (to[1] - to[0]) / length };
}
const mapOf = (p: PolynomialValue): ReturnType<typeof map> => map(ends(p.domain), ends(p.window));

/** A polynomial of new coefficients: its domain and window are floats from then on. */
export const like = (p: PolynomialValue, c: ArrayLike<number>): PolynomialValue => ({
  ...p,
  coefficients: vector(c),
  domain: vector(ends(p.domain)),
  window: vector(ends(p.window)),
});

function multiplied(a: Float64Array, b: Float64Array): Float64Array {
  const [p, q] = [trimmed(a), trimmed(b)];
  const out = new Float64Array(p.length + q.length - 1);
  // As np.convolve adds them up: each entry from the shorter list's last term on.
  const [long, short] = p.length >= q.length ? [p, q] : [q, p];
  for (let k = 0; k < out.length; k++)
    for (let j = Math.max(0, k - long.length + 1); j < short.length && j <= k; j++) out[k] += short[j] * long[k - j];
  return trimmed(out);
}

function added(a: Float64Array, b: Float64Array, sign: 1 | -1): Float64Array {
  const [p, q] = [trimmed(a), trimmed(b)];
  const n = Math.max(p.length, q.length);
  const sum = (k: number): number => (k >= p.length ? sign * q[k] : k >= q.length ? p[k] : p[k] + sign * q[k]);
  return trimmed(Float64Array.from({ length: n }, (_, k) => sum(k)));
}

function divided(a: Float64Array, b: Float64Array): readonly [Float64Array, Float64Array] {
  const [u, v] = [trimmed(a), trimmed(b)];
  const lead = v[v.length - 1];
  if (lead === 0) return fail('ZeroDivisionError: ');
  if (u.length < v.length) return [Float64Array.of(u[0] * 0), u];
  if (v.length === 1) return [u.map(x => x / lead), Float64Array.of(u[0] * 0)];
  const scaled = v.slice(0, -1).map(x => x / lead);
  let j = u.length - 1;
  for (let i = u.length - v.length; i >= 0; i--, j--) for (let k = i; k < j; k++) u[k] -= scaled[k - i] * u[j];
  return [u.slice(j + 1).map(x => x / lead), trimmed(u.slice(0, j + 1))];
}

/** Arithmetic of such polynomials, and with numbers and lists of coefficients. */
export function seriesBinary(op: BinaryOperator, left: Value, right: Value, _c: Context): Value {
  const p = left.kind === 'polynomial' ? left : right.kind === 'polynomial' ? right : unknown('no polynomial');
  const other = p === left ? right : left;
  if (other.kind === 'polynomial') {
    if (other.form !== 'Polynomial') return unknown('these polynomials do not go together');
    const [d, e, w, u] = [p.domain, other.domain, p.window, other.window].map(ends);
    if (d.some((x, k) => x !== e[k])) return fail('TypeError: Domains differ');
    if (w.some((x, k) => x !== u[k])) return fail('TypeError: Windows differ');
  } else if (!isArrayLike(other) || (p !== left && left.kind === 'array'))
    return unknown('this beside a polynomial is not covered');
  const [a, b] = [series(left), series(right)];
  switch (op) {
    case 'add':
      return like(p, added(a, b, 1));
    case 'subtract':
      return like(p, added(a, b, -1));
    case 'multiply':
      return like(p, multiplied(a, b));
    case 'divide':
      return p === left && other.kind === 'scalar'
        ? like(p, divided(a, b)[0])
        : unknown('this division is not covered');
    case 'floor-divide':
      return like(p, divided(a, b)[0]);
    case 'modulo':
      return like(p, divided(a, b)[1]);
    case 'power': {
      if (p !== left) return unknown('a power by a polynomial is not covered');
      const n = needInteger(right);
      if (n < 0) return fail('ValueError: Power must be a non-negative integer.');
      let out: Float64Array = Float64Array.of(1);
      for (let k = 0; k < n; k++) out = k === 0 ? trimmed(a) : multiplied(out, a);
      return like(p, out);
    }
    default:
      return unknown('this operator is not covered for polynomials');
  }
}

/** Horner's scheme behind the map of the domain. */
export function seriesCall(p: PolynomialValue, x: Value, c: Context): Value {
  if (x.kind === 'polynomial') {
    const { off, scl } = mapOf(p);
    const inner = like(
      x,
      added(
        Float64Array.of(off),
        series(x).map(v => v * scl),
        1,
      ),
    );
    const all = series(p);
    let y: Value = like(x, [all[all.length - 1]]);
    for (let k = all.length - 2; k >= 0; k--)
      y = seriesBinary('add', seriesBinary('multiply', y, inner, c), scalar('float64', all[k], true), c);
    return y;
  }
  if (x.kind === 'list' || x.kind === 'tuple') return unknown('a polynomial of a list is an error');
  const { off, scl } = mapOf(p);
  return horner(
    series(p),
    binary('add', scalar('float64', off), binary('multiply', scalar('float64', scl), x, c), c),
    c,
  );
}

function horner(all: Float64Array, x: Value, c: Context): Value {
  const number = (k: number): Value => scalar('float64', all[k]);
  let y = binary('add', number(all.length - 1), binary('multiply', x, int(0), c), c);
  for (let k = all.length - 2; k >= 0; k--) y = binary('add', number(k), binary('multiply', y, x, c), c);
  return y;
}

/** Eigenvalues of the rotated companion matrix, in order. */
function roots(p: PolynomialValue): Value {
  const c = trimmed(series(p));
  const { off, scl } = map(ends(p.window), ends(p.domain));
  const n = c.length - 1;
  if (n < 1) return arrayValue(vector([]));
  if (n === 1) return arrayValue(vector([off + scl * (-c[0] / c[1])]));
  const companion = new Float64Array(n * n);
  for (let k = 0; k < n; k++) companion[k] = -c[n - 1 - k] / c[n];
  for (let k = 0; k + 1 < n; k++) companion[(k + 1) * n + k] = 1;
  const found = generalEigen(matrix(n, n, companion));
  if (found.kind !== 'ok') return fail('LinAlgError: Eigenvalues did not converge');
  const list = Array.from(found.values.re, (re, k) => ({ re, im: found.values.im[k] })).sort(before);
  if (list.every(z => z.im === 0)) return arrayValue(vector(list.map(z => off + scl * z.re)));
  return arrayValue(
    fromElements(
      'complex128',
      [n],
      list.map(z => ({ re: off + scl * z.re, im: scl * z.im })),
    ),
  );
}

function derivative(c: Float64Array, m: number, scl: number): Float64Array {
  if (m >= c.length) return Float64Array.of(c[0] * 0);
  let out = c;
  for (let k = 0; k < m; k++) {
    const scaled = out.map(x => x * scl);
    out = Float64Array.from({ length: out.length - 1 }, (_, j) => (j + 1) * scaled[j + 1]);
  }
  return out;
}

const COVERED = 'deriv integ roots degree convert copy linspace trim'.split(' ');

export function seriesMember(p: PolynomialValue, name: string): Value {
  switch (name) {
    case 'coef':
      return arrayValue(p.coefficients);
    case 'domain':
    case 'window':
      return arrayValue(p[name] ?? ndarray('int64', [2], Float64Array.from(UNIT)));
    case 'symbol':
      return stringValue(p.variable);
  }
  return COVERED.includes(name)
    ? { kind: 'function', path: `polynomial.${name}`, self: p }
    : unknown(`the attribute ${name} of a polynomial is not covered yet`);
}

export function seriesMethod(p: PolynomialValue, name: string, args: readonly CallArgument[], c: Context): Value {
  const read = (signature: string): Bound => bind({ path: `polynomial.${name}`, signature, evaluate: () => p }, args);
  const all = series(p);
  switch (name) {
    case 'deriv': {
      const x = read('m=1');
      return like(p, derivative(all, x.m ? needInteger(x.m) : 1, mapOf(p).scl));
    }
    case 'integ':
      return integrated(p, read('m=1, k=None, lbnd=None'), c);
    case 'roots':
      read('');
      return roots(p);
    case 'degree':
      read('');
      return int(all.length - 1);
    case 'copy':
      return p;
    case 'trim':
      read('');
      return like(p, trimmed(all));
    case 'convert': {
      read('');
      const unit: PolynomialValue = {
        kind: 'polynomial',
        form: 'Polynomial',
        coefficients: vector([0, 1]),
        variable: p.variable,
      };
      return seriesCall(p, unit, c);
    }
    case 'linspace': {
      const x = read('n=100, domain=None');
      const n = x.n ? needInteger(x.n) : 100;
      const [from, to] = given(x.domain) ? Array.from(series(x.domain)) : ends(p.domain);
      c.budget.claim(2 * n);
      const step = (to - from) / (n - 1);
      const points = vector(Array.from({ length: n }, (_, k) => (k === n - 1 && n > 1 ? to : k * step + from)));
      return tuple([arrayValue(points), seriesCall(p, arrayValue(points), c)]);
    }
    default:
      return unknown(`the method ${name} of a polynomial is not covered yet`);
  }
}

/** The integral whose value at `lbnd` is `k`. */
function integrated(p: PolynomialValue, x: Bound, c: Context): Value {
  const { off, scl } = mapOf(p);
  const m = x.m ? needInteger(x.m) : 1;
  if (m < 0) return fail('ValueError: The order of integration must be non-negative');
  const constants = given(x.k) ? Array.from(series(x.k)) : [];
  const bound = given(x.lbnd) ? off + scl * real(x.lbnd, 0) : 0;
  let all = series(p);
  for (let k = 0; k < m; k++) {
    const scaled = all.map(v => v * (1 / scl));
    if (scaled.length === 1 && scaled[0] === 0) {
      all = Float64Array.of(constants[k] ?? 0);
      continue;
    }
    const next = new Float64Array(scaled.length + 1);
    next[0] = scaled[0] * 0;
    for (let j = 0; j < scaled.length; j++) next[j + 1] = scaled[j] / (j + 1);
    const at = horner(next, scalar('float64', bound), c);
    next[0] += (constants[k] ?? 0) - (at.kind === 'scalar' ? Number(at.value as number) : 0);
    all = next;
  }
  return like(p, all);
}

/** The style that `numpy.polynomial.set_default_printstyle` sets. */
export function printStyle(v: Value | undefined): PolynomialStyle {
  if (v?.kind === 'string' && (v.value === 'ascii' || v.value === 'unicode')) return v.value;
  return fail(
    `ValueError: Unsupported format string '${v?.kind === 'string' ? v.value : unknown('this style is not covered')}'. Valid options are 'ascii' and 'unicode'`,
  );
}

/** `f'{p:ascii}'`. */
export function formatSeries(p: PolynomialValue, style: string, options: PrintOptions | undefined): string {
  if (p.form !== 'Polynomial') return fail('TypeError: unsupported format string passed to poly1d.__format__');
  if (style === 'ascii' || style === 'unicode') return seriesText(p, style, options ?? DEFAULT_PRINT);
  return fail(
    `ValueError: Unsupported format string '${style}' passed to <class 'numpy.polynomial.polynomial.Polynomial'>.__format__. Valid options are 'ascii' and 'unicode'`,
  );
}

function symbolOf(v: Value | undefined): string {
  if (v === undefined) return 'x';
  if (v.kind !== 'string') return fail('TypeError: Symbol must be a non-empty string');
  return /^[\p{ID_Start}_][\p{ID_Continue}]*$/u.test(v.value)
    ? v.value
    : fail('ValueError: Symbol string must be a valid Python identifier');
}

function made(x: Bound): Value {
  const v = need(x.coef);
  if (v.kind === 'polynomial') return unknown('a polynomial of a polynomial is not covered');
  const c = series(v);
  if (c.length === 0) return fail('ValueError: Coefficient array is empty');
  const interval = (d: Value | undefined): NDArray | undefined => (given(d) ? vector(series(d)) : undefined);
  const variable = symbolOf(x.symbol);
  const [domain, window] = [interval(x.domain), interval(x.window)];
  return {
    kind: 'polynomial',
    form: 'Polynomial',
    coefficients: vector(c),
    variable,
    ...(domain ? { domain } : {}),
    ...(window ? { window } : {}),
  };
}

/** Least squares in the variable of the window. */
function fit(x: Bound, c: Context): Value {
  if (given(x.w) || (x.full && !(x.full.kind === 'scalar' && x.full.value === false)))
    return unknown('these options of fit are not covered yet');
  const [u, v] = [series(need(x.x)), series(need(x.y))];
  if (u.length !== v.length) return fail('TypeError: expected x and y to have same length');
  if (u.length === 0) return fail('TypeError: expected non-empty vector for x');
  const degree = needInteger(need(x.deg));
  if (degree < 0) return fail('ValueError: expected deg >= 0');
  const low = u.reduce((p, q) => Math.min(p, q));
  const high = u.reduce((p, q) => Math.max(p, q));
  const domain = given(x.domain) ? Array.from(series(x.domain)) : low === high ? [low - 1, high + 1] : [low, high];
  const { off, scl } = map(domain.length === 0 ? UNIT : domain, UNIT);
  const [m, n] = [u.length, degree + 1];
  c.budget.spend(40 * m * n * n);
  const a = new Float64Array(m * n);
  for (let i = 0; i < m; i++) {
    const t = off + scl * u[i];
    for (let j = 0, power = 1; j < n; j++, power *= t) a[i * n + j] = power;
  }
  const size = Array.from({ length: n }, (_, j) => {
    let s = 0;
    for (let i = 0; i < m; i++) s += a[i * n + j] ** 2;
    return s === 0 ? 1 : Math.sqrt(s);
  });
  const found = leastSquares(
    matrix(
      m,
      n,
      a.map((w, k) => w / size[k % n]),
    ),
    matrix(m, 1, v),
    m * 2 ** -52,
  );
  if (!found) return fail('LinAlgError: SVD did not converge in Linear Least Squares');
  return {
    kind: 'polynomial',
    form: 'Polynomial',
    coefficients: vector(found.x.re.map((w, j) => w / size[j])),
    variable: 'x',
    domain: vector(domain.length === 0 ? UNIT : domain),
    window: vector(UNIT),
  };
}

/** The product of x - r over the roots, by halves as NumPy multiplies them. */
function fromRoots(x: Bound): Value {
  const r = series(need(x.roots)).sort();
  let parts: Float64Array[] = Array.from(r, v => Float64Array.of(-v, 1));
  if (parts.length === 0) parts = [Float64Array.of(1)];
  while (parts.length > 1) {
    const m = Math.floor(parts.length / 2);
    const next = Array.from({ length: m }, (_, i) => multiplied(parts[i], parts[i + m]));
    if (parts.length % 2 === 1) next[0] = multiplied(next[0], parts[parts.length - 1]);
    parts = next;
  }
  return {
    kind: 'polynomial',
    form: 'Polynomial',
    coefficients: vector(parts[0]),
    variable: 'x',
    domain: vector(UNIT),
    window: vector(UNIT),
  };
}

const PATH = 'numpy.polynomial.Polynomial';

export const SERIES: readonly LibraryFunction[] = [
  {
    path: 'numpy.polynomial.set_default_printstyle',
    signature: 'style',
    evaluate: x => {
      printStyle(x.style);
      return NONE;
    },
  },
  { path: PATH, signature: "coef, domain=None, window=None, symbol='x'", evaluate: made },
  { path: `${PATH}.fit`, signature: 'x, y, deg, domain=None, rcond=None, full=False, w=None', evaluate: fit },
  { path: `${PATH}.fromroots`, signature: 'roots', evaluate: fromRoots },
  {
    path: 'numpy.polynomial.polynomial.polyval',
    signature: 'x, c',
    evaluate: (x, c) => {
      const v = need(x.x);
      return horner(
        series(need(x.c)),
        v.kind === 'list' || v.kind === 'tuple' ? unwrap(asType(toArray(v), toArray(v).dtype)) : v,
        c,
      );
    },
  },
];
